/* SPDX-License-Identifier: MIT */
/* Reports for a person: the verdict first, then what failed, why and where, then what is wrong with the report itself. */
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/time.h>

#include "allocate.h"
#include "color.h"
#include "escape.h"
#include "report_sinks.h"
#include "standard_output.h"

enum { PLACES_SHOWN = 5, DIAGNOSTICS_SHOWN = 10 };

/* All failures of one result type under one policy; number 0 has those of unknown types. */
typedef struct kind {
  uint64_t sessions;
  uint64_t rows;
  bool counted;  /* a row told its sessions */
  buffer places; /* of the first rows */
} kind;

typedef struct text_sink {
  bool verbose;
  bool any; /* something was shown before */
  const char *source;
  buffer head;
  buffer failed; /* policies with failures, and what failed */
  buffer good;   /* a line for each other policy */
  buffer tail;   /* about the report itself */
  buffer findings;
  size_t kind_count; /* one for each result type, and one for the unknown ones */
  kind *kinds;       /* by result type */
  uint64_t policies;
  uint64_t policies_failed;
  uint64_t findings_shown;
} text_sink;

static void add_str(buffer *b, trpt_str s) { escape_terminal(b, s.ptr, s.len); }

static bool known(trpt_str s) { return s.ptr && s.len; }

/* Adds "LABEL VALUE" where there is a value. */
static void add_known(buffer *b, const char *label, trpt_str value) {
  if (!known(value)) return;
  buffer_text(b, label);
  add_str(b, value);
}

static void add_failure(text_sink *s, const trpt_failure *f) {
  size_t number = f->type > 0 && (size_t)f->type < s->kind_count ? (size_t)f->type : 0;
  kind *k = &s->kinds[number];
  k->sessions = k->sessions > UINT64_MAX - f->failed_sessions ? UINT64_MAX : k->sessions + f->failed_sessions;
  k->rows++;
  k->counted = k->counted || f->present & TRPT_FAILURE_HAS_FAILED_SESSIONS;
  if (k->rows > PLACES_SHOWN && !s->verbose) return;

  buffer *b = &k->places;
  buffer_text(b, "        ");
  if (f->present & TRPT_FAILURE_HAS_FAILED_SESSIONS) {
    buffer_count(b, f->failed_sessions, "session");
  } else {
    buffer_text(b, "an unknown number of sessions");
  }
  if (number == 0) add_known(b, ", ", f->type_name);
  add_known(b, ", at ", f->receiving_mx_hostname);
  if (known(f->receiving_ip)) {
    add_known(b, known(f->receiving_mx_hostname) ? " [" : ", at [", f->receiving_ip);
    buffer_text(b, "]");
  }
  add_known(b, ", which greets as ", f->receiving_mx_helo);
  add_known(b, ", from ", f->sending_mta_ip);
  buffer_text(b, "\n");
  if (known(f->failure_reason_code)) {
    add_known(b, "          reason: ", f->failure_reason_code);
    buffer_text(b, "\n");
  }
  if (known(f->additional_information)) {
    add_known(b, "          see: ", f->additional_information);
    buffer_text(b, "\n");
  }
}

static void kind_clear(kind *k) {
  buffer_clear(&k->places);
  k->sessions = 0;
  k->rows = 0;
  k->counted = false;
}

static void add_kind(buffer *b, size_t number, kind *k, bool verbose) {
  const trpt_result_type type = (trpt_result_type)number;
  buffer_text(b, "      ");
  buffer_text(b, number ? trpt_result_type_name(type) : "a result type that RFC 8460 does not define");
  if (k->counted) {
    buffer_text(b, ", ");
    buffer_count(b, k->sessions, "session");
  }
  buffer_text(b, "\n        ");
  buffer_text(b, trpt_result_type_description(type));
  buffer_text(b, "\n");
  buffer_append(b, &k->places);
  if (k->rows > PLACES_SHOWN && !verbose) {
    buffer_text(b, "        and ");
    buffer_number(b, k->rows - PLACES_SHOWN);
    buffer_text(b, " more (--verbose shows all)\n");
  }
}

/* "example.com, MTA-STS" */
static void add_title(buffer *b, const trpt_policy *p) {
  if (known(p->domain)) {
    add_str(b, p->domain);
  } else {
    buffer_text(b, "(no domain given)");
  }
  buffer_text(b, ", ");
  const char *title = trpt_policy_type_title(p->type);
  if (title) {
    buffer_text(b, title);
  } else if (known(p->type_name)) {
    buffer_text(b, "policy type ");
    add_str(b, p->type_name);
  } else {
    buffer_text(b, "policy type not given");
  }
}

/* "10 of 100 sessions failed" */
static void add_verdict(buffer *b, const trpt_policy *p) {
  bool has_failed = p->present & TRPT_POLICY_HAS_FAILED;
  bool has_successful = p->present & TRPT_POLICY_HAS_SUCCESSFUL;
  uint64_t total = p->successful_sessions + p->failed_sessions;
  if (total < p->failed_sessions) total = UINT64_MAX;
  if (!has_failed) {
    buffer_text(b, "how many sessions failed is not told");
  } else if (p->failed_sessions) {
    if (has_successful) {
      buffer_number(b, p->failed_sessions);
      buffer_text(b, " of ");
    }
    buffer_count(b, total, "session");
    buffer_text(b, " ");
    color_text(b, COLOR_BAD, "failed");
  } else if (total) {
    buffer_text(b, total == 1 ? "the only session" : "all ");
    if (total > 1) buffer_count(b, total, "session");
    buffer_text(b, " ");
    color_text(b, COLOR_GOOD, "succeeded");
  } else {
    buffer_text(b, has_successful ? "no sessions" : "no session failed");
  }
}

static void end_policy(text_sink *s, const trpt_policy *p) {
  bool failed = p->failed_sessions > 0 || p->failure_count > 0;
  buffer *b = failed ? &s->failed : &s->good;
  s->policies++;
  if (failed) s->policies_failed++;

  buffer_text(b, "    ");
  add_title(b, p);
  buffer_text(b, ": ");
  add_verdict(b, p);
  buffer_text(b, "\n");
  if (failed && !p->failure_count) buffer_text(b, "      the reporter does not say why\n");
  /* Those of unknown types last. */
  for (size_t i = 1; i <= s->kind_count; i++) {
    const size_t number = i % s->kind_count;
    kind *k = &s->kinds[number];
    if (k->rows) add_kind(b, number, k, s->verbose);
    kind_clear(k);
  }
}

static void add_finding(text_sink *s, const trpt_diagnostic *d) {
  if (!s->verbose && (d->severity == TRPT_INFO || s->findings_shown == DIAGNOSTICS_SHOWN)) return;
  s->findings_shown++;
  buffer_text(&s->findings, "      ");
  diagnostic_line(&s->findings, s->source, d);
}

/* "2026-03-01", or both times where they are not of one day in UTC. */
static void add_day(buffer *b, const trpt_metadata *m) {
  char start[32];
  char end[32];
  char last[32];
  size_t len;
  if (m->start == INT64_MIN || m->end == INT64_MIN || trpt_time_format(m->start, start, sizeof start, &len) ||
      trpt_time_format(m->end, end, sizeof end, &len)) {
    buffer_text(b, "on an unknown day");
    return;
  }
  /* A window may end with the first second of the next day. */
  bool full =
      m->end <= m->start || trpt_time_format(m->end - 1, last, sizeof last, &len) || memcmp(start, last, 10) != 0;
  buffer_add(b, start, full ? strlen(start) : 10);
  if (full) {
    buffer_text(b, " to ");
    buffer_text(b, end);
  }
}

static void add_head(text_sink *s, const trpt_metadata *m) {
  buffer *b = &s->head;
  escape_terminal(b, s->source, strlen(s->source));
  buffer_text(b, "\n  ");
  if (known(m->organization_name)) {
    add_str(b, m->organization_name);
  } else {
    buffer_text(b, "(no organization named)");
  }
  buffer_text(b, ", ");
  add_day(b, m);
  buffer_text(b, ": ");
  if (s->policies == 0) {
    buffer_text(b, "nothing is reported");
  } else if (s->policies_failed == 0) {
    color_text(b, COLOR_GOOD, "no failures");
  } else {
    color_text(b, COLOR_BAD, "failures");
    if (s->policies > 1) {
      buffer_text(b, " under ");
      buffer_number(b, s->policies_failed);
      buffer_text(b, " of ");
      buffer_number(b, s->policies);
      buffer_text(b, " policies");
    }
  }
  buffer_text(b, "\n");
}

/* Whom to ask, and about which report: only needed where something is wrong. */
static void add_contact(text_sink *s, const trpt_metadata *m) {
  if (!s->verbose && !s->policies_failed && !m->error_count && !m->warning_count) return;
  if (!known(m->report_id) && !known(m->contact_info)) return;
  buffer *b = &s->tail;
  buffer_text(b, "    ");
  add_known(b, "report ", m->report_id);
  if (known(m->report_id) && known(m->contact_info)) buffer_text(b, ", ");
  add_known(b, "contact ", m->contact_info);
  buffer_text(b, "\n");
}

static void add_findings_title(text_sink *s, const trpt_metadata *m) {
  uint64_t all = (uint64_t)m->error_count + m->warning_count + m->info_count;
  if (!all) return;
  buffer *b = &s->tail;
  buffer_text(b, "    the report itself: ");
  buffer_count(b, m->error_count, "error");
  buffer_text(b, ", ");
  buffer_count(b, m->warning_count, "warning");
  buffer_text(b, ", ");
  buffer_count(b, m->info_count, "info");
  if (s->findings_shown < all) buffer_text(b, s->verbose ? " (not all are shown)" : " (--verbose shows all)");
  buffer_text(b, "\n");
}

static void begin(void *user, const char *source) {
  text_sink *s = user;
  buffer_clear(&s->failed);
  buffer_clear(&s->good);
  buffer_clear(&s->tail);
  buffer_clear(&s->findings);
  buffer_clear(&s->head);
  for (size_t i = 0; i < s->kind_count; i++) kind_clear(&s->kinds[i]);
  s->policies = 0;
  s->policies_failed = 0;
  s->findings_shown = 0;
  s->source = source;
}

static void event(void *user, const trpt_event *e) {
  text_sink *s = user;
  switch (e->type) {
  case TRPT_EVENT_DIAGNOSTIC: add_finding(s, e->diagnostic); break;
  case TRPT_EVENT_FAILURE: add_failure(s, e->failure); break;
  case TRPT_EVENT_POLICY: end_policy(s, e->policy); break;
  case TRPT_EVENT_REPORT:
    add_head(s, e->metadata);
    add_contact(s, e->metadata);
    add_findings_title(s, e->metadata);
    break;
  default: break; /* of a later version */
  }
}

static bool end(void *user, const problem *p) {
  text_sink *s = user;
  if (p) return true; /* the message says all */
  if (s->head.failed || s->failed.failed || s->good.failed || s->tail.failed || s->findings.failed) return false;
  if (s->any) output_text("\n");
  s->any = true;
  output_buffer(&s->head);
  output_buffer(&s->failed);
  output_buffer(&s->good);
  output_buffer(&s->tail);
  output_buffer(&s->findings);
  return true;
}

int report_text(const arguments *a, const read_options *options, bool verbose) {
  text_sink s = {.verbose = verbose, .kind_count = (size_t)trpt_result_type_count() + 1};
  s.kinds = allocate_zeros(s.kind_count, sizeof *s.kinds);
  int status = read_reports(a, options, &(report_sink){.begin = begin, .event = event, .end = end, .user = &s});
  buffer_free(&s.failed);
  buffer_free(&s.good);
  buffer_free(&s.tail);
  buffer_free(&s.findings);
  buffer_free(&s.head);
  for (size_t i = 0; i < s.kind_count; i++) buffer_free(&s.kinds[i].places);
  free(s.kinds);
  return status;
}
