/* SPDX-License-Identifier: MIT */
#include "cliff_row.h"

#include <stdio.h>

#include "cliffs.h"
#include "measure.h"

enum { MODES = 4, ROUNDS = 3, LIMIT = 10 };

static const ours modes[] = {{.tokenizer = TRPT_TOKENIZER_BUILTIN, .diagnostics = DIAGNOSTICS_OFF},
                             {.tokenizer = TRPT_TOKENIZER_BUILTIN, .diagnostics = DIAGNOSTICS_RECEIVED},
#ifdef TRPT_WITH_YAJL
                             {.tokenizer = TRPT_TOKENIZER_YAJL, .diagnostics = DIAGNOSTICS_OFF},
                             {.tokenizer = TRPT_TOKENIZER_YAJL, .diagnostics = DIAGNOSTICS_RECEIVED}
#endif
};
static const char *const mode_names[MODES] = {"built-in", "+ diagnostics", "yajl", "+ diagnostics"};
enum { MODES_HERE = sizeof modes / sizeof *modes };

/* Nanoseconds for each byte; the best round. */
static double measure(const cliff *of, const corpus *c, const ours *mode, bool *good) {
  ours setting = of->setting;
  double seconds[ROUNDS];
  setting.tokenizer = mode->tokenizer;
  setting.diagnostics = mode->diagnostics;
  for (unsigned i = 0; i < ROUNDS; i++) {
    measure_settle();
    const double begin = measure_seconds();
    *good &= ours_stream(c, &setting) == of->expected;
    seconds[i] = measure_seconds() - begin;
  }
  return measure_best(seconds, ROUNDS) * 1e9 / (double)c->bytes.len;
}

static bool print(const cliff *of, const sizes *s, double *plain) {
  corpus c = cliff_corpus(of, s->divisor);
  bool good = true, met = true;
  printf("%-44s %9.2f", of->name, (double)c.bytes.len / 1e6);
  for (size_t i = 0; i < MODES_HERE; i++) {
    if (!cliff_is_for(of, modes[i].tokenizer)) continue; /* those of yajl are the last */
    const double cost = measure(of, &c, &modes[i], &good);
    if (of == cliffs) plain[i] = cost;
    met &= cost <= LIMIT * plain[i];
    printf("  %7.2f %5.2f", cost, cost / plain[i]);
  }
  if (s->judge) printf("  <= %d: %s", LIMIT, met ? "met" : "MISSED");
  printf("%s\n", good ? "" : "  not the expected status");
  fflush(stdout);
  corpus_free(&c);
  return good;
}

bool cliff_row(const row *self, const sizes *s) {
  double plain[MODES] = {0};
  bool good = true;
  printf("\n%s: ns for each byte, and that as a multiple of the plain input's, best of %d rounds\n", self->title,
         ROUNDS);
  printf("%-44s %9s", "", "MB");
  for (size_t i = 0; i < MODES_HERE; i++) printf("  %13s", mode_names[i]);
  printf("  target\n");
  for (size_t i = 0; i < cliff_count; i++) good &= print(&cliffs[i], s, plain);
  return good;
}
