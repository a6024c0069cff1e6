/* SPDX-License-Identifier: MIT */
/* A report that was read is written, read and written again: the second text is the first one, what strict mode accepts it
   accepts again, and there is nothing left that I-JSON forbids. The same bytes as a destination of a record. */

#include <stdlib.h>
#include <string.h>

#include <tlsrpt/trpt.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct text {
  char *bytes;
  size_t len;
} text;

static int append(void *user, const char *data, size_t len) {
  text *to = user;
  char *bytes = realloc(to->bytes, to->len + len);
  if (!bytes) abort();
  memcpy(bytes + to->len, data, len);
  *to = (text){bytes, to->len + len};
  return 0;
}

static trpt_report *parse(const void *data, size_t len, uint32_t flags) {
  const trpt_options options = {.struct_size = sizeof options, .flags = flags};
  trpt_report *report;
  trpt_report_parse(data, len, &options, &report, NULL);
  return report;
}

/* NULL: the text is no report. */
static trpt_report *write_again(trpt_report *report, uint32_t flags, text *to) {
  if (trpt_report_write(report, flags, append, to) != TRPT_OK) abort();
  return parse(to->bytes, to->len, 0);
}

static void check_findings(const trpt_report *report) {
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++) {
    const char *code = trpt_report_diagnostic(report, i)->code;
    if (strncmp(code, "json.", 5) == 0 && strcmp(code, "json.number-range") != 0) abort();
  }
}

static void check_report(const uint8_t *data, size_t size) {
  text first = {NULL, 0};
  text second = {NULL, 0};
  const uint32_t flags = size % 2 ? TRPT_PRETTY : 0;
  trpt_report *report = parse(data, size, 0);
  if (!report) return;
  trpt_report *strict = parse(data, size, TRPT_STRICT);
  trpt_report *back = write_again(report, flags, &first);
  if (!back) abort();
  check_findings(back);
  trpt_report *again = write_again(back, flags, &second);
  if (!again || first.len != second.len || memcmp(first.bytes, second.bytes, first.len) != 0) abort();
  trpt_report *strict_back = parse(first.bytes, first.len, TRPT_STRICT);
  /* A time that only another zone can write is left out. */
  const trpt_metadata *metadata = trpt_report_metadata(back);
  if (strict && !strict_back && metadata->start != INT64_MIN && metadata->end != INT64_MIN) abort();
  trpt_report_free(report);
  trpt_report_free(strict);
  trpt_report_free(back);
  trpt_report_free(again);
  trpt_report_free(strict_back);
  free(first.bytes);
  free(second.bytes);
}

static void check_record(const char *uri, size_t len) {
  const trpt_str uris[] = {{uri, len}, {"https://example.com/", 20}};
  size_t needed;
  if (trpt_record_write(uris, 2, NULL, 0, &needed) != TRPT_E_BUFFER) return;
  char *buffer = malloc(needed + 1);
  trpt_record record;
  if (!buffer || trpt_record_write(uris, 2, buffer, needed + 1, NULL) != TRPT_OK) abort();
  if (trpt_record_parse(buffer, needed, TRPT_STRICT, &record, NULL) != TRPT_OK || record.rua_count != 2) abort();
  free(buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  /* A block of exactly this length: a byte read beyond it is seen. */
  uint8_t *copy = malloc(size ? size : 1);
  if (!copy) abort();
  memcpy(copy, data, size);
  check_report(copy, size);
  check_record((const char *)copy, size);
  free(copy);
  return 0;
}
