/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_DOMAIN_H
#define TLSRPT_CHECK_DOMAIN_H

/* Names of domains and hosts as people write them. */

#include <tlsrpt/status.h>

#include "dns_name.h"

/* Reads a domain that may have a TLSRPT record. `ascii` becomes its name in A-labels (RFC 5890), without a dot at the end.
   Returns why the name is not valid, or NULL. */
const char *domain_read(trpt_str text, buffer *ascii, dns_name *out);

/* Finds the domain of a destination: what follows the @ of a mail address, or the host of an https URI. False where that is an IP
   address or not a name, so that there is nothing to query. */
bool domain_of_address(trpt_str address, dns_name *out);
bool domain_of_uri(trpt_str uri, dns_name *out);

#endif
