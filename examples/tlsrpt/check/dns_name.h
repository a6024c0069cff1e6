/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_DNS_NAME_H
#define TLSRPT_CHECK_DNS_NAME_H

/* DNS names, whose labels may contain any bytes. */

#include "../buffer.h"

enum { DNS_NAME_MAX_LEN = 255 };

/* Wire format of RFC 1035 s3.1: each label is preceded by its length, and a length of 0 ends the name. */
typedef struct dns_name {
  uint8_t len;
  uint8_t wire[DNS_NAME_MAX_LEN];
} dns_name;

/* Makes the name of dot-separated labels below `parent` (NULL: the root). Empty `labels` make the parent itself.
   Returns false if a label is empty, or a label or the whole name is too long. */
bool dns_name_below(dns_name *out, const char *labels, size_t len, const dns_name *parent);

/* Compares without regard to case, RFC 4343. */
bool dns_name_equal(const dns_name *a, const dns_name *b);

/* Whether `name` is `parent` or below it. */
bool dns_name_is_within(const dns_name *name, const dns_name *parent);

bool dns_name_is_root(const dns_name *name);

/* Adds the name in the form of zone files, without a dot at the end. The result is printable ASCII for any name. */
void dns_name_text(buffer *out, const dns_name *name);

#endif
