/* SPDX-License-Identifier: MIT */
#include "judge.h"

#include "../../text.h"

/* Addresses: the IPv4address of RFC 8460 s4.4, and the IPv6 text of RFC 4291 s2.2. They are read here and not by inet_pton,
   which needs a NUL, says nothing of the form, and differs from system to system. */

typedef struct cursor {
  const char *at;
  const char *end;
} cursor;

/* The IANA registries of special-purpose addresses (RFC 6890): the blocks that are not globally reachable, documentation
   included, with the smaller blocks inside them that are; and multicast. A mail server has none of these on the public
   Internet. The first row that fits counts. */

typedef struct ipv4_block {
  uint32_t prefix;
  uint32_t mask;
  bool special;
} ipv4_block;

typedef struct ipv6_block {
  uint64_t prefix; /* of the first eight bytes of the address: only those of is_special_low need more */
  uint64_t mask;
  bool special;
} ipv6_block;

#define IPV4(a, b, c, d) ((uint32_t)(a) << 24 | (uint32_t)(b) << 16 | (uint32_t)(c) << 8 | (uint32_t)(d))
#define IPV4_BITS(bits)  (UINT32_MAX << (32 - (bits)))
#define IPV6(a, b, c, d) ((uint64_t)(a) << 48 | (uint64_t)(b) << 32 | (uint64_t)(c) << 16 | (uint64_t)(d))
#define IPV6_BITS(bits)  (UINT64_MAX << (64 - (bits)))

static const ipv4_block ipv4_blocks[] = {
    {IPV4(192, 168, 0, 0), IPV4_BITS(16), true},  /* private, RFC 1918 */
    {IPV4(10, 0, 0, 0), IPV4_BITS(8), true},      /* private */
    {IPV4(172, 16, 0, 0), IPV4_BITS(12), true},   /* private */
    {IPV4(127, 0, 0, 0), IPV4_BITS(8), true},     /* loopback, RFC 1122 */
    {IPV4(0, 0, 0, 0), IPV4_BITS(8), true},       /* this network, RFC 791 */
    {IPV4(100, 64, 0, 0), IPV4_BITS(10), true},   /* shared by a carrier's customers, RFC 6598 */
    {IPV4(169, 254, 0, 0), IPV4_BITS(16), true},  /* link-local, RFC 3927 */
    {IPV4(192, 0, 0, 9), IPV4_BITS(32), false},   /* Port Control Protocol anycast, RFC 7723 */
    {IPV4(192, 0, 0, 10), IPV4_BITS(32), false},  /* TURN anycast, RFC 8155 */
    {IPV4(192, 0, 0, 0), IPV4_BITS(24), true},    /* protocol assignments, RFC 6890 */
    {IPV4(192, 0, 2, 0), IPV4_BITS(24), true},    /* documentation, RFC 5737 */
    {IPV4(198, 51, 100, 0), IPV4_BITS(24), true}, /* documentation */
    {IPV4(203, 0, 113, 0), IPV4_BITS(24), true},  /* documentation */
    {IPV4(198, 18, 0, 0), IPV4_BITS(15), true},   /* benchmarking, RFC 2544 */
    {IPV4(224, 0, 0, 0), IPV4_BITS(4), true},     /* multicast, RFC 5771 */
    {IPV4(240, 0, 0, 0), IPV4_BITS(4), true},     /* reserved, RFC 1112, and broadcast, RFC 919 */
};

static const ipv6_block ipv6_blocks[] = {
    {IPV6(0xfe80, 0, 0, 0), IPV6_BITS(10), true},      /* link-local, RFC 4291 */
    {IPV6(0xfc00, 0, 0, 0), IPV6_BITS(7), true},       /* unique local, RFC 4193 */
    {IPV6(0x2001, 0xdb8, 0, 0), IPV6_BITS(32), true},  /* documentation, RFC 3849 */
    {IPV6(0x3fff, 0, 0, 0), IPV6_BITS(20), true},      /* documentation, RFC 9637 */
    {IPV6(0x2001, 1, 0, 0), IPV6_BITS(64), false},     /* anycast of three protocols, RFC 7723, 8155, 9665 */
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

/* The first bytes of addresses in ipv4_blocks below multicast: few public addresses need more than a look here. */
static const bool ipv4_first[224] = {
    [0] = true,   [10] = true,  [100] = true, [127] = true, [169] = true,
    [172] = true, [192] = true, [198] = true, [203] = true,
};

static bool is_special_ipv4(uint32_t address) {
  uint32_t first = address >> 24;
  if (first >= sizeof ipv4_first) return true;
  if (!ipv4_first[first]) return false;
  for (size_t i = 0; i < sizeof ipv4_blocks / sizeof ipv4_blocks[0]; i++)
    if ((address & ipv4_blocks[i].mask) == ipv4_blocks[i].prefix) return ipv4_blocks[i].special;
  return false;
}

/* Global unicast addresses, 2000::/3, without the two blocks of 16 bits in which some are special. */
static bool is_plain_ipv6(uint64_t high) {
  uint64_t first = high >> 48;
  return first >> 13 == 1 && first != 0x2001 && first != 0x3fff;
}

/* Under ::/64: unspecified and loopback, RFC 4291, and IPv4-mapped, ::ffff:0:0/96. */
static bool is_special_low(uint64_t low) { return low <= 1 || low >> 32 == 0xffff; }

static bool is_special_ipv6(uint64_t high, uint64_t low) {
  if (is_plain_ipv6(high)) return false;
  if (high == 0) return is_special_low(low);
  for (size_t i = 0; i < sizeof ipv6_blocks / sizeof ipv6_blocks[0]; i++)
    if ((high & ipv6_blocks[i].mask) == ipv6_blocks[i].prefix) return ipv6_blocks[i].special;
  return false;
}

/* dec-octet of RFC 8460 s4.4: 0 to 255 without leading zeros. */
static bool take_octet(cursor *c, uint32_t *address) {
  const char *at = c->at;
  if (at == c->end || !trpt_is_digit((unsigned char)*at)) return false;
  uint32_t octet = (uint32_t)(*at++ - '0');
  if (at < c->end && trpt_is_digit((unsigned char)*at)) {
    if (octet == 0) return false;
    octet = octet * 10 + (uint32_t)(*at++ - '0');
    if (at < c->end && trpt_is_digit((unsigned char)*at)) octet = octet * 10 + (uint32_t)(*at++ - '0');
  }
  if (octet > 255) return false;
  *address = *address << 8 | octet;
  c->at = at;
  return true;
}

/* IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet, and nothing behind it */
static bool take_ipv4(cursor *c, uint32_t *address) {
  *address = 0;
  for (int dots = 0; take_octet(c, address); dots++) {
    if (c->at == c->end) return dots == 3;
    if (dots == 3 || *c->at++ != '.') return false;
  }
  return false;
}

enum { GROUPS = 8, GROUP_DIGITS = 4 };

typedef struct ipv6 {
  uint16_t groups[GROUPS];
  int count;        /* groups read; those of "::" are not among them */
  int gap;          /* where "::" stands: that many groups before it; -1: nowhere */
  bool dotted;      /* the last two groups are written as an IPv4 address */
  bool well_formed; /* no leading zeros and no capital letters, RFC 5952 s4.1 and s4.3 */
} ipv6;

/* Hex digits: the value, with HEX to tell 0 from what is no digit, and CAPITAL. */
enum { HEX = 0x10, CAPITAL = 0x20 };
static const uint8_t hex_class[256] = {
    ['0'] = HEX,
    ['1'] = HEX + 1,
    ['2'] = HEX + 2,
    ['3'] = HEX + 3,
    ['4'] = HEX + 4,
    ['5'] = HEX + 5,
    ['6'] = HEX + 6,
    ['7'] = HEX + 7,
    ['8'] = HEX + 8,
    ['9'] = HEX + 9,
    ['a'] = HEX + 10,
    ['b'] = HEX + 11,
    ['c'] = HEX + 12,
    ['d'] = HEX + 13,
    ['e'] = HEX + 14,
    ['f'] = HEX + 15,
    ['A'] = CAPITAL + HEX + 10,
    ['B'] = CAPITAL + HEX + 11,
    ['C'] = CAPITAL + HEX + 12,
    ['D'] = CAPITAL + HEX + 13,
    ['E'] = CAPITAL + HEX + 14,
    ['F'] = CAPITAL + HEX + 15,
};

/* One group of 16 bits: 1 to 4 hex digits. Does not store it, since it may turn out to be the first octet of an IPv4 address. */
static bool take_group(cursor *c, ipv6 *address, uint32_t *group) {
  const char *begin = c->at;
  const char *end = c->end - begin > GROUP_DIGITS ? begin + GROUP_DIGITS : c->end;
  uint32_t value = 0, classes = 0, class;
  const char *at = begin;
  for (; at < end && (class = hex_class[(unsigned char)*at]) != 0; at++) {
    value = value << 4 | (class & 0xF);
    classes |= class;
  }
  if (at == begin) return false;
  if ((classes & CAPITAL) || (*begin == '0' && at - begin > 1)) address->well_formed = false;
  *group = value;
  c->at = at;
  return true;
}

/* The last 32 bits as an IPv4 address, RFC 4291 s2.2 item 3. */
static bool take_dotted(cursor *c, ipv6 *address) {
  uint32_t low;
  if (address->count > GROUPS - 2 || !take_ipv4(c, &low)) return false;
  address->groups[address->count++] = (uint16_t)(low >> 16);
  address->groups[address->count++] = (uint16_t)low;
  address->dotted = true;
  return true;
}

/* What stands between two groups: ":" or, once, "::". */
static bool take_colons(cursor *c, ipv6 *address) {
  if (c->at == c->end || *c->at != ':') return false;
  c->at++;
  if (c->at == c->end || *c->at != ':') return true;
  c->at++;
  if (address->gap >= 0) return false;
  address->gap = address->count;
  return true;
}

/* All groups, to the end of the text. */
static bool take_groups(cursor *c, ipv6 *address) {
  if (c->at < c->end && *c->at == ':' && (!take_colons(c, address) || address->gap < 0)) return false;
  if (c->at == c->end) return address->gap == 0; /* "::" alone, or nothing */
  while (address->count < GROUPS) {
    const char *begin = c->at;
    uint32_t group;
    if (!take_group(c, address, &group)) return false;
    if (c->at < c->end && *c->at == '.') {
      c->at = begin;
      return take_dotted(c, address);
    }
    address->groups[address->count++] = (uint16_t)group;
    if (c->at == c->end) return true;
    if (!take_colons(c, address)) return false;
    if (c->at == c->end) return address->gap == address->count;
  }
  return false;
}

/* Moves the groups behind "::" to where they belong. */
static void fill_gap(ipv6 *address) {
  if (address->gap < 0) return;
  int shift = GROUPS - address->count;
  for (int i = GROUPS - 1; i >= address->gap + shift; i--) address->groups[i] = address->groups[i - shift];
  for (int i = 0; i < shift; i++) address->groups[address->gap + i] = 0;
}

static bool take_ipv6(cursor *c, ipv6 *address) {
  if (!take_groups(c, address)) return false;
  if (address->gap < 0 ? address->count != GROUPS : address->count == GROUPS) return false;
  fill_gap(address);
  return true;
}

/* The first of the longest runs of groups that are zero, RFC 5952 s4.2.3; a single group is no run, s4.2.2. */
static void longest_run(const ipv6 *address, int *begin, int *length) {
  int at = 0;
  *begin = -1;
  *length = 1;
  while (at < GROUPS) {
    int from = at;
    while (at < GROUPS && address->groups[at] == 0) at++;
    if (at - from > *length) {
      *begin = from;
      *length = at - from;
    }
    at++;
  }
}

/* IPv4-compatible and IPv4-mapped addresses, RFC 4291 s2.5.5, which RFC 5952 s5 wants written with an IPv4 address. */
static bool holds_ipv4(const ipv6 *address, int begin, int length) {
  return begin == 0 && (length == 6 || (length == 5 && address->groups[5] == 0xffff));
}

/* RFC 5952 s4 and s5; the same as what inet_ntop writes. */
static bool is_canonical(const ipv6 *address) {
  int begin, length;
  if (!address->well_formed) return false;
  longest_run(address, &begin, &length);
  if (address->gap != begin || (begin >= 0 && length != GROUPS - address->count)) return false;
  return address->dotted == holds_ipv4(address, begin, length);
}

static uint64_t four_groups(const uint16_t *groups) {
  return (uint64_t)groups[0] << 48 | (uint64_t)groups[1] << 32 | (uint64_t)groups[2] << 16 | groups[3];
}

static bool judge_ipv6(cursor c, trpt_findings *findings) {
  ipv6 address = {.count = 0, .gap = -1, .dotted = false, .well_formed = true};
  if (!take_ipv6(&c, &address)) return false;
  if (!is_canonical(&address)) trpt_findings_add(findings, TRPT_FINDING_REPORT_IP_NOT_CANONICAL);
  if (is_special_ipv6(four_groups(address.groups), four_groups(address.groups + 4)))
    trpt_findings_add(findings, TRPT_FINDING_REPORT_IP_SPECIAL);
  return true;
}

/* What the RFC's grammar lets through has one form only. */
static bool judge_ipv4(cursor c, trpt_findings *findings) {
  uint32_t address;
  if (!take_ipv4(&c, &address)) return false;
  if (is_special_ipv4(address)) trpt_findings_add(findings, TRPT_FINDING_REPORT_IP_SPECIAL);
  return true;
}

void trpt_judge_address(trpt_str address, trpt_findings *findings) {
  cursor c = {address.ptr, address.ptr + address.len};
  if (!judge_ipv4(c, findings) && !judge_ipv6(c, findings)) trpt_findings_add(findings, TRPT_FINDING_REPORT_BAD_IP);
}
