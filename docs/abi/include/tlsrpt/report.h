/* SPDX-License-Identifier: MIT */
#ifndef TRPT_REPORT_H
#define TRPT_REPORT_H

/**
 * @file
 * @brief TLSRPT reports as trees
 *
 * Whole reports as trees in memory. A tree is one arena of a few allocations, whatever its size, and is freed at once.
 * Everything that it returns lives as long as the report and never changes. Any number of threads may read it.
 */

#include <tlsrpt/key.h>
#include <tlsrpt/parser.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A whole report. */
typedef struct trpt_report trpt_report;

/**
 * Parses a report that is whole in memory, plain JSON or gzip.
 *
 * @param out    free it with trpt_report_free; NULL on an error
 * @param error  what is wrong, and where
 * @return TRPT_OK; TRPT_E_MEMORY; TRPT_E_LIMIT, also for a tree beyond max_memory; errors as trpt_parser_read
 */
TRPT_API trpt_status trpt_report_parse(const void *data, size_t len, const trpt_options *options, trpt_report **out,
                                       trpt_error *error);

/**
 * The same from chunks, with a parser that can be reset and used again. Call it with each chunk, then with NULL and 0.
 * Do not mix it with trpt_parser_read or trpt_parser_feed on the same report: TRPT_E_STATE. The parser keeps the
 * unfinished tree, also after an error: trpt_parser_reset and trpt_parser_free release it. The handler is not called.
 *
 * @param out  set at the end of the input, else NULL
 * @return TRPT_MORE: all bytes were consumed, pass more; TRPT_OK at the end of the input: `*out` is set; or an error,
 *         which every call returns until trpt_parser_reset, and which trpt_parser_error describes
 */
TRPT_API trpt_status trpt_report_read(trpt_parser *parser, const void *data, size_t len, trpt_report **out);

/**
 * The next report of an input, with a parser that was made with TRPT_SEQUENCE. Pass chunks as to trpt_parser_read:
 * after TRPT_OK or an error call again with the remaining bytes, which begin at `data + *used`. Do not mix it with
 * trpt_parser_read or trpt_parser_feed on the same input: TRPT_E_STATE. The handler is not called. Without the flag the
 * input has one report.
 *
 * @param used  number of consumed bytes; may be NULL
 * @param out   set on TRPT_OK, else NULL; free it with trpt_report_free
 * @return TRPT_OK: `*out` is set; TRPT_MORE: all bytes were consumed, pass more; TRPT_END: after the end of the input;
 *         or an error. An error of one report is returned once, and the next call goes on (see trpt_parser_read).
 *         TRPT_E_MEMORY, and TRPT_E_LIMIT for a tree beyond max_memory, which ends this report alone.
 */
TRPT_API trpt_status trpt_report_next(trpt_parser *parser, const void *data, size_t len, size_t *used,
                                      trpt_report **out);

/**
 * The next report of an input that is whole in memory, or the next text that is not one. Every error is returned once,
 * also one that ends the input, so a loop that stops at TRPT_END gets all that the input holds:
 *
 *     trpt_parser_reset(parser);
 *     while ((status = trpt_reports_next(parser, &rest, &report)) != TRPT_END)
 *
 * An input without any report, such as "[]", gives TRPT_E_NO_REPORT once. Without TRPT_SEQUENCE the input has one
 * report.
 *
 * @param rest the bytes that are not yet read: before the first call the whole input, which stays where it is until
 *              TRPT_END. Its `ptr` is NULL once all of it was consumed
 * @param out   set on TRPT_OK, else NULL; free it with trpt_report_free
 * @return TRPT_OK: `*out` is set; TRPT_END: nothing remains; or an error as trpt_report_next, which trpt_parser_error
 *         and trpt_report_unfinished describe. TRPT_E_ARGUMENT and TRPT_E_STATE do not change the input
 */
TRPT_API trpt_status trpt_reports_next(trpt_parser *parser, trpt_str *rest, trpt_report **out);

/**
 * What trpt_report_read, trpt_report_next or trpt_reports_next had read of a report when it failed: the diagnostics,
 * policies and failures before the error, and no metadata. It belongs to the parser and is valid until
 * trpt_parser_reset or trpt_parser_free.
 *
 * @return NULL unless one of them has failed on this report because of the input, a limit or a lack of memory; it may
 *         also be NULL after TRPT_E_MEMORY and TRPT_E_LIMIT
 */
TRPT_API const trpt_report *trpt_report_unfinished(const trpt_parser *parser);

/** Frees the report and everything that it returned. NULL is allowed. */
TRPT_API void trpt_report_free(trpt_report *report);

/** The report's own members; NULL for NULL. */
TRPT_API const trpt_metadata *trpt_report_metadata(const trpt_report *report);

/** The number of policies; 0 for NULL. */
TRPT_API uint32_t trpt_report_policy_count(const trpt_report *report);

/** Policy number `policy`, from 0, with all its counts; NULL if there is no such policy. O(1). */
TRPT_API const trpt_policy *trpt_report_policy(const trpt_report *report, uint32_t policy);

/** The number of failures of a policy; 0 if there is no such policy. */
TRPT_API uint32_t trpt_report_failure_count(const trpt_report *report, uint32_t policy);

/** Failure number `failure`, from 0, of a policy; NULL if there is no such failure. O(1). */
TRPT_API const trpt_failure *trpt_report_failure(const trpt_report *report, uint32_t policy, uint32_t failure);

/** The number of stored diagnostics, at most max_diagnostics. The metadata counts all of them. */
TRPT_API uint32_t trpt_report_diagnostic_count(const trpt_report *report);

/** Diagnostic number `i`, from 0, in the order in which they became certain; NULL if there is no such diagnostic.
    O(1). */
TRPT_API const trpt_diagnostic *trpt_report_diagnostic(const trpt_report *report, uint32_t i);

/**
 * Writes the key of the report, 32 lower-case hex digits and a NUL: what trpt_key_text gives for its events (see
 * key.h). It is computed anew in each call, at a cost proportional to the size of the report.
 *
 * @return TRPT_OK; TRPT_E_BUFFER with `buffer` untouched and `*needed` set; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_report_key(const trpt_report *report, char *buffer, size_t capacity, size_t *needed);

/**
 * What a program knows about a report apart from its text, for trpt_rows_report and trpt_report_json. The caller fills
 * it and keeps what it points to; zero in a member means that it is not known.
 */
typedef struct trpt_source {
  size_t struct_size; /**< sizeof(trpt_source) */
  trpt_str name;      /**< of the file, or whatever else identifies the report for its reader */
  trpt_str key;       /**< as trpt_report_key writes it, [trpt_report_key is called] */
  /** Name of the status of an error which is not the library's, such as "IO". [trpt_status_name of the error] */
  trpt_str error_status;
  /** All diagnostics that belong to the report, in order, such as those about its mail followed by its own. [the
      report's own] */
  const trpt_diagnostic *const *diagnostics;
  size_t diagnostic_count;
  /* The mail that the report came in, as trpt_mail_item has it. */
  trpt_str report_domain;    /**< TLS-Report-Domain: the recipient domain, also for policies of type tlsa */
  trpt_str report_submitter; /**< TLS-Report-Submitter */
  trpt_str message_id;
  trpt_str dkim;        /**< trpt_dkim_result_name, "pass" */
  trpt_str dkim_domain; /**< of the signature with that result */
} trpt_source;

#ifdef __cplusplus
}
#endif

#endif
