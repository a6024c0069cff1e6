/* SPDX-License-Identifier: MIT */
#ifndef BENCH_GENERATE_H
#define BENCH_GENERATE_H

/* Reports as senders write them: the shapes of Google, Microsoft, the appendix B of RFC 8460, Mail.ru and Postfix, with
   names and numbers of usual lengths that are nobody's. The same seed gives the same bytes. */

#include <stdint.h>

#include "json_out.h"

typedef enum style { STYLE_GOOGLE, STYLE_MICROSOFT, STYLE_APPENDIX_B, STYLE_MAIL_RU, STYLE_POSTFIX, STYLES } style;

typedef struct generator {
  json_out out;
  uint64_t seed;
  style sender;
} generator;

generator generator_make(text *to, uint64_t seed, style sender, layout form);

/* A report is a head, policies and a tail. */
void generate_head(generator *g);
void generate_policy(generator *g, style s);
void generate_tail(generator *g);

/* A whole one: policies until it has `size` bytes, but none that would make it longer than `limit`. `mixed`: policies of any
   style, else the sender's own. */
void generate_report(text *to, uint64_t seed, style sender, layout form, size_t size, size_t limit, bool mixed);

#endif
