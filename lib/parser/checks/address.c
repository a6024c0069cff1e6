/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include <stdbool.h>
#include <string.h>

#include "../../base/copy.h"
#include "../../base/scan.h"
#include "../../base/text.h"

/* IP addresses: the IPv4address of RFC 8460 s4.4 and the IPv6 text of RFC 4291 s2.2. inet_pton cannot be used: it needs a NUL,
   does not report the form, and differs between systems. */

/* The longest IPv6 text: six groups of four digits and an IPv4 address. */
enum { ADDRESS_MAX_LEN = 45 };

/* The IANA registries of special-purpose addresses (RFC 6890): blocks that are not globally reachable, including
   documentation, with the smaller reachable blocks inside them; and multicast. No mail server on the public Internet has
   such an address. The first matching row counts. */

typedef struct ipv4_block {
  uint32_t prefix;
  uint32_t mask;
  bool special;
} ipv4_block;

typedef struct ipv6_block {
  uint64_t prefix; /* the first eight bytes of the address; only two functions need more */
  uint64_t mask;
  bool special;
} ipv6_block;

#define IPV4(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))
#define IPV4_BITS(bits)  (UINT32_MAX << (32 - (bits)))
#define IPV6(a, b, c, d) ((uint64_t)(a) << 48 | (uint64_t)(b) << 32 | (uint64_t)(c) << 16 | (uint64_t)(d))
#define IPV6_BITS(bits)  (UINT64_MAX << (64 - (bits)))

/* Sorted by the first byte. */
static const ipv4_block ipv4_blocks[] = {
    {IPV4(0, 0, 0, 0), IPV4_BITS(8), true},       /* this network, RFC 791 */
    {IPV4(10, 0, 0, 0), IPV4_BITS(8), true},      /* private, RFC 1918 */
    {IPV4(100, 64, 0, 0), IPV4_BITS(10), true},   /* shared by a carrier's customers, RFC 6598 */
    {IPV4(127, 0, 0, 0), IPV4_BITS(8), true},     /* loopback, RFC 1122 */
    {IPV4(169, 254, 0, 0), IPV4_BITS(16), true},  /* link-local, RFC 3927 */
    {IPV4(172, 16, 0, 0), IPV4_BITS(12), true},   /* private */
    {IPV4(192, 168, 0, 0), IPV4_BITS(16), true},  /* private */
    {IPV4(192, 0, 2, 0), IPV4_BITS(24), true},    /* documentation, RFC 5737 */
    {IPV4(192, 0, 0, 9), IPV4_BITS(32), false},   /* Port Control Protocol anycast, RFC 7723 */
    {IPV4(192, 0, 0, 10), IPV4_BITS(32), false},  /* TURN anycast, RFC 8155 */
    {IPV4(192, 0, 0, 0), IPV4_BITS(24), true},    /* protocol assignments, RFC 6890 */
    {IPV4(192, 88, 99, 2), IPV4_BITS(32), true},  /* 6a44 relay anycast, RFC 6751 */
    {IPV4(198, 51, 100, 0), IPV4_BITS(24), true}, /* documentation */
    {IPV4(198, 18, 0, 0), IPV4_BITS(15), true},   /* benchmarking, RFC 2544 */
    {IPV4(203, 0, 113, 0), IPV4_BITS(24), true},  /* documentation */
    {IPV4(224, 0, 0, 0), IPV4_BITS(3), true},     /* multicast, RFC 5771; reserved, RFC 1112; broadcast, RFC 919 */
};

/* For each first byte below the last block: the first row with that byte, plus one. For most public addresses this one lookup
   is enough. */
static const uint8_t ipv4_rows[224] = {
    [0] = 1, [10] = 2, [100] = 3, [127] = 4, [169] = 5, [172] = 6, [192] = 7, [198] = 13, [203] = 15,
};

static const ipv6_block ipv6_blocks[] = {
    {IPV6(0xfe80, 0, 0, 0), IPV6_BITS(10), true},      /* link-local, RFC 4291 */
    {IPV6(0xfc00, 0, 0, 0), IPV6_BITS(7), true},       /* unique local, RFC 4193 */
    {IPV6(0x3fff, 0, 0, 0), IPV6_BITS(20), true},      /* documentation, RFC 9637 */
    {IPV6(0x2001, 3, 0, 0), IPV6_BITS(32), false},     /* AMT, RFC 7450 */
    {IPV6(0x2001, 4, 0x112, 0), IPV6_BITS(48), false}, /* AS112, RFC 7535 */
    {IPV6(0x2001, 0x20, 0, 0), IPV6_BITS(28), false},  /* ORCHIDv2, RFC 7343 */
    {IPV6(0x2001, 0x30, 0, 0), IPV6_BITS(28), false},  /* drone identification, RFC 9374 */
    {IPV6(0x2001, 0, 0, 0), IPV6_BITS(23), true},      /* protocol assignments, RFC 2928 */
    {IPV6(0x64, 0xff9b, 1, 0), IPV6_BITS(48), true},   /* local translation, RFC 8215 */
    {IPV6(0x100, 0, 0, 0), IPV6_BITS(64), true},       /* discard-only, RFC 6666 */
    {IPV6(0x100, 0, 0, 1), IPV6_BITS(64), true},       /* dummy, RFC 9780 */
    {IPV6(0x5f00, 0, 0, 0), IPV6_BITS(16), true},      /* segment routing, RFC 9602 */
    {IPV6(0xfec0, 0, 0, 0), IPV6_BITS(10), true},      /* site-local, RFC 3879 */
    {IPV6(0xff00, 0, 0, 0), IPV6_BITS(8), true},       /* multicast, RFC 4291 */
};

/* ---- IPv4 ---- */

static inline uint32_t word_of(const char *text) { return (uint32_t)trpt_scan_word(text, 4); }
static inline unsigned first_bit(uint64_t bits) { return (unsigned)__builtin_ctzll(bits); }

static inline trpt_block dots(trpt_block v) { return trpt_block_is(v, '.'); }
static inline trpt_block zero_digits(trpt_block v) { return trpt_block_is(v, '0'); }

/* Of an octet of three digits: those after which it is too large, and those with which that depends on the next one. */
static inline trpt_block above_two(trpt_block v) { return trpt_block_in(v, '3', '9'); }
static inline trpt_block twos(trpt_block v) { return trpt_block_is(v, '2'); }
static inline trpt_block above_five(trpt_block v) { return trpt_block_in(v, '6', '9'); }
static inline trpt_block fives(trpt_block v) { return trpt_block_is(v, '5'); }

/* The dots of an IPv4address, that is four dec-octets of 0 to 255 without leading zeros; 0 for any other text. Bit i of each set is
   byte i. No branch depends on the text. */
static inline uint64_t ipv4_dots(const char *text, size_t len) {
  if (len < 7 || len > 15) return 0;
  const uint64_t dot = trpt_scan_bits(text, len, dots), digit = trpt_scan_bits(text, len, trpt_block_digits);
  const uint64_t third = dot & (dot - 1), last = third & (third - 1); /* without the first dot; without the first two */
  const uint64_t begins = digit & ~(digit << 1), two_digits = digit & digit >> 1,
                 three_digits = two_digits & digit >> 2;
  const uint64_t over_55 = trpt_scan_bits(text, len, above_five) |
                           (trpt_scan_bits(text, len, fives) & trpt_scan_bits(text, len, above_five) >> 1);
  const uint64_t over_255 = trpt_scan_bits(text, len, above_two) | (trpt_scan_bits(text, len, twos) & over_55 >> 1);
  uint64_t wrong = ((dot | digit) ^ trpt_scan_all(len)) | (dot & (dot << 1 | 1)) | dot >> (len - 1);
  wrong |= (three_digits & digit >> 3) | (begins & three_digits & over_255);
  wrong |= begins & two_digits & trpt_scan_bits(text, len, zero_digits);
  return wrong || !last || last & (last - 1) ? 0 : dot;
}

/* The first octet, of `len` digits. At least four bytes follow its begin. */
static inline uint32_t first_octet(const char *text, unsigned len) {
  const uint32_t word = word_of(text) << 8 * (4 - len);
  return (word >> 24 & 0xF) + 10 * (word >> 16 & 0xF) + 100 * (word >> 8 & 0xF);
}

/* The number that an IPv4address stands for. */
static uint32_t read_ipv4(const char *text, size_t len) {
  uint32_t address = 0, octet = 0;
  for (const char *at = text; at < text + len; at++) {
    const bool is_end = *at == '.';
    if (is_end) address = address << 8 | octet;
    octet = is_end ? 0 : octet * 10 + (uint32_t)(*at & 0xF);
  }
  return address << 8 | octet;
}

/* Of an IPv4address with these dots. The table of first octets decides for most public addresses. */
static inline bool is_special_ipv4(const char *text, size_t len, uint64_t dot) {
  const uint32_t first = first_octet(text, first_bit(dot));
  if (first >= sizeof ipv4_rows) return true;
  if (!ipv4_rows[first]) return false;
  const uint32_t address = read_ipv4(text, len);
  for (const ipv4_block *block = &ipv4_blocks[ipv4_rows[first] - 1]; block->prefix >> 24 == first; block++)
    if ((address & block->mask) == block->prefix) return block->special;
  return false;
}

/* ---- IPv6, in a copy that ends in NUL: no rule matches NUL, so none has to check for the end at each byte ---- */

enum { GROUPS = 8 };

typedef struct ipv6 {
  uint16_t groups[GROUPS]; /* as written, without those that "::" stands for */
  int count;               /* number of groups */
  int gap;                 /* number of groups before "::"; -1 if there is none */
  unsigned zeros;          /* bit i: group i, as written, is zero */
  bool padded;             /* a group has leading zeros */
  bool dotted;             /* the last two groups are written as an IPv4 address */
} ipv6;

/* Lower-case hex digits: the value plus HEX, so that 0 differs from a byte that is not a digit. */
enum { HEX = 0x10 };
static const uint8_t hex_class[256] = {
    ['0'] = HEX,      ['1'] = HEX + 1,  ['2'] = HEX + 2,  ['3'] = HEX + 3,  ['4'] = HEX + 4,  ['5'] = HEX + 5,
    ['6'] = HEX + 6,  ['7'] = HEX + 7,  ['8'] = HEX + 8,  ['9'] = HEX + 9,  ['a'] = HEX + 10, ['b'] = HEX + 11,
    ['c'] = HEX + 12, ['d'] = HEX + 13, ['e'] = HEX + 14, ['f'] = HEX + 15,
};

/* Appends one hex digit to a group. */
static inline bool add_digit(uint32_t *group, char c) {
  const uint32_t class = hex_class[(unsigned char)c];
  if (class == 0) return false;
  *group = (*group << 4) + class - HEX;
  return true;
}

/* One group of 16 bits: 1 to 4 hex digits. Returns its end, or NULL. */
static inline const char *take_group(const char *at, uint32_t *group) {
  *group = 0;
  if (!add_digit(group, at[0])) return NULL;
  if (!add_digit(group, at[1])) return at + 1;
  if (!add_digit(group, at[2])) return at + 2;
  return add_digit(group, at[3]) ? at + 4 : at + 3;
}

static inline void add_group(ipv6 *address, uint32_t group) {
  if (group == 0) address->zeros |= 1U << address->count;
  address->groups[address->count++] = (uint16_t)group;
}

/* The last 32 bits as an IPv4 address, RFC 4291 s2.2 item 3. */
static bool take_dotted(const char *at, const char *end, ipv6 *address) {
  const size_t len = (size_t)(end - at);
  if (address->count > GROUPS - 2 || !ipv4_dots(at, len)) return false;
  const uint32_t low = read_ipv4(at, len);
  add_group(address, low >> 16);
  add_group(address, low & 0xffff);
  address->dotted = true;
  return true;
}

/* All groups, to the end of the text. */
static inline bool read_groups(const char *at, const char *end, ipv6 *address) {
  if (*at == ':') {
    if (at[1] != ':') return false;
    address->gap = 0;
    at += 2;
    if (at == end) return true;
  }
  while (address->count < GROUPS) {
    uint32_t group;
    const char *next = take_group(at, &group);
    if (!next) return false;
    if (*next == '.') return take_dotted(at, end, address);
    if (*at == '0' && next - at > 1) address->padded = true;
    add_group(address, group);
    at = next;
    if (*at != ':') return at == end;
    if (*++at != ':') continue;
    if (address->gap >= 0) return false;
    address->gap = address->count;
    if (++at == end) return true;
  }
  return false;
}

/* Eight groups, or fewer and "::". */
static inline bool read_ipv6(const char *at, const char *end, ipv6 *address) {
  address->count = 0;
  address->gap = -1;
  address->zeros = 0;
  address->padded = address->dotted = false;
  return read_groups(at, end, address) && (address->gap < 0) == (address->count == GROUPS);
}

static int missing_groups(const ipv6 *address) { return GROUPS - address->count; }

/* The zero groups of the whole address, including those that "::" stands for. */
static unsigned all_zeros(const ipv6 *address) {
  if (address->gap < 0) return address->zeros;
  const unsigned missing = (unsigned)missing_groups(address), gap = (unsigned)address->gap;
  const unsigned before = (1U << gap) - 1;
  return (address->zeros & before) | (address->zeros & ~before) << missing | ((1U << missing) - 1) << gap;
}

/* Whether "::" stands for the first of the longest runs of zero groups (RFC 5952 s4.2.3) and for more than one group (s4.2.2);
   or there is neither such a run nor a "::". */
static bool is_best_gap(const ipv6 *address) {
  if (!address->zeros) return missing_groups(address) != 1;
  int length = 1;
  unsigned begins = all_zeros(address); /* bit i: at group i begins a run of `length` or more */
  for (unsigned longer; (longer = begins & all_zeros(address) >> length) != 0; begins = longer) length++;
  if (address->gap < 0) return length == 1;
  return length > 1 && length == missing_groups(address) && (begins & (0U - begins)) == 1U << address->gap;
}

/* IPv4-compatible and IPv4-mapped addresses, RFC 4291 s2.5.5, which RFC 5952 s5 writes with an IPv4 address. */
static bool holds_ipv4(const ipv6 *address) {
  int missing = missing_groups(address);
  return address->gap == 0 && (missing == 6 || (missing == 5 && address->groups[0] == 0xffff));
}

/* RFC 5952 s4 and s5: the form that inet_ntop writes. */
static bool is_canonical(const ipv6 *address) {
  return !address->padded && is_best_gap(address) && address->dotted == holds_ipv4(address);
}

/* Group i of the whole address. */
static uint64_t group_at(const ipv6 *address, int i) {
  int missing = missing_groups(address);
  if (missing == 0 || i < address->gap) return address->groups[i];
  return i < address->gap + missing ? 0 : address->groups[i - missing];
}

static uint64_t four_groups(const ipv6 *address, int i) {
  return group_at(address, i) << 48 | group_at(address, i + 1) << 32 | group_at(address, i + 2) << 16 |
         group_at(address, i + 3);
}

/* Under ::/64: unspecified and loopback, RFC 4291, and IPv4-mapped, ::ffff:0:0/96. */
static bool is_special_low(uint64_t low) { return low <= 1 || low >> 32 == 0xffff; }

/* In 2001:1::/64 only the anycast addresses ::1 (RFC 7723), ::2 (RFC 8155) and ::3 (RFC 9665) are reachable. */
static bool is_special_anycast(uint64_t low) { return low < 1 || low > 3; }

static bool is_special_ipv6(const ipv6 *address) {
  /* Most addresses are in 2000::/3, outside of the special parts of 2001::/16 and 3fff::/16. */
  const uint64_t first = group_at(address, 0), second = group_at(address, 1);
  if (first >> 13 == 1 && first != 0x2001 && first != 0x3fff) return false;
  if (first == 0x2001 && second > 0x1ff) return second == 0xdb8; /* documentation, RFC 3849 */
  const uint64_t high = four_groups(address, 0);
  if (high == 0) return is_special_low(four_groups(address, 4));
  if (high == IPV6(0x2001, 1, 0, 0)) return is_special_anycast(four_groups(address, 4));
  for (size_t i = 0; i < sizeof ipv6_blocks / sizeof ipv6_blocks[0]; i++)
    if ((high & ipv6_blocks[i].mask) == ipv6_blocks[i].prefix) return ipv6_blocks[i].special;
  return false;
}

static inline bool check_ipv6(const char *at, const char *end, bool capitals, trpt_codes *codes) {
  ipv6 address;
  if (!read_ipv6(at, end, &address)) return false;
  if (capitals || !is_canonical(&address)) trpt_codes_add(codes, TRPT_CODE_REPORT_IP_NOT_CANONICAL);
  if (is_special_ipv6(&address)) trpt_codes_add(codes, TRPT_CODE_REPORT_IP_SPECIAL);
  return true;
}

/* RFC 5952 s4.3 wants lower-case letters. An address with capitals is converted and read again. */
static bool check_capitals(char *text, const char *end, trpt_codes *codes) {
  bool capitals = false;
  for (char *at = text; at < end; at++) {
    const char small = (char)trpt_lower((unsigned char)*at);
    capitals |= small != *at;
    *at = small;
  }
  return capitals && check_ipv6(text, end, true, codes);
}

/* ---- the common form of IPv6, without a branch that depends on the text; false means undecided ---- */

static inline trpt_block colons(trpt_block v) { return trpt_block_is(v, ':'); }
static inline trpt_block hex_digits(trpt_block v) {
  return trpt_block_or(trpt_block_digits(v), trpt_block_in(v, 'a', 'f'));
}

#define LETTERS(a, b, c, d) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/* Not the builtin, for which some compilers call a function of their own library. */
static inline unsigned count_bits(uint64_t bits) {
  bits -= bits >> 1 & UINT64_MAX / 3;
  bits = (bits & UINT64_MAX / 5) + (bits >> 2 & UINT64_MAX / 5);
  bits = (bits + (bits >> 4)) & UINT64_MAX / 17;
  return (unsigned)(bits * (UINT64_MAX / 255) >> 56);
}

/* An address of 2000::/3 without special blocks in the form of RFC 5952 s4, in which a run of zero groups is "::" and does not
   end the address. Bit i of each set is byte i. */
static inline bool is_plain_ipv6(const char *text, size_t len) {
  if (len < 8 || len > 39) return false;
  const uint64_t all = trpt_scan_all(len), colon = trpt_scan_bits(text, len, colons);
  const uint64_t hex = trpt_scan_bits(text, len, hex_digits), zero = trpt_scan_bits(text, len, zero_digits);
  const uint64_t groups = hex & ~(hex << 1); /* where they begin */
  const uint64_t gap = colon & colon >> 1, zero_groups = zero & groups & ~(hex >> 1);
  const uint64_t first_digits = 0xF, second_digits = hex >> 5 & 0xF, edges = 1 | UINT64_C(1) << (len - 1);
  uint64_t wrong = ((hex | colon) ^ all) | (~hex & (first_digits | edges)) | (~colon & 1 << 4);
  wrong |= hex & hex >> 1 & hex >> 2 & hex >> 3 & hex >> 4; /* more than four digits */
  wrong |= zero & groups & hex >> 1;                        /* leading zeros */
  wrong |= gap & (gap - 1);                                 /* "::" twice, or ":::" */
  wrong |= zero_groups & zero_groups >> 2;                  /* zero groups that "::" should stand for */
  wrong |= gap & (zero_groups << 1 | zero_groups >> 2);
  const unsigned count = count_bits(groups);
  const bool is_full = gap ? count <= 6 : count == GROUPS;
  /* Of 2001::/16 those whose second group has four digits, or three from 200 on that are not db8, RFC 3849. */
  const uint32_t first = word_of(text), second = word_of(text + 4) >> 8;
  const bool is_high =
      second_digits == 0xF || (second_digits == 7 && text[5] > '1' && second != LETTERS('d', 'b', '8', 0));
  const bool is_special = first == LETTERS('3', 'f', 'f', 'f') || (first == LETTERS('2', '0', '0', '1') && !is_high);
  return !wrong && is_full && !is_special && (text[0] == '2' || text[0] == '3');
}

bool trpt_check_address(trpt_str address, trpt_codes *codes) {
  const uint64_t dot = ipv4_dots(address.ptr, address.len);
  if (dot) {
    if (is_special_ipv4(address.ptr, address.len, dot)) trpt_codes_add(codes, TRPT_CODE_REPORT_IP_SPECIAL);
    return true;
  }
  if (is_plain_ipv6(address.ptr, address.len)) return true;
  char copy[ADDRESS_MAX_LEN + 1] = {0}; /* so that it ends in a NUL */
  if (address.len <= ADDRESS_MAX_LEN) {
    const char *end = copy + address.len;
    trpt_copy_short(copy, address.ptr, address.len);
    if (check_ipv6(copy, end, false, codes) || check_capitals(copy, end, codes)) return true;
  }
  trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_IP);
  return false;
}
