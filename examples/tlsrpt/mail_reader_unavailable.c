/* SPDX-License-Identifier: MIT */
/* Replaces mail_reader.c in builds without libtrpt-mail. Mails and archives are then rejected as invalid reports. */
#include "mail_reader.h"

#include <stddef.h>

bool mail_reader_is_available(void) { return false; }

mail_reader *mail_reader_new(const read_options *options) {
  (void)options;
  return NULL;
}

void mail_reader_free(mail_reader *m) { (void)m; }

bool mail_reader_accepts(const char *head, size_t len) {
  (void)head;
  (void)len;
  return false;
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
