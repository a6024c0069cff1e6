/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_GZIP_H
#define TRPT_LIB_GZIP_H

/* Reads gzip members (RFC 1952: header, deflate data, trailer), one after another, in chunks of any size. Offsets count
   compressed bytes.

   Guarantees for any input:
   - Output, diagnostics, their order and offsets, and the end depend on the input bytes alone, not on the chunks or on
     the sizes of the output buffers.
   - Bytes that were inflated before a diagnostic or an error are returned before it.
   - Time is linear in input and output, even for thousands of empty members. Nothing is allocated. */

#include "../catalogue/catalogue.h"
#include "inflate.h"

typedef enum trpt_gzip_status {
  TRPT_GZIP_MORE,       /* all input was consumed */
  TRPT_GZIP_OUTPUT,     /* the output is full: call again with the rest of the input and an empty output */
  TRPT_GZIP_DIAGNOSTIC, /* a diagnostic that does not stop the reading: `code` and `offset` are set; call again */
  TRPT_GZIP_BAD         /* broken: `code` and `offset` are set. The output holds what was inflated before. */
} trpt_gzip_status;

typedef struct trpt_gzip {
  trpt_inflate *inflate;
  uint64_t in_total;  /* compressed bytes consumed, over all members */
  uint64_t out_total; /* bytes written, over all members */
  trpt_code code;     /* of the last DIAGNOSTIC or BAD */
  uint64_t offset;    /* where that code applies */
  /* The rest is private to gzip.c. */
  uint64_t part_start; /* offset of the part that is being read: the member, its header CRC, deflate data or trailer */
  uint32_t member_out; /* bytes inflated from this member, modulo 2^32 like ISIZE */
  uint32_t crc;        /* of the inflated bytes */
  uint32_t header_crc;
  uint32_t number;    /* the little-endian number that is being read */
  uint32_t remaining; /* remaining bytes of the part that is being read */
  uint8_t state;
  uint8_t flags;         /* FLG of the header: the parts still to come */
  uint8_t members;       /* number of members begun; 2 means two or more */
  uint8_t reported_name; /* gzip.fname was reported */
} trpt_gzip;

/* The caller keeps ownership of `inflate`. */
void trpt_gzip_init(trpt_gzip *gzip, trpt_inflate *inflate);
void trpt_gzip_reset(trpt_gzip *gzip);

/* Reads input and writes output until one of them is exhausted or there is a diagnostic. Always sets `*in_used` and
   `*out_len`; output may have been written together with a diagnostic. With capacity 0 `out` may be NULL.

   OUTPUT means that more output is certain. It is returned once for each output that is filled, always with the same
   trpt_gzip_bits_used, if the caller does this: when MORE leaves the output full, pass the next input with capacity 0
   until OUTPUT is returned. That is the moment to check limits.

   After BAD every call returns BAD until reset. */
trpt_gzip_status trpt_gzip_read(trpt_gzip *gzip, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                                size_t out_capacity, size_t *out_len);

/* The input has ended. Returns MORE if it ended after a member or in trailing bytes, else BAD (gzip.truncated). Call it
   after a MORE that did not fill the output; if the output is full, read once more without input first. A single 1f
   after the last member counts as a truncated member. */
trpt_gzip_status trpt_gzip_finish(trpt_gzip *gzip);

/* Bits of input that produced the output so far. After OUTPUT this number depends on the output alone, not on the
   chunks. */
uint64_t trpt_gzip_bits_used(const trpt_gzip *gzip);

#endif
