/* SPDX-License-Identifier: MIT */
/* Compares lib/inflate/whole.h with zlib over random deflate data: texts compressed in every way and then changed, blocks with
   random Huffman codes, most of them valid, and random bytes. Prints how many were read, and stops at the first difference,
   which it writes to standard output in hexadecimal.
   usage: inflate_differential COUNT [SEED] */

#include "../core/whole_oracle.h"

#include <inttypes.h>

enum { MAX_DATA = 1024, POOL = 600, MAX_TEXT = 400 };

typedef struct block {
  uint8_t data[MAX_DATA];
  size_t bits;
} block;

static uint64_t state;

static uint32_t below(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)((state >> 32) * limit >> 32);
}

static bool one_in(uint32_t count) { return below(count) == 0; }

static size_t length(const block *b) { return (b->bits + 7) / 8; }

static void put(block *b, uint32_t value, unsigned count) {
  for (; count > 0 && b->bits < 8 * MAX_DATA; count--, value >>= 1, b->bits++)
    b->data[b->bits / 8] |= (uint8_t)((value & 1) << b->bits % 8);
}

static void put_random(block *b, size_t bytes) {
  while (bytes-- > 0) put(b, below(256), 8);
}

/* ---- what a compressor writes ---- */

static block pool[POOL];

/* Texts with repetitions near and far. */
static size_t make_text(uint8_t *text) {
  const size_t len = below(one_in(8) ? 4 : MAX_TEXT);
  const uint32_t letters = 1 + below(one_in(3) ? 256 : 12);
  for (size_t i = 0; i < len;) {
    if (i > 3 && one_in(6)) {
      const size_t distance = 1 + below((uint32_t)i), count = 3 + below(one_in(4) ? 200 : 12);
      for (size_t j = 0; j < count && i < len; j++, i++) text[i] = text[i - distance];
    } else {
      text[i++] = (uint8_t)('!' + below(letters));
    }
  }
  return len;
}

static void fill_pool(void) {
  static const int strategies[] = {Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED};
  for (size_t i = 0; i < POOL; i++) {
    uint8_t text[MAX_TEXT + 1];
    z_stream z = {0};
    if (deflateInit2(&z, (int)below(10), Z_DEFLATED, -9 - (int)below(7), 1 + (int)below(9), strategies[below(5)]) !=
        Z_OK)
      abort();
    z.avail_in = (uInt)make_text(text);
    z.next_in = text;
    z.next_out = pool[i].data;
    z.avail_out = MAX_DATA;
    const uInt half = z.avail_in / 2, rest = z.avail_in - half;
    z.avail_in = half;
    static const int flushes[] = {Z_NO_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH};
    (void)deflate(&z, flushes[below(5)]);
    z.avail_in += rest;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) abort();
    pool[i].bits = 8 * (MAX_DATA - z.avail_out);
    WHOLE_WRITTEN(pool[i].data, MAX_DATA);
    deflateEnd(&z);
  }
}

static void make_compressed(block *b) {
  *b = pool[below(POOL)];
  for (uint32_t n = below(4); n > 0 && b->bits; n--) {
    const uint32_t at = below((uint32_t)length(b));
    switch (below(4)) {
    case 0: b->data[at] = (uint8_t)below(256); break;
    case 1: b->data[at] ^= (uint8_t)(1U << below(8)); break;
    case 2: b->bits = 8 * at; break;
    default: put(b, below(256), 8); break;
    }
  }
}

/* ---- blocks with random codes ---- */

/* Lengths of a complete code for `used` of `count` symbols: a leaf is split again and again. */
static void make_code(uint8_t *lengths, unsigned count, unsigned used, unsigned max) {
  uint8_t leaves[320];
  unsigned leaf_count = 1;
  memset(lengths, 0, count);
  leaves[0] = 0;
  for (unsigned tries = 0; leaf_count < used && tries < 4 * used; tries++) {
    const unsigned at = one_in(3) ? leaf_count - 1 : below(leaf_count);
    if (leaves[at] == max) continue;
    leaves[at]++;
    leaves[leaf_count++] = leaves[at];
  }
  if (leaf_count == 1) leaves[0] = 1;
  for (unsigned i = 0; i < leaf_count; i++) {
    unsigned symbol = below(count);
    while (lengths[symbol]) symbol = (symbol + 1) % count;
    lengths[symbol] = leaves[i];
  }
}

static void put_code(block *b, const uint8_t *lengths, unsigned count, unsigned symbol) {
  unsigned code = 0;
  for (unsigned length_now = 1; length_now <= lengths[symbol]; length_now++) {
    code <<= 1;
    for (unsigned i = 0; i < count; i++)
      if (lengths[i] == length_now && (length_now < lengths[symbol] || i < symbol)) code++;
  }
  for (unsigned i = lengths[symbol]; i > 0; i--) put(b, code >> (i - 1) & 1, 1);
}

static void put_lengths(block *b, const uint8_t *lengths, unsigned count, const uint8_t *code) {
  for (unsigned n = 0; n < count;) {
    unsigned run = 1;
    while (n + run < count && lengths[n + run] == lengths[n]) run++;
    if (one_in(50)) run += below(8); /* repeats too much */
    if (lengths[n] == 0 && run >= 11 && code[18] && !one_in(8)) {
      run = run > 138 ? 138 : run;
      put_code(b, code, 19, 18), put(b, run - 11, 7);
    } else if (lengths[n] == 0 && run >= 3 && code[17]) {
      run = run > 10 ? 10 : run;
      put_code(b, code, 19, 17), put(b, run - 3, 3);
    } else if (n && run >= 3 && lengths[n - 1] == lengths[n] && code[16]) {
      run = run > 6 ? 6 : run;
      put_code(b, code, 19, 16), put(b, run - 3, 2);
    } else {
      run = 1;
      put_code(b, code, 19, lengths[n]);
    }
    n += run;
  }
}

static void put_dynamic(block *b) {
  static const uint8_t order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  uint8_t lengths[288 + 32], code[19];
  const unsigned literals = one_in(4) ? 257 + below(32) : 257 + below(29), distances = 1 + below(one_in(4) ? 32 : 30);
  make_code(lengths, literals, 2 + below(one_in(3) ? 200 : 20), one_in(3) ? 15 : 9);
  if (!one_in(20) && !lengths[256]) {
    unsigned symbol = below(literals);
    while (!lengths[symbol]) symbol = (symbol + 1) % literals;
    lengths[256] = lengths[symbol];
    lengths[symbol] = 0;
  }
  make_code(lengths + literals, distances, below(4) ? 1 + below(distances) : below(2), 15);
  if (one_in(4)) lengths[literals + below(distances)] = (uint8_t)below(4);
  if (one_in(10)) memset(lengths + literals, 0, distances);
  if (one_in(10)) lengths[below(literals + distances)] = (uint8_t)below(16);
  make_code(code, 19, 19, 7);
  if (one_in(20)) code[below(19)] = (uint8_t)below(8);
  put(b, 2, 2), put(b, literals - 257, 5), put(b, distances - 1, 5), put(b, 15, 4);
  for (unsigned i = 0; i < 19; i++) put(b, code[order[i]], 3);
  put_lengths(b, lengths, literals + distances, code);
  put_random(b, below(30));
  if (!one_in(4)) put_code(b, lengths, literals, 256);
}

static void put_stored(block *b) {
  const uint32_t len = below(100);
  put(b, 0, 2);
  put(b, below(256), (unsigned)(8 - b->bits % 8) % 8);
  put(b, len, 16), put(b, ~len ^ (one_in(10) ? 1U << below(16) : 0), 16);
  put_random(b, one_in(10) ? below(len + 1) : len);
}

static void make_blocks(block *b) {
  memset(b, 0, sizeof *b);
  for (uint32_t n = 1 + below(3); n > 0; n--) {
    put(b, n == 1 && !one_in(20), 1);
    switch (below(8)) {
    case 0:
    case 1: put_stored(b); break;
    case 2: put(b, 1, 2), put_random(b, below(40)), put(b, 0, 7); break;
    case 3: put(b, below(4), 2), put_random(b, below(100)); break;
    default: put_dynamic(b); break;
    }
  }
}

static void make_random(block *b) {
  memset(b, 0, sizeof *b);
  put_random(b, below(60));
  if (one_in(2)) b->data[0] = (uint8_t)((b->data[0] & ~7) | (one_in(2) ? 3 : 5));
}

int main(int argc, char **argv) {
  static trpt_whole whole;
  z_stream z;
  uint64_t read = 0;
  const uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
  state = (argc > 2 ? strtoull(argv[2], NULL, 10) : 1) * UINT64_C(0x9E3779B97F4A7C15);
  if (!count || !state) {
    fprintf(stderr, "usage: inflate_differential COUNT [SEED]\n");
    return 2;
  }
  whole_begin(&whole, &z);
  fill_pool();
  for (uint64_t i = 0; i < count; i++) {
    static void (*const makers[])(block *) = {make_compressed, make_compressed, make_blocks, make_blocks, make_random};
    block b;
    makers[below(5)](&b);
    const size_t capacity = one_in(3) ? below(MAX_TEXT) : 4096;
    const whole_result result = whole_compare(&whole, &z, b.data, length(&b), capacity);
    read += result == WHOLE_READ;
    if (result != WHOLE_DIFFERS) {
      if ((i + 1) % 10000000 == 0) fprintf(stderr, "%" PRIu64 " compared, %" PRIu64 " read\n", i + 1, read);
      continue;
    }
    printf("differs after %" PRIu64 " with a capacity of %zu: ", i, capacity);
    for (size_t at = 0; at < length(&b); at++) printf("%02x", b.data[at]);
    printf("\n");
    return 1;
  }
  printf("%" PRIu64 " compared, %" PRIu64 " read by both, no difference\n", count, read);
  inflateEnd(&z);
  return 0;
}
