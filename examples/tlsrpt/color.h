/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_COLOR_H
#define TLSRPT_COLOR_H

/* Colours on standard output for verdicts and severities. Every command has the option --color, which arguments_next
   handles. By default, output is coloured if it goes to a terminal and NO_COLOR (https://no-color.org) is not set.
   Without colour, no escape sequence is written. */

#include <tlsrpt/diagnostic.h>

#include "buffer.h"

typedef enum color_sense { COLOR_GOOD, COLOR_DOUBTFUL, COLOR_BAD, COLOR_NOTE } color_sense;

enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* The names of these three values, for arguments_choose. */
extern const char *const color_choices[];

/* Sets the value of --color. */
void color_choose(int choice);

/* Adds coloured text. It must be escaped already, and must not contain a line end: pagers lose the colour there. */
void color_text(buffer *out, color_sense sense, const char *text);

color_sense color_of_severity(trpt_severity severity);

#endif
