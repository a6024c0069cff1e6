/* SPDX-License-Identifier: MIT */
#include "uri.h"

#include "../base/copy.h"
#include "../base/text.h"

/* One function per rule of RFC 3986 appendix A, in the order of the RFC. Each consumes the text that the rule matches
   and returns true. On a mismatch it returns false, and `pos` is the first byte after which no continuation could
   match, or the end of the text if it is only truncated. Only the bytes of a host and port are read twice. */
typedef struct scanner {
  const char *text;
  size_t len;
  size_t pos;
} scanner;

/* The rules whose characters include a byte. "%" is in none, since pct-encoded takes three bytes. */
enum {
  SCHEME = 1,   /* ALPHA / DIGIT / "+" / "-" / "." */
  REG_NAME = 2, /* unreserved / sub-delims */
  USERINFO = 4, /* unreserved / sub-delims / ":" */
  PATH = 8,     /* pchar / "/" */
  QUERY = 16    /* pchar / "/" / "?" */
};

/* clang-format off */
static const unsigned char classes[256] = {
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x1e, 0x00, 0x00, 0x1e, 0x00, 0x1e, 0x1e, 0x1e, 0x1e, 0x1e, 0x1f, 0x1e, 0x1f, 0x1f, 0x18,
    0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1c, 0x1e, 0x00, 0x1e, 0x00, 0x10,
    0x18, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f,
    0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x00, 0x00, 0x00, 0x00, 0x1e,
    0x00, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f,
    0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x1f, 0x00, 0x00, 0x00, 0x1e, 0x00,};
/* clang-format on */

static bool hier_part(scanner *s, trpt_uri *out);
static bool scheme(scanner *s, trpt_uri *out);
static bool authority(scanner *s, trpt_uri *out);
static bool host(scanner *s, trpt_uri *out);
static void port(scanner *s, trpt_uri *out);
static bool ip_literal(scanner *s);
static bool ipv_future(scanner *s);
static bool ipv6_address(scanner *s);
static bool ipv4_rest(scanner *s, size_t first, size_t first_len);
static bool dec_octet(scanner *s);
static bool path(scanner *s, trpt_uri *out);
static bool query(scanner *s, trpt_uri *out);
static bool fragment(scanner *s, trpt_uri *out);
static bool pct_encoded(scanner *s);

/* The next byte, or -1 at the end. */
static int peek(const scanner *s) { return s->pos < s->len ? (unsigned char)s->text[s->pos] : -1; }

static bool take(scanner *s, char c) {
  if (peek(s) != (unsigned char)c) return false;
  s->pos++;
  return true;
}

static bool at_digit(const scanner *s) { return s->pos < s->len && trpt_is_digit((unsigned char)s->text[s->pos]); }
static bool at_hex(const scanner *s) { return s->pos < s->len && trpt_is_hex((unsigned char)s->text[s->pos]); }

static trpt_str part(const scanner *s, size_t from) { return (trpt_str){s->text + from, s->pos - from}; }

/* *( a byte of the class ) */
static inline void skip(scanner *s, unsigned class) {
  size_t pos = s->pos;
  while (pos < s->len && classes[(unsigned char)s->text[pos]] & class) pos++;
  s->pos = pos;
}

/* *( a byte of the class / pct-encoded ) */
static bool skip_encoded(scanner *s, unsigned class) {
  for (;;) {
    skip(s, class);
    if (peek(s) != '%') return true;
    if (!pct_encoded(s)) return false;
  }
}

/* URI = scheme ":" hier-part [ "?" query ] [ "#" fragment ] */
static bool uri(scanner *s, trpt_uri *out) {
  if (!scheme(s, out) || !hier_part(s, out)) return false;
  if (take(s, '?') && !query(s, out)) return false;
  if (take(s, '#') && !fragment(s, out)) return false;
  return s->pos == s->len;
}

/* hier-part = "//" authority path-abempty / path-absolute / path-rootless / path-empty */
static bool hier_part(scanner *s, trpt_uri *out) {
  if (s->len - s->pos >= 2 && s->text[s->pos] == '/' && s->text[s->pos + 1] == '/') {
    s->pos += 2;
    if (!authority(s, out)) return false;
  }
  return path(s, out);
}

/* scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ), with the ":" after it */
static bool scheme(scanner *s, trpt_uri *out) {
  if (peek(s) < 0 || !trpt_is_alpha((unsigned char)s->text[s->pos])) return false;
  skip(s, SCHEME);
  if (peek(s) != ':') return false;
  out->scheme = part(s, 0);
  s->pos++;
  return true;
}

/* Whether an authority may end here: path-abempty, query, fragment or the end of the text follows. */
static bool at_authority_end(const scanner *s) {
  const int c = peek(s);
  return c < 0 || c == '/' || c == '?' || c == '#';
}

/* Reads the bytes from `from` on as host [ ":" port ], since no "@" follows that would make them a userinfo. Letters
   after the ":" are valid in a userinfo, so the position of the error is where the "@" is missing. */
static bool host_and_port(scanner *s, size_t from, trpt_uri *out) {
  if (!at_authority_end(s)) return false;
  const char *colon = memchr(s->text + from, ':', s->pos - from);
  out->host = part(s, from);
  if (!colon) return true;
  out->host.len = (size_t)(colon - out->host.ptr);
  const size_t digits = (size_t)(colon - s->text) + 1;
  for (size_t i = digits; i < s->pos; i++)
    if (!trpt_is_digit((unsigned char)s->text[i])) return false;
  out->port = part(s, digits);
  return true;
}

/* authority = [ userinfo "@" ] host [ ":" port ]
   userinfo  = *( unreserved / pct-encoded / sub-delims / ":" ) */
static bool authority(scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  if (peek(s) != '[') {
    if (!skip_encoded(s, USERINFO)) return false;
    if (peek(s) != '@') return host_and_port(s, from, out);
    out->userinfo = part(s, from);
    s->pos++;
  }
  if (!host(s, out)) return false;
  if (take(s, ':')) port(s, out);
  return at_authority_end(s);
}

/* host     = IP-literal / IPv4address / reg-name
   reg-name = *( unreserved / pct-encoded / sub-delims )
   An IPv4address also matches reg-name, so it needs no function of its own. */
static bool host(scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  if (!(peek(s) == '[' ? ip_literal(s) : skip_encoded(s, REG_NAME))) return false;
  out->host = part(s, from);
  return true;
}

/* port = *DIGIT */
static void port(scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  while (at_digit(s)) s->pos++;
  out->port = part(s, from);
}

/* IP-literal = "[" ( IPv6address / IPvFuture  ) "]" */
static bool ip_literal(scanner *s) {
  s->pos++;
  const int c = peek(s);
  if (!(c == 'v' || c == 'V' ? ipv_future(s) : ipv6_address(s))) return false;
  return take(s, ']');
}

/* IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" ) */
static bool ipv_future(scanner *s) {
  s->pos++;
  if (!at_hex(s)) return false;
  while (at_hex(s)) s->pos++;
  if (!take(s, '.')) return false;
  const size_t from = s->pos;
  skip(s, USERINFO);
  return s->pos > from;
}

/* IPv6address =                            6( h16 ":" ) ls32
               /                       "::" 5( h16 ":" ) ls32
               / [               h16 ] "::" 4( h16 ":" ) ls32
               / [ *1( h16 ":" ) h16 ] "::" 3( h16 ":" ) ls32
               / [ *2( h16 ":" ) h16 ] "::" 2( h16 ":" ) ls32
               / [ *3( h16 ":" ) h16 ] "::"    h16 ":"   ls32
               / [ *4( h16 ":" ) h16 ] "::"              ls32
               / [ *5( h16 ":" ) h16 ] "::"              h16
               / [ *6( h16 ":" ) h16 ] "::"
   h16         = 1*4HEXDIG
   ls32        = ( h16 ":" h16 ) / IPv4address
   In other words: eight units of 16 bits, or up to seven units and one "::". The last two may be an IPv4address. */
static bool ipv6_address(scanner *s) {
  size_t units = 0;
  bool has_elision = false; /* a "::" was read */
  if (take(s, ':')) {
    if (!take(s, ':')) return false;
    has_elision = true;
    if (peek(s) == ']') return true;
  }
  for (;;) {
    const size_t from = s->pos;
    while (s->pos - from < 4 && at_hex(s)) s->pos++;
    if (s->pos == from) return false;
    const bool can_end_in_ipv4 = has_elision ? units <= 5 : units == 6;
    if (peek(s) == '.' && can_end_in_ipv4) return ipv4_rest(s, from, s->pos - from);
    units++;
    if (peek(s) == ']') return has_elision || units == 8;
    /* Another unit follows the ":" or, if there was no "::" yet, the second colon. */
    if (units >= (has_elision ? 7U : 8U) || !take(s, ':')) return false;
    if (!has_elision && take(s, ':')) {
      has_elision = true;
      if (peek(s) == ']') return true;
      if (units == 7) return false;
    }
  }
}

/* IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet
   The first octet, at `first`, was already read as h16. */
static bool ipv4_rest(scanner *s, size_t first, size_t first_len) {
  scanner octet = {s->text, first + first_len, first};
  if (!dec_octet(&octet) || octet.pos != octet.len) return false;
  for (int i = 0; i < 3; i++)
    if (!take(s, '.') || !dec_octet(s)) return false;
  return true;
}

/* dec-octet = DIGIT / %x31-39 DIGIT / "1" 2DIGIT / "2" %x30-34 DIGIT / "25" %x30-35
   Stops before a digit that would exceed 255, or after a leading zero. */
static bool dec_octet(scanner *s) {
  if (!at_digit(s)) return false;
  unsigned value = 0;
  do {
    const unsigned next = value * 10 + (unsigned)(s->text[s->pos] - '0');
    if (next > 255) break;
    value = next;
    s->pos++;
  } while (value > 0 && at_digit(s));
  return true;
}

/* path-abempty  = *( "/" segment )                        after an authority, only "/" can follow
   path-absolute = "/" [ segment-nz *( "/" segment ) ]     "//" would begin an authority
   path-rootless = segment-nz *( "/" segment )
   path-empty    = 0<pchar>
   segment       = *pchar
   pchar         = unreserved / pct-encoded / sub-delims / ":" / "@"
   At this point, each of them is any run of pchar and "/". */
static bool path(scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  if (!skip_encoded(s, PATH)) return false;
  out->path = part(s, from);
  return true;
}

/* query = *( pchar / "/" / "?" ) */
static bool query(scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  if (!skip_encoded(s, QUERY)) return false;
  out->query = part(s, from);
  return true;
}

/* fragment = *( pchar / "/" / "?" ) */
static bool fragment(scanner *s, trpt_uri *out) {
  const size_t from = s->pos;
  if (!skip_encoded(s, QUERY)) return false;
  out->fragment = part(s, from);
  return true;
}

/* pct-encoded = "%" HEXDIG HEXDIG */
static bool pct_encoded(scanner *s) {
  s->pos++;
  for (int i = 0; i < 2; i++) {
    if (!at_hex(s)) return false;
    s->pos++;
  }
  return true;
}

bool trpt_uri_parse(const char *text, size_t len, trpt_uri *out, size_t *bad) {
  scanner s = {text, len, 0};
  trpt_clear(out, sizeof *out);
  const bool is_uri = uri(&s, out);
  *bad = s.pos;
  return is_uri;
}

bool trpt_uri_is_ipv4(trpt_str text) {
  scanner s = {text.ptr, text.len, 0};
  for (int i = 0; i < 4; i++)
    if ((i > 0 && !take(&s, '.')) || !dec_octet(&s)) return false;
  return s.pos == s.len;
}

bool trpt_uri_is_ipv6(trpt_str text) {
  scanner s = {text.ptr, text.len, 0};
  return ipv6_address(&s) && take(&s, ']') && s.pos == s.len;
}
