/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_INFLATE_ORACLE_H
#define TRPT_TESTS_INFLATE_ORACLE_H

/* For tests and fuzz targets: reads gzip through lib/inflate/gzip.h in pieces of chosen sizes, and once more with zlib's
   own gzip reader, so that the two can be compared. */

#include "inflate/gzip.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { READING_EVENTS = 8 };

typedef struct reading {
  uint8_t *out; /* capacity: out_capacity */
  size_t out_len, out_capacity;
  trpt_code end; /* TRPT_CODE_NONE: read to a good end */
  uint64_t end_offset;
  trpt_code event[READING_EVENTS];
  uint64_t event_offset[READING_EVENTS];
  size_t event_out[READING_EVENTS]; /* bytes that came out before it */
  size_t event_count;
  uint64_t marks; /* over every full output: where, and bits used */
  size_t mark_count;
  const char *why; /* zlib's own words, from the oracle */
} reading;

static inline void reading_append(reading *r, const uint8_t *data, size_t len) {
  if (len == 0) return;
  if (len > r->out_capacity - r->out_len) abort();
  memcpy(r->out + r->out_len, data, len);
  r->out_len += len;
}

static inline void reading_mark(reading *r, uint64_t out_total, uint64_t bits) {
  r->marks = (r->marks * 31 + out_total) * 1000003 + bits;
  r->mark_count++;
}

/* One read and what follows from it. `*fill` is what the window, of `size` bytes, holds already. */
static inline trpt_gzip_status reading_step(reading *r, trpt_gzip *gzip, const uint8_t *in, size_t in_len,
                                            size_t *in_used, uint8_t *window, size_t size, size_t *fill) {
  size_t out_len;
  const trpt_gzip_status status =
      trpt_gzip_read(gzip, in, in_len, in_used, window == NULL ? NULL : window + *fill, size - *fill, &out_len);
  if (*in_used > in_len || out_len > size - *fill) abort();
  reading_append(r, window + *fill, out_len);
  *fill += out_len;
  if (gzip->out_total != r->out_len) abort();
  if (status == TRPT_GZIP_OUTPUT) {
    if (*fill != size) abort();
    reading_mark(r, gzip->out_total, trpt_gzip_bits_used(gzip));
    *fill = 0;
  } else if (status == TRPT_GZIP_DIAGNOSTIC) {
    if (r->event_count == READING_EVENTS) abort();
    r->event[r->event_count] = gzip->code;
    r->event_offset[r->event_count] = gzip->offset;
    r->event_out[r->event_count++] = r->out_len;
  } else if (status == TRPT_GZIP_BAD) {
    r->end = gzip->code;
    r->end_offset = gzip->offset;
  } else if (*in_used != in_len) {
    abort();
  }
  return status;
}

typedef size_t (*reading_next_fn)(void *user, size_t left); /* bytes of the next piece of the input */

/* Reads all, the way that gzip.h asks for. `window` has `size` bytes, at least 1. */
static inline void reading_run(reading *r, trpt_gzip *gzip, const uint8_t *in, size_t len, reading_next_fn next,
                               void *user, uint8_t *window, size_t size) {
  size_t fill = 0, used = 0;
  trpt_gzip_status status = TRPT_GZIP_MORE;
  r->out_len = 0;
  r->end = TRPT_CODE_NONE;
  r->end_offset = 0;
  r->event_count = 0;
  r->marks = 0;
  r->mark_count = 0;
  while (len != 0) {
    size_t piece = next(user, len);
    len -= piece;
    do {
      status = reading_step(r, gzip, in, piece, &used, window, size, &fill);
      in += used;
      piece -= used;
    } while (status == TRPT_GZIP_OUTPUT || status == TRPT_GZIP_DIAGNOSTIC);
    if (status == TRPT_GZIP_BAD) return;
  }
  while (fill == size) {
    fill = 0;
    if (reading_step(r, gzip, NULL, 0, &used, window, size, &fill) == TRPT_GZIP_BAD) return;
  }
  if (trpt_gzip_finish(gzip) != TRPT_GZIP_BAD) return;
  r->end = gzip->code;
  r->end_offset = gzip->offset;
}

/* zlib wants two bytes at once here and says nothing before it has both. */
static inline int oracle_header_is_wrong(const uint8_t *in, size_t len) {
  return (len > 0 && in[0] != 0x1f) || (len > 1 && in[1] != 0x8b) || (len > 2 && in[2] != 8) ||
         (len > 3 && (in[3] & 0xe0) != 0);
}

/* One member. Returns its length, or 0 with r->end set. */
static inline size_t oracle_member(reading *r, z_stream *z, const uint8_t *in, size_t len) {
  int result;
  if (oracle_header_is_wrong(in, len)) {
    r->end = TRPT_CODE_GZIP_BAD_MAGIC;
    return 0;
  }
  inflateReset(z);
  z->next_in = (z_const Bytef *)(uintptr_t)in;
  z->avail_in = (uInt)len;
  z->next_out = r->out + r->out_len;
  z->avail_out = (uInt)(r->out_capacity - r->out_len);
  result = inflate(z, Z_NO_FLUSH);
  r->out_len = r->out_capacity - z->avail_out;
  r->why = z->msg == NULL ? "" : z->msg;
  if (result == Z_STREAM_END) return len - z->avail_in;
  if (result == Z_DATA_ERROR)
    r->end = z->msg != NULL && strncmp(z->msg, "incorrect", 9) == 0 ? TRPT_CODE_GZIP_BAD_CRC : TRPT_CODE_GZIP_BAD_MAGIC;
  else if (z->avail_out == 0)
    abort(); /* the caller gave too little room */
  else
    r->end = TRPT_CODE_GZIP_TRUNCATED;
  return 0;
}

/* Output and end as zlib has them. zlib gives no offsets and knows one member only: where one ends, the next begins if
   1f 8b follow. */
static inline void oracle_run(reading *r, const uint8_t *in, size_t len) {
  z_stream z;
  memset(&z, 0, sizeof z);
  r->out_len = 0;
  r->end = TRPT_CODE_NONE;
  r->why = "";
  if (inflateInit2(&z, 31) != Z_OK) abort();
  for (;;) {
    const size_t used = oracle_member(r, &z, in, len);
    if (used == 0) break;
    in += used;
    len -= used;
    if (len == 1 && in[0] == 0x1f) r->end = TRPT_CODE_GZIP_TRUNCATED;
    if (len < 2 || in[0] != 0x1f || in[1] != 0x8b) break;
  }
  inflateEnd(&z);
}

#endif
