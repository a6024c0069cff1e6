/* SPDX-License-Identifier: MIT */
#include "bench_rows.h"

#include <inttypes.h>
#include <stdio.h>

#include "cliff_row.h"
#include "contest.h"
#include "memory_row.h"
#include "peers.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define BUILTIN(kind, with) .ours = kind, .setting = {.tokenizer = TRPT_TOKENIZER_BUILTIN, .diagnostics = with}
#define YAJL(kind, with)    .ours = kind, .setting = {.tokenizer = TRPT_TOKENIZER_YAJL, .diagnostics = with}

/* Without yajl the reference is the built-in tokenizer, and a ratio to it has no target. */
#ifdef BENCH_YAJL
#define REFERENCE      "yajl"
#define TARGET(target) target
#else
#define REFERENCE      "built-in"
#define TARGET(target) 0
#endif

/* --- streaming ------------------------------------------------------------------------------------------------------ */

#define PEERS RAPIDJSON SIMDJSON YYJSON JANSSON JSON_C

#ifdef BENCH_RAPIDJSON
#define RAPIDJSON                                                                                                      \
  {.name = "RapidJSON SAX", .peer = peer_rapidjson},                                                                   \
      {.name = "RapidJSON SAX, checking UTF-8", .peer = peer_rapidjson_utf8},
#else
#define RAPIDJSON
#endif
#ifdef BENCH_SIMDJSON
#define SIMDJSON {.name = "simdjson on demand", .peer = peer_simdjson},
#else
#define SIMDJSON
#endif
#ifdef BENCH_YYJSON
#define YYJSON {.name = "yyjson (tree)", .peer = peer_yyjson},
#else
#define YYJSON
#endif
#ifdef BENCH_JANSSON
#define JANSSON {.name = "jansson (tree)", .peer = peer_jansson},
#else
#define JANSSON
#endif
#ifdef BENCH_JSON_C
#define JSON_C {.name = "json-c (tree)", .peer = peer_json_c},
#else
#define JSON_C
#endif

static const contender large_field[] = {
#ifdef BENCH_YAJL
    {.name = "bare yajl, empty callbacks", .peer = peer_yajl},
#endif
    {.name = "built-in, TRPT_NO_DIAGNOSTICS", BUILTIN(ours_stream, DIAGNOSTICS_OFF), .target = TARGET(3.0)},
    {.name = "built-in, diagnostics counted", BUILTIN(ours_stream, DIAGNOSTICS_COUNTED), .target = TARGET(2.0)},
    {.name = "built-in, diagnostics received", BUILTIN(ours_stream, DIAGNOSTICS_RECEIVED), .target = TARGET(2.0)},
#ifdef TRPT_WITH_YAJL
    {.name = "yajl engine, TRPT_NO_DIAGNOSTICS", YAJL(ours_stream, DIAGNOSTICS_OFF)},
    {.name = "yajl engine, diagnostics counted", YAJL(ours_stream, DIAGNOSTICS_COUNTED)},
    {.name = "yajl engine, diagnostics received", YAJL(ours_stream, DIAGNOSTICS_RECEIVED)},
#endif
    PEERS};

static const contender small_field[] = {
#ifdef BENCH_YAJL
    {.name = "bare yajl, alloc and free for each", .peer = peer_yajl},
#endif
    {.name = "built-in, TRPT_NO_DIAGNOSTICS", BUILTIN(ours_stream, DIAGNOSTICS_OFF), .target = TARGET(2.5)},
    {.name = "built-in, diagnostics counted", BUILTIN(ours_stream, DIAGNOSTICS_COUNTED)},
    {.name = "built-in, diagnostics received", BUILTIN(ours_stream, DIAGNOSTICS_RECEIVED)},
#ifdef TRPT_WITH_YAJL
    {.name = "yajl engine, TRPT_NO_DIAGNOSTICS", YAJL(ours_stream, DIAGNOSTICS_OFF)},
    {.name = "yajl engine, diagnostics received", YAJL(ours_stream, DIAGNOSTICS_RECEIVED)},
#endif
    PEERS};

static const contest large_contest = {NULL, REFERENCE, false, large_field, COUNT(large_field)};
static const contest small_contest = {NULL, REFERENCE, false, small_field, COUNT(small_field)};

/* Compact or indented, as the rows' names say. */
enum { COMPACT = 0, PRETTY = 2, WIDE = 4 };

static bool run_on(const row *self, const contest *of, corpus c, const sizes *s) {
  contest named = *of;
  named.name = self->title;
  const bool good = contest_run(&named, &c, s->rounds, s->judge);
  corpus_free(&c);
  return good;
}

static bool run_compact(const row *self, const sizes *s) {
  return run_on(self, &large_contest, corpus_large(s->large, COMPACT), s);
}

static bool run_pretty(const row *self, const sizes *s) {
  return run_on(self, &large_contest, corpus_large(s->large, PRETTY), s);
}

static bool run_wide(const row *self, const sizes *s) {
  return run_on(self, &large_contest, corpus_large(s->large, WIDE), s);
}

static bool run_small(const row *self, const sizes *s) {
  return run_on(self, &small_contest, corpus_small(s->small), s);
}

static bool run_senders(const row *self, const sizes *s) {
  return run_on(self, &small_contest, corpus_senders(2 * s->small), s);
}

/* --- gzip ----------------------------------------------------------------------------------------------------------- */

#ifdef BENCH_ZLIB
static const contender gzip_field[] = {
    {.name = "bare zlib inflate, state reused", .peer = peer_inflate},
#ifdef BENCH_YAJL
    {.name = "zlib inflate and bare yajl", .peer = peer_inflate_yajl},
#endif
#ifdef BENCH_LIBDEFLATE
    {.name = "libdeflate, whole inputs", .peer = peer_libdeflate},
#endif
    {.name = "built-in, TRPT_NO_DIAGNOSTICS", BUILTIN(ours_stream, DIAGNOSTICS_OFF), .target = 1.0},
    {.name = "built-in, diagnostics counted", BUILTIN(ours_stream, DIAGNOSTICS_COUNTED)},
    {.name = "built-in, diagnostics received", BUILTIN(ours_stream, DIAGNOSTICS_RECEIVED)},
#ifdef TRPT_WITH_YAJL
    {.name = "yajl engine, TRPT_NO_DIAGNOSTICS", YAJL(ours_stream, DIAGNOSTICS_OFF)},
    {.name = "yajl engine, diagnostics received", YAJL(ours_stream, DIAGNOSTICS_RECEIVED)},
#endif
};
static const contest gzip_contest = {NULL, "inflate", true, gzip_field, COUNT(gzip_field)};

static bool run_gzip(const row *self, corpus plain, const sizes *s) {
  const corpus zipped = corpus_gzip(&plain);
  corpus_free(&plain);
  return run_on(self, &gzip_contest, zipped, s);
}
#else
static bool run_gzip(const row *self, corpus plain, const sizes *s) {
  (void)s;
  corpus_free(&plain);
  printf("\n%s: left out, zlib was not found\n", self->title);
  return true;
}
#endif

static bool run_small_gzip(const row *self, const sizes *s) { return run_gzip(self, corpus_small(s->small), s); }

static bool run_senders_gzip(const row *self, const sizes *s) {
  return run_gzip(self, corpus_senders(2 * s->small), s);
}

static bool run_compact_gzip(const row *self, const sizes *s) {
  return run_gzip(self, corpus_large(s->large, COMPACT), s);
}

static bool run_pretty_gzip(const row *self, const sizes *s) {
  return run_gzip(self, corpus_large(s->large, PRETTY), s);
}

/* --- trees ---------------------------------------------------------------------------------------------------------- */

static const contender tree_field[] = {
    {.name = "built-in, streaming, NO_DIAGNOSTICS", BUILTIN(ours_stream, DIAGNOSTICS_OFF)},
    {.name = "built-in, tree, NO_DIAGNOSTICS", BUILTIN(ours_tree, DIAGNOSTICS_OFF), .target = 0.7},
    JANSSON JSON_C};
static const contender tree_diagnostics_field[] = {
    {.name = "built-in, streaming, received", BUILTIN(ours_stream, DIAGNOSTICS_RECEIVED)},
    {.name = "built-in, tree with diagnostics", BUILTIN(ours_tree, DIAGNOSTICS_RECEIVED), .target = 0.7}};
static const contest tree_contests[] = {
    {NULL, "streaming", false, tree_field, COUNT(tree_field)},
    {NULL, "streaming", false, tree_diagnostics_field, COUNT(tree_diagnostics_field)}};

static void print_tree_use(const corpus *c, const ours *setting, bool judge) {
  const double limit = 1.5;
  const tree_use use = ours_tree_use(c, setting);
  const double share = (double)use.bytes / (double)c->json_bytes;
  printf("%-34s %.2f bytes for each of JSON, %.2f allocations a report",
         setting->diagnostics == DIAGNOSTICS_OFF ? "the tree's memory" : "the tree's memory, with diagnostics", share,
         (double)use.allocations / (double)c->count);
  if (judge) printf("  <= %.1f: %s", limit, share <= limit ? "met" : "MISSED");
  printf("\n");
}

static bool run_tree(const row *self, corpus c, const sizes *s) {
  bool good = true;
  for (size_t i = 0; i < COUNT(tree_contests); i++) {
    contest named = tree_contests[i];
    named.name = self->title;
    good &= contest_run(&named, &c, s->rounds, s->judge);
    print_tree_use(&c, &named.field[1].setting, s->judge);
  }
  corpus_free(&c);
  return good;
}

static bool run_tree_large(const row *self, const sizes *s) {
  return run_tree(self, corpus_large(s->large, COMPACT), s);
}

static bool run_tree_pretty(const row *self, const sizes *s) {
  return run_tree(self, corpus_large(s->large, PRETTY), s);
}

static bool run_tree_small(const row *self, const sizes *s) { return run_tree(self, corpus_small(s->small), s); }

const row rows[] = {
    {"compact", "One large compact report", run_compact},
    {"pretty", "One large indented report", run_pretty},
    {"wide", "One large report, indented by four blanks for each level", run_wide},
    {"small", "Small reports one by one", run_small},
    {"senders", "Reports in the layouts of twelve senders, one by one", run_senders},
    {"senders-gzip", "Reports in the layouts of twelve senders, gzipped", run_senders_gzip},
    {"small-gzip", "Small reports, gzipped, one by one", run_small_gzip},
    {"compact-gzip", "One large compact report, gzipped", run_compact_gzip},
    {"pretty-gzip", "One large indented report, gzipped", run_pretty_gzip},
    {"tree-compact", "Tree of one large compact report", run_tree_large},
    {"tree-pretty", "Tree of one large indented report", run_tree_pretty},
    {"tree-small", "Trees of small reports", run_tree_small},
    {"memory", "Memory of a streaming parser", memory_row},
    {"cliffs", "No cliff", cliff_row},
};
const size_t row_count = COUNT(rows);
