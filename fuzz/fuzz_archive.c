/* SPDX-License-Identifier: MIT */
/* Mails of an mbox, files of a zip or a tar, and gzip around them: the members are the same for any chunks and within the
   limits, and a refused member has no data. Inside another unit, the members may only inflate what is left of it. After a leading "#", an input has two control bytes: small limits (a bit each) and the
   size of chunks. */

#include "fuzzing.h"
#include "mail/container.h"

static uint64_t mix(uint64_t hash, const void *data, size_t len) {
  const unsigned char *bytes = data;
  for (size_t i = 0; i < len; i++) hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
  return hash;
}

static uint64_t read_all(trpt_mail_container *container, const trpt_mail_limits *limits, size_t size, bool is_gzip) {
  trpt_mail_member member;
  trpt_status status;
  uint64_t hash = 0;
  uint64_t offset = 0;
  if (!container) abort();
  while ((status = trpt_mail_container_next(container, &member)) == TRPT_OK) {
    const trpt_mail_fault *fault = &member.fault;
    if ((fault->status == TRPT_OK) != (member.data != NULL) || (fault->status == TRPT_OK && fault->sentence)) abort();
    /* Offsets count inflated bytes if gzip is around the members. */
    if (member.len > limits->max_message || (member.offset > size && !is_gzip)) abort();
    /* Number 0 is the input itself, whose gzip data broke. */
    if (member.number && member.offset < offset) abort();
    offset = member.offset;
    hash = mix(hash, member.data, member.len);
    hash = mix(hash, member.name.ptr, member.name.len);
    hash = mix(hash, &member.kind, sizeof member.kind);
    hash = mix(hash, &member.number, sizeof member.number);
    hash = mix(hash, &member.offset, sizeof member.offset);
    hash = mix(hash, &fault->status, sizeof fault->status);
  }
  if (status != TRPT_END || trpt_mail_container_next(container, &member) != TRPT_END) abort();
  trpt_mail_container_free(container);
  return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  trpt_mail_unit unit = {0};
  trpt_mail_limits limits = {1 << 20, 1 << 20, &unit, 1000, 200};
  size_t chunk = size % 97 + 1;
  if (size >= 3 && data[0] == '#') {
    if (data[1] & 1) limits.max_message = 100;
    if (data[1] & 2) limits.max_inflated = 300;
    if (data[1] & 4) limits.max_entries = 1;
    if (data[1] & 8) limits.max_ratio = 1;
    chunk = data[2] + 1U;
    data += 3;
    size -= 3;
  }
  char *copy = fuzz_copy(data, size);
  const bool is_gzip = size && data[0] == 0x1F;
  const uint64_t whole = read_all(trpt_mail_container_new(NULL, NULL, copy, size, &limits), &limits, size, is_gzip);
  fuzz_chunks c = {copy, size, chunk};
  if (read_all(trpt_mail_container_new(fuzz_read_chunk, &c, NULL, 0, &limits), &limits, size, is_gzip) != whole)
    abort();
  trpt_mail_unit_begin(&unit, size);
  read_all(trpt_mail_container_within((trpt_str){copy, size}, is_gzip, &limits), &limits, size, is_gzip);
  enum { WINDOW = 65536 };
  if (unit.inflated > limits.max_inflated + 2 * WINDOW) abort();
  free(copy);
  return 0;
}
