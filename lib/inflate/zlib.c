/* SPDX-License-Identifier: MIT */
/* Inflates with zlib. zlib allocates its state in inflateInit2 and its window when it first needs one.
   trpt_inflate_init makes it do both, in the reserved memory. Unless built without it, the project's own decoder comes
   first: what it cannot read, zlib reads from the same byte. */

#include "crc32.h"
#include "inflate.h"

#include <stdalign.h>
#include <stdbool.h>
#include <string.h>
#include <zlib.h>

#ifndef TRPT_NO_OWN_INFLATE
#include "whole.h"
#endif

enum {
  /* zlib 1.2.13 needs 7,160 bytes for its state and 32,768 for its window. Forks with the same name pad and align both;
     none needs more than these 8 KiB in addition. */
  ARENA_SIZE = 48 * 1024,
  ARENA_ALIGNMENT = alignof(max_align_t),
  RAW_DEFLATE = -15,      /* windowBits: no header, no trailer, 32 KiB back */
  PART_MAX_SIZE = 1 << 20 /* zlib counts in 32 bits, so larger buffers are passed in parts */
};

struct trpt_inflate {
#ifndef TRPT_NO_OWN_INFLATE
  trpt_whole whole;
#endif
  bool is_begun; /* a byte of the stream was given to zlib */
  z_stream stream;
  size_t arena_used;
  alignas(max_align_t) unsigned char arena[ARENA_SIZE];
};

static voidpf allocate(voidpf opaque, uInt items, uInt size) {
  trpt_inflate *inflater = opaque;
  const size_t available = sizeof inflater->arena - inflater->arena_used;
  const uint64_t wanted = ((uint64_t)items * size + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
  if (wanted > available) return Z_NULL; /* GCOVR_EXCL_BR_LINE: no zlib up to 1.3 needs so much */
  unsigned char *memory = inflater->arena + inflater->arena_used;
  inflater->arena_used += (size_t)wanted;
  return memory;
}

/* The reserved memory is released as a whole.
   GCOVR_EXCL_START: zlib needs this function, but calls it only when an allocation failed. */
static void release(voidpf opaque, voidpf memory) {
  (void)opaque;
  (void)memory;
}
/* GCOVR_EXCL_STOP */

/* Makes zlib allocate its window now: it does so when a call ends in the middle of a stored block. */
static int allocate_window(trpt_inflate *inflater) {
  static const uint8_t stored[] = {0x00, 0x02, 0x00, 0xfd, 0xff, 'a'};
  uint8_t out[1];
  size_t in_used, out_len;
  return trpt_inflate_run(inflater, stored, sizeof stored, &in_used, out, sizeof out, &out_len) == TRPT_INFLATE_MORE;
}

size_t trpt_inflate_size(void) { return sizeof(trpt_inflate); }

trpt_inflate *trpt_inflate_init(void *memory) {
  trpt_inflate *inflater = memory;
  memset(&inflater->stream, 0, sizeof inflater->stream);
  inflater->arena_used = 0;
#ifndef TRPT_NO_OWN_INFLATE
  inflater->whole.has_fixed = false;
#endif
  trpt_inflate_reset(inflater);
  inflater->stream.zalloc = allocate;
  inflater->stream.zfree = release;
  inflater->stream.opaque = inflater;
  /* GCOVR_EXCL_BR_START: only when an allocation failed */
  if (inflateInit2(&inflater->stream, RAW_DEFLATE) != Z_OK || !allocate_window(inflater)) return NULL;
  /* GCOVR_EXCL_BR_STOP */
  trpt_inflate_reset(inflater);
  return inflater;
}

void trpt_inflate_reset(trpt_inflate *inflater) { inflater->is_begun = false; }

/* True if nothing is left for zlib. */
static bool inflate_whole(trpt_inflate *inflater, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                          size_t out_capacity, size_t *out_len) {
#ifndef TRPT_NO_OWN_INFLATE
  return trpt_whole_inflate(&inflater->whole, in, in_len, in_used, out, out_capacity, out_len);
#else
  (void)inflater, (void)in, (void)in_len, (void)in_used, (void)out, (void)out_capacity, (void)out_len;
  return false;
#endif
}

static void begin(z_stream *stream) {
  (void)inflateReset(stream); /* fails only for a stream that was never initialized */
  stream->data_type = 0;      /* inflateReset does not change it */
}

static uInt part(size_t len) { return len < PART_MAX_SIZE ? (uInt)len : PART_MAX_SIZE; }

trpt_inflate_status trpt_inflate_run(trpt_inflate *inflater, const uint8_t *in, size_t in_len, size_t *in_used,
                                     uint8_t *out, size_t out_capacity, size_t *out_len) {
  z_stream *stream = &inflater->stream;
  *in_used = 0;
  *out_len = 0;
  if (!in_len && !inflater->is_begun) return TRPT_INFLATE_MORE;
  if (!inflater->is_begun) {
    if (inflate_whole(inflater, in, in_len, in_used, out, out_capacity, out_len)) return TRPT_INFLATE_END;
    begin(stream);
    inflater->is_begun = true;
  }
  do {
    const uInt in_part = part(in_len - *in_used), out_part = part(out_capacity - *out_len);
    stream->next_in = (z_const Bytef *)(in + *in_used);
    stream->avail_in = in_part;
    stream->next_out = out + *out_len;
    stream->avail_out = out_part;
    /* With Z_FINISH zlib does not copy into its window if the stream ends within this call, as in small reports.
       Otherwise it copies as usual and returns Z_BUF_ERROR, never Z_OK. */
    const int result = inflate(stream, Z_FINISH);
    *in_used += in_part - stream->avail_in;
    *out_len += out_part - stream->avail_out;
    if (result == Z_STREAM_END) return TRPT_INFLATE_END;
    if (result != Z_BUF_ERROR) return TRPT_INFLATE_BAD;
  } while ((stream->avail_in == 0 && *in_used < in_len) || (stream->avail_out == 0 && *out_len < out_capacity));
  return *in_used < in_len ? TRPT_INFLATE_OUTPUT : TRPT_INFLATE_MORE;
}

/* zlib.h: inflate sets data_type to the number of unused bits in the input, plus flags from 64 up. */
uint32_t trpt_inflate_unused_bits(const trpt_inflate *inflater) { return (uint32_t)inflater->stream.data_type & 63; }

uint32_t trpt_inflate_crc32(uint32_t crc, const uint8_t *data, size_t len) {
  const size_t begun = trpt_crc32_begin(&crc, data, len);
  return (uint32_t)crc32_z(crc, data + begun, len - begun);
}
