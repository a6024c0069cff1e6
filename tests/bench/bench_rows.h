/* SPDX-License-Identifier: MIT */
#ifndef BENCH_ROWS_H
#define BENCH_ROWS_H

/* The rows of the benchmark. Each makes its input, measures and prints. */

#include <stdbool.h>
#include <stddef.h>

typedef struct sizes {
  size_t large;   /* bytes of a large report */
  size_t small;   /* number of small reports */
  size_t endless; /* bytes that the memory of a parser is measured over */
  size_t divisor; /* of the inputs of row `cliffs` */
  unsigned rounds;
  bool judge; /* large enough to say whether targets are met */
} sizes;

typedef struct row {
  const char *name;
  const char *title;
  bool (*run)(const struct row *self, const sizes *s); /* false: a parser refused what it should read */
} row;

extern const row rows[];
extern const size_t row_count;

#endif
