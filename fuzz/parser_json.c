/* SPDX-License-Identifier: MIT */
/* The parser over JSON text: cuts do not matter, neither does it matter whether events are pulled or pushed; strict mode
   fails with the first error-level finding of lenient mode, and where there is none reads the same; without findings the
   elements are the same; and all of it is so again after a reset. */

#include "readings.h"

/* The code of the first error-level finding and its place in the report; false: there is none. */
static bool first_error(const events *e, char *to, size_t size) {
  const char *found = strstr(e->text, "DIAGNOSTIC error ");
  if (!found) return false;
  const char *code = found + strlen("DIAGNOSTIC error ");
  const char *where = strstr(found, " where=");
  const char *message = strstr(found, " message=");
  snprintf(to, size, "END TRPT_E_%s code=\"%.*s\"|%.*s", *code == 'j' ? "JSON" : "SCHEMA", (int)strcspn(code, " "), code,
           (int)(message - where), where);
  return true;
}

static void check_strict(const fuzz_input *in) {
  static events lenient, strict;
  char expected[512];
  fuzz_input all = *in;
  all.limits &= 63; /* the first error may be beyond max_diagnostics; and one byte may be both wrong and too many */
  fuzz_read(&lenient, 0, fuzz_parser(&all, TRPT_NO_INFLATE, TRPT_TOKENIZER_BUILTIN), &all, events_whole);
  fuzz_read(&strict, 0, fuzz_parser(&all, TRPT_NO_INFLATE | TRPT_STRICT, TRPT_TOKENIZER_BUILTIN), &all, events_random);
  if (first_error(&lenient, expected, sizeof expected)) {
    char *where = strchr(expected, '|');
    *where = '\0';
    const char *end = strstr(strict.text, "END ");
    if (!end || strncmp(end, expected, strlen(expected)) != 0 || !strstr(end, where + 1)) fuzz_fail(expected, &lenient, &strict);
    /* Up to there it says the same. */
    if (strncmp(lenient.text, strict.text, (size_t)(end - strict.text)) != 0) fuzz_fail("before", &lenient, &strict);
  } else if (!strstr(lenient.text, "DIAGNOSTIC") || lenient.status != TRPT_OK || !strstr(lenient.text, "errors=1")) {
    /* Of more than 1000 findings an error may be among those that are only counted. */
    if (strstr(lenient.text, "errors=0") || lenient.status != TRPT_OK) fuzz_same("lenient, strict", &lenient, &strict);
  }
}

static void check_without_findings(const fuzz_input *in) {
  static events with, without;
  fuzz_read(&with, EVENTS_NO_DIAGNOSTICS, fuzz_parser(in, TRPT_NO_INFLATE, TRPT_TOKENIZER_BUILTIN), in, events_random);
  fuzz_read(&without, 0, fuzz_parser(in, TRPT_NO_INFLATE | TRPT_NO_FINDINGS, TRPT_TOKENIZER_BUILTIN), in, events_random);
  if (strstr(without.text, "DIAGNOSTIC")) fuzz_fail("no findings", &with, &without);
  without.what = EVENTS_NO_DIAGNOSTICS;
  fuzz_read(&without, EVENTS_NO_DIAGNOSTICS, fuzz_parser(in, TRPT_NO_INFLATE | TRPT_NO_FINDINGS, TRPT_TOKENIZER_BUILTIN), in,
            events_whole);
  fuzz_same("with findings, without", &with, &without);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static events whole, other;
  const fuzz_input in = fuzz_input_of(data, size);
  trpt_parser *parser = fuzz_parser(&in, TRPT_NO_INFLATE, TRPT_TOKENIZER_BUILTIN);
  fuzz_read(&whole, EVENTS_MOVE, parser, &in, events_whole);
  fuzz_read(&other, EVENTS_MOVE, parser, &in, events_random);
  fuzz_same("whole, in pieces", &whole, &other);
  fuzz_read(&other, EVENTS_MOVE | EVENTS_PUSH, parser, &in, events_random);
  fuzz_same("pulled, pushed", &whole, &other);
  check_strict(&in);
  check_without_findings(&in);
  return 0;
}
