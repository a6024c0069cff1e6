/* SPDX-License-Identifier: MIT */
/* Texts in the notation of zone files, RFC 1035 s5.1. Only the parts that surround a record are notation: a backslash in
   a string is returned with it, since it often ends up in the DNS and is then a mistake in the record. */
#include <tlsrpt/record.h>

#include <stdbool.h>

#include "../base/text.h"

typedef struct scanner {
  trpt_str text;
  size_t pos;
  char *out;         /* NULL: only measure */
  size_t len;        /* of the record so far */
  size_t strings;    /* read so far */
  uint32_t notation; /* TRPT_NOTATION_* */
  bool is_truncated; /* the text ends inside of a string */
  size_t begin;      /* of the line where the record begins */
  bool has_other;    /* a line was a comment or an entry of another type */
} scanner;

static bool at(const scanner *s, char c) { return s->pos < s->text.len && s->text.ptr[s->pos] == c; }

static bool at_line_end(const scanner *s) { return s->pos == s->text.len || at(s, '\n'); }

static void skip_line(scanner *s) {
  while (!at_line_end(s)) s->pos++;
}

static void skip_blanks(scanner *s) {
  while (s->pos < s->text.len && (trpt_is_wsp(s->text.ptr[s->pos]) || s->text.ptr[s->pos] == '\r')) s->pos++;
}

/* A run of bytes up to a blank or the syntax of a string. */
static trpt_str take_word(scanner *s) {
  const size_t begin = s->pos;
  while (s->pos < s->text.len && !memchr(" \t\r\n\"();", s->text.ptr[s->pos], 8)) s->pos++;
  return (trpt_str){s->text.ptr + begin, s->pos - begin};
}

static void add(scanner *s, const char *text, size_t len) {
  if (s->out) memcpy(s->out + s->len, text, len);
  s->len += len;
}

/* A string in quotation marks. A backslash protects the character after it. */
static bool take_quoted(scanner *s) {
  const size_t begin = ++s->pos;
  while (s->pos < s->text.len && !at(s, '"')) s->pos += at(s, '\\') && s->text.len - s->pos > 1 ? 2 : 1;
  s->is_truncated = s->pos == s->text.len;
  if (s->is_truncated) return false;
  add(s, s->text.ptr + begin, s->pos - begin);
  s->pos++;
  s->strings++;
  s->notation |= TRPT_NOTATION_QUOTES;
  return true;
}

/* A comment needs a blank before it: otherwise the ";" probably belongs to a record with misplaced quotation marks. */
static bool at_comment(const scanner *s) { return at(s, ';') && trpt_is_space(s->text.ptr[s->pos - 1]); }

/* Strings up to the end of the line, or of the lines within parentheses. `only_quoted`: nothing else is accepted. */
static bool take_strings(scanner *s, bool only_quoted) {
  bool in_parentheses = false;
  for (;;) {
    skip_blanks(s);
    if (!only_quoted && at_comment(s)) skip_line(s);
    if (s->pos == s->text.len) return s->strings > 0;
    if (at(s, '"')) {
      if (!take_quoted(s)) return false;
    } else if (at(s, '\n')) {
      if (!in_parentheses) return s->strings > 0;
      s->pos++;
    } else if (only_quoted || at(s, ';')) {
      return false;
    } else if (at(s, '(') || at(s, ')')) {
      in_parentheses = at(s, '(');
      s->pos++;
    } else {
      const trpt_str word = take_word(s);
      add(s, word.ptr, word.len);
      s->strings++;
    }
  }
}

/* What stands after the type. Without quotation marks it is the whole rest of the line, as many web pages show it,
   although ";" begins a comment in a zone file. */
static bool take_data(scanner *s) {
  s->notation |= TRPT_NOTATION_ENTRY;
  skip_blanks(s);
  if (at(s, '"') || at(s, '(')) return take_strings(s, false);
  const size_t begin = s->pos;
  skip_line(s);
  const trpt_str rest = trpt_trim_space((trpt_str){s->text.ptr + begin, s->pos - begin});
  add(s, rest.ptr, rest.len);
  return rest.len > 0;
}

/* `[name] [TTL] [class] TXT data`, as in zone files and the output of dig; `name descriptive text "data"` of host and
   `name text = "data"` of nslookup. */
static bool take_entry(scanner *s) {
  enum { WORDS_MAX = 4 };
  trpt_str previous = {"", 0};
  for (int i = 0; i < WORDS_MAX; i++) {
    skip_blanks(s);
    const trpt_str word = take_word(s);
    if (!word.len || memchr(word.ptr, '=', word.len)) return false;
    if (trpt_str_equal_nocase(word, "TXT")) return !trpt_str_equal_nocase(previous, "RRSIG") && take_data(s);
    if (trpt_str_equal_nocase(word, "text")) {
      skip_blanks(s);
      const bool has_equals = at(s, '=');
      s->pos += has_equals;
      skip_blanks(s);
      if (at(s, '"') && (has_equals || trpt_str_equal_nocase(previous, "descriptive"))) return take_data(s);
    }
    previous = word;
  }
  return false;
}

/* The end of the text is not trimmed, since this runs once for each line. */
static trpt_str skip_space(trpt_str text) {
  while (text.len && trpt_is_space(text.ptr[0])) text = trpt_str_from(text, 1);
  return text;
}

/* Whether the text is a plain record, misspelled or not, whatever its later lines look like. */
static bool begins_with_version(trpt_str text) {
  text = skip_space(text);
  return trpt_str_begins_nocase(text, "v") && trpt_str_begins_nocase(skip_space(trpt_str_from(text, 1)), "=");
}

/* A comment that is not a record with a semicolon before it, or `[name] [TTL] class type data`. */
static bool at_other_entry(const scanner *from) {
  scanner s = *from;
  skip_blanks(&s);
  while (at(&s, ';')) s.pos++;
  if (s.pos > from->pos && s.text.ptr[s.pos - 1] == ';') return !begins_with_version(trpt_str_from(s.text, s.pos));
  for (int i = 0; i < 3; i++) {
    const trpt_str word = take_word(&s);
    skip_blanks(&s);
    if (trpt_str_equal_nocase(word, "IN")) return take_word(&s).len > 0;
    if (!word.len || memchr(word.ptr, '=', word.len)) return false;
  }
  return false;
}

/* Reads the next record from `*cursor` on, and sets `*cursor` to the line after it. */
static bool next_record(scanner *s, size_t *cursor) {
  s->pos = *cursor;
  while (s->pos < s->text.len) {
    const size_t line = s->pos;
    s->len = 0;
    s->strings = 0;
    s->notation = 0;
    skip_blanks(s);
    const bool found = at(s, '"') ? take_strings(s, true) : take_entry(s);
    if (s->is_truncated) break; /* so are all attempts that would begin later */
    if (!found) s->pos = line;
    if (!found && at_other_entry(s)) s->has_other = true;
    skip_line(s);
    s->pos += s->pos < s->text.len;
    if (!found) continue;
    if (s->strings > 1) s->notation |= TRPT_NOTATION_STRINGS;
    s->begin = line;
    *cursor = s->pos;
    return true;
  }
  *cursor = s->text.len;
  return false;
}

trpt_status trpt_record_extract(const char *text, size_t len, size_t *cursor, uint32_t *notation, char *buffer,
                                size_t capacity, size_t *needed) {
  if (notation) *notation = 0;
  if (needed) *needed = 0;
  if (!text || !cursor || *cursor > len) return TRPT_E_ARGUMENT;
  size_t next = *cursor;
  scanner s = {.text = {text, len}};
  if (begins_with_version(s.text) || !next_record(&s, &next)) {
    if (notation && s.has_other) *notation = TRPT_NOTATION_ENTRY;
    *cursor = len;
    return TRPT_END;
  }
  const trpt_status status = trpt_text_check_buffer(s.len, buffer, capacity, needed);
  if (status == TRPT_E_ARGUMENT) return status;
  if (notation) *notation = s.notation;
  if (status != TRPT_OK) return status;
  /* The lines before the record do not fit the buffer. */
  s.out = buffer;
  *cursor = s.begin;
  next_record(&s, cursor);
  buffer[s.len] = '\0';
  return TRPT_OK;
}
