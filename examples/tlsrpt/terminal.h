/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_TERMINAL_H
#define TLSRPT_TERMINAL_H

/* The terminal that standard output may be. */

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"

/* Returns the columns of the terminal that standard output goes to, or 0 if that is not a terminal. */
size_t terminal_width(void);

/* Whether a terminal shows output and messages, so that what is in both would be there twice. */
bool terminal_shows_both(void);

/* Breaks the lines of a text for a person that are wider than `width`. The rest of a line is indented more than its
   beginning. Lines without blanks, records, which people copy, and a line with a caret below it stay as they are. */
void terminal_wrap(buffer *out, const buffer *text, size_t width);

/* Writes a text for a person and clears it. Its lines fit the terminal. Ends the command if the buffer has failed. */
void terminal_output(buffer *text);

#endif
