/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_DNS_MESSAGE_H
#define TLSRPT_CHECK_DNS_MESSAGE_H

/* DNS messages, RFC 1035 s4: questions written, answers read. c-ares 1.18 could do neither as it is needed here: its
   questions have no AD bit, and its readers give neither that bit nor the owners of records. */

#include "dns_name.h"

enum { DNS_A = 1, DNS_CNAME = 5, DNS_SOA = 6, DNS_MX = 15, DNS_TXT = 16, DNS_AAAA = 28, DNS_TLSA = 52 };

enum { DNS_QUESTION_MAX = 12 + DNS_NAME_MAX + 4 + 11, DNS_PAYLOAD = 1232 };

/* Writes a question to `out`, which holds DNS_QUESTION_MAX bytes, and returns its length. Recursion is desired, and so is the
   AD bit of the answer, RFC 6840 s5.7. `edns`: with room for answers of DNS_PAYLOAD bytes over UDP, RFC 6891. */
size_t dns_question(uint8_t *out, uint16_t id, const dns_name *name, uint16_t type, bool edns);

typedef struct dns_record {
  dns_name owner;
  uint32_t ttl;
  uint16_t type;
  uint16_t len;
  size_t at; /* of its data in the message */
} dns_record;

typedef struct dns_message {
  const uint8_t *bytes;
  size_t len;
  unsigned rcode;     /* with the upper bits of EDNS */
  bool authenticated; /* AD */
  bool authoritative; /* AA */
  unsigned answer_count;
  size_t answers; /* where they begin */
} dns_message;

enum { DNS_NOERROR = 0, DNS_FORMERR = 1, DNS_SERVFAIL = 2, DNS_NXDOMAIN = 3, DNS_NOTIMP = 4, DNS_REFUSED = 5 };

/* Reads a whole answer. False where it is none, is cut, or is about something else than this question. */
bool dns_message_read(dns_message *m, const uint8_t *bytes, size_t len, const dns_name *name, uint16_t type);

typedef struct dns_cursor {
  size_t at;
  unsigned left;
} dns_cursor;

dns_cursor dns_message_answers(const dns_message *m);

/* The next record of class IN among the answers; false behind the last one. */
bool dns_message_next(const dns_message *m, dns_cursor *cursor, dns_record *out);

/* The name in a record's data, `skip` bytes behind its beginning, that ends where the data ends. */
bool dns_record_name(const dns_message *m, const dns_record *r, size_t skip, dns_name *out);

#endif
