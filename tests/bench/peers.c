/* SPDX-License-Identifier: MIT */
#include "peers.h"

#include <string.h>

#ifdef BENCH_YAJL
#include <yajl/yajl_parse.h>
#endif
#ifdef BENCH_ZLIB
#include <zlib.h>
#endif

enum { CHUNK = 65536 };

#ifdef BENCH_YAJL
static int empty(void *user) {
  (void)user;
  return 1;
}

static int empty_boolean(void *user, int value) {
  (void)value;
  return empty(user);
}

static int empty_text(void *user, const unsigned char *data, size_t len) {
  (void)data;
  (void)len;
  return empty(user);
}

static int empty_number(void *user, const char *data, size_t len) {
  (void)data;
  (void)len;
  return empty(user);
}

static const yajl_callbacks callbacks = {.yajl_null = empty,
                                         .yajl_boolean = empty_boolean,
                                         .yajl_number = empty_number,
                                         .yajl_string = empty_text,
                                         .yajl_map_key = empty_text,
                                         .yajl_start_map = empty,
                                         .yajl_end_map = empty,
                                         .yajl_start_array = empty,
                                         .yajl_end_array = empty};

static bool yajl_one(const char *data, size_t len) {
  yajl_handle yajl = yajl_alloc(&callbacks, NULL, NULL);
  bool good = true;
  while (good && len) {
    const size_t part = len < CHUNK ? len : CHUNK;
    good = yajl_parse(yajl, (const unsigned char *)data, part) == yajl_status_ok;
    data += part;
    len -= part;
  }
  good = good && yajl_complete_parse(yajl) == yajl_status_ok;
  yajl_free(yajl);
  return good;
}

bool peer_yajl(const corpus *c) {
  bool good = true;
  for (size_t i = 0; i < c->count; i++) good &= yajl_one(corpus_data(c, i), corpus_len(c, i));
  return good;
}
#endif

#ifdef BENCH_ZLIB
typedef bool output_fn(void *user, const unsigned char *data, size_t len);

static bool inflate_one(z_stream *z, const char *data, size_t len, output_fn *output, void *user) {
  static unsigned char window[CHUNK];
  int result = Z_OK;
  inflateReset(z);
  z->next_in = (Bytef *)(uintptr_t)data;
  z->avail_in = (uInt)len;
  while (result == Z_OK) {
    z->next_out = window;
    z->avail_out = sizeof window;
    result = inflate(z, Z_NO_FLUSH);
    if (!output(user, window, sizeof window - z->avail_out)) return false;
  }
  return result == Z_STREAM_END;
}

static bool no_output(void *user, const unsigned char *data, size_t len) {
  (void)user;
  (void)data;
  (void)len;
  return true;
}

bool peer_inflate(const corpus *c) {
  z_stream z;
  bool good = true;
  memset(&z, 0, sizeof z);
  if (inflateInit2(&z, 31) != Z_OK) die("zlib: no memory");
  for (size_t i = 0; i < c->count; i++) good &= inflate_one(&z, corpus_data(c, i), corpus_len(c, i), no_output, NULL);
  inflateEnd(&z);
  return good;
}
#endif

#if defined(BENCH_ZLIB) && defined(BENCH_YAJL)
static bool yajl_output(void *user, const unsigned char *data, size_t len) {
  return yajl_parse(user, data, len) == yajl_status_ok;
}

bool peer_inflate_yajl(const corpus *c) {
  z_stream z;
  bool good = true;
  memset(&z, 0, sizeof z);
  if (inflateInit2(&z, 31) != Z_OK) die("zlib: no memory");
  for (size_t i = 0; i < c->count; i++) {
    yajl_handle yajl = yajl_alloc(&callbacks, NULL, NULL);
    good &= inflate_one(&z, corpus_data(c, i), corpus_len(c, i), yajl_output, yajl);
    good &= yajl_complete_parse(yajl) == yajl_status_ok;
    yajl_free(yajl);
  }
  inflateEnd(&z);
  return good;
}
#endif
