/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_DOMAIN_H
#define TRPT_LIB_MAIL_DOMAIN_H

/* Domains in header fields of a mail. See also lib/base/hostname.h. */

#include <stdbool.h>

#include <tlsrpt/status.h>

/* Names that are longer than any host name match nothing, so that comparing takes constant time. */

/* Whether two names are equal, see trpt_host_equal. */
bool trpt_domain_equal(trpt_str a, trpt_str b);

/* Whether `domain` equals `parent`, or is below it and `parent` is not a top-level domain. */
bool trpt_domain_is_within(trpt_str domain, trpt_str parent);

/* The domain of the address in a header field, RFC 5322 s3.4. Empty unless there is exactly one address. The field must
   not be decoded, because encoded words may contain text that looks like an address. */
trpt_str trpt_domain_of_address(trpt_str address);

#endif
