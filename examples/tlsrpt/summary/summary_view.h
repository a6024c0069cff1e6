/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_VIEW_H
#define TLSRPT_SUMMARY_VIEW_H

/* What is shown of a sorted summary: everything that takes more than a look into one table, so that each format says the same. */

#include "summary.h"

typedef struct view_trend {
  counts week;   /* the last seven days of the domain's reports */
  counts before; /* all before them */
} view_trend;

/* A policy type of a domain. */
typedef struct view_policy {
  const char *domain;
  const char *type;
  counts total;
  table_slice days; /* rows of SUMMARY_DAYS */
  view_trend trend;
  uint64_t detailed;   /* failed sessions by the details */
  uint64_t uncounted;  /* policies that do not tell how many sessions failed */
  uint64_t mismatches; /* policies whose details do not add up to the total */
} view_policy;

/* "DANE", "MTA-STS", "no policy found", or the name itself. */
const char *view_type_title(const char *type);

/* False for a policy without failures under --only-failures. */
bool view_is_shown(const summary *s, const view_policy *policy);

/* Calls `show` for each domain and policy type, in order. */
void view_policies(const summary *s, void (*show)(void *user, const view_policy *policy), void *user);

/* The causes of a policy, most sessions first. `rows` is freed by the caller. */
typedef struct view_rows {
  const table_row **rows;
  size_t count;
} view_rows;
view_rows view_causes(const summary *s, const view_policy *policy);

/* The values of a detail table of a cause, most sessions first. */
view_rows view_details(const summary *s, summary_table where, const view_policy *policy, const char *result);

void view_rows_free(view_rows *rows);

/* Days from one to another on which a reporter was silent. */
typedef struct view_gap {
  char first[TABLE_DAY_SIZE];
  char last[TABLE_DAY_SIZE];
} view_gap;
enum { VIEW_GAPS = 3 };

/* A reporter of a domain. */
typedef struct view_reporter {
  const char *organization;
  counts counts;
  const char *last; /* day that it told of; "" where none is dated */
  uint64_t missing; /* days between the first and the last day of the domain's reports on which it told nothing */
  size_t gap_count; /* of which VIEW_GAPS are kept */
  view_gap gaps[VIEW_GAPS];
  bool is_gone; /* it told nothing of the last two of these days */
} view_reporter;

/* For each reporter of a domain, in order. */
void view_reporters(const summary *s, const char *domain, void (*show)(void *user, const view_reporter *r), void *user);

/* Share of failed sessions, in parts of 10,000, rounded up so that no failure is shown as none; -1: there were no sessions. */
int view_share(const counts *c);

/* The same as text: "0.05 %", or "no sessions". */
void view_share_text(buffer *out, const counts *c);

/* "2026-03-01", or "2026-03-01 to 2026-03-31"; nothing if no day is known. */
void view_days_text(buffer *out, const counts *c);

/* May MTA-STS go from testing to enforce? RFC 8461 s5; docs/summary.md has the rules. */
typedef enum view_answer { VIEW_NOT_TESTING, VIEW_READY, VIEW_NOT_READY, VIEW_CANNOT_TELL } view_answer;

typedef struct view_enforce {
  view_answer answer;
  char first[TABLE_DAY_SIZE]; /* the days that were looked at */
  char last[TABLE_DAY_SIZE];
  uint64_t days;      /* of them with reports on the testing policy */
  uint64_t reporters; /* that reported on it in them */
  counts sessions;
  uint64_t lost;        /* sessions that enforcing would have lost */
  uint64_t unprotected; /* sessions for which there was no policy to enforce */
  uint64_t unexplained; /* failed sessions of which no detail says why */
  uint64_t uncounted;   /* policies that do not tell how many sessions failed */
  bool is_partial;      /* something that counts here was too much to keep apart */
  const char *worst;    /* the result type that would have lost most; NULL: none */
} view_enforce;

view_enforce view_enforcing(const summary *s, const char *domain);

#endif
