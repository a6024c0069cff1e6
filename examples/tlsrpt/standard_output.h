/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_OUTPUT_H
#define TLSRPT_OUTPUT_H

/* Standard output, and messages on standard error. Output is collected and written in large pieces. Output that cannot be
   written ends the command with status 2: with a message, but for a pipe that its reader has closed. */

#include "buffer.h"

/* Exit statuses. */
enum { STATUS_GOOD = 0, STATUS_BAD_INPUT = 1, STATUS_FAILED = 2 };

/* Once, before anything is opened or written. */
void output_begin(void);

/* From now on a mail server reads the exit status, which is one of sysexits.h: 0 also for bad input, which has been told and
   must not be sent back to whoever reported, and "try again" where the command itself failed. */
void output_delivery(void);

/* The exit status for one of those above. */
int output_status(int status);

void output_text(const char *text);

/* Writes the buffer and clears it; a buffer that has failed ends the command. */
void output_buffer(buffer *b);

/* What was output up to here is whole: where a disk is full, a file keeps whole units only. */
void output_unit(void);

/* Hands all to the system; whenever the command may have to wait for input. */
void output_flush(void);

/* The same for the last time. */
void output_end(void);

/* "tlsrpt: MESSAGE" and a line end on standard error, at once and behind all output before it. Clears the buffer. */
void message_buffer(buffer *b);
void message_text(const char *text);

/* The same for what is no hurry: it comes out with the output or the message behind it. */
void note_buffer(buffer *b);

/* No memory even for small things. */
_Noreturn void output_no_memory(void);

#endif
