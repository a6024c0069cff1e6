/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_DKIM_H
#define TRPT_LIB_MAIL_DKIM_H

/* The DKIM signatures of a mail, RFC 6376. The caller or Authentication-Results provide the verdicts. The mail itself
   says what the signatures cover. */

#include <stdbool.h>

#include <gmime/gmime.h>

#include <tlsrpt/mail.h>

enum { TRPT_DKIM_MAX = 16 };

/* The properties of all signatures of a domain. */
typedef struct trpt_dkim_signatures {
  bool has_length;    /* one has l= */
  bool covers_report; /* one has both TLS-Report-Domain and TLS-Report-Submitter in h= */
  bool found;
  uint64_t offset; /* of the first signature */
} trpt_dkim_signatures;

typedef struct trpt_dkim_verdict {
  trpt_dkim_result result;
  trpt_str domain;                 /* d=; absent: unknown; allocated with GLib */
  bool is_not_for_tlsrpt;          /* s= of the key record excludes reports, RFC 6376 s3.6.1 */
  trpt_dkim_signatures signatures; /* of that domain, once trpt_dkim_read_signatures was called */
} trpt_dkim_verdict;

typedef struct trpt_dkim_verdicts {
  bool is_available; /* a trusted source provided verdicts, possibly none */
  uint32_t count;
  trpt_dkim_verdict at[TRPT_DKIM_MAX];
} trpt_dkim_verdicts;

/* `key_services` is s= of the key record; absent: unknown. */
void trpt_dkim_add(trpt_dkim_verdicts *verdicts, trpt_dkim_result result, trpt_str domain, trpt_str key_services);
void trpt_dkim_clear(trpt_dkim_verdicts *verdicts);

/* Reads the signatures of the mail, once for all verdicts. */
void trpt_dkim_read_signatures(trpt_dkim_verdicts *verdicts, GMimeObject *mail);

/* The result with this name, or TRPT_DKIM_UNKNOWN. */
trpt_dkim_result trpt_dkim_result_from_name(trpt_str name);

/* The trusted Authentication-Results fields. */
typedef struct trpt_trusted_servers {
  const trpt_str *ids; /* their authserv-ids */
  size_t count;
  bool unnamed; /* the first field of the mail is trusted if it has no authserv-id */
} trpt_trusted_servers;

/* Adds the DKIM results of the topmost trusted Authentication-Results field that has any, RFC 8601. Does nothing if no
   server is trusted. */
void trpt_authentication_results_read(trpt_dkim_verdicts *verdicts, GMimeObject *mail,
                                      const trpt_trusted_servers *servers);

#endif
