/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include "measure.h"

#include <fcntl.h>
#include <limits.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

bool measure_pin(void) {
  const int processor = sched_getcpu();
  cpu_set_t set;
  if (processor < 0) return false;
  CPU_ZERO(&set);
  CPU_SET((unsigned)processor, &set);
  return sched_setaffinity(0, sizeof set, &set) == 0;
}

void measure_keep_memory(void) {
#ifdef __GLIBC__
  mallopt(M_TRIM_THRESHOLD, INT_MAX);
  mallopt(M_MMAP_MAX, 0);
#endif
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx"))) static void zero_upper(void) { __builtin_ia32_vzeroupper(); }

static void clean_registers(void) {
  if (__builtin_cpu_supports("avx")) zero_upper();
}
#else
static void clean_registers(void) {}
#endif

void measure_settle(void) {
  void *volatile large = malloc((size_t)1 << 20);
  free(large);
  clean_registers();
}

double measure_seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Without stdio, which allocates. */
size_t measure_resident(void) {
  char text[128] = "";
  unsigned long total = 0, resident = 0;
  const int statm = open("/proc/self/statm", O_RDONLY);
  if (statm < 0) return 0;
  if (read(statm, text, sizeof text - 1) < 0) text[0] = '\0';
  close(statm);
  if (sscanf(text, "%lu %lu", &total, &resident) != 2) return 0;
  return resident * (size_t)sysconf(_SC_PAGESIZE);
}

double measure_best(const double *seconds, size_t count) {
  double best = seconds[0];
  for (size_t i = 1; i < count; i++)
    if (seconds[i] < best) best = seconds[i];
  return best;
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

double measure_median(double *seconds, size_t count) {
  qsort(seconds, count, sizeof *seconds, compare);
  return count % 2 ? seconds[count / 2] : (seconds[count / 2 - 1] + seconds[count / 2]) / 2;
}
