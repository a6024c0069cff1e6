/* SPDX-License-Identifier: MIT */
/* lib/inflate, compared with zlib's own gzip reader. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "allocations.h"
#include "inflate_oracle.h"

/* ---- what is read ---- */

typedef struct bytes {
  uint8_t *at;
  size_t len, capacity;
} bytes;

static void add(bytes *b, const void *data, size_t len) {
  if (len > b->capacity - b->len) {
    b->capacity = 2 * (b->len + len);
    b->at = realloc(b->at, b->capacity);
    assert_non_null(b->at);
  }
  if (len != 0) memcpy(b->at + b->len, data, len);
  b->len += len;
}

static void add_byte(bytes *b, unsigned byte) {
  const uint8_t one = (uint8_t)byte;
  add(b, &one, 1);
}

static void add_number(bytes *b, uint32_t number, unsigned size) {
  while (size-- > 0) {
    add_byte(b, number & 0xff);
    number >>= 8;
  }
}

enum { HCRC = 2, EXTRA = 4, NAME = 8, COMMENT = 16, HEADER_SIZE = 10, TRAILER_SIZE = 8 };

static void add_header(bytes *b, unsigned flags) {
  static const uint8_t fixed[] = {0, 0, 0, 0, 0, 3};
  const size_t start = b->len;
  add(b, "\x1f\x8b\x08", 3);
  add_byte(b, flags);
  add(b, fixed, sizeof fixed);
  if (flags & EXTRA)
    add(b,
        "\x05\x00"
        "extra",
        7);
  if (flags & NAME) add(b, "../../name", 11);
  if (flags & COMMENT) add(b, "a comment", 10);
  if (flags & HCRC) add_number(b, (uint32_t)crc32(0, b->at + start, (uInt)(b->len - start)), 2);
}

static void add_deflate(bytes *b, const void *data, size_t len, int level, int strategy) {
  z_stream z;
  uint8_t out[4096];
  int result;
  memset(&z, 0, sizeof z);
  assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, -15, 9, strategy), Z_OK);
  z.next_in = (z_const Bytef *)(uintptr_t)data;
  z.avail_in = (uInt)len;
  do {
    z.next_out = out;
    z.avail_out = sizeof out;
    result = deflate(&z, Z_FINISH);
    add(b, out, sizeof out - z.avail_out);
  } while (result == Z_OK);
  assert_int_equal(result, Z_STREAM_END);
  deflateEnd(&z);
}

static void add_trailer(bytes *b, const void *data, size_t len) {
  add_number(b, (uint32_t)crc32_z(0, data, len), 4);
  add_number(b, (uint32_t)len, 4);
}

static void add_member(bytes *b, unsigned flags, const void *data, size_t len) {
  add_header(b, flags);
  add_deflate(b, data, len, 9, Z_DEFAULT_STRATEGY);
  add_trailer(b, data, len);
}

static const char text[] =
    "{\"organization-name\":\"Company-X\",\"date-range\":{\"start-datetime\":\"2016-04-01T00:00:00Z\",\"end-datetime\":"
    "\"2016-04-01T23:59:59Z\"},\"contact-info\":\"sts-reporting@company-x.example\",\"report-id\":\"5065427c-23d3-47ca-"
    "b6e0-946ea0e8c4be\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\",\"policy-domain\":\"company-y.example\"},"
    "\"summary\":{\"total-successful-session-count\":5326,\"total-failure-session-count\":303}}]}";
enum { TEXT_LEN = sizeof text - 1 };

/* ---- reading ---- */

static trpt_inflate *inflater;

static int set_up(void **state) {
  (void)state;
  inflater = trpt_inflate_init(malloc(trpt_inflate_size()));
  assert_non_null(inflater);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  free(inflater);
  return 0;
}

static size_t fixed_pieces(void *user, size_t left) {
  const size_t size = *(const size_t *)user;
  return size < left ? size : left;
}

static reading reading_new(size_t out_capacity) {
  reading r;
  memset(&r, 0, sizeof r);
  r.out_capacity = out_capacity;
  r.out = malloc(out_capacity + 1);
  assert_non_null(r.out);
  return r;
}

static void read_in_pieces(reading *r, const uint8_t *in, size_t len, size_t piece, size_t window_size) {
  static uint8_t window[65536];
  trpt_gzip gzip;
  trpt_gzip_init(&gzip, inflater);
  reading_run(r, &gzip, in, len, fixed_pieces, &piece, window, window_size);
}

static void assert_same_output(const reading *a, const reading *b) {
  assert_int_equal(a->out_len, b->out_len);
  assert_memory_equal(a->out, b->out, a->out_len);
}

static void assert_same_reading(const reading *a, const reading *b) {
  size_t i;
  assert_int_equal(a->end, b->end);
  assert_int_equal(a->end_offset, b->end_offset);
  assert_int_equal(a->event_count, b->event_count);
  for (i = 0; i < a->event_count; i++) {
    assert_int_equal(a->event[i], b->event[i]);
    assert_int_equal(a->event_offset[i], b->event_offset[i]);
    assert_int_equal(a->event_out[i], b->event_out[i]);
  }
  assert_same_output(a, b);
}

/* Reads `in` whole, and compares with every other way to cut it, and with zlib. The caller frees r.out. */
static reading read_every_way(const uint8_t *in, size_t len, size_t out_capacity) {
  static const size_t pieces[] = {1, 2, 3, 7, 64};
  static const size_t windows[] = {1, 2, 17, 300, 65536};
  reading whole = reading_new(out_capacity), other = reading_new(out_capacity);
  size_t i, j;
  read_in_pieces(&whole, in, len, len == 0 ? 1 : len, 65536);
  oracle_run(&other, in, len);
  assert_int_equal(whole.end, other.end);
  assert_same_output(&whole, &other);
  for (i = 0; i < sizeof windows / sizeof *windows; i++) {
    uint64_t marks;
    read_in_pieces(&other, in, len, len == 0 ? 1 : len, windows[i]);
    assert_same_reading(&whole, &other);
    marks = other.marks;
    for (j = 0; j < sizeof pieces / sizeof *pieces; j++) {
      read_in_pieces(&other, in, len, pieces[j], windows[i]);
      assert_same_reading(&whole, &other);
      assert_int_equal(other.marks, marks);
    }
  }
  free(other.out);
  return whole;
}

/* ---- tests ---- */

/* What the memory had before does not matter, whatever kind of block comes first. */
static void used_memory(void **state) {
  static const uint8_t data[][6] = {{0x4b, 0x04, 0x00}, {0x01, 0x01, 0x00, 0xfe, 0xff, 'a'}}; /* fixed codes, stored */
  static const size_t lens[] = {3, 6};
  /* 0x0f: tables whose codes are all too long for them, with symbols beyond all. Only a sanitizer sees that they are used. */
  static const uint8_t fills[] = {0x00, 0x0f, 0xff};
  void *memory = malloc(trpt_inflate_size());
  (void)state;
  assert_non_null(memory);
  for (size_t i = 0; i < 2; i++) {
    for (size_t j = 0; j < sizeof fills; j++) {
      uint8_t out[4];
      size_t used, len;
      memset(memory, fills[j], trpt_inflate_size());
      trpt_inflate *fresh = trpt_inflate_init(memory);
      assert_non_null(fresh);
      assert_int_equal(trpt_inflate_run(fresh, data[i], lens[i], &used, out, sizeof out, &len), TRPT_INFLATE_END);
      assert_int_equal(used, lens[i]);
      assert_int_equal(len, 1);
      assert_int_equal(out[0], 'a');
    }
  }
  free(memory);
}

static void assert_reads(const bytes *b, const void *out, size_t out_len, size_t events) {
  const reading r = read_every_way(b->at, b->len, out_len + 1000);
  assert_int_equal(r.end, TRPT_CODE_NONE);
  assert_int_equal(r.out_len, out_len);
  if (out_len != 0) assert_memory_equal(r.out, out, out_len);
  assert_int_equal(r.event_count, events);
  free(r.out);
}

static void assert_ends(const bytes *b, trpt_code end, uint64_t offset) {
  const reading r = read_every_way(b->at, b->len, 10000);
  assert_int_equal(r.end, end);
  assert_int_equal(r.end_offset, offset);
  free(r.out);
}

static void assert_tells(const bytes *b, trpt_code code, uint64_t offset) {
  const reading r = read_every_way(b->at, b->len, 10000);
  size_t i;
  for (i = 0; i < r.event_count && r.event[i] != code; i++) {
  }
  assert_true(i < r.event_count);
  assert_int_equal(r.event_offset[i], offset);
  for (i++; i < r.event_count; i++) assert_int_not_equal(r.event[i], code);
  free(r.out);
}

static void every_header(void **state) {
  unsigned flags;
  (void)state;
  for (flags = 0; flags < 32; flags++) {
    bytes b = {0};
    add_member(&b, flags, text, TEXT_LEN);
    assert_reads(&b, text, TEXT_LEN, flags & NAME ? 1 : 0);
    if (flags & NAME) assert_tells(&b, TRPT_CODE_GZIP_FNAME, HEADER_SIZE + (flags & EXTRA ? 7 : 0));
    free(b.at);
  }
}

static void empty_fields(void **state) {
  bytes b = {0};
  (void)state;
  add(&b, "\x1f\x8b\x08\x1c\0\0\0\0\0\3\0\0\0\0", 14);
  add_deflate(&b, text, TEXT_LEN, 9, Z_DEFAULT_STRATEGY);
  add_trailer(&b, text, TEXT_LEN);
  assert_reads(&b, text, TEXT_LEN, 1);
  assert_tells(&b, TRPT_CODE_GZIP_FNAME, 12);
  free(b.at);
}

static void wrong_header(void **state) {
  static const struct {
    size_t at;
    uint8_t value;
  } table[] = {{0, 0x1e}, {0, 'x'},  {1, 0x8c}, {1, 0x1f}, {2, 0},   {2, 7},
               {2, 9},    {3, 0x20}, {3, 0x40}, {3, 0x80}, {3, 0xff}};
  size_t i;
  (void)state;
  for (i = 0; i < sizeof table / sizeof *table; i++) {
    bytes b = {0};
    add_member(&b, 0, text, TEXT_LEN);
    b.at[table[i].at] = table[i].value;
    assert_ends(&b, TRPT_CODE_GZIP_BAD_MAGIC, table[i].at);
    free(b.at);
  }
}

static void wrong_header_crc(void **state) {
  size_t i;
  (void)state;
  for (i = 4; i < HEADER_SIZE + 7 + 11 + 10 + 2; i++) {
    bytes b = {0};
    add_member(&b, HCRC | EXTRA | NAME | COMMENT, text, TEXT_LEN);
    if (i != HEADER_SIZE && i != HEADER_SIZE + 1 && b.at[i] != 0) { /* neither the length nor the ends of fields */
      b.at[i] ^= 0x80;
      assert_ends(&b, TRPT_CODE_GZIP_BAD_MAGIC, HEADER_SIZE + 7 + 11 + 10);
    }
    free(b.at);
  }
}

static void members(void **state) {
  bytes b = {0}, all = {0};
  size_t first = 0, i;
  (void)state;
  for (i = 0; i < 4; i++) {
    add_member(&b, i == 0 ? 0 : NAME, i == 2 ? "" : text, i == 2 ? 0 : TEXT_LEN);
    add(&all, text, i == 2 ? 0 : TEXT_LEN);
    if (i == 0) first = b.len;
  }
  assert_reads(&b, all.at, all.len, 2);
  assert_tells(&b, TRPT_CODE_GZIP_MULTI_MEMBER, first);
  assert_tells(&b, TRPT_CODE_GZIP_FNAME, first + HEADER_SIZE);
  free(b.at);
  free(all.at);
}

static void wrong_second_member(void **state) {
  size_t i, first;
  (void)state;
  for (i = 2; i < 4; i++) {
    bytes b = {0};
    add_member(&b, 0, text, TEXT_LEN);
    first = b.len;
    add_member(&b, 0, text, TEXT_LEN);
    b.at[first + i] = 0xff;
    assert_ends(&b, TRPT_CODE_GZIP_BAD_MAGIC, first + i);
    free(b.at);
  }
}

static void trailing(void **state) {
  static const struct {
    const char *bytes;
    size_t len;
  } table[] = {{"x", 1},        {"\0", 1},
               {"\0\0\0\0", 4}, {"\x1f\0", 2},
               {"\x1f\x1f", 2}, {"\x1f\x1f\x8b\x08", 4},
               {"\x8b\x1f", 2}, {"junk \x1f\x8b\x08 junk", 13}};
  size_t i;
  (void)state;
  for (i = 0; i < sizeof table / sizeof *table; i++) {
    bytes b = {0};
    size_t at;
    add_member(&b, 0, text, TEXT_LEN);
    at = b.len;
    add(&b, table[i].bytes, table[i].len);
    assert_reads(&b, text, TEXT_LEN, 1);
    assert_tells(&b, TRPT_CODE_GZIP_TRAILING, at);
    free(b.at);
  }
}

static void every_truncation(void **state) {
  bytes b = {0};
  size_t first, len;
  (void)state;
  add_member(&b, HCRC | EXTRA | NAME | COMMENT, text, TEXT_LEN);
  first = b.len;
  add_member(&b, 0, "", 0);
  add_member(&b, 0, text, TEXT_LEN);
  for (len = 0; len < b.len; len++) {
    reading r = read_every_way(b.at, len, 10000);
    const int whole = len == first || len == first + HEADER_SIZE + 2 + TRAILER_SIZE;
    assert_int_equal(r.end, whole ? TRPT_CODE_NONE : TRPT_CODE_GZIP_TRUNCATED);
    if (!whole) assert_int_equal(r.end_offset, len);
    free(r.out);
  }
  free(b.at);
}

static void wrong_trailer(void **state) {
  size_t bit;
  (void)state;
  for (bit = 0; bit < 8 * TRAILER_SIZE; bit++) {
    bytes b = {0};
    size_t trailer;
    add_member(&b, 0, text, TEXT_LEN);
    add_member(&b, 0, text, TEXT_LEN);
    trailer = b.len - TRAILER_SIZE;
    b.at[trailer + bit / 8] ^= (uint8_t)(1u << bit % 8);
    assert_ends(&b, TRPT_CODE_GZIP_BAD_CRC, trailer);
    free(b.at);
  }
}

static void every_bit(void **state) {
  bytes b = {0};
  size_t bit;
  (void)state;
  add_member(&b, HCRC | EXTRA | NAME | COMMENT, text, TEXT_LEN);
  assert_in_range(b.len, 250, 350);
  for (bit = 0; bit < 8 * b.len; bit++) {
    b.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
    free(read_every_way(b.at, b.len, 400000).out);
    b.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
  }
  free(b.at);
}

/* ---- deflate data that no compressor writes: RFC 1951 section 3.2 ---- */

typedef struct bits {
  bytes to;
  unsigned count;
} bits;

static void put(bits *b, uint32_t value, unsigned size) {
  for (; size > 0; size--, value >>= 1, b->count++) {
    if (b->count % 8 == 0) add_byte(&b->to, 0);
    b->to.at[b->to.len - 1] |= (uint8_t)((value & 1) << b->count % 8);
  }
}

/* Huffman codes go with their first bit first. */
static void put_code(bits *b, uint32_t code, unsigned size) {
  while (size-- > 0) put(b, code >> size & 1, 1);
}

/* The header of a dynamic block with `lit` + `dist` code lengths, each of them written with four bits. */
static void put_lengths(bits *b, const uint8_t *lengths, unsigned lit, unsigned dist) {
  unsigned i;
  put(b, 1 | 2 << 1, 3);
  put(b, lit - 257, 5);
  put(b, dist - 1, 5);
  put(b, 15, 4);
  for (i = 0; i < 19; i++) put(b, i < 3 ? 0 : 4, 3);
  for (i = 0; i < lit + dist; i++) put_code(b, lengths[i], 4);
}

typedef struct lengths {
  unsigned lit, dist;
  struct {
    unsigned symbol, length;
  } at[24]; /* distance symbols are those from 288 up */
} lengths;

static void put_block(bits *b, const lengths *l) {
  uint8_t all[288 + 32] = {0};
  unsigned i;
  for (i = 0; i < 24; i++)
    if (l->at[i].length != 0)
      all[l->at[i].symbol < 288 ? l->at[i].symbol : l->at[i].symbol - 288 + l->lit] = (uint8_t)l->at[i].length;
  put_lengths(b, all, l->lit, l->dist);
}

static void assert_deflate(bits *b, int good, const char *out) {
  bytes file = {0};
  const size_t out_len = strlen(out);
  add_header(&file, 0);
  add(&file, b->to.at, b->to.len);
  add_trailer(&file, out, out_len);
  if (good)
    assert_reads(&file, out, out_len, 0);
  else
    assert_ends(&file, TRPT_CODE_GZIP_BAD_MAGIC, HEADER_SIZE);
  free(file.at);
  free(b->to.at);
}

static void dynamic_blocks(void **state) {
  static const struct {
    lengths lengths;
    uint8_t codes[4][2]; /* code, bits */
    const char *out;
    int good;
  } table[] = {
      {{257, 1, {{'a', 1}, {256, 1}}}, {{0, 1}, {0, 1}, {1, 1}}, "aa", 1},  /* no distance code at all */
      {{257, 1, {{'a', 1}, {256, 1}, {288, 1}}}, {{0, 1}, {1, 1}}, "a", 1}, /* one of one bit, unused */
      {{258, 1, {{'a', 1}, {256, 2}, {257, 2}, {288, 1}}}, {{0, 1}, {3, 2}, {0, 1}, {2, 2}}, "aaaa", 1},
      {{258, 1, {{'a', 1}, {256, 2}, {257, 2}, {288, 1}}}, {{0, 1}, {3, 2}, {1, 1}, {2, 2}}, "", 0}, /* the other */
      {{258, 1, {{'a', 1}, {256, 2}, {257, 2}}}, {{0, 1}, {3, 2}, {0, 1}, {2, 2}}, "", 0}, /* a match without codes */
      {{258, 2, {{'a', 1}, {256, 2}, {257, 2}, {289, 1}}}, {{0, 1}, {3, 2}, {0, 1}, {2, 2}}, "", 0}, /* too far */
      {{257, 1, {{256, 1}}}, {{0, 1}}, "", 1},                                         /* nothing but an end */
      {{257, 1, {{256, 1}}}, {{1, 1}}, "", 0},                                         /* an unused code   */
      {{257, 1, {{'a', 1}}}, {{0, 1}}, "", 0},                                         /* no end of block */
      {{257, 1, {{'a', 1}, {'b', 1}, {256, 1}}}, {{0, 1}}, "", 0},                     /* over-subscribed */
      {{257, 3, {{'a', 1}, {256, 1}, {288, 1}, {289, 1}, {290, 1}}}, {{1, 1}}, "", 0}, /* distances, too */
      {{257, 1, {{'a', 2}, {256, 2}}}, {{1, 2}}, "", 0},                               /* incomplete */
      {{257, 2, {{'a', 1}, {256, 1}, {288, 2}, {289, 2}}}, {{1, 1}}, "", 0},           /* distances, too */
      {{287, 1, {{'a', 1}, {256, 1}}}, {{1, 1}}, "", 0},                               /* 286 is the most */
      {{257, 31, {{'a', 1}, {256, 1}}}, {{1, 1}}, "", 0},                              /* 30 is the most */
  };
  size_t i, j;
  (void)state;
  for (i = 0; i < sizeof table / sizeof *table; i++) {
    bits b = {0};
    put_block(&b, &table[i].lengths);
    for (j = 0; j < 4; j++) put_code(&b, table[i].codes[j][0], table[i].codes[j][1]);
    for (j = 0; !table[i].good && j < 2; j++) add_byte(&b.to, 0); /* so that nothing ends early */
    assert_deflate(&b, table[i].good, table[i].out);
  }
}

static void other_blocks(void **state) {
  static const struct {
    const char *what;
    struct {
      uint32_t value;
      unsigned size; /* from 100 up: a Huffman code */
    } at[8];
    const char *out;
    int good;
  } table[] = {
      {"type 3", {{1, 1}, {3, 2}, {0, 32}}, "", 0},
      {"stored", {{1, 1}, {0, 2}, {0, 5}, {1, 16}, {0xfffe, 16}, {'a', 8}}, "a", 1},
      {"stored, padding set", {{1, 1}, {0, 2}, {31, 5}, {1, 16}, {0xfffe, 16}, {'a', 8}}, "a", 1},
      {"stored, empty", {{1, 1}, {0, 2}, {0, 5}, {0, 16}, {0xffff, 16}}, "", 1},
      {"stored, NLEN wrong", {{1, 1}, {0, 2}, {0, 5}, {1, 16}, {0xffff, 16}, {0, 32}}, "", 0},
      {"fixed, empty", {{1, 1}, {1, 2}, {0, 107}}, "", 1},
      {"fixed, match of one", {{1, 1}, {1, 2}, {0x91, 108}, {1, 107}, {0, 105}, {0, 107}}, "aaaa", 1},
      {"fixed, too far", {{1, 1}, {1, 2}, {0x91, 108}, {1, 107}, {1, 105}, {0, 32}}, "", 0},
      {"fixed, nothing before", {{1, 1}, {1, 2}, {1, 107}, {0, 105}, {0, 32}}, "", 0},
      {"fixed, length 286", {{1, 1}, {1, 2}, {0x91, 108}, {0xc6, 108}, {0, 32}}, "", 0},
      {"fixed, length 287", {{1, 1}, {1, 2}, {0x91, 108}, {0xc7, 108}, {0, 32}}, "", 0},
      {"fixed, distance 30", {{1, 1}, {1, 2}, {0x91, 108}, {1, 107}, {30, 105}, {0, 32}}, "", 0},
      {"fixed, distance 31", {{1, 1}, {1, 2}, {0x91, 108}, {1, 107}, {31, 105}, {0, 32}}, "", 0},
      {"dynamic, no code lengths", {{1, 1}, {2, 2}, {0, 10}, {15, 4}, {0, 32}, {0, 32}}, "", 0},
  };
  size_t i, j;
  (void)state;
  for (i = 0; i < sizeof table / sizeof *table; i++) {
    bits b = {0};
    for (j = 0; j < 8; j++) {
      if (table[i].at[j].size >= 100)
        put_code(&b, table[i].at[j].value, table[i].at[j].size - 100);
      else
        put(&b, table[i].at[j].value, table[i].at[j].size);
    }
    for (j = 0; !table[i].good && j < 300 / 8; j++) add_byte(&b.to, 0); /* so that nothing ends early */
    assert_deflate(&b, table[i].good, table[i].out);
  }
}

/* ---- sizes ---- */

static bytes noise(size_t len) {
  bytes b = {0};
  uint32_t seed = 1;
  size_t i;
  for (i = 0; i < len; i++) {
    seed = seed * 1664525 + 1013904223;
    add_byte(&b, seed >> 24);
  }
  return b;
}

/* Matches reach back over the ends of outputs and pieces, as far as 32 KiB. */
static void long_data(void **state) {
  static const size_t pieces[] = {1, 100, 4096, 1 << 30}, windows[] = {1000, 32768, 65536};
  bytes data = {0}, b = {0}, part = noise(32000);
  reading r = reading_new(400000);
  uint64_t marks = 0;
  size_t i, j;
  (void)state;
  for (i = 0; i < 10; i++) {
    add(&data, part.at, part.len);
    add(&data, text, TEXT_LEN);
  }
  add_member(&b, 0, data.at, data.len);
  assert_true(b.len < 50000);
  for (i = 0; i < sizeof windows / sizeof *windows; i++) {
    for (j = 0; j < sizeof pieces / sizeof *pieces; j++) {
      read_in_pieces(&r, b.at, b.len, pieces[j], windows[i]);
      assert_int_equal(r.end, TRPT_CODE_NONE);
      assert_int_equal(r.out_len, data.len);
      assert_memory_equal(r.out, data.at, data.len);
      assert_int_equal(r.mark_count, (data.len - 1) / windows[i]);
      if (j != 0) assert_int_equal(r.marks, marks);
      marks = r.marks;
    }
  }
  free(r.out);
  free(data.at);
  free(b.at);
  free(part.at);
}

/* More than an engine is given at once, in and out. The last bytes may come later: then the member is not whole at first. */
static void check_long_piece(bytes data, size_t later) {
  bytes b = {0};
  uint8_t *out = malloc(data.len + 1);
  size_t in_used, out_len, rest_len;
  trpt_gzip gzip;
  assert_non_null(out);
  add_header(&b, 0);
  add_deflate(&b, data.at, data.len, 9, Z_DEFAULT_STRATEGY);
  add_trailer(&b, data.at, data.len);
  const size_t first = b.len - later;
  trpt_gzip_init(&gzip, inflater);
  assert_int_equal(trpt_gzip_read(&gzip, b.at, first, &in_used, out, data.len + 1, &out_len), TRPT_GZIP_MORE);
  assert_int_equal(in_used, first);
  assert_int_equal(
      trpt_gzip_read(&gzip, b.at + first, later, &in_used, out + out_len, data.len + 1 - out_len, &rest_len),
      TRPT_GZIP_MORE);
  assert_int_equal(in_used, later);
  assert_int_equal(out_len + rest_len, data.len);
  assert_memory_equal(out, data.at, data.len);
  assert_int_equal(trpt_gzip_finish(&gzip), TRPT_GZIP_MORE);
  assert_int_equal(trpt_gzip_bits_used(&gzip), 8 * b.len);
  free(out);
  free(b.at);
}

static void long_pieces(void **state) {
  (void)state;
  bytes random = noise((5 << 20) + 3), zeros = {0};
  for (size_t i = 0; i < (5 << 20) + 3; i++) add_byte(&zeros, 0);
  for (size_t later = 0; later <= TRAILER_SIZE + 1; later += TRAILER_SIZE + 1) {
    check_long_piece(random, later);
    check_long_piece(zeros, later);
  }
  free(random.at);
  free(zeros.at);
}

/* Each byte half as often as the one before: the last ones have the longest codes, and no room is left for the very last. */
static void no_room_for_a_long_code(void **state) {
  bytes data = {0}, b = {0};
  (void)state;
  for (unsigned i = 0; i < 14; i++)
    for (unsigned times = 1U << (13 - i); times; times--) add_byte(&data, i);
  add_header(&b, 0);
  add_deflate(&b, data.at, data.len, 9, Z_HUFFMAN_ONLY);
  add_trailer(&b, data.at, data.len);
  reading r = reading_new(data.len);
  for (size_t less = 0; less < 4; less++) {
    read_in_pieces(&r, b.at, b.len, b.len, data.len - less);
    assert_int_equal(r.end, TRPT_CODE_NONE);
    assert_int_equal(r.out_len, data.len);
    assert_memory_equal(r.out, data.at, data.len);
  }
  free(r.out);
  free(data.at);
  free(b.at);
}

/* A bomb is inflated window by window, and the bits used for it can be told at each. */
static void bomb(void **state) {
  const size_t size = 16 << 20;
  static uint8_t window[65536];
  uint8_t *zeros = calloc(1, size);
  bytes b = {0};
  size_t in_used, out_len, i, used = 0;
  trpt_gzip gzip;
  (void)state;
  assert_non_null(zeros);
  add_member(&b, 0, zeros, size);
  trpt_gzip_init(&gzip, inflater);
  for (i = 1; i < size / sizeof window; i++) {
    assert_int_equal(trpt_gzip_read(&gzip, b.at + used, b.len - used, &in_used, window, sizeof window, &out_len),
                     TRPT_GZIP_OUTPUT);
    used += in_used;
    assert_int_equal(out_len, sizeof window);
    assert_int_equal(gzip.out_total, i * sizeof window);
    assert_in_range(trpt_gzip_bits_used(&gzip), gzip.out_total * 8 / 1032, gzip.out_total * 8 / 1000 + 8 * 200);
  }
  free(zeros);
  free(b.at);
}

/* Fixed codes of eight bits: when the output is full, the code of the byte that has no room is used. */
static void bits_used(void **state) {
  bytes file = {0};
  bits b = {0};
  uint8_t out[1];
  size_t in_used, out_len, used = 0, i;
  trpt_gzip gzip;
  (void)state;
  put(&b, 1 | 1 << 1, 3);
  for (i = 0; i < 10; i++) put_code(&b, 0x30 + 'a', 8);
  put_code(&b, 0, 7);
  add_header(&file, 0);
  add(&file, b.to.at, b.to.len);
  trpt_gzip_init(&gzip, inflater);
  assert_int_equal(trpt_gzip_bits_used(&gzip), 0);
  for (i = 1; i < 10; i++) {
    assert_int_equal(trpt_gzip_read(&gzip, file.at + used, file.len - used, &in_used, out, 1, &out_len),
                     TRPT_GZIP_OUTPUT);
    used += in_used;
    assert_int_equal(trpt_gzip_bits_used(&gzip), 8 * HEADER_SIZE + 3 + 8 * (i + 1));
  }
  assert_int_equal(trpt_gzip_read(&gzip, file.at + used, file.len - used, &in_used, out, 1, &out_len), TRPT_GZIP_MORE);
  assert_int_equal(trpt_gzip_bits_used(&gzip), 8 * file.len);
  free(file.at);
  free(b.to.at);
}

static void many_empty_members(void **state) {
  bytes b = {0};
  size_t i;
  reading r = reading_new(10);
  (void)state;
  for (i = 0; i < 50000; i++) add_member(&b, 0, "", 0);
  for (i = 1; i <= b.len; i += b.len - 1) {
    read_in_pieces(&r, b.at, b.len, i, 1);
    assert_int_equal(r.end, TRPT_CODE_NONE);
    assert_int_equal(r.out_len, 0);
    assert_int_equal(r.event_count, 1);
  }
  free(r.out);
  free(b.at);
}

/* ---- the rest of what gzip.h says ---- */

static void bad_is_for_ever(void **state) {
  trpt_gzip gzip;
  uint8_t out[1];
  size_t in_used, out_len;
  (void)state;
  trpt_gzip_init(&gzip, inflater);
  assert_int_equal(trpt_gzip_read(&gzip, (const uint8_t *)"x", 1, &in_used, out, 1, &out_len), TRPT_GZIP_BAD);
  assert_int_equal(trpt_gzip_read(&gzip, (const uint8_t *)"\x1f", 1, &in_used, out, 1, &out_len), TRPT_GZIP_BAD);
  assert_int_equal(in_used, 0);
  assert_int_equal(out_len, 0);
  assert_int_equal(trpt_gzip_finish(&gzip), TRPT_GZIP_BAD);
  assert_int_equal(gzip.code, TRPT_CODE_GZIP_BAD_MAGIC);
  assert_int_equal(gzip.offset, 0);
  trpt_gzip_reset(&gzip);
  assert_int_equal(trpt_gzip_read(&gzip, (const uint8_t *)"\x1f", 1, &in_used, out, 1, &out_len), TRPT_GZIP_MORE);
  assert_int_equal(trpt_gzip_finish(&gzip), TRPT_GZIP_BAD);
  assert_int_equal(gzip.code, TRPT_CODE_GZIP_TRUNCATED);
  assert_int_equal(trpt_gzip_finish(&gzip), TRPT_GZIP_BAD);
  assert_int_equal(gzip.offset, 1);
}

/* What was read before, and how it ended, leaves no trace. */
static void reset_forgets(void **state) {
  bytes b = {0};
  size_t len, i;
  reading r = reading_new(1000);
  (void)state;
  add_member(&b, 0, text, TEXT_LEN);
  for (len = 0; len < b.len; len += 3) {
    for (i = 0; i < 2; i++) {
      b.at[30] ^= (uint8_t)(i * 0x55);
      read_in_pieces(&r, b.at, len, b.len, 100);
      b.at[30] ^= (uint8_t)(i * 0x55);
      read_in_pieces(&r, b.at, b.len, b.len, 100);
      assert_int_equal(r.end, TRPT_CODE_NONE);
      assert_int_equal(r.out_len, TEXT_LEN);
      assert_memory_equal(r.out, text, TEXT_LEN);
    }
  }
  free(r.out);
  free(b.at);
}

static void nothing_is_allocated(void **state) {
  bytes data = noise(100000), b = {0};
  void *memory = malloc(trpt_inflate_size());
  trpt_inflate *own, *before = inflater;
  reading r = reading_new(400000);
  size_t count;
  (void)state;
  assert_non_null(memory);
  add(&data, data.at, 30000);
  add_member(&b, NAME, data.at, data.len);
  add_member(&b, HCRC, text, TEXT_LEN);
  count = allocations;
  own = trpt_inflate_init(memory);
  assert_ptr_equal(own, memory);
  inflater = own;
  read_in_pieces(&r, b.at, b.len, b.len, 65536);
  read_in_pieces(&r, b.at, b.len, 999, 65536);
  b.at[200] ^= 0xff;
  read_in_pieces(&r, b.at, b.len, 999, 65536);
  inflater = before;
  assert_int_equal(allocations, count);
  free(memory);
  free(r.out);
  free(data.at);
  free(b.at);
}

static void crc_of_every_length(void **state) {
  const bytes data = noise(1100);
  size_t len, at;
  (void)state;
  for (len = 0; len < 1000; len++) {
    for (at = 0; at < 17; at++) {
      assert_int_equal(trpt_inflate_crc32(0, data.at + at, len), crc32_z(0, data.at + at, len));
      assert_int_equal(trpt_inflate_crc32(0x12345678, data.at + at, len), crc32_z(0x12345678, data.at + at, len));
    }
  }
  free(data.at);
}

/* Every kind of block, and every level of zlib, read in every way. */
static void levels(void **state) {
  static const int strategies[] = {Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED};
  size_t i;
  int level;
  (void)state;
  for (level = 0; level <= 9; level++) {
    for (i = 0; i < sizeof strategies / sizeof *strategies; i++) {
      bytes b = {0};
      add_header(&b, 0);
      add_deflate(&b, text, TEXT_LEN, level, strategies[i]);
      add_trailer(&b, text, TEXT_LEN);
      assert_reads(&b, text, TEXT_LEN, 0);
      free(b.at);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(used_memory),
      cmocka_unit_test(every_header),
      cmocka_unit_test(empty_fields),
      cmocka_unit_test(wrong_header),
      cmocka_unit_test(wrong_header_crc),
      cmocka_unit_test(members),
      cmocka_unit_test(wrong_second_member),
      cmocka_unit_test(trailing),
      cmocka_unit_test(every_truncation),
      cmocka_unit_test(wrong_trailer),
      cmocka_unit_test(every_bit),
      cmocka_unit_test(dynamic_blocks),
      cmocka_unit_test(other_blocks),
      cmocka_unit_test(levels),
      cmocka_unit_test(long_data),
      cmocka_unit_test(long_pieces),
      cmocka_unit_test(no_room_for_a_long_code),
      cmocka_unit_test(bomb),
      cmocka_unit_test(bits_used),
      cmocka_unit_test(many_empty_members),
      cmocka_unit_test(bad_is_for_ever),
      cmocka_unit_test(reset_forgets),
      cmocka_unit_test(nothing_is_allocated),
      cmocka_unit_test(crc_of_every_length),
  };
  return cmocka_run_group_tests_name("inflate", tests, set_up, tear_down);
}
