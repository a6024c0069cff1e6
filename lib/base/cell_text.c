/* SPDX-License-Identifier: MIT */
#include "cell_text.h"

#include <stdbool.h>

#include "hidden.h"
#include "json_escape.h"
#include "text.h"
#include "utf8.h"
#include "word.h"

static const trpt_str replacement = TRPT_STR(TRPT_UTF8_REPLACEMENT);

/* Returns the replacement of a character, or an absent string if it is written unchanged. */
typedef trpt_str (*substitute_fn)(uint32_t code);

static trpt_str character_of_cell(trpt_str text, trpt_utf8_char c, substitute_fn substitute) {
  const trpt_str other = c.is_valid ? substitute(c.code) : replacement;
  return other.ptr ? other : (trpt_str){text.ptr, c.len};
}

/* `special` is the only printable character that is substituted. */
static void put_text(trpt_output *output, trpt_str text, char special, substitute_fn substitute) {
  for (;;) {
    const size_t plain = trpt_word_printable(text.ptr, text.len, special, special);
    trpt_output_put(output, text.ptr, plain);
    text = trpt_str_from(text, plain);
    if (!text.len) return;
    const trpt_utf8_char c = trpt_utf8_next(text);
    trpt_output_str(output, character_of_cell(text, c, substitute));
    text = trpt_str_from(text, c.len);
  }
}

/* `substitute` is NULL if the texts consist only of printable characters that are written unchanged. */
static void put_texts(trpt_output *output, const trpt_str *texts, size_t count, char special,
                      substitute_fn substitute) {
  for (size_t i = 0; i < count; i++) {
    if (i) trpt_output_put(output, " ", 1);
    if (substitute)
      put_text(output, texts[i], special, substitute);
    else
      trpt_output_str(output, texts[i]);
  }
}

/* ---- spreadsheet formulas ---- */

/* Whether a spreadsheet treats a text that begins like this as a formula. East Asian spreadsheets also accept the
   full-width signs U+FF1D, U+FF0B, U+FF0D and U+FF20. */
static bool is_formula(trpt_str text) {
  if (memchr("=+-@", text.ptr[0], 4)) return true;
  return text.len >= 3 && memcmp(text.ptr, "\xEF\xBC", 2) == 0 && memchr("\x9D\x8B\x8D\xA0", text.ptr[2], 4);
}

/* Spreadsheets skip leading spaces and control characters. */
static trpt_str skip_invisible(trpt_str text) {
  while (text.len && (unsigned char)*text.ptr <= ' ') text = trpt_str_from(text, 1);
  return text;
}

/* Whether a cell needs an apostrophe in front. A cell that begins with an apostrophe needs one too, so that removing
   one always restores the text. `has_quoting` says whether the format encloses cells in quotation marks. If it does
   not, a leading quotation mark could hide a formula after it. */
static bool needs_guard(const trpt_str *texts, size_t count, bool has_quoting) {
  const unsigned char first = texts[0].len ? (unsigned char)texts[0].ptr[0] : ' ';
  if (trpt_is_alpha(first) || trpt_is_digit(first)) return false; /* nearly all cells */
  if (memchr("'\t\r\n", first, 4)) return true;
  for (size_t i = 0; i < count; i++) {
    const trpt_str rest = skip_invisible(texts[i]);
    if (rest.len) return is_formula(rest) || (rest.ptr[0] == '"' && !has_quoting);
  }
  return false;
}

/* ---- the formats ---- */

static trpt_str replace_control(uint32_t code) { return trpt_is_control(code) ? replacement : (trpt_str){NULL, 0}; }

static trpt_str csv_substitute(uint32_t code) {
  switch (code) {
  case '\t':
  case '\n':
  case '\r': return (trpt_str){NULL, 0}; /* in quotation marks, they are part of the text */
  case '"': return (trpt_str)TRPT_STR("\"\"");
  default: return replace_control(code);
  }
}

/* Whether a text needs no quotation marks in CSV. */
static bool is_plain_csv(trpt_str text) { return trpt_word_printable(text.ptr, text.len, '"', ',') == text.len; }

/* The same for a whole cell. Some readers trim spaces at the edges, and an empty cell without quotation marks means
   null. */
static bool are_plain_csv(const trpt_str *texts, size_t count) {
  const trpt_str first = texts[0];
  const trpt_str last = texts[count - 1];
  if (!first.len || first.ptr[0] == ' ' || !last.len || last.ptr[last.len - 1] == ' ') return false;
  for (size_t i = 0; i < count; i++)
    if (!is_plain_csv(texts[i])) return false;
  return true;
}

void trpt_cell_csv(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard) {
  const bool is_guarded = has_guard && needs_guard(texts, count, true);
  const bool is_quoted = is_guarded || !are_plain_csv(texts, count);
  if (is_quoted) trpt_output_put(output, "\"'", is_guarded ? 2 : 1);
  put_texts(output, texts, count, '"', is_quoted ? csv_substitute : NULL);
  if (is_quoted) trpt_output_put(output, "\"", 1);
}

static trpt_str tsv_substitute(uint32_t code) {
  switch (code) {
  case '\t': return (trpt_str)TRPT_STR("\\t");
  case '\n': return (trpt_str)TRPT_STR("\\n");
  case '\r': return (trpt_str)TRPT_STR("\\r");
  case '\\': return (trpt_str)TRPT_STR("\\\\");
  default: return replace_control(code);
  }
}

void trpt_cell_tsv(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard) {
  if (has_guard && needs_guard(texts, count, false)) trpt_output_put(output, "'", 1);
  put_texts(output, texts, count, '\\', tsv_substitute);
}

void trpt_cell_json(trpt_output *output, const trpt_str *texts, size_t count, bool has_guard) {
  (void)has_guard;
  trpt_output_put(output, "\"", 1);
  for (size_t i = 0; i < count; i++) {
    if (i) trpt_output_put(output, " ", 1);
    trpt_output_json(output, texts[i], TRPT_JSON_ESCAPE_HIDDEN | TRPT_JSON_REPLACE_NUL);
  }
  trpt_output_put(output, "\"", 1);
}

size_t trpt_cell_copy(char *to, trpt_str text) {
  const char *begin = to;
  while (text.len) {
    const trpt_utf8_char c = trpt_utf8_next(text);
    const trpt_str written = c.code ? (trpt_str){text.ptr, c.len} : replacement; /* 0: NUL, or not UTF-8 */
    memcpy(to, written.ptr, written.len);
    to += written.len;
    text = trpt_str_from(text, c.len);
  }
  return (size_t)(to - begin);
}
