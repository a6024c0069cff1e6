/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_DNS_NAME_H
#define TLSRPT_CHECK_DNS_NAME_H

/* Names as DNS has them: labels of any bytes. */

#include "../buffer.h"

enum { DNS_NAME_MAX = 255 };

/* On the wire, RFC 1035 s3.1: each label behind its length, a length of 0 at the end. */
typedef struct dns_name {
  uint8_t len;
  uint8_t wire[DNS_NAME_MAX];
} dns_name;

/* The name of these labels, with dots between them, below `parent` (NULL: the root). False where the name would be none: a
   label is empty or too long, or all is. No labels at all are the parent itself. */
bool dns_name_below(dns_name *out, const char *labels, size_t len, const dns_name *parent);

/* Whether they are the same; letters have no case, RFC 4343. */
bool dns_name_equal(const dns_name *a, const dns_name *b);

/* Whether `name` is `parent` or below it. */
bool dns_name_is_within(const dns_name *name, const dns_name *parent);

bool dns_name_is_root(const dns_name *name);

/* As zone files have it, without a dot at the end: printable ASCII, whatever is in the name. */
void dns_name_text(buffer *out, const dns_name *name);

#endif
