/* SPDX-License-Identifier: MIT */
/* In place of mails.c where libtrpt-mail is not built: mails and archives are then input that is no report. */
#include "mails.h"

#include <stddef.h>

bool mails_are_read(void) { return false; }

mails *mails_new(const choice *c) {
  (void)c;
  return NULL;
}

void mails_free(mails *m) { (void)m; }

bool mails_has(const char *head, size_t len) {
  (void)head;
  (void)len;
  return false;
}

const trpt_diagnostic *mails_finding(const mails *m, uint32_t i) {
  (void)m;
  (void)i;
  return NULL;
}

int mails_read(mails *m, input_source *s, mails_item_fn item, void *user) {
  (void)m;
  (void)s;
  (void)item;
  (void)user;
  return 0;
}
