/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_NEAREST_H
#define TLSRPT_NEAREST_H

/* Finds the name that was meant by a word with a typing error. */

#include <stddef.h>

typedef struct nearest {
  const char *word;
  size_t len;       /* of the word */
  const char *name; /* the nearest name so far, or NULL */
  unsigned edits;   /* between the word and `name` */
} nearest;

/* The word ends at its NUL or at the first `end`. It must outlive `n`. */
void nearest_begin(nearest *n, const char *word, char end);

/* Tries a name, which must outlive `n`. One edit inserts, deletes or replaces a byte, or swaps two neighbours. A name is near if one
   edit is enough, or two in a word of six bytes or more. Of names that are equally near, the first counts. */
void nearest_try(nearest *n, const char *name);

#endif
