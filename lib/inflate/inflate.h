/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_INFLATE_H
#define TRPT_LIB_INFLATE_H

/* Raw deflate data (RFC 1951) to bytes, in memory that the caller reserved. Only the file behind this header that the build
   chose, zlib.c or isal.c, knows which library does it. Nothing is ever allocated after init. */

#include <stddef.h>
#include <stdint.h>

typedef struct trpt_inflate trpt_inflate;

typedef enum trpt_inflate_status {
  TRPT_INFLATE_MORE,   /* all input was taken */
  TRPT_INFLATE_OUTPUT, /* the output is full, and what was taken or is left of the input certainly gives more */
  TRPT_INFLATE_END,    /* the deflate data ended: `*in_used` is where */
  TRPT_INFLATE_BAD     /* no deflate data */
} trpt_inflate_status;

/* Bytes that init needs; the memory must be aligned as for max_align_t. Init gives NULL where the library at run time wants
   more memory than any known version of it, and is ready for a first stream otherwise. */
size_t trpt_inflate_size(void);
trpt_inflate *trpt_inflate_init(void *memory);

/* Ready for the next deflate stream: same memory, no allocation, as cheap as the engine allows. */
void trpt_inflate_reset(trpt_inflate *inflate);

/* Neither `in` nor `out` may be NULL, also for no bytes. */
trpt_inflate_status trpt_inflate_run(trpt_inflate *inflate, const uint8_t *in, size_t in_len, size_t *in_used,
                                     uint8_t *out, size_t out_capacity, size_t *out_len);

/* Of the input taken since reset, the bits that were looked at but not yet used: with them, where OUTPUT was returned, the
   place in the input is the same however it was cut. (ISA-L: nearly so.) */
uint32_t trpt_inflate_unused_bits(const trpt_inflate *inflate);

/* CRC-32 of RFC 1952, continued from `crc`, 0 at the start. */
uint32_t trpt_inflate_crc32(uint32_t crc, const uint8_t *data, size_t len);

#endif
