/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_FAULT_H
#define TRPT_LIB_MAIL_FAULT_H

/* Why a mail, entry or part cannot be read. Reading continues with the next one. */

#include <tlsrpt/status.h>

#include "../catalogue/catalogue.h"

typedef struct trpt_mail_fault {
  trpt_status status;   /* TRPT_OK: readable */
  const char *sentence; /* static lifetime; "#" is replaced by `limit`. NULL: the message of the status */
  uint64_t limit;
  trpt_code code;  /* with status TRPT_E_COMPRESSION or TRPT_E_TRUNCATED: what is wrong with gzip data */
  uint64_t offset; /* and where, in the compressed bytes */
} trpt_mail_fault;

static inline trpt_mail_fault trpt_mail_fault_of(trpt_status status, const char *sentence) {
  return (trpt_mail_fault){.status = status, .sentence = sentence};
}

static inline trpt_mail_fault trpt_mail_fault_limit(const char *sentence, uint64_t limit) {
  return (trpt_mail_fault){.status = TRPT_E_LIMIT, .sentence = sentence, .limit = limit};
}

#endif
