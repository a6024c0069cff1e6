/* SPDX-License-Identifier: MIT */
/* A bad member never takes a good one with it: in every report, whatever stands in place of any one member but `policies`,
   every member outside of it is as it was. */

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tlsrpt/report.h>

#include "report_files.h"

/* ---- what a report says, a line each: path TAB value ---- */

typedef struct lines {
  char text[1 << 17];
  size_t len;
} lines;

static void add_bytes(lines *l, trpt_str value) {
  for (size_t i = 0; i < value.len; i++)
    l->len += (size_t)snprintf(l->text + l->len, sizeof l->text - l->len,
                               isgraph((unsigned char)value.ptr[i]) ? "%c" : "\\%02X", (unsigned char)value.ptr[i]);
}

static void add_path(lines *l, const char *base, const char *name) {
  l->len += (size_t)snprintf(l->text + l->len, sizeof l->text - l->len, "%s%s\t", base, name);
}

static void end_line(lines *l) { l->len += (size_t)snprintf(l->text + l->len, sizeof l->text - l->len, "\n"); }

static void add_str(lines *l, const char *base, const char *name, trpt_str value) {
  if (!value.ptr) return;
  add_path(l, base, name);
  add_bytes(l, value);
  end_line(l);
}

static void add_count(lines *l, const char *base, const char *name, uint64_t value, uint32_t present) {
  if (!present) return;
  add_path(l, base, name);
  l->len += (size_t)snprintf(l->text + l->len, sizeof l->text - l->len, "%llu\n", (unsigned long long)value);
}

static void add_list(lines *l, const char *base, const char *name, const trpt_str *strings, uint32_t count) {
  if (!strings) return;
  add_path(l, base, name);
  for (uint32_t i = 0; i < count; i++) {
    add_bytes(l, strings[i]);
    l->len += (size_t)snprintf(l->text + l->len, sizeof l->text - l->len, ";");
  }
  end_line(l);
}

static void add_failure(lines *l, uint32_t i, uint32_t j, const trpt_failure *f) {
  char base[64];
  snprintf(base, sizeof base, "policies[%u].failure-details[%u].", i, j);
  add_path(l, base, "");
  end_line(l);
  add_str(l, base, "result-type", f->type_name);
  add_str(l, base, "sending-mta-ip", f->sending_mta_ip);
  add_str(l, base, "receiving-mx-hostname", f->receiving_mx_hostname);
  add_str(l, base, "receiving-mx-helo", f->receiving_mx_helo);
  add_str(l, base, "receiving-ip", f->receiving_ip);
  add_str(l, base, "additional-information", f->additional_information);
  add_str(l, base, "failure-reason-code", f->failure_reason_code);
  add_count(l, base, "failed-session-count", f->failed_sessions, f->present & TRPT_FAILURE_HAS_FAILED_SESSIONS);
}

static void add_policy(lines *l, uint32_t i, const trpt_policy *p) {
  char base[64];
  snprintf(base, sizeof base, "policies[%u].", i);
  add_path(l, base, "");
  end_line(l);
  add_str(l, base, "policy.policy-type", p->type_name);
  add_list(l, base, "policy.policy-string", p->strings, p->string_count);
  add_str(l, base, "policy.policy-domain", p->domain);
  add_list(l, base, "policy.mx-host", p->mx_hosts, p->mx_host_count);
  add_count(l, base, "summary.total-successful-session-count", p->successful_sessions,
            p->present & TRPT_POLICY_HAS_SUCCESSFUL);
  add_count(l, base, "summary.total-failure-session-count", p->failed_sessions, p->present & TRPT_POLICY_HAS_FAILED);
}

static bool read_lines(lines *l, const char *text, size_t len) {
  trpt_report *report;
  const trpt_status status = trpt_report_parse(text, len, NULL, &report, NULL);
  l->len = 0;
  if (status != TRPT_OK) return false;
  const trpt_metadata *m = trpt_report_metadata(report);
  add_str(l, "", "organization-name", m->organization_name);
  add_str(l, "", "date-range.start-datetime", m->start_text);
  add_str(l, "", "date-range.end-datetime", m->end_text);
  add_str(l, "", "contact-info", m->contact_info);
  add_str(l, "", "report-id", m->report_id);
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) {
    add_policy(l, i, trpt_report_policy(report, i));
    for (uint32_t j = 0; j < trpt_report_failure_count(report, i); j++)
      add_failure(l, i, j, trpt_report_failure(report, i, j));
  }
  trpt_report_free(report);
  return true;
}

/* ---- comparing without what is in the member ---- */

static size_t line_len(const char *line) { return strcspn(line, "\n"); }

static bool is_in(const char *line, const char *path) {
  const size_t len = strlen(path);
  return strncmp(line, path, len) == 0 && strchr("\t.[", line[len]);
}

static bool same_outside(const lines *before, const lines *after, const char *path) {
  const char *a = before->text, *b = after->text;
  for (;;) {
    while (*a && is_in(a, path)) a += line_len(a) + 1;
    while (*b && is_in(b, path)) b += line_len(b) + 1;
    if (!*a || !*b) return !*a && !*b;
    if (line_len(a) != line_len(b) || memcmp(a, b, line_len(a)) != 0) return false;
    a += line_len(a) + 1;
    b += line_len(b) + 1;
  }
}

/* ---- members of a JSON text that is good ---- */

typedef struct walker {
  const char *name;
  const char *text;
  size_t len;
  size_t at;
  const lines *before;
  size_t replaced;
} walker;

static void blanks(walker *w) {
  while (w->at < w->len && strchr(" \t\r\n", w->text[w->at])) w->at++;
}

static void string(walker *w) {
  for (w->at++; w->text[w->at] != '"'; w->at++)
    if (w->text[w->at] == '\\') w->at++;
  w->at++;
}

static void value(walker *w, const char *path);

/* The member that a name is written for. */
static const char *meant(const char *name) {
  static const char *const others[][2] = {{"mx-host-pattern", "mx-host"},
                                          {"additional-info-uri", "additional-information"},
                                          {"failure-error-code", "failure-reason-code"}};
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    if (strcmp(name, others[i][0]) == 0) return others[i][1];
  return name;
}

/* Whether the member of an element of `policies` belongs into its policy object. */
static bool is_flat(const char *path, const char *name) {
  static const char *const names[] = {"policy-type", "policy-string", "policy-domain", "mx-host"};
  const char *end = strchr(path, ']');
  if (!end || end[1]) return false;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (strcmp(name, names[i]) == 0) return true;
  return false;
}

static void replace(walker *w, size_t from, size_t to, const char *path) {
  static const char *const values[] = {"null",
                                       "7",
                                       "\"x\"",
                                       "[]",
                                       "{}",
                                       "true",
                                       "[[\"policies\"]]",
                                       "{\"policies\":[{\"policy\":{}}]}",
                                       "\"\\ud800\"",
                                       "-1e999",
                                       "\"[\\\"a\\\",\\\"b\\\"]\""};
  static lines after;
  char *text = malloc(w->len + 64);
  assert_non_null(text);
  for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
    const size_t len = (size_t)(w->text + w->len - (w->text + to)) + from + strlen(values[i]);
    memcpy(text, w->text, from);
    memcpy(text + from, values[i], strlen(values[i]));
    memcpy(text + from + strlen(values[i]), w->text + to, w->len - to);
    if (!read_lines(&after, text, len) || !same_outside(w->before, &after, path)) {
      fprintf(stderr, "%s: %s as %s\n%.*s\n---- before\n%s---- after\n%s", w->name, path, values[i], (int)len, text,
              w->before->text, after.text);
      fail();
    }
    w->replaced++;
  }
  free(text);
}

static void object(walker *w, const char *path) {
  for (w->at++;; w->at++) {
    char name[64] = "", inner[256], element[256 + 8];
    blanks(w);
    if (w->text[w->at] == '}') break;
    const size_t begin = w->at + 1;
    string(w);
    if (w->at - 1 - begin < sizeof name) memcpy(name, w->text + begin, w->at - 1 - begin);
    blanks(w);
    w->at++; /* : */
    blanks(w);
    const size_t from = w->at;
    snprintf(inner, sizeof inner, "%s%s%s%s", path, *path ? "." : "", is_flat(path, name) ? "policy." : "",
             meant(name));
    const bool is_only_failure = strcmp(name, "failure-details") == 0 && w->text[w->at] == '{';
    snprintf(element, sizeof element, "%s%s", inner, is_only_failure ? "[0]" : "");
    value(w, element);
    if (strcmp(inner, "policies") != 0) replace(w, from, w->at, inner);
    blanks(w);
    if (w->text[w->at] == '}') break;
  }
  w->at++;
}

/* Events count objects only, so paths here do too. */
static void array(walker *w, const char *path) {
  unsigned index = 0;
  for (w->at++;; w->at++) {
    char inner[256];
    blanks(w);
    if (w->text[w->at] == ']') break;
    snprintf(inner, sizeof inner, "%s[%u]", path, index);
    if (w->text[w->at] == '{') index++;
    value(w, inner);
    blanks(w);
    if (w->text[w->at] == ']') break;
  }
  w->at++;
}

static void value(walker *w, const char *path) {
  blanks(w);
  switch (w->text[w->at]) {
  case '{': object(w, path); return;
  case '[': array(w, path); return;
  case '"': string(w); return;
  default:
    while (!strchr(",]} \t\r\n", w->text[w->at])) w->at++;
  }
}

static size_t reports, replacements;

static void check_file(const report_file *file) {
  static lines before;
  const char *text = (const char *)file->bytes;
  if (file->len >= sizeof before.text) return;
  /* Not gzip, nothing after the text, no byte order mark. */
  if (text[0] != '{' || !read_lines(&before, text, file->len) || strstr(file->name, "trailing")) return;
  walker w = {.name = file->name, .text = text, .len = file->len, .before = &before};
  value(&w, "");
  reports++;
  replacements += w.replaced;
}

static void test_neighbours(void **state) {
  (void)state;
  size_t count;
  report_file *files = report_files_read(REPORTS_OF_TESTS | REPORTS_OF_CORPUS, &count);
  for (size_t i = 0; i < count; i++) check_file(&files[i]);
  report_files_free(files, count);
  printf("%zu members replaced in %zu reports\n", replacements, reports);
  assert_true(reports >= 15 && replacements > 1000);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_neighbours)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
