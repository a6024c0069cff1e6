/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DOMAIN_H
#define TRPT_LIB_DOMAIN_H

/* Host names, for the other judges. */

#include <stdbool.h>

#include <tlsrpt/status.h>

/* True for a host name of letters, digits and hyphens, RFC 1123 s2.1, without a trailing dot. */
bool trpt_domain_is_host(trpt_str name);

/* True for a host name, perhaps with "*." in front: sts-policy-mx-value of RFC 8461 s3.2. */
bool trpt_domain_is_mx_pattern(trpt_str pattern);

#endif
