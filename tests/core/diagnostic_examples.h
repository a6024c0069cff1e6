/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_DIAGNOSTIC_EXAMPLES_H
#define TRPT_TESTS_DIAGNOSTIC_EXAMPLES_H

/* The examples of tests/data/diagnostics.txt, whose head explains how they are written, and what the library finds in them.
   A file that is not written so ends the program with a message. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tlsrpt/parser.h>

typedef struct example_bytes {
  char *data; /* ends in a NUL */
  size_t len;
} example_bytes;

/* A report, or a mail. */
typedef struct example_report {
  trpt_str name;
  trpt_str text;
} example_report;

/* Changes of compressed bytes: lines of the file from `text` on, each with the same sign. */
enum { EXAMPLE_CHANGES = 4, EXAMPLE_ZONE_LINES = 4 };

/* One side of an example: what triggers, or what only comes near. Texts are as written in the file. */
typedef struct example_side {
  char sign; /* '+' or '~' */
  trpt_str text;
  trpt_str changes[EXAMPLE_CHANGES];
  uint32_t change_count;
  trpt_str others; /* other codes that it gives */
  trpt_str signer; /* "DOMAIN LIST" or "none"; absent: nobody looked */
} example_side;

typedef struct example {
  trpt_str code;
  unsigned line; /* in the file */
  const example_report *base;
  trpt_str from; /* in the text of `base`; absent: the whole of it */
  example_side trigger, near;
  trpt_options options;
  trpt_str option; /* "now 1772323199"; absent */
  uint32_t at_line, at_column;
  trpt_str at_byte; /* in gzip */
  trpt_str where;
  /* What takes more than a text. */
  trpt_str run;
  trpt_str recorded; /* absent: this is an example with a text */
  trpt_str without;
  trpt_str zone[EXAMPLE_ZONE_LINES];
  uint32_t zone_count;
} example;

typedef struct example_file {
  char *text;
  example_report reports[8];
  uint32_t report_count;
  example *examples;
  uint32_t count;
} example_file;

bool text_is(trpt_str text, const char *other);

void examples_read(example_file *file, const char *path);
void examples_free(example_file *file);

bool example_is_record(const example *e);
bool example_is_gzip(const example *e);
bool example_is_mail(const example *e);
bool example_is_recorded(const example *e);

/* The lines of a recorded output of the command that show a code, up to an empty line; absent if it does not have the code.
   `*output` is the whole output, to be freed. */
trpt_str example_recorded_lines(trpt_str name, trpt_str code, char **output);

/* The JSON text or the record: what a person would see. */
example_bytes example_text(const example *e, const example_side *side);

/* The bytes to read: the text, or what it is compressed to. `*second` is where the second member of gzip begins, or 0. */
example_bytes example_input(const example *e, const example_side *side, size_t *second);

/* The byte that `at_byte` means in an input. */
uint64_t example_byte(const example *e, size_t len, size_t second);

/* A text of the file without its signs and escapes. */
example_bytes example_decode(trpt_str written, char sign);

/* ---- What is found ---- */

enum { FOUND_MAX = 32 };

typedef struct found_item {
  trpt_diagnostic diagnostic; /* its `where` points to the next member */
  char where[128];
  char message[128];
} found_item;

/* All diagnostics in order, followed by the error, if any. */
typedef struct found {
  found_item items[FOUND_MAX];
  uint32_t count;
  trpt_status status;
  trpt_error error;
} found;

void found_add(found *f, const trpt_diagnostic *d);

void found_in_record(found *f, const char *text, size_t len);

/* False: this tokenizer is not built in. */
bool found_in_report(found *f, const char *data, size_t len, const trpt_options *options, size_t piece);

/* In diagnostic_mail.c, which takes libtrpt-mail. */
void found_in_mail(found *f, const example_side *side, const char *data, size_t len);

#endif
