/* SPDX-License-Identifier: MIT */
/* Records derived from broken ones. Each suggestion is valid, has no error, and needs no further suggestion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/record.h>

#define V   "v=TLSRPTv1; "
#define RUA "rua=mailto:a@b.example"

/* Copies to exact memory, so that a sanitizer sees any byte read beyond the text. */
static trpt_status suggest_copy(const char *text, size_t len, char *buffer, size_t capacity, size_t *needed) {
  char *copy = malloc(len ? len : 1);
  assert_non_null(copy);
  memcpy(copy, text, len);
  trpt_status status = trpt_record_suggest(copy, len, buffer, capacity, needed);
  free(copy);
  return status;
}

static int stop_at_error(void *user, const trpt_diagnostic *d) {
  (void)user;
  return d->severity == TRPT_ERROR;
}

static void assert_good(const char *text, size_t len) {
  trpt_record record;
  char buffer[TRPT_SUGGESTION_MAX_LEN + 1];
  size_t needed = 99;
  const trpt_str one = {text, len};
  assert_int_equal(trpt_record_parse(text, len, TRPT_STRICT, &record, NULL), TRPT_OK);
  assert_true(record.usable_rua_count > 0);
  assert_int_equal(trpt_record_diagnose(text, len, stop_at_error, NULL), TRPT_OK);
  assert_int_equal(trpt_record_suggest(text, len, buffer, sizeof buffer, &needed), TRPT_END);
  assert_int_equal(needed, 0);
  assert_int_equal(trpt_record_merge(&one, 1, buffer, sizeof buffer, &needed), TRPT_OK);
  assert_int_equal(needed, len);
  assert_memory_equal(buffer, text, len);
}

typedef struct row {
  const char *text;
  const char *suggestion; /* NULL: none */
  const char *why;
} row;

static const row rows[] = {
    /* Nothing is wrong. */
    {V RUA, NULL, "good"},
    {"v=TLSRPTv1;" RUA, NULL, "good without a blank"},
    {V "rua=mailto:a@b.example,mailto:c@d.example;x=1", NULL, "merely worth knowing"},
    /* The version */
    {"v=tlsrptv1;" RUA, V RUA, "case"},
    {"V=TLSRPTv1;" RUA, V RUA, "case of the name"},
    {"v=TLSRPTv2;" RUA, V RUA, "number"},
    {"v=TLS-RPT1.0;" RUA, V RUA, "another spelling"},
    {" v = TLSRPTv1 ;" RUA, V RUA, "blanks"},
    {"\"v=TLSRPTv1; " RUA "\"", V RUA, "quotes of a zone file"},
    {"'v=TLSRPTv1; " RUA "'\r\n", V RUA, "quotes of a shell and a line end"},
    {"v=TLSRPTv1 " RUA, V RUA, "no semicolon"},
    {"v=TLSRPTv1," RUA, V RUA, "a comma for it"},
    {"v=TLSRPTv1;,; " RUA, V RUA, "too many"},
    {"v=TLSRPTv1 ;" RUA, V RUA, "a blank before it is a warning"},
    {"v=DMARC1; " RUA, NULL, "a record of something else"},
    {"v", NULL, "a name alone"},
    {"vv=TLSRPTv1; " RUA, NULL, "another name"},
    {"version=TLSRPTv1; " RUA, NULL, "another name"},
    {"TLSRPTv1; " RUA, NULL, "no name"},
    {RUA, NULL, "no version"},
    {"", NULL, "nothing"},
    {"v=TLSRPTv1", NULL, "nothing but the version"},
    {V RUA "; v=TLSRPTv1", V RUA, "twice"},
    /* Destinations */
    {V "rua=a@b.example", V RUA, "a bare address"},
    {V "rua=mailto:a@b.example!10m", V RUA, "size limit of DMARC"},
    {V "rua=mailto:a@b.example!10", V RUA, "size limit without a unit"},
    {V "rua=mailto:a@b.example!5G", V RUA, "size limit with a large unit"},
    {V "rua=mailto:a@b.example'!10m", V RUA, "a quote before it"},
    {V "rua=https://b.example/a!m", V "rua=https://b.example/a%21m", "a unit is no size limit"},
    {V "rua=mailto:a@b.example!m", NULL, "no host"},
    {V "rua=a@b.example:25", NULL, "no host"},
    {V "rua=mailto:a!b@c.example", V "rua=mailto:a%21b@c.example", "raw exclamation mark"},
    {V "rua=12,m,!12m," RUA, NULL, "digits and a unit alone"},
    {V "rua=12,m,!12m,a@b.example", V RUA, "digits and a unit alone"},
    {V "rua=mailto:a@10", NULL, "digits without an exclamation mark"},
    {V "rua=mailto:a%@b.example", V "rua=mailto:a%25@b.example", "raw percent sign"},
    {V "rua=mailto:a%4@b.example", V "rua=mailto:a%254@b.example", "one digit"},
    {V "rua=mailto:a!%2C@b.example", V "rua=mailto:a%21%2C@b.example", "percent-encoding stays"},
    {V "rua=mailto:a@b.example?subject=x%4!", V "rua=mailto:a@b.example?subject=x%254%21", "cut percent-encoding"},
    {V "rua=mailto:a@b.example?subject=x%!", V "rua=mailto:a@b.example?subject=x%25%21", "cut percent-encoding"},
    {V "rua=http://x.example/", V "rua=https://x.example/", "http"},
    {V "rua=HTTP://x.example/", V "rua=https://x.example/", "http in capitals"},
    {V "rua=https://x.example/!", V "rua=https://x.example/%21", "https"},
    {V "rua=MAILTO:a@b.example,HTTPS://x.example", V "rua=mailto:a@b.example,https://x.example", "case of a scheme"},
    {V "rua=mailto:a@b.example, mailto:c@d.example", V "rua=mailto:a@b.example,mailto:c@d.example",
     "a blank in a list"},
    {V "x=1; rua=mailto:a@b.example", V RUA "; x=1", "rua is not first"},
    {V "rua=http://x.example/,mailto:a@b.example", V "rua=https://x.example/,mailto:a@b.example", "one is unsupported"},
    {V "rua=ftp://x.example/," RUA, NULL, "a scheme that nothing can replace"},
    {V "rua=ftp://a@x.example/,mailto:a@b.example", V RUA, "a scheme that nothing can replace is left out"},
    {V "rua=example.com", NULL, "no scheme and no address"},
    {V "rua=a@b.example c@d.example", V "rua=mailto:a@b.example,mailto:c@d.example", "blanks for commas"},
    {V "rua=a@b.example,,\tc@d.example,", V "rua=mailto:a@b.example,mailto:c@d.example", "needless commas"},
    {V "rua=a@b.example,mailto:a@b.example", V RUA, "the same twice"},
    {V "rua=a@b.example,a@b.example,c@d.example", V "rua=mailto:a@b.example,mailto:c@d.example", "one of three"},
    {V "rua=a!@b.example,mailto:a%21@b.example", V "rua=mailto:a%21@b.example", "the same once encoded"},
    {V "rua=mailto:", NULL, "no address"},
    {V "rua=mailto:a", NULL, "no domain"},
    {V "rua=https:///x", NULL, "no host"},
    {V "rua=mailto:\"a\"@b.example", NULL, "quotes inside"},
    {V "rua=mailto:b\xC3\xBC"
       "cher@b.example",
     NULL, "not ASCII"},
    {V "rua=", NULL, "no destination"},
    {V "rua", NULL, "no destination"},
    /* Fields */
    {V "RUA=mailto:a@b.example", V RUA, "case"},
    {V " rua = mailto:a@b.example ", V RUA, "blanks"},
    {V RUA ";; ", V RUA, "empty fields"},
    {V RUA "; rua=mailto:c@d.example", V "rua=mailto:a@b.example,mailto:c@d.example", "two fields"},
    {V "x=1; " RUA "; rua=c@d.example", V "rua=mailto:a@b.example,mailto:c@d.example; x=1", "rua first"},
    {V RUA "; p=none; SP=none; ruf=mailto:c@d.example; pct=1; fo=1; rf=x; ri=1; np=x; adkim=r; aspf=r", V RUA, "DMARC"},
    {V RUA ";x = 'y' ; z.1_-=2", V RUA "; x=y; z.1_-=2", "extensions stay"},
    {V "rua=mailto:a!@b.example; x; =y; x=; ;", V "rua=mailto:a%21@b.example", "what is no extension goes"},
    {V RUA "; x=y z", NULL, "an extension that nothing can repair"},
    {V RUA "; x=y=z", NULL, "two equals signs"},
    {V RUA "; -x=y", NULL, "a name that nothing can repair"},
    /* Nothing better can be derived. */
    {V "rua=mailto:a@b.example?subject=x", NULL, "the suggestion would be the same"},
    {V "rua=https://a:b@c.example/#d", NULL, "the suggestion would be the same"},
    {V "rua=mailto:a@b.example?subject=x!", V "rua=mailto:a@b.example?subject=x%21", "a warning stays"},
    /* Notation of zone files */
    {"\"v=TLSRPTv1; rua=mailto:a@b\" \".example\"", V RUA, "several strings"},
    {"v=TLSRPTv1; rua=mailto:a@b\" \".example", V RUA, "the outer quotes are gone"},
    {"\\\"v=TLSRPTv1; rua=mailto:a@b\\\" \\\".example\\\"", V RUA, "escaped quotes"},
    {"v=TLSRPTv1\\; " RUA, V RUA, "an escaped semicolon"},
    {"v=TLSRPTv1\\; " RUA "\\; x=1\\;", V RUA "; x=1", "several of them"},
    {"v=TLSRPTv1\\059 " RUA, V RUA, "an escape by number"},
    {"v=TLSRPTv1; " RUA "\\", V RUA, "a backslash at the end"},
    {V RUA "; x=a\\\\b\"c", V RUA "; x=ab\"c", "an escaped backslash"},
    {V RUA "; x=a\\092b\"c", V RUA "; x=ab\"c", "an escaped backslash by number"},
    {V RUA "; x=a\\\\\\\\b\"c", V RUA "; x=ab\"c", "a backslash that was escaped three times"},
    {"v=TLSRPTv1; " RUA "\\195\\188", NULL, "an escaped byte that is not ASCII"},
    {"v=TLSRPTv1\\; " RUA "; x=\\999", V RUA "; x=999", "a number that is no byte"},
    {"v=TLSRPTv1\\; " RUA "; x=1\\2", V RUA "; x=12", "one digit at the end"},
    {V RUA "\\n", V RUA, "a line end as in C"},
    {V RUA "\\r\\n\\t", V RUA, "a line end as in C"},
    {V "rua=https:\\\\b.example\\x", NULL, "a path of Windows"},
    {V "rua=https:\\\\b.example/x", V "rua=https://b.example/x", "slashes in the wrong direction"},
    {V RUA "; x=a\\z", NULL, "an escaped letter"},
    {"_smtp._tls.b.example. 3600 IN TXT \"v=TLSRPTv1; " RUA "\"", V RUA, "a line of a zone file"},
    {"@ IN TXT ( \"v=TLSRPTv1; \" ; version\n \"" RUA "\" )", V RUA, "parentheses"},
    {"b.example TXT v=TLSRPTv1; " RUA, V RUA, "a line without quotes"},
    {"b.example. 5 IN TXT \"v=spf1 -all\"\nb.example. 5 IN TXT \"v=TLSRPTv1; " RUA "\"", V RUA,
     "another record before it"},
    {"b.example. 5 IN TXT \"v=spf1 -all\"", NULL, "another record"},
    {"v=TLSRPTv1; rua=\"mailto:a@b.example\"", V RUA, "quotes around a value"},
    {"v=TLSRPTv1; rua=mailto:\"a@b.example\"", V RUA, "quotes around an address"},
    {"\"v=TLSRPTv1;\" rua=mailto:a@b.example", V RUA, "quotes around the version"},
    {"v=TLSRPTv1; rua=\"mailto:a@b.example\" \"mailto:c@d.example\"", NULL, "one destination or two?"},
    /* Characters that are pasted */
    {"\xEF\xBB\xBFv=TLSRPTv1; " RUA, V RUA, "byte order mark"},
    {"v=TLSRPTv1;\xC2\xA0" RUA, V RUA, "no-break space"},
    {"v=TLSRPTv1\xC2\xA0; " RUA, V RUA, "no-break space after the version"},
    {"v=TLSRPTv1; rua=mailto:\xE2\x80\x8B"
     "a@b.example\xE2\x80\x8D",
     V RUA, "zero-width characters"},
    {"\xE2\x80\x9Cv=TLSRPTv1; " RUA "\xE2\x80\x9D", V RUA, "typographic quotation marks"},
    {"v=TLSRPTv1; rua=mailto:a@b.example\xE2\x80\x94", NULL, "a dash is visible"},
    {"v=TLSRPTv1; rua=mailto:a@b.example\xE2\x80", NULL, "a cut sequence"},
    /* Destinations as their owner meant them */
    {V "rua=mailto://a@b.example", V RUA, "slashes"},
    {V "rua=mailto:/a@b.example", V RUA, "one slash"},
    {V "rua=mailto:a@b,example", NULL, "a comma for a dot: half an address"},
    {V "rua=mailto:a@b .example", NULL, "a blank in an address: half an address"},
    {V "rua=mailto:a@b;c@d.example", V "rua=mailto:a@b,mailto:c@d.example", "two whole ones"},
    {V "rua=mailto//a@b.example", V RUA, "no colon"},
    {V "rua=mailto/a@b.example", V RUA, "a slash for the colon"},
    {V "rua=mailtoa@b.example", V RUA, "nothing for the colon"},
    {V "rua=mailto=a@b.example", V RUA, "an equals sign for the colon"},
    {V "rua=MAILTO%3Aa@b.example", V RUA, "an encoded colon"},
    {V "rua=mailto.a@b.example,mailto-a@b.example,mailto_a@b.example", V RUA, "other signs for the colon"},
    {V "rua=mailto%40b.example", V "rua=mailto:mailto@b.example", "a mailbox with that name and an encoded @"},
    {V "rua=mailto=@b.example", NULL, "no mailbox"},
    {V "rua=mailto@b.example", V "rua=mailto:mailto@b.example", "a mailbox with that name"},
    {V "rua=mailto;a@b.example", V RUA, "a semicolon for the colon"},
    {V "rua=mailto: a@b.example", V RUA, "a blank after the colon"},
    {V "rua=MAILTO:mailto:a@b.example", V RUA, "twice"},
    {V "rua=MAILTO:mailto://a@b.example", V RUA, "twice, with slashes"},
    {V "rua=mailto:<//a@b.example>", V RUA, "slashes within brackets"},
    {V "rua=maito:a@b.example", V RUA, "a letter is missing"},
    {V "rua=Mialto:a@b.example", V RUA, "two letters are swapped"},
    {V "rua=mailtoo:a@b.example", V RUA, "a letter too many"},
    {V "rua=mail:a@b.example", V RUA, "two letters are missing"},
    {V "rua=maito/a@b.example", NULL, "misspelled, and without a colon"},
    {V "rua=smtp:a@b.example", NULL, "another word"},
    {V "rua=mailto:a%40b.example", V RUA, "an encoded @"},
    {V "rua=a%40b.example", V RUA, "an encoded @ without a scheme"},
    {V "rua=mailto:a%40b%40c.example", NULL, "two of them"},
    {V "rua=mailto:a%40b@c.example!", NULL, "no host"},
    {V "rua=mailto:a%2Bb%40c.example", V "rua=mailto:a%2Bb@c.example", "another encoded character"},
    {V "rua=a%2Bb%40c.example", V "rua=mailto:a%2Bb@c.example", "another encoded character"},
    {V "rua=mailto:///", NULL, "slashes alone"},
    {V "rua=mailto:///,mailto:a@b.example", V RUA, "slashes alone are left out"},
    {V "rua=a%40b@c.example", V "rua=mailto:a%40b@c.example", "one of them is part of the mailbox"},
    {V "rua=mailto:<a@b.example>", V RUA, "angle brackets"},
    {V "rua=mailto:\n:a@b.example", V RUA, "two colons with a line end between"},
    {V "rua=mailto:/<a@b.example>", V RUA, "a slash before the brackets"},
    {V "rua=mailto:<mailto:'/a@b.example.>", V RUA, "nested in each other"},
    {V "rua=mailto:<a@b.example.>.", V RUA, "final dots around a bracket"},
    {V "rua=<mailto:a@b.example>", V RUA, "angle brackets around it"},
    {V "rua=mailto:a@b.example.", V RUA, "a final dot"},
    {V "rua=mailto:a@b.example;mailto:c@d.example", V "rua=mailto:a@b.example,mailto:c@d.example", "; for a comma"},
    {V "rua=https//x.example/t", V "rua=https://x.example/t", "no colon"},
    {V "rua=https:x.example/t", V "rua=https://x.example/t", "no slashes"},
    {V "rua=https:/x.example/t", V "rua=https://x.example/t", "one slash"},
    {V "rua=htps://x.example/t", V "rua=https://x.example/t", "a letter is missing"},
    {V "rua=http//x.example/t", V "rua=https://x.example/t", "http without a colon"},
    {V "rua=https:///x.example/t", NULL, "no host"},
    {V "rua=https:////x.example/t", NULL, "no host"},
    {V "rua=https/:///x.example/t", V "rua=https://x.example/t", "a slash before the colon"},
    {V "rua=reportsmailto:a@b.example", NULL, "a word that is longer than each scheme"},
    {V "rua=mailto:a@example.com,mailto//b@example.com", V "rua=mailto:a@example.com,mailto:b@example.com",
     "the second"},
    {V "rua=mailto:,https:,<>,\"\"," RUA, NULL, "nothing"},
};

static void check_row(const row *r) {
  const size_t len = strlen(r->text);
  char buffer[512];
  size_t needed = 99;
  const trpt_status asked = suggest_copy(r->text, len, NULL, 0, &needed);
  memset(buffer, '#', sizeof buffer);
  if (!r->suggestion) {
    if (asked != TRPT_END || needed)
      fail_msg("%s (%s): %s, %zu bytes", r->text, r->why, trpt_status_name(asked), needed);
    assert_int_equal(suggest_copy(r->text, len, buffer, sizeof buffer, NULL), TRPT_END);
    assert_int_equal(buffer[0], '#');
    return;
  }
  if (asked != TRPT_E_BUFFER || needed != strlen(r->suggestion))
    fail_msg("%s (%s): %s, %zu bytes", r->text, r->why, trpt_status_name(asked), needed);
  for (size_t capacity = 0; capacity <= needed; capacity++) {
    assert_int_equal(suggest_copy(r->text, len, buffer, capacity, NULL), TRPT_E_BUFFER);
    assert_int_equal(buffer[0], '#');
  }
  assert_int_equal(suggest_copy(r->text, len, buffer, needed + 1, &needed), TRPT_OK);
  if (strcmp(buffer, r->suggestion) != 0) fail_msg("%s (%s): %s", r->text, r->why, buffer);
  assert_int_equal(buffer[needed + 1], '#');
  assert_good(buffer, needed);
}

static void test_rows(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) check_row(&rows[i]);
}

/* A NUL ends the field that it is in. */
static void test_nul(void **state) {
  (void)state;
  static const char text[] = V "rua=a@b.example\0c; x=\0y; z=1";
  char buffer[128];
  assert_int_equal(suggest_copy(text, sizeof text - 1, buffer, sizeof buffer, NULL), TRPT_OK);
  assert_string_equal(buffer, V RUA "; z=1");
}

static void test_arguments(void **state) {
  (void)state;
  static const char text[] = "v=tlsrptv1;" RUA;
  const trpt_str texts[2] = {{text, sizeof text - 1}, {NULL, 0}};
  size_t needed = 99;
  char buffer[64];
  assert_int_equal(trpt_record_suggest(NULL, 0, buffer, sizeof buffer, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(needed, 0);
  assert_int_equal(trpt_record_suggest(NULL, 0, NULL, 0, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_suggest(text, sizeof text - 1, NULL, 9, &needed), TRPT_E_ARGUMENT);
  needed = 99;
  assert_int_equal(trpt_record_merge(NULL, 0, buffer, sizeof buffer, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(needed, 0);
  assert_int_equal(trpt_record_merge(texts, 2, buffer, sizeof buffer, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_merge(texts, 1, NULL, 9, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_record_merge(texts, 1, NULL, 0, NULL), TRPT_E_BUFFER);
  assert_int_equal(trpt_record_merge(texts, 1, buffer, sizeof buffer, NULL), TRPT_OK);
  assert_string_equal(buffer, V RUA);
}

/* ---- Lengths ---- */

/* `head`, then `part` as often as it fits, then blanks. Freed by the caller. */
static char *repeat(const char *head, const char *part, size_t part_count, size_t len) {
  char *text = malloc(len);
  assert_non_null(text);
  size_t at = strlen(head);
  memset(text, ' ', len);
  memcpy(text, head, at);
  for (size_t i = 0; i < part_count && strlen(part) <= len - at; i++, at += strlen(part))
    memcpy(text + at, part, strlen(part));
  return text;
}

static trpt_status suggest_repeated(const char *head, const char *part, size_t part_count, size_t len, size_t *needed) {
  char *text = repeat(head, part, part_count, len);
  trpt_status status = trpt_record_suggest(text, len, NULL, 0, needed);
  free(text);
  return status;
}

static void test_longest(void **state) {
  (void)state;
  static const char head[] = "v=TLSRPTv1; rua=a@b.example;x=";
  size_t needed;
  /* The suggestion is as long as the text, but for the scheme and the blank that it gets. */
  const size_t longest = TRPT_SUGGESTION_MAX_LEN - strlen("mailto: ");
  assert_int_equal(suggest_repeated(head, "y", SIZE_MAX, longest, &needed), TRPT_E_BUFFER);
  assert_int_equal(needed, TRPT_SUGGESTION_MAX_LEN);
  assert_int_equal(suggest_repeated(head, "y", SIZE_MAX, longest + 1, &needed), TRPT_END);
  assert_int_equal(needed, 0);
  /* What follows the part that does not fit is not written without it. */
  assert_int_equal(suggest_repeated(V "rua=a@b.example", ";x=12345678901234567890", SIZE_MAX, 5000, &needed), TRPT_END);
  assert_int_equal(suggest_repeated("\"v=TLSRPTv1; rua=a@b.example;x=", "y", SIZE_MAX, 5000, &needed), TRPT_END);
  assert_int_equal(suggest_repeated("\xC3\xBC", "y", SIZE_MAX, 5000, &needed), TRPT_END);
  /* No TXT record is longer than 65535 bytes. */
  assert_int_equal(suggest_repeated(head, "y", 1, 65535, &needed), TRPT_E_BUFFER);
  assert_int_equal(suggest_repeated(head, "y", 1, 65536, &needed), TRPT_END);
}

/* A single text that is good is handed back up to the same length. */
static void test_longest_merged(void **state) {
  (void)state;
  for (size_t more = 0; more < 2; more++) {
    const size_t len = TRPT_SUGGESTION_MAX_LEN + more;
    char *text = repeat("v=TLSRPTv1;rua=mailto:a@b.example;x=", "y", SIZE_MAX, len);
    const trpt_str one = {text, len};
    size_t needed;
    assert_int_equal(trpt_record_merge(&one, 1, NULL, 0, &needed), more ? TRPT_END : TRPT_E_BUFFER);
    assert_int_equal(needed, more ? 0 : len);
    free(text);
  }
  char *quoted = repeat("\"v=TLSRPTv1;rua=mailto:a@b.example;x=", "y", SIZE_MAX, 2 * TRPT_SUGGESTION_MAX_LEN);
  quoted[2 * TRPT_SUGGESTION_MAX_LEN - 1] = '"';
  const trpt_str texts[2] = {{quoted, 2 * TRPT_SUGGESTION_MAX_LEN}, {V RUA, strlen(V RUA)}};
  assert_int_equal(trpt_record_suggest(texts[0].ptr, texts[0].len, NULL, 0, NULL), TRPT_END);
  assert_int_equal(trpt_record_merge(texts, 2, NULL, 0, NULL), TRPT_END);
  free(quoted);
}

/* Comparing all destinations with each other would take minutes. */
static void test_many_destinations(void **state) {
  (void)state;
  char text[2048] = V "rua=";
  char buffer[TRPT_SUGGESTION_MAX_LEN + 1];
  size_t needed;
  for (unsigned i = 0; i < 40; i++)
    snprintf(text + strlen(text), sizeof text - strlen(text), "%u@b.example,", i < 34 ? i : 39 - i);
  assert_int_equal(trpt_record_suggest(text, strlen(text), buffer, sizeof buffer, &needed), TRPT_OK);
  /* Of 0 to 33 and 5 to 0 none is repeated. */
  assert_string_equal(buffer + needed - strlen(",mailto:33@b.example"), ",mailto:33@b.example");
  assert_good(buffer, needed);
  assert_int_equal(suggest_repeated(V "rua=", "a@b,", SIZE_MAX, 65535, &needed), TRPT_E_BUFFER);
  assert_int_equal(suggest_repeated(V, "rua=a@b;", SIZE_MAX, 65535, &needed), TRPT_E_BUFFER);
  assert_int_equal(suggest_repeated(V, ";", SIZE_MAX, 65535, &needed), TRPT_END);
  assert_int_equal(suggest_repeated("v", " ", SIZE_MAX, 1 << 20, &needed), TRPT_END);
}

/* ---- Several texts ---- */

static void test_merge(void **state) {
  (void)state;
  static const struct {
    const char *texts[3];
    const char *merged; /* NULL: none */
    const char *why;
  } sets[] = {
      {{NULL}, NULL, "nothing"},
      {{"v=TLSRPTv1;" RUA}, "v=TLSRPTv1;" RUA, "a good one stays as it is"},
      {{"v=TLSRPTv1," RUA}, V RUA, "a broken one is repaired"},
      {{V "rua=mailto:a@b.example?subject=x"}, V "rua=mailto:a@b.example?subject=x", "a warning stays"},
      {{RUA}, V RUA, "the version was forgotten"},
      {{"TLSRPT " RUA}, NULL, "something before the field"},
      {{V RUA, V RUA}, V RUA, "the same twice"},
      {{V RUA, V "rua=c@d.example"}, V "rua=mailto:a@b.example,mailto:c@d.example", "two of them"},
      {{V RUA, "v=TLSRPTv1 rua=c@d.example"}, V "rua=mailto:a@b.example,mailto:c@d.example", "without a semicolon"},
      {{V "x=1", RUA, V "y=2"}, V RUA "; x=1; y=2", "of three one has a destination"},
      {{V "x=1", V "y=2"}, NULL, "no destination"},
      {{"\"" V RUA "\"", "\"" V "rua=c@d.example\""}, V "rua=mailto:a@b.example,mailto:c@d.example", "each in quotes"},
      {{V RUA, "\"v=TLSRPTv1; rua=\" \"c@d.example\""},
       V "rua=mailto:a@b.example,mailto:c@d.example",
       "several strings"},
  };
  for (size_t i = 0; i < sizeof sets / sizeof sets[0]; i++) {
    trpt_str texts[3] = {{"", 0}, {"", 0}, {"", 0}};
    size_t count = 0;
    for (; count < 3 && sets[i].texts[count]; count++)
      texts[count] = (trpt_str){sets[i].texts[count], strlen(sets[i].texts[count])};
    char buffer[256] = "untouched";
    size_t needed = 99;
    const trpt_status status = trpt_record_merge(texts, count, buffer, sizeof buffer, &needed);
    if (!sets[i].merged) {
      if (status != TRPT_END || needed) fail_msg("%s: %s", sets[i].why, trpt_status_name(status));
      assert_string_equal(buffer, "untouched");
      continue;
    }
    if (status != TRPT_OK || strcmp(buffer, sets[i].merged) != 0)
      fail_msg("%s: %s, %s", sets[i].why, trpt_status_name(status), buffer);
    assert_int_equal(needed, strlen(buffer));
    assert_good(buffer, needed);
    strcpy(buffer, "untouched");
    assert_int_equal(trpt_record_merge(texts, count, buffer, needed, NULL), TRPT_E_BUFFER);
    assert_string_equal(buffer, "untouched");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_rows),           cmocka_unit_test(test_nul),
      cmocka_unit_test(test_arguments),      cmocka_unit_test(test_longest),
      cmocka_unit_test(test_longest_merged), cmocka_unit_test(test_many_destinations),
      cmocka_unit_test(test_merge),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
