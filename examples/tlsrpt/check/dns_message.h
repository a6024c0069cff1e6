/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_DNS_MESSAGE_H
#define TLSRPT_CHECK_DNS_MESSAGE_H

/* Writes DNS queries and reads the answers, RFC 1035 s4. The functions of c-ares 1.18 are not sufficient: it cannot set
   the AD bit in queries, and its parsers return neither that bit nor the owners of records. */

#include "dns_name.h"

enum { DNS_A = 1, DNS_CNAME = 5, DNS_SOA = 6, DNS_MX = 15, DNS_TXT = 16, DNS_AAAA = 28, DNS_TLSA = 52 };

enum { DNS_QUESTION_MAX_LEN = 12 + DNS_NAME_MAX_LEN + 4 + 11, DNS_PAYLOAD_SIZE = 1232 };

/* Writes a query to `out`, an array of DNS_QUESTION_MAX_LEN bytes, and returns its length. It requests recursion and
   the AD bit (RFC 6840 s5.7). `edns`: it also announces a UDP payload size of DNS_PAYLOAD_SIZE bytes (RFC 6891). */
size_t dns_question(uint8_t *out, uint16_t id, const dns_name *name, uint16_t type, bool edns);

typedef struct dns_record {
  dns_name owner;
  uint32_t ttl;
  uint16_t type;
  uint16_t len;
  size_t at; /* offset of its data in the message */
} dns_record;

typedef struct dns_message {
  const uint8_t *bytes;
  size_t len;
  unsigned rcode;     /* including the upper bits from EDNS */
  bool authenticated; /* AD */
  bool authoritative; /* AA */
  unsigned answer_count;
  size_t answers; /* offset of the first answer */
} dns_message;

enum { DNS_NOERROR = 0, DNS_FORMERR = 1, DNS_SERVFAIL = 2, DNS_NXDOMAIN = 3, DNS_NOTIMP = 4, DNS_REFUSED = 5 };

/* Whether a response is truncated, RFC 1035 s4.1.1. */
bool dns_is_truncated(const uint8_t *bytes, size_t len);

/* Reads a whole response. Returns false if it is malformed, truncated, or does not match the query. */
bool dns_message_read(dns_message *m, const uint8_t *bytes, size_t len, const dns_name *name, uint16_t type);

typedef struct dns_cursor {
  size_t at;
  unsigned remaining;
} dns_cursor;

dns_cursor dns_message_answers(const dns_message *m);

/* Finds the next answer of class IN. Returns false after the last one. */
bool dns_message_next(const dns_message *m, dns_cursor *cursor, dns_record *out);

/* Reads the name that begins `skip` bytes into the data of a record. It must end where the data ends. */
bool dns_record_name(const dns_message *m, const dns_record *r, size_t skip, dns_name *out);

#endif
