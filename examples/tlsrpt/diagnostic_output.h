/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_DIAGNOSTIC_OUTPUT_H
#define TLSRPT_DIAGNOSTIC_OUTPUT_H

/* Formats diagnostics and errors in the same way for all commands. */

#include <tlsrpt/diagnostic.h>

#include "buffer.h"

/* Why an input is bad. */
typedef struct problem {
  const char *status; /* "TRPT_E_JSON"; "IO" if reading failed; "FRAMING" if an item does not match --input */
  trpt_error error;   /* `message` is always set */
  bool is_diagnostic; /* a diagnostic about the input says the same */
} problem;

problem problem_of_error(const trpt_error *error);
problem problem_io(const char *why);
/* An item of standard input does not match --input. `column` is that of the first invalid byte, or 0. */
problem problem_framing(const char *why, uint64_t column);
problem problem_limit(const char *why);
/* An item of standard input is a mailbox or an archive without a report. */
problem problem_no_report(void);
/* A summary, or the output for a report, that exceeds BUFFER_MAX or the available memory. */
problem problem_too_large(void);

/* Prints "tlsrpt: SOURCE: line L, column C: WHERE: MESSAGE (CODE)" to standard error. Unknown parts are left out. */
void problem_print(const char *source, const problem *p);

/* The same for a problem that the output shows too. A terminal that shows output and messages gets it once. */
void problem_repeat(const char *source, const problem *p);

/* Makes a diagnostic of the command itself, with the texts of the catalogue. `where` and `code` must outlive it. */
trpt_diagnostic diagnostic_of(const char *code, const char *where);

/* {"status":...} */
void problem_json(buffer *out, const problem *p);

/* {"code":...}, with the advice. A record has no lines, so its diagnostics are written without "line" and "column". */
void diagnostic_json(buffer *out, const trpt_diagnostic *d, bool with_line);

/* "error: WHERE: MESSAGE [CODE". The caller may add more inside the brackets, and closes them. */
void diagnostic_text(buffer *out, const trpt_diagnostic *d);

/* A line in the style of compilers: "SOURCE:LINE:COLUMN: error: WHERE: MESSAGE [CODE]". */
void diagnostic_line(buffer *out, const char *source, const trpt_diagnostic *d);

/* Shows a text on one line, with a caret below the byte at `offset`. Both lines are indented. A long text is cut at
   both ends. */
void diagnostic_caret(buffer *out, const char *text, size_t len, uint64_t offset, size_t indent);

#endif
