/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_DKIM_H
#define TRPT_LIB_MAIL_DKIM_H

/* What is known of the DKIM signatures of a mail, RFC 6376: verdicts come from the caller or from Authentication-Results, what the
   signatures cover from the mail itself. */

#include <stdbool.h>

#include <gmime/gmime.h>

#include <tlsrpt/mail.h>

enum { TRPT_DKIM_MAX = 16 };

typedef struct trpt_dkim_verdict {
  trpt_dkim_result result;
  char *domain;       /* d=; NULL: it was not told */
  char *key_services; /* NULL: not known */
} trpt_dkim_verdict;

typedef struct trpt_dkim_verdicts {
  bool asked; /* somebody who is trusted was asked */
  uint32_t count;
  trpt_dkim_verdict at[TRPT_DKIM_MAX];
} trpt_dkim_verdicts;

void trpt_dkim_add(trpt_dkim_verdicts *verdicts, trpt_dkim_result result, trpt_str domain, trpt_str key_services);
void trpt_dkim_clear(trpt_dkim_verdicts *verdicts);

/* What the signatures of a domain, all together, say of themselves. */
typedef struct trpt_dkim_signatures {
  bool has_length;    /* l= */
  bool covers_report; /* one has TLS-Report-Domain and TLS-Report-Submitter in h= */
  bool found;
  uint64_t offset; /* of the first */
} trpt_dkim_signatures;

trpt_dkim_signatures trpt_dkim_look(GMimeObject *mail, trpt_str domain);

/* Whether a key record with s= of this value may sign reports, RFC 6376 s3.6.1. */
bool trpt_dkim_allows_tlsrpt(const char *key_services);

/* The value of a result by its name; TRPT_DKIM_UNKNOWN for none. */
trpt_dkim_result trpt_dkim_result_from_name(trpt_str name);

/* Adds each dkim result of the topmost field Authentication-Results of this authserv-id that has one, RFC 8601. */
void trpt_authentication_results_read(trpt_dkim_verdicts *verdicts, GMimeObject *mail, trpt_str authserv_id);

#endif
