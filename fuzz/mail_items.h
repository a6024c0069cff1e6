/* SPDX-License-Identifier: MIT */
#ifndef TRPT_FUZZ_MAIL_ITEMS_H
#define TRPT_FUZZ_MAIL_ITEMS_H

/* Shared by the targets of <tlsrpt/mail.h>: items as a hash, and a verifier of signatures. */

#include <tlsrpt/mail.h>

#include "fuzzing.h"

/* A hash of all items. */
typedef struct digest {
  uint64_t hash;
  size_t items;
} digest;

static inline void mix(digest *d, const void *data, size_t len) {
  const unsigned char *bytes = data;
  for (size_t i = 0; i < len; i++) d->hash = (d->hash ^ bytes[i]) * UINT64_C(1099511628211);
}

static inline void mix_number(digest *d, uint64_t number) { mix(d, &number, sizeof number); }

static inline void mix_string(digest *d, trpt_str s) {
  if (!s.ptr && s.len) abort();
  mix_number(d, s.ptr ? s.len + 1 : 0);
  mix(d, s.ptr, s.len);
}

/* Derives a DKIM result from the bytes of the mail. */
static inline int fuzz_verify(void *user, const void *mail, size_t len, uint32_t index, trpt_dkim_signature *out) {
  (void)user;
  const unsigned char *bytes = mail;
  if (!len || index >= bytes[0] % 4U) return 0;
  out->result = (trpt_dkim_result)((bytes[len / 2] + index) % 10);
  out->domain = (trpt_str){"example.net", 11};
  if (bytes[len - 1] % 2) out->key_services = (trpt_str){mail, len < 20 ? len : 20};
  return 1;
}

static inline void check_diagnostics(digest *d, const trpt_mail *mail, const trpt_mail_item *item) {
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

static inline void check_item(digest *d, trpt_mail *mail, const trpt_mail_item *item) {
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
}

#endif
