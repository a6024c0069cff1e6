/* SPDX-License-Identifier: MIT */
/* Inflate with ISA-L's igzip. isal_inflate decodes ahead, into a window of 64 KiB in its state, as far as input and window
   go. Here nothing else is used of it: the window is filled, handed out to its last byte, and only then filled again, so
   that how far ahead it is depends on the place in the output, not on the sizes of the caller's buffers. */

#include "crc32.h"
#include "inflate.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <string.h>

enum {
  HISTORY_SIZE = ISAL_DEF_HIST_SIZE,    /* how far back a match may reach */
  WINDOW_SIZE = 2 * ISAL_DEF_HIST_SIZE, /* where isal_inflate stops, up to a match behind it */
  MATCH_SIZE = ISAL_DEF_MAX_MATCH,
  PIECE_SIZE = 1 << 20 /* ISA-L counts in 32 bits: more than this is handed over in pieces */
};

struct trpt_inflate {
  size_t given;               /* bytes of the window that the caller has, history included */
  trpt_inflate_status status; /* how the decoding stands; the caller hears of it when all is given */
  struct inflate_state state;
};

size_t trpt_inflate_size(void) { return sizeof(trpt_inflate); }

trpt_inflate *trpt_inflate_init(void *memory) {
  trpt_inflate *inflater = memory;
  isal_inflate_init(&inflater->state);
  trpt_inflate_reset(inflater);
  return inflater;
}

void trpt_inflate_reset(trpt_inflate *inflater) {
  isal_inflate_reset(&inflater->state);
  inflater->given = 0;
  inflater->status = TRPT_INFLATE_MORE;
}

static size_t pending(const trpt_inflate *inflater) { return (size_t)inflater->state.tmp_out_valid - inflater->given; }

static size_t give(trpt_inflate *inflater, uint8_t *out, size_t capacity) {
  const size_t len = pending(inflater) < capacity ? pending(inflater) : capacity;
  if (len == 0) return 0;
  memcpy(out, inflater->state.tmp_out_buffer + inflater->given, len);
  inflater->given += len;
  return len;
}

/* Moves the history to the front of a window that is full and given. Always by the same distance, so that windows end at
   the same places in the output, whatever the last match wrote behind them. */
static void make_room(trpt_inflate *inflater) {
  struct inflate_state *state = &inflater->state;
  if (state->tmp_out_valid < WINDOW_SIZE) return;
  state->tmp_out_valid -= HISTORY_SIZE;
  inflater->given -= HISTORY_SIZE;
  memmove(state->tmp_out_buffer, state->tmp_out_buffer + HISTORY_SIZE, inflater->given);
}

/* ISA-L reads up to eight bytes ahead. Those of which it used no bit go back, so that the end of the data is where it is.
   Called only after something was decoded, which used up what was left of earlier input: they are of the latest. A cut
   block header lies in tmp_in_buffer, behind those bytes: then all stays. */
static void put_back(struct inflate_state *state) {
  if (state->tmp_in_size != 0) return;
  const uint32_t bytes = (uint32_t)state->read_in_length / 8;
  state->next_in -= bytes;
  state->avail_in += bytes;
  state->read_in_length -= (int32_t)(8 * bytes);
  state->read_in &= ((uint64_t)1 << state->read_in_length) - 1;
}

/* Where a match is bad, the x86-64 code of ISA-L 2.30 says that it wrote the match and has not: as many bytes are whatever
   lay there, such as another report. Nobody can tell it from what is good, so what may be such bytes is not given out. */
static void drop_unwritten(struct inflate_state *state, int32_t valid_before) {
  const int32_t written = state->tmp_out_valid - MATCH_SIZE;
  state->tmp_out_valid = written > valid_before ? written : valid_before;
}

static size_t decode(trpt_inflate *inflater, const uint8_t *in, size_t in_len) {
  struct inflate_state *state = &inflater->state;
  const uint32_t piece = in_len < PIECE_SIZE ? (uint32_t)in_len : PIECE_SIZE;
  const int32_t valid_before = state->tmp_out_valid;
  const enum isal_block_state block_before = state->block_state;
  state->next_in = (uint8_t *)(uintptr_t)in; /* only read */
  state->avail_in = piece;
  state->next_out = state->tmp_out_buffer; /* an address for no bytes */
  state->avail_out = 0;
  state->total_out = 0;
  state->tmp_out_processed = 0; /* so that ISA-L moves nothing */
  const int result = isal_inflate(state);
  const int ended = state->block_state == ISAL_BLOCK_INPUT_DONE || state->block_state == ISAL_BLOCK_FINISH;
  if (result != ISAL_DECOMP_OK) {
    inflater->status = TRPT_INFLATE_BAD;
    drop_unwritten(state, valid_before);
    return piece; /* avail_in is wrong then, too */
  }
  if (ended || state->tmp_out_valid >= WINDOW_SIZE) put_back(state);
  if (ended) inflater->status = TRPT_INFLATE_END;
  /* It must not turn for ever on something that it neither takes nor refuses. */
  else if (state->avail_in == piece && state->tmp_out_valid == valid_before && state->block_state == block_before)
    inflater->status = TRPT_INFLATE_BAD;
  return piece - state->avail_in;
}

trpt_inflate_status trpt_inflate_run(trpt_inflate *inflater, const uint8_t *in, size_t in_len, size_t *in_used,
                                     uint8_t *out, size_t out_capacity, size_t *out_len) {
  *in_used = 0;
  *out_len = 0;
  for (;;) {
    *out_len += give(inflater, out + *out_len, out_capacity - *out_len);
    if (pending(inflater) != 0) return TRPT_INFLATE_OUTPUT;
    if (inflater->status != TRPT_INFLATE_MORE || *in_used == in_len) return inflater->status;
    make_room(inflater);
    *in_used += decode(inflater, in + *in_used, in_len - *in_used);
  }
}

uint32_t trpt_inflate_unused_bits(const trpt_inflate *inflater) {
  const struct inflate_state *state = &inflater->state;
  if (inflater->status != TRPT_INFLATE_MORE) return 0;
  return (uint32_t)state->read_in_length + 8 * (uint32_t)state->tmp_in_size;
}

/* ISA-L's own, where it uses AVX-512, leaves the upper halves of the vector registers in use, and on some processors all SSE
   code behind it, such as the tokenizer, at half its speed. */
uint32_t trpt_inflate_crc32(uint32_t crc, const uint8_t *data, size_t len) {
  const size_t begun = trpt_crc32_begin(&crc, data, len), rest = len - begun;
  data += begun;
  if (rest >= TRPT_CRC32_FOLD_MIN) return crc32_gzip_refl(crc, data, rest);
  return crc32_gzip_refl_base(crc, (uint8_t *)(uintptr_t)data, rest); /* only read */
}
