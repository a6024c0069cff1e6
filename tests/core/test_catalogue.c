/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/record.h>

#include "../tools/files.h"
#include "diagnostic_examples.h"

/* The whole catalogue: each code has an example in tests/data/diagnostics.txt that gives it, at the right position, and a near
   miss that does not, however the text is read. What takes more than a text has a recorded run of the command. */

static example_file file;
static unsigned complaints;

/* Errors that are about the use of a record and not about its grammar, so that the strict verdict does not know them. */
static const char *const not_in_the_grammar[] = {
    "record.rua-case",     "record.http-scheme",       "record.unsupported-scheme", "record.no-usable-rua",
    "record.mailto-empty", "record.mailto-without-at", "record.https-no-host",      "record.bad-host",
    "record.bad-port",     "record.bad-address",
};

#define COUNT(array) (sizeof array / sizeof array[0])

static bool is_one_of(const char *code, const char *const *codes, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(code, codes[i]) == 0) return true;
  return false;
}

/* ---- Reading ---- */

/* One of the ways to read a text. */
typedef struct way {
  trpt_tokenizer tokenizer;
  size_t piece;
  const char *name;
} way;

static const way ways[] = {
    {TRPT_TOKENIZER_BUILTIN, SIZE_MAX, "built-in tokenizer"},
    {TRPT_TOKENIZER_BUILTIN, 1, "built-in tokenizer, byte by byte"},
    {TRPT_TOKENIZER_YAJL, SIZE_MAX, "yajl"},
    {TRPT_TOKENIZER_YAJL, 1, "yajl, byte by byte"},
};

typedef struct reading {
  const example *example;
  const example_side *side;
  const char *how;
  example_bytes input;
  size_t second;
  found found;
} reading;

/* Everything that was found, for the message of a test that fails. */
static const char *describe(const found *f) {
  static char text[8192];
  size_t len = (size_t)snprintf(text, sizeof text, "%s", trpt_status_name(f->status));
  for (uint32_t i = 0; i < f->count && len < sizeof text - 512; i++) {
    const trpt_diagnostic *d = &f->items[i].diagnostic;
    len += (size_t)snprintf(text + len, sizeof text - len, "\n  %s at %u:%u (byte %llu) %s", d->code, (unsigned)d->line,
                            (unsigned)d->column, (unsigned long long)d->offset, d->where);
  }
  return text;
}

/* Tells of one reading that is not as it must be, and goes on, so that one run tells of all. */
static void complain(const reading *r, const char *format, ...) {
  char why[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(why, sizeof why, format, arguments);
  va_end(arguments);
  print_error("diagnostics.txt:%u: %.*s, %s, %s: %s\nfound: %s\n", r->example->line, (int)r->example->code.len,
              r->example->code.ptr, r->side->sign == '+' ? "example" : "near miss", r->how, why, describe(&r->found));
  complaints++;
}

typedef void (*check_fn)(const reading *r);

/* Checks a side of an example in every way in which it can be read. */
static void read_side(const example *e, const example_side *side, uint32_t flags, check_fn check) {
  reading r = {.example = e, .side = side, .how = example_is_mail(e) ? "mail" : "record"};
  if (example_is_recorded(e)) return;
  r.input = example_input(e, side, &r.second);
  if (example_is_record(e)) {
    found_in_record(&r.found, r.input.data, r.input.len);
    check(&r);
  }
#ifdef TRPT_TEST_MAIL
  if (example_is_mail(e)) {
    found_in_mail(&r.found, side, r.input.data, r.input.len);
    check(&r);
  }
#endif
  for (size_t i = 0; !example_is_record(e) && !example_is_mail(e) && i < COUNT(ways); i++) {
    trpt_options options = e->options;
    options.tokenizer = ways[i].tokenizer;
    options.flags = flags;
    /* Its example is a lone surrogate, which yajl does not see (docs/maintainers/tokenizers.md). */
    if (options.tokenizer == TRPT_TOKENIZER_YAJL && strncmp(e->code.ptr, "json.bad-codepoint", e->code.len) == 0)
      continue;
    r.how = ways[i].name;
    if (found_in_report(&r.found, r.input.data, r.input.len, &options, ways[i].piece)) check(&r);
  }
  free(r.input.data);
}

/* ---- Lenient ---- */

/* Takes one code from the front of a list. */
static trpt_str take_code(trpt_str *codes) {
  const char *blank = codes->len ? memchr(codes->ptr, ' ', codes->len) : NULL;
  const trpt_str code = {codes->ptr, blank ? (size_t)(blank - codes->ptr) : codes->len};
  const size_t gone = code.len + (blank != NULL);
  codes->ptr += gone;
  codes->len -= gone;
  return code;
}

/* What an example finds besides its code is in the file too, in order. */
static uint32_t count_code_and_check_others(const reading *r) {
  trpt_str others = r->side->others;
  uint32_t count = 0;
  for (uint32_t i = 0; i < r->found.count; i++) {
    const char *code = r->found.items[i].diagnostic.code;
    if (text_is(r->example->code, code))
      count++;
    else if (!text_is(take_code(&others), code))
      complain(r, "%s is not expected here", code);
  }
  if (others.len) complain(r, "not found: %.*s", (int)others.len, others.ptr);
  return count;
}

static void check_place(const reading *r, const trpt_diagnostic *d) {
  const example *e = r->example;
  if (e->at_byte.ptr) {
    const uint64_t byte = example_byte(e, r->input.len, r->second);
    if (d->offset != byte || d->line || d->column) complain(r, "not at byte %llu", (unsigned long long)byte);
  } else if (d->line != e->at_line || d->column != e->at_column) {
    complain(r, "not at %u:%u", (unsigned)e->at_line, (unsigned)e->at_column);
  }
  if (!text_is(e->where, d->where)) complain(r, "not in \"%.*s\"", (int)e->where.len, e->where.ptr);
}

/* Line and column say the same as the offset. */
static void check_offset(const reading *r, const trpt_diagnostic *d, const char *text, size_t len) {
  if (!d->line) return;
  if (d->offset > len) complain(r, "beyond the end");
  uint32_t line = 1, column = 1;
  for (uint64_t i = 0; i < d->offset; i++) {
    column++;
    if (text[i] == '\n' && !example_is_record(r->example)) {
      line++;
      column = 1;
    }
  }
  if (line != d->line || column != d->column)
    complain(r, "byte %llu is at %u:%u", (unsigned long long)d->offset, line, column);
}

/* Everything that a finding says is what the catalogue says of its code. */
static void check_texts(const reading *r, const trpt_diagnostic *d) {
  if (d->severity != trpt_diagnostic_severity(d->code)) complain(r, "severity");
  if (strcmp(d->section, trpt_diagnostic_section(d->code)) != 0) complain(r, "section");
  /* A limit's message says more than the catalogue. */
  if (r->found.status != TRPT_E_LIMIT && strcmp(d->message, trpt_diagnostic_message(d->code)) != 0)
    complain(r, "message");
}

static void check_example(const reading *r) {
  if (count_code_and_check_others(r) != 1) complain(r, "not found once");
  example_bytes text = example_text(r->example, r->side);
  for (uint32_t i = 0; i < r->found.count; i++) {
    const trpt_diagnostic *d = &r->found.items[i].diagnostic;
    if (text_is(r->example->code, d->code)) check_place(r, d);
    check_offset(r, d, text.data, text.len);
    check_texts(r, d);
  }
  free(text.data);
}

static void test_examples(void **state) {
  (void)state;
  complaints = 0;
  for (uint32_t i = 0; i < file.count; i++) read_side(&file.examples[i], &file.examples[i].trigger, 0, check_example);
  assert_int_equal(complaints, 0);
}

static void check_near_miss(const reading *r) {
  if (count_code_and_check_others(r) != 0) complain(r, "found");
}

static void test_near_misses(void **state) {
  (void)state;
  complaints = 0;
  for (uint32_t i = 0; i < file.count; i++) read_side(&file.examples[i], &file.examples[i].near, 0, check_near_miss);
  assert_int_equal(complaints, 0);
}

/* ---- Strict ---- */

static bool has_error(const found *f) {
  for (uint32_t i = 0; i < f->count; i++)
    if (f->items[i].diagnostic.severity == TRPT_ERROR) return true;
  return false;
}

/* The code with which strict mode refuses an example. What lenient mode cuts exceeds a limit. */
static const char *strict_code(const char *code) {
  const bool is_cut = strcmp(code, "report.string-cut") == 0 || strcmp(code, "report.elements-cut") == 0;
  return is_cut ? "json.limit" : code;
}

/* Strict mode ends at the code of an example that is an error, and at no other example. */
static void check_strict(const reading *r) {
  const char *code = r->found.error.code;
  const bool is_error = has_error(&r->found);
  char name[64];
  snprintf(name, sizeof name, "%.*s", (int)r->example->code.len, r->example->code.ptr);
  if (is_error != (r->found.status != TRPT_END)) complain(r, "the status does not fit");
  if (trpt_diagnostic_severity(name) == TRPT_ERROR && (!code || strcmp(code, strict_code(name)) != 0))
    complain(r, "another code");
  if (trpt_diagnostic_severity(name) != TRPT_ERROR && code) complain(r, "refused");
}

static bool breaks_grammar(const char *code) {
  return trpt_diagnostic_severity(code) == TRPT_ERROR &&
         !is_one_of(code, not_in_the_grammar, COUNT(not_in_the_grammar));
}

/* The strict verdict on a record is that of the grammar: refused exactly where a finding says that it is broken. */
static void check_strict_record(const reading *r) {
  trpt_record record;
  trpt_error error;
  bool broken = false;
  for (uint32_t i = 0; i < r->found.count; i++) broken |= breaks_grammar(r->found.items[i].diagnostic.code);
  const trpt_status status = trpt_record_parse(r->input.data, r->input.len, TRPT_STRICT, &record, &error);
  if (broken != (status != TRPT_OK)) complain(r, "%s", trpt_status_name(status));
  char name[64];
  snprintf(name, sizeof name, "%.*s", (int)r->example->code.len, r->example->code.ptr);
  if (r->side->sign == '+' && breaks_grammar(name) && (!error.code || strcmp(error.code, name) != 0))
    complain(r, "another code: %s", error.code ? error.code : "none");
}

static void test_strict(void **state) {
  (void)state;
  complaints = 0;
  for (uint32_t i = 0; i < file.count; i++) {
    const example *e = &file.examples[i];
    if (example_is_mail(e)) continue;
    read_side(e, &e->trigger, TRPT_STRICT, example_is_record(e) ? check_strict_record : check_strict);
    if (example_is_record(e)) read_side(e, &e->near, TRPT_STRICT, check_strict_record);
  }
  assert_int_equal(complaints, 0);
}

/* ---- Recorded runs of the command ---- */

static bool is_in_zone(trpt_str line) {
  static const char *const zones[] = {"plain", "signed"};
  bool is_there = false;
  for (size_t i = 0; i < COUNT(zones) && !is_there; i++) {
    char path[4096];
    size_t len;
    snprintf(path, sizeof path, "%s/tests/dns/%s.zone", TRPT_SOURCE_DIR, zones[i]);
    char *zone = file_read(path, &len);
    assert_non_null(zone);
    for (char *text = strtok(zone, "\n"); text && !is_there; text = strtok(NULL, "\n")) is_there = text_is(line, text);
    free(zone);
  }
  return is_there;
}

static void check_recorded(const example *e) {
  char code[64];
  char *output;
  snprintf(code, sizeof code, "%.*s", (int)e->code.len, e->code.ptr);
  const trpt_str shown = example_recorded_lines(e->recorded, e->code, &output);
  if (!shown.ptr) fail_msg("diagnostics.txt:%u: %s is not in that output", e->line, code);
  assert_non_null(strstr(shown.ptr, trpt_severity_name(trpt_diagnostic_severity(code))));
  free(output);
  const trpt_str near = example_recorded_lines(e->without, e->code, &output);
  if (near.ptr) fail_msg("diagnostics.txt:%u: %s is in that output", e->line, code);
  free(output);
  for (uint32_t i = 0; i < e->zone_count; i++)
    if (!is_in_zone(e->zone[i])) fail_msg("diagnostics.txt:%u: record %u is in no zone", e->line, i + 1);
}

static void test_recorded(void **state) {
  (void)state;
  for (uint32_t i = 0; i < file.count; i++)
    if (example_is_recorded(&file.examples[i])) check_recorded(&file.examples[i]);
}

/* ---- The catalogue ---- */

static const example *find_example(const char *code) {
  for (uint32_t i = 0; i < file.count; i++)
    if (text_is(file.examples[i].code, code)) return &file.examples[i];
  return NULL;
}

static void test_every_code_has_an_example(void **state) {
  (void)state;
  for (uint32_t i = 0; i < trpt_diagnostic_count(); i++) {
    const char *code = trpt_diagnostic_code(i);
    if (!find_example(code)) fail_msg("%s has no example", code);
  }
}

static void test_every_example_has_a_code(void **state) {
  (void)state;
  for (uint32_t i = 0; i < file.count; i++) {
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)file.examples[i].code.len, file.examples[i].code.ptr);
    if (!trpt_diagnostic_section(name)) fail_msg("diagnostics.txt:%u: no such code", file.examples[i].line);
  }
}

/* Each function about a code answers for each code. */
static void test_answers(void **state) {
  (void)state;
  assert_true(trpt_diagnostic_count() > 0);
  for (uint32_t i = 0; i < trpt_diagnostic_count(); i++) {
    const char *code = trpt_diagnostic_code(i);
    assert_non_null(code);
    assert_in_range(trpt_diagnostic_severity(code), TRPT_INFO, TRPT_ERROR);
    assert_non_null(trpt_diagnostic_section(code));
    assert_non_null(trpt_diagnostic_advice(code));
  }
  assert_null(trpt_diagnostic_code(trpt_diagnostic_count()));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_examples),
      cmocka_unit_test(test_near_misses),
      cmocka_unit_test(test_strict),
      cmocka_unit_test(test_recorded),
      cmocka_unit_test(test_every_code_has_an_example),
      cmocka_unit_test(test_every_example_has_a_code),
      cmocka_unit_test(test_answers),
  };
  examples_read(&file, TRPT_SOURCE_DIR "/tests/data/diagnostics.txt");
  const int failed = cmocka_run_group_tests(tests, NULL, NULL);
  examples_free(&file);
  return failed;
}
