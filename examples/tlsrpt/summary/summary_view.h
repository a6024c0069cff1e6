/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_VIEW_H
#define TLSRPT_SUMMARY_VIEW_H

/* Values derived from several tables of a sorted summary. All formats use them, so they show the same numbers. */

#include "summary.h"

/* The seven days up to the last day with reports, and the seven days before them. */
typedef struct view_trend {
  counts week;
  counts before;
  uint64_t week_uncounted; /* policies without a readable failure count */
  uint64_t before_uncounted;
  bool
      has_change; /* there are reports from at least eight days, sessions in both weeks, and all failures are counted */
  int change;     /* difference of the shares of failed sessions, in parts per 10,000 */
} view_trend;

/* A policy type of a domain. */
typedef struct view_policy {
  const char *domain;
  const char *type;
  counts total;
  table_slice days; /* rows of SUMMARY_DAYS */
  view_trend trend;
  uint64_t detailed;            /* failed sessions according to the details */
  uint64_t uncounted_details;   /* details without a readable number of sessions */
  uint64_t uncounted;           /* policies without a readable failure count */
  uint64_t uncounted_successes; /* policies without a readable count of successful sessions */
  uint64_t mismatches;          /* policies whose details do not add up to the total */
} view_policy;

/* Whether there are failed sessions according to the details, which contradicts a total of 0. */
bool view_has_detailed_failures(const view_policy *policy);

/* Returns "DANE", "MTA-STS", "no policy found", or the type itself. */
const char *view_type_title(const char *type);

/* Return the name, or "(no policy domain)" and "(no name)". */
const char *view_domain_title(const char *domain);
const char *view_organization_title(const char *organization);

/* Calls `show` for each domain and policy type, in order. Policies without failures are left out under
   --only-failures. */
void view_policies(const summary *s, void (*show)(void *user, const view_policy *policy), void *user);

/* Returns how many policies of a row of SUMMARY_DAYS have no readable failure count. */
uint64_t view_uncounted_on(const summary *s, const table_row *day);

/* Whether --only-failures leaves a policy of the domain. Takes time in proportion to the days of the domain. */
bool view_shows_domain(const summary *s, const char *domain);

/* Whether MTA-STS may go from testing to enforce, RFC 8461 s5. docs/summary.md has the rules. */
typedef enum view_answer { VIEW_NOT_TESTING, VIEW_READY, VIEW_NOT_READY, VIEW_CANNOT_TELL } view_answer;

/* What an answer lacks. */
typedef enum view_need {
  NEED_DAYS,        /* days with reports on the testing policy */
  NEED_RECENT_DAYS, /* of the examined days */
  NEED_REPORTERS,
  NEED_SESSIONS,
  NEED_DETAILS,       /* failed sessions that no detail explains */
  NEED_COUNTS,        /* policies without a readable failure count */
  NEED_DETAIL_COUNTS, /* details without a readable number of sessions, which may have lost mail */
  NEED_ROWS,          /* rows of full tables */
  NEEDS
} view_need;
extern const char *const view_need_names[NEEDS]; /* in JSON and prometheus */

typedef struct view_readiness {
  view_answer answer;
  char first[DAY_SIZE]; /* first and last of the examined days */
  char last[DAY_SIZE];
  table_slice days;      /* those of SUMMARY_MODES among these days that have reports on the testing policy */
  table_slice reporters; /* of SUMMARY_MODE_REPORTERS; see view_is_reporting */
  uint64_t reporter_count;
  counts sessions;
  uint64_t lost;        /* sessions that enforcing would have lost */
  uint64_t unprotected; /* sessions for which there was no policy to enforce */
  const char *worst;    /* result type that would have lost most sessions, or NULL */
  uint64_t have[NEEDS];
  uint64_t required[NEEDS]; /* more than `have` for what is missing */
} view_readiness;

/* Whether one of these reporters has reported on the examined days. */
bool view_is_reporting(const view_readiness *e, const table_row *reporter);

/* What is missing for a definite answer, or 0. */
uint64_t view_missing(const view_readiness *e, view_need need);

/* The sentences that explain an answer. */
typedef enum view_explanation {
  EXPLAIN_LOSS,
  EXPLAIN_MISSING,
  EXPLAIN_BASIS,
  EXPLAIN_UNPROTECTED,
  EXPLANATIONS
} view_explanation;

/* Adds one of them as untrusted text, or nothing if it does not apply. */
void view_explain(buffer *out, const summary *s, const view_readiness *e, view_explanation what);

view_readiness view_readiness_of(const summary *s, const char *domain);

/* A domain with its policies. */
typedef struct view_domain {
  const char *name;
  view_policy *policies; /* the one with most failures first */
  size_t policy_count;
  view_readiness readiness;
} view_domain;

/* The domains of a summary, those with most failures first. Free them with view_domains_end. */
typedef struct view_domains {
  view_domain *domains;
  size_t count;
  view_policy *policies;
  size_t policy_count;
} view_domains;
view_domains view_domains_begin(const summary *s);
void view_domains_end(view_domains *v);

/* What text and page say first about a summary that is incomplete. */
#define VIEW_INCOMPLETE "The input was not read to its end, so these are the results so far."

/* Calls `show` for each remark about the whole summary, such as how many reports were counted. The sentences have no
   untrusted text. */
void view_remarks(const summary *s, const view_domains *domains, void (*show)(void *user, buffer *sentence),
                  void *user);

/* The overview has a row per policy. */
enum {
  OVERVIEW_DOMAIN,
  OVERVIEW_POLICY,
  OVERVIEW_SESSIONS,
  OVERVIEW_FAILED,
  OVERVIEW_CHANGE,
  OVERVIEW_READY,
  OVERVIEW_COLUMNS
};
typedef struct overview_column {
  const char *title;
  bool is_number;
  void (*add)(buffer *out, const view_domain *domain, const view_policy *policy); /* adds untrusted text */
} overview_column;
extern const overview_column overview_columns[OVERVIEW_COLUMNS];

/* Whether there are several domains, so that an overview helps. */
bool view_has_overview(const view_domains *v);

/* The causes of a policy, most sessions first. The caller must free them with view_rows_free. */
typedef struct view_rows {
  const table_row **rows;
  size_t count;
} view_rows;
view_rows view_causes(const summary *s, const view_policy *policy);

/* The rows of a detail table for a cause, most sessions first. The caller must free them. */
view_rows view_details(const summary *s, summary_table id, const view_policy *policy, const char *result);

/* The MX hosts of a DANE policy that belong to others than the domain, most failed sessions first. The caller must free
   them. */
view_rows view_mx_hosts(const summary *s, const view_policy *policy);

/* Returns what a reason code means, or NULL if that is not known, or the table has something else. */
const char *view_detail_meaning(summary_table id, const table_row *row);

void view_rows_free(view_rows *rows);

/* A period without reports from a reporter. */
typedef struct view_gap {
  char first[DAY_SIZE];
  char last[DAY_SIZE];
} view_gap;
enum { VIEW_GAPS_MAX = 3 };

/* A reporter of a domain. */
typedef struct view_reporter {
  const char *organization;
  counts counts;
  const char *last; /* last day with a report; "" if all are undated */
  uint64_t missing; /* days without a report from it, between the first and last day of the domain's reports */
  size_t gap_count; /* `gaps` has the first VIEW_GAPS_MAX of them */
  view_gap gaps[VIEW_GAPS_MAX];
  bool has_stopped; /* no report for the last two of these days */
} view_reporter;

/* Calls `show` for each reporter of a domain, in order. */
void view_reporters(const summary *s, const char *domain, void (*show)(void *user, const view_reporter *r), void *user);

/* A report-id of an organization with several contents. */
typedef struct view_conflict {
  const char *organization;
  const char *report_id;
  table_slice contents; /* rows of SUMMARY_CONFLICTS */
} view_conflict;

/* Calls `show` for each of them, in order. */
void view_conflicts(const summary *s, void (*show)(void *user, const view_conflict *conflict), void *user);

/* Returns the domain of the verified signature of a content, or "". */
const char *view_signer_of(const table_row *content);

/* Adds a sentence with the organization, the report-id and each verified signer. The text is from the reports. */
void view_conflict_text(buffer *out, const view_conflict *conflict);

/* Returns the share of failed sessions in parts per 10,000, rounded up so that failures never appear as 0, or -1
   without sessions. */
int view_share(const counts *c);

/* Adds the share as text: "0.05%", or "no sessions"; and a change in points: "-0.05". */
void view_share_text(buffer *out, const counts *c);
void view_change_text(buffer *out, int change);

/* "ready", "not ready" or "cannot tell"; "" for VIEW_NOT_TESTING. */
extern const char *const view_answers[];
extern const char *const view_answer_titles[]; /* the same with a capital */

/* Adds "2026-03-01", or "2026-03-01 to 2026-03-31", or nothing if no day is known. */
void view_days_text(buffer *out, const counts *c);

/* Adds what the details say about a policy of which no session failed according to the totals, unless they agree. */
void view_contradiction_text(buffer *out, const view_policy *policy);

/* Adds why a cause has more failed sessions than the policy, if it does. */
void view_excess_text(buffer *out, uint64_t failed, const view_policy *policy);

/* Returns how many failures of a row of a table of causes have no readable number of sessions. */
uint64_t view_uncounted_details(const table_row *cause);

/* Adds "3 sessions", "at least 3 sessions" or "an unknown number of sessions"; with a capital where a sentence begins. */
void view_failures_text(buffer *out, uint64_t failed, uint64_t uncounted, bool begins_sentence);

/* The same of a row of a table of causes, without the noun: "3", "at least 3" or "unknown". */
void view_failed_number(buffer *out, const table_row *cause);

/* Whether the number of failed sessions is known, at least in part, if so many of the policies have no readable count. */
bool view_knows_failed(const counts *c, uint64_t uncounted);

/* Adds "3 policies have no readable failure count". */
void view_uncounted_text(buffer *out, uint64_t count);

/* Adds "3 policies have no readable count of successful sessions, so the number of sessions is too low". */
void view_uncounted_successes_text(buffer *out, uint64_t count);

/* Adds "3 policies have a total of failed sessions that differs from the sum of the details." */
void view_mismatches_text(buffer *out, uint64_t count);

#endif
