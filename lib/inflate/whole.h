/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_WHOLE_H
#define TRPT_LIB_WHOLE_H

/* Inflates deflate data (RFC 1951) that lies whole in memory, with its whole output, as nearly all reports do. It is as
   strict as zlib, faster, and has no state between calls: on any failure the caller reads the same bytes with zlib, so
   that errors, their offsets and everything resumable are zlib's. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TRPT_CODE_MAX_LENGTH = 15, TRPT_CODE_MAX_SYMBOLS = 288, TRPT_CODE_TABLE_BITS = 10 };

/* A Huffman code: a table for codes of up to TRPT_CODE_TABLE_BITS bits, and what decodes the others bit by bit. */
typedef struct trpt_code_table {
  uint32_t entries[1 << TRPT_CODE_TABLE_BITS]; /* by the next bits of the input */
  uint16_t symbols[TRPT_CODE_MAX_SYMBOLS];     /* in the order of their codes */
  uint16_t counts[TRPT_CODE_MAX_LENGTH + 1];   /* of the codes of each length */
} trpt_code_table;

/* Scratch memory, which needs no initialization other than has_fixed = false. */
typedef struct trpt_whole {
  trpt_code_table literals; /* and lengths */
  trpt_code_table distances;
  bool has_fixed; /* both tables hold the fixed codes */
} trpt_whole;

/* The most input that is looked at: no sensible compressor makes data longer than its output by more. */
#define TRPT_WHOLE_MOST(out_capacity) ((out_capacity) + (out_capacity) / 8 + 64)

/* True: the data ended after `*in_used` bytes and `*out_len` bytes of output, and zlib reads it likewise. False: the data
   is invalid, its end is beyond `in` or TRPT_WHOLE_MOST, or its output beyond `out`; the two numbers are unchanged and the
   contents of `out` unspecified. Takes time in proportion to `out_capacity`, however much input there is. */
bool trpt_whole_inflate(trpt_whole *whole, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                        size_t out_capacity, size_t *out_len);

#endif
