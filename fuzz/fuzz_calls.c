/* SPDX-License-Identifier: MIT */
/* Calls of parser, report, writer, rows and key in any order, with any arguments, allocations that fail and callbacks that call back. The
   input is a number of calls, two bytes for each (which call, and its argument), and the text that is read.

   All calls are made twice: with objects in memory of zeros, and in misaligned memory that is filled with another byte. Each call
   gets its bytes in a block that is freed before an event or report is used. What the calls return and write is the same both times,
   every out-parameter is set, calls from inside of a callback change nothing, and in the end no memory is left. */

#include "calls.h"
#include "readings.h"

#include <tlsrpt/trpt.h>

enum { TREES = 4, PARSER = 0, WRITER = 1, ROWS = 2, OBJECTS = 3 };

typedef struct world {
  events seen;     /* by readers of events */
  fuzz_output log; /* all else that was returned or written */
  const uint8_t *text;
  size_t text_len;
  size_t at; /* of the text */
  size_t misalignment;
  unsigned char *memory[OBJECTS];
  trpt_parser *parser;
  bool parser_is_own; /* made by trpt_parser_new */
  trpt_writer *writer;
  trpt_rows *rows;
  trpt_key key;
  trpt_report *trees[TREES];
  fuzz_heap heap;
  bool cancels; /* callbacks sometimes stop what calls them */
  uint32_t callbacks;
} world;

/* ---- results ---- */

static void note(world *w, const char *name, int64_t number) {
  char line[64];
  const int len = snprintf(line, sizeof line, "%s %lld\n", name, (long long)number);
  fuzz_append(&w->log, line, (size_t)len);
}

static void note_status(world *w, const char *name, trpt_status status) {
  CHECK(trpt_status_name(status));
  note(w, name, status);
}

/* ---- memory ---- */

/* Memory of exactly this size for an object, in a new block. */
static void *memory_for(world *w, size_t object, size_t size) {
  free(w->memory[object]);
  w->memory[object] = malloc(size + w->misalignment);
  CHECK(w->memory[object]);
  memset(w->memory[object], w->heap.fill, size + w->misalignment);
  return w->memory[object] + w->misalignment;
}

static void keep_tree(world *w, trpt_report *report) {
  if (!report) return;
  trpt_report **slot = &w->trees[w->at % TREES];
  trpt_report_free(*slot);
  *slot = report;
}

/* ---- callbacks: whatever they call on the object that called them is refused, and changes nothing ---- */

static int stops(world *w) { return w->cancels && ++w->callbacks % 5 == 0; }

static int call_parser_back(world *w) {
  static const trpt_event none;
  const trpt_event *event = &none;
  trpt_report *report = w->trees[0];
  size_t used = 9;
  CHECK(trpt_parser_read(w->parser, "{", 1, &used, &event) == TRPT_E_STATE && !event && !used);
  CHECK(trpt_parser_feed(w->parser, "{", 1) == TRPT_E_STATE);
  CHECK(trpt_parser_finish(w->parser) == TRPT_E_STATE);
  CHECK(trpt_report_read(w->parser, "{", 1, &report) == TRPT_E_STATE && !report);
  CHECK(trpt_report_next(w->parser, "{", 1, NULL, &report) == TRPT_E_STATE && !report);
  CHECK(trpt_parser_set_handler(w->parser, NULL, NULL) == TRPT_E_STATE);
  trpt_parser_reset(w->parser);
  trpt_parser_free(w->parser);
  return stops(w);
}

static int see(world *w, trpt_event event) {
  const int answer = call_parser_back(w);
  events_add(&w->seen, &event);
  return answer;
}
static int on_failure(void *user, const trpt_policy *policy, const trpt_failure *failure) {
  return see(user, (trpt_event){.type = TRPT_EVENT_FAILURE, .policy = policy, .failure = failure});
}
static int on_policy(void *user, const trpt_policy *policy) {
  return see(user, (trpt_event){.type = TRPT_EVENT_POLICY, .policy = policy});
}
static int on_report(void *user, const trpt_metadata *metadata) {
  return see(user, (trpt_event){.type = TRPT_EVENT_REPORT, .metadata = metadata});
}
static int on_diagnostic(void *user, const trpt_diagnostic *diagnostic) {
  return see(user, (trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = diagnostic});
}
static int on_fault(void *user, const trpt_error *fault) {
  const int answer = call_parser_back(user);
  note_status(user, "fault", fault->status);
  return answer;
}

static int on_writer_text(void *user, const char *data, size_t len) {
  static const trpt_metadata metadata;
  static const trpt_policy policy;
  static const trpt_failure failure;
  world *w = user;
  fuzz_append(&w->log, data, len);
  CHECK(trpt_writer_metadata(w->writer, &metadata) == TRPT_E_STATE);
  CHECK(trpt_writer_policy(w->writer, &policy) == TRPT_E_STATE);
  CHECK(trpt_writer_failure(w->writer, &failure) == TRPT_E_STATE);
  CHECK(trpt_writer_end(w->writer) == TRPT_E_STATE);
  return stops(w);
}

static int on_rows_text(void *user, const char *data, size_t len) {
  static const trpt_error error = {.status = TRPT_E_JSON};
  static const trpt_source source = {.struct_size = sizeof source, .name = {"x", 1}};
  world *w = user;
  fuzz_append(&w->log, data, len);
  CHECK(trpt_rows_header(w->rows) == TRPT_E_STATE);
  CHECK(trpt_rows_error(w->rows, &error, &source) == TRPT_E_STATE);
  CHECK(trpt_rows_report(w->rows, w->trees[0], &source) < 0);
  return stops(w);
}

/* ---- the parser ---- */

static void drop_parser(world *w) {
  if (w->parser_is_own)
    trpt_parser_free(w->parser);
  else
    trpt_parser_reset(w->parser);
  w->parser = NULL;
}

static trpt_options options_of(const trpt_allocator *allocator, uint8_t arg) {
  static const uint32_t flags[] = {
      0, TRPT_STRICT, TRPT_SEQUENCE, TRPT_SEQUENCE | TRPT_STRICT, TRPT_NO_DIAGNOSTICS, TRPT_NO_INFLATE};
  trpt_options options = {
      .struct_size = sizeof options, .flags = flags[arg % 6], .now = 1717200000, .allocator = allocator};
  if (arg & 8) options.tokenizer = TRPT_TOKENIZER_YAJL;
  options.max_string = arg & 16 ? 20 : 200;
  options.max_strings = 4;
  options.max_entry = 1000;
  options.max_held = arg & 32 ? 300 : 1000;
  options.max_diagnostics = arg & 64 ? 2 : 100;
  options.max_memory = arg & 32 ? 5000 : 100000;
  return options;
}

static void make_parser(world *w, uint8_t arg) {
  const trpt_allocator allocator = {sizeof allocator, fuzz_allocate, fuzz_release, &w->heap};
  const trpt_options options = options_of(&allocator, arg);
  trpt_parser *parser = w->parser;
  drop_parser(w);
  const size_t size = trpt_parser_size(&options);
  w->parser_is_own = arg & 128;
  if (w->parser_is_own) {
    const trpt_status status = trpt_parser_new(&parser, &options);
    CHECK((status == TRPT_OK) == (parser != NULL) && (status == TRPT_OK || status == TRPT_E_MEMORY));
  } else {
    CHECK(trpt_parser_init(&parser, memory_for(w, PARSER, size), size - 1, &options) == TRPT_E_BUFFER && !parser);
    CHECK(trpt_parser_init(&parser, w->memory[PARSER] + w->misalignment, size, &options) == TRPT_OK && parser);
  }
  w->parser = parser;
  w->at = 0;
  note(w, "parser", parser != NULL);
}

/* The next `max` bytes of the text in a block of their own; at its end NULL. */
static void *take_chunk(world *w, size_t max, size_t *len) {
  *len = w->text_len - w->at < max ? w->text_len - w->at : max;
  if (!*len && max) return NULL;
  void *block = fuzz_copy(w->text + w->at, *len);
  w->at += *len;
  return block;
}

static void after_call(world *w, const char *name, trpt_status status) {
  const trpt_error *error = trpt_parser_error(w->parser);
  CHECK(error->status == (status < 0 ? status : TRPT_OK) || !w->parser);
  note_status(w, name, status);
  note(w, "inflated", (int64_t)trpt_parser_inflated(w->parser));
  if (status < 0) fuzz_append(&w->log, (const char *)error, sizeof *error);
}

/* Pulls events until the chunk is used up; now and then stops before that, and the rest is lost. */
static void pull(world *w, uint8_t arg) {
  size_t len;
  unsigned char *block = take_chunk(w, arg, &len);
  trpt_status status = TRPT_OK;
  for (size_t at = 0, events_left = 1 + arg % 32; status == TRPT_OK && events_left; events_left--) {
    const trpt_event *event = (const trpt_event *)block;
    size_t used = SIZE_MAX;
    unsigned char *rest = block ? fuzz_copy(block + at, len - at) : NULL;
    status = trpt_parser_read(w->parser, rest, len - at, &used, &event);
    free(rest);
    CHECK(used <= len - at && (status == TRPT_OK) == (event != NULL) && (status != TRPT_MORE || used == len - at));
    at += used;
    after_call(w, "read", status);
    if (!event) break;
    events_add(&w->seen, event);
    note_status(w, "key add", trpt_key_add(&w->key, event));
  }
  free(block);
}

static void push(world *w, uint8_t arg) {
  size_t len;
  void *block = take_chunk(w, arg, &len);
  const trpt_status status = block ? trpt_parser_feed(w->parser, block, len) : trpt_parser_finish(w->parser);
  free(block);
  CHECK(status <= TRPT_OK);
  after_call(w, "feed", status);
}

static void set_handler(world *w, uint8_t arg) {
  static const trpt_handler all = {sizeof all, on_failure, on_policy, on_report, on_diagnostic, on_fault};
  static const trpt_handler none = {.struct_size = sizeof none};
  w->cancels = arg & 2;
  note_status(w, "handler", trpt_parser_set_handler(w->parser, arg & 1 ? &all : &none, w));
}

/* ---- reports ---- */

static void read_report(world *w, uint8_t arg) {
  size_t len;
  trpt_report *report = w->trees[0];
  void *block = take_chunk(w, arg, &len);
  const trpt_status status = trpt_report_read(w->parser, block, len, &report);
  free(block);
  CHECK((status == TRPT_OK) == (report != NULL));
  after_call(w, "report read", status);
  keep_tree(w, report);
}

static void next_report(world *w, uint8_t arg) {
  size_t len;
  trpt_report *report = w->trees[0];
  size_t used = SIZE_MAX;
  void *block = take_chunk(w, arg, &len);
  const trpt_status status = trpt_report_next(w->parser, block, len, &used, &report);
  free(block);
  CHECK((status == TRPT_OK) == (report != NULL) && used <= len);
  w->at -= len - used;
  after_call(w, "report next", status);
  keep_tree(w, report);
}

static void parse_report(world *w, uint8_t arg) {
  const trpt_allocator allocator = {sizeof allocator, fuzz_allocate, fuzz_release, &w->heap};
  const trpt_options options = options_of(&allocator, arg);
  trpt_report *report = w->trees[0];
  trpt_error error;
  memset(&error, w->heap.fill, sizeof error);
  const trpt_status status = trpt_report_parse(w->text, w->text_len, &options, &report, &error);
  CHECK((status == TRPT_OK) == (report != NULL) && error.status == (status < 0 ? status : TRPT_OK));
  note_status(w, "parse", status);
  fuzz_append(&w->log, (const char *)&error, sizeof error);
  keep_tree(w, report);
}

static const trpt_report *tree(const world *w, uint8_t arg) { return w->trees[arg % TREES]; }

/* Indexes at, before and beyond the end. */
static void look_at_tree(world *w, uint8_t arg) {
  const trpt_report *report = tree(w, arg);
  const uint32_t policies = trpt_report_policy_count(report);
  const uint32_t diagnostics = trpt_report_diagnostic_count(report);
  const uint32_t failures = trpt_report_failure_count(report, arg % 3);
  CHECK(!trpt_report_policy(report, policies) && !trpt_report_policy(report, UINT32_MAX));
  CHECK(!trpt_report_failure(report, policies, 0) && !trpt_report_failure(report, arg % 3, failures));
  CHECK(!trpt_report_diagnostic(report, diagnostics));
  if (report) events_of_report(&w->seen, report);
}

static void write_tree(world *w, uint8_t arg) {
  const trpt_report *report = arg & 64 ? trpt_report_unfinished(w->parser) : tree(w, arg);
  const trpt_error *error = arg & 32 ? trpt_parser_error(w->parser) : NULL;
  const trpt_source source = {.struct_size = sizeof source, .name = {"=1+1\x1b\xff", 6}};
  note_status(w, "write", trpt_report_write(report, arg >> 2 & 1, fuzz_append, &w->log));
  note_status(w, "json",
              trpt_report_json(report, error, arg & 16 ? &source : NULL, arg >> 3 & 1, fuzz_append, &w->log));
}

/* ---- structures for writer and key: of a tree, or broken ones ---- */

static const trpt_metadata *metadata_for(const world *w, uint8_t arg) {
  static const trpt_metadata odd = {
      .start = INT64_MAX, .end = INT64_MIN, .policy_count = UINT32_MAX, .present = UINT32_MAX};
  return arg & 64 ? &odd : trpt_report_metadata(tree(w, arg));
}

static const trpt_policy *policy_for(const world *w, uint8_t arg) {
  static const trpt_str strings[] = {{"a", 1}, {NULL, 3}};
  static const trpt_policy odd[] = {{.strings = strings, .string_count = 2, .present = UINT32_MAX},
                                    {.string_count = 7, .type = -1, .present = UINT32_MAX},
                                    {.type = 1, .type_name = {"\xff\0", 2}, .failure_count = UINT32_MAX}};
  return arg & 64 ? &odd[arg % 3] : trpt_report_policy(tree(w, arg), arg >> 2 & 3);
}

static const trpt_failure *failure_for(const world *w, uint8_t arg) {
  static const trpt_failure odd = {.type = 99, .type_name = {"", 0}, .present = UINT32_MAX};
  return arg & 64 ? &odd : trpt_report_failure(tree(w, arg), arg >> 2 & 3, arg >> 4 & 3);
}

static void make_writer(world *w, uint8_t arg) {
  const size_t size = trpt_writer_size();
  void *memory = memory_for(w, WRITER, size);
  CHECK(trpt_writer_init(&w->writer, memory, size - 1, 0, on_writer_text, w) == TRPT_E_BUFFER && !w->writer);
  CHECK(trpt_writer_init(&w->writer, memory, size, arg & TRPT_PRETTY, on_writer_text, w) == TRPT_OK && w->writer);
  w->cancels = arg & 2;
}

static void write_part(world *w, uint8_t arg) {
  note_status(w, "metadata", trpt_writer_metadata(w->writer, metadata_for(w, arg)));
  if (!(arg & 1)) note_status(w, "policy", trpt_writer_policy(w->writer, policy_for(w, arg)));
  if (!(arg & 2)) note_status(w, "failure", trpt_writer_failure(w->writer, failure_for(w, arg)));
  if (arg & 128) note_status(w, "end", trpt_writer_end(w->writer));
}

static void make_rows(world *w, uint8_t arg) {
  const trpt_rows_options options = {.struct_size = sizeof options, .format = arg % 3, .flags = arg >> 2 & 1};
  const size_t size = trpt_rows_size();
  void *memory = memory_for(w, ROWS, size);
  CHECK(trpt_rows_init(&w->rows, memory, size - 1, &options, on_rows_text, w) == TRPT_E_BUFFER && !w->rows);
  CHECK(trpt_rows_init(&w->rows, memory, size, &options, on_rows_text, w) == TRPT_OK && w->rows);
  w->cancels = arg & 8;
}

static void write_rows(world *w, uint8_t arg) {
  trpt_source source = {.struct_size = sizeof source, .name = {"-\t\"\n", 4}};
  if (arg & 16) source.key = (trpt_str){"0123", 4};
  if (arg & 32) source.name = (trpt_str){NULL, arg};
  if (arg & 1) note_status(w, "header", trpt_rows_header(w->rows));
  if (arg & 2) note_status(w, "rows error", trpt_rows_error(w->rows, trpt_parser_error(w->parser), &source));
  note_status(w, "rows report", trpt_rows_report(w->rows, tree(w, arg >> 2), &source));
}

static void use_key(world *w, uint8_t arg) {
  const trpt_event event = {.type = arg % 6,
                            .metadata = arg % 6 == TRPT_EVENT_REPORT ? metadata_for(w, arg) : NULL,
                            .policy = arg % 6 == TRPT_EVENT_POLICY ? policy_for(w, arg) : NULL,
                            .failure = arg % 6 == TRPT_EVENT_FAILURE ? failure_for(w, arg) : NULL};
  char text[40] = "";
  size_t needed = 0;
  if (arg & 128) CHECK(trpt_key_begin(&w->key) == TRPT_OK);
  note_status(w, "key add", trpt_key_add(&w->key, &event));
  note_status(w, "key text", trpt_key_text(&w->key, text, arg % 40, &needed));
  note_status(w, "report key", trpt_report_key(tree(w, arg), text, sizeof text, &needed));
  fuzz_append(&w->log, text, strlen(text));
}

/* ---- the calls ---- */

static void reset_parser(world *w, uint8_t arg) {
  trpt_parser_reset(w->parser);
  w->at = arg % 8 ? 0 : w->at;
}

static void free_tree(world *w, uint8_t arg) {
  trpt_report_free(w->trees[arg % TREES]);
  w->trees[arg % TREES] = NULL;
}

static void limit_allocations(world *w, uint8_t arg) { w->heap.allocations = arg < 128 ? arg % 8 : SIZE_MAX; }

static void make_calls(world *w, const fuzz_calls *input) {
  static void (*const all[])(world *, uint8_t) = {
      make_parser,  pull,         push,         set_handler, read_report,      next_report,
      parse_report, look_at_tree, write_tree,   make_writer, write_part,       make_rows,
      write_rows,   use_key,      reset_parser, free_tree,   limit_allocations};
  w->heap.allocations = SIZE_MAX;
  memset(&w->key, w->heap.fill, sizeof w->key);
  events_clear(&w->seen);
  w->log.len = 0;
  for (const uint8_t *call = input->calls, *end = call + 2 * input->count; call < end; call += 2)
    all[call[0] % (sizeof all / sizeof all[0])](w, call[1]);
  drop_parser(w);
  for (uint8_t i = 0; i < TREES; i++) free_tree(w, i);
  for (size_t i = 0; i < OBJECTS; i++) free(w->memory[i]);
  CHECK(w->heap.balance == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_calls input;
  if (!fuzz_calls_of(&input, data, size)) return 0;
  world plain = {.text = input.text, .text_len = input.text_len};
  world odd = plain;
  odd.heap.fill = 0xA5;
  odd.misalignment = 1 + size % 7;
  make_calls(&plain, &input);
  make_calls(&odd, &input);
  fuzz_same("aligned, misaligned", &plain.seen, &odd.seen);
  CHECK(plain.log.len == odd.log.len);
  CHECK(!odd.log.len || memcmp(plain.log.bytes, odd.log.bytes, odd.log.len) == 0);
  events_free(&plain.seen);
  events_free(&odd.seen);
  free(plain.log.bytes);
  free(odd.log.bytes);
  return 0;
}
