/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_HTML_H
#define TLSRPT_SUMMARY_HTML_H

/* Writes HTML. Every untrusted text goes through one of the two quoting functions. */

#include "summary_view.h"

typedef struct html {
  const summary *summary;
  buffer out;
  buffer escaped; /* scratch memory */
} html;

/* Adds text of the command itself, which may have markup. */
void html_add(html *h, const char *text);
void html_number(html *h, uint64_t number);

/* Adds a number with its noun: "1 session". */
void html_count(html *h, uint64_t count, const char *noun);

/* Adds untrusted text to the body. Browsers may break lines after its punctuation, so that no word is broken, and
   never within a day. */
void html_quote(html *h, const char *text);

/* Adds untrusted text to an attribute or a title, which allow no markup. */
void html_quote_plain(html *h, const char *text);

/* Adds what an untrusted buffer contains to the body, and frees it. */
void html_quote_buffer(html *h, buffer *text);

/* Adds " on 2026-03-01" or " from 2026-03-01 to 2026-03-31", or nothing if no day is known. */
void html_period(html *h, const counts *c);

/* Adds charts of the days of a policy, for sessions and for the share of failed ones, each on its own scale. Adds none
   for a single day. */
void html_day_charts(html *h, const view_policy *policy);

/* Adds the causes of a policy: a bar, what to do, and the hosts, senders and reasons. */
void html_causes(html *h, const view_policy *policy);

#endif
