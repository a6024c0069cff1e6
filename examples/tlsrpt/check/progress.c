/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stddef.h>
#include <unistd.h>

#include "../buffer.h"
#include "resolver.h"

/* What a terminal cannot be told is no loss. */
static void write_terminal(const char *data, size_t len) {
  if (write(STDERR_FILENO, data, len) < 0) return;
}

void progress_begin(progress *p, bool quiet) { *p = (progress){.is_on = !quiet && isatty(STDERR_FILENO)}; }

void progress_show(progress *p, uint64_t done, uint64_t under_way) {
  enum { INTERVAL = 200 };
  const int64_t now = p->is_on ? network_clock() : 0;
  if (!p->is_on || now < p->next) return;
  buffer line = {0};
  buffer_text(&line, "\r");
  buffer_number(&line, done);
  buffer_text(&line, " checked, ");
  buffer_number(&line, under_way);
  buffer_text(&line, " under way\x1b[K");
  write_terminal(line.data, line.len);
  buffer_free(&line);
  p->is_shown = true;
  p->next = now + INTERVAL;
}

void progress_hide(progress *p) {
  static const char erase[] = "\r\x1b[K";
  if (p->is_shown) write_terminal(erase, sizeof erase - 1);
  p->is_shown = false;
}
