/* SPDX-License-Identifier: MIT */
#ifndef TRPT_WRITER_H
#define TRPT_WRITER_H

/**
 * @file
 * @brief Writes TLSRPT reports and records
 *
 * Writes reports as JSON text (RFC 8460 s4.4), the file name and the subject under which they are sent, parsed reports
 * as JSON for other programs, and TXT records (RFC 8460 s3). Nothing here allocates.
 *
 * trpt_report_write and trpt_writer always write I-JSON (RFC 7493): bytes that are not UTF-8, and code points that
 * I-JSON forbids, become U+FFFD. Absent members stay absent. Times are written from the seconds as RFC 3339 in UTC, and
 * left out if they are unreadable. Strict parsing accepts the text if it accepted the source. Reading it back gives the
 * same events except for start_text, end_text and the code points that became U+FFFD.
 */

#include <tlsrpt/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Flags of the functions that write JSON. */
enum {
  TRPT_PRETTY = 1,     /**< line breaks and indentation, and a line feed at the end */
  TRPT_NO_LINES = 2,   /**< trpt_diagnostic_json: leave out line and column, for records, which are one line */
  TRPT_WITH_ADVICE = 4 /**< trpt_diagnostic_json: also write `advice`, which is null for an unknown code */
};

/**
 * Writes a whole report as one JSON text.
 *
 * @param flags  0 or TRPT_PRETTY
 * @return TRPT_OK; TRPT_E_CANCELED; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_report_write(const trpt_report *report, uint32_t flags, trpt_write_fn write, void *user);

/**
 * Writes a report without a tree, for programs that send reports. Call trpt_writer_metadata; then trpt_writer_policy
 * for each policy, followed by trpt_writer_failure for each of its failures; then trpt_writer_end. Any other order, and
 * a call from inside `write`, is TRPT_E_STATE and writes nothing. After TRPT_E_CANCELED every call returns it. One
 * thread at a time may use a writer.
 */
typedef struct trpt_writer trpt_writer;

/** Bytes of memory that trpt_writer_init needs, including bytes for alignment: a few KiB, whatever the report. */
TRPT_API size_t trpt_writer_size(void);

/**
 * Makes a writer in the caller's memory, which may have any alignment. The writer owns no other memory. Call it again
 * on the same memory for the next report.
 *
 * @return TRPT_OK; TRPT_E_BUFFER if `size` is less than trpt_writer_size(); TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_writer_init(trpt_writer **out, void *memory, size_t size, uint32_t flags, trpt_write_fn write,
                                      void *user);

/** Writes the report's own members. Counts and `*_text` of the metadata are ignored. INT64_MIN leaves a time out. */
TRPT_API trpt_status trpt_writer_metadata(trpt_writer *writer, const trpt_metadata *metadata);

/**
 * Writes a policy with its counts. A string is written if its ptr is not NULL; a list, a count and the policy object
 * itself if their bits in `present` are set. A known type without `type_name` is written by its name. `failure-details`
 * is written if failures follow, or empty if `present` has TRPT_POLICY_HAS_FAILURES. Indexes and failure_count are
 * ignored. A list element without a text, `ptr == NULL`, is TRPT_E_ARGUMENT.
 */
TRPT_API trpt_status trpt_writer_policy(trpt_writer *writer, const trpt_policy *policy);

/** Writes a failure of the last policy. Strings, type and count as for trpt_writer_policy. */
TRPT_API trpt_status trpt_writer_failure(trpt_writer *writer, const trpt_failure *failure);

/** Ends the report. When it returns TRPT_OK, `write` has received all of the text. */
TRPT_API trpt_status trpt_writer_end(trpt_writer *writer);

/** Flags of trpt_submission. */
enum { TRPT_SUBMISSION_PLAIN = 1 /**< the report is sent as plain JSON, not as gzip */ };

/** How a report is named when it is sent. The caller fills it. */
typedef struct trpt_submission {
  size_t struct_size; /**< sizeof(trpt_submission) */
  trpt_str submitter; /**< domain of the sender of the report, that of `contact-info`, as A-labels */
  trpt_str domain;    /**< domain that the report is about, as A-labels */
  int64_t start;      /**< Unix seconds of `start-datetime`; not negative */
  int64_t end;        /**< Unix seconds of `end-datetime`; not before `start` */
  trpt_str unique_id; /**< letters and digits that distinguish several reports about the same domain and time [none] */
  trpt_str report_id; /**< `report-id`; only the subject needs it */
  uint32_t flags;     /**< 0 or TRPT_SUBMISSION_PLAIN */
  uint32_t reserved;  /**< 0 */
} trpt_submission;

/**
 * Writes the file name of a report that is sent by mail, RFC 8460 s5.1, and a NUL to `buffer`:
 * "sender.example!example.com!1772323200!1772409599!001.json.gz". A final dot of a domain is left out. With two long
 * domains, the name may be longer than the 255 bytes that many file systems allow.
 *
 * @return TRPT_OK; TRPT_E_ARGUMENT, also if a domain is not a host name, a time is out of order, or `unique_id` has
 *         another byte than a letter or a digit; TRPT_E_BUFFER with `buffer` untouched and `*needed` set
 */
TRPT_API trpt_status trpt_report_filename(const trpt_submission *submission, char *buffer, size_t capacity,
                                          size_t *needed);

/**
 * Writes the subject of the mail that carries a report, RFC 8460 s5.3, and a NUL to `buffer`: "Report Domain:
 * example.com Submitter: sender.example Report-ID: <2026-03-01@sender.example>". The RFC wants the form of a
 * Message-ID. So a report-id without `@` is followed by `@` and the submitter. Times, `unique_id` and flags are
 * ignored. The text is one line, which the program that writes the mail may fold at its blanks.
 *
 * @return TRPT_OK; TRPT_E_ARGUMENT, also if a domain is not a host name of at least two labels, or if the report-id
 *         cannot be a Message-ID: it needs 1 to 900 bytes that RFC 5322 allows in an atom, single dots between them,
 *         and at most one `@`; TRPT_E_BUFFER with `buffer` untouched and `*needed` set
 */
TRPT_API trpt_status trpt_report_subject(const trpt_submission *submission, char *buffer, size_t capacity,
                                         size_t *needed);

/**
 * Writes what is known about one report as a JSON object, for programs that process reports: the command's
 * `report --format json` prints it. Without TRPT_PRETTY it is one line, and no line feed follows it.
 *
 * A report becomes `{"source":NAME`, its own members as in RFC 8460 s4.4, `"report_key":KEY,"diagnostics":[...]}`.
 * Members that are absent or unreadable are left out. An error becomes
 * `{"source":NAME,"error":{...},"diagnostics":[...]}`, with the members of trpt_error. If they are known, the members
 * report_domain, report_submitter, message_id, dkim and dkim_domain of the source precede the diagnostics. Later
 * versions may add members.
 *
 * Control characters and characters that are invisible or change how others are displayed are escaped, so that the text
 * is safe to show. Bytes that are not UTF-8 become U+FFFD.
 *
 * @param report after TRPT_OK; or what trpt_report_unfinished returns, whose diagnostics then accompany `error`; or
 *          NULL
 * @param error   NULL for a report that was read
 * @param source  NULL if nothing is known; without a name there is no `source` member
 * @param flags   0 or TRPT_PRETTY
 * @return TRPT_OK; TRPT_E_CANCELED; TRPT_E_ARGUMENT, also if both `report` and `error` are NULL
 */
TRPT_API trpt_status trpt_report_json(const trpt_report *report, const trpt_error *error, const trpt_source *source,
                                      uint32_t flags, trpt_write_fn write, void *user);

/**
 * Writes all reports of an input that is whole in memory as trpt_report_json does, whether they can be read or not, as
 * the command's `report --format json FILE` does: one on a line, with a line feed between two. The first one has the
 * name of the source, the next ones "NAME#2" and so on. The reports and errors are those of trpt_reports_next; the
 * parser is reset before and after.
 *
 * @param source NULL if nothing is known; it is that of the input, so it has no key, no error_status and no diagnostics
 * @param flags   0 or TRPT_PRETTY
 * @return TRPT_OK: all was written; TRPT_E_CANCELED; TRPT_E_MEMORY; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_reports_json(trpt_parser *parser, const void *data, size_t len, const trpt_source *source,
                                       uint32_t flags, trpt_write_fn write, void *user);

/**
 * Writes a diagnostic as the JSON object that trpt_report_json has in `diagnostics`.
 *
 * @param flags  TRPT_PRETTY, TRPT_NO_LINES, TRPT_WITH_ADVICE
 * @return TRPT_OK; TRPT_E_CANCELED; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_diagnostic_json(const trpt_diagnostic *diagnostic, uint32_t flags, trpt_write_fn write,
                                          void *user);

/**
 * Writes an error as the JSON object that trpt_report_json has in `error`.
 *
 * @param source  NULL, or where to find error_status
 * @param flags   0 or TRPT_PRETTY
 * @return TRPT_OK; TRPT_E_CANCELED; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_error_json(const trpt_error *error, const trpt_source *source, uint32_t flags,
                                     trpt_write_fn write, void *user);

/**
 * Writes a record, "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/t", and a NUL to `buffer`. In each URI
 * `,`, `!` and `;` are percent-encoded, as RFC 8460 s3 requires.
 *
 * @return TRPT_OK: strict parsing accepts the record; TRPT_E_ARGUMENT if there is no URI, or one is not a URI of RFC
 *         3986; TRPT_E_BUFFER with `buffer` untouched and `*needed` set
 */
TRPT_API trpt_status trpt_record_write(const trpt_str *uris, size_t count, char *buffer, size_t capacity,
                                       size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
