/* SPDX-License-Identifier: MIT */
#include "memory_row.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"
#include "measure.h"
#include "ours.h"

enum { EARLY = 1024, CHUNK = 65536 };

typedef struct observation {
  size_t size; /* of the parser */
  size_t early, late;
  uint64_t allocations;
  trpt_status status;
} observation;

/* Gives on what the generator wrote. */
static trpt_status flush(trpt_parser *parser, text *written, size_t *total) {
  const trpt_status status = trpt_parser_feed(parser, written->data, written->len);
  *total += written->len;
  written->len = 0;
  return status;
}

static trpt_status feed_endless(trpt_parser *parser, text *written, size_t bytes, observation *seen) {
  generator g = generator_make(written, 1, STYLE_GOOGLE, (layout){0});
  size_t total = 0;
  trpt_status status = TRPT_OK;
  generate_head(&g);
  while (status == TRPT_OK && total < bytes) {
    generate_policy(&g, (style)(total % STYLES));
    if (written->len < (total ? CHUNK : EARLY)) continue;
    const bool first = !total;
    status = flush(parser, written, &total);
    if (first) seen->early = measure_resident();
  }
  generate_tail(&g);
  if (status == TRPT_OK) status = flush(parser, written, &total);
  return status == TRPT_OK ? trpt_parser_finish(parser) : status;
}

static observation observe(const ours *setting, size_t bytes) {
  const trpt_options options = ours_options(setting);
  const trpt_handler handler = ours_handler(setting);
  observation seen = {trpt_parser_size(&options), 0, 0, 0, TRPT_E_MEMORY};
  text written = {NULL, 0, 0};
  trpt_parser *parser;
  uint64_t sum = 0;
  char *memory = checked_allocate(seen.size);
  /* Memory that nobody has written to does not count as in use. */
  memset(memory, 0xa5, seen.size);
  text_reserve(&written, 2 * CHUNK);
  memset(written.data, 0xa5, written.capacity);
  seen.early = measure_resident();
  measure_heap_start();
  if (trpt_parser_init(&parser, memory, seen.size, &options) == TRPT_OK) {
    trpt_parser_set_handler(parser, &handler, &sum);
    seen.status = feed_endless(parser, &written, bytes, &seen);
  }
  seen.late = measure_resident();
  seen.allocations = measure_heap_stop().allocations;
  text_free(&written);
  free(memory);
  return seen;
}

static bool print(const char *name, const ours *setting, size_t bytes) {
  const observation seen = observe(setting, bytes);
  /* Code that runs for the first time comes into memory too. */
  const bool met = seen.status == TRPT_OK && seen.late <= seen.early + CHUNK;
  printf("%-34s %12zu %14zu %14zu %12" PRIu64 "  the same: %s\n", name, seen.size, seen.early / 1024, seen.late / 1024,
         seen.allocations, met ? "met" : "MISSED");
  return seen.status == TRPT_OK;
}

bool memory_row(const row *self, const sizes *s) {
  static const struct {
    const char *name;
    ours setting;
  } kinds[] = {
      {"built-in, TRPT_NO_DIAGNOSTICS", {.tokenizer = TRPT_TOKENIZER_BUILTIN, .diagnostics = DIAGNOSTICS_OFF}},
      {"built-in, diagnostics received", {.tokenizer = TRPT_TOKENIZER_BUILTIN, .diagnostics = DIAGNOSTICS_RECEIVED}},
#ifdef TRPT_WITH_YAJL
      {"yajl engine, diagnostics received", {.tokenizer = TRPT_TOKENIZER_YAJL, .diagnostics = DIAGNOSTICS_RECEIVED}}
#endif
  };
  bool good = true;
  observe(&kinds[1].setting, EARLY); /* for the C library's own first times */
  printf("\n%s: resident after 1 KB and after %zu MB that are never held\n", self->title, s->endless / 1000000);
  printf("%-34s %12s %14s %14s %12s\n", "", "parser bytes", "early, KiB", "late, KiB", "allocations");
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    good &= print(kinds[i].name, &kinds[i].setting, s->endless);
    fflush(stdout);
  }
  return good;
}
