/* SPDX-License-Identifier: MIT */
/* tlsrpt report --format text: the verdict first, then the failures with their causes, then the diagnostics about the
   report. */
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/time.h>

#include "allocate.h"
#include "color.h"
#include "escape.h"
#include "failure_groups.h"
#include "lost_value.h"
#include "report_sinks.h"
#include "standard_output.h"
#include "terminal.h"

enum { DIAGNOSTICS_SHOWN = 10, POLICIES_IN_LINE = 3 };

/* What the output about a report depends on, beside the report. */
typedef struct text_shown {
  bool any;          /* a report was shown already */
  bool last_is_line; /* the last report needed one line only */
} text_shown;

/* The parts of the output about a report. */
enum {
  HEAD,
  FAILED, /* policies with failures, and their failures */
  GOOD,   /* one line per policy without failures */
  BRIEF,  /* the first of these policies, for a report that needs one line only */
  TAIL,   /* contact, and the number of diagnostics */
  DIAGNOSTICS,
  TEXTS
};

typedef struct text_sink {
  bool verbose;
  bool only_failures;
  text_shown *shown; /* all threads share it */
  bool is_marked;    /* --mark-domain found another domain in the current report */
  bool is_line;      /* the current report needs one line only */
  const char *source;
  buffer texts[TEXTS];
  failure_groups failures;
  uint64_t policies;
  uint64_t policies_failed;
  uint64_t policies_unknown; /* whether sessions failed cannot be read */
  uint64_t policies_lost;    /* elements of policies that cannot be read */
  uint64_t failures_lost;    /* of the current policy, that cannot be read */
  bool is_details_odd;       /* its failure-details are not an array */
  uint64_t diagnostics_shown;
} text_sink;

static void add_str(buffer *b, trpt_str s) { escape_terminal(b, s.ptr, s.len); }

static bool has_text(trpt_str s) { return s.ptr && s.len; }

/* Adds "LABEL VALUE", or nothing without a value. */
static void add_labelled(buffer *b, const char *label, trpt_str value) {
  if (!has_text(value)) return;
  buffer_text(b, label);
  add_str(b, value);
}

/* "example.com, MTA-STS" */
static void add_title(buffer *b, const trpt_policy *p) {
  if (has_text(p->domain)) {
    add_str(b, p->domain);
  } else {
    buffer_text(b, "(no policy domain)");
  }
  buffer_text(b, ", ");
  const char *title = trpt_policy_type_title(p->type);
  if (title) {
    buffer_text(b, title);
  } else if (has_text(p->type_name)) {
    buffer_text(b, "policy type ");
    add_str(b, p->type_name);
  } else {
    buffer_text(b, "policy type not given");
  }
}

/* "10 of 100 sessions failed" */
static void add_verdict(buffer *b, const trpt_policy *p) {
  const bool has_failed = p->present & TRPT_POLICY_HAS_FAILED;
  const bool has_successful = p->present & TRPT_POLICY_HAS_SUCCESSFUL;
  uint64_t total = p->successful_sessions + p->failed_sessions;
  if (total < p->failed_sessions) total = UINT64_MAX;
  if (!has_failed) {
    buffer_text(b, "no readable count of failed sessions");
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

/* "example.com, MTA-STS, 10 sessions" */
static void add_brief(text_sink *s, const trpt_policy *p) {
  buffer *b = &s->texts[BRIEF];
  if (s->policies > POLICIES_IN_LINE) return;
  buffer_text(b, s->policies == 1 ? " (" : "; ");
  add_title(b, p);
  if (!(p->present & TRPT_POLICY_HAS_SUCCESSFUL)) return;
  buffer_text(b, ", ");
  buffer_count(b, p->successful_sessions, "session");
}

/* How many failures of the policy are in the report, but not in a form that can be read. */
static uint64_t take_lost_failures(text_sink *s, const trpt_policy *p) {
  const uint64_t lost = s->failures_lost + (s->is_details_odd && !(p->present & TRPT_POLICY_HAS_FAILURES));
  s->failures_lost = 0;
  s->is_details_odd = false;
  return lost;
}

/* "2 failures lost: not in a form that can be read" */
static void add_lost(buffer *b, const char *indent, uint64_t count, const char *what) {
  if (!count) return;
  buffer_text(b, indent);
  buffer_number(b, count);
  buffer_text(b, " ");
  buffer_text(b, what);
  buffer_text(b, " lost: not in a form that can be read\n");
}

static void add_policy(text_sink *s, const trpt_policy *p) {
  const uint64_t lost = take_lost_failures(s, p);
  const bool failed = p->failed_sessions > 0 || p->failure_count > 0;
  buffer *b = failed ? &s->texts[FAILED] : &s->texts[GOOD];
  s->policies++;
  if (failed) s->policies_failed++;
  if (!failed && (lost || report_filter_has_failures(p))) s->policies_unknown++;
  if (!failed) add_brief(s, p);

  buffer_text(b, "    ");
  add_title(b, p);
  buffer_text(b, ": ");
  add_verdict(b, p);
  buffer_text(b, "\n");
  if (failed && !p->failure_count && !lost) buffer_text(b, "      the report gives no reason\n");
  failure_groups_write(&s->failures, b, p);
  add_lost(b, "      ", lost, lost == 1 ? "failure" : "failures");
}

static void note_lost(text_sink *s, lost_value lost) {
  s->policies_lost += lost == LOST_POLICY;
  s->failures_lost += lost == LOST_FAILURE;
  s->is_details_odd |= lost == LOST_DETAILS;
}

/* Whether sessions failed is unknown of policies that cannot be read. */
static void add_lost_policies(text_sink *s) {
  s->policies += s->policies_lost;
  s->policies_unknown += s->policies_lost;
  add_lost(&s->texts[TAIL], "    ", s->policies_lost, s->policies_lost == 1 ? "policy" : "policies");
}

static void add_diagnostic(text_sink *s, const trpt_diagnostic *d) {
  if (strcmp(d->code, "report.other-domain") == 0) s->is_marked = true;
  note_lost(s, lost_value_of(d));
  if (!s->verbose && (d->severity == TRPT_INFO || s->diagnostics_shown == DIAGNOSTICS_SHOWN)) return;
  s->diagnostics_shown++;
  buffer_text(&s->texts[DIAGNOSTICS], "      ");
  diagnostic_line(&s->texts[DIAGNOSTICS], s->source, d);
}

/* Adds "2026-03-01", or the start and end if they are not on the same day in UTC. */
static void add_day(buffer *b, const trpt_metadata *m) {
  char start[32];
  char end[32];
  char last[32];
  size_t len;
  if (m->start == INT64_MIN || m->end == INT64_MIN || trpt_time_format(m->start, start, sizeof start, &len) ||
      trpt_time_format(m->end, end, sizeof end, &len)) {
    buffer_text(b, "date unknown");
    return;
  }
  /* A reporting period may end at the first second of the next day. */
  const bool full =
      m->end <= m->start || trpt_time_format(m->end - 1, last, sizeof last, &len) || memcmp(start, last, 10) != 0;
  buffer_add(b, start, full ? strlen(start) : 10);
  if (full) {
    buffer_text(b, " to ");
    buffer_text(b, end);
  }
}

static void add_brief_policies(text_sink *s) {
  if (!s->policies) return;
  buffer_append(&s->texts[HEAD], &s->texts[BRIEF]);
  if (s->policies > POLICIES_IN_LINE) {
    buffer_text(&s->texts[HEAD], "; and ");
    buffer_number(&s->texts[HEAD], s->policies - POLICIES_IN_LINE);
    buffer_text(&s->texts[HEAD], " more");
  }
  buffer_text(&s->texts[HEAD], ")");
}

/* Adds the number of diagnostics, or nothing if there are only info messages, which are no reason to act. */
static void add_diagnostic_counts(const text_sink *s, buffer *b, const char *before, const trpt_metadata *m) {
  const struct {
    uint64_t count;
    const char *noun;
  } counts[] = {
      {m->error_count, "error"}, {m->warning_count, "warning"}, {s->is_line ? 0 : m->info_count, "info message"}};
  uint64_t all = 0;
  if (!m->error_count && !m->warning_count && !(s->verbose && m->info_count)) return;
  buffer_text(b, before);
  for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
    if (!counts[i].count) continue;
    if (all) buffer_text(b, ", ");
    buffer_count(b, counts[i].count, counts[i].noun);
    all += counts[i].count;
  }
  if (s->is_line || s->diagnostics_shown < all)
    buffer_text(b, s->verbose ? " (not all shown)" : " (--verbose shows all)");
}

/* "failures for 2 of 3 policies" */
static void add_share(buffer *b, color_sense sense, const char *what, uint64_t count, uint64_t policies) {
  if (!count) return;
  color_text(b, sense, what);
  if (policies == 1) return;
  buffer_text(b, " for ");
  buffer_number(b, count);
  buffer_text(b, " of ");
  buffer_number(b, policies);
  buffer_text(b, " policies");
}

static void add_head(text_sink *s, const trpt_metadata *m) {
  buffer *b = &s->texts[HEAD];
  s->is_line = !s->verbose && !s->policies_failed && !s->policies_unknown && !s->is_marked;
  escape_terminal(b, s->source, strlen(s->source));
  buffer_text(b, s->is_line ? ": " : "\n  ");
  if (has_text(m->organization_name)) {
    add_str(b, m->organization_name);
  } else {
    buffer_text(b, "(no organization name)");
  }
  buffer_text(b, ", ");
  add_day(b, m);
  buffer_text(b, ": ");
  if (s->policies == 0) {
    buffer_text(b, "no policies");
  } else if (s->policies_failed == 0 && s->policies_unknown == 0) {
    color_text(b, COLOR_GOOD, "no failures");
  } else {
    add_share(b, COLOR_BAD, "failures", s->policies_failed, s->policies);
    if (s->policies_failed && s->policies_unknown) buffer_text(b, ", ");
    add_share(b, COLOR_DOUBTFUL, s->policies_failed ? "unknown" : "failures unknown", s->policies_unknown, s->policies);
  }
  if (s->is_line) {
    add_brief_policies(s);
    add_diagnostic_counts(s, b, "; ", m);
  }
  buffer_text(b, "\n");
}

/* Adds the contact and the report-id, which help only if something is wrong. */
static void add_contact(text_sink *s, const trpt_metadata *m) {
  if (!s->verbose && !s->policies_failed && !m->error_count && !m->warning_count) return;
  if (!has_text(m->report_id) && !has_text(m->contact_info)) return;
  buffer *b = &s->texts[TAIL];
  buffer_text(b, "    ");
  add_labelled(b, "report ", m->report_id);
  if (has_text(m->report_id) && has_text(m->contact_info)) buffer_text(b, ", ");
  add_labelled(b, "contact ", m->contact_info);
  buffer_text(b, "\n");
}

static void add_diagnostics_title(text_sink *s, const trpt_metadata *m) {
  const size_t len = s->texts[TAIL].len;
  add_diagnostic_counts(s, &s->texts[TAIL], "    diagnostics: ", m);
  if (s->texts[TAIL].len > len) buffer_text(&s->texts[TAIL], "\n");
}

static void begin(void *user, const trpt_source *source) {
  text_sink *s = user;
  for (int i = 0; i < TEXTS; i++) buffer_clear(&s->texts[i]);
  failure_groups_clear(&s->failures);
  s->failures_lost = 0;
  s->is_details_odd = false;
  s->policies = 0;
  s->policies_failed = 0;
  s->policies_unknown = 0;
  s->policies_lost = 0;
  s->is_marked = false;
  s->diagnostics_shown = 0;
  s->source = source->name.ptr;
}

static void event(void *user, const trpt_event *e) {
  text_sink *s = user;
  switch (e->type) {
  case TRPT_EVENT_DIAGNOSTIC: add_diagnostic(s, e->diagnostic); break;
  case TRPT_EVENT_FAILURE: failure_groups_add(&s->failures, e->failure); break;
  case TRPT_EVENT_POLICY: add_policy(s, e->policy); break;
  case TRPT_EVENT_REPORT:
    add_lost_policies(s);
    add_head(s, e->metadata);
    add_contact(s, e->metadata);
    add_diagnostics_title(s, e->metadata);
    break;
  default: break; /* an event of a later library version */
  }
}

static bool end(void *user, const problem *p) {
  text_sink *s = user;
  if (p) return true; /* the message on standard error is enough */
  for (int i = 0; i < TEXTS; i++)
    if (s->texts[i].failed) return false;
  if (s->shown->any && !(s->is_line && s->shown->last_is_line)) output_text("\n");
  *s->shown = (text_shown){.any = true, .last_is_line = s->is_line};
  terminal_output(&s->texts[HEAD]);
  if (!s->is_line) {
    terminal_output(&s->texts[FAILED]);
    if (!s->only_failures) terminal_output(&s->texts[GOOD]);
    terminal_output(&s->texts[TAIL]);
    terminal_output(&s->texts[DIAGNOSTICS]);
  }
  output_end_unit();
  return true;
}

static void begin_sink(text_sink *s, bool verbose, bool only_failures, text_shown *shown) {
  *s = (text_sink){.verbose = verbose, .only_failures = only_failures, .shown = shown};
  failure_groups_begin(&s->failures, verbose);
}

static void end_sink(text_sink *s) {
  for (int i = 0; i < TEXTS; i++) buffer_free(&s->texts[i]);
  failure_groups_end(&s->failures);
}

static void *split(void *user) {
  const text_sink *s = user;
  text_sink *part = allocate_zeros(1, sizeof *part);
  begin_sink(part, s->verbose, s->only_failures, s->shown);
  return part;
}

static size_t size(const void *part) {
  const text_sink *s = part;
  size_t bytes = failure_groups_size(&s->failures);
  for (int i = 0; i < TEXTS; i++) bytes += s->texts[i].capacity;
  return bytes;
}

static void join(void *user, void *part) {
  (void)user;
  end_sink(part);
  free(part);
}

int report_text(const arguments *a, const read_options *options, bool verbose) {
  text_shown shown = {0};
  text_sink s;
  begin_sink(&s, verbose, options->filter.only_failures, &shown);
  const int status = read_reports(
      a, options,
      &(report_sink){
          .begin = begin, .event = event, .end = end, .user = &s, .split = split, .size = size, .join = join});
  end_sink(&s);
  return status;
}
