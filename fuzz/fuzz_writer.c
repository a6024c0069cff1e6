/* SPDX-License-Identifier: MIT */
/* Writes a parsed report, parses the text and writes it again. Both texts are the same, and so are the keys. Strict mode accepts
   the text if it accepted the input, or if only the form of values was wrong. The text contains nothing that I-JSON forbids. The
   line of JSON for programs gives the same report when it is parsed; an unreadable report also gives one line. The input is also
   tried as a destination of a record. */

#include <stdbool.h>

#include <tlsrpt/trpt.h>

#include "fuzzing.h"

static trpt_report *parse(const void *data, size_t len, uint32_t flags) {
  const trpt_options options = {.struct_size = sizeof options, .flags = flags};
  trpt_report *report;
  trpt_report_parse(data, len, &options, &report, NULL);
  return report;
}

/* Returns NULL if the text is not a report. */
static trpt_report *write_again(trpt_report *report, uint32_t flags, fuzz_output *to) {
  if (trpt_report_write(report, flags, fuzz_append, to) != TRPT_OK) abort();
  return parse(to->bytes, to->len, 0);
}

static bool same_key(const trpt_report *a, const trpt_report *b) {
  char key_a[33], key_b[33];
  if (trpt_report_key(a, key_a, sizeof key_a, NULL) != TRPT_OK) abort();
  if (trpt_report_key(b, key_b, sizeof key_b, NULL) != TRPT_OK) abort();
  return strcmp(key_a, key_b) == 0;
}

/* Codes of values whose form alone is wrong, and which are read all the same. */
static bool is_form(const trpt_diagnostic *diagnostic, const trpt_metadata *metadata) {
  return strcmp(diagnostic->code, "report.flat-policy") == 0 ||
         (strcmp(diagnostic->code, "report.bad-datetime") == 0 && metadata->start != INT64_MIN &&
          metadata->end != INT64_MIN);
}

static bool has_only_forms(const trpt_report *report) {
  const trpt_metadata *metadata = trpt_report_metadata(report);
  uint32_t errors = 0;
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++) {
    const trpt_diagnostic *diagnostic = trpt_report_diagnostic(report, i);
    if (diagnostic->severity == TRPT_ERROR && !is_form(diagnostic, metadata)) return false;
    errors += diagnostic->severity == TRPT_ERROR;
  }
  return errors == metadata->error_count;
}

/* Whether no text has a noncharacter, which the writer replaces. */
static bool has_no_bad_codepoint(const trpt_report *report) {
  const trpt_metadata *m = trpt_report_metadata(report);
  const uint32_t count = trpt_report_diagnostic_count(report);
  for (uint32_t i = 0; i < count; i++)
    if (strcmp(trpt_report_diagnostic(report, i)->code, "json.bad-codepoint") == 0) return false;
  return count == (uint64_t)m->error_count + m->warning_count + m->info_count;
}

static void check_diagnostics(const trpt_report *report) {
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++) {
    const char *code = trpt_report_diagnostic(report, i)->code;
    if (strncmp(code, "json.", 5) == 0 && strcmp(code, "json.number-range") != 0) abort();
  }
}

/* The line has no terminal control characters. */
static void check_line(const fuzz_output *line) {
  for (size_t i = 0; i < line->len; i++)
    if ((unsigned char)line->bytes[i] < 0x20 || line->bytes[i] == 0x7F) abort();
}

static void check_json(const trpt_report *report, trpt_str name, uint32_t flags, const fuzz_output *written) {
  fuzz_output line = {NULL, 0};
  fuzz_output again = {NULL, 0};
  const trpt_source source = {.struct_size = sizeof source, .name = name};
  if (trpt_report_json(report, NULL, &source, 0, fuzz_append, &line) != TRPT_OK) abort();
  check_line(&line);
  trpt_report *back = parse(line.bytes, line.len, 0);
  if (!back || trpt_report_write(back, flags, fuzz_append, &again) != TRPT_OK) abort();
  if (again.len != written->len || memcmp(again.bytes, written->bytes, again.len) != 0) abort();
  trpt_report_free(back);
  free(line.bytes);
  free(again.bytes);
}

static void check_error(const uint8_t *data, size_t size) {
  fuzz_output line = {NULL, 0};
  trpt_parser *parser;
  trpt_report *report;
  if (trpt_parser_new(&parser, NULL) != TRPT_OK) abort();
  trpt_status status = trpt_report_read(parser, data, size, &report);
  if (status == TRPT_MORE) status = trpt_report_read(parser, NULL, 0, &report);
  if (status == TRPT_OK) abort();
  if (trpt_report_json(trpt_report_unfinished(parser), trpt_parser_error(parser), NULL, 0, fuzz_append, &line) !=
      TRPT_OK)
    abort();
  check_line(&line);
  trpt_parser_free(parser);
  free(line.bytes);
}

static void check_report(const uint8_t *data, size_t size) {
  fuzz_output first = {NULL, 0};
  fuzz_output second = {NULL, 0};
  const uint32_t flags = size % 2 ? TRPT_PRETTY : 0;
  trpt_report *report = parse(data, size, 0);
  if (!report) {
    check_error(data, size);
    return;
  }
  trpt_report *strict = parse(data, size, TRPT_STRICT);
  trpt_report *back = write_again(report, flags, &first);
  if (!back) abort();
  check_diagnostics(back);
  check_json(report, (trpt_str){(const char *)data, size < 1000 ? size : 1000}, flags, &first);
  trpt_report *again = write_again(back, flags, &second);
  if (!again || first.len != second.len || memcmp(first.bytes, second.bytes, first.len) != 0) abort();
  trpt_report *strict_back = parse(first.bytes, first.len, TRPT_STRICT);
  /* The writer omits a time that UTC cannot represent with four digits of a year. */
  const trpt_metadata *metadata = trpt_report_metadata(back);
  const bool has_times = metadata->start != INT64_MIN && metadata->end != INT64_MIN;
  if ((strict || has_only_forms(report)) && !strict_back && has_times) abort();
  if (has_times && has_no_bad_codepoint(report) && !same_key(report, back)) abort();
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
  uint8_t *copy = fuzz_copy(data, size);
  check_report(copy, size);
  check_record((const char *)copy, size);
  free(copy);
  return 0;
}
