/* SPDX-License-Identifier: MIT */
/* What a program outside needs of an installed libtrpt-mail: a mail is read, and its report. */
#include <stdio.h>
#include <string.h>

#include <tlsrpt/mail.h>

int main(void) {
  static const char text[] = "Subject: a\nContent-Type: application/tlsrpt+json\n\n{\"policies\":[]}\n";
  trpt_mail *mail = NULL;
  const trpt_mail_item *item = NULL;
  if (trpt_mail_new(&mail, NULL) != TRPT_OK) return 1;
  if (trpt_mail_open_bytes(mail, text, sizeof text - 1) != TRPT_OK) return 2;
  if (trpt_mail_next(mail, &item) != TRPT_OK || item->report == NULL) return 3;
  if (trpt_mail_next(mail, &item) != TRPT_END) return 4;
  if (!trpt_mail_is_report(text, sizeof text - 1)) return 5;
  if (strcmp(trpt_mail_kind_name(trpt_mail_kind_of(text, sizeof text - 1)), "message") != 0) return 6;
  trpt_mail_free(mail);
  printf("libtrpt %s\n", trpt_version());
  return 0;
}
