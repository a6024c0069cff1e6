/* SPDX-License-Identifier: MIT */
#include "base64.h"

#include <stdint.h>

/* The value of each byte of the alphabet plus one; 0 for all other bytes. */
#define RANGE4(c, v) [c] = (v) + 1, [(c) + 1] = (v) + 2, [(c) + 2] = (v) + 3, [(c) + 3] = (v) + 4
#define RANGE26(c, v)                                                                                                  \
  RANGE4(c, v), RANGE4((c) + 4, (v) + 4), RANGE4((c) + 8, (v) + 8), RANGE4((c) + 12, (v) + 12),                        \
      RANGE4((c) + 16, (v) + 16), RANGE4((c) + 20, (v) + 20), [(c) + 24] = (v) + 25, [(c) + 25] = (v) + 26
static const uint8_t values[256] = {
    RANGE26('A', 0), RANGE26('a', 26), RANGE4('0', 52), RANGE4('4', 56), ['8'] = 61, ['9'] = 62, ['+'] = 63, ['/'] = 64,
};

bool base64_has(char c) { return values[(unsigned char)c] != 0; }

/* Returns the six bits of the character at `i`. */
static uint32_t bits(const char *text, size_t i) { return values[(unsigned char)text[i]] - 1U; }

/* Returns the length without padding. Padding is recognized only if the text consists of whole groups of four. */
static size_t without_padding(const char *text, size_t len) {
  if (len % 4 == 0 && len && text[len - 1] == '=') return text[len - 2] == '=' ? len - 2 : len - 1;
  return len;
}

int base64_decode(char *text, size_t *len) {
  const size_t count = without_padding(text, *len);
  size_t i = 0;
  size_t to = 0;
  while (i < count && base64_has(text[i])) i++;
  if (i < count) {
    const bool is_padding = text[i] == '=' && i + 1 == count;
    *len = i;
    return is_padding ? BASE64_INCOMPLETE : BASE64_INVALID;
  }
  for (i = 0; i + 4 <= count; i += 4) {
    const uint32_t group = bits(text, i) << 18 | bits(text, i + 1) << 12 | bits(text, i + 2) << 6 | bits(text, i + 3);
    text[to++] = (char)(group >> 16);
    text[to++] = (char)(group >> 8 & 0xFF);
    text[to++] = (char)(group & 0xFF);
  }
  uint32_t rest = 0;
  for (size_t j = i; j < count; j++) rest = rest << 6 | bits(text, j);
  *len = to;
  switch (count - i) {
  case 0: return BASE64_GOOD;
  case 2:
    if (rest & 0xF) return BASE64_INCOMPLETE;
    text[to++] = (char)(rest >> 4);
    break;
  case 3:
    if (rest & 0x3) return BASE64_INCOMPLETE;
    text[to++] = (char)(rest >> 10);
    text[to++] = (char)(rest >> 2 & 0xFF);
    break;
  default: return BASE64_INCOMPLETE;
  }
  *len = to;
  return BASE64_GOOD;
}
