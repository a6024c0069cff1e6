/* SPDX-License-Identifier: MIT */
/* Reports as rows of a table, docs/rows.md: one for each policy with its totals, one for each failure with its count. */
#include <string.h>

#include <tlsrpt/policy.h>
#include <tlsrpt/time.h>

#include "escape.h"
#include "output.h"
#include "report_sinks.h"

typedef enum column {
  KIND,
  SOURCE,
  REPORT_KEY,
  ORGANIZATION_NAME,
  CONTACT_INFO,
  REPORT_ID,
  START,
  END,
  POLICY_INDEX,
  POLICY_TYPE,
  POLICY_DOMAIN,
  POLICY_MODE,
  MX_HOST,
  FAILURE_INDEX,
  RESULT_TYPE,
  SENDING_MTA_IP,
  RECEIVING_MX_HOSTNAME,
  RECEIVING_MX_HELO,
  RECEIVING_IP,
  SUCCESSFUL_SESSIONS,
  FAILED_SESSIONS,
  FAILURE_REASON_CODE,
  ADDITIONAL_INFORMATION,
  COLUMNS
} column;

static const char *const names[COLUMNS] = {
    "kind",
    "source",
    "report_key",
    "organization_name",
    "contact_info",
    "report_id",
    "start",
    "end",
    "policy_index",
    "policy_type",
    "policy_domain",
    "policy_mode",
    "mx_host",
    "failure_index",
    "result_type",
    "sending_mta_ip",
    "receiving_mx_hostname",
    "receiving_mx_helo",
    "receiving_ip",
    "successful_sessions",
    "failed_sessions",
    "failure_reason_code",
    "additional_information",
};

typedef struct row_format {
  void (*escape)(buffer *out, const char *text, size_t len);
  bool named; /* each cell has its column's name before it, and there is no header */
  const char *separator;
  const char *absent;
  const char *end; /* of a row */
} row_format;

static const row_format row_formats[] = {
    [ROWS_NDJSON] = {escape_json_cell, true, ",", "null", "}\n"},
    [ROWS_CSV] = {escape_csv_cell, false, ",", "", "\r\n"},
    [ROWS_TSV] = {escape_tsv_cell, false, "\t", "", "\n"},
};

typedef struct rows_sink {
  const row_format *format;
  buffer before[COLUMNS]; /* what stands before a cell */
  buffer policy_kind;     /* what is the same in all rows of a kind, by its place in them */
  buffer policy_gap;
  buffer policy_end;
  buffer failure_kind;
  const char *source;
  buffer rows;      /* of the report */
  buffer of_report; /* cells that all of its rows share */
  buffer of_policy; /* cells that all rows of a policy share */
  buffer mx;
} rows_sink;

static void add_absent(const rows_sink *s, buffer *b, column c) {
  buffer_append(b, &s->before[c]);
  buffer_text(b, s->format->absent);
}

static void add_text(const rows_sink *s, buffer *b, column c, trpt_str text) {
  if (!text.ptr) {
    add_absent(s, b, c);
    return;
  }
  buffer_append(b, &s->before[c]);
  s->format->escape(b, text.ptr, text.len);
}

static void add_name(const rows_sink *s, buffer *b, column c, const char *name) {
  add_text(s, b, c, (trpt_str){name, name ? strlen(name) : 0});
}

static void add_number(const rows_sink *s, buffer *b, column c, uint64_t number) {
  buffer_append(b, &s->before[c]);
  buffer_number(b, number);
}

static void add_count(const rows_sink *s, buffer *b, column c, bool present, uint64_t count) {
  if (present) {
    add_number(s, b, c, count);
  } else {
    add_absent(s, b, c);
  }
}

static void add_time(const rows_sink *s, buffer *b, column c, int64_t seconds) {
  char text[32];
  size_t len = 0;
  const bool known = seconds != INT64_MIN && trpt_time_format(seconds, text, sizeof text, &len) == TRPT_OK;
  add_text(s, b, c, (trpt_str){known ? text : NULL, len});
}

static void set_of_report(rows_sink *s, const trpt_report *report, const char *key) {
  const trpt_metadata *m = trpt_report_metadata(report);
  buffer *b = &s->of_report;
  buffer_clear(b);
  add_name(s, b, SOURCE, s->source);
  add_name(s, b, REPORT_KEY, key);
  add_text(s, b, ORGANIZATION_NAME, m->organization_name);
  add_text(s, b, CONTACT_INFO, m->contact_info);
  add_text(s, b, REPORT_ID, m->report_id);
  add_time(s, b, START, m->start);
  add_time(s, b, END, m->end);
}

/* Patterns with a blank between them, which no host name has. */
static trpt_str join_mx_hosts(rows_sink *s, const trpt_policy *p) {
  buffer_clear(&s->mx);
  for (uint32_t i = 0; i < p->mx_host_count; i++) {
    if (i) buffer_text(&s->mx, " ");
    buffer_add(&s->mx, p->mx_hosts[i].ptr, p->mx_hosts[i].len);
  }
  if (s->mx.failed) s->of_policy.failed = true;
  return (trpt_str){s->mx.len ? s->mx.data : NULL, s->mx.len};
}

static void set_of_policy(rows_sink *s, const trpt_policy *p) {
  buffer *b = &s->of_policy;
  buffer_clear(b);
  add_number(s, b, POLICY_INDEX, p->index);
  add_text(s, b, POLICY_TYPE, p->type_name);
  add_text(s, b, POLICY_DOMAIN, p->domain);
  add_name(s, b, POLICY_MODE, trpt_sts_mode_name(trpt_policy_mode(p)));
  add_text(s, b, MX_HOST, join_mx_hosts(s, p));
}

/* What all rows begin with. */
static void begin_row(rows_sink *s, const buffer *kind) {
  buffer_append(&s->rows, kind);
  buffer_append(&s->rows, &s->of_report);
  buffer_append(&s->rows, &s->of_policy);
}

static void add_policy(rows_sink *s, const trpt_policy *p) {
  buffer *b = &s->rows;
  begin_row(s, &s->policy_kind);
  buffer_append(b, &s->policy_gap);
  add_count(s, b, SUCCESSFUL_SESSIONS, p->present & TRPT_POLICY_HAS_SUCCESSFUL, p->successful_sessions);
  add_count(s, b, FAILED_SESSIONS, p->present & TRPT_POLICY_HAS_FAILED, p->failed_sessions);
  buffer_append(b, &s->policy_end);
}

static void add_failure(rows_sink *s, const trpt_failure *f) {
  buffer *b = &s->rows;
  begin_row(s, &s->failure_kind);
  add_number(s, b, FAILURE_INDEX, f->index);
  add_text(s, b, RESULT_TYPE, f->type_name);
  add_text(s, b, SENDING_MTA_IP, f->sending_mta_ip);
  add_text(s, b, RECEIVING_MX_HOSTNAME, f->receiving_mx_hostname);
  add_text(s, b, RECEIVING_MX_HELO, f->receiving_mx_helo);
  add_text(s, b, RECEIVING_IP, f->receiving_ip);
  add_absent(s, b, SUCCESSFUL_SESSIONS);
  add_count(s, b, FAILED_SESSIONS, f->present & TRPT_FAILURE_HAS_FAILED_SESSIONS, f->failed_sessions);
  add_text(s, b, FAILURE_REASON_CODE, f->failure_reason_code);
  add_text(s, b, ADDITIONAL_INFORMATION, f->additional_information);
  buffer_text(b, s->format->end);
}

static void begin(void *user, const char *source) {
  rows_sink *s = user;
  s->source = source;
  buffer_clear(&s->rows);
}

static void report(void *user, const trpt_report *r, const char *key) {
  rows_sink *s = user;
  set_of_report(s, r, key);
  for (uint32_t i = 0; i < trpt_report_policy_count(r); i++) {
    set_of_policy(s, trpt_report_policy(r, i));
    add_policy(s, trpt_report_policy(r, i));
    for (uint32_t j = 0; j < trpt_report_failure_count(r, i); j++) add_failure(s, trpt_report_failure(r, i, j));
  }
}

static bool end(void *user, const problem *p) {
  rows_sink *s = user;
  if (p) return true; /* the message says all, and no row comes out */
  if (s->rows.failed) return false;
  output_buffer(&s->rows);
  output_unit();
  return true;
}

static void set_constants(rows_sink *s) {
  for (column c = 0; c < COLUMNS; c++) {
    buffer *b = &s->before[c];
    if (c) buffer_text(b, s->format->separator);
    if (!s->format->named) continue;
    buffer_text(b, c ? "\"" : "{\"");
    buffer_text(b, names[c]);
    buffer_text(b, "\":");
  }
  add_name(s, &s->policy_kind, KIND, "policy");
  add_name(s, &s->failure_kind, KIND, "failure");
  add_number(s, &s->policy_gap, FAILURE_INDEX, 0);
  for (column c = RESULT_TYPE; c < SUCCESSFUL_SESSIONS; c++) add_absent(s, &s->policy_gap, c);
  add_absent(s, &s->policy_end, FAILURE_REASON_CODE);
  add_absent(s, &s->policy_end, ADDITIONAL_INFORMATION);
  buffer_text(&s->policy_end, s->format->end);
}

static void show_header(const rows_sink *s) {
  for (column c = 0; c < COLUMNS; c++) {
    if (c) output_text(s->format->separator);
    output_text(names[c]);
  }
  output_text(s->format->end);
  output_unit();
}

int report_rows(const arguments *a, const choice *c, int format, bool header) {
  rows_sink s = {.format = &row_formats[format]};
  choice for_rows = *c;
  /* Findings would be looked for and told nobody. */
  if (!(c->options.flags & TRPT_STRICT)) for_rows.options.flags |= TRPT_NO_FINDINGS;
  set_constants(&s);
  if (header && !s.format->named) show_header(&s);
  const sink rows = {.begin = begin, .report = report, .end = end, .user = &s};
  int status = reading_run(a, &for_rows, &rows);
  buffer_free(&s.rows);
  buffer_free(&s.of_report);
  buffer_free(&s.of_policy);
  buffer_free(&s.mx);
  buffer_free(&s.policy_kind);
  buffer_free(&s.policy_gap);
  buffer_free(&s.policy_end);
  buffer_free(&s.failure_kind);
  for (column i = 0; i < COLUMNS; i++) buffer_free(&s.before[i]);
  return status;
}
