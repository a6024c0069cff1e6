/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SUMMARY_REPORT_IDS_H
#define TLSRPT_SUMMARY_REPORT_IDS_H

/* The report-ids of all counted reports, to find reports with the same report-id and different contents. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tlsrpt/status.h>

/* The first report with a report-id. */
typedef struct report_id {
  uint64_t hash; /* of the organization and the report-id; 0: free */
  uint64_t key[2];
  uint32_t signer; /* index in `signers` */
  bool is_listed;  /* another report has the same report-id */
} report_id;

typedef struct report_ids {
  report_id *at;
  size_t count;
  size_t capacity;
  uint64_t seed[2];
  char **signers; /* distinct domains of verified signatures; the first one is "" */
  uint32_t signer_count;
  bool full; /* some report-ids were not stored */
} report_ids;

void report_ids_begin(report_ids *ids);
void report_ids_end(report_ids *ids);

/* Returns the first report with this organization and report-id, or NULL if this is the first one, which is stored. `key`
   has 32 hex digits. `signer` is "" if no signature was verified. */
report_id *report_ids_add(report_ids *ids, trpt_str organization, trpt_str id, const char *key, trpt_str signer);

#endif
