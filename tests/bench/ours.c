/* SPDX-License-Identifier: MIT */
#include "ours.h"

#include <stdlib.h>

enum { CHUNK = 65536 };

static int on_failure(void *user, const trpt_policy *policy, const trpt_failure *failure) {
  *(uint64_t *)user += failure->failed_sessions + policy->index;
  return 0;
}

static int on_policy(void *user, const trpt_policy *policy) {
  *(uint64_t *)user += policy->successful_sessions;
  return 0;
}

static int on_report(void *user, const trpt_metadata *metadata) {
  *(uint64_t *)user += metadata->failure_count;
  return 0;
}

static int on_diagnostic(void *user, const trpt_diagnostic *diagnostic) {
  *(uint64_t *)user += diagnostic->offset;
  return 0;
}

trpt_handler ours_handler(const ours *setting) {
  return (trpt_handler){.struct_size = sizeof(trpt_handler),
                        .on_failure = on_failure,
                        .on_policy = on_policy,
                        .on_report = on_report,
                        .on_diagnostic = setting->diagnostics == DIAGNOSTICS_RECEIVED ? on_diagnostic : NULL};
}

trpt_options ours_options(const ours *setting) {
  return (trpt_options){.struct_size = sizeof(trpt_options),
                        .flags = setting->diagnostics == DIAGNOSTICS_OFF ? TRPT_NO_DIAGNOSTICS : 0,
                        .tokenizer = setting->tokenizer,
                        .max_depth = setting->max_depth,
                        .max_diagnostics = setting->max_diagnostics,
                        .max_policies = UINT32_MAX,
                        .max_failures = UINT64_MAX,
                        .max_input = UINT64_MAX,
                        .max_inflated = UINT64_MAX,
                        .max_memory = UINT64_MAX};
}

static trpt_parser *open_parser(const ours *setting, const trpt_allocator *allocator) {
  trpt_options options = ours_options(setting);
  trpt_parser *parser;
  options.allocator = allocator;
  if (trpt_parser_new(&parser, &options) != TRPT_OK) die("no parser");
  return parser;
}

static trpt_status stream_one(trpt_parser *parser, const char *data, size_t len, size_t chunk) {
  trpt_parser_reset(parser);
  while (len) {
    const size_t part = len < chunk ? len : chunk;
    const trpt_status status = trpt_parser_feed(parser, data, part);
    if (status != TRPT_OK) return status;
    data += part;
    len -= part;
  }
  return trpt_parser_finish(parser);
}

trpt_status ours_stream(const corpus *c, const ours *setting) {
  trpt_parser *parser = open_parser(setting, NULL);
  const trpt_handler handler = ours_handler(setting);
  uint64_t sum = 0;
  trpt_status first = TRPT_OK;
  trpt_parser_set_handler(parser, &handler, &sum);
  for (size_t i = 0; i < c->count; i++) {
    const trpt_status status =
        stream_one(parser, corpus_data(c, i), corpus_len(c, i), setting->chunk ? setting->chunk : CHUNK);
    if (first == TRPT_OK) first = status;
  }
  trpt_parser_free(parser);
  return first;
}

static trpt_status tree_one(trpt_parser *parser, const char *data, size_t len, trpt_report **report) {
  trpt_parser_reset(parser);
  while (len) {
    const size_t part = len < CHUNK ? len : CHUNK;
    const trpt_status status = trpt_report_read(parser, data, part, report);
    if (status != TRPT_MORE) return status;
    data += part;
    len -= part;
  }
  return trpt_report_read(parser, NULL, 0, report);
}

static trpt_status trees(const corpus *c, const ours *setting, const trpt_allocator *allocator) {
  trpt_parser *parser = open_parser(setting, allocator);
  trpt_status first = TRPT_OK;
  for (size_t i = 0; i < c->count; i++) {
    trpt_report *report;
    const trpt_status status = tree_one(parser, corpus_data(c, i), corpus_len(c, i), &report);
    if (first == TRPT_OK) first = status;
    trpt_report_free(report);
  }
  trpt_parser_free(parser);
  return first;
}

trpt_status ours_tree(const corpus *c, const ours *setting) { return trees(c, setting, NULL); }

static void *count_allocate(void *user, size_t size) {
  tree_use *use = user;
  use->allocations++;
  use->bytes += size;
  return malloc(size);
}

static void count_release(void *user, void *memory, size_t size) {
  (void)user;
  (void)size;
  free(memory);
}

tree_use ours_tree_use(const corpus *c, const ours *setting) {
  tree_use use = {0, 0};
  const trpt_allocator allocator = {sizeof allocator, count_allocate, count_release, &use};
  const trpt_options options = ours_options(setting);
  trees(c, setting, &allocator);
  use.allocations--; /* the parser */
  use.bytes -= trpt_parser_size(&options);
  return use;
}
