/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_GRAMMAR_ORACLE_H
#define TRPT_TESTS_GRAMMAR_ORACLE_H

/* A second opinion on records and URIs that shares nothing with the library: the ABNF of RFC 8460 s3 and RFC 3986
   appendix A, put together as a nondeterministic automaton, rule by rule. From each of its states the end can be
   reached, so a text is beyond help exactly where no state is left: this proves error offsets, not only verdicts. */

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct fragment {
  int in, out;
} fragment;

enum { ORACLE_STATES = 40000 };
typedef struct oracle_state {
  const char *set; /* bytes that lead to `next`; NULL: none */
  int next;
  int free[2]; /* states that are reached without a byte; 0: none */
} oracle_state;

static oracle_state oracle_states[ORACLE_STATES];
static int oracle_used = 1;

static int oracle_state_new(void) {
  if (oracle_used == ORACLE_STATES) abort();
  return oracle_used++;
}

static void oracle_link(int from, int to) {
  oracle_state *s = &oracle_states[from];
  s->free[s->free[0] ? 1 : 0] = to;
}

static fragment byte_of(const char *set) {
  fragment f = {oracle_state_new(), oracle_state_new()};
  oracle_states[f.in].set = set;
  oracle_states[f.in].next = f.out;
  return f;
}

static fragment nothing(void) {
  int s = oracle_state_new();
  return (fragment){s, s};
}

static fragment cat(fragment a, fragment b) {
  oracle_link(a.out, b.in);
  return (fragment){a.in, b.out};
}

static fragment either(fragment a, fragment b) {
  fragment f = {oracle_state_new(), oracle_state_new()};
  oracle_link(f.in, a.in);
  oracle_link(f.in, b.in);
  oracle_link(a.out, f.out);
  oracle_link(b.out, f.out);
  return f;
}

static fragment maybe(fragment a) { return either(a, nothing()); }

/* *a */
static fragment many(fragment a) {
  fragment f = {oracle_state_new(), oracle_state_new()};
  oracle_link(f.in, a.in);
  oracle_link(f.in, f.out);
  oracle_link(a.out, f.in);
  return f;
}

/* lo*hi rule */
static fragment times(int lo, int hi, fragment (*rule)(void)) {
  fragment f = nothing();
  for (int i = lo; i < hi; i++) f = maybe(cat(rule(), f));
  for (int i = 0; i < lo; i++) f = cat(rule(), f);
  return f;
}

/* A text, byte by byte; `text` is static. */
static fragment literal(const char *text) {
  static char singles[256][2];
  fragment f = nothing();
  for (; *text; text++) {
    char *single = singles[(unsigned char)*text];
    single[0] = *text;
    f = cat(f, byte_of(single));
  }
  return f;
}

#define O_UPPER      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define O_ALPHA      O_UPPER "abcdefghijklmnopqrstuvwxyz"
#define O_DIGIT      "0123456789"
#define O_HEX        O_DIGIT "ABCDEFabcdef"
#define O_UNRESERVED O_ALPHA O_DIGIT "-._~"
/* RFC 8460 s3 takes "!", "," and ";" out of a tlsrpt-uri. */
#define O_SUB_DELIMS "$&'()*+="
#define O_MARKS      "!,;"

/* ---- RFC 3986, appendix A ---- */

static bool oracle_marks; /* whether O_MARKS may stand in the URI that is being built */

static fragment o_run(const char *plain, const char *with_marks) {
  fragment pct = cat(byte_of("%"), cat(byte_of(O_HEX), byte_of(O_HEX)));
  return many(either(byte_of(oracle_marks ? with_marks : plain), pct));
}
#define O_RUN(more) o_run(O_UNRESERVED O_SUB_DELIMS more, O_UNRESERVED O_SUB_DELIMS O_MARKS more)

static fragment o_hexdig(void) { return byte_of(O_HEX); }
static fragment o_h16(void) { return times(1, 4, o_hexdig); }
static fragment o_h16_colon(void) { return cat(o_h16(), literal(":")); }
static fragment o_dec_octet(void) {
  fragment two = cat(byte_of("123456789"), byte_of(O_DIGIT));
  fragment hundreds = cat(literal("1"), cat(byte_of(O_DIGIT), byte_of(O_DIGIT)));
  fragment more = cat(literal("2"), cat(byte_of("01234"), byte_of(O_DIGIT)));
  fragment most = cat(literal("25"), byte_of("012345"));
  return either(byte_of(O_DIGIT), either(two, either(hundreds, either(more, most))));
}
static fragment o_octet_dot(void) { return cat(o_dec_octet(), literal(".")); }
static fragment o_ls32(void) {
  return either(cat(o_h16_colon(), o_h16()), cat(times(3, 3, o_octet_dot), o_dec_octet()));
}
/* [ *most( h16 ":" ) h16 ] "::" */
static fragment o_left(int most) { return cat(maybe(cat(times(0, most, o_h16_colon), o_h16())), literal("::")); }
static fragment o_ipv6_address(void) {
  fragment f = cat(times(6, 6, o_h16_colon), o_ls32());
  f = either(f, cat(literal("::"), cat(times(5, 5, o_h16_colon), o_ls32())));
  for (int most = 0; most <= 4; most++)
    f = either(f, cat(o_left(most), cat(times(4 - most, 4 - most, o_h16_colon), o_ls32())));
  return either(f, either(cat(o_left(5), o_h16()), o_left(6)));
}
static fragment o_ipv_future(void) {
  const char *set = oracle_marks ? O_UNRESERVED O_SUB_DELIMS O_MARKS ":" : O_UNRESERVED O_SUB_DELIMS ":";
  fragment version = cat(byte_of("vV"), cat(byte_of(O_HEX), many(byte_of(O_HEX))));
  return cat(version, cat(literal("."), cat(byte_of(set), many(byte_of(set)))));
}
static fragment o_host(void) {
  return either(cat(literal("["), cat(either(o_ipv6_address(), o_ipv_future()), literal("]"))), O_RUN(""));
}
static fragment o_authority(void) {
  fragment userinfo = maybe(cat(O_RUN(":"), literal("@")));
  return cat(userinfo, cat(o_host(), maybe(cat(literal(":"), many(byte_of(O_DIGIT))))));
}
static fragment o_pchar(void) {
  fragment pct = cat(byte_of("%"), cat(byte_of(O_HEX), byte_of(O_HEX)));
  return either(byte_of(oracle_marks ? O_UNRESERVED O_SUB_DELIMS O_MARKS ":@" : O_UNRESERVED O_SUB_DELIMS ":@"), pct);
}
static fragment o_path_abempty(void) { return many(cat(literal("/"), O_RUN(":@"))); }
static fragment o_path_rootless(void) { return cat(cat(o_pchar(), O_RUN(":@")), o_path_abempty()); }
static fragment o_path_absolute(void) { return cat(literal("/"), maybe(o_path_rootless())); }
static fragment o_hier_part(void) {
  fragment with_authority = cat(literal("//"), cat(o_authority(), o_path_abempty()));
  return either(with_authority, either(o_path_absolute(), either(o_path_rootless(), nothing())));
}
static fragment o_uri(void) {
  fragment scheme = cat(byte_of(O_ALPHA), many(byte_of(O_ALPHA O_DIGIT "+-.")));
  fragment f = cat(scheme, cat(literal(":"), o_hier_part()));
  return cat(cat(f, maybe(cat(literal("?"), O_RUN(":@/?")))), maybe(cat(literal("#"), O_RUN(":@/?"))));
}

/* ---- RFC 8460 s3 ---- */

static fragment o_wsp(void) { return many(byte_of(" \t")); }
static fragment o_field_delim(void) { return cat(o_wsp(), cat(literal(";"), o_wsp())); }
static fragment o_rua(void) {
  fragment more = many(cat(cat(o_wsp(), literal(",")), cat(o_wsp(), o_uri())));
  return cat(literal("rua="), cat(o_uri(), more));
}
#define O_NAME O_ALPHA O_DIGIT "_-."
static fragment o_name_byte(void) { return byte_of(O_NAME); }
/* tlsrpt-ext-name, but for "rua". */
static fragment o_ext_name(void) {
  fragment f = cat(byte_of(O_UPPER O_DIGIT "abcdefghijklmnopqstuvwxyz"), times(0, 31, o_name_byte));
  f = either(f, literal("r"));
  f = either(
      f, cat(cat(literal("r"), byte_of(O_UPPER O_DIGIT "_-.abcdefghijklmnopqrstvwxyz")), times(0, 30, o_name_byte)));
  f = either(f, literal("ru"));
  f = either(
      f, cat(cat(literal("ru"), byte_of(O_UPPER O_DIGIT "_-.bcdefghijklmnopqrstuvwxyz")), times(0, 29, o_name_byte)));
  return either(f, cat(literal("rua"), times(1, 29, o_name_byte)));
}
static fragment o_extension(void) {
  static const char value[] = O_ALPHA O_DIGIT "!\"#$%&'()*+,-./:<>?@[\\]^_`{|}~";
  return cat(o_ext_name(), cat(literal("="), cat(byte_of(value), many(byte_of(value)))));
}
static inline fragment o_record(void) {
  fragment before = many(cat(o_field_delim(), o_extension()));
  fragment behind = many(cat(o_field_delim(), either(o_extension(), o_rua())));
  fragment f = cat(cat(literal("v=TLSRPTv1"), before), cat(o_field_delim(), o_rua()));
  return cat(f, cat(behind, maybe(o_field_delim())));
}

/* ---- The run ---- */

static unsigned oracle_round[ORACLE_STATES];
static unsigned oracle_rounds;

static size_t oracle_add(int *list, size_t count, int state) {
  if (state == 0 || oracle_round[state] == oracle_rounds) return count;
  oracle_round[state] = oracle_rounds;
  list[count++] = state;
  for (int i = 0; i < 2; i++) count = oracle_add(list, count, oracle_states[state].free[i]);
  return count;
}

/* True where the whole text matches; `*bad` is the first byte after which it cannot, the length where it ends too
   early. */
static inline bool oracle_match(fragment f, const char *text, size_t len, size_t *bad) {
  static int lists[2][ORACLE_STATES];
  oracle_rounds++;
  size_t count = oracle_add(lists[0], 0, f.in);
  for (*bad = 0; *bad < len; ++*bad) {
    const int *from = lists[*bad & 1];
    int *to = lists[~*bad & 1];
    size_t next = 0;
    oracle_rounds++;
    for (size_t i = 0; i < count; i++) {
      const oracle_state *s = &oracle_states[from[i]];
      if (s->set && text[*bad] && strchr(s->set, text[*bad])) next = oracle_add(to, next, s->next);
    }
    if (next == 0) return false;
    count = next;
  }
  return oracle_round[f.out] == oracle_rounds;
}

/* ---- Texts near to given ones ---- */

static unsigned oracle_random(unsigned *seed) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 17;
  *seed ^= *seed << 5;
  return *seed;
}

/* Changes a text of `*len` bytes in a buffer of `capacity` at a few places. */
static void oracle_mutate(char *text, size_t *len, size_t capacity, unsigned *seed) {
  static const char *const tokens[] = {
      ":",    "/",  "?",  "#",     "[",     "]",   "@",       "!",    ",",       ";",        "=",     " ",       "\t",
      "%",    ".",  "v",  "1",     "a",     "f",   "r",       "u",    "-",       "_",        "\x80",  "\"",      "<",
      "\x7f", "::", ":1", "ffff:", ",,",    ";;",  "%2C",     "rua=", "RUA=",    "ext=1",    "ruax=", "1.2.3.4", "256",
      "[v1.", " ;", ", ", "//",    "[::1]", ":80", "; x=1 ;", "@h",   "mailto:", "https://", "%f"};
  for (unsigned n = oracle_random(seed) % 4; n > 0; n--) {
    size_t at = oracle_random(seed) % (*len + 1);
    const char *token = tokens[oracle_random(seed) % (sizeof tokens / sizeof tokens[0])];
    size_t token_len = strlen(token);
    size_t gone = oracle_random(seed) % 3;
    if (gone > *len - at) gone = *len - at;
    if (oracle_random(seed) % 8 == 0) *len = at, gone = 0;
    if (*len - gone + token_len > capacity) continue;
    memmove(text + at + token_len, text + at + gone, *len - at - gone);
    memcpy(text + at, token, token_len);
    *len = *len - gone + token_len;
  }
}

#endif
