/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../source.h"

enum { INTERVAL = 500, DESCRIPTORS = 32 };

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static uint64_t total; /* nftw hands nothing on */

static int add_size(const char *path, const struct stat *s, int type, struct FTW *at) {
  (void)path;
  (void)at;
  if (type == FTW_F && S_ISREG(s->st_mode)) total += (uint64_t)s->st_size;
  return source_interrupted();
}

void reading_progress_begin(reading_progress *p, bool quiet, const arguments *a) {
  *p = (reading_progress){.is_on = !quiet && isatty(STDERR_FILENO), .begin = now()};
  p->next = p->begin + INTERVAL;
  if (!p->is_on) return;
  total = 0;
  for (int i = 0; i < a->count; i++) {
    if (strcmp(a->values[i], "-") == 0) return;
    nftw(a->values[i], add_size, DESCRIPTORS, FTW_PHYS);
  }
  p->total = total;
}

void reading_progress_step(reading_progress *p) {
  p->items++;
  if (!p->is_on || (p->items & 63)) return;
  const int64_t time = now();
  if (time < p->next) return;
  p->next = time + INTERVAL;
  p->is_shown = true;
  const uint64_t bytes = source_bytes();
  fprintf(stderr, "\r\033[K%llu inputs, %.1f MB", (unsigned long long)p->items, (double)bytes / 1e6);
  if (!p->total || bytes > p->total || !bytes) return;
  const double left = (double)(time - p->begin) / 1000 * ((double)p->total / (double)bytes - 1);
  fprintf(stderr, " of %.1f MB, about %.0f s left", (double)p->total / 1e6, left);
}

void reading_progress_hide(reading_progress *p) {
  if (p->is_shown) fputs("\r\033[K", stderr);
  p->is_shown = false;
}
