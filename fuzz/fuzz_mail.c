/* SPDX-License-Identifier: MIT */
/* Inputs of all kinds: the items are well formed, and the same for any chunks. After a leading "#", an input has two
   control bytes: small limits and options (a bit each), and the size of chunks. */

#include <tlsrpt/mail.h>

#include "fuzzing.h"

/* A hash of all items. */
typedef struct digest {
  uint64_t hash;
  size_t items;
} digest;

static void mix(digest *d, const void *data, size_t len) {
  const unsigned char *bytes = data;
  for (size_t i = 0; i < len; i++) d->hash = (d->hash ^ bytes[i]) * UINT64_C(1099511628211);
}

static void mix_number(digest *d, uint64_t number) { mix(d, &number, sizeof number); }

static void mix_string(digest *d, trpt_str s) {
  if (!s.ptr && s.len) abort();
  mix_number(d, s.ptr ? s.len + 1 : 0);
  mix(d, s.ptr, s.len);
}

/* Derives a DKIM result from the bytes of the mail. */
static int verify(void *user, const void *mail, size_t len, uint32_t index, trpt_dkim_signature *out) {
  (void)user;
  const unsigned char *bytes = mail;
  if (!len || index >= bytes[0] % 4U) return 0;
  out->result = (trpt_dkim_result)((bytes[len / 2] + index) % 10);
  out->domain = (trpt_str){"example.net", 11};
  if (bytes[len - 1] % 2) out->key_services = (trpt_str){mail, len < 20 ? len : 20};
  return 1;
}

static void check_diagnostics(digest *d, const trpt_mail *mail, const trpt_mail_item *item) {
  uint64_t offset = 0;
  for (uint32_t i = 0; i < item->diagnostic_count; i++) {
    const trpt_diagnostic *diagnostic = trpt_mail_diagnostic(mail, i);
    if (!diagnostic || diagnostic->offset < offset || !diagnostic->where) abort();
    /* Outside of mails there are no lines. */
    if (diagnostic->where[0] && (!diagnostic->line || !diagnostic->column)) abort();
    if (!trpt_diagnostic_section(diagnostic->code)) abort();
    offset = diagnostic->offset;
    mix(d, diagnostic->code, strlen(diagnostic->code));
    mix_number(d, diagnostic->offset);
    mix_number(d, diagnostic->line);
  }
  if (trpt_mail_diagnostic(mail, item->diagnostic_count)) abort();
}

static void check_item(digest *d, trpt_mail *mail, const trpt_mail_item *item) {
  if (!item->report == !item->error) abort();
  if (item->error) {
    if (item->error->status >= 0 || !item->error->message[0]) abort();
    mix_number(d, (uint64_t)item->error->status);
    mix(d, item->error->message, strlen(item->error->message));
  }
  const trpt_str strings[] = {
      item->entry,     item->part,       item->media_type,    item->filename,         item->from,       item->subject,
      item->date_text, item->message_id, item->report_domain, item->report_submitter, item->dkim_domain};
  for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) mix_string(d, strings[i]);
  mix_number(d, (uint64_t)item->kind);
  mix_number(d, (uint64_t)item->container);
  mix_number(d, item->number);
  mix_number(d, item->offset);
  mix_number(d, (uint64_t)item->date);
  mix_number(d, (uint64_t)item->dkim);
  mix_number(d, item->signer);
  check_diagnostics(d, mail, item);
  /* The caller of trpt_mail_take owns the report. */
  if (item->report && ++d->items % 2) {
    trpt_report *report = trpt_mail_take(mail);
    if (report != item->report || trpt_mail_take(mail)) abort();
    trpt_report_free(report);
  }
}

static digest read_all(trpt_mail *mail) {
  digest d = {0};
  const trpt_mail_item *item;
  trpt_status status;
  while ((status = trpt_mail_next(mail, &item)) == TRPT_OK) check_item(&d, mail, item);
  if (status != TRPT_END || item || trpt_mail_next(mail, &item) != TRPT_END) abort();
  return d;
}

/* Pushed input gives the same. Beyond max_message it is one error. */
static void check_pushed(trpt_mail *mail, const char *data, size_t size, size_t chunk, size_t max, uint64_t expected) {
  for (size_t at = 0; at < size; at += chunk)
    if (trpt_mail_feed(mail, data + at, size - at < chunk ? size - at : chunk) != TRPT_OK) abort();
  if (trpt_mail_finish(mail) != TRPT_OK) abort();
  const digest pushed = read_all(mail);
  if (size <= max && pushed.hash != expected) abort();
}

static trpt_mail *mail_for(uint8_t bits) {
  static trpt_mail *mails[256];
  static const trpt_options small = {.struct_size = sizeof small, .max_inflated = 2000, .max_input = 1000};
  static const trpt_str servers[] = {{"mx.example.com", 14}, {"mx2.example.com", 15}};
  trpt_mail_options options = {.struct_size = sizeof options, .max_message = 1 << 20, .max_inflated = 1 << 20};
  options.authserv_ids = servers;
  options.authserv_id_count = sizeof servers / sizeof servers[0];
  if (bits & 1) options.max_parts = 4, options.max_reports = 1;
  if (bits & 2) options.max_nesting = 2;
  if (bits & 4) options.max_header = 400;
  if (bits & 8) options.max_message = 600;
  if (bits & 16) options.max_entries = 1, options.max_inflated = 1000, options.max_ratio = 2;
  if (bits & 32) options.verify = verify;
  if (bits & 64) options.flags = TRPT_MAIL_REQUIRE_DKIM | TRPT_MAIL_TRUST_UNNAMED;
  if (bits & 128) options.report = &small;
  if (!mails[bits] && trpt_mail_new(&mails[bits], &options) != TRPT_OK) abort();
  return mails[bits];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t bits = 0;
  size_t chunk = size % 97 + 1;
  if (size >= 3 && data[0] == '#') {
    bits = data[1];
    chunk = data[2] + 1U;
    data += 3;
    size -= 3;
  }
  char *copy = fuzz_copy(data, size);
  trpt_mail *mail = mail_for(bits);
  if (trpt_mail_open_bytes(mail, copy, size) != TRPT_OK) abort();
  const digest whole = read_all(mail);
  fuzz_chunks c = {copy, size, chunk};
  if (trpt_mail_open(mail, fuzz_read_chunk, &c) != TRPT_OK) abort();
  const digest cut = read_all(mail);
  if (whole.hash != cut.hash) abort();
  check_pushed(mail, copy, size, chunk, (bits & 8) ? 600 : 1 << 20, whole.hash);
  /* This must not read beyond the input. */
  trpt_mail_is_report(copy, size);
  free(copy);
  return 0;
}
