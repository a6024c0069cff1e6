/* SPDX-License-Identifier: MIT */
#ifndef TRPT_RECORD_H
#define TRPT_RECORD_H

/**
 * @file
 * @brief TLSRPT records in DNS
 *
 * The TXT record at `_smtp._tls.<domain>` with which a domain asks for reports, RFC 8460 s3.
 *
 * Nothing here allocates or copies: every returned trpt_str points into the caller's text and lives as long as that
 * text. All functions are pure and take time linear in the text.
 *
 * There are two modes. Strict (TRPT_STRICT) accepts exactly what the grammar of RFC 8460 s3 and RFC 3986 allows.
 * Lenient (0) accepts every record with a rua field, and its cursors skip what cannot be parsed.
 */

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A parsed record. The caller owns it, and its size never changes. It owns no memory. */
typedef struct trpt_record {
  trpt_str text;             /**< the text that was parsed */
  uint32_t rua_count;        /**< URIs in all rua fields, usable or not */
  uint32_t usable_rua_count; /**< URIs that a sender can report to */
  uint32_t extension_count;  /**< fields that RFC 8460 does not define; senders ignore them */
  uint32_t flags;            /**< those of trpt_record_parse */
  uint64_t reserved[4];      /**< 0 */
} trpt_record;

/** Scheme of a report URI. RFC 8460 s3 supports mailto and https. */
typedef int32_t trpt_scheme;
enum { TRPT_SCHEME_OTHER = 0, TRPT_SCHEME_MAILTO = 1, TRPT_SCHEME_HTTPS = 2 };

/** "other", "mailto" or "https"; NULL for a number that is not a scheme. Static lifetime. */
TRPT_API const char *trpt_scheme_name(trpt_scheme scheme);

/** One URI of a rua field. The caller owns it, and its size never changes. */
typedef struct trpt_rua {
  trpt_str uri; /**< as published, still percent-encoded */
  trpt_scheme scheme;
  int32_t usable; /**< 1: at least forgiving senders can report to it; 0: no, and an error-level diagnostic says why */
  trpt_str address;     /**< mailto: the addr part, still percent-encoded; absent for other schemes */
  uint64_t reserved[2]; /**< 0 */
} trpt_rua;

/**
 * Parses the text of one TXT record.
 *
 * @param flags  0 or TRPT_STRICT
 * @param error what is wrong: `where` is "", "version", "rua[N]" or "extension[N]"; in strict mode `offset` is the
 *               first byte after which no continuation could make the text valid, or the length if it ends too early
 * @return TRPT_OK; TRPT_E_NOT_TLSRPT if the text does not begin with `v=TLSRPTv1` followed by a blank, a tab, `;` or
 *         its end; TRPT_E_RECORD for any other fault. Lenient is TRPT_OK if there is a rua field, even without a usable
 *         URI: see `usable_rua_count`.
 */
TRPT_API trpt_status trpt_record_parse(const char *text, size_t len, uint32_t flags, trpt_record *out,
                                       trpt_error *error);

/**
 * Returns the next URI of all rua fields, in the order of the text. A URI that cannot be parsed has `usable` 0.
 *
 * @param cursor  0 before the first call; then only this function changes it
 * @return TRPT_OK; TRPT_END after the last one, with `*out` zero
 */
TRPT_API trpt_status trpt_record_next_rua(const trpt_record *record, size_t *cursor, trpt_rua *out);

/** Returns the next field that RFC 8460 does not define; otherwise like trpt_record_next_rua. */
TRPT_API trpt_status trpt_record_next_extension(const trpt_record *record, size_t *cursor, trpt_str *name,
                                                trpt_str *value);

/**
 * Selects the TLSRPT record among all TXT records of a name, each already joined, and parses it. If there are several
 * texts, those that do not begin with `v=TLSRPTv1;` are dropped, and exactly one must remain (RFC 8460 s3).
 *
 * @return as trpt_record_parse; TRPT_E_NO_RECORD; TRPT_E_MANY_RECORDS
 */
TRPT_API trpt_status trpt_record_select(const trpt_str *texts, size_t count, uint32_t flags, trpt_record *out,
                                        trpt_error *error);

/** What one TXT record was meant to be. Misspelt records count too, although senders do not accept them. */
typedef int32_t trpt_text_kind;
enum {
  TRPT_TEXT_UNRELATED = 0, /**< something else, such as `v=spf1 -all` */
  TRPT_TEXT_INTENDED = 1,  /**< without a version, but names TLSRPT or has a field `rua` */
  TRPT_TEXT_TLSRPT = 2     /**< begins with a version of TLSRPT in any case; blanks and quotes are ignored */
};

/** Classifies the text of one TXT record. TRPT_TEXT_TLSRPT does not mean that the record is valid. NULL is
    unrelated. */
TRPT_API trpt_text_kind trpt_record_kind(const char *text, size_t len);

/** Which senders would report to a domain. */
typedef int32_t trpt_verdict;
enum {
  TRPT_VERDICT_UNKNOWN = 0, /**< DNS did not answer. For callers: trpt_record_conclude never gives it. */
  TRPT_VERDICT_ALL = 1,     /**< all of them */
  TRPT_VERDICT_SOME = 2,    /**< forgiving ones: the record breaks the grammar */
  TRPT_VERDICT_NONE = 3     /**< none of them */
};

/** Name of a verdict: "unknown", "all", "some" or "none"; NULL for any other number. Static lifetime. */
TRPT_API const char *trpt_verdict_name(trpt_verdict verdict);

/** What follows from the TXT records of a name. The caller owns it, and its size never changes. It owns no memory. */
typedef struct trpt_conclusion {
  trpt_record record; /**< read leniently; all zero unless `status` is TRPT_OK. Points into the texts. */
  size_t index;       /**< of the record among the texts; 0 unless `status` is TRPT_OK */
  const char *code;   /**< diagnostic that explains the verdict; NULL for TRPT_VERDICT_ALL. Static lifetime. */
  const char *reason; /**< why not all senders would report, one English sentence; NULL as `code`. Static lifetime. */
  trpt_status status; /**< of trpt_record_select in lenient mode; TRPT_E_NO_RECORD if every text is unrelated */
  trpt_verdict verdict;
  uint32_t tlsrpt_count;    /**< texts of kind TRPT_TEXT_TLSRPT */
  uint32_t intended_count;  /**< texts of kind TRPT_TEXT_INTENDED */
  uint32_t unrelated_count; /**< texts of kind TRPT_TEXT_UNRELATED */
  uint32_t reserved[7];     /**< 0 */
} trpt_conclusion;

/**
 * Concludes which senders would report from the TXT records of a name, and why not all of them would. For a text that
 * does not come from DNS, pass it alone.
 *
 * Do not call this if DNS failed to answer: no answer is not the same as no record. The verdict is then
 * TRPT_VERDICT_UNKNOWN.
 *
 * @param texts  all TXT records found at the name, each already joined
 * @param count  how many; 0 if the name has none
 * @return TRPT_OK, whatever the verdict; TRPT_E_ARGUMENT with `*out` zero
 */
TRPT_API trpt_status trpt_record_conclude(const trpt_str *texts, size_t count, trpt_conclusion *out);

/** What surrounded a record in a text that trpt_record_extract read. */
enum {
  TRPT_NOTATION_QUOTES = 1,  /**< quotation marks */
  TRPT_NOTATION_STRINGS = 2, /**< several strings */
  TRPT_NOTATION_ENTRY = 4    /**< the type TXT, mostly after a name, a TTL and a class */
};

/**
 * Extracts the next record of a text in the notation of zone files (RFC 1035 s5.1), as people copy it from a zone file,
 * from the output of dig, host and nslookup, or from the page of a DNS provider. Writes the record and a NUL to
 * `buffer`: the strings of the record with nothing between them. Comments, entries of other types and all other lines
 * are skipped.
 *
 * Only what surrounds a string is notation. A backslash is returned with the string, and trpt_record_diagnose reports
 * it.
 *
 * @param cursor    0 before the first call; then only this function changes it
 * @param notation what surrounded the record: TRPT_NOTATION_*; never 0 with TRPT_OK. With TRPT_END it is
 *                  TRPT_NOTATION_ENTRY if a skipped line was a comment or an entry of another type, else 0. May be
 *                  NULL.
 * @return TRPT_OK. TRPT_END after the last record, and at once for a text that is not in this notation, such as a plain
 *         record. TRPT_E_BUFFER with `buffer` and `*cursor` unchanged and `*needed` set. TRPT_E_ARGUMENT.
 */
TRPT_API trpt_status trpt_record_extract(const char *text, size_t len, size_t *cursor, uint32_t *notation, char *buffer,
                                         size_t capacity, size_t *needed);

/** Bytes of the longest record that trpt_record_suggest and trpt_record_merge write; with the NUL it is one more. */
enum { TRPT_SUGGESTION_MAX_LEN = 4096 };

/**
 * Writes the record that the owner of a broken or doubtful one probably meant, and a NUL, to `buffer`. The record is
 * valid and has no diagnostic of severity TRPT_ERROR. It has one field `rua`, right after the version, and then the
 * extensions of the text. Bare addresses get `mailto:`, http becomes https, and misspelled schemes are corrected. The
 * notation of zone files, backslashes and invisible characters are removed. Size limits and tags of DMARC, empty
 * fields, needless blanks and repeated destinations are left out.
 *
 * It is a guess: show it to a person before it is published. Uses about 12 KiB of stack.
 *
 * @return TRPT_OK. TRPT_END if there is nothing to suggest, with `*needed` 0 and `buffer` untouched: the text has
 *         neither warnings nor errors, does not begin with anything like a version of TLSRPT, or nothing better can be
 *         derived from it. TRPT_E_BUFFER with `buffer` untouched and `*needed` set.
 */
TRPT_API trpt_status trpt_record_suggest(const char *text, size_t len, char *buffer, size_t capacity, size_t *needed);

/**
 * Writes one record in place of several, and a NUL, to `buffer`, as trpt_record_suggest would for one text with the
 * fields of all of them. Pass only texts that were meant as records; they need no version. A single text without
 * warnings and errors is written as it is.
 *
 * @return TRPT_OK. TRPT_END if no record can be derived, with `*needed` 0 and `buffer` untouched. TRPT_E_BUFFER with
 *         `buffer` untouched and `*needed` set.
 */
TRPT_API trpt_status trpt_record_merge(const trpt_str *texts, size_t count, char *buffer, size_t capacity,
                                       size_t *needed);

/**
 * Joins the character-strings of TXT RDATA (RFC 1035 s3.3.14) with nothing between them, RFC 7208 s3.3, and writes the
 * text and a NUL to `buffer`.
 *
 * @return TRPT_OK; TRPT_E_RECORD for truncated RDATA; TRPT_E_BUFFER with `buffer` untouched and `*needed` set
 */
TRPT_API trpt_status trpt_record_join(const uint8_t *rdata, size_t len, char *buffer, size_t capacity, size_t *needed);

/**
 * Writes the name to look up, "_smtp._tls.example.com", and a NUL to `buffer`. One final dot of `domain` is dropped.
 *
 * @param domain  a host name, RFC 1123 s2.1: labels of at most 63 letters, digits and inner hyphens. A U-label must be
 *                converted to an A-label first. Underscores and addresses are refused. The parser applies the same rule
 *                to `policy-domain`.
 * @return TRPT_OK; TRPT_E_ARGUMENT if `domain` is not a host name, or the result would have more than 253 bytes;
 *         TRPT_E_BUFFER with `buffer` untouched and `*needed` set
 */
TRPT_API trpt_status trpt_record_name(const char *domain, size_t len, char *buffer, size_t capacity, size_t *needed);

/**
 * Reports all diagnostics about a record, in order of offset, whether the record is valid or not.
 *
 * @param fn  called for each diagnostic, which is valid during the call
 * @return TRPT_OK, also with diagnostics; TRPT_E_CANCELED if `fn` did not return 0
 */
TRPT_API trpt_status trpt_record_diagnose(const char *text, size_t len, trpt_diagnostic_fn fn, void *user);

/**
 * Writes what is known about the text of one TXT record as a JSON object, for programs that process records: the
 * command's `record --format json` prints it. It is one line, and no line feed follows it.
 *
 * The members are `text`; `valid`, `status`, `offset` and `error` of trpt_record_parse; `verdict` and `reason` of
 * trpt_record_conclude; `rua` and `extensions`; `diagnostics`, each with its advice; `publish`, the text of
 * trpt_record_suggest; and `notation`. `error` is absent from a valid record, and `address` from a URI without one.
 * Other values that are absent are null. For a text that is not meant as a record, `reason` is the message of the
 * error. Later versions may add members.
 *
 * Characters are escaped as by trpt_report_json. Uses about 20 KiB of stack.
 *
 * @param flags    0 or TRPT_STRICT
 * @param notation what surrounded the record: TRPT_NOTATION_* as from trpt_record_extract, or 0
 * @return TRPT_OK, also for an invalid record; TRPT_E_CANCELED; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_record_json(const char *text, size_t len, uint32_t flags, uint32_t notation,
                                      trpt_write_fn write, void *user);

/**
 * Decodes percent-encoding (RFC 3986 s2.1), for example of the address of a mailto URI, and writes the bytes and a NUL
 * to `buffer`. A `%` without two hex digits is copied. The result may contain any byte, including NUL.
 *
 * @return TRPT_OK; TRPT_E_BUFFER with `buffer` untouched and `*needed` set
 */
TRPT_API trpt_status trpt_uri_decode(const char *uri, size_t len, char *buffer, size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
