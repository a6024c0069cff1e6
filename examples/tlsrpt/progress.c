/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stddef.h>
#include <time.h>
#include <unistd.h>

enum { INTERVAL_MS = 200 };

static const char erase[] = "\r\x1b[K";

/* Global because there is only one standard error. */
static progress *shown;

/* Ignores errors: a missing progress line does no harm. */
static void write_terminal(const char *data, size_t len) {
  if (write(STDERR_FILENO, data, len) < 0) return;
}

int64_t progress_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_begin(progress *p, bool quiet) { *p = (progress){.is_on = !quiet && isatty(STDERR_FILENO)}; }

bool progress_is_due(const progress *p) { return p->is_on && progress_clock() >= p->next; }

void progress_show(progress *p, buffer *line) {
  buffer text = {0};
  buffer_add(&text, erase, sizeof erase - 1);
  buffer_append(&text, line);
  write_terminal(text.data, text.len);
  buffer_free(&text);
  buffer_clear(line);
  shown = p;
  p->next = progress_clock() + INTERVAL_MS;
}

void progress_hide(void) {
  if (shown) write_terminal(erase, sizeof erase - 1);
  shown = NULL;
}
