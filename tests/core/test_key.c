/* SPDX-License-Identifier: MIT */
/* Keys of reports: what changes them and what does not, in events and in trees; docs/key.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include <tlsrpt/trpt.h>

#include "../tools/files.h"
#include "output_text.h"
#include "report_files.h"

enum { KEY = 33, TEXT = 4096 };

/* ---- reading ---- */

/* Computes the key from the events of a text that is read `piece` bytes at a time. Returns false if the text is not a
   report. */
static int key_of_events(char key[KEY], const char *text, size_t len, size_t piece, const trpt_options *options) {
  trpt_parser *parser;
  trpt_key k;
  const trpt_event *event;
  size_t used;
  trpt_status status = TRPT_MORE;
  assert_int_equal(trpt_parser_new(&parser, options), TRPT_OK);
  assert_int_equal(trpt_key_begin(&k), TRPT_OK);
  for (size_t at = 0; status >= 0 && status != TRPT_END;) {
    const size_t left = len - at;
    status = trpt_parser_read(parser, left ? text + at : NULL, left < piece ? left : piece, &used, &event);
    at += used;
    if (status == TRPT_OK) assert_int_equal(trpt_key_add(&k, event), TRPT_OK);
  }
  trpt_parser_free(parser);
  assert_int_equal(trpt_key_text(&k, key, KEY, NULL), status == TRPT_END ? TRPT_OK : TRPT_E_STATE);
  return status == TRPT_END;
}

static void key_of_tree(char key[KEY], const trpt_report *report) {
  size_t needed;
  assert_int_equal(trpt_report_key(report, NULL, 0, &needed), TRPT_E_BUFFER);
  assert_int_equal(needed, KEY - 1);
  assert_int_equal(trpt_report_key(report, key, KEY - 1, NULL), TRPT_E_BUFFER);
  assert_int_equal(trpt_report_key(report, key, KEY, NULL), TRPT_OK);
  assert_int_equal(strspn(key, "0123456789abcdef"), needed);
}

/* Computes the key of a text. Events and tree must give the same key. Returns false if the text is not a report. */
static int key_of(char key[KEY], const char *text, size_t len) {
  char other[KEY];
  trpt_report *report;
  const int good = key_of_events(key, text, len, SIZE_MAX, NULL);
  assert_int_equal(trpt_report_parse(text, len, NULL, &report, NULL) == TRPT_OK, good);
  if (!good) return 0;
  key_of_tree(other, report);
  assert_string_equal(other, key);
  trpt_report_free(report);
  return 1;
}

/* In tests ' stands for ". */
static size_t unquote(char out[TEXT], const char *json) {
  const size_t len = strlen(json);
  assert_true(len < TEXT);
  for (size_t i = 0; i <= len; i++) out[i] = json[i] == '\'' ? '"' : json[i];
  return len;
}

/* ---- pairs ---- */

#define WINDOW(start)                 "'date-range':{'start-datetime':'" start "','end-datetime':'2024-06-01T00:00:00Z'}"
#define POLICY(type, domain, members) "{'policy':{'policy-type':'" type "','policy-domain':'" domain "'}" members "}"
#define STRINGS(strings)              "{'policies':[{'policy':{'policy-string':" strings "}}]}"
#define FAILURES(failures)            "{'policies':[{'failure-details':[" failures "]}]}"

static const struct {
  const char *why, *a, *b;
  int same;
} pairs[] = {
    {"order, white space and escapes", "{'organization-name':'O','report-id':'r','policies':[]}",
     "{ 'policies' : [ ] ,\n'report-id':'\\u0072','organization-name':'O'}", 1},
    {"order in a policy",
     "{'policies':[{'policy':{'policy-type':'sts'},'failure-details':[{'result-type':'x'}],'summary':{}}]}",
     "{'policies':[{'summary':{},'failure-details':[{'result-type':'x'}],'policy':{'policy-type':'sts'}}]}", 1},
    {"unknown members", "{'x':[{'y':1}],'policies':[{'z':{}}]}", "{'policies':[{}]}", 1},
    {"forms of a count", "{'policies':[{'summary':{'total-successful-session-count':10}}]}",
     "{'policies':[{'summary':{'total-successful-session-count':1e1}}]}", 1},
    {"zone of a time", "{" WINDOW("2024-05-31T00:00:00Z") ",'policies':[]}",
     "{" WINDOW("2024-05-31T02:00:00+02:00") ",'policies':[]}", 1},
    {"another time", "{" WINDOW("2024-05-31T00:00:00Z") ",'policies':[]}",
     "{" WINDOW("2024-05-30T00:00:00Z") ",'policies':[]}", 0},
    {"texts of times that cannot be read", "{" WINDOW("yesterday") ",'policies':[]}",
     "{" WINDOW("monday") ",'policies':[]}", 0},
    {"start is not end", "{'date-range':{'start-datetime':'2024-06-01T00:00:00Z'},'policies':[]}",
     "{'date-range':{'end-datetime':'2024-06-01T00:00:00Z'},'policies':[]}", 0},
    {"the text of a time is not an instant",
     "{" WINDOW("\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000") ",'policies':[]}",
     "{" WINDOW("1970-01-01T00:00:00Z") ",'policies':[]}", 0},
    {"texts do not move between members", "{'organization-name':'Or','report-id':'s','policies':[]}",
     "{'organization-name':'O','report-id':'rs','policies':[]}", 0},
    {"a text and zeros", "{'report-id':'r','policies':[]}", "{'report-id':'r\\u0000','policies':[]}", 0},
    {"empty and absent", "{'report-id':'','policies':[]}", "{'policies':[]}", 0},
    {"null and absent", "{'report-id':null,'policies':[]}", "{'policies':[]}", 1},
    {"an empty date-range has no value", "{'date-range':{},'policies':[]}", "{'policies':[]}", 1},
    {"types", "{'policies':[" POLICY("sts", "a.example", "") "]}", "{'policies':[" POLICY("tlsa", "a.example", "") "]}",
     0},
    {"types that are unknown", "{'policies':[" POLICY("x", "a.example", "") "]}",
     "{'policies':[" POLICY("y", "a.example", "") "]}", 0},
    {"order of policies", "{'policies':[" POLICY("sts", "a.example", "") "," POLICY("sts", "b.example", "") "]}",
     "{'policies':[" POLICY("sts", "b.example", "") "," POLICY("sts", "a.example", "") "]}", 0},
    {"a policy twice", "{'policies':[{}]}", "{'policies':[{},{}]}", 0},
    {"an element that is no object", "{'policies':[{},1]}", "{'policies':[{}]}", 1},
    {"an empty policy object", "{'policies':[{'policy':{}}]}", "{'policies':[{}]}", 0},
    {"order of strings", STRINGS("['a','b']"), STRINGS("['b','a']"), 0},
    {"texts do not move between strings", STRINGS("['ab','c']"), STRINGS("['a','bc']"), 0},
    {"an empty list and an absent one", STRINGS("[]"), "{'policies':[{'policy':{}}]}", 0},
    {"an empty list and an empty string", STRINGS("[]"), STRINGS("['']"), 0},
    {"strings are not patterns", STRINGS("['a']"), "{'policies':[{'policy':{'mx-host':['a']}}]}", 0},
    {"a bare string", STRINGS("['a']"), STRINGS("'a'"), 1},
    {"TLSA records in one string", STRINGS("['3 1 1 00','3 1 1 11']"), STRINGS("['3 1 1 00; 3 1 1 11']"), 1},
    {"zero and an absent count", "{'policies':[{'summary':{'total-successful-session-count':0}}]}",
     "{'policies':[{'summary':{}}]}", 0},
    {"successful and failed", "{'policies':[{'summary':{'total-successful-session-count':1}}]}",
     "{'policies':[{'summary':{'total-failure-session-count':1}}]}", 0},
    {"no failures and none given", "{'policies':[{'failure-details':[]}]}", "{'policies':[{}]}", 0},
    {"an empty failure", FAILURES("{}"), FAILURES(""), 0},
    {"order of failures", FAILURES("{'result-type':'a'},{'result-type':'b'}"),
     FAILURES("{'result-type':'b'},{'result-type':'a'}"), 0},
    {"a failure in another policy", "{'policies':[{'failure-details':[{}]},{'failure-details':[]}]}",
     "{'policies':[{'failure-details':[]},{'failure-details':[{}]}]}", 0},
    {"other names of members", FAILURES("{'additional-information':'https://a.example/','failure-reason-code':'c'}"),
     FAILURES("{'additional-info-uri':'https://a.example/','failure-error-code':'c'}"), 1},
    {"another name of mx-host", "{'policies':[{'policy':{'mx-host':['a']}}]}",
     "{'policies':[{'policy':{'mx-host-pattern':['a']}}]}", 1},
};

static void test_pairs(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    char text[TEXT], a[KEY], b[KEY];
    assert_true(key_of(a, text, unquote(text, pairs[i].a)));
    assert_true(key_of(b, text, unquote(text, pairs[i].b)));
    if ((strcmp(a, b) == 0) != pairs[i].same) fail_msg("%s: %s, %s", pairs[i].why, a, b);
  }
}

/* ---- every change of one report ---- */

static const char whole[] =
    "{'organization-name':'Example Inc.','date-range':{'start-datetime':'2024-05-31T00:00:00Z','end-datetime':"
    "'2024-06-01T12:30:59Z'},'contact-info':'tls@example.net','report-id':'5065427c','policies':[{'policy':{"
    "'policy-type':'sts','policy-string':['version: STSv1','mode: testing'],'policy-domain':'a.example','mx-host':["
    "'*.a.example','mx.example']},'summary':{'total-successful-session-count':5326,'total-failure-session-count':303},"
    "'failure-details':[{'result-type':'certificate-expired','sending-mta-ip':'192.0.2.1','receiving-mx-hostname':"
    "'mx1.a.example','receiving-mx-helo':'mx.a.example','receiving-ip':'192.0.2.2','failed-session-count':100,"
    "'additional-information':'https://example.net/1','failure-reason-code':'expired'},{'result-type':"
    "'starttls-not-supported','failed-session-count':203}]},{'policy':{'policy-type':'tlsa','policy-string':["
    "'3 1 1 1234'],'policy-domain':'b.example'},'summary':{'total-successful-session-count':1,"
    "'total-failure-session-count':0}}]}";

/* Keys that were seen, to find two that are the same. */
typedef struct key_set {
  char (*keys)[KEY];
  size_t count;
} key_set;

static int by_key(const void *a, const void *b) { return memcmp(a, b, KEY); }

static void add_key(key_set *set, const char *text) {
  set->keys = realloc(set->keys, (set->count + 1) * sizeof *set->keys);
  assert_non_null(set->keys);
  if (key_of(set->keys[set->count], text, strlen(text))) set->count++;
}

static void check_all_differ(key_set *set, size_t count) {
  assert_int_equal(set->count, count);
  qsort(set->keys, set->count, KEY, by_key);
  for (size_t i = 1; i < set->count; i++) assert_memory_not_equal(set->keys[i - 1], set->keys[i], KEY);
  free(set->keys);
}

static const char *end_of_string(const char *text) { return strchr(text + 1, '"'); }

/* The key of the text with another character at `at`. */
static void add_changed(key_set *set, const char *text, char *at) {
  const char before = *at;
  if (before >= '0' && before <= '9')
    *at = before == '9' ? '8' : (char)(before + 1);
  else
    *at = before == 'x' ? 'y' : 'x';
  add_key(set, text);
  *at = before;
}

/* Each character of a value becomes another one, and the first one of each name, so that its member is absent. */
static void test_characters(void **state) {
  (void)state;
  key_set set = {0};
  char text[TEXT];
  const char *end;
  unquote(text, whole);
  add_key(&set, text);
  for (char *at = text; (at = strchr(at, '"')); at += end + 1 - at) {
    end = end_of_string(at);
    const char *last = end[1] == ':' ? at + 2 : end;
    for (char *c = at + 1; c < last; c++) add_changed(&set, text, c);
  }
  check_all_differ(&set, 303);
}

static void test_digits(void **state) {
  (void)state;
  key_set set = {0};
  char text[TEXT];
  unquote(text, whole);
  add_key(&set, text);
  for (char *at = text; (at = strstr(at, "\":"));)
    for (at += 2; *at >= '0' && *at <= '9'; at++) add_changed(&set, text, at);
  check_all_differ(&set, 16);
}

/* Each string becomes empty, gets one character more at its end, and is left out of its list. */
static void test_strings(void **state) {
  (void)state;
  static const char *const contents[] = {"", NULL};
  key_set set = {0};
  char text[TEXT], changed[TEXT + 8];
  unquote(text, whole);
  add_key(&set, text);
  for (const char *at = text; (at = strchr(at, '"')); at = end_of_string(at) + 1) {
    const char *end = end_of_string(at);
    if (end[1] == ':') continue;
    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
      const char *content = contents[i];
      snprintf(changed, sizeof changed, "%.*s%.*s%s%s", (int)(at + 1 - text), text, content ? 0 : (int)(end - at - 1),
               at + 1, content ? content : "x", end);
      add_key(&set, changed);
    }
    if (at[-1] == '[' && end[1] == ',') {
      snprintf(changed, sizeof changed, "%.*s%s", (int)(at - text), text, end + 2);
      add_key(&set, changed);
    }
  }
  check_all_differ(&set, 47);
}

/* ---- forms of one report ---- */

static size_t gzip(unsigned char *out, size_t capacity, const char *text, size_t len) {
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (Bytef *)(uintptr_t)text;
  z.avail_in = (uInt)len;
  z.next_out = out;
  z.avail_out = (uInt)capacity;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return z.total_out;
}

static void test_gzip(void **state) {
  (void)state;
  char text[TEXT], plain[KEY], inflated[KEY];
  unsigned char packed[TEXT];
  const size_t len = unquote(text, whole);
  assert_true(key_of(plain, text, len));
  assert_true(key_of(inflated, (const char *)packed, gzip(packed, sizeof packed, text, len)));
  assert_string_equal(inflated, plain);
}

static int is_lost(int64_t seconds, trpt_str text) { return seconds == INT64_MIN && text.ptr; }

/* What is written has the key of what was read, but for times that cannot be read, which are not written. */
static void check_written(const trpt_report *report, const char *key) {
  const trpt_metadata *metadata = trpt_report_metadata(report);
  for (uint32_t flags = 0; flags <= TRPT_PRETTY; flags++) {
    static output_text written;
    char again[KEY];
    output_text_clear(&written);
    assert_int_equal(trpt_report_write(report, flags, output_text_append, &written), TRPT_OK);
    assert_true(key_of(again, written.bytes, written.len));
    const int lost = is_lost(metadata->start, metadata->start_text) || is_lost(metadata->end, metadata->end_text);
    assert_int_equal(strcmp(again, key) == 0, !lost);
  }
}

/* Of a lone surrogate yajl makes something else (docs/maintainers/tokenizers.md). */
static bool has_bad_codepoint(const trpt_report *report) {
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++)
    if (strcmp(trpt_report_diagnostic(report, i)->code, "json.bad-codepoint") == 0) return true;
  return false;
}

/* The key does not depend on chunks, tokenizers, or options that leave the events as they are. */
static void test_reports(void **state) {
  (void)state;
  static const trpt_tokenizer tokenizers[] = {TRPT_TOKENIZER_BUILTIN, TRPT_TOKENIZER_YAJL};
  size_t count, good = 0;
  report_file *files = report_files_read(REPORTS_OF_TESTS | REPORTS_OF_EXAMPLES, &count);
  for (size_t i = 0; i < count; i++) {
    const char *text = (const char *)files[i].bytes;
    trpt_report *report;
    char key[KEY], other[KEY];
    if (trpt_report_parse(text, files[i].len, NULL, &report, NULL) != TRPT_OK) continue;
    good++;
    key_of_tree(key, report);
    const size_t agreeing = has_bad_codepoint(report) ? 1 : 2;
    for (size_t t = 0; t < agreeing; t++)
      for (uint32_t flags = 0; flags <= TRPT_NO_FINDINGS; flags += TRPT_NO_FINDINGS)
        for (size_t piece = 1; piece < 10000; piece *= 20) {
          const trpt_options options = {
              .struct_size = sizeof options, .flags = flags, .tokenizer = tokenizers[t], .max_diagnostics = 1};
          if (!trpt_parser_size(&options)) continue;
          assert_true(key_of_events(other, text, files[i].len, piece, &options));
          if (strcmp(other, key) != 0) fail_msg("%s: %s, %s", files[i].name, key, other);
        }
    check_written(report, key);
    trpt_report_free(report);
  }
  assert_true(good >= 15);
  report_files_free(files, count);
}

/* ---- events made by hand ---- */

static const trpt_metadata no_metadata = {.start = INT64_MIN, .end = INT64_MIN};

static void test_null(void **state) {
  (void)state;
  trpt_key key;
  const trpt_event event = {.type = TRPT_EVENT_DIAGNOSTIC};
  char buffer[KEY];
  size_t needed = 7;
  assert_int_equal(trpt_key_begin(NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_key_begin(&key), TRPT_OK);
  assert_int_equal(trpt_key_add(NULL, &event), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_key_add(&key, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_key_text(NULL, buffer, sizeof buffer, &needed), TRPT_E_ARGUMENT);
  assert_int_equal(needed, 0);
  assert_int_equal(trpt_key_text(NULL, buffer, sizeof buffer, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_report_key(NULL, buffer, sizeof buffer, NULL), TRPT_E_ARGUMENT);
}

/* Memory that trpt_key_begin did not see, of any content. */
static void test_not_begun(void **state) {
  (void)state;
  const trpt_event event = {.type = TRPT_EVENT_REPORT, .metadata = &no_metadata};
  for (int byte = 0; byte < 256; byte++) {
    trpt_key key, before;
    char buffer[KEY];
    size_t needed = 7;
    memset(&key, byte, sizeof key);
    before = key;
    assert_int_equal(trpt_key_add(&key, &event), TRPT_E_STATE);
    assert_int_equal(trpt_key_text(&key, buffer, sizeof buffer, &needed), TRPT_E_STATE);
    assert_int_equal(needed, 0);
    assert_memory_equal(&key, &before, sizeof key);
  }
}

/* Events that a key refuses, after those that it accepted. It is left as it was. */
static void test_refused(void **state) {
  (void)state;
  static const trpt_str broken[] = {{"a", 1}, {NULL, 3}};
  static const trpt_failure failure = {0};
  static const trpt_policy none = {0}, one = {.failure_count = 1};
  static const trpt_policy no_strings = {.string_count = 1, .present = TRPT_POLICY_HAS_STRINGS};
  static const trpt_policy no_text = {.strings = broken, .string_count = 2, .present = TRPT_POLICY_HAS_STRINGS};
  static const trpt_policy no_host = {.mx_hosts = broken, .mx_host_count = 2, .present = TRPT_POLICY_HAS_MX_HOSTS};
  static const trpt_metadata of_one = {.start = INT64_MIN, .end = INT64_MIN, .policy_count = 1};
#define FAILURE(f)                                                                                                     \
  { TRPT_EVENT_FAILURE, 0, NULL, f, NULL, NULL }
#define POLICY_(p)                                                                                                     \
  { TRPT_EVENT_POLICY, 0, p, NULL, NULL, NULL }
#define REPORT(m)                                                                                                      \
  { TRPT_EVENT_REPORT, 0, NULL, NULL, m, NULL }
  static const struct {
    const char *why;
    trpt_event before[2];
    trpt_event refused;
    trpt_status status;
  } rows[] = {
      {"type 0", {{0}}, {0}, TRPT_E_ARGUMENT},
      {"unknown type", {{0}}, {5, 0, &none, &failure, &no_metadata, NULL}, TRPT_E_ARGUMENT},
      {"negative type", {{0}}, {INT32_MIN, 0, &none, &failure, &no_metadata, NULL}, TRPT_E_ARGUMENT},
      {"no failure", {{0}}, FAILURE(NULL), TRPT_E_ARGUMENT},
      {"no policy", {{0}}, POLICY_(NULL), TRPT_E_ARGUMENT},
      {"no metadata", {{0}}, REPORT(NULL), TRPT_E_ARGUMENT},
      {"list without strings", {{0}}, POLICY_(&no_strings), TRPT_E_ARGUMENT},
      {"string without text", {{0}}, POLICY_(&no_text), TRPT_E_ARGUMENT},
      {"pattern without text", {{0}}, POLICY_(&no_host), TRPT_E_ARGUMENT},
      {"policy without its failure", {{0}}, POLICY_(&one), TRPT_E_STATE},
      {"policy after another's failure", {FAILURE(&failure)}, POLICY_(&none), TRPT_E_STATE},
      {"report after a failure", {FAILURE(&failure)}, REPORT(&no_metadata), TRPT_E_STATE},
      {"report without its policy", {{0}}, REPORT(&of_one), TRPT_E_STATE},
      {"report after too many policies", {POLICY_(&none)}, REPORT(&no_metadata), TRPT_E_STATE},
      {"report after a failure of the next policy", {POLICY_(&none), FAILURE(&failure)}, REPORT(&of_one), TRPT_E_STATE},
      {"failure after the report", {REPORT(&no_metadata)}, FAILURE(&failure), TRPT_E_STATE},
      {"policy after the report", {REPORT(&no_metadata)}, POLICY_(&none), TRPT_E_STATE},
      {"report twice", {REPORT(&no_metadata)}, REPORT(&no_metadata), TRPT_E_STATE},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    trpt_key key, before;
    assert_int_equal(trpt_key_begin(&key), TRPT_OK);
    for (size_t j = 0; j < 2 && rows[i].before[j].type; j++)
      assert_int_equal(trpt_key_add(&key, &rows[i].before[j]), TRPT_OK);
    before = key;
    const trpt_status status = trpt_key_add(&key, &rows[i].refused);
    if (status != rows[i].status) fail_msg("%s: %s", rows[i].why, trpt_status_name(status));
    assert_memory_equal(&key, &before, sizeof key);
  }
}

/* Texts, lists and counts that `present` leaves out, and pointers that are NULL, are absent. */
static void test_absent(void **state) {
  (void)state;
  static const trpt_str strings[] = {{"a", 1}};
  static const trpt_policy policies[] = {
      {.index = 7, .type = TRPT_POLICY_STS},
      {.strings = strings, .string_count = 1, .mx_hosts = strings, .mx_host_count = 1},
      {.successful_sessions = 1, .failed_sessions = 2},
      {.type_name = {NULL, 3}, .domain = {NULL, 7}, .present = TRPT_POLICY_HAS_TYPE | TRPT_POLICY_HAS_DOMAIN},
  };
  const trpt_metadata metadata = {.start = INT64_MIN, .end = INT64_MIN, .policy_count = 1, .error_count = 3};
  const trpt_event last = {.type = TRPT_EVENT_REPORT, .metadata = &metadata};
  char expected[KEY];
  assert_true(key_of(expected, "{\"policies\":[{}]}", 17));
  for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
    const trpt_event event = {.type = TRPT_EVENT_POLICY, .policy = &policies[i]};
    trpt_key key;
    char text[KEY];
    assert_int_equal(trpt_key_begin(&key), TRPT_OK);
    assert_int_equal(trpt_key_add(&key, &event), TRPT_OK);
    assert_int_equal(trpt_key_add(&key, &last), TRPT_OK);
    assert_int_equal(trpt_key_text(&key, text, sizeof text, NULL), TRPT_OK);
    assert_string_equal(text, expected);
  }
}

/* A key may be copied, is not changed by diagnostics, and is begun anew for the next report. */
static void test_states(void **state) {
  (void)state;
  const trpt_event diagnostic = {.type = TRPT_EVENT_DIAGNOSTIC};
  const trpt_event last = {.type = TRPT_EVENT_REPORT, .metadata = &no_metadata};
  trpt_key key, copy;
  char a[KEY], b[KEY];
  size_t needed = 7;
  assert_int_equal(trpt_key_begin(&key), TRPT_OK);
  assert_int_equal(trpt_key_add(&key, &diagnostic), TRPT_OK);
  assert_int_equal(trpt_key_text(&key, a, sizeof a, &needed), TRPT_E_STATE);
  assert_int_equal(needed, 0);
  copy = key;
  assert_int_equal(trpt_key_add(&key, &last), TRPT_OK);
  assert_int_equal(trpt_key_add(&copy, &last), TRPT_OK);
  assert_int_equal(trpt_key_text(&key, a, sizeof a, NULL), TRPT_OK);
  assert_int_equal(trpt_key_text(&copy, b, sizeof b, NULL), TRPT_OK);
  assert_string_equal(a, b);
  assert_int_equal(trpt_key_begin(&key), TRPT_OK);
  assert_int_equal(trpt_key_text(&key, b, sizeof b, NULL), TRPT_E_STATE);
  assert_int_equal(trpt_key_add(&key, &last), TRPT_OK);
  assert_int_equal(trpt_key_text(&key, b, sizeof b, NULL), TRPT_OK);
  assert_string_equal(a, b);
  for (size_t i = 0; i < sizeof key.reserved / sizeof key.reserved[0]; i++) assert_int_equal(key.reserved[i], 0);
}

static void test_buffer(void **state) {
  (void)state;
  const trpt_event last = {.type = TRPT_EVENT_REPORT, .metadata = &no_metadata};
  trpt_key key;
  size_t needed = 0;
  char buffer[64];
  trpt_key_begin(&key);
  trpt_key_add(&key, &last);
  assert_int_equal(trpt_key_text(&key, NULL, 0, &needed), TRPT_E_BUFFER);
  assert_int_equal(needed, 32);
  memset(buffer, '?', sizeof buffer);
  assert_int_equal(trpt_key_text(&key, buffer, needed, &needed), TRPT_E_BUFFER);
  for (size_t i = 0; i < sizeof buffer; i++) assert_int_equal(buffer[i], '?');
  assert_int_equal(trpt_key_text(&key, buffer, needed + 1, NULL), TRPT_OK);
  assert_int_equal(strlen(buffer), needed);
  assert_int_equal(buffer[needed + 1], '?');
  assert_int_equal(trpt_key_text(&key, NULL, 1, &needed), TRPT_E_ARGUMENT);
}

/* ---- the vectors of docs/key.md ---- */

static void check_vector(const char *path, const char *key) {
  char name[4096], text[KEY];
  size_t len;
  snprintf(name, sizeof name, "%s/%s", TRPT_SOURCE_DIR, path);
  char *bytes = file_read(name, &len);
  if (!bytes) fail_msg("%s cannot be read", name);
  assert_true(key_of(text, bytes, len));
  free(bytes);
  if (strcmp(text, key) != 0) fail_msg("%s: %s, not %s", path, text, key);
}

/* Rows of a table: | `path` | `key` | */
static void test_document(void **state) {
  (void)state;
  char path[256], key[KEY];
  int vectors = 0;
  size_t len;
  char *page = file_read(TRPT_SOURCE_DIR "/docs/key.md", &len);
  assert_non_null(page);
  for (const char *line = page; line; line = strchr(line, '\n')) {
    line += *line == '\n';
    if (sscanf(line, "| `%255[^`]` | `%32[0-9a-f]` |", path, key) != 2) continue;
    check_vector(path, key);
    vectors++;
  }
  free(page);
  assert_true(vectors >= 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_pairs),    cmocka_unit_test(test_characters), cmocka_unit_test(test_digits),
      cmocka_unit_test(test_strings),  cmocka_unit_test(test_gzip),       cmocka_unit_test(test_reports),
      cmocka_unit_test(test_null),     cmocka_unit_test(test_not_begun),  cmocka_unit_test(test_refused),
      cmocka_unit_test(test_absent),   cmocka_unit_test(test_states),     cmocka_unit_test(test_buffer),
      cmocka_unit_test(test_document),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
