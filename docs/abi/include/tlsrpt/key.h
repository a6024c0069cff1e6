/* SPDX-License-Identifier: MIT */
#ifndef TRPT_KEY_H
#define TRPT_KEY_H

/**
 * @file
 * @brief Keys that identify TLSRPT reports
 *
 * A key identifies the content of a report: the same report has the same key, however often and in whatever form it
 * arrives. It is 128 bits long and is written as 32 hex digits. Feed it the events of the parser while they pass, or
 * ask trpt_report_key for the key of a tree; both give the same key.
 *
 * The key covers every value of the events: texts, lists, counts, times, which members are present, and the order of
 * policies, failures and list elements. Times count as instants, so their zone does not matter; a time that cannot be
 * read counts as the text it is. The key does not cover the diagnostics, the options of the parser, the order of the
 * members of an object, white space, escapes or compression.
 *
 * The key of a report without error-level diagnostics never changes between versions of the library, except that
 * members which a later version reads change the keys of reports that have them. A later version may recover more of a
 * report that has errors, and its key changes with what was recovered.
 *
 * A key is a hash with a published key, so it does not prove who sent a report. Anyone can compute it.
 */

#include <tlsrpt/parser.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The key of one report while its events are added. The caller owns it, and its size never changes. It holds no
 * pointers, so it may be copied or abandoned at any time. The library alone reads and writes its members.
 */
typedef struct trpt_key {
  uint64_t state;        /**< private: whether trpt_key_begin was called, and whether the report is complete */
  uint64_t policies;     /**< private: POLICY events that were added */
  uint64_t failures;     /**< private: FAILURE events that were added since the last POLICY event */
  uint64_t policy[5];    /**< private: hash of the policy whose failures are being added */
  uint64_t report[5];    /**< private: hash of the report */
  uint64_t reserved[11]; /**< 0 */
} trpt_key;

/**
 * Begins a report. Call it before the first event of each report.
 *
 * @return TRPT_OK; TRPT_E_ARGUMENT for NULL
 */
TRPT_API trpt_status trpt_key_begin(trpt_key *key);

/**
 * Adds an event of the parser. Add all events of one report in the order in which the parser hands them out; DIAGNOSTIC
 * events are ignored and may be left out. REPORT completes the key. Nothing is allocated, and no address is stored. The
 * cost is proportional to the length of the event's texts. An error leaves the key as it was.
 *
 * @return TRPT_OK; TRPT_E_STATE if the key was not begun or is complete, or if an event is missing: a FAILURE before
 *         its POLICY, or a POLICY before REPORT; TRPT_E_ARGUMENT for NULL, for an event of an unknown type or without
 *         its element, and for a list that has an element without a text
 */
TRPT_API trpt_status trpt_key_add(trpt_key *key, const trpt_event *event);

/**
 * Writes the key as 32 lower-case hex digits and a NUL.
 *
 * @return TRPT_OK; TRPT_E_STATE before REPORT was added; TRPT_E_BUFFER with `buffer` untouched and `*needed` set;
 *         TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_key_text(const trpt_key *key, char *buffer, size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
