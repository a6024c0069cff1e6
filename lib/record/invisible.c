/* SPDX-License-Identifier: MIT */
#include "invisible.h"

#include <string.h>

typedef struct range {
  char first[4]; /* UTF-8, of the same length as `last` */
  char last[4];
  char meaning; /* '\0': none */
} range;

static const range ranges[] = {
    {"\xC2\xA0", "\xC2\xA0", ' '},          /* U+00A0 no-break space */
    {"\xC2\xAD", "\xC2\xAD", '\0'},         /* U+00AD soft hyphen */
    {"\xE2\x80\x80", "\xE2\x80\x8A", ' '},  /* U+2000 to U+200A: spaces of several widths */
    {"\xE2\x80\x8B", "\xE2\x80\x8F", '\0'}, /* U+200B to U+200F: zero-width characters, directions */
    {"\xE2\x80\x98", "\xE2\x80\x9B", '\''}, /* U+2018 to U+201B: typographic quotation marks */
    {"\xE2\x80\x9C", "\xE2\x80\x9F", '"'},  /* U+201C to U+201F */
    {"\xE2\x80\xA8", "\xE2\x80\xA9", ' '},  /* U+2028, U+2029: line and paragraph separators */
    /* Escapes do not reorder the source. NOLINTNEXTLINE(misc-misleading-bidirectional) */
    {"\xE2\x80\xAA", "\xE2\x80\xAE", '\0'}, /* U+202A to U+202E: directions */
    {"\xE2\x80\xAF", "\xE2\x80\xAF", ' '},  /* U+202F narrow no-break space */
    {"\xE2\x81\x9F", "\xE2\x81\x9F", ' '},  /* U+205F mathematical space */
    {"\xE2\x81\xA0", "\xE2\x81\xAF", '\0'}, /* U+2060 to U+206F: joiners, directions */
    {"\xE3\x80\x80", "\xE3\x80\x80", ' '},  /* U+3000 ideographic space */
    {"\xEF\xBB\xBF", "\xEF\xBB\xBF", '\0'}, /* U+FEFF byte order mark */
};

char trpt_pasted_meaning(trpt_str text, size_t pos, size_t *len) {
  *len = 0;
  if ((unsigned char)text.ptr[pos] < 0x80) return '\0';
  for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
    *len = strlen(ranges[i].first);
    if (*len <= text.len - pos && memcmp(text.ptr + pos, ranges[i].first, *len) >= 0 &&
        memcmp(text.ptr + pos, ranges[i].last, *len) <= 0)
      return ranges[i].meaning;
  }
  *len = 0;
  return '\0';
}

size_t trpt_invisible_len(trpt_str text, size_t pos) {
  size_t len;
  const char meaning = trpt_pasted_meaning(text, pos, &len);
  return meaning == '"' || meaning == '\'' ? 0 : len;
}
