/* SPDX-License-Identifier: MIT */
/* Whole reports: a tree has the values of the parser's events, whether it was read at once or in chunks. A failed allocation
   returns TRPT_E_MEMORY and leaks nothing. */

#include "readings.h"

typedef struct heap {
  size_t remaining; /* allocations that still succeed */
  size_t balance;   /* bytes not yet released */
} heap;

static void *allocate(void *user, size_t size) {
  heap *h = user;
  if (!h->remaining) return NULL;
  h->remaining--;
  h->balance += size;
  return malloc(size);
}

static void release(void *user, void *memory, size_t size) {
  ((heap *)user)->balance -= size;
  free(memory);
}

static trpt_report *read_in_chunks(const fuzz_input *in, trpt_parser *parser, trpt_status *status) {
  trpt_report *report = NULL;
  uint32_t seed = in->seed;
  *status = TRPT_MORE;
  trpt_parser_reset(parser);
  for (size_t at = 0; at < in->len && *status == TRPT_MORE;) {
    const size_t chunk = events_random(&seed, in->len - at);
    void *block = fuzz_copy(in->data + at, chunk);
    *status = trpt_report_read(parser, block, chunk, &report);
    free(block);
    at += chunk;
  }
  if (*status == TRPT_MORE) *status = trpt_report_read(parser, NULL, 0, &report);
  if ((*status == TRPT_OK) != (report != NULL)) abort();
  return report;
}

static void check_key(const trpt_report *report) {
  char key[64];
  size_t needed;
  if (trpt_report_key(report, key, sizeof key, &needed) != TRPT_OK || needed != strlen(key)) abort();
}

static void check_failing(const fuzz_input *in, uint32_t flags, trpt_status expected) {
  heap h = {.remaining = in->seed % 16};
  const trpt_allocator allocator = {sizeof allocator, allocate, release, &h};
  trpt_options options = fuzz_options(in, flags, TRPT_TOKENIZER_BUILTIN);
  trpt_report *report;
  trpt_error error;
  options.allocator = &allocator;
  const trpt_status status = trpt_report_parse(in->data, in->len, &options, &report, &error);
  if (status != expected && status != TRPT_E_MEMORY) abort();
  if (error.status != (status < 0 ? status : 0)) abort();
  trpt_report_free(report);
  if (h.balance) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static events parsed, tree;
  const fuzz_input in = fuzz_input_of(data, size);
  const uint32_t flags = in.flags & (TRPT_STRICT | TRPT_NO_INFLATE);
  trpt_parser *parser = fuzz_parser(&in, flags, TRPT_TOKENIZER_BUILTIN);
  const trpt_options options = fuzz_options(&in, flags, TRPT_TOKENIZER_BUILTIN);
  trpt_report *report;
  trpt_error error;
  trpt_status status;
  fuzz_read(&parsed, 0, parser, &in, events_whole);
  if (trpt_report_parse(in.data, in.len, &options, &report, &error) != parsed.status) abort();
  if (report) {
    events_of_report(&tree, report);
    if (!events_agree(&parsed, &tree)) fuzz_fail("events, tree", &parsed, &tree);
    check_key(report);
    trpt_report_free(report);
  } else if (memcmp(&error, trpt_parser_error(parser), sizeof error) != 0) {
    abort();
  }
  report = read_in_chunks(&in, parser, &status);
  /* Broken gzip may give other results in chunks, docs/maintainers/gzip.md. */
  const bool gzip = in.len && in.data[0] == 0x1F && !(flags & TRPT_NO_INFLATE);
  if (status != parsed.status && (!gzip || parsed.status == TRPT_OK)) abort();
  if (report) {
    events_of_report(&tree, report);
    if (!events_agree(&parsed, &tree)) fuzz_fail("events, tree from chunks", &parsed, &tree);
    trpt_report_free(report);
  }
  check_failing(&in, flags, parsed.status);
  return 0;
}
