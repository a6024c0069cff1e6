/* SPDX-License-Identifier: MIT */
#ifndef TRPT_WRITER_H
#define TRPT_WRITER_H

/**
 * @file
 * @brief Writes TLSRPT reports and records
 *
 * Reports to JSON text (RFC 8460 s4.4) and destinations to a TXT record (RFC 8460 s3). Nothing here allocates.
 *
 * What is written is always I-JSON (RFC 7493): bytes that are no UTF-8 and code points that I-JSON forbids become U+FFFD.
 * Absent members stay absent and nothing is invented. Times are written as RFC 3339 in UTC from the seconds, and left out
 * where those are unreadable. A report that strict parsing accepted is accepted again, and any report reads back as the same
 * events but for start_text and end_text (and the code points that became U+FFFD).
 */

#include <tlsrpt/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Flags of a writer. */
enum {
  TRPT_PRETTY = 1 /**< line breaks and indentation, and a line feed at the end */
};

/** Receives text, in pieces of any size. Returns 0 to go on, anything else to stop: TRPT_E_CANCELED. */
typedef int (*trpt_write_fn)(void *user, const char *data, size_t len);

/**
 * Writes a whole report as one JSON text.
 *
 * @param flags  0 or TRPT_PRETTY
 * @return TRPT_OK; TRPT_E_CANCELED; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_report_write(const trpt_report *report, uint32_t flags, trpt_write_fn write, void *user);

/**
 * Writes a report as it comes, without a tree, for programs that send reports. The calls are: metadata; then for each policy
 * trpt_writer_policy and trpt_writer_failure for each of its failures; then end. Any other order is TRPT_E_STATE, which writes
 * nothing and does not stay; TRPT_E_CANCELED stays.
 */
typedef struct trpt_writer trpt_writer;

/** Bytes of memory that trpt_writer_init needs, slack for alignment included: a few KiB, whatever the report. */
TRPT_API size_t trpt_writer_size(void);

/**
 * Makes a writer in the caller's memory, which need not be aligned. There is nothing to free. It may be called again on the
 * same memory for the next report.
 *
 * @return TRPT_OK; TRPT_E_BUFFER where `size` is less than trpt_writer_size(); TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_writer_init(trpt_writer **out, void *memory, size_t size, uint32_t flags, trpt_write_fn write,
                                      void *user);

/** The report's own members. Counts and `*_text` of the metadata are not looked at; INT64_MIN leaves a time out. */
TRPT_API trpt_status trpt_writer_metadata(trpt_writer *writer, const trpt_metadata *metadata);

/**
 * A policy with its counts. A string is written where its ptr is not NULL; a list, a count and the policy object itself where
 * `present` says so. Of a known type without `type_name` the name is written. `failure-details` is written where there are
 * failures, and empty where `present` has TRPT_POLICY_HAS_FAILURES. Indexes and failure_count are not looked at.
 */
TRPT_API trpt_status trpt_writer_policy(trpt_writer *writer, const trpt_policy *policy);

/** A failure of the last policy. Strings, type and count as for trpt_writer_policy. */
TRPT_API trpt_status trpt_writer_failure(trpt_writer *writer, const trpt_failure *failure);

/** The end of the report: all of it has been given to `write` now. */
TRPT_API trpt_status trpt_writer_end(trpt_writer *writer);

/**
 * Writes a record, "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/t", and a NUL to `buffer`. In each URI `,`, `!`
 * and `;` are percent-encoded, as RFC 8460 s3 demands.
 *
 * @return TRPT_OK: strict parsing accepts the record; TRPT_E_ARGUMENT where there is no URI, or one is none by RFC 3986;
 *         TRPT_E_BUFFER with `buffer` untouched and `*needed` set
 */
TRPT_API trpt_status trpt_record_write(const trpt_str *uris, size_t count, char *buffer, size_t capacity,
                                       size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
