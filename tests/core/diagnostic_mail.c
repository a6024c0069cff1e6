/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/mail.h>

#include "diagnostic_examples.h"

/* What the example says of the only signature. */
static int verify(void *user, const void *mail, size_t len, uint32_t index, trpt_dkim_signature *out) {
  const trpt_str signer = ((const example_side *)user)->signer;
  const char *blank = memchr(signer.ptr, ' ', signer.len);
  (void)mail;
  (void)len;
  if (index || text_is(signer, "none")) return 0;
  out->result = TRPT_DKIM_PASS;
  out->domain = signer;
  if (blank) {
    out->domain.len = (size_t)(blank - signer.ptr);
    out->key_services = (trpt_str){blank + 1, signer.len - out->domain.len - 1};
  }
  return 1;
}

void found_in_mail(found *f, const example_side *side, const char *data, size_t len) {
  example_side copy = *side;
  trpt_mail_options options = {.struct_size = sizeof options};
  trpt_mail *mail;
  const trpt_mail_item *item;
  if (side->signer.ptr) {
    options.verify = verify;
    options.verify_user = &copy;
  }
  *f = (found){0};
  if (trpt_mail_new(&mail, &options) != TRPT_OK || trpt_mail_open_bytes(mail, data, len) != TRPT_OK ||
      trpt_mail_next(mail, &item) != TRPT_OK) {
    fprintf(stderr, "a mail of diagnostics.txt cannot be read\n");
    exit(2);
  }
  for (uint32_t i = 0; i < item->diagnostic_count; i++) found_add(f, trpt_mail_diagnostic(mail, i));
  trpt_mail_free(mail);
}
