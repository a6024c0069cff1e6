/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_INPUT_SOURCE_H
#define TLSRPT_INPUT_SOURCE_H

/* The bytes of an input. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "diagnostic_output.h"

/* Where an input comes from. */
typedef enum input_origin {
  INPUT_NAMED, /* the user named it */
  INPUT_FOUND, /* in a folder, which may hold other files too */
  INPUT_ITEM   /* an item of standard input, which must hold a report */
} input_origin;

/* One input: an open descriptor, or bytes in memory. */
typedef struct input_source {
  const char *name; /* the path; "-" for standard input; the key or "stdin:N" for an item of it */
  input_origin origin;
  uint64_t item;              /* number of the item, from 1; 0 if there is none or `name` contains it */
  struct open_folder *folder; /* that holds a file which is not open yet; NULL: open it by its path */
  int fd;                     /* -1: bytes in memory, or not open yet */
  bool can_block;             /* reading may block */
  bool ended;
  uint64_t remaining; /* bytes of a file that are not read yet, by its size */
  size_t peeked;      /* bytes in the chunk that input_next returns first */
  const char *data;   /* bytes in memory that are not consumed yet */
  size_t len;
  bool is_gzip;     /* it begins like gzip; set by the reader of reports */
  size_t chunks;    /* returned by input_next so far */
  size_t first_len; /* bytes of the first of them */
} input_source;

/* Standard input as one source. */
input_source input_stdin(void);

/* Reads the next bytes, which are valid until the next call for any source in this thread. Returns their number, 0 at the end, or -1
   with errno. Flushes the output before it blocks. */
long input_next(input_source *s, const char **data);

/* Reads the first `wanted` bytes, or fewer if the input is shorter. input_next returns them again. Returns their
   number, or -1 with errno. Call it before input_next only, and finish this source before reading another one. */
long input_peek(input_source *s, size_t wanted, const char **data);

/* Makes input_next return the input from its beginning again. Returns false if more than one chunk was read, which is lost.
   A file or pipe that was peeked at gives at least the wanted bytes in its first chunk. */
bool input_rewind(input_source *s);

/* Like input_next, but reads into the caller's memory. `capacity` must not be 0. */
long input_read(input_source *s, char *data, size_t capacity);

/* From now on, SIGINT ends the input instead of the command, so the results so far can be printed. */
void input_stop_on_interrupt(void);
bool input_interrupted(void);

/* Returns the number of bytes read from all descriptors so far. It has those that other threads take from their own counts and
   add, one at a time. */
uint64_t input_bytes(void);
uint64_t input_take_bytes(void);
void input_add_bytes(uint64_t bytes);

/* Adds the name of the input for messages, "NAME" or "NAME: item N", and a NUL. */
void input_label(buffer *out, const input_source *s);

#endif
