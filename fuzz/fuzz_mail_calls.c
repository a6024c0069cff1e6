/* SPDX-License-Identifier: MIT */
/* Calls of <tlsrpt/mail.h> in any order, with allocations that fail and callbacks that call back. The input is a number of calls, two
   bytes for each (which call, and its argument), and the text that is read.

   All calls are made twice: with memory of zeros, and with misaligned texts and memory that is filled with another byte. Each chunk is
   in a block that is freed as early as the documentation allows. What the calls return is the same both times, every out-parameter is
   set, calls from inside of a callback change nothing, a report that was taken stays whole, and in the end no memory is left. */

#include "calls.h"
#include "mail_items.h"

#include <tlsrpt/writer.h>

enum { TAKEN = 4 };

typedef struct world {
  trpt_mail *mail;
  const trpt_mail_item *item; /* the current one */
  digest seen;                /* all that was returned */
  const uint8_t *text;
  size_t text_len;
  size_t at;   /* of the text */
  size_t skew; /* of each text from a block's begin */
  char *block; /* what is being read: the whole input, or the last chunk that the callback gave */
  size_t chunk;
  trpt_report *taken[TAKEN];
  fuzz_heap heap;
  bool cancels; /* callbacks sometimes stop what calls them */
  uint32_t callbacks;
} world;

static void note(world *w, const char *name, int64_t number) {
  mix(&w->seen, name, strlen(name));
  mix_number(&w->seen, (uint64_t)number);
}

static void note_status(world *w, const char *name, trpt_status status) {
  CHECK(trpt_status_name(status));
  note(w, name, status);
}

/* ---- memory ---- */

/* The next `max` bytes of the text at the end of a block. */
static char *take_chunk(world *w, size_t max, size_t *len) {
  *len = w->text_len - w->at < max ? w->text_len - w->at : max;
  char *block = malloc(w->skew + *len);
  CHECK(block || w->skew + *len == 0);
  if (block) memset(block, w->heap.fill, w->skew);
  if (*len) memcpy(block + w->skew, w->text + w->at, *len);
  w->at += *len;
  return block;
}

static void drop_block(world *w) {
  free(w->block);
  w->block = NULL;
}

/* ---- callbacks: whatever they call on the object that called them is refused, and changes nothing ---- */

static int read_chunk(void *user, const void **data, size_t *len);

static int call_back(world *w) {
  const trpt_mail_item *item = (const trpt_mail_item *)w;
  CHECK(trpt_mail_next(w->mail, &item) == TRPT_E_STATE && !item);
  CHECK(trpt_mail_open(w->mail, read_chunk, w) == TRPT_E_STATE);
  CHECK(trpt_mail_open_bytes(w->mail, "{}", 2) == TRPT_E_STATE);
  CHECK(trpt_mail_feed(w->mail, "{}", 2) == TRPT_E_STATE);
  CHECK(trpt_mail_finish(w->mail) == TRPT_E_STATE);
  CHECK(!trpt_mail_take(w->mail));
  CHECK(trpt_mail_error(w->mail)->status == TRPT_OK);
  trpt_mail_reset(w->mail);
  trpt_mail_free(w->mail);
  return w->cancels && ++w->callbacks % 5 == 0;
}

static int read_chunk(void *user, const void **data, size_t *len) {
  world *w = user;
  const int answer = call_back(w);
  drop_block(w);
  w->block = take_chunk(w, w->chunk, len);
  *data = w->block + w->skew;
  return answer;
}

static int verify(void *user, const void *mail, size_t len, uint32_t index, trpt_dkim_signature *out) {
  call_back(user);
  return fuzz_verify(user, mail, len, index, out);
}

/* ---- calls ---- */

static void drop_mail(world *w) {
  trpt_mail_free(w->mail);
  w->mail = NULL;
  w->item = NULL;
  drop_block(w);
}

static void make_mail(world *w, uint8_t arg) {
  static const trpt_str servers[] = {{"mx.example.com", 14}, {"mx2.example.com", 15}};
  const trpt_allocator allocator = {sizeof allocator, fuzz_allocate, fuzz_release, &w->heap};
  trpt_options report = {.struct_size = sizeof report, .allocator = &allocator, .now = 1717200000};
  trpt_mail_options options = {.struct_size = sizeof options, .report = &report};
  if (arg & 1) report.flags = TRPT_STRICT;
  if (arg & 2) report.max_input = 1000, report.max_inflated = 2000;
  if (arg & 4) options.authserv_ids = servers, options.authserv_id_count = 2;
  if (arg & 8) options.verify = verify, options.verify_user = w;
  if (arg & 16) options.flags = TRPT_MAIL_REQUIRE_DKIM | TRPT_MAIL_TRUST_UNNAMED;
  if (arg & 32) options.max_parts = 4, options.max_reports = 2, options.max_entries = 2, options.max_nesting = 2;
  if (arg & 64) options.max_header = 400, options.max_message = 2000;
  options.max_inflated = arg & 128 ? 1000 : 1 << 20;
  drop_mail(w);
  const trpt_status status = trpt_mail_new(&w->mail, &options);
  CHECK((status == TRPT_OK) == (w->mail != NULL) && (status == TRPT_OK || status == TRPT_E_MEMORY));
  note_status(w, "new", status);
  w->at = 0;
}

static void opened(world *w, const char *name, trpt_status status) {
  CHECK(status == (w->mail ? TRPT_OK : TRPT_E_ARGUMENT));
  note_status(w, name, status);
}

/* Another input, whatever was made of the one before it. */
static void open_bytes(world *w, uint8_t arg) {
  size_t len;
  w->item = NULL;
  drop_block(w);
  w->block = take_chunk(w, arg & 1 ? SIZE_MAX : (size_t)arg * 8, &len);
  opened(w, "open bytes", trpt_mail_open_bytes(w->mail, w->block + w->skew, len));
}

static void open_reader(world *w, uint8_t arg) {
  w->item = NULL;
  w->chunk = arg + (size_t)1;
  opened(w, "open", trpt_mail_open(w->mail, read_chunk, w));
}

static void feed(world *w, uint8_t arg) {
  size_t len;
  char *block = take_chunk(w, arg & 1 ? arg : (size_t)arg * 16, &len);
  const trpt_status status = trpt_mail_feed(w->mail, block + w->skew, len);
  free(block);
  if (status == TRPT_OK) w->item = NULL;
  CHECK(status == TRPT_OK || status == TRPT_E_STATE || !w->mail);
  note_status(w, "feed", status);
}

static void finish(world *w, uint8_t arg) {
  (void)arg;
  const trpt_status status = trpt_mail_finish(w->mail);
  if (status == TRPT_OK) w->item = NULL;
  CHECK(status == TRPT_OK || status == TRPT_E_STATE || !w->mail);
  note_status(w, "finish", status);
}

static void read_items(world *w, uint8_t arg) {
  for (unsigned left = 1 + arg % 16; left; left--) {
    w->item = (const trpt_mail_item *)w;
    const trpt_status status = trpt_mail_next(w->mail, &w->item);
    CHECK((status == TRPT_OK) == (w->item != NULL));
    CHECK(!w->mail || status == TRPT_E_STATE || trpt_mail_error(w->mail)->status == (status < 0 ? status : TRPT_OK));
    note_status(w, "next", status);
    if (!w->item) return;
    check_item(&w->seen, w->mail, w->item);
  }
}

static void free_taken(world *w, uint8_t arg) {
  trpt_report_free(w->taken[arg % TAKEN]);
  w->taken[arg % TAKEN] = NULL;
}

static void take(world *w, uint8_t arg) {
  trpt_report *report = trpt_mail_take(w->mail);
  CHECK(!report || (w->item && report == w->item->report));
  CHECK(!trpt_mail_take(w->mail));
  note(w, "take", report != NULL);
  if (!report) return;
  free_taken(w, arg);
  w->taken[arg % TAKEN] = report;
}

static void look_at_taken(world *w, uint8_t arg) {
  fuzz_output text = {0};
  note_status(w, "write", trpt_report_write(w->taken[arg % TAKEN], 0, fuzz_append, &text));
  mix(&w->seen, text.bytes, text.len);
  free(text.bytes);
}

static void look_at_diagnostics(world *w, uint8_t arg) {
  const trpt_diagnostic *diagnostic = trpt_mail_diagnostic(w->mail, arg % 8);
  CHECK(!trpt_mail_diagnostic(w->mail, UINT32_MAX));
  note(w, diagnostic ? diagnostic->code : "none", arg);
  note_status(w, "error", trpt_mail_error(w->mail)->status);
}

static void look_at_text(world *w, uint8_t arg) {
  size_t len;
  const size_t at = w->at;
  char *block = take_chunk(w, (size_t)arg * 8, &len);
  note(w, trpt_mail_kind_name(trpt_mail_kind_of(block + w->skew, len)), trpt_mail_is_report(block + w->skew, len));
  free(block);
  w->at = at;
}

static void reset(world *w, uint8_t arg) {
  trpt_mail_reset(w->mail);
  w->item = NULL;
  if (arg & 1) drop_block(w);
}

static void misuse(world *w, uint8_t arg) {
  CHECK(trpt_mail_next(w->mail, NULL) == TRPT_E_ARGUMENT);
  CHECK(trpt_mail_open(w->mail, NULL, w) == TRPT_E_ARGUMENT);
  CHECK(trpt_mail_open_bytes(w->mail, NULL, arg + (size_t)1) == TRPT_E_ARGUMENT);
  CHECK(trpt_mail_feed(w->mail, NULL, arg + (size_t)1) == TRPT_E_ARGUMENT);
}

static void rewind_text(world *w, uint8_t arg) { w->at = w->text_len * (arg % 4) / 4; }
static void let_stop(world *w, uint8_t arg) { w->cancels = arg & 1; }
static void limit_allocations(world *w, uint8_t arg) { w->heap.allocations = arg < 128 ? arg % 16 : SIZE_MAX; }

static void make_calls(world *w, const fuzz_calls *input) {
  static void (*const all[])(world *, uint8_t) = {
      make_mail,   open_bytes,    open_reader,         feed,         finish, read_items,
      take,        look_at_taken, look_at_diagnostics, look_at_text, reset,  misuse,
      rewind_text, let_stop,      limit_allocations};
  w->heap.allocations = SIZE_MAX;
  for (const uint8_t *call = input->calls, *end = call + 2 * input->count; call < end; call += 2)
    all[call[0] % (sizeof all / sizeof all[0])](w, call[1]);
  drop_mail(w);
  for (uint8_t i = 0; i < TAKEN; i++) {
    look_at_taken(w, i);
    free_taken(w, i);
  }
  CHECK(w->heap.balance == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_calls input;
  if (!fuzz_calls_of(&input, data, size)) return 0;
  world plain = {.text = input.text, .text_len = input.text_len};
  world odd = plain;
  odd.heap.fill = 0xA5;
  odd.skew = 1 + size % 7;
  make_calls(&plain, &input);
  make_calls(&odd, &input);
  CHECK(plain.seen.hash == odd.seen.hash);
  return 0;
}
