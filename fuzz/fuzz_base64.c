/* SPDX-License-Identifier: MIT */
/* Base64: encoding a decoded text gives the text again, and encoded bytes can be decoded, with and without padding. */

#include "base64.h"
#include "fuzzing.h"

static size_t encode(char *to, const uint8_t *bytes, size_t len) {
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  size_t n = 0;
  uint32_t bits = 0;
  unsigned pending = 0;
  for (size_t i = 0; i < len; i++) {
    bits = (bits << 8 | bytes[i]) & 0xFFFF;
    for (pending += 8; pending >= 6; pending -= 6) to[n++] = alphabet[bits >> (pending - 6) & 0x3F];
  }
  if (pending) to[n++] = alphabet[bits << (6 - pending) & 0x3F];
  while (n % 4) to[n++] = '=';
  return n;
}

static void decode_same(const char *text, size_t len, const uint8_t *bytes, size_t count) {
  char *copy = fuzz_copy(text, len);
  if (base64_decode(copy, &len) != BASE64_GOOD || len != count || (count && memcmp(copy, bytes, count) != 0)) abort();
  free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size / 3 * 4 + 8);
  CHECK(text);
  size_t len = encode(text, data, size);
  decode_same(text, len, data, size);
  while (len && text[len - 1] == '=') len--;
  decode_same(text, len, data, size);

  char *copy = fuzz_copy(data, size);
  size_t count = size;
  switch (base64_decode(copy, &count)) {
  case BASE64_GOOD:
    len = encode(text, (const uint8_t *)copy, count);
    if (size > len || (size && memcmp(text, data, size) != 0)) abort();
    break;
  case BASE64_INVALID:
    if (count >= size || base64_has((char)data[count])) abort();
    break;
  default: break;
  }
  free(copy);
  free(text);
  return 0;
}
