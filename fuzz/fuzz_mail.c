/* SPDX-License-Identifier: MIT */
/* Inputs of all kinds: the items are well formed, and the same for any chunks. After a leading "#", an input has two
   control bytes: small limits and options (a bit each), and the size of chunks. */

#include "mail_items.h"

static void take_every_other(digest *d, trpt_mail *mail, const trpt_mail_item *item) {
  if (!item->report || ++d->items % 2 == 0) return;
  /* The caller of trpt_mail_take owns the report. */
  trpt_report *report = trpt_mail_take(mail);
  if (report != item->report || trpt_mail_take(mail)) abort();
  trpt_report_free(report);
}

static digest read_all(trpt_mail *mail) {
  digest d = {0};
  const trpt_mail_item *item;
  trpt_status status;
  while ((status = trpt_mail_next(mail, &item)) == TRPT_OK) {
    check_item(&d, mail, item);
    take_every_other(&d, mail, item);
  }
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
  if (bits & 32) options.verify = fuzz_verify;
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
