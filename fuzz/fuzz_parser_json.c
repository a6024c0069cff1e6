/* SPDX-License-Identifier: MIT */
/* The parser with JSON text. Chunks, and pull or push, do not affect the results. Strict mode fails with the first
   error-level diagnostic of lenient mode, or gives the same results if there is none. Turning diagnostics off changes no
   other event. A reset parser gives the same results. */

#include "digest.h"

/* Returns the first line that begins with `begin`, or NULL. Line ends in strings are escaped. */
static const char *find_line(const char *text, const char *begin) {
  const size_t len = strlen(begin);
  for (; *text; text += strcspn(text, "\n") + 1)
    if (strncmp(text, begin, len) == 0) return text;
  return NULL;
}

static bool begins(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

/* How strict mode fails at a diagnostic. What is cut in lenient mode exceeds a limit. */
static void strict_error(const char *code, char *to, size_t size) {
  if (begins(code, "report.string-cut ") || begins(code, "report.elements-cut "))
    snprintf(to, size, "END TRPT_E_LIMIT code=\"json.limit\"");
  else
    snprintf(to, size, "END TRPT_E_%s code=\"%.*s\"", *code == 'j' ? "JSON" : "SCHEMA", (int)strcspn(code, " "), code);
}

/* Writes the code and position of the first error-level diagnostic. Returns false if there is none. */
static bool first_error(const events *e, char *to, size_t size) {
  const char *found = find_line(e->text, "DIAGNOSTIC error ");
  if (!found) return false;
  const char *code = found + strlen("DIAGNOSTIC error ");
  const char *where = strstr(found, " where=");
  const char *message = strstr(found, " message=");
  strict_error(code, to, size);
  const size_t len = strlen(to);
  snprintf(to + len, size - len, "|%.*s", (int)(message - where), where);
  return true;
}

static void check_strict(const fuzz_input *in) {
  static events lenient, strict;
  char expected[512];
  fuzz_input all = *in;
  all.limits &= 63; /* the first error may be beyond max_diagnostics */
  fuzz_read(&lenient, 0, fuzz_parser(&all, TRPT_NO_INFLATE, TRPT_TOKENIZER_BUILTIN), &all, events_whole);
  fuzz_read(&strict, 0, fuzz_parser(&all, TRPT_NO_INFLATE | TRPT_STRICT, TRPT_TOKENIZER_BUILTIN), &all, events_random);
  if (first_error(&lenient, expected, sizeof expected)) {
    char *where = strchr(expected, '|');
    *where = '\0';
    const char *end = find_line(strict.text, "END ");
    if (!end || strncmp(end, expected, strlen(expected)) != 0 || !strstr(end, where + 1))
      fuzz_fail(expected, &lenient, &strict);
    /* The events before the error are the same. */
    if (strncmp(lenient.text, strict.text, (size_t)(end - strict.text)) != 0) fuzz_fail("before", &lenient, &strict);
  } else {
    fuzz_same("lenient, strict", &lenient, &strict);
  }
}

static void check_without_diagnostics(const fuzz_input *in) {
  static events with, without;
  fuzz_read(&with, EVENTS_NO_DIAGNOSTICS, fuzz_parser(in, TRPT_NO_INFLATE, TRPT_TOKENIZER_BUILTIN), in, events_random);
  fuzz_read(&without, 0, fuzz_parser(in, TRPT_NO_INFLATE | TRPT_NO_DIAGNOSTICS, TRPT_TOKENIZER_BUILTIN), in,
            events_random);
  if (find_line(without.text, "DIAGNOSTIC")) fuzz_fail("no diagnostics", &with, &without);
  fuzz_read(&without, EVENTS_NO_DIAGNOSTICS,
            fuzz_parser(in, TRPT_NO_INFLATE | TRPT_NO_DIAGNOSTICS, TRPT_TOKENIZER_BUILTIN), in, events_whole);
  fuzz_same("with diagnostics, without", &with, &without);
}

/* Chunks do not affect the results. */
void fuzz_brief(const uint8_t *data, size_t size) {
  const fuzz_input in = fuzz_input_of(data, size);
  trpt_parser *parser = fuzz_parser(&in, TRPT_NO_INFLATE, TRPT_TOKENIZER_BUILTIN);
  const fuzz_digest whole = fuzz_digest_whole(parser, &in), chunks = fuzz_digest_chunks(parser, &in);
  CHECK(whole.events == chunks.events && whole.ending == chunks.ending);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  fuzz_brief(data, size);
  static events whole, other;
  const fuzz_input in = fuzz_input_of(data, size);
  trpt_parser *parser = fuzz_parser(&in, TRPT_NO_INFLATE, TRPT_TOKENIZER_BUILTIN);
  fuzz_read(&whole, EVENTS_MOVE, parser, &in, events_whole);
  fuzz_read(&other, EVENTS_MOVE, parser, &in, events_random);
  fuzz_same("whole, in chunks", &whole, &other);
  fuzz_read(&other, EVENTS_MOVE | EVENTS_PUSH, parser, &in, events_random);
  fuzz_same("pulled, pushed", &whole, &other);
  check_strict(&in);
  check_without_diagnostics(&in);
  return 0;
}
