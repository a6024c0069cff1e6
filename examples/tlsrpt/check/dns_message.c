/* SPDX-License-Identifier: MIT */
#include "dns_message.h"

enum { HEADER_LEN = 12, CLASS_IN = 1, TYPE_OPT = 41 };
enum { FLAG_QR = 0x8000, FLAG_AA = 0x0400, FLAG_TC = 0x0200, FLAG_RD = 0x0100, FLAG_AD = 0x0020, RCODE = 0x000F };

static uint8_t *put16(uint8_t *out, unsigned number) {
  out[0] = (uint8_t)(number >> 8);
  out[1] = (uint8_t)number;
  return out + 2;
}

size_t dns_question(uint8_t *out, uint16_t id, const dns_name *name, uint16_t type, bool edns) {
  uint8_t *at = out;
  at = put16(at, id);
  at = put16(at, FLAG_RD | FLAG_AD);
  at = put16(at, 1);
  at = put16(at, 0);
  at = put16(at, 0);
  at = put16(at, edns);
  memcpy(at, name->wire, name->len);
  at = put16(at + name->len, type);
  at = put16(at, CLASS_IN);
  if (edns) {
    *at++ = 0;
    at = put16(at, TYPE_OPT);
    at = put16(at, DNS_PAYLOAD_SIZE);
    memset(at, 0, 6);
    at += 6;
  }
  return (size_t)(at - out);
}

static unsigned get16(const dns_message *m, size_t at) { return (unsigned)m->bytes[at] << 8 | m->bytes[at + 1]; }

static bool has(const dns_message *m, size_t at, size_t len) { return at <= m->len && len <= m->len - at; }

/* Reads the name at `*at` and advances past it. A compression pointer must lead to a position before the labels that it
   continues, so there are no loops. */
static bool read_name(const dns_message *m, size_t *at, dns_name *out) {
  size_t from = *at;
  size_t limit = m->len;
  bool jumped = false;
  out->len = 0;
  for (size_t i = from; i < limit;) {
    const unsigned len = m->bytes[i];
    if (len >= 0xC0) {
      if (!has(m, i, 2)) return false;
      const size_t to = get16(m, i) & 0x3FFFU;
      if (!jumped) *at = i + 2;
      jumped = true;
      if (to >= from) return false;
      limit = from;
      from = i = to;
      continue;
    }
    if (len >= 0x40 || !has(m, i, len + 1U) || len + 1U > (unsigned)(DNS_NAME_MAX_LEN - out->len)) return false;
    memcpy(out->wire + out->len, m->bytes + i, len + 1U);
    out->len = (uint8_t)(out->len + len + 1);
    i += len + 1U;
    if (len == 0) {
      if (!jumped) *at = i;
      return true;
    }
  }
  return false;
}

/* Reads the record at `*at` and advances past it. The class of an OPT record has another meaning. */
static bool read_record(const dns_message *m, size_t *at, dns_record *r, unsigned *class) {
  if (!read_name(m, at, &r->owner) || !has(m, *at, 10)) return false;
  r->type = (uint16_t)get16(m, *at);
  *class = get16(m, *at + 2);
  r->ttl = (uint32_t)get16(m, *at + 4) << 16 | get16(m, *at + 6);
  r->len = (uint16_t)get16(m, *at + 8);
  r->at = *at + 10;
  if (!has(m, r->at, r->len)) return false;
  *at = r->at + r->len;
  return true;
}

bool dns_is_truncated(const uint8_t *bytes, size_t len) { return len >= HEADER_LEN && bytes[2] & FLAG_TC >> 8; }

bool dns_message_read(dns_message *m, const uint8_t *bytes, size_t len, const dns_name *name, uint16_t type) {
  *m = (dns_message){.bytes = bytes, .len = len};
  if (len < HEADER_LEN) return false;
  const unsigned flags = get16(m, 2);
  if (!(flags & FLAG_QR) || flags & FLAG_TC || get16(m, 4) != 1) return false;
  m->rcode = flags & RCODE;
  m->authenticated = flags & FLAG_AD;
  m->authoritative = flags & FLAG_AA;
  m->answer_count = get16(m, 6);
  const unsigned count = m->answer_count + get16(m, 8) + get16(m, 10);

  size_t at = HEADER_LEN;
  dns_name asked;
  if (!read_name(m, &at, &asked) || !has(m, at, 4) || !dns_name_equal(&asked, name)) return false;
  if (get16(m, at) != type || get16(m, at + 2) != CLASS_IN) return false;
  at += 4;
  m->answers = at;
  for (unsigned i = 0; i < count; i++) {
    dns_record r;
    unsigned class;
    if (!read_record(m, &at, &r, &class)) return false;
    if (r.type == TYPE_OPT && i >= m->answer_count) m->rcode |= r.ttl >> 24 << 4;
  }
  return true;
}

dns_cursor dns_message_answers(const dns_message *m) { return (dns_cursor){m->answers, m->answer_count}; }

bool dns_message_next(const dns_message *m, dns_cursor *cursor, dns_record *out) {
  while (cursor->remaining) {
    unsigned class;
    cursor->remaining--;
    /* Never fails here, because dns_message_read has read all records. */
    if (read_record(m, &cursor->at, out, &class) && class == CLASS_IN) return true;
  }
  return false;
}

bool dns_record_name(const dns_message *m, const dns_record *r, size_t skip, dns_name *out) {
  size_t at = r->at + skip;
  return skip < r->len && read_name(m, &at, out) && at == r->at + r->len;
}
