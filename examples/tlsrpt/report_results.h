/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_REPORT_RESULTS_H
#define TLSRPT_REPORT_RESULTS_H

/**
 * What was found in inputs, in order: reports, problems and other content. Reading makes a result, which needs nothing of earlier
 * ones. Finishing it recognizes duplicates, counts, writes the output and prints messages. Results are finished in the order of the
 * inputs. A thread that reads ahead stores small results until it has its turn (jobs.h).
 */

#include "duplicates.h"
#include "jobs.h"
#include "message_limit.h"
#include "other_content.h"
#include "read_progress.h"
#include "read_reports.h"
#include "report_key.h"

/* What all results have in common. A thread uses it only when it has its turn, except for the options and the sink. */
typedef struct reading {
  const read_options *options;
  const report_sink *sink;
  duplicates *duplicates;
  other_content others;
  message_limit messages;
  uint64_t conflicts; /* reports with the report-id of another report and different content */
  read_progress progress;
  int status;
} reading;

typedef enum result_type { RESULT_REPORT, RESULT_LEFT_OUT, RESULT_PROBLEM, RESULT_OTHER } result_type;

typedef struct result {
  result_type type;
  bool is_item;         /* it counts as an input for the progress display */
  bool is_other_domain; /* the report is about a domain that --mark-domain does not include */
  trpt_mail_kind kind;  /* of other content */
  input_source input;   /* its name and number */
  buffer name;          /* of a stored result */
  trpt_source source;
  void *user;             /* of the sink */
  trpt_metadata metadata; /* of a report */
  trpt_report *report;    /* owned; NULL if the output does not need it any more */
  char key[REPORT_KEY_DIGITS + 1];
  problem problem;
  const trpt_diagnostic *
      *list; /* for a sink that needs diagnostics: those about the mail and about an unfinished report */
  size_t list_len;
  size_t list_capacity;
  buffer copies; /* of texts and diagnostics that do not live as long as a stored result */
} result;

enum { RESULTS_MAX = 2 * JOB_BATCH_MAX };

typedef struct results {
  reading *all;
  unsigned capacity; /* results that can be stored: RESULTS_MAX, or 0 for the main thread, which has its turn */
  /* The results from `next` to `count` are stored; `count` is the current one. */
  unsigned next;
  unsigned count;
  size_t stored; /* bytes of the stored results */
  result items[RESULTS_MAX + 1];
} results;

/* With a capacity, each result has its own part of the sink. */
void results_begin(results *rs, reading *all, unsigned capacity);
void results_end(results *rs);

/* Begins a result about an input, which becomes the current one and is valid until results_add returns. */
result *results_new(results *rs, const input_source *s);

/* Adds a diagnostic to the list of a result. */
void result_list(result *r, const trpt_diagnostic *d);

/* Passes a whole report with its key and metadata to the sink, if the sink needs no earlier result for its output. */
void results_show(results *rs, const trpt_report *report);

/* The current result is complete: stores or finishes it. `tree` is the size of its report in memory. */
void results_add(results *rs, size_t tree);

/* Finish or drop the stored results. Call it with the turn. */
void results_finish(results *rs);
void results_drop(results *rs);

/* Prepares for the next inputs, when all results are finished. */
void results_reset(results *rs);

/* Adds a diagnostic to the counts of a report. */
void metadata_count(trpt_metadata *metadata, const trpt_diagnostic *d);

#endif
