/* SPDX-License-Identifier: MIT */
#include "contest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "measure.h"

typedef struct result {
  bool good;
  heap_use heap;
  double best, median;
} result;

static bool run(const contender *one, const corpus *c) {
  return one->peer ? one->peer(c) : one->ours(c, &one->setting) == TRPT_OK;
}

/* One run that is not timed: it fills the caches, and watching malloc takes time. */
static void warm_up(const contender *one, const corpus *c, result *r) {
  measure_heap_start();
  r->good = run(one, c);
  r->heap = measure_heap_stop();
}

static void measure(const contest *of, const corpus *c, unsigned rounds, double *seconds) {
  for (unsigned round = 0; round < rounds; round++) {
    for (size_t i = 0; i < of->count; i++) {
      measure_settle();
      const double begin = measure_seconds();
      run(&of->field[i], c);
      seconds[i * rounds + round] = measure_seconds() - begin;
    }
  }
}

static void print_head(const contest *of, const corpus *c, unsigned rounds) {
  char title[128], ratio[32];
  const char *unit = of->as_time ? "time" : "speed";
  if (c->bytes.len != c->json_bytes)
    snprintf(title, sizeof title, "%s: %zu input%s, %.1f MB of JSON in %.1f MB, %u rounds", of->name, c->count,
             c->count == 1 ? "" : "s", (double)c->json_bytes / 1e6, (double)c->bytes.len / 1e6, rounds);
  else
    snprintf(title, sizeof title, "%s: %zu input%s, %.1f MB of JSON, %u rounds", of->name, c->count,
             c->count == 1 ? "" : "s", (double)c->json_bytes / 1e6, rounds);
  snprintf(ratio, sizeof ratio, "%s/%s", unit, of->reference);
  printf("\n%s\n%-34s %9s %9s %10s %14s %10s %9s  %s\n", title, "", "MB/s best", "median", "reports/s", ratio,
         "peak KiB", "allocs", "target");
}

static void print_target(const contest *of, const contender *one, double ratio, bool judge) {
  if (one->target <= 0 || !judge) {
    printf("\n");
    return;
  }
  const bool met = of->as_time ? ratio <= one->target : ratio >= one->target;
  printf("  %s %.2f: %s\n", of->as_time ? "<=" : ">=", one->target, met ? "met" : "MISSED");
}

static void print_result(const contest *of, const contender *one, const result *r, const result *reference,
                         const corpus *c, bool judge) {
  const double ratio = of->as_time ? r->best / reference->best : reference->best / r->best;
  const double megabytes = (double)c->json_bytes / 1e6;
  if (!r->good) {
    printf("%-34s refuses it\n", one->name);
    return;
  }
  printf("%-34s %9.1f %9.1f ", one->name, megabytes / r->best, megabytes / r->median);
  if (c->count > 1)
    printf("%10.0f", (double)c->count / r->best);
  else
    printf("%10s", "");
  printf(" %14.2f %10zu %9" PRIu64, ratio, (r->heap.peak + 1023) / 1024, r->heap.allocations);
  print_target(of, one, ratio, judge);
}

bool contest_run(const contest *of, const corpus *c, unsigned rounds, bool judge) {
  result *results = checked_allocate(of->count * sizeof *results);
  double *seconds = checked_allocate(of->count * rounds * sizeof *seconds);
  bool good = true;
  for (size_t i = 0; i < of->count; i++) warm_up(&of->field[i], c, &results[i]);
  measure(of, c, rounds, seconds);
  print_head(of, c, rounds);
  for (size_t i = 0; i < of->count; i++) {
    results[i].best = measure_best(&seconds[i * rounds], rounds);
    results[i].median = measure_median(&seconds[i * rounds], rounds);
    print_result(of, &of->field[i], &results[i], &results[0], c, judge);
    good &= results[i].good;
  }
  free(seconds);
  free(results);
  fflush(stdout);
  return good;
}
