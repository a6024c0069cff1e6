/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_DOMAIN_H
#define TRPT_LIB_MAIL_DOMAIN_H

/* Domains as fields of a mail name them: compared without regard to case and to a dot at the end. */

#include <stdbool.h>

#include <tlsrpt/status.h>

trpt_str trpt_mail_string(const char *text); /* absent for NULL */

bool trpt_domain_same(trpt_str a, trpt_str b);

/* Whether `domain` is `parent` or below it; `parent` has two labels at least. */
bool trpt_domain_is_within(trpt_str domain, trpt_str parent);

/* The domain of an address or of a field with one, RFC 5322 s3.4, not decoded: encoded words might hold what looks like an
   address. Empty where there is none, or where there are several. */
trpt_str trpt_domain_of_address(trpt_str address);

/* Whether it is letters, digits, hyphens and dots in at least `labels` labels: sub-domain of RFC 5321 s4.1.2. */
bool trpt_domain_is_valid(trpt_str domain, unsigned labels);

#endif
