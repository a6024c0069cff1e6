/* SPDX-License-Identifier: MIT */
#include "dns_name.h"

#include "../../../lib/base/hostname.h"
#include "../../../lib/base/text.h"

bool dns_name_below(dns_name *out, const char *labels, size_t len, const dns_name *parent) {
  static const dns_name root = {.len = 1};
  if (!parent) parent = &root;
  /* On the wire, a length precedes each label. It takes as much space as the dot that follows the label in text. */
  const size_t own_len = len ? len + 1 : 0;
  if (len > DNS_NAME_MAX_LEN || own_len + parent->len > DNS_NAME_MAX_LEN) return false;
  dns_name name = {.len = (uint8_t)(own_len + parent->len)};
  size_t begin = 0;
  while (begin < own_len) {
    const char *dot = memchr(labels + begin, '.', len - begin);
    const size_t end = dot ? (size_t)(dot - labels) : len;
    if (end == begin || end - begin > TRPT_LABEL_MAX_LEN) return false;
    name.wire[begin] = (uint8_t)(end - begin);
    memcpy(name.wire + begin + 1, labels + begin, end - begin);
    begin = end + 1;
  }
  memcpy(name.wire + own_len, parent->wire, parent->len);
  *out = name;
  return true;
}

/* The lengths of labels are below 'A', so they can be compared like letters. */
static bool same(const uint8_t *a, const uint8_t *b, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (trpt_lower(a[i]) != trpt_lower(b[i])) return false;
  return true;
}

bool dns_name_equal(const dns_name *a, const dns_name *b) { return a->len == b->len && same(a->wire, b->wire, a->len); }

bool dns_name_is_within(const dns_name *name, const dns_name *parent) {
  size_t at = 0;
  while (at < name->len && (size_t)(name->len - at) > parent->len) at += name->wire[at] + 1U;
  return at < name->len && (size_t)(name->len - at) == parent->len && same(name->wire + at, parent->wire, parent->len);
}

bool dns_name_is_root(const dns_name *name) { return name->len == 1; }

void dns_name_text(buffer *out, const dns_name *name) {
  if (dns_name_is_root(name)) buffer_text(out, ".");
  for (size_t at = 0; at + 1 < name->len; at += name->wire[at] + 1U) {
    if (at) buffer_text(out, ".");
    for (size_t i = 1; i <= name->wire[at]; i++) {
      const uint8_t c = name->wire[at + i];
      if (c <= ' ' || c > '~') {
        const char digits[] = {'\\', (char)('0' + c / 100), (char)('0' + c / 10 % 10), (char)('0' + c % 10)};
        buffer_add(out, digits, sizeof digits);
      } else {
        if (strchr(".\\\"();@$", c)) buffer_text(out, "\\");
        buffer_add(out, (const char *)&name->wire[at + i], 1);
      }
    }
  }
}
