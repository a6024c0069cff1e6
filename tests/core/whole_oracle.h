/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_WHOLE_ORACLE_H
#define TRPT_TESTS_WHOLE_ORACLE_H

/* For tests and fuzz targets: compares lib/inflate/whole.h with zlib, over blocks of exactly their sizes, so that
   AddressSanitizer and MemorySanitizer detect every access beyond them and every use of a byte that was not written. */

#include "inflate/whole.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* What an uninstrumented zlib writes counts as written. */
#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#include <sanitizer/msan_interface.h>
#define WHOLE_WRITTEN(data, len) __msan_unpoison(data, len)
#endif
#endif
#ifndef WHOLE_WRITTEN
#define WHOLE_WRITTEN(data, len) ((void)(data), (void)(len))
#endif

typedef enum whole_result { WHOLE_REFUSED, WHOLE_READ, WHOLE_DIFFERS } whole_result;

static inline void *whole_block(size_t len) {
  void *block = malloc(len ? len : 1);
  if (!block) abort();
  return block;
}

/* Whether zlib reads all of it too, to the same bytes. Both must agree on what can be read, but for data that is longer
   than whole.h has to look at. */
static inline whole_result whole_compare(trpt_whole *whole, z_stream *z, const uint8_t *data, size_t len,
                                         size_t capacity) {
  uint8_t *in = whole_block(len), *out = whole_block(capacity), *expected = whole_block(capacity);
  size_t used = 0, out_len = 0;
  if (len) memcpy(in, data, len);
  const bool is_read = trpt_whole_inflate(whole, in, len, &used, out, capacity, &out_len);
  inflateReset(z);
  z->next_in = in;
  z->avail_in = (uInt)len;
  z->next_out = expected;
  z->avail_out = (uInt)capacity;
  const bool zlib_reads = inflate(z, Z_FINISH) == Z_STREAM_END;
  const size_t zlib_used = len - z->avail_in, zlib_len = capacity - z->avail_out;
  WHOLE_WRITTEN(expected, zlib_len);
  const bool is_long = zlib_used > TRPT_WHOLE_MOST(capacity);
  bool same = is_read == zlib_reads || (zlib_reads && is_long);
  if (is_read) same = same && used == zlib_used && out_len == zlib_len && !memcmp(out, expected, out_len);
  free(in);
  free(out);
  free(expected);
  return !same ? WHOLE_DIFFERS : is_read ? WHOLE_READ : WHOLE_REFUSED;
}

/* For whole_compare. */
static inline void whole_begin(trpt_whole *whole, z_stream *z) {
  whole->has_fixed = false;
  memset(z, 0, sizeof *z);
  if (inflateInit2(z, -15) != Z_OK) abort();
}

#endif
