/* SPDX-License-Identifier: MIT */
/* Writes reports as CSV to standard output. The rows of a report are written together or not at all.
   usage: write_rows FILE... */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/trpt.h>

/* The rows of one report, until they are complete. */
typedef struct text {
  char *bytes;
  size_t len;
  size_t capacity;
} text;

static int append(void *user, const char *data, size_t len) {
  text *to = user;
  if (len > to->capacity - to->len) {
    const size_t capacity = (to->len + len) * 2;
    char *bytes = realloc(to->bytes, capacity);
    if (!bytes) return 1; /* the library returns TRPT_E_CANCELED */
    to->bytes = bytes;
    to->capacity = capacity;
  }
  memcpy(to->bytes + to->len, data, len);
  to->len += len;
  return 0;
}

static int print(text *from) {
  const size_t written = fwrite(from->bytes, 1, from->len, stdout);
  const int is_complete = written == from->len;
  from->len = 0;
  return is_complete;
}

/* Reads a file in chunks, plain JSON or gzip. Returns NULL if it cannot be read or is not a report. */
static trpt_report *read_report(trpt_parser *parser, FILE *file) {
  char chunk[16384];
  trpt_report *report = NULL;
  trpt_status status = TRPT_MORE;
  trpt_parser_reset(parser);
  while (status == TRPT_MORE) {
    const size_t len = fread(chunk, 1, sizeof chunk, file);
    if (ferror(file)) return NULL;
    status = trpt_report_read(parser, len ? chunk : NULL, len, &report);
  }
  return report;
}

static int write_file(trpt_rows *rows, trpt_parser *parser, const char *path, text *out) {
  FILE *file = fopen(path, "rb");
  trpt_report *report = file ? read_report(parser, file) : NULL;
  if (file) fclose(file);
  if (!report) {
    fprintf(stderr, "%s: not a readable report\n", path);
    return 0;
  }
  const trpt_source source = {.struct_size = sizeof source, .name = {path, strlen(path)}};
  const trpt_status status = trpt_rows_report(rows, report, &source);
  trpt_report_free(report);
  return status == TRPT_OK && print(out);
}

int main(int argc, char **argv) {
  const trpt_rows_options options = {.struct_size = sizeof options, .format = TRPT_ROWS_CSV};
  void *memory = malloc(trpt_rows_size());
  text out = {NULL, 0, 0};
  trpt_parser *parser = NULL;
  trpt_rows *rows;
  int good = trpt_parser_new(&parser, NULL) == TRPT_OK &&
             trpt_rows_init(&rows, memory, trpt_rows_size(), &options, append, &out) == TRPT_OK &&
             trpt_rows_header(rows) == TRPT_OK && print(&out);
  for (int i = 1; i < argc && good; i++) good = write_file(rows, parser, argv[i], &out);
  trpt_parser_free(parser);
  free(out.bytes);
  free(memory);
  return good && fflush(stdout) == 0 ? 0 : 1;
}
