/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_FINDING_H
#define TLSRPT_FINDING_H

/* How findings and errors are shown, everywhere the same. */

#include <tlsrpt/diagnostic.h>

#include "buffer.h"

/* Why an input is bad. */
typedef struct problem {
  const char *
      status; /* "TRPT_E_JSON"; "IO" where the system did not give the bytes, "FRAMING" where what holds them is broken */
  trpt_error error; /* `message` is always set */
} problem;

problem problem_of(const trpt_error *error);
problem problem_io(const char *why);
/* An item of standard input that is not as --input says; `column`: of its first wrong byte, 0 where there is none. */
problem problem_framing(const char *why, uint64_t column);
problem problem_limit(const char *why);
/* A report that is good but too large to be shown whole. */
problem problem_too_large(void);

/* "tlsrpt: SOURCE: line L, column C: WHERE: MESSAGE (CODE)" on standard error, without what is not known. */
void problem_print(const char *source, const problem *p);

/* A diagnostic of the command's own, with the texts of the catalogue; `where` and `code` live as long as it. */
trpt_diagnostic diagnostic_of(const char *code, const char *where);

/* {"status":...} */
void problem_json(buffer *out, const problem *p);

/* {"code":...}; records have no lines, so they are left out there. */
void diagnostic_json(buffer *out, const trpt_diagnostic *d, bool with_line);

/* "error: WHERE: MESSAGE [CODE": the caller adds what else stands in the brackets, and closes them. */
void diagnostic_text(buffer *out, const trpt_diagnostic *d);

/* As compilers print: "SOURCE:LINE:COLUMN: error: WHERE: MESSAGE [CODE]" and a line end. */
void diagnostic_line(buffer *out, const char *source, const trpt_diagnostic *d);

/* The line of a text and a caret below the byte at `offset`, each behind `indent` blanks; a long text is cut at both ends. */
void diagnostic_caret(buffer *out, const char *text, size_t len, uint64_t offset, size_t indent);

#endif
