/* SPDX-License-Identifier: MIT */
/* tlsrpt summary with the input as a written summary. Merging an accepted summary twice doubles its counts, and every format
   can be written. */

#include "fuzzing.h"
#include "summary/summary_formats.h"

static void begin(summary *s, summary_options *options, read_options *read) {
  *read = (read_options){0};
  *options = (summary_options){.read = read, .days = 14, .reporters = 2, .max_rows = 8};
  summary_begin(s, options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  read_options read;
  summary_options options;
  summary once;
  summary twice;
  char *copy = fuzz_copy(data, size);
  begin(&once, &options, &read);
  begin(&twice, &options, &read);
  if (!summary_add_json(&once, copy, size)) {
    if (summary_add_json(&twice, copy, size) || summary_add_json(&twice, copy, size)) abort();
    for (int i = 0; i < SUMMARY_TABLES; i++) {
      const table *a = &once.tables[i];
      const table *b = &twice.tables[i];
      if (a->count != b->count || a->count > options.max_rows) abort();
      for (size_t k = 0; k < a->count; k++) {
        const counts *one = &a->rows[k]->counts;
        const counts *two = &b->rows[k]->counts;
        if (two->failed != counts_sum(one->failed, one->failed) || strcmp(one->first, two->first) != 0) abort();
      }
    }
    summary_sort(&once);
    for (size_t k = 0; k < once.tables[SUMMARY_DAYS].count; k++)
      view_readiness_of(&once, table_column(once.tables[SUMMARY_DAYS].rows[k], 0));
    for (size_t k = 0; k < once.tables[SUMMARY_MODES].count; k++)
      view_readiness_of(&once, table_column(once.tables[SUMMARY_MODES].rows[k], 0));
    summary_text(&once);
    summary_html(&once);
    summary_prometheus(&once);
    summary_json(&once);
    summary_csv(&once);
    options.no_formula_guard = true;
    summary_csv(&once);
  }
  summary_end(&once);
  summary_end(&twice);
  free(copy);
  return 0;
}
