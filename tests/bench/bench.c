/* SPDX-License-Identifier: MIT */
/* How fast the library is, beside its peers on the same bytes in the same run. docs/maintainers/performance.md explains the tables. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/status.h>

#include "bench_rows.h"
#include "measure.h"

static const char usage[] = "usage: bench [--quick] [--rounds N] [--only ROW]...\n"
                            "  --quick     small inputs and few rounds: says that it works, not how fast it is\n"
                            "  --only ROW  this row, and others so given\n"
                            "rows:";

static void print_usage(FILE *to) {
  fputs(usage, to);
  for (size_t i = 0; i < row_count; i++) fprintf(to, " %s", rows[i].name);
  fputs("\n", to);
}

static size_t row_find(const char *name) {
  for (size_t i = 0; i < row_count; i++)
    if (!strcmp(rows[i].name, name)) return i;
  return row_count;
}

typedef struct choice {
  sizes sizes;
  bool only;
  bool chosen[32];
} choice;

/* False for wrong usage. */
static bool read_arguments(int argc, char **argv, choice *to) {
  static const sizes quick = {1000000, 200, 4000000, 50, 2, false};
  unsigned long rounds = 0;
  for (int i = 1; i < argc; i++) {
    const bool has_value = i + 1 < argc;
    if (!strcmp(argv[i], "--quick")) {
      to->sizes = quick;
    } else if (!strcmp(argv[i], "--rounds") && has_value) {
      rounds = strtoul(argv[++i], NULL, 10);
      if (rounds < 1 || rounds > 1000) return false;
    } else if (!strcmp(argv[i], "--only") && has_value) {
      const size_t found = row_find(argv[++i]);
      if (found == row_count) return false;
      to->only = to->chosen[found] = true;
    } else {
      return false;
    }
  }
  if (rounds) to->sizes.rounds = (unsigned)rounds;
  return true;
}

int main(int argc, char **argv) {
  choice chosen = {.sizes = {50000000, 20000, 1000000000, 1, 7, true}};
  bool good = true;
  if (argc == 2 && !strcmp(argv[1], "--help")) {
    print_usage(stdout);
    return 0;
  }
  if (!read_arguments(argc, argv, &chosen)) {
    print_usage(stderr);
    return 2;
  }
  measure_keep_memory();
  printf("libtrpt %s, %s\n", trpt_version(), measure_pin() ? "on one processor" : "not pinned to a processor");
  for (size_t i = 0; i < row_count; i++)
    if (!chosen.only || chosen.chosen[i]) good &= rows[i].run(&rows[i], &chosen.sizes);
  return good ? 0 : 1;
}
