/* SPDX-License-Identifier: MIT */
#include "bench_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

void *checked_allocate(size_t size) {
  void *memory = malloc(size ? size : 1);
  if (!memory) die("no memory");
  return memory;
}

void text_reserve(text *t, size_t more) {
  if (t->capacity - t->len >= more) return;
  size_t capacity = t->capacity * 2 > t->len + more ? t->capacity * 2 : t->len + more;
  char *data = realloc(t->data, capacity);
  if (!data) die("no memory");
  t->data = data;
  t->capacity = capacity;
}

void text_add(text *t, const char *data, size_t len) {
  text_reserve(t, len);
  memcpy(t->data + t->len, data, len);
  t->len += len;
}

void text_put(text *t, const char *string) { text_add(t, string, strlen(string)); }

void text_repeat(text *t, const char *string, size_t times) {
  const size_t len = strlen(string);
  text_reserve(t, len * times);
  for (size_t i = 0; i < times; i++) text_add(t, string, len);
}

void text_free(text *t) {
  free(t->data);
  *t = (text){NULL, 0, 0};
}
