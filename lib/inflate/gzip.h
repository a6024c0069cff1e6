/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_GZIP_H
#define TRPT_LIB_GZIP_H

/* gzip members, RFC 1952: header, deflate data, trailer, over and over, fed in pieces of any size. All offsets are in the
   compressed bytes, and the same however they are cut.

   Guaranteed, for any input bytes, and with zlib as the engine for all of it (docs/gzip.md lists what ISA-L does
   otherwise):
   - Output, codes, their order and offsets, and the end depend on the bytes alone, neither on how they are cut nor on
     the sizes of the outputs.
   - What was inflated before a code or an error is handed out first.
   - The time is linear in input and output, also for thousands of empty members. Nothing is allocated. */

#include "../catalogue/catalogue.h"
#include "inflate.h"

typedef enum trpt_gzip_status {
  TRPT_GZIP_MORE,    /* all input was taken */
  TRPT_GZIP_OUTPUT,  /* the output is full: call again with the rest of the input and an empty output */
  TRPT_GZIP_FINDING, /* something to tell, with no effect on the reading: `code` and `offset` are set; call again */
  TRPT_GZIP_BAD      /* broken: `code` and `offset` are set. What was inflated before it is in the output. */
} trpt_gzip_status;

typedef struct trpt_gzip {
  trpt_inflate *inflate;
  uint64_t in_total;  /* compressed bytes taken, over all members */
  uint64_t out_total; /* bytes given out, over all members */
  trpt_code code;     /* of the last FINDING or BAD */
  uint64_t offset;    /* its place */
  /* The rest is private to gzip.c. */
  uint64_t part_start; /* of the member, of its header CRC, deflate data or trailer, whichever is being read */
  uint32_t member_out; /* bytes that came out of this member, modulo 2^32 as ISIZE is */
  uint32_t crc;        /* of what came out */
  uint32_t header_crc;
  uint32_t number;     /* the little-endian number that is being read */
  uint32_t field_left; /* bytes left of the part that is being read */
  uint8_t state;
  uint8_t flags;   /* FLG of the header: the parts still to come */
  uint8_t members; /* begun so far; 2: two or more */
  uint8_t told;    /* whether gzip.fname was */
} trpt_gzip;

/* `inflate` stays the caller's. */
void trpt_gzip_init(trpt_gzip *gzip, trpt_inflate *inflate);
void trpt_gzip_reset(trpt_gzip *gzip);

/* Takes input and gives output until one of the two is used up or there is something to tell. `*in_used` and `*out_len` are
   always set; with FINDING too, output may have been written. Capacity 0 is allowed, and then `out` may be NULL.

   OUTPUT is returned only where there is certainly more to come out of what was taken or is left of the input. So it comes once for each
   filled output, always with the same trpt_gzip_bits_used, on one condition: where MORE leaves the output full, the next
   input is given with capacity 0 until OUTPUT comes. Who checks limits at full outputs checks them then.

   BAD is returned for ever after, until reset. */
trpt_gzip_status trpt_gzip_read(trpt_gzip *gzip, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                                size_t out_capacity, size_t *out_len);

/* The input has ended: MORE where it ended between two members or in bytes behind the last, else BAD (gzip.truncated). To
   be called after a MORE that left room in the output: where it did not, read once more with no input. A lone 1f behind
   the last member counts as a member that is cut. */
trpt_gzip_status trpt_gzip_finish(trpt_gzip *gzip);

/* Bits of input that were used for what came out so far: the same at the same output, however the input was cut, whenever
   OUTPUT was returned. */
uint64_t trpt_gzip_bits_used(const trpt_gzip *gzip);

#endif
