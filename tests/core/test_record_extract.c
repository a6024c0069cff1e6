/* SPDX-License-Identifier: MIT */
/* Records in the notation of zone files, as people copy them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/record.h>

#define R "v=TLSRPTv1; rua=mailto:a@b.example"

enum { Q = TRPT_NOTATION_QUOTES, S = TRPT_NOTATION_STRINGS, E = TRPT_NOTATION_ENTRY };

static const struct {
  const char *text;
  const char *records; /* each ends with a line feed */
  uint32_t notation;   /* of the last one */
  const char *why;
} rows[] = {
    /* Quoted strings */
    {"\"" R "\"", R "\n", Q, "as dig +short prints it"},
    {"  \"" R "\"\t\r\n", R "\n", Q, "blanks around it"},
    {"\"v=TLSRPTv1; rua=mailto:a@b\" \".example\"", R "\n", Q | S, "several strings"},
    {"\"v=TLSRPTv1; rua=mailto:a@b\"\".example\"", R "\n", Q | S, "no blank between them"},
    {"\"\" \"\"", "\n", Q | S, "empty strings"},
    {"\"" R "\"\n\"v=spf1 -all\"", R "\nv=spf1 -all\n", Q, "two records"},
    {"\"v=TLSRPTv1\\; x=\\\"\\\\\"", "v=TLSRPTv1\\; x=\\\"\\\\\n", Q, "a backslash is returned"},
    {"\"a\nb\"", "a\nb\n", Q, "a line end in a string"},
    /* Lines of zone files and programs */
    {"_smtp._tls.b.example. 3600 IN TXT \"" R "\"", R "\n", Q | E, "dig"},
    {"_smtp._tls\tIN\t3600\ttxt\t\"" R "\"", R "\n", Q | E, "class before TTL, tabs, small letters"},
    {"IN TXT \"" R "\"", R "\n", Q | E, "no name"},
    {"TXT " R, R "\n", E, "no quotes"},
    {"TXT \"" R "\" ; why", R "\n", Q | E, "a comment"},
    {"TXT \"v=TLSRPTv1\"; rua=mailto:a@b.example", "", 0, "a semicolon that is no comment"},
    {"@ TXT ( \"v=TLSRPTv1; \" ; version\n\n \"rua=mailto:a@b.example\"\n )\n", R "\n", Q | S | E, "parentheses"},
    {"@ TXT ( \"" R "\"", R "\n", Q | E, "the closing parenthesis is missing"},
    {"@ TXT ( a b )", "ab\n", S | E, "strings without quotes"},
    {"@ TXT \"a\" b", "ab\n", Q | S | E, "one with and one without quotes"},
    {"b.example descriptive text \"" R "\"", R "\n", Q | E, "host"},
    {"b.example\ttext = \"" R "\"", R "\n", Q | E, "nslookup"},
    {"; <<>> DiG 9.18 <<>> TXT b.example\n;b.example.\tIN\tTXT\n\na. 5 IN CNAME b.example.\nb.example. 5 IN TXT \"" R
     "\"\n",
     R "\n", Q | E, "the whole output of dig"},
    {"b. 5 IN TXT \"a\"\nb. 5 IN TXT \"b\"\n", "a\nb\n", Q | E, "two records of one name"},
    /* Not in this notation */
    {"", "", 0, "nothing"},
    {R, "", 0, "a plain record"},
    {R "\n\"x\"", "", 0, "a plain record with another line"},
    {" v = TLSRPTv1;\nTXT x", "", 0, "a misspelled record with another line"},
    {"\"" R, "", 0, "no closing quote"},
    {"\"a\\", "", 0, "a backslash at the end"},
    {"\"a\\\"", "", 0, "an escaped quote at the end"},
    {"\"v=TLSRPTv1\"; rua=mailto:a@b.example", "", 0, "quotes around a part"},
    {"\"a\" b", "", 0, "something after the quotes"},
    {"TXT", "", 0, "no data"},
    {"TXT ()", "", 0, "no strings"},
    {"a b c d TXT x", "", 0, "too many words"},
    {"x=1 TXT a", "", 0, "a field for a name"},
    {"this is text = a", "", 0, "prose"},
    {"this is text \"a\"", "", 0, "prose"},
    {"b. IN RRSIG TXT 13 4 5 x", "", 0, "a signature"},
    {"b. IN A 192.0.2.1", "", 0, "another type"},
};

static trpt_status extract_copy(const char *text, size_t len, size_t *cursor, uint32_t *notation, char *buffer,
                                size_t capacity, size_t *needed) {
  char *copy = malloc(len ? len : 1);
  assert_non_null(copy);
  memcpy(copy, text, len);
  const trpt_status status = trpt_record_extract(copy, len, cursor, notation, buffer, capacity, needed);
  free(copy);
  return status;
}

static void test_rows(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const size_t len = strlen(rows[i].text);
    char found[256] = "";
    char buffer[128];
    size_t cursor = 0, at, needed;
    uint32_t notation = 99, last = 0;
    trpt_status status;
    while (at = cursor,
           (status = extract_copy(rows[i].text, len, &cursor, &notation, NULL, 0, &needed)) == TRPT_E_BUFFER) {
      assert_int_equal(cursor, at);
      memset(buffer, '#', sizeof buffer);
      assert_int_equal(extract_copy(rows[i].text, len, &cursor, NULL, buffer, needed, NULL), TRPT_E_BUFFER);
      assert_int_equal(buffer[0], '#');
      assert_int_equal(extract_copy(rows[i].text, len, &cursor, &last, buffer, needed + 1, &needed), TRPT_OK);
      assert_int_equal(last, notation);
      assert_int_equal(buffer[needed], '\0');
      assert_int_equal(buffer[needed + 1], '#');
      assert_true(cursor > at);
      strcat(strcat(found, buffer), "\n");
    }
    if (status != TRPT_END || strcmp(found, rows[i].records) != 0 || last != rows[i].notation)
      fail_msg("%s (%s): %s, notation %u, %s", rows[i].text, rows[i].why, trpt_status_name(status), (unsigned)last,
               found);
    assert_true(notation == 0 || notation == TRPT_NOTATION_ENTRY);
    assert_int_equal(needed, 0);
    assert_int_equal(cursor, len);
  }
}

/* A comment or an entry of another type is known as such, so that a reader of lines can skip it. */
static void test_other_lines(void **state) {
  (void)state;
  static const struct {
    const char *text;
    uint32_t notation;
  } lines[] = {
      {";; ANSWER SECTION:", E},
      {"  ; a comment", E},
      {";b.example.\tIN\tTXT", E},
      {"b. 5 IN CNAME c.", E},
      {"b. IN A 192.0.2.1", E},
      {"IN A 192.0.2.1", E},
      {"b. IN RRSIG TXT 13 4 5 x", E},
      {"x\nb. 5 IN CNAME c.", E},
      {";v=TLSRPTv1; rua=mailto:a@b.example", 0},
      {"v=TLSRPTv1; x", 0},
      {"a b IN", 0},
      {"rua=a IN x", 0},
      {"example.com", 0},
      {"", 0},
      {"\n", 0},
  };
  for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
    size_t cursor = 0;
    uint32_t notation = 99;
    assert_int_equal(extract_copy(lines[i].text, strlen(lines[i].text), &cursor, &notation, NULL, 0, NULL), TRPT_END);
    if (notation != lines[i].notation) fail_msg("%s: %u", lines[i].text, (unsigned)notation);
  }
}

/* Lines before the record may be longer than the record and its buffer. */
static void test_small_buffer(void **state) {
  (void)state;
  static const char text[] = "\"a string that is followed by something else\" x\n\"a\"";
  char buffer[2];
  size_t cursor = 0;
  assert_int_equal(trpt_record_extract(text, sizeof text - 1, &cursor, NULL, buffer, sizeof buffer, NULL), TRPT_OK);
  assert_string_equal(buffer, "a");
}

static void test_arguments(void **state) {
  (void)state;
  char buffer[8];
  size_t cursor = 0, needed = 9;
  uint32_t notation = 9;
  assert_int_equal(trpt_record_extract(NULL, 0, &cursor, &notation, buffer, 8, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(notation, 0);
  assert_int_equal(needed, 0);
  assert_int_equal(trpt_record_extract("\"a\"", 3, NULL, NULL, buffer, 8, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_extract("\"a\"", 3, &cursor, NULL, NULL, 8, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(cursor, 0);
  cursor = 4;
  assert_int_equal(trpt_record_extract("\"a\"", 3, &cursor, NULL, buffer, 8, NULL), TRPT_E_ARGUMENT);
}

/* Time must be linear: each of these would take minutes if it were not. */
static void test_long_texts(void **state) {
  (void)state;
  static const char *const parts[] = {"\"",        "\"\n", "\\\"\n", "TXT (\n", "TXT \"\n", "TXT a\n", "TXT ( \\\"\n",
                                      "\"a\" x\n", "\n",   " ",      "x ",      "\"a\"\n",  "(",       "a b c d\n"};
  enum { SIZE = 1 << 20 };
  char *text = malloc(SIZE);
  assert_non_null(text);
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    const size_t part = strlen(parts[i]);
    size_t len = 0;
    for (; len + part <= SIZE; len += part) memcpy(text + len, parts[i], part);
    size_t cursor = 0;
    trpt_status status;
    char *record = malloc(SIZE + 1);
    assert_non_null(record);
    while ((status = trpt_record_extract(text, len, &cursor, NULL, record, SIZE + 1, NULL)) == TRPT_OK) continue;
    assert_int_equal(status, TRPT_END);
    free(record);
  }
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_rows),      cmocka_unit_test(test_other_lines), cmocka_unit_test(test_small_buffer),
      cmocka_unit_test(test_arguments), cmocka_unit_test(test_long_texts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
