/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_H
#define TLSRPT_SUMMARY_H

/* The tables of a summary. All output is derived from them. Adding the tables of two summaries gives the summary of
   both, so summaries of parts can be merged. */

#include <tlsrpt/report.h>

#include "../read_options.h"
#include "key_set.h"
#include "report_ids.h"
#include "table.h"

typedef enum summary_table {
  SUMMARY_DAYS,        /* domain, policy type, day: sessions; entries are policies */
  SUMMARY_MISMATCHES,  /* domain, policy type: policies whose failure-details do not add up to the total */
  SUMMARY_CAUSES,      /* domain, policy type, result type: failed sessions; entries are failures. In this table and the
                             other ones of causes, `successful` counts failures without a readable number of sessions. */
  SUMMARY_CAUSE_DAYS,  /* domain, policy type, result type, day */
  SUMMARY_CAUSE_HOSTS, /* domain, policy type, result type, MX host */
  SUMMARY_CAUSE_SENDERS,  /* domain, policy type, result type, sending MTA's address */
  SUMMARY_CAUSE_REASONS,  /* domain, policy type, result type, failure-reason-code */
  SUMMARY_REPORTERS,      /* domain, organization: entries are reports */
  SUMMARY_REPORTER_DAYS,  /* domain, organization, day */
  SUMMARY_MODES,          /* domain, mode of the MTA-STS policy, day: sessions */
  SUMMARY_MODE_CAUSES,    /* domain, mode, result type, day */
  SUMMARY_MODE_REPORTERS, /* domain, mode, organization */
  SUMMARY_UNCOUNTED,      /* domain, policy type, mode or "": policies without a readable failure count */
  SUMMARY_MX_HOSTS,       /* domain, policy type, MX host that DANE policies are about: sessions */
  SUMMARY_CONFLICTS, /* organization, report-id, key, domain of the verified signature or "": reports whose report-id
                             has several contents */
  SUMMARY_UNCOUNTED_DAYS, /* domain, policy type, day: policies without a readable failure count; `successful` counts
                             those without a readable count of successful sessions */
  SUMMARY_TABLES
} summary_table;

typedef struct summary_table_kind {
  const char *name; /* in JSON, never changed */
  int columns;
  bool has_domain;   /* the first column is the recipients' domain */
  bool has_day;      /* the last column is a day */
  bool has_sessions; /* `successful` and `failed` are sessions */
} summary_table_kind;
extern const summary_table_kind summary_tables[SUMMARY_TABLES];

typedef struct summary_options {
  char tomorrow[DAY_SIZE];
  int64_t created;          /* time of creation */
  const read_options *read; /* its filter has the domains to count, and the first and last day */
  bool only_failures;
  bool no_formula_guard; /* csv is for a database, as in TRPT_ROWS_NO_FORMULA_GUARD */
  unsigned days;         /* days with reports required for "ready to enforce" */
  unsigned reporters;    /* reporters required for it */
  size_t max_rows;       /* per table */
} summary_options;

typedef struct summary {
  const summary_options *options;
  table tables[SUMMARY_TABLES];
  key_set keys;
  report_ids ids;
  uint64_t reports;      /* counted reports */
  uint64_t duplicates;   /* reports left out because they were counted before */
  uint64_t outside;      /* reports left out: other domains, outside of --since and --until, or undated */
  uint64_t unreadable;   /* counted reports with an element of `policies` that cannot be read */
  uint64_t bad_inputs;   /* inputs without a report that counts: they cannot be read, or were refused */
  uint64_t future;       /* counted reports dated after tomorrow, which are treated as undated */
  uint64_t overlaps;     /* reports in more than one of the added summaries */
  bool is_incomplete;    /* the input, or that of an added summary, was not read to its end */
  bool keys_are_missing; /* an added summary did not have the keys of all its reports */
} summary;

void summary_begin(summary *s, const summary_options *options);
void summary_end(summary *s);

/* Counts a report, unless it was counted before. `source` has its key. */
void summary_count(summary *s, const trpt_report *report, const trpt_source *source);

/* Sorts all tables. Call it before the summary is shown, and count nothing afterwards. */
void summary_sort(summary *s);

#endif
