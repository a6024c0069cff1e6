/* SPDX-License-Identifier: MIT */
/* Work to be counted under `valgrind --tool=callgrind --toggle-collect=bench_counted --dump-after=bench_counted`: callgrind
   writes one file for each call of bench_counted, in the order of the lines that this program prints: set, mode, name,
   bytes. usage: bench_count speed|cliffs DIVISOR [MODE NAME],
   where MODE and NAME choose one of the lines, to see where its time goes. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cliffs.h"
#include "peers.h"

typedef struct job {
  const corpus *c;
  bool (*peer)(const corpus *c);
  ours setting;
} job;

trpt_status bench_counted(const job *j);

__attribute__((noinline)) trpt_status bench_counted(const job *j) {
  if (j->peer) return j->peer(j->c) ? TRPT_OK : TRPT_E_JSON;
  return ours_stream(j->c, &j->setting);
}

typedef struct mode {
  const char *name;
  ours setting;
} mode;

static const mode modes[] = {
    {"builtin", {.tokenizer = TRPT_TOKENIZER_BUILTIN, .diagnostics = DIAGNOSTICS_OFF}},
    {"builtin+counted", {.tokenizer = TRPT_TOKENIZER_BUILTIN, .diagnostics = DIAGNOSTICS_COUNTED}},
    {"builtin+diagnostics", {.tokenizer = TRPT_TOKENIZER_BUILTIN, .diagnostics = DIAGNOSTICS_RECEIVED}},
#ifdef TRPT_WITH_YAJL
    {"yajl", {.tokenizer = TRPT_TOKENIZER_YAJL, .diagnostics = DIAGNOSTICS_OFF}},
    {"yajl+counted", {.tokenizer = TRPT_TOKENIZER_YAJL, .diagnostics = DIAGNOSTICS_COUNTED}},
    {"yajl+diagnostics", {.tokenizer = TRPT_TOKENIZER_YAJL, .diagnostics = DIAGNOSTICS_RECEIVED}},
#endif
};

static const char *only_mode, *only_name; /* NULL: all */

static bool chosen(const char *how, const char *name) {
  return !only_mode || (!strcmp(only_mode, how) && !strcmp(only_name, name));
}

static void count(const job *j, const char *how, const char *name, trpt_status expected) {
  if (!chosen(how, name)) return;
  const trpt_status status = bench_counted(j);
  printf("%s\t%s\t%zu\n", how, name, j->c->json_bytes);
  fflush(stdout);
  if (status == expected) return;
  fprintf(stderr, "%s, %s: %s\n", how, name, trpt_status_name(status));
  exit(1);
}

static void count_speed(const char *name, corpus c) {
#ifdef BENCH_YAJL
  const job bare = {&c, peer_yajl, {0}};
  count(&bare, "bare-yajl", name, TRPT_OK);
#endif
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    const job j = {&c, NULL, modes[i].setting};
    count(&j, modes[i].name, name, TRPT_OK);
  }
  corpus_free(&c);
}

static void count_gzip(const char *name, corpus plain) {
  corpus c = corpus_gzip(&plain);
  corpus_free(&plain);
#ifdef BENCH_ZLIB
  const job bare = {&c, peer_inflate, {0}};
  count(&bare, "bare-zlib", name, TRPT_OK);
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    const job j = {&c, NULL, modes[i].setting};
    count(&j, modes[i].name, name, TRPT_OK);
  }
#endif
  corpus_free(&c);
}

/* Diagnostics cost nearly the same received or not, since only the first ones are handed out. */
static bool wanted(const mode *m) { return m->setting.diagnostics != DIAGNOSTICS_COUNTED; }

static void count_cliff(const cliff *of, size_t divisor) {
  corpus c = cliff_corpus(of, divisor);
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    if (!wanted(&modes[i]) || !cliff_is_for(of, modes[i].setting.tokenizer)) continue;
    job j = {&c, NULL, of->setting};
    j.setting.tokenizer = modes[i].setting.tokenizer;
    j.setting.diagnostics = modes[i].setting.diagnostics;
    count(&j, modes[i].name, of->name, of->expected);
  }
  corpus_free(&c);
}

int main(int argc, char **argv) {
  const size_t divisor = argc == 3 || argc == 5 ? strtoul(argv[2], NULL, 10) : 0;
  if (argc == 5) {
    only_mode = argv[3];
    only_name = argv[4];
  }
  if (divisor && !strcmp(argv[1], "speed")) {
    count_speed("compact", corpus_large(50000000 / divisor, 0));
    count_speed("pretty", corpus_large(50000000 / divisor, 2));
    count_speed("wide", corpus_large(50000000 / divisor, 4));
    count_speed("small", corpus_small(20000 / divisor));
    count_speed("senders", corpus_senders(40000 / divisor));
    count_gzip("small-gzip", corpus_small(20000 / divisor));
    count_gzip("senders-gzip", corpus_senders(40000 / divisor));
  } else if (divisor && !strcmp(argv[1], "cliffs")) {
    for (size_t i = 0; i < cliff_count; i++) count_cliff(&cliffs[i], divisor);
  } else {
    fputs("usage: bench_count speed|cliffs DIVISOR [MODE NAME]\n", stderr);
    return 2;
  }
  return 0;
}
