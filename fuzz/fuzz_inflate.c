/* SPDX-License-Identifier: MIT */
/* gzip.h against zlib's own gzip reader: the same output and the same end, however the input is cut and whatever the sizes
   of the outputs. With ISA-L as the engine these differences, and no others, are let pass (docs/gzip.md):
   - a block whose Huffman codes are incomplete, which zlib refuses: anything may follow;
   - bad data: up to 258 of the last bytes before it may be missing;
   - data that ends early: up to two of the last literals may be missing, and a symbol that does not exist may be seen by
     its first bits;
   - trpt_gzip_bits_used.

   The input: one byte whose lowest bit says whether deflate data follows, without its gzip header, else gzip; one byte for
   the sizes of the outputs; one byte from which the cuts are drawn; the data. */

#include "../tests/core/inflate_oracle.h"

#include <stdio.h>

enum {
  CONTROL_SIZE = 3,
  MAX_RATIO = 1032, /* of deflate */
  MAX_WITHHELD = 2,
  MAX_WITHHELD_OF_BAD = 258 + MAX_WITHHELD,
  MAX_WINDOW = 65536
};

static trpt_inflate *inflater;
static int lax;

static void *take(size_t size) {
  void *memory = malloc(size == 0 ? 1 : size);
  if (memory == NULL) abort();
  return memory;
}

static size_t all(void *user, size_t left) {
  (void)user;
  return left;
}

static size_t by_chance(void *user, size_t left) {
  uint32_t *seed = user;
  size_t size;
  *seed = *seed * 1664525 + 1013904223;
  size = (*seed >> 24) % 4 == 0 ? *seed >> 20 : (*seed >> 16) % 9;
  return size < left ? size : left;
}

static reading reading_new(size_t in_len) {
  reading r;
  memset(&r, 0, sizeof r);
  r.out_capacity = in_len * MAX_RATIO + 1;
  r.out = take(r.out_capacity);
  return r;
}

static void check(int fine, const char *what, const reading *a, const reading *b) {
  if (fine) return;
  fprintf(stderr,
          "%s: end %d at %llu, %zu bytes, %zu findings, marks %llx; end %d at %llu, %zu bytes, %zu findings, marks "
          "%llx (%s)\n",
          what, (int)a->end, (unsigned long long)a->end_offset, a->out_len, a->event_count,
          (unsigned long long)a->marks, (int)b->end, (unsigned long long)b->end_offset, b->out_len, b->event_count,
          (unsigned long long)b->marks, b->why == NULL ? "" : b->why);
  abort();
}

static int same_output(const reading *a, const reading *b, size_t withheld) {
  const size_t shorter = a->out_len < b->out_len ? a->out_len : b->out_len;
  const size_t longer = a->out_len < b->out_len ? b->out_len : a->out_len;
  return longer - shorter <= withheld && memcmp(a->out, b->out, shorter) == 0;
}

static int codes_are_incomplete(const reading *oracle) {
  return strcmp(oracle->why, "invalid code lengths set") == 0 || strcmp(oracle->why, "invalid distances set") == 0 ||
         strcmp(oracle->why, "invalid literal/lengths set") == 0;
}

static size_t withheld(const reading *a, const reading *b) {
  if (!lax) return 0;
  if (a->end == TRPT_CODE_GZIP_BAD_MAGIC || b->end == TRPT_CODE_GZIP_BAD_MAGIC) return MAX_WITHHELD_OF_BAD;
  return a->end == TRPT_CODE_GZIP_TRUNCATED || b->end == TRPT_CODE_GZIP_TRUNCATED ? MAX_WITHHELD : 0;
}

static void compare_with_oracle(const reading *r, const reading *oracle) {
  const int truncated = oracle->end == TRPT_CODE_GZIP_TRUNCATED;
  const int end_may_differ = lax && truncated && r->end == TRPT_CODE_GZIP_BAD_MAGIC;
  check(r->end == oracle->end || end_may_differ, "end", r, oracle);
  check(same_output(r, oracle, withheld(r, oracle)), "output", r, oracle);
}

static void compare_runs(const reading *a, const reading *b) {
  const int truncated = a->end == TRPT_CODE_GZIP_TRUNCATED || b->end == TRPT_CODE_GZIP_TRUNCATED;
  check((a->end == b->end && a->end_offset == b->end_offset) || (lax && truncated), "cut end", a, b);
  check(same_output(a, b, withheld(a, b)), "cut output", a, b);
  check(a->event_count == b->event_count && memcmp(a->event, b->event, sizeof a->event[0] * a->event_count) == 0 &&
            memcmp(a->event_offset, b->event_offset, sizeof a->event_offset[0] * a->event_count) == 0 &&
            memcmp(a->event_out, b->event_out, sizeof a->event_out[0] * a->event_count) == 0,
        "cut findings", a, b);
  check(lax || (a->marks == b->marks && a->mark_count == b->mark_count), "cut marks", a, b);
}

static void fuzz(const uint8_t *in, size_t len, size_t window_size, uint32_t seed) {
  static uint8_t window[MAX_WINDOW];
  reading whole = reading_new(len), cut = reading_new(len), oracle = reading_new(len);
  trpt_gzip gzip;
  oracle_run(&oracle, in, len);
  trpt_gzip_init(&gzip, inflater);
  reading_run(&whole, &gzip, in, len, all, NULL, window, window_size);
  trpt_gzip_reset(&gzip);
  reading_run(&cut, &gzip, in, len, by_chance, &seed, window, window_size);
  if (!lax || !codes_are_incomplete(&oracle)) {
    compare_with_oracle(&whole, &oracle);
    compare_runs(&whole, &cut);
  }
  free(whole.out);
  free(cut.out);
  free(oracle.out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const uint8_t header[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
  uint8_t *in;
  size_t len = 0;
  if (size < CONTROL_SIZE) return 0;
  if (inflater == NULL) {
    inflater = trpt_inflate_init(take(trpt_inflate_size()));
    if (inflater == NULL) abort();
    lax = engine_is_lax(inflater);
  }
  in = take(sizeof header + size);
  if (data[0] & 1) {
    memcpy(in, header, sizeof header);
    len = sizeof header;
  }
  memcpy(in + len, data + CONTROL_SIZE, size - CONTROL_SIZE);
  len += size - CONTROL_SIZE;
  fuzz(in, len, data[1] < 128 ? data[1] + 1u : data[1] < 224 ? 4096u : MAX_WINDOW, data[2]);
  free(in);
  return 0;
}
