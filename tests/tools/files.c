/* SPDX-License-Identifier: MIT */
#include "files.h"

#include <stdio.h>
#include <stdlib.h>

static char *read_stream(FILE *in, size_t *len) {
  size_t capacity = 4096;
  char *data = malloc(capacity);
  *len = 0;
  while (data) {
    *len += fread(data + *len, 1, capacity - *len, in);
    if (*len < capacity) break;
    char *more = realloc(data, capacity *= 2);
    if (!more) free(data);
    data = more;
  }
  if (!data) return NULL;
  data[*len] = '\0';
  if (!ferror(in)) return data;
  free(data);
  return NULL;
}

char *file_read(const char *path, size_t *len) {
  FILE *in = fopen(path, "rb");
  if (!in) return NULL;
  char *data = read_stream(in, len);
  fclose(in);
  return data;
}
