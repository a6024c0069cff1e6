/* SPDX-License-Identifier: MIT */
/* RFC 1951, in the order of its sections. Refuses what zlib refuses: more than 286 or 30 symbols, symbols without a meaning,
   distances beyond the start of the output, and codes that are over-subscribed or incomplete, but for a single code of one
   bit or no distance code at all. */

#include "whole.h"

#include <string.h>

#define NEVER_INLINE __attribute__((noinline)) /* rare code, which would take registers from the common */

/* An entry of a code's table: the value of the symbol, its kind, the length of the code, and that length plus the number of
   extra bits. Entries of no kind are of codes that do not exist or are longer than the table. The value of a match, which
   is a length or distance, is its base. */
enum { LITERAL = 0x1000, MATCH = 0x2000, END = 0x4000, ANY_KIND = LITERAL | MATCH | END };
enum { VALUE_SHIFT = 16, LENGTH_SHIFT = 8, LENGTH_1 = 1 << LENGTH_SHIFT | 1 };

/* The symbols without the lengths of their codes: section 3.2.5. The last two of both have no meaning. */
#define BYTE(n)        ((uint32_t)(n) << VALUE_SHIFT | LITERAL)
#define BYTES4(n)      BYTE(n), BYTE((n) + 1), BYTE((n) + 2), BYTE((n) + 3)
#define BYTES16(n)     BYTES4(n), BYTES4((n) + 4), BYTES4((n) + 8), BYTES4((n) + 12)
#define BYTES64(n)     BYTES16(n), BYTES16((n) + 16), BYTES16((n) + 32), BYTES16((n) + 48)
#define BASE(n, extra) ((uint32_t)(n) << VALUE_SHIFT | MATCH | (extra))
#define BASES2(extra)  BASE((2 << (extra)) + 1, extra), BASE((3 << (extra)) + 1, extra)
#define BASES4(extra)                                                                                                  \
  BASE((4 << (extra)) + 3, extra), BASE((5 << (extra)) + 3, extra), BASE((6 << (extra)) + 3, extra),                   \
      BASE((7 << (extra)) + 3, extra)

enum { END_OF_BLOCK = 256, MAX_LITERALS = 286, MAX_DISTANCES = 30, LENGTH_CODES = 19, MAX_REPEAT = 138 };

static const uint32_t literals[MAX_LITERALS + 2] = {
    BYTES64(0), BYTES64(64), BYTES64(128), BYTES64(192), END,       BASE(3, 0), BASE(4, 0), BASE(5, 0),
    BASE(6, 0), BASES4(0),   BASES4(1),    BASES4(2),    BASES4(3), BASES4(4),  BASES4(5),  BASE(258, 0)};
static const uint32_t distances[MAX_DISTANCES + 2] = {
    BASE(1, 0), BASE(2, 0), BASES2(0), BASES2(1), BASES2(2),  BASES2(3),  BASES2(4),  BASES2(5),
    BASES2(6),  BASES2(7),  BASES2(8), BASES2(9), BASES2(10), BASES2(11), BASES2(12), BASES2(13)};

typedef struct alphabet {
  const uint32_t *entries;
  unsigned table_bits;
} alphabet;

static const alphabet literal_alphabet = {literals, TRPT_CODE_TABLE_BITS};
static const alphabet distance_alphabet = {distances, 8};
static const alphabet length_alphabet = {literals, 7};

/* ---- bits: section 3.1.1 ---- */

/* Beyond the end of the input all bits are 0, so that only the end of the data needs to be checked. */
typedef struct decoder {
  const uint8_t *in;
  size_t len, at; /* of the input, and of the next byte in it */
  uint64_t bits;  /* the first `count` are those before it */
  unsigned count; /* at least 56 after refill */
  uint8_t *out, *next, *end;
} decoder;

/* Whether a bit was consumed that the input does not have. */
static bool is_beyond(const decoder *d) { return 8 * d->at - d->count > 8 * d->len; }

/* Fewer than eight bytes are left. */
static NEVER_INLINE uint64_t load_last(const uint8_t *in, size_t len, size_t at) {
  uint64_t word = 0;
  for (size_t i = 0; at + i < len; i++) word |= (uint64_t)in[at + i] << 8 * i;
  return word;
}

static inline uint64_t load(const uint8_t *in) {
  const uint32_t low = in[0] | (uint32_t)in[1] << 8 | (uint32_t)in[2] << 16 | (uint32_t)in[3] << 24;
  return low | (uint64_t)in[4] << 32 | (uint64_t)in[5] << 40 | (uint64_t)in[6] << 48 | (uint64_t)in[7] << 56;
}

static inline void refill(decoder *d) {
  d->bits |= (d->at + 8 <= d->len ? load(d->in + d->at) : load_last(d->in, d->len, d->at)) << d->count;
  d->at += (63 - d->count) / 8;
  d->count |= 56;
}

static inline void drop(decoder *d, unsigned count) {
  d->bits >>= count;
  d->count -= count;
}

static inline unsigned take(decoder *d, unsigned count) {
  const unsigned value = (unsigned)d->bits & ((1U << count) - 1);
  drop(d, count);
  return value;
}

/* ---- codes: section 3.2.2 ---- */

/* Most codes have few symbols. Eight without a code are skipped at once, at multiples of eight. */
static inline bool skip_zeros(const uint8_t *lengths, unsigned *symbol) {
  static const uint8_t zeros[8];
  if (*symbol % 8 || memcmp(lengths + *symbol, zeros, sizeof zeros) != 0) return false;
  *symbol += 7;
  return true;
}

/* The codes of a length, with reversed bits as in the input, go to the places that shorter codes left free. Doubling the table
   adds a bit to all that it has. */
static void fill(trpt_code_table *code, const alphabet *a) {
  const uint16_t *symbol = code->symbols;
  unsigned at = 0;
  code->entries[0] = 0;
  for (unsigned length = 1; length <= a->table_bits; length++) {
    const size_t half = (size_t)1 << (length - 1);
    memcpy(code->entries + half, code->entries, half * sizeof *code->entries);
    for (unsigned i = 0; i < code->counts[length]; i++) {
      code->entries[at] = a->entries[*symbol++] + length * LENGTH_1;
      unsigned bit = (unsigned)half;
      for (; at & bit; bit >>= 1) at ^= bit;
      at |= bit;
    }
  }
}

/* Sorts the symbols by the lengths of their codes. Returns false if the code is over-subscribed or incomplete. Reads up to
   seven bytes beyond `lengths`, whose values do not matter. */
static bool build(trpt_code_table *code, const alphabet *a, const uint8_t *lengths, unsigned count, bool is_complete) {
  unsigned starts[TRPT_CODE_MAX_LENGTH + 1];
  unsigned start = 0;
  int left = 1;
  memset(code->counts, 0, sizeof code->counts);
  for (unsigned symbol = 0; symbol < count; symbol++)
    if (!skip_zeros(lengths, &symbol)) code->counts[lengths[symbol]]++;
  for (unsigned length = 1; length <= TRPT_CODE_MAX_LENGTH; length++) {
    left = 2 * left - code->counts[length];
    if (left < 0) return false;
    starts[length] = start;
    start += code->counts[length];
  }
  if (left && (is_complete || start != code->counts[1])) return false;
  starts[0] = start; /* those without a code come last */
  for (unsigned symbol = 0; symbol < count; symbol++)
    if (!skip_zeros(lengths, &symbol)) code->symbols[starts[lengths[symbol]]++] = (uint16_t)symbol;
  fill(code, a);
  return true;
}

/* The entry of a code that the table does not have, or one of no kind. */
static NEVER_INLINE uint32_t decode_long(const trpt_code_table *code, const alphabet *a, uint64_t bits) {
  const uint16_t *symbols = code->symbols;
  unsigned offset = 0; /* of the code among those of its length */
  for (unsigned length = 1; length <= TRPT_CODE_MAX_LENGTH; length++, bits >>= 1) {
    const unsigned count = code->counts[length];
    offset = 2 * offset + (unsigned)(bits & 1);
    if (offset < count) return a->entries[symbols[offset]] + length * LENGTH_1;
    offset -= count;
    symbols += count;
  }
  return 0;
}

/* ---- blocks: section 3.2.3 ---- */

static bool read_stored(decoder *d) {
  drop(d, d->count % 8);
  refill(d);
  const unsigned len = take(d, 16);
  if (take(d, 16) != (len ^ 0xFFFF) || is_beyond(d)) return false;
  d->at -= d->count / 8;
  d->bits = 0;
  d->count = 0;
  if (len > d->len - d->at || len > (size_t)(d->end - d->next)) return false;
  memcpy(d->next, d->in + d->at, len);
  d->at += len;
  d->next += len;
  return true;
}

/* Both codes are complete, so they can be built. */
static void begin_fixed(trpt_whole *whole) {
  uint8_t lengths[TRPT_CODE_MAX_SYMBOLS];
  if (whole->has_fixed) return; /* so that many empty blocks take no longer than others */
  memset(lengths, 8, sizeof lengths);
  memset(lengths + 144, 9, 112);
  memset(lengths + 256, 7, 24);
  (void)build(&whole->literals, &literal_alphabet, lengths, TRPT_CODE_MAX_SYMBOLS, true);
  memset(lengths, 5, MAX_DISTANCES + 2);
  (void)build(&whole->distances, &distance_alphabet, lengths, MAX_DISTANCES + 2, true);
  whole->has_fixed = true;
}

/* Reads `count` code lengths, which are compressed themselves: symbols 16 to 18 repeat the last length or 0. Writes up to
   MAX_REPEAT bytes more. */
static bool read_lengths(decoder *d, const trpt_code_table *code, uint8_t *lengths, unsigned count) {
  unsigned times;
  for (unsigned n = 0; n < count; n += times) {
    refill(d);
    const uint32_t entry = code->entries[d->bits & 127];
    const unsigned symbol = entry >> VALUE_SHIFT;
    drop(d, entry & 0xFF);
    times = symbol < 16 ? 1 : symbol == 16 ? 3 + take(d, 2) : symbol == 17 ? 3 + take(d, 3) : 11 + take(d, 7);
    if (times > count - n || (symbol == 16 && n == 0)) return false;
    if (symbol < 16)
      lengths[n] = (uint8_t)symbol;
    else if (symbol == 16)
      memset(lengths + n, lengths[n - 1], 6);
    else
      memset(lengths + n, 0, MAX_REPEAT);
  }
  return true;
}

/* Section 3.2.7. The code of the lengths lies where that of the distances follows. */
static bool begin_dynamic(trpt_whole *whole, decoder *d) {
  static const uint8_t order[LENGTH_CODES] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  uint8_t lengths[MAX_LITERALS + MAX_DISTANCES + MAX_REPEAT] = {0};
  uint8_t code_lengths[LENGTH_CODES + 7] = {0};
  const unsigned literal_count = 257 + take(d, 5), distance_count = 1 + take(d, 5), code_count = 4 + take(d, 4);
  whole->has_fixed = false;
  if (literal_count > MAX_LITERALS || distance_count > MAX_DISTANCES) return false;
  for (unsigned i = 0; i < code_count; i++) {
    if (i % 16 == 0) refill(d);
    code_lengths[order[i]] = (uint8_t)take(d, 3);
  }
  return build(&whole->distances, &length_alphabet, code_lengths, LENGTH_CODES, true) &&
         read_lengths(d, &whole->distances, lengths, literal_count + distance_count) && lengths[END_OF_BLOCK] &&
         build(&whole->literals, &literal_alphabet, lengths, literal_count, false) &&
         build(&whole->distances, &distance_alphabet, lengths + literal_count, distance_count, false);
}

static inline uint32_t look_up(const trpt_code_table *code, const alphabet *a, uint64_t bits) {
  return code->entries[bits & ((1U << a->table_bits) - 1)];
}

/* Consumes a code and its extra bits, and returns its value. */
static inline unsigned take_value(decoder *d, uint32_t entry) {
  return (entry >> VALUE_SHIFT) + (take(d, entry & 0xFF) >> (entry >> LENGTH_SHIFT & 0xF));
}

/* Source and target may overlap: then bytes repeat. In larger steps where they do not, and where a step may go beyond. */
static inline void copy_match(decoder *d, size_t distance, size_t len) {
  uint8_t *to = d->next;
  const uint8_t *from = to - distance;
  d->next += len;
  if (distance >= 16 && (size_t)(d->end - to) >= len + 16)
    for (; to < d->next; to += 16, from += 16) memcpy(to, from, 16);
  else if (distance == 1)
    memset(to, *from, len);
  else
    while (to < d->next) *to++ = *from++;
}

static inline bool read_match(decoder *d, const trpt_code_table *code, uint32_t entry) {
  const unsigned len = take_value(d, entry);
  refill(d);
  entry = look_up(code, &distance_alphabet, d->bits);
  if (!(entry & ANY_KIND)) entry = decode_long(code, &distance_alphabet, d->bits);
  const unsigned distance = take_value(d, entry);
  if (!(entry & MATCH) || distance > (size_t)(d->next - d->out) || len > (size_t)(d->end - d->next)) return false;
  copy_match(d, distance, len);
  return true;
}

static inline bool read_literal(decoder *d, uint32_t entry) {
  if (d->next == d->end) return false;
  *d->next++ = (uint8_t)take_value(d, entry);
  return true;
}

/* 56 bits suffice for three literals of the table and a length: 3 * 10 + 15 + 5. */
static bool read_symbols(const trpt_whole *whole, decoder *state) {
  decoder d = *state; /* a copy, which the compiler keeps in registers */
  uint32_t entry;
  do {
    refill(&d);
    entry = look_up(&whole->literals, &literal_alphabet, d.bits);
    for (unsigned i = 0; i < 3 && entry & LITERAL; i++) {
      if (!read_literal(&d, entry)) return false;
      entry = look_up(&whole->literals, &literal_alphabet, d.bits);
    }
    if (entry & LITERAL) continue;
    if (!(entry & ANY_KIND)) entry = decode_long(&whole->literals, &literal_alphabet, d.bits);
    if (entry & LITERAL && !read_literal(&d, entry)) return false;
    if (entry & MATCH && !read_match(&d, &whole->distances, entry)) return false;
  } while (entry & (LITERAL | MATCH));
  drop(&d, entry & 0xFF);
  *state = d;
  return entry & END;
}

static bool read_block(trpt_whole *whole, decoder *d, unsigned type) {
  switch (type) {
  case 0: return read_stored(d);
  case 1: begin_fixed(whole); break;
  case 2:
    if (!begin_dynamic(whole, d)) return false;
    break;
  default: return false;
  }
  return read_symbols(whole, d);
}

bool trpt_whole_inflate(trpt_whole *whole, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                        size_t out_capacity, size_t *out_len) {
  const size_t most = TRPT_WHOLE_MOST(out_capacity);
  decoder d = {.in = in, .len = in_len < most ? in_len : most, .out = out, .next = out, .end = out + out_capacity};
  for (bool is_last = false; !is_last;) {
    refill(&d);
    is_last = take(&d, 1);
    if (!read_block(whole, &d, take(&d, 2))) return false;
  }
  if (is_beyond(&d)) return false;
  *in_used = d.at - d.count / 8;
  *out_len = (size_t)(d.next - out);
  return true;
}
