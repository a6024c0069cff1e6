/* SPDX-License-Identifier: MIT */
/* Processor time per byte of output: the gzip reader of the library against zlib's own with its state reused, both with outputs of
   64 KiB. Usage: inflate REPEAT FILE.gz... ; each file is read REPEAT times, one after the other. */

#include "inflate/gzip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

enum { WINDOW_SIZE = 65536, MAX_FILES = 1000 };

typedef struct file {
  uint8_t *data;
  size_t len;
} file;

static uint8_t window[WINDOW_SIZE];

static void die(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static file load(const char *path) {
  file f = {NULL, 0};
  long len = 0;
  FILE *stream = fopen(path, "rb");
  if (stream == NULL || fseek(stream, 0, SEEK_END) != 0 || (len = ftell(stream)) < 0) die(path);
  rewind(stream);
  f.len = (size_t)len;
  f.data = malloc(f.len + 1);
  if (f.data == NULL || fread(f.data, 1, f.len, stream) != f.len) die(path);
  fclose(stream);
  return f;
}

/* Of this process, so that others on the machine disturb less. */
static double now(void) { return (double)clock() / CLOCKS_PER_SEC; }

static uint64_t with_zlib(void *state, const file *f) {
  z_stream *z = state;
  uint64_t total = 0;
  int result;
  inflateReset(z);
  z->next_in = f->data;
  z->avail_in = (uInt)f->len;
  do {
    z->next_out = window;
    z->avail_out = WINDOW_SIZE;
    result = inflate(z, Z_NO_FLUSH);
    total += WINDOW_SIZE - z->avail_out;
  } while (result == Z_OK);
  if (result != Z_STREAM_END) die("zlib: bad file");
  return total;
}

static uint64_t with_gzip(void *state, const file *f) {
  trpt_gzip *gzip = state;
  size_t used, pos = 0, len;
  trpt_gzip_status status;
  trpt_gzip_reset(gzip);
  do {
    status = trpt_gzip_read(gzip, f->data + pos, f->len - pos, &used, window, WINDOW_SIZE, &len);
    pos += used;
  } while (status == TRPT_GZIP_OUTPUT || status == TRPT_GZIP_DIAGNOSTIC);
  if (status != TRPT_GZIP_MORE || trpt_gzip_finish(gzip) != TRPT_GZIP_MORE) die("gzip: bad file");
  return gzip->out_total;
}

static void measure(const char *name, uint64_t (*read)(void *, const file *), void *state, const file *files, int count,
                    int repeat) {
  uint64_t total = 0;
  const double start = now();
  for (int i = 0; i < repeat; i++)
    for (int j = 0; j < count; j++) total += read(state, &files[j]);
  const double seconds = now() - start;
  printf("%-6s %llu bytes, %.3f s, %.3f ns a byte, %.0f ns a file\n", name, (unsigned long long)total, seconds,
         seconds * 1e9 / (double)total, seconds * 1e9 / repeat / count);
}

int main(int argc, char **argv) {
  static file files[MAX_FILES];
  z_stream z;
  trpt_gzip gzip;
  trpt_inflate *inflater = trpt_inflate_init(malloc(trpt_inflate_size()));
  if (argc < 3 || argc - 2 > MAX_FILES || atoi(argv[1]) < 1) die("usage: inflate REPEAT FILE.gz...");
  memset(&z, 0, sizeof z);
  if (inflater == NULL || inflateInit2(&z, 31) != Z_OK) die("no memory");
  trpt_gzip_init(&gzip, inflater);
  for (int i = 2; i < argc; i++) files[i - 2] = load(argv[i]);
  measure("zlib", with_zlib, &z, files, argc - 2, atoi(argv[1]));
  measure("gzip.h", with_gzip, &gzip, files, argc - 2, atoi(argv[1]));
  inflateEnd(&z);
  free(inflater);
  for (int i = 2; i < argc; i++) free(files[i - 2].data);
  return 0;
}
