/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_INFLATE_H
#define TRPT_LIB_INFLATE_H

/* Inflates raw deflate data (RFC 1951) in memory that the caller reserved. Only zlib.c knows which library is used.
   Nothing is allocated after init. */

#include <stddef.h>
#include <stdint.h>

typedef struct trpt_inflate trpt_inflate;

typedef enum trpt_inflate_status {
  TRPT_INFLATE_MORE,   /* all input was consumed */
  TRPT_INFLATE_OUTPUT, /* the output is full, and more output is certain */
  TRPT_INFLATE_END,    /* the deflate data ended after `*in_used` bytes */
  TRPT_INFLATE_BAD     /* invalid deflate data */
} trpt_inflate_status;

/* The number of bytes that init needs, aligned for max_align_t. Init returns NULL if the library at run time needs more
   memory than any known version; otherwise the first stream can be read. */
size_t trpt_inflate_size(void);
trpt_inflate *trpt_inflate_init(void *memory);

/* Prepares for the next deflate stream in the same memory, without allocation. */
void trpt_inflate_reset(trpt_inflate *inflate);

/* Neither `in` nor `out` may be NULL, even for 0 bytes. */
trpt_inflate_status trpt_inflate_run(trpt_inflate *inflate, const uint8_t *in, size_t in_len, size_t *in_used,
                                     uint8_t *out, size_t out_capacity, size_t *out_len);

/* The bits of consumed input that the engine has read ahead but not used. Subtracting them makes the position in the
   input independent of the chunks after OUTPUT. */
uint32_t trpt_inflate_unused_bits(const trpt_inflate *inflate);

/* CRC-32 of RFC 1952, continued from `crc`; begin with 0. */
uint32_t trpt_inflate_crc32(uint32_t crc, const uint8_t *data, size_t len);

#endif
