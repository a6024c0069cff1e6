/* SPDX-License-Identifier: MIT */
#ifndef TRPT_PROOF_ANY_H
#define TRPT_PROOF_ANY_H

/* Any bytes, for Frama-C's Eva: it follows all values at once. */

#include <stddef.h>

#include <__fc_builtin.h>

/* Fills `size` bytes with any. */
static inline void any_bytes(char *bytes, unsigned size) { Frama_C_make_unknown(bytes, size); }

/* Bytes that a function does not tell apart, as pairs of a first and a last one. */
typedef struct any_class {
  const char *pairs;
  size_t count;
} any_class;

#define ANY_CLASS(pairs)                                                                                               \
  { pairs, (sizeof(pairs) - 1) / 2 }

static inline char any_of(const any_class *class) {
  const unsigned char *pairs = (const unsigned char *)class->pairs;
  int byte = Frama_C_interval(pairs[0], pairs[1]);
  //@ loop unroll 8;
  for (size_t i = 1; i < class->count; i++)
    byte = Frama_C_nondet(byte, Frama_C_interval(pairs[2 * i], pairs[2 * i + 1]));
  return (char)byte;
}

enum { ANY_LONGEST = 32 };

/* The classes that a byte can be of. */
typedef struct any_choice {
  const any_class *classes;
  size_t count;
} any_choice;

/* The classes of a byte after `at` others, of which `chosen` has the numbers. Together they have every byte. */
typedef any_choice (*any_choice_fn)(const unsigned char *chosen, size_t at);

/* Calls `read` with each way to choose the classes of a text's bytes, so with any text of `len` bytes. Where positions depend on the classes
   alone, each call knows them. The text is at the end of its array: a byte more is none of it. */
static inline void any_texts(any_choice_fn choice, size_t len, void (*read)(const char *text, size_t len)) {
  char text[ANY_LONGEST];
  unsigned char chosen[ANY_LONGEST] = {0};
  char *const begin = text + sizeof text - len;
  size_t at;
  //@ loop unroll 100000;
  do {
    //@ loop unroll ANY_LONGEST;
    for (size_t i = 0; i < len; i++) begin[i] = any_of(&choice(chosen, i).classes[chosen[i]]);
    read(begin, len);
    //@ loop unroll ANY_LONGEST;
    for (at = len; at && ++chosen[at - 1] == choice(chosen, at - 1).count; at--) chosen[at - 1] = 0;
  } while (at);
}

#endif
