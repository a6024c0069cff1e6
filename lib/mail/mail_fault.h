/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_FAULT_H
#define TRPT_LIB_MAIL_FAULT_H

/* Why a mail, an entry or a part cannot be read. It costs that item alone. */

#include <stdbool.h>

#include <tlsrpt/status.h>

typedef struct trpt_mail_fault {
  trpt_status status;   /* TRPT_OK: it can be read */
  const char *sentence; /* of static lifetime; `limit` takes the place of its "#". NULL: the message of the status */
  uint64_t limit;
} trpt_mail_fault;

static inline trpt_mail_fault trpt_mail_fault_limit(const char *sentence, uint64_t limit) {
  return (trpt_mail_fault){TRPT_E_LIMIT, sentence, limit};
}

#endif
