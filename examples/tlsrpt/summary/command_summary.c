/* SPDX-License-Identifier: MIT */
/* tlsrpt summary: summarizes many reports. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <tlsrpt/time.h>

#include "../../../lib/base/text.h"
#include "../allocate.h"
#include "../command.h"
#include "../help.h"
#include "../read_reports.h"
#include "../standard_output.h"
#include "summary_formats.h"

static void begin(void *user, const trpt_source *source) {
  (void)user;
  (void)source;
}

static void report(void *user, const trpt_report *r, const trpt_source *source) { summary_count(user, r, source); }

static void leave_out(void *user) { ((summary *)user)->outside++; }

static bool end(void *user, const problem *p) {
  if (p) ((summary *)user)->bad_inputs++;
  return true;
}

static const char *refuses(const char *head, size_t len) {
  return summary_is_json(head, len) ? "This is a summary. Add it with --add FILE." : NULL;
}

/* Parses "5%" or "0.05". A number from 1 up without a percent sign is refused, because 1 and 5 are hardly meant as 100%
   and 500%. */
static bool read_rate(const char *value, double *rate) {
  const size_t len = strspn(value, "0123456789.");
  char *end;
  *rate = strtod(value, &end);
  const bool is_number = len && trpt_is_digit((unsigned char)*value) && end == value + len;
  const bool is_percent = is_number && strcmp(end, "%") == 0;
  if (is_percent) *rate /= 100;
  if (is_percent ? *rate <= 1 : is_number && !*end && *rate < 1) return true;
  arguments_reject("summary", "--fail-if-failures needs a rate such as 1% or 0.01, not", value);
  return false;
}

typedef struct rate {
  double limit;
  bool is_above;
} rate;

static void check_rate(void *user, const view_policy *policy) {
  rate *r = user;
  const double all = (double)policy->total.successful + (double)policy->total.failed;
  if (policy->uncounted) r->is_above = true; /* the rate may be anything */
  /* If the total has no failures, use the failures of the details. */
  const uint64_t failed = policy->total.failed ? policy->total.failed : policy->detailed;
  if (failed && (double)failed > r->limit * all) r->is_above = true;
}

static bool exceeds_rate(const summary *s, double limit) {
  rate r = {.limit = limit, .is_above = s->unreadable};
  view_policies(s, check_rate, &r);
  return r.is_above;
}

static const struct {
  const char *name;
  void (*show)(const summary *s);
} formats[] = {{"text", summary_text},
               {"json", summary_json},
               {"csv", summary_csv},
               {"html", summary_html},
               {"prometheus", summary_prometheus}};
enum { FORMATS = sizeof formats / sizeof formats[0] };

static int choose_format(const char *value) {
  const char *names[FORMATS + 1] = {NULL};
  for (int i = 0; i < FORMATS; i++) names[i] = formats[i].name;
  return arguments_choose("summary", "--format", value, names);
}

typedef struct settings {
  summary_options options;
  read_options read;
  const char **added; /* files with summaries */
  int added_count;
  int format;
  bool fails_if_conflicts;
  bool has_rate;
  double rate;
} settings;

enum {
  FORMAT = READ_OPTION_COUNT,
  FAIL_IF_FAILURES,
  FAIL_IF_CONFLICTS,
  DAYS,
  REPORTERS,
  MAX_ROWS,
  ADD,
  NO_FORMULA_GUARD
};
static const option options[] = {READ_OPTIONS,
                                 [FORMAT] = {"--format", true},
                                 [FAIL_IF_FAILURES] = {"--fail-if-failures", true},
                                 [FAIL_IF_CONFLICTS] = {"--fail-if-conflicts", false},
                                 [DAYS] = {"--days", true},
                                 [REPORTERS] = {"--reporters", true},
                                 [MAX_ROWS] = {"--max-rows", true},
                                 [ADD] = {"--add", true},
                                 [NO_FORMULA_GUARD] = {"--no-formula-guard", false},
                                 {0}};

static bool read_option_of(settings *s, int i, const char *value) {
  summary_options *o = &s->options;
  int64_t count;
  switch (i) {
  case FORMAT: return (s->format = choose_format(value)) >= 0;
  case FAIL_IF_FAILURES: s->has_rate = true; return read_rate(value, &s->rate);
  case FAIL_IF_CONFLICTS: s->fails_if_conflicts = true; return true;
  case DAYS:
    if ((count = arguments_number("summary", "--days", value, 366)) < 0) return false;
    o->days = (unsigned)count;
    return true;
  case REPORTERS:
    if ((count = arguments_number("summary", "--reporters", value, 1000)) < 0) return false;
    o->reporters = (unsigned)count;
    return true;
  case MAX_ROWS:
    if ((count = arguments_number("summary", "--max-rows", value, 10000000)) < 0) return false;
    o->max_rows = (size_t)count;
    return true;
  case ADD: s->added[s->added_count++] = value; return true;
  case NO_FORMULA_GUARD: o->no_formula_guard = true; return true;
  default: return read_options_take(&s->read, "summary", (read_option)i, value);
  }
}

static bool has_full_table(const summary *s) {
  for (int i = 0; i < SUMMARY_TABLES; i++)
    if (s->tables[i].other_keys) return true;
  return false;
}

static int run_summary(const arguments *a, const settings *s) {
  summary sum;
  const report_sink sink = {.begin = begin,
                            .report = report,
                            .leave_out = leave_out,
                            .end = end,
                            .user = &sum,
                            .is_silent = true,
                            .is_quiet = true,
                            .refuses = refuses};
  input_stop_on_interrupt(); /* before summaries are added */
  summary_begin(&sum, &s->options);
  /* Added summaries come first, so that reports in them are not counted again. */
  const bool is_added = summary_add_files(&sum, s->added, s->added_count);
  int status = read_reports(a, &s->read, &sink);
  if (!is_added) status = status_of_both(status, STATUS_BAD_INPUT);
  if (status != STATUS_FAILED) {
    sum.is_incomplete |= status == STATUS_INTERRUPTED;
    summary_sort(&sum);
    formats[s->format].show(&sum);
    if (has_full_table(&sum)) message_text("a table is full, so the rest is grouped as other; raise --max-rows");
    if (sum.overlaps) {
      message_text("some reports are in more than one of the added summaries and were counted more than once");
      status = status_of_both(status, STATUS_BAD_INPUT);
    }
    if (s->fails_if_conflicts && sum.tables[SUMMARY_CONFLICTS].count) status = status_of_both(status, STATUS_EXCEEDED);
    if (s->has_rate && exceeds_rate(&sum, s->rate)) status = status_of_both(status, STATUS_EXCEEDED);
  }
  summary_end(&sum);
  return status;
}

/* Whether there are only summaries to add. */
static bool needs_no_path(const settings *s, const arguments *a) {
  return s->added_count && a->count == 0 && s->read.input == FRAMING_AUTO;
}

/* SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch) makes the same page again. */
static int64_t creation_time(int64_t now) {
  const char *fixed = getenv("SOURCE_DATE_EPOCH");
  char *end = NULL;
  if (!fixed || !trpt_is_digit((unsigned char)*fixed)) return now;
  const long long seconds = strtoll(fixed, &end, 10);
  return *end ? now : (int64_t)seconds;
}

int command_summary(int argc, char **argv) {
  settings s = {.options = {.days = 14, .reporters = 2, .max_rows = 100000},
                .read = {.parser = {.struct_size = sizeof s.read.parser}}};
  int status = STATUS_FAILED;
  arguments a;
  s.options.read = &s.read;
  /* Allow one day for clock differences and time zones. A clock before RELEASED was never set. */
  enum { RELEASED = 1793491200 /* 2026-11-01 */ };
  const int64_t now = (int64_t)time(NULL), year_2100 = 4102444800;
  s.options.created = creation_time(now);
  day_of(now < RELEASED ? year_2100 : now + SECONDS_PER_DAY, s.options.tomorrow);
  read_options_begin(&s.read, argc);
  s.added = allocate_zeros((size_t)argc + 1, sizeof *s.added);
  arguments_begin(&a, "summary", options, argc, argv);
  int i;
  while ((i = arguments_next(&a)) >= 0)
    if (!read_option_of(&s, i, a.value)) break;
  /* Sessions of reports without failures count too. Only the output leaves them out. */
  s.options.only_failures = s.read.filter.only_failures;
  s.read.filter.only_failures = false;
  if (i == ARGUMENTS_HELP)
    status = help_show("summary");
  else if (i == ARGUMENTS_END && read_options_complete("summary", &s.read) &&
           (needs_no_path(&s, &a) || read_options_set_operands("summary", &a, s.read.input)))
    status = run_summary(&a, &s);
  free(s.added);
  read_options_end(&s.read);
  return status;
}
