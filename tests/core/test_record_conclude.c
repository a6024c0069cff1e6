/* SPDX-License-Identifier: MIT */
/* What follows from the TXT records of a name, and what a single text is about. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/record.h>

#define V   "v=TLSRPTv1;"
#define RUA "rua=mailto:a@b.example"

/* ---- Kinds ---- */

static void test_kind(void **state) {
  (void)state;
  static const struct {
    const char *text;
    trpt_text_kind kind;
  } rows[] = {
      {V RUA, TRPT_TEXT_TLSRPT},
      {"v=TLSRPTv1", TRPT_TEXT_TLSRPT},
      {"v=TLSRPT", TRPT_TEXT_TLSRPT},
      {"V=tlsrptV2,", TRPT_TEXT_TLSRPT},
      {" \t\"v = 'TLSRPTv1; ", TRPT_TEXT_TLSRPT},
      {"\r\nv=TLSRPTv1", TRPT_TEXT_TLSRPT},
      {RUA, TRPT_TEXT_INTENDED},
      {"TLSRPTv1; x", TRPT_TEXT_INTENDED},
      {"_tlsrpt", TRPT_TEXT_INTENDED},
      {"p=none; RUA=x", TRPT_TEXT_INTENDED},
      {"vTLSRPTv1", TRPT_TEXT_INTENDED},
      {"", TRPT_TEXT_UNRELATED},
      {"v", TRPT_TEXT_UNRELATED},
      {"v=", TRPT_TEXT_UNRELATED},
      {"v=TLSRP", TRPT_TEXT_UNRELATED},
      {"TLSRP", TRPT_TEXT_UNRELATED},
      {"rua", TRPT_TEXT_UNRELATED},
      {"v=spf1 -all", TRPT_TEXT_UNRELATED},
      {"v=DMARC1; rua=mailto:a@b.example", TRPT_TEXT_UNRELATED},
      {"site-verification=1", TRPT_TEXT_UNRELATED},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const size_t len = strlen(rows[i].text);
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, rows[i].text, len);
    const trpt_text_kind kind = trpt_record_kind(copy, len);
    if (kind != rows[i].kind) fail_msg("%s: kind %d", rows[i].text, (int)kind);
    free(copy);
  }
  assert_int_equal(trpt_record_kind(NULL, 0), TRPT_TEXT_UNRELATED);
}

/* ---- Conclusions ---- */

static const char good[] = V RUA;
static const char doubtful[] = "v=TLSRPTv1; rua=mailto:a@b.example ";
static const char unusable[] = V "rua=ftp://x.example/ ";
static const char no_rua[] = V "x=1";
static const char misspelled[] = "v=tlsrptv1;" RUA;
static const char spf[] = "v=spf1 -all";

typedef struct set {
  const char *texts[3];
  trpt_verdict verdict;
  trpt_status status;
  size_t index;
  const char *code;
  uint32_t tlsrpt, intended, unrelated;
} set;

static const set sets[] = {
    {{NULL}, TRPT_VERDICT_NONE, TRPT_E_NO_RECORD, 0, "record.no-record", 0, 0, 0},
    {{good}, TRPT_VERDICT_ALL, TRPT_OK, 0, NULL, 1, 0, 0},
    {{spf, good}, TRPT_VERDICT_ALL, TRPT_OK, 1, NULL, 1, 0, 1},
    {{spf, spf, good}, TRPT_VERDICT_ALL, TRPT_OK, 2, NULL, 1, 0, 2},
    {{misspelled, good}, TRPT_VERDICT_ALL, TRPT_OK, 1, NULL, 2, 0, 0},
    {{good, RUA}, TRPT_VERDICT_ALL, TRPT_OK, 0, NULL, 1, 1, 0},
    {{doubtful}, TRPT_VERDICT_SOME, TRPT_OK, 0, "record.trailing-garbage", 1, 0, 0},
    {{spf, doubtful}, TRPT_VERDICT_SOME, TRPT_OK, 1, "record.trailing-garbage", 1, 0, 1},
    {{V "rua=https://x.example/a!b"}, TRPT_VERDICT_SOME, TRPT_OK, 0, "record.unencoded-bang", 1, 0, 0},
    {{unusable}, TRPT_VERDICT_NONE, TRPT_OK, 0, "record.no-usable-rua", 1, 0, 0},
    {{no_rua}, TRPT_VERDICT_NONE, TRPT_E_RECORD, 0, "record.no-rua", 1, 0, 0},
    {{misspelled}, TRPT_VERDICT_NONE, TRPT_E_NOT_TLSRPT, 0, "record.bad-version-case", 1, 0, 0},
    {{RUA}, TRPT_VERDICT_NONE, TRPT_E_NOT_TLSRPT, 0, "record.bad-version", 0, 1, 0},
    {{spf}, TRPT_VERDICT_NONE, TRPT_E_NO_RECORD, 0, "record.no-record", 0, 0, 1},
    {{spf, spf}, TRPT_VERDICT_NONE, TRPT_E_NO_RECORD, 0, "record.no-record", 0, 0, 2},
    {{misspelled, spf}, TRPT_VERDICT_NONE, TRPT_E_NO_RECORD, 0, "record.no-record", 1, 0, 1},
    {{good, good}, TRPT_VERDICT_NONE, TRPT_E_MANY_RECORDS, 0, "record.multiple-records", 2, 0, 0},
    {{good, spf, no_rua}, TRPT_VERDICT_NONE, TRPT_E_MANY_RECORDS, 0, "record.multiple-records", 2, 0, 1},
};

static void check_set(const set *s, size_t number) {
  trpt_str texts[3] = {{"", 0}, {"", 0}, {"", 0}};
  size_t count = 0;
  for (; count < 3 && s->texts[count]; count++) texts[count] = (trpt_str){s->texts[count], strlen(s->texts[count])};
  trpt_conclusion c;
  memset(&c, 0xFF, sizeof c);
  assert_int_equal(trpt_record_conclude(texts, count, &c), TRPT_OK);
  if (c.verdict != s->verdict || c.status != s->status || c.index != s->index)
    fail_msg("set %zu: verdict %s, %s, text %zu", number, trpt_verdict_name(c.verdict), trpt_status_name(c.status),
             c.index);
  if (!s->code != !c.code || (s->code && strcmp(s->code, c.code) != 0))
    fail_msg("set %zu: %s", number, c.code ? c.code : "no code");
  assert_int_equal(!c.reason, !s->code);
  assert_true(!c.reason || strlen(c.reason) > 0);
  assert_int_equal(c.tlsrpt_count, s->tlsrpt);
  assert_int_equal(c.intended_count, s->intended);
  assert_int_equal(c.unrelated_count, s->unrelated);
  assert_ptr_equal(c.record.text.ptr, s->status == TRPT_OK ? texts[s->index].ptr : NULL);
  if (s->status == TRPT_OK) assert_int_equal(c.record.usable_rua_count, s->verdict != TRPT_VERDICT_NONE);
  for (size_t i = 0; i < sizeof c.reserved / sizeof c.reserved[0]; i++) assert_int_equal(c.reserved[i], 0);
}

static void test_sets(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) check_set(&sets[i], i);
}

/* Texts may share memory, also where one is the beginning of the other. */
static void test_shared_memory(void **state) {
  (void)state;
  const trpt_str texts[] = {{good, 10}, {good, sizeof good - 1}};
  trpt_conclusion c;
  assert_int_equal(trpt_record_conclude(texts, 2, &c), TRPT_OK);
  assert_int_equal(c.verdict, TRPT_VERDICT_ALL);
  assert_int_equal(c.index, 1);
}

static void test_arguments(void **state) {
  (void)state;
  const trpt_str texts[] = {{good, sizeof good - 1}, {NULL, 0}};
  trpt_conclusion c = {.index = 7};
  assert_int_equal(trpt_record_conclude(NULL, 0, &c), TRPT_E_ARGUMENT);
  assert_int_equal(c.index, 0);
  assert_int_equal(c.verdict, TRPT_VERDICT_UNKNOWN);
  assert_int_equal(trpt_record_conclude(texts, 2, &c), TRPT_E_ARGUMENT);
  assert_int_equal(c.verdict, TRPT_VERDICT_UNKNOWN);
  assert_int_equal(trpt_record_conclude(texts, 1, NULL), TRPT_E_ARGUMENT);
}

static void test_verdict_names(void **state) {
  (void)state;
  assert_string_equal(trpt_verdict_name(TRPT_VERDICT_UNKNOWN), "unknown");
  assert_string_equal(trpt_verdict_name(TRPT_VERDICT_ALL), "all");
  assert_string_equal(trpt_verdict_name(TRPT_VERDICT_SOME), "some");
  assert_string_equal(trpt_verdict_name(TRPT_VERDICT_NONE), "none");
  assert_null(trpt_verdict_name(-1));
  assert_null(trpt_verdict_name(TRPT_VERDICT_NONE + 1));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_kind),      cmocka_unit_test(test_sets),          cmocka_unit_test(test_shared_memory),
      cmocka_unit_test(test_arguments), cmocka_unit_test(test_verdict_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
