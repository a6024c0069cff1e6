/* SPDX-License-Identifier: MIT */
#ifndef BENCH_TEXT_H
#define BENCH_TEXT_H

/* A text that grows. Where there is no memory the program ends. */

#include <stddef.h>

typedef struct text {
  char *data;
  size_t len;
  size_t capacity;
} text;

void *checked_allocate(size_t size);
void text_reserve(text *t, size_t more);
void text_add(text *t, const char *data, size_t len);
void text_put(text *t, const char *string);
void text_repeat(text *t, const char *string, size_t times);
void text_free(text *t);

/* Prints, and ends the program. */
_Noreturn void die(const char *what);

#endif
