/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_STANDARD_OUTPUT_H
#define TLSRPT_STANDARD_OUTPUT_H

/* Standard output, and messages on standard error. Output is buffered and written in large chunks. If it cannot be
   written, the command prints a message and exits with status 2. If the reader of a pipe has closed it, SIGPIPE ends the
   command without a message, as it ends other filters. */

#include "buffer.h"

/* Exit statuses of all commands; help.c and docs/exit-status.md have the table. --delivery adds EX_TEMPFAIL. */
enum {
  STATUS_GOOD = 0,
  STATUS_BAD_INPUT = 1,
  STATUS_FAILED = 2,
  STATUS_UNKNOWN = 3,
  STATUS_EXCEEDED = 4,
  STATUS_INTERRUPTED = 130
};

/* Returns the one that the command exits with if both apply: the first of 130, 2, 1, 4, 3, 0. */
int status_of_both(int a, int b);

/* Call once, before anything is opened or written. */
void output_begin(void);

/**
 * From now on, standard output is this file, which is created if it does not exist. Output is appended in whole units,
 * each under a lock (flock), so that several processes can write to the file. Ends the command if it cannot be opened.
 */
void output_to(const char *path);

/* Writes a header and clears the buffer. With output_to, only an empty file gets it, when the first unit is written or at
   the end. */
void output_header(buffer *b);

/* From now on, output_status returns the values of sysexits.h for a mail server. Bad input has status 0, so no bounce
   goes to the sender of a report. A failure of the command itself has EX_TEMPFAIL, so the server tries again later. */
void output_delivery(void);

/* From now on, output_status returns 0 for bad input and for an exceeded limit, for engines that fail a whole job
   otherwise. */
void output_exit_zero(void);

/* Several threads write in turn. output_no_memory, which any of them may call at any time, first calls this function. It returns
   whether the thread may write. NULL: there is one thread. */
void output_wait_with(bool (*wait)(void));

/* Returns the exit status for one of the values above. */
int output_status(int status);

void output_text(const char *text);

/* Writes the buffer and clears it. Ends the command if the buffer has failed. */
void output_buffer(buffer *b);

/* Marks the end of a unit of output. If the disk is full, a partial unit is removed from the end of the file. */
void output_end_unit(void);

/* Writes all buffered output. Call it whenever reading the input may block. */
void output_flush(void);

/* Flushes and closes standard output. */
void output_end(void);

/* Prints "tlsrpt: MESSAGE" to standard error, after flushing the output. Clears the buffer. */
void message_buffer(buffer *b);
void message_text(const char *text);

/* Like message_buffer, but the message is written with the next output or message, which is faster. */
void note_buffer(buffer *b);

/* Ends the command because memory is exhausted. */
_Noreturn void output_no_memory(void);

#endif
