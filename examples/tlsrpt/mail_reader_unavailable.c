/* SPDX-License-Identifier: MIT */
/* Replaces mail_reader.c in builds without libtrpt-mail. Mails and archives are then rejected as invalid reports. */
#include "mail_reader.h"

#include <stddef.h>

#include "../../lib/base/text.h"

bool mail_reader_is_available(void) { return false; }

mail_reader *mail_reader_new(const read_options *options) {
  (void)options;
  return NULL;
}

void mail_reader_free(mail_reader *m) { (void)m; }

trpt_mail_kind mail_reader_kind(const char *head, size_t len) {
  const trpt_str text = trpt_trim_space((trpt_str){head, len});
  if (!text.len) return TRPT_MAIL_KIND_UNKNOWN;
  if (*text.ptr == '{' || *text.ptr == '[') return TRPT_MAIL_KIND_JSON;
  return *text.ptr == 0x1F ? TRPT_MAIL_KIND_GZIP : TRPT_MAIL_KIND_UNKNOWN;
}

bool mail_reader_accepts(trpt_mail_kind kind) {
  (void)kind;
  return false;
}

void mail_reader_describe(const trpt_mail_item *item, trpt_source *out) {
  (void)item;
  (void)out;
}

trpt_report *mail_reader_take(mail_reader *m) {
  (void)m;
  return NULL;
}

const trpt_diagnostic *mail_reader_diagnostic(const mail_reader *m, uint32_t i) {
  (void)m;
  (void)i;
  return NULL;
}

int mail_reader_read(mail_reader *m, input_source *s, mail_reader_item_fn item, void *user) {
  (void)m;
  (void)s;
  (void)item;
  (void)user;
  return 0;
}
