/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_MODEL_H
#define TLSRPT_SUMMARY_MODEL_H

/* What is counted. All that a summary says comes from these tables, and adding the tables of two summaries gives the summary of
   both: that is how shards are merged. */

#include <tlsrpt/report.h>

#include "../read_options.h"
#include "key_set.h"
#include "table.h"

typedef enum summary_table {
  SUMMARY_DAYS,        /* domain, policy type, day: sessions; entries are policies */
  SUMMARY_MISMATCHES,  /* domain, policy type: policies whose failure-details add up to another number than the total */
  SUMMARY_CAUSES,      /* domain, policy type, result type: failed sessions; entries are failures */
  SUMMARY_CAUSE_DAYS,  /* domain, policy type, result type, day */
  SUMMARY_CAUSE_HOSTS, /* domain, policy type, result type, MX host */
  SUMMARY_CAUSE_SENDERS,  /* domain, policy type, result type, sending MTA's address */
  SUMMARY_CAUSE_REASONS,  /* domain, policy type, result type, failure-reason-code */
  SUMMARY_REPORTERS,      /* domain, organization: entries are reports */
  SUMMARY_REPORTER_DAYS,  /* domain, organization, day */
  SUMMARY_MODES,          /* domain, mode of the MTA-STS policy, day: sessions */
  SUMMARY_MODE_CAUSES,    /* domain, mode, result type, day */
  SUMMARY_MODE_REPORTERS, /* domain, mode, organization */
  SUMMARY_UNCOUNTED,      /* domain, policy type, mode or "": policies that do not tell how many sessions failed */
  SUMMARY_TABLES
} summary_table;

typedef struct summary_table_kind {
  const char *name; /* in JSON */
  int columns;
  bool has_day; /* in its last column */
} summary_table_kind;
extern const summary_table_kind summary_tables[SUMMARY_TABLES];

typedef struct summary_options {
  char since[TABLE_DAY_SIZE]; /* first and last day of reports that count; "": no bound */
  char until[TABLE_DAY_SIZE];
  char tomorrow[TABLE_DAY_SIZE];
  const read_options *read; /* whose domains count */
  bool only_failures;
  unsigned days;      /* ready to enforce: days that must be known ... */
  unsigned reporters; /* ... from so many reporters */
  size_t cap;
} summary_options;

typedef struct summary {
  const summary_options *options;
  table tables[SUMMARY_TABLES];
  key_set keys;
  uint64_t reports;  /* that were counted */
  uint64_t repeated; /* that were not, since they had been */
  uint64_t outside;  /* about other domains, dated outside of --since and --until, or not dated */
  uint64_t future;   /* that were counted, but dated beyond tomorrow, so that their day is not believed */
  uint64_t overlaps; /* in more than one of the summaries that were added */
  bool merged;       /* with a summary that had no keys for all of its reports */
} summary;

void summary_begin(summary *s, const summary_options *options);
void summary_end(summary *s);

/* Counts a report, once; `key` as trpt_report_key writes it. */
void summary_count(summary *s, const trpt_report *report, const char *key);

/* The UTC day of a point of time, "" for INT64_MIN; and the number of a day since 1970-01-01, for differences. */
void summary_day(int64_t seconds, char *out);
int64_t summary_day_number(const char *day);

/* For what is shown. */
void summary_sort(summary *s);

#endif
