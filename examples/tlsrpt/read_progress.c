/* SPDX-License-Identifier: MIT */
#include "read_progress.h"

#include <ftw.h>
#include <string.h>
#include <sys/stat.h>

#include "input_source.h"

enum { DESCRIPTORS_MAX = 32 };

static uint64_t total; /* global because nftw passes no user data */

static int add_size(const char *path, const struct stat *s, int type, struct FTW *at) {
  (void)path;
  (void)at;
  if (type == FTW_F && S_ISREG(s->st_mode)) total += (uint64_t)s->st_size;
  return input_interrupted();
}

void read_progress_begin(read_progress *p, bool quiet, const arguments *a) {
  *p = (read_progress){.begin = progress_clock(), .added = input_bytes()};
  progress_begin(&p->line, quiet);
  if (!p->line.is_on) return;
  total = 0;
  for (int i = 0; i < a->count; i++) {
    if (strcmp(a->values[i], "-") == 0) return;
    nftw(a->values[i], add_size, DESCRIPTORS_MAX, FTW_PHYS);
  }
  p->total = total;
}

void read_progress_step(read_progress *p) {
  p->items++;
  if (!p->line.is_on || (p->items & 63) || !progress_is_due(&p->line)) return;
  const uint64_t bytes = input_bytes() - p->added;
  buffer line = {0};
  buffer_number(&line, p->items);
  buffer_text(&line, " inputs, ");
  buffer_megabytes(&line, bytes);
  if (bytes && bytes <= p->total) {
    const double spent = (double)(progress_clock() - p->begin) / 1000;
    buffer_text(&line, " of ");
    buffer_megabytes(&line, p->total);
    buffer_text(&line, ", about ");
    buffer_number(&line, (uint64_t)(spent * ((double)p->total / (double)bytes - 1) + 0.5));
    buffer_text(&line, " s left");
  }
  progress_show(&p->line, &line);
  buffer_free(&line);
}
