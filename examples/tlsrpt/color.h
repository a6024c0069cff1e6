/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_COLOR_H
#define TLSRPT_COLOR_H

/* Colour on standard output, for the words that say whether something is good: verdicts and severities. Every command takes
   --color, which arguments_next sees to; without it there is colour where a terminal shows the output and the environment
   does not have NO_COLOR (https://no-color.org). Where there is none, no byte differs. */

#include <tlsrpt/diagnostic.h>

#include "buffer.h"

typedef enum color_sense { COLOR_GOOD, COLOR_DOUBTFUL, COLOR_BAD, COLOR_NOTE } color_sense;

enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* The names of these three, for arguments_choose. */
extern const char *const color_choices[];

/* What --color asks for: one of the three. */
void color_choose(int choice);

/* Adds the text in this colour. It must have been escaped, and hold no line end: pagers lose colours there. */
void color_text(buffer *out, color_sense sense, const char *text);

color_sense color_of_severity(trpt_severity severity);

#endif
