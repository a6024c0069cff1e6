/* SPDX-License-Identifier: MIT */
#include "mail_lines.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 1024 };

/* The line at `end`, from a line that begins before it. `from` is between both. */
static trpt_mail_line line_at(trpt_str text, trpt_mail_line line, size_t from, size_t end) {
  const char *line_end;
  while ((line_end = memchr(text.ptr + from, '\n', end - from))) {
    from = (size_t)(line_end - text.ptr) + 1;
    line = (trpt_mail_line){line.number + 1, from};
  }
  return line;
}

bool trpt_mail_lines_read(trpt_mail_lines *lines, trpt_str text) {
  const size_t count = text.len / BLOCK_SIZE + 1;
  trpt_mail_line line = {1, 0};
  *lines = (trpt_mail_lines){text, malloc(count * sizeof *lines->blocks)};
  if (!lines->blocks) return false;
  lines->blocks[0] = line;
  for (size_t i = 1; i < count; i++) {
    line = line_at(text, line, (i - 1) * BLOCK_SIZE, i * BLOCK_SIZE);
    lines->blocks[i] = line;
  }
  return true;
}

void trpt_mail_lines_free(trpt_mail_lines *lines) { free(lines->blocks); }

trpt_position trpt_mail_lines_position(const trpt_mail_lines *lines, uint64_t offset) {
  const size_t at = offset < lines->text.len ? (size_t)offset : lines->text.len;
  const size_t block = at / BLOCK_SIZE;
  const trpt_mail_line line = line_at(lines->text, lines->blocks[block], block * BLOCK_SIZE, at);
  return (trpt_position){.offset = offset, .line = line.number, .column = (uint32_t)(at - line.begin) + 1};
}
