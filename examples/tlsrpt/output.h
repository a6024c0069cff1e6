/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_OUTPUT_H
#define TLSRPT_OUTPUT_H

/* Standard output, and messages on standard error. Output that cannot be written ends the command with status 2: with a
   message, but for a pipe that its reader has closed. */

#include "buffer.h"

/* Exit statuses. */
enum { STATUS_GOOD = 0, STATUS_BAD_INPUT = 1, STATUS_FAILED = 2 };

/* Once, before anything is opened or written. */
void output_begin(void);

void output_text(const char *text);

/* Writes the buffer and clears it; a buffer that has failed ends the command. */
void output_buffer(buffer *b);

/* Hands all to the system; true unless that fails. Before each message, so that both come in order, and at the end. */
void output_flush(void);

/* "tlsrpt: MESSAGE" and a line end on standard error. Clears the buffer. */
void message_buffer(buffer *b);
void message_text(const char *text);

/* No memory even for small things. */
_Noreturn void output_no_memory(void);

#endif
