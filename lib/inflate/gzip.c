/* SPDX-License-Identifier: MIT */
/* gzip members. Header and trailer are read byte by byte, so that a chunk may end anywhere: one function for each part,
   in the order of RFC 1952 s2.3. */

#include "gzip.h"

#include <string.h>

/* Section 2.3.1. */
enum {
  ID1 = 0x1f,
  ID2 = 0x8b,
  CM_DEFLATE = 8,
  FLG_HEADER_CRC = 0x02,
  FLG_EXTRA = 0x04,
  FLG_NAME = 0x08,
  FLG_COMMENT = 0x10,
  FLG_RESERVED = 0xe0
};

enum {
  FIXED_FIELDS_SIZE = 6, /* MTIME, XFL, OS */
  XLEN_SIZE = 2,
  HEADER_CRC_SIZE = 2,
  TRAILER_SIZE = 8,
  ISIZE_SIZE = 4
};

/* The part that the next byte belongs to. */
enum {
  AT_ID1,
  AT_ID2,
  AT_METHOD,
  AT_FLAGS,
  AT_FIXED_FIELDS,
  AT_EXTRA_LENGTH,
  AT_EXTRA,
  AT_NAME_START,
  AT_NAME,
  AT_COMMENT,
  AT_HEADER_CRC,
  AT_DATA,
  AT_TRAILER,
  AT_TRAILING, /* after the last member: everything is skipped */
  AT_BAD       /* nothing more is read */
};

void trpt_gzip_init(trpt_gzip *gzip, trpt_inflate *inflate) {
  memset(gzip, 0, sizeof *gzip);
  gzip->inflate = inflate;
  gzip->code = TRPT_CODE_NONE;
  gzip->state = AT_ID1;
}

void trpt_gzip_reset(trpt_gzip *gzip) { trpt_gzip_init(gzip, gzip->inflate); }

static trpt_gzip_status report(trpt_gzip *gzip, trpt_code code, uint64_t offset) {
  gzip->code = code;
  gzip->offset = offset;
  return TRPT_GZIP_DIAGNOSTIC;
}

static trpt_gzip_status fail(trpt_gzip *gzip, trpt_code code, uint64_t offset) {
  gzip->code = code;
  gzip->offset = offset;
  gzip->state = AT_BAD;
  return TRPT_GZIP_BAD;
}

/* In the functions below in_total already counts the current byte, and MORE means success. */

static uint64_t here(const trpt_gzip *gzip) { return gzip->in_total - 1; }

static void expect(trpt_gzip *gzip, uint8_t state, uint32_t size) {
  gzip->state = state;
  gzip->remaining = size;
  gzip->number = 0;
}

static void begin_data(trpt_gzip *gzip) {
  trpt_inflate_reset(gzip->inflate);
  gzip->part_start = gzip->in_total;
  gzip->crc = 0;
  gzip->member_out = 0;
  gzip->state = AT_DATA;
}

/* Called at the last byte of a part. The optional parts follow in the order of their flags. The header CRC is last. */
static void begin_next_part(trpt_gzip *gzip) {
  const uint8_t flags = gzip->flags;
  if (flags & FLG_EXTRA) {
    gzip->flags = (uint8_t)(flags & ~FLG_EXTRA);
    expect(gzip, AT_EXTRA_LENGTH, XLEN_SIZE);
  } else if (flags & FLG_NAME) {
    gzip->flags = (uint8_t)(flags & ~FLG_NAME);
    gzip->state = AT_NAME_START;
  } else if (flags & FLG_COMMENT) {
    gzip->flags = (uint8_t)(flags & ~FLG_COMMENT);
    gzip->state = AT_COMMENT;
  } else if (flags & FLG_HEADER_CRC) {
    gzip->flags = (uint8_t)(flags & ~FLG_HEADER_CRC);
    gzip->part_start = gzip->in_total;
    expect(gzip, AT_HEADER_CRC, HEADER_CRC_SIZE);
  } else {
    begin_data(gzip);
  }
}

/* Adds the next byte of a little-endian number of `size` bytes. */
static void read_digit(trpt_gzip *gzip, uint8_t byte, uint32_t size) {
  gzip->number |= (uint32_t)byte << (8 * (size - gzip->remaining));
  gzip->remaining--;
}

/* The current byte shows that no member begins at part_start. */
static trpt_gzip_status read_no_member(trpt_gzip *gzip) {
  if (gzip->members == 0) return fail(gzip, TRPT_CODE_GZIP_BAD_MAGIC, here(gzip));
  gzip->state = AT_TRAILING;
  return report(gzip, TRPT_CODE_GZIP_TRAILING, gzip->part_start);
}

static trpt_gzip_status read_id1(trpt_gzip *gzip, uint8_t byte) {
  gzip->part_start = here(gzip);
  if (byte != ID1) return read_no_member(gzip);
  gzip->state = AT_ID2;
  return TRPT_GZIP_MORE;
}

static trpt_gzip_status read_id2(trpt_gzip *gzip, uint8_t byte) {
  if (byte != ID2) return read_no_member(gzip);
  gzip->state = AT_METHOD;
  if (gzip->members == 2) return TRPT_GZIP_MORE;
  gzip->members++;
  return gzip->members == 2 ? report(gzip, TRPT_CODE_GZIP_MULTI_MEMBER, gzip->part_start) : TRPT_GZIP_MORE;
}

static trpt_gzip_status read_method(trpt_gzip *gzip, uint8_t byte) {
  if (byte != CM_DEFLATE) return fail(gzip, TRPT_CODE_GZIP_BAD_MAGIC, here(gzip));
  gzip->state = AT_FLAGS;
  return TRPT_GZIP_MORE;
}

/* "Reserved FLG bits must be zero"; "a compliant decompressor must give an error indication if any reserved bit is
   non-zero". Only here it becomes known that there is a header CRC; the bytes before this one are always the same. */
static trpt_gzip_status read_flags(trpt_gzip *gzip, uint8_t byte) {
  const uint8_t begin[] = {ID1, ID2, CM_DEFLATE, byte};
  if (byte & FLG_RESERVED) return fail(gzip, TRPT_CODE_GZIP_BAD_MAGIC, here(gzip));
  gzip->flags = byte;
  if (byte & FLG_HEADER_CRC) gzip->header_crc = trpt_inflate_crc32(0, begin, sizeof begin);
  expect(gzip, AT_FIXED_FIELDS, FIXED_FIELDS_SIZE);
  return TRPT_GZIP_MORE;
}

static trpt_gzip_status read_extra_length(trpt_gzip *gzip, uint8_t byte) {
  read_digit(gzip, byte, XLEN_SIZE);
  if (gzip->remaining != 0) return TRPT_GZIP_MORE;
  if (gzip->number != 0)
    expect(gzip, AT_EXTRA, gzip->number);
  else
    begin_next_part(gzip);
  return TRPT_GZIP_MORE;
}

/* RFC 8460 s6.3: the name is untrusted and may be a path. Its presence is reported, and it is not stored. */
static trpt_gzip_status read_name_start(trpt_gzip *gzip, uint8_t byte) {
  gzip->state = AT_NAME;
  if (byte == 0) begin_next_part(gzip);
  if (gzip->reported_name) return TRPT_GZIP_MORE;
  gzip->reported_name = 1;
  return report(gzip, TRPT_CODE_GZIP_FNAME, here(gzip));
}

/* "The two least significant bytes of the CRC32 for all bytes of the gzip header up to and not including the CRC16". */
static trpt_gzip_status read_header_crc(trpt_gzip *gzip, uint8_t byte) {
  read_digit(gzip, byte, HEADER_CRC_SIZE);
  if (gzip->remaining != 0) return TRPT_GZIP_MORE;
  if (gzip->number != (gzip->header_crc & 0xffff)) return fail(gzip, TRPT_CODE_GZIP_BAD_MAGIC, gzip->part_start);
  begin_next_part(gzip);
  return TRPT_GZIP_MORE;
}

/* CRC32, then ISIZE. */
static trpt_gzip_status read_trailer(trpt_gzip *gzip, uint8_t byte) {
  const int in_crc = gzip->remaining > ISIZE_SIZE;
  read_digit(gzip, byte, in_crc ? TRAILER_SIZE : ISIZE_SIZE);
  if (gzip->remaining != ISIZE_SIZE && gzip->remaining != 0) return TRPT_GZIP_MORE;
  if (gzip->number != (in_crc ? gzip->crc : gzip->member_out))
    return fail(gzip, TRPT_CODE_GZIP_BAD_CRC, gzip->part_start);
  gzip->number = 0;
  if (gzip->remaining == 0) gzip->state = AT_ID1;
  return TRPT_GZIP_MORE;
}

static trpt_gzip_status read_byte(trpt_gzip *gzip, uint8_t byte) {
  gzip->in_total++;
  if (gzip->flags & FLG_HEADER_CRC) gzip->header_crc = trpt_inflate_crc32(gzip->header_crc, &byte, 1);
  switch (gzip->state) {
  case AT_ID1: return read_id1(gzip, byte);
  case AT_ID2: return read_id2(gzip, byte);
  case AT_METHOD: return read_method(gzip, byte);
  case AT_FLAGS: return read_flags(gzip, byte);
  case AT_EXTRA_LENGTH: return read_extra_length(gzip, byte);
  case AT_NAME_START: return read_name_start(gzip, byte);
  case AT_HEADER_CRC: return read_header_crc(gzip, byte);
  default: return read_trailer(gzip, byte);
  }
}

/* Skips bytes without a meaning and returns how many. FNAME and FCOMMENT end with a zero byte. */
static size_t skip(trpt_gzip *gzip, const uint8_t *in, size_t len) {
  int ended = 0;
  if (gzip->state == AT_FIXED_FIELDS || gzip->state == AT_EXTRA) {
    if (len > gzip->remaining) len = gzip->remaining;
    gzip->remaining -= (uint32_t)len;
    ended = gzip->remaining == 0;
  } else if (gzip->state == AT_NAME || gzip->state == AT_COMMENT) {
    const uint8_t *zero = memchr(in, 0, len);
    if (zero != NULL) len = (size_t)(zero - in) + 1;
    ended = zero != NULL;
  } else if (gzip->state != AT_TRAILING) {
    return 0;
  }
  gzip->in_total += len;
  if (gzip->flags & FLG_HEADER_CRC) gzip->header_crc = trpt_inflate_crc32(gzip->header_crc, in, len);
  if (ended) begin_next_part(gzip);
  return len;
}

static trpt_gzip_status read_data(trpt_gzip *gzip, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                                  size_t out_capacity, size_t *out_len) {
  const trpt_inflate_status status = trpt_inflate_run(gzip->inflate, in, in_len, in_used, out, out_capacity, out_len);
  if (*out_len != 0) gzip->crc = trpt_inflate_crc32(gzip->crc, out, *out_len);
  gzip->member_out += (uint32_t)*out_len;
  gzip->out_total += *out_len;
  gzip->in_total += *in_used;
  if (status == TRPT_INFLATE_BAD) return fail(gzip, TRPT_CODE_GZIP_BAD_MAGIC, gzip->part_start);
  if (status == TRPT_INFLATE_END) {
    gzip->part_start = gzip->in_total;
    expect(gzip, AT_TRAILER, TRAILER_SIZE);
    return TRPT_GZIP_MORE;
  }
  return status == TRPT_INFLATE_OUTPUT ? TRPT_GZIP_OUTPUT : TRPT_GZIP_MORE;
}

trpt_gzip_status trpt_gzip_read(trpt_gzip *gzip, const uint8_t *in, size_t in_len, size_t *in_used, uint8_t *out,
                                size_t out_capacity, size_t *out_len) {
  static const uint8_t nothing[1];
  uint8_t nowhere[1];
  trpt_gzip_status status = gzip->state == AT_BAD ? TRPT_GZIP_BAD : TRPT_GZIP_MORE;
  size_t used = 0, len = 0;
  if (in_len == 0) in = nothing; /* the engine needs valid addresses even for 0 bytes */
  if (out_capacity == 0) out = nowhere;
  while (status == TRPT_GZIP_MORE) {
    if (gzip->state == AT_DATA) {
      size_t data_used, data_len;
      status = read_data(gzip, in + used, in_len - used, &data_used, out + len, out_capacity - len, &data_len);
      used += data_used;
      len += data_len;
      if (gzip->state == AT_DATA) break;
    } else if (used == in_len) {
      break;
    } else {
      const size_t skipped = skip(gzip, in + used, in_len - used);
      used += skipped;
      if (skipped == 0) status = read_byte(gzip, in[used++]);
    }
  }
  *in_used = used;
  *out_len = len;
  return status;
}

trpt_gzip_status trpt_gzip_finish(trpt_gzip *gzip) {
  if (gzip->state == AT_BAD) return TRPT_GZIP_BAD;
  if (gzip->state == AT_TRAILING || (gzip->state == AT_ID1 && gzip->members != 0)) return TRPT_GZIP_MORE;
  return fail(gzip, TRPT_CODE_GZIP_TRUNCATED, gzip->in_total);
}

uint64_t trpt_gzip_bits_used(const trpt_gzip *gzip) {
  const uint32_t unused = gzip->state == AT_DATA ? trpt_inflate_unused_bits(gzip->inflate) : 0;
  return gzip->in_total * 8 - unused;
}
