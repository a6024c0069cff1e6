/* SPDX-License-Identifier: MIT */
#include "names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../lib/base/text.h"
#include "../allocate.h"
#include "../standard_output.h"

/* LINE_MAX_LEN is more than any valid name, so a truncated line is still recognized as too long. */
enum { LINE_MAX_LEN = 4096, CHUNK_SIZE = 64 * 1024 };

void names_begin(names *n, char **arguments, int count) {
  *n = (names){.arguments = arguments, .count = count, .chunk = allocate_zeros(CHUNK_SIZE, 1)};
}

static trpt_str trim(const char *data, size_t len) {
  return trpt_trim_space((trpt_str){data, len < LINE_MAX_LEN ? len : LINE_MAX_LEN});
}

static void append(names *n, const char *data, size_t len) {
  const size_t available = LINE_MAX_LEN - n->line.len;
  buffer_add(&n->line, data, len < available ? len : available);
  if (n->line.failed) output_no_memory();
}

/* Returns the next line that is in memory completely. */
static bool next_line(names *n, trpt_str *out) {
  if (n->line_is_consumed) {
    buffer_clear(&n->line);
    n->line_is_consumed = false;
  }
  const char *begin = n->chunk + n->used;
  const size_t len = n->filled - n->used;
  const char *feed = len ? memchr(begin, '\n', len) : NULL;
  append(n, begin, feed ? (size_t)(feed - begin) : len);
  n->used = feed ? (size_t)(feed - n->chunk) + 1 : n->filled;
  /* The last line may end without a line feed. */
  if (!feed && !(n->ended && n->line.len)) return false;
  *out = trim(n->line.len ? n->line.data : "", n->line.len);
  n->line_is_consumed = true;
  return true;
}

names_state names_next(names *n, trpt_str *out) {
  for (;;) {
    if (n->in_input) {
      if (next_line(n, out)) {
        n->number++;
        return NAMES_AVAILABLE;
      }
      if (!n->ended) return NAMES_WAIT;
      n->in_input = false;
      n->number = 0;
    }
    if (n->at == n->count) return NAMES_END;
    const char *argument = n->arguments[n->at++];
    n->in_input = strcmp(argument, "-") == 0;
    if (n->in_input) continue;
    *out = trim(argument, strlen(argument));
    return NAMES_AVAILABLE;
  }
}

void names_fill(names *n) {
  const ssize_t got = read(STDIN_FILENO, n->chunk, CHUNK_SIZE);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (got < 0) n->error = errno;
  n->used = 0;
  n->filled = got > 0 ? (size_t)got : 0;
  n->ended = got <= 0;
}

void names_free(names *n) {
  free(n->chunk);
  buffer_free(&n->line);
}
