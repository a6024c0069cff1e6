/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_HOST_H
#define TLSRPT_CHECK_HOST_H

/* Names of domains and hosts as people write them. */

#include <tlsrpt/status.h>

#include "dns_name.h"

/* Reads a domain that may have a TLSRPT record. `ascii` becomes its name with A-labels in place of others (RFC 5890), without a
   dot at the end. Returns why it is none, or NULL. */
const char *host_read(trpt_str text, buffer *ascii, dns_name *out);

/* The domain of a destination: behind the @ of a mail address, or the host of an https URI. False where it is an address or no
   name of DNS, so that there is nothing to look up. */
bool host_of_address(trpt_str address, dns_name *out);
bool host_of_uri(trpt_str uri, dns_name *out);

#endif
