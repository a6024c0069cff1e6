/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_DOMAIN_H
#define TLSRPT_CHECK_DOMAIN_H

/* Parses domain and host names as people write them. */

#include <tlsrpt/status.h>

#include "dns_name.h"

/* Parses a domain that may have a TLSRPT record, also within a URL or a mail address. Sets `ascii` to its name in
   A-labels (RFC 5890), without a dot at the end. Returns NULL, or why the name is invalid. */
const char *domain_read(trpt_str text, buffer *ascii, dns_name *out);

/* Extracts the domain of a mail address, or the host of an https URI, of a usable destination. Returns false for an IP
   address, which is not looked up. */
bool domain_of_address(trpt_str address, dns_name *out);
bool domain_of_uri(trpt_str uri, dns_name *out);

#endif
