/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_DOMAIN_H
#define TRPT_LIB_MAIL_DOMAIN_H

/* Domains in header fields of a mail. lib/base/hostname.h has the rest. */

#include <stdbool.h>

#include <tlsrpt/status.h>

/* True if `domain` equals `parent`, or is below it and `parent` is not a top-level domain. */
bool trpt_domain_is_within(trpt_str domain, trpt_str parent);

/* The domain of the address in a header field, RFC 5322 s3.4. The field is not decoded: encoded words might hold what looks
   like an address. Empty if there is no address, or more than one. */
trpt_str trpt_domain_of_address(trpt_str address);

#endif
