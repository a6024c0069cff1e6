/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_GZIP_H
#define TRPT_LIB_GZIP_H

/* gzip members, RFC 1952: header, deflate data, trailer, over and over, fed in pieces of any size. All offsets are in the
   compressed bytes, and the same however they are cut. */

#include "../finding.h"
#include "inflate.h"

typedef enum trpt_gzip_status {
  TRPT_GZIP_MORE,    /* all input was taken */
  TRPT_GZIP_OUTPUT,  /* the output is full: call again with the rest of the input and an empty output */
  TRPT_GZIP_FINDING, /* something to tell, with no effect on the reading: `finding` and `offset` are set; call again */
  TRPT_GZIP_BAD      /* broken: `finding` and `offset` are set. What was inflated before it is in the output. */
} trpt_gzip_status;

typedef struct trpt_gzip {
  trpt_inflate *inflate;
  uint64_t in_total;    /* compressed bytes taken, over all members */
  uint64_t out_total;   /* bytes given out, over all members */
  trpt_finding finding; /* of the last FINDING or BAD */
  uint64_t offset;      /* its place */
  /* The rest is private to gzip.c. */
  uint64_t member_start; /* of the member's first byte */
  uint64_t data_start;   /* of its deflate data, later of its trailer */
  uint64_t member_out;   /* bytes that came out of this member */
  uint32_t crc;          /* of what came out */
  uint32_t header_crc;
  uint32_t trailer[2];  /* CRC-32 and ISIZE, as far as read */
  uint32_t member_count;
  uint32_t field_left; /* bytes left of the header field, or of the trailer, that is being read */
  uint8_t state;
  uint8_t flags; /* FLG of the header */
} trpt_gzip;

/* `inflate` stays the caller's. */
void trpt_gzip_init(trpt_gzip *gzip, trpt_inflate *inflate);
void trpt_gzip_reset(trpt_gzip *gzip);

/* Takes input and gives output until one of the two is used up or there is something to tell. `*in_used` and `*out_len` are
   always set; with FINDING too, output may have been written. */
trpt_gzip_status trpt_gzip_read(trpt_gzip *gzip, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                                size_t out_capacity, size_t *out_len);

/* The input has ended: MORE where it ended between two members or in bytes behind the last, else BAD (gzip.truncated). */
trpt_gzip_status trpt_gzip_finish(trpt_gzip *gzip);

/* Bits of input that were used for what came out so far: the same at the same output, however the input was cut. */
uint64_t trpt_gzip_bits_used(const trpt_gzip *gzip);

#endif
