/* SPDX-License-Identifier: MIT */
/* Compares gzip.h with zlib's own gzip reader: the same output and the same end for all sizes of chunks and outputs.

   The input: one byte whose lowest bit says whether raw deflate data or gzip follows; one byte for the size of the outputs; one
   byte as seed for the chunks; the data. */

#include "../tests/core/inflate_oracle.h"
#include "fuzzing.h"

enum {
  CONTROL_SIZE = 3,
  MAX_RATIO = 1032, /* of deflate */
  MAX_WINDOW = 65536
};

static trpt_inflate *inflater;

static void *allocate(size_t size) {
  void *memory = malloc(size == 0 ? 1 : size);
  if (memory == NULL) abort();
  return memory;
}

static size_t whole_size(void *user, size_t available) {
  (void)user;
  return available;
}

static size_t random_size(void *user, size_t available) {
  uint32_t *seed = user;
  size_t size;
  *seed = *seed * 1664525 + 1013904223;
  size = (*seed >> 24) % 4 == 0 ? *seed >> 20 : (*seed >> 16) % 9;
  return size < available ? size : available;
}

static reading reading_new(size_t in_len) {
  reading r;
  memset(&r, 0, sizeof r);
  r.out_capacity = in_len * MAX_RATIO + 1;
  r.out = allocate(r.out_capacity);
  return r;
}

static void check(int is_same, const char *what, const reading *a, const reading *b) {
  if (is_same) return;
  fprintf(stderr,
          "%s: end %d at %llu, %zu bytes, %zu events, marks %llx; end %d at %llu, %zu bytes, %zu events, marks "
          "%llx (%s)\n",
          what, (int)a->end, (unsigned long long)a->end_offset, a->out_len, a->event_count,
          (unsigned long long)a->marks, (int)b->end, (unsigned long long)b->end_offset, b->out_len, b->event_count,
          (unsigned long long)b->marks, b->why == NULL ? "" : b->why);
  abort();
}

static int same_output(const reading *a, const reading *b) {
  return a->out_len == b->out_len && memcmp(a->out, b->out, a->out_len) == 0;
}

static void compare_with_oracle(const reading *r, const reading *oracle) {
  check(r->end == oracle->end, "end", r, oracle);
  check(same_output(r, oracle), "output", r, oracle);
}

static void compare_runs(const reading *a, const reading *b) {
  check(a->end == b->end && a->end_offset == b->end_offset, "cut end", a, b);
  check(same_output(a, b), "cut output", a, b);
  check(a->event_count == b->event_count && memcmp(a->event, b->event, sizeof a->event[0] * a->event_count) == 0 &&
            memcmp(a->event_offset, b->event_offset, sizeof a->event_offset[0] * a->event_count) == 0 &&
            memcmp(a->event_out, b->event_out, sizeof a->event_out[0] * a->event_count) == 0,
        "cut events", a, b);
  check(a->marks == b->marks && a->mark_count == b->mark_count, "cut marks", a, b);
}

static void fuzz(const uint8_t *in, size_t len, size_t window_size, uint32_t seed) {
  static uint8_t window[MAX_WINDOW];
  reading whole = reading_new(len), cut = reading_new(len), oracle = reading_new(len);
  trpt_gzip gzip;
  oracle_run(&oracle, in, len);
  trpt_gzip_init(&gzip, inflater);
  reading_run(&whole, &gzip, in, len, whole_size, NULL, window, window_size);
  trpt_gzip_reset(&gzip);
  reading_run(&cut, &gzip, in, len, random_size, &seed, window, window_size);
  compare_with_oracle(&whole, &oracle);
  compare_runs(&whole, &cut);
  free(whole.out);
  free(cut.out);
  free(oracle.out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const uint8_t header[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
  uint8_t *in;
  size_t len = 0;
  if (size < CONTROL_SIZE) return 0;
  if (inflater == NULL) {
    inflater = trpt_inflate_init(allocate(trpt_inflate_size()));
    if (inflater == NULL) abort();
  }
  in = allocate(sizeof header + size);
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
