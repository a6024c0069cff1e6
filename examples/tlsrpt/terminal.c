/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <string.h>
#include <unistd.h>

#include "standard_output.h"
#include "system_calls.h"

enum { WIDTH_MIN = 20, HANGING_INDENT = 2 };

size_t terminal_width(void) { return system_terminal_columns(STDOUT_FILENO); }

bool terminal_shows_both(void) { return isatty(STDOUT_FILENO) && isatty(STDERR_FILENO); }

/* Returns the length of a colour, which takes no column, or 0. Other escape sequences never get here. */
static size_t color_len(const char *text, size_t len) {
  if (len < 2 || text[0] != '\x1b') return 0;
  const char *end = memchr(text, 'm', len);
  return end ? (size_t)(end - text) + 1 : 0;
}

static size_t width_of(const char *text, size_t len) {
  size_t width = 0;
  for (size_t i = 0; i < len;) {
    const size_t skipped = color_len(text + i, len - i);
    if (!skipped) width += (text[i] & 0xC0) != 0x80;
    i += skipped ? skipped : 1;
  }
  return width;
}

static size_t indent_of(const char *line, size_t len) {
  size_t indent = 0;
  while (indent < len && line[indent] == ' ') indent++;
  return indent;
}

static bool is_caret(const char *line, size_t len) {
  const size_t indent = indent_of(line, len);
  return indent + 1 == len && line[indent] == '^';
}

static bool is_record(const char *line, size_t len) {
  static const char begin[] = "v=TLSRPT";
  const size_t indent = indent_of(line, len);
  return len - indent >= sizeof begin - 1 && memcmp(line + indent, begin, sizeof begin - 1) == 0;
}

/* Adds a line word by word. */
static void wrap_line(buffer *out, const char *line, size_t len, size_t width) {
  const size_t indent = indent_of(line, len);
  const size_t hanging = indent + HANGING_INDENT < width / 2 ? indent + HANGING_INDENT : width / 2;
  size_t column = indent;
  buffer_add(out, line, indent);
  for (size_t at = indent; at < len;) {
    const size_t blanks = indent_of(line + at, len - at);
    const char *word = line + at + blanks;
    const char *blank = memchr(word, ' ', len - at - blanks);
    const size_t word_len = blank ? (size_t)(blank - word) : len - at - blanks;
    const size_t columns = width_of(word, word_len);
    if (column + blanks + columns > width && column > hanging) {
      buffer_text(out, "\n");
      buffer_repeat(out, ' ', hanging);
      column = hanging;
    } else {
      buffer_repeat(out, ' ', blanks);
      column += blanks;
    }
    buffer_add(out, word, word_len);
    column += columns;
    at += blanks + word_len;
  }
}

void terminal_wrap(buffer *out, const buffer *text, size_t width) {
  const char *line = text->data;
  const char *const end = text->data + text->len;
  while (line < end) {
    const char *line_end = memchr(line, '\n', (size_t)(end - line));
    const size_t len = (size_t)((line_end ? line_end : end) - line);
    const char *next = line_end ? line_end + 1 : end;
    const char *next_end = next < end ? memchr(next, '\n', (size_t)(end - next)) : NULL;
    const bool has_caret = next_end && is_caret(next, (size_t)(next_end - next));
    if (has_caret || is_record(line, len) || width_of(line, len) <= width)
      buffer_add(out, line, len);
    else
      wrap_line(out, line, len, width);
    if (line_end) buffer_text(out, "\n");
    line = next;
  }
}

void terminal_output(buffer *text) {
  const size_t width = terminal_width();
  if (width < WIDTH_MIN || text->failed || !text->len) {
    output_buffer(text);
    return;
  }
  buffer wrapped = {0};
  terminal_wrap(&wrapped, text, width);
  output_buffer(&wrapped);
  buffer_free(&wrapped);
  buffer_clear(text);
}
