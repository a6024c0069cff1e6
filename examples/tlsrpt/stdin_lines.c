/* SPDX-License-Identifier: MIT */
#include "stdin_lines.h"

#include <string.h>

#include "buffer.h"
#include "input_source.h"
#include "standard_output.h"

bool stdin_lines_read(void (*visit)(void *user, trpt_str line, uint32_t number), void *user) {
  input_source in = input_stdin();
  const char *at;
  buffer line = {0};
  uint32_t number = 0;
  long n;
  while ((n = input_next(&in, &at)) > 0) {
    const char *const end = at + n;
    const char *feed;
    while ((feed = memchr(at, '\n', (size_t)(end - at)))) {
      buffer_add(&line, at, (size_t)(feed - at));
      if (line.failed) output_no_memory();
      visit(user, (trpt_str){line.len ? line.data : "", line.len}, ++number);
      buffer_clear(&line);
      at = feed + 1;
    }
    buffer_add(&line, at, (size_t)(end - at));
  }
  if (line.failed) output_no_memory();
  if (line.len) visit(user, (trpt_str){line.data, line.len}, ++number);
  buffer_free(&line);
  return n == 0;
}
