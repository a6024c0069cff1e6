// clang-format off

/*
 * SPDX-License-Identifier: MIT
 *
 * The interface of libtrpt in one file, without libtrpt-mail.
 *
 * MIT License
 *
 * Copyright (c) 2026 The libtrpt authors
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to deal
 * in the Software without restriction, including without limitation the rights
 * to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
 * copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in all
 * copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
 * OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
 * SOFTWARE.
 */
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TRPT_H
#define TRPT_TRPT_H

/**
 * @file
 * @brief Reads and writes TLSRPT records and reports
 *
 * All of the core library: records, reports, and the model that they share. See each header for its manual.
 */

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_DIAGNOSTIC_H
#define TRPT_DIAGNOSTIC_H

/**
 * @file
 * @brief Diagnostics about TLSRPT records, reports and mails
 *
 * What can be wrong with a record, a report or the mail around it: where, how bad, and what to do about it. Every code
 * that libtrpt, libtrpt-mail and the command `tlsrpt` report is in one catalogue, a static table: reading it allocates
 * nothing, and any thread may call these functions.
 */

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_STATUS_H
#define TRPT_STATUS_H

/**
 * @file
 * @brief Status codes, errors, strings and version of the TLSRPT library
 *
 * Status codes, flags, errors with a position, byte strings and the version.
 *
 * Rules for every function of libtrpt:
 * - Input may be any bytes. It does not need a NUL at its end, and no input can crash the library.
 * - NULL and arguments without a meaning give TRPT_E_ARGUMENT. Only `trpt_error *`, `size_t *used`, `size_t *needed`
 *   and `const trpt_options *` may be NULL.
 * - Out-parameters are always set, also on an error. The library does not store their addresses.
 * - There is no global mutable state, and two objects share nothing. Any thread may use any object, one thread at a
 *   time.
 */

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && defined(TRPT_BUILD)
#define TRPT_API __declspec(dllexport)
#elif defined(_WIN32) && !defined(TRPT_STATIC)
#define TRPT_API __declspec(dllimport)
#elif defined(TRPT_BUILD) && defined(__GNUC__)
#define TRPT_API __attribute__((visibility("default")))
#else
#define TRPT_API
#endif

/** The version that a program is compiled against. trpt_version() returns the version of the library at run time. */
#define TRPT_VERSION_STRING "0.1.0"
/** The same as a number: major << 16 | minor << 8 | patch. */
#define TRPT_VERSION_NUMBER 0x000100

#ifdef __cplusplus
extern "C" {
#endif

/**
 * `len` bytes at `ptr`, which another object owns. They may contain NUL, and no NUL follows them. `ptr == NULL` means
 * absent; an empty string has a `ptr` and `len == 0`.
 */
typedef struct trpt_str {
  const char *ptr;
  size_t len;
} trpt_str;

/** Receives text, in chunks of any size. Returns 0 to continue, anything else to stop: TRPT_E_CANCELED. */
typedef int (*trpt_write_fn)(void *user, const char *data, size_t len);

/** 0: success; above 0: an ordinary end; below 0: an error. Later versions may add values. */
typedef int32_t trpt_status;
enum {
  TRPT_OK = 0,
  TRPT_END = 1,  /**< nothing remains */
  TRPT_MORE = 2, /**< all bytes were consumed: pass more */

  TRPT_E_ARGUMENT = -1,    /**< an invalid argument: NULL, an unknown flag, a struct_size of 0 or above 4096 */
  TRPT_E_STATE = -2,       /**< the call is out of order, or comes from a callback of the same object */
  TRPT_E_MEMORY = -3,      /**< an allocation failed */
  TRPT_E_LIMIT = -4,       /**< the input exceeds a limit of the options; the message names the limit and its value */
  TRPT_E_CANCELED = -5,    /**< a callback asked to stop */
  TRPT_E_BUFFER = -6,      /**< the buffer is too small; `*needed` is the length of the text */
  TRPT_E_UNSUPPORTED = -7, /**< left out of this build */
  TRPT_E_SYNTAX = -8,      /**< the text does not have the form that the function parses */

  TRPT_E_NOT_TLSRPT = -10,   /**< not a TLSRPT record: its version is missing */
  TRPT_E_NO_RECORD = -11,    /**< none of the texts is a TLSRPT record */
  TRPT_E_MANY_RECORDS = -12, /**< several TLSRPT records, which senders treat like none, RFC 8460 s3 */
  TRPT_E_RECORD = -13,       /**< a TLSRPT record that violates the grammar of RFC 8460 s3 */

  TRPT_E_JSON = -20,        /**< not JSON (RFC 8259), or in strict mode not I-JSON (RFC 7493) */
  TRPT_E_SCHEMA = -21,      /**< JSON, but not a report of RFC 8460 s4.4 */
  TRPT_E_TRUNCATED = -22,   /**< the input ends too early */
  TRPT_E_COMPRESSION = -23, /**< broken gzip (RFC 1952) */

  TRPT_E_NO_REPORT = -30, /**< the input contains no report */
  TRPT_E_MAIL = -31       /**< the mail cannot be read */
};

/** Bits of `uint32_t flags` of records and of trpt_options. An unknown bit is TRPT_E_ARGUMENT. */
enum {
  /** Records: accept only what the grammar allows. Reports: fail at the first error-level diagnostic. */
  TRPT_STRICT = 1,
  /** Reports: read the input as JSON text even if it begins like gzip. */
  TRPT_NO_INFLATE = 2,
  /** Reports: check only what changes the reading. There are no diagnostics, and their counts are 0. Not with
      TRPT_STRICT. */
  TRPT_NO_DIAGNOSTICS = 4,
  TRPT_NO_FINDINGS = 4, /**< another name of TRPT_NO_DIAGNOSTICS */
  /** Reports: the input may hold many: texts one after another, JSON Lines, or the elements of one array (see
      parser.h). */
  TRPT_SEQUENCE = 8
};

/**
 * What went wrong, and where. The caller owns it, the library fills it, and its size never changes. A function that
 * succeeds fills it with zeros.
 */
typedef struct trpt_error {
  trpt_status status;
  uint32_t line;     /**< 1-based; 0: unknown */
  uint32_t column;   /**< 1-based, in bytes; 0: unknown */
  uint32_t reserved; /**< 0 */
  /** Of the first wrong byte, in the record or JSON text; for TRPT_E_COMPRESSION in the compressed bytes. */
  uint64_t offset;
  const char *code; /**< the diagnostic's code, of static lifetime (see diagnostic.h), or NULL */
  /** Path of the member: "policies[3].failure-details[12].result-type" or "rua[1]"; "" for the top level. It consists
      of names that the RFC defines and of indexes, never of input text. A path that is too long ends in "...". */
  char where[128];
  char message[128]; /**< one English sentence in printable ASCII */
} trpt_error;

/** Name of a status, "TRPT_E_JSON"; "TRPT_E_UNKNOWN" for any other number. Static lifetime, never NULL. */
TRPT_API const char *trpt_status_name(trpt_status status);

/** One English sentence about a status. Static lifetime, never NULL. */
TRPT_API const char *trpt_status_message(trpt_status status);

/** Version of the library at run time, "0.1.0". Static lifetime. */
TRPT_API const char *trpt_version(void);

/** The same as a number: major << 16 | minor << 8 | patch. */
TRPT_API uint32_t trpt_version_number(void);

#ifdef __cplusplus
}
#endif

#endif

#ifdef __cplusplus
extern "C" {
#endif

/** How bad a diagnostic is. Strict mode fails at TRPT_ERROR; nothing else depends on it. */
typedef int32_t trpt_severity;
enum {
  TRPT_INFO = 0,    /**< legal, and worth knowing */
  TRPT_WARNING = 1, /**< against a SHOULD, or likely to be misread by others */
  TRPT_ERROR = 2    /**< against the RFC */
};

/** One diagnostic. The library owns it; the function that hands it out says how long it and all it points to are
    valid. */
typedef struct trpt_diagnostic {
  const char *code; /**< "report.null-member"; of static lifetime, and never changed once released */
  trpt_severity severity;
  uint32_t line;       /**< 1-based; 0: unknown */
  uint32_t column;     /**< 1-based, in bytes; 0: unknown */
  uint32_t reserved;   /**< 0 */
  uint64_t offset;     /**< in the record or JSON text; for "gzip.*" except gzip.ratio in the compressed bytes */
  const char *where;   /**< path, as in trpt_error; never NULL */
  const char *message; /**< what is wrong: one English sentence of static lifetime */
  const char *section; /**< "RFC 8460 s4.4"; of static lifetime */
} trpt_diagnostic;

/** Receives diagnostics. The diagnostic is valid during the call. Returns 0 to continue, anything else to stop. */
typedef int (*trpt_diagnostic_fn)(void *user, const trpt_diagnostic *diagnostic);

/** The number of codes in the catalogue of this libtrpt. */
TRPT_API uint32_t trpt_diagnostic_count(void);

/** Code number `i`, from 0; NULL if `i` is not below trpt_diagnostic_count(). Static lifetime. */
TRPT_API const char *trpt_diagnostic_code(uint32_t i);

/** Severity of a code; TRPT_INFO for NULL and for a text that is not a code. O(trpt_diagnostic_count()), as all
    below. */
TRPT_API trpt_severity trpt_diagnostic_severity(const char *code);

/** What is wrong, in one English sentence; NULL for a text that is not a code. trpt_error.message may say more, such as
    the value of a limit. Static lifetime. */
TRPT_API const char *trpt_diagnostic_message(const char *code);

/** Section that a code is based on, "RFC 8460 s4.4"; NULL for a text that is not a code. Static lifetime. */
TRPT_API const char *trpt_diagnostic_section(const char *code);

/** What to do about it, for whoever published the record or sent the report; NULL for a text that is not a code. Static
    lifetime. */
TRPT_API const char *trpt_diagnostic_advice(const char *code);

/** "info", "warning" or "error"; NULL for a number that is not a severity. Static lifetime. */
TRPT_API const char *trpt_severity_name(trpt_severity severity);

#ifdef __cplusplus
}
#endif

#endif
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

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_PARSER_H
#define TRPT_PARSER_H

/**
 * @file
 * @brief Streaming parser for TLSRPT reports
 *
 * A streaming parser for reports, RFC 8460 s4. It reads plain JSON or gzip in chunks of any size and emits events. All
 * its memory is reserved at the start: nothing is allocated while it reads.
 *
 * The events, the diagnostics and the error, with all their offsets, do not depend on the chunks.
 *
 * The lenient mode (the default) keeps everything that can be read and reports what is wrong. It refuses a report only
 * if the report is not JSON, has no array `policies`, is truncated or exceeds a limit. Strings and lists beyond
 * max_string, max_strings and max_entry are cut instead: report.string-cut, report.elements-cut. TRPT_STRICT fails at
 * the first diagnostic of severity TRPT_ERROR, and with TRPT_E_LIMIT where the lenient mode would cut.
 *
 * Treat a report as a transaction: events before an error are correct, but the report as a whole is not.
 *
 * With TRPT_SEQUENCE the input may hold many reports: texts one after another, with or without blanks between them,
 * JSON Lines, the members of a gzip file, or the elements of one array at the top level. A byte order mark may precede
 * each text. Then:
 * - REPORT comes for each text, once the first byte of the next one or the end of the input was seen. A report may come
 *   before the CRC of its gzip member was checked, if the member holds several.
 * - Offsets, lines and columns count from the start of the input; paths, indexes and counts from the start of the text.
 *   max_input, max_inflated and max_ratio bound the input, all other limits each text.
 * - An error of one text is returned once, and the next call goes on. If the text is still JSON (TRPT_E_SCHEMA, a
 *   diagnostic in strict mode, a limit), it is read to its end first. Otherwise reading goes on at the next line that
 *   begins with "{". A truncated text may hide the text after it. Errors of the input (gzip, its limits, memory, a
 *   cancel) stay: the next call returns the same error, and consumes nothing.
 * - Other bytes between two texts are json.trailing-data of the text before them. "[]" holds no report: TRPT_END.
 */


/* SPDX-License-Identifier: MIT */
#ifndef TRPT_MODEL_H
#define TRPT_MODEL_H

/**
 * @file
 * @brief What a TLSRPT report consists of
 *
 * The policies, failures and metadata of a report (RFC 8460 s4.4) as structures, which the parser and trees fill and
 * the writer reads; and the policy types and result types of RFC 8460 with their names, groups and meanings. The
 * functions read static tables. They allocate nothing, and any thread may call them.
 */



#ifdef __cplusplus
extern "C" {
#endif

/** `policy-type`, RFC 8460 s4.4. Known values run from 1 to trpt_policy_type_count(). */
typedef int32_t trpt_policy_type;
enum {
  TRPT_POLICY_UNKNOWN = 0,        /**< absent, or a name that RFC 8460 does not define */
  TRPT_POLICY_TLSA = 1,           /**< "tlsa": DANE, RFC 7672 */
  TRPT_POLICY_STS = 2,            /**< "sts": MTA-STS, RFC 8461 */
  TRPT_POLICY_NO_POLICY_FOUND = 3 /**< "no-policy-found": neither */
};

/** `result-type`, RFC 8460 s4.3. Known values run from 1 to trpt_result_type_count(). */
typedef int32_t trpt_result_type;
enum {
  TRPT_RESULT_UNKNOWN = 0, /**< absent, or a name that is not in the IANA registry */
  TRPT_RESULT_STARTTLS_NOT_SUPPORTED = 1,
  TRPT_RESULT_CERTIFICATE_HOST_MISMATCH = 2,
  TRPT_RESULT_CERTIFICATE_NOT_TRUSTED = 3,
  TRPT_RESULT_CERTIFICATE_EXPIRED = 4,
  TRPT_RESULT_VALIDATION_FAILURE = 5,
  TRPT_RESULT_STS_POLICY_FETCH_ERROR = 6,
  TRPT_RESULT_STS_POLICY_INVALID = 7,
  TRPT_RESULT_STS_WEBPKI_INVALID = 8,
  TRPT_RESULT_TLSA_INVALID = 9,
  TRPT_RESULT_DNSSEC_INVALID = 10,
  TRPT_RESULT_DANE_REQUIRED = 11
};

/** What a result type is about, by the subsections of RFC 8460 s4.3. */
typedef int32_t trpt_result_group;
enum {
  TRPT_GROUP_UNKNOWN = 0,
  TRPT_GROUP_NEGOTIATION = 1, /**< the TLS session with the MX host, s4.3.1 */
  TRPT_GROUP_STS = 2,         /**< the MTA-STS policy, s4.3.2.2 */
  TRPT_GROUP_DANE = 3,        /**< the TLSA records, s4.3.2.1 */
  TRPT_GROUP_GENERAL = 4      /**< validation-failure: anything else, s4.3.3 */
};

/**
 * One element of `policies`. Strings are decoded UTF-8; an absent one has `ptr == NULL`.
 *
 * For each string and each list the bit TRPT_POLICY_HAS_* in `present` is set exactly if its pointer is not NULL.
 * Either may be tested; only counts need their bit, since 0 is also the value of an absent one.
 */
typedef struct trpt_policy {
  uint32_t index;        /**< 0-based, in the order of the report */
  trpt_policy_type type; /**< TRPT_POLICY_UNKNOWN if RFC 8460 does not define the name */
  trpt_str type_name;    /**< `policy-type` as written, also when unknown */
  trpt_str domain;       /**< `policy-domain` */
  /** `policy-string`: lines of the MTA-STS policy, or TLSA records. A bare string is one element; TLSA records joined
      by ";", all lines of the policy in one string, and JSON text nested in a string are split. */
  const trpt_str *strings;
  const trpt_str *mx_hosts; /**< `mx-host`: MX patterns of the MTA-STS policy, RFC 8461 s4.1 */
  uint32_t string_count;
  uint32_t mx_host_count;
  uint64_t successful_sessions; /**< `total-successful-session-count`; 0 in the policy of a FAILURE event */
  uint64_t failed_sessions;     /**< `total-failure-session-count`; 0 in the policy of a FAILURE event */
  uint32_t failure_count;       /**< FAILURE events of this policy; 0 in the policy of a FAILURE event */
  uint32_t present;             /**< TRPT_POLICY_HAS_* */
} trpt_policy;

/** Bits of trpt_policy.present: the member is present and of a type that could be read. */
enum {
  TRPT_POLICY_HAS_POLICY = 1,    /**< `policy`, an object, or its members in the element itself (report.flat-policy) */
  TRPT_POLICY_HAS_TYPE = 2,      /**< equal to `type_name.ptr != NULL` */
  TRPT_POLICY_HAS_STRINGS = 4,   /**< equal to `strings != NULL`; the list may be empty */
  TRPT_POLICY_HAS_DOMAIN = 8,    /**< equal to `domain.ptr != NULL` */
  TRPT_POLICY_HAS_MX_HOSTS = 16, /**< equal to `mx_hosts != NULL`; the list may be empty */
  TRPT_POLICY_HAS_SUCCESSFUL = 32,
  TRPT_POLICY_HAS_FAILED = 64,
  TRPT_POLICY_HAS_FAILURES = 128 /**< `failure-details`, an array */
};

/**
 * One element of `failure-details`. Strings as in trpt_policy: for each one, its bit in `present` is set exactly if
 * `ptr != NULL`.
 */
typedef struct trpt_failure {
  uint32_t policy_index;
  uint32_t index;        /**< 0-based, in its policy */
  trpt_result_type type; /**< TRPT_RESULT_UNKNOWN if RFC 8460 does not define the name */
  uint32_t present;      /**< TRPT_FAILURE_HAS_* */
  trpt_str type_name;    /**< `result-type` as written, also when unknown */
  trpt_str sending_mta_ip;
  trpt_str receiving_mx_hostname;
  trpt_str receiving_mx_helo;
  trpt_str receiving_ip;
  trpt_str additional_information; /**< a URI, RFC 8460 s4.4; do not fetch it without asking */
  trpt_str failure_reason_code;
  uint64_t failed_sessions; /**< `failed-session-count` */
} trpt_failure;

/** Bits of trpt_failure.present. All but FAILED_SESSIONS equal `ptr != NULL` of their string. */
enum {
  TRPT_FAILURE_HAS_TYPE = 1,
  TRPT_FAILURE_HAS_SENDING_MTA_IP = 2,
  TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME = 4,
  TRPT_FAILURE_HAS_RECEIVING_MX_HELO = 8,
  TRPT_FAILURE_HAS_RECEIVING_IP = 16,
  TRPT_FAILURE_HAS_FAILED_SESSIONS = 32,
  TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION = 64,
  TRPT_FAILURE_HAS_REASON_CODE = 128
};

/**
 * The report's own members. They come last, since members of a JSON object have no order. Strings as in trpt_policy:
 * for each one, its bit in `present` is set exactly if `ptr != NULL`.
 */
typedef struct trpt_metadata {
  trpt_str organization_name;
  trpt_str contact_info;
  trpt_str report_id;
  trpt_str start_text; /**< `start-datetime` as written */
  trpt_str end_text;   /**< `end-datetime` as written */
  /** Unix seconds, UTC; INT64_MIN if absent or unreadable. A time without a zone is read as UTC, and some forms other
      than that of RFC 3339 are read. */
  int64_t start;
  int64_t end;
  uint64_t failure_count; /**< FAILURE events of all policies */
  uint32_t policy_count;  /**< POLICY events */
  uint32_t present;       /**< TRPT_METADATA_HAS_* */
  uint32_t error_count;   /**< diagnostics, also those beyond max_diagnostics */
  uint32_t warning_count;
  uint32_t info_count;
  uint32_t reserved; /**< 0 */
} trpt_metadata;

/** Bits of trpt_metadata.present. Each equals `ptr != NULL` of its string. */
enum {
  TRPT_METADATA_HAS_ORGANIZATION_NAME = 1,
  TRPT_METADATA_HAS_CONTACT_INFO = 2,
  TRPT_METADATA_HAS_REPORT_ID = 4,
  TRPT_METADATA_HAS_START = 8, /**< of `start_text`; it may be unreadable, see `start` */
  TRPT_METADATA_HAS_END = 16   /**< of `end_text` */
};

/** The type with this name (case matters, RFC 8460 s4.4); TRPT_POLICY_UNKNOWN for any other name and for NULL. */
TRPT_API trpt_policy_type trpt_policy_type_from_name(const char *name, size_t len);

/** Name as written in reports, "sts"; NULL for TRPT_POLICY_UNKNOWN and any other number. Static lifetime. */
TRPT_API const char *trpt_policy_type_name(trpt_policy_type type);

/** Name for people, "MTA-STS"; NULL for TRPT_POLICY_UNKNOWN and any other number. Static lifetime. */
TRPT_API const char *trpt_policy_type_title(trpt_policy_type type);

/** The type with this name (case matters); TRPT_RESULT_UNKNOWN for any other name and for NULL. */
TRPT_API trpt_result_type trpt_result_type_from_name(const char *name, size_t len);

/** Name as written in reports, "certificate-expired"; NULL for unknown. Static lifetime. */
TRPT_API const char *trpt_result_type_name(trpt_result_type type);

/** For people: the first sentence says what failed, the others what to check. Static lifetime, never NULL. */
TRPT_API const char *trpt_result_type_description(trpt_result_type type);

/** Group of a type; TRPT_GROUP_UNKNOWN for unknown. */
TRPT_API trpt_result_group trpt_result_type_group(trpt_result_type type);

/**
 * Whether a session that fails in this way loses its mail once the domain enforces its MTA-STS policy: RFC 8461 s5
 * forbids the sender to deliver. If the policy itself cannot be fetched, the sender delivers as if there were none
 * (s3.3).
 *
 * @return 1 or 0; 1 also for an unknown type, which is expected to lose mail
 */
TRPT_API int32_t trpt_result_type_loses_mail(trpt_result_type type);

/** The number of policy types that this libtrpt knows. */
TRPT_API uint32_t trpt_policy_type_count(void);

/** The number of result types that this libtrpt knows. */
TRPT_API uint32_t trpt_result_type_count(void);

#ifdef __cplusplus
}
#endif

#endif


#ifdef __cplusplus
extern "C" {
#endif

/** Allocates the memory of `*_new` and of report trees. The caller fills it. */
typedef struct trpt_allocator {
  size_t struct_size;                         /**< sizeof(trpt_allocator) */
  void *(*allocate)(void *user, size_t size); /**< aligned like malloc; NULL if there is no memory */
  void (*release)(void *user, void *memory, size_t size);
  void *user;
} trpt_allocator;

/** The JSON tokenizer. docs/maintainers/tokenizers.md lists the few cases in which they differ. */
typedef int32_t trpt_tokenizer;
enum {
  TRPT_TOKENIZER_DEFAULT = 0,
  TRPT_TOKENIZER_BUILTIN = 1, /**< libtrpt's own, the default */
  TRPT_TOKENIZER_YAJL = 2     /**< yajl; TRPT_E_UNSUPPORTED if it is not in this build */
};

/** What to check, and limits. The caller fills it; zero in a member means its default, in brackets. */
typedef struct trpt_options {
  size_t struct_size; /**< sizeof(trpt_options) */
  uint32_t flags;     /**< TRPT_STRICT, TRPT_NO_INFLATE, TRPT_NO_DIAGNOSTICS, TRPT_SEQUENCE */
  trpt_tokenizer tokenizer;
  uint32_t max_depth;       /**< nesting of objects and arrays [16]; of values that are not read at least 64 */
  uint32_t max_string;      /**< bytes of one stored string, decoded [16 KiB] */
  uint32_t max_strings;     /**< elements of one `policy-string` or `mx-host` [1024] */
  uint32_t max_entry;       /**< bytes of all strings of one policy with one failure [64 KiB]; half of it for lists */
  uint32_t max_held;        /**< bytes of pending failures, which precede their policy object [64 KiB] */
  uint32_t max_policies;    /**< [100000] */
  uint32_t max_diagnostics; /**< emitted, or stored in a tree; the rest are only counted [1000] */
  uint32_t max_ratio;       /**< inflated : compressed, after the first MiB [200] */
  uint64_t max_failures;    /**< in all policies together [10 million] */
  uint64_t max_input;       /**< bytes of input, compressed or not [64 MiB] */
  uint64_t max_inflated;    /**< bytes of JSON text inflated from gzip [256 MiB] */
  uint64_t max_memory;      /**< bytes of a whole-report tree [256 MiB] */
  int64_t now;              /**< Unix seconds, for report.future-window [0: not checked] */
  const trpt_allocator *allocator; /**< [malloc and free]; copied */
} trpt_options;

/** The type of an event. */
typedef int32_t trpt_event_type;
enum { TRPT_EVENT_FAILURE = 1, TRPT_EVENT_POLICY = 2, TRPT_EVENT_REPORT = 3, TRPT_EVENT_DIAGNOSTIC = 4 };

/**
 * One event. It and everything that it points to are valid until the next call on the parser.
 *
 * A FAILURE comes before the POLICY with the same index. REPORT comes last, and only if the whole input was read and is
 * good. DIAGNOSTICs about an element come before the element.
 */
typedef struct trpt_event {
  trpt_event_type type;
  uint32_t reserved;                 /**< 0 */
  const trpt_policy *policy;         /**< POLICY; FAILURE, with counts of 0 */
  const trpt_failure *failure;       /**< FAILURE */
  const trpt_metadata *metadata;     /**< REPORT */
  const trpt_diagnostic *diagnostic; /**< DIAGNOSTIC */
} trpt_event;

/** Callbacks for trpt_parser_feed. Each may be NULL, and returns 0 to continue, anything else to stop: TRPT_E_CANCELED.
    The caller fills it. A callback must not call functions on the same parser: TRPT_E_STATE. */
typedef struct trpt_handler {
  size_t struct_size; /**< sizeof(trpt_handler) */
  int (*on_failure)(void *user, const trpt_policy *policy, const trpt_failure *failure);
  int (*on_policy)(void *user, const trpt_policy *policy);
  int (*on_report)(void *user, const trpt_metadata *metadata);
  int (*on_diagnostic)(void *user, const trpt_diagnostic *diagnostic);
  /** With TRPT_SEQUENCE: why one text gave no report. Reading goes on with the next one. */
  int (*on_fault)(void *user, const trpt_error *fault);
} trpt_handler;

/** Parses one report at a time. One thread at a time may use it. */
typedef struct trpt_parser trpt_parser;

/**
 * Bytes of memory that trpt_parser_init needs with these options, including bytes for alignment. A parser never needs
 * more. At most half a MiB with the defaults, or one MiB with yajl. 0 for invalid options.
 */
TRPT_API size_t trpt_parser_size(const trpt_options *options);

/**
 * Makes a parser in the caller's memory, which need not be aligned. `options` is copied. The parser owns no other
 * memory, except for the tree that an unfinished trpt_report_read has begun, which comes from options->allocator. So
 * call trpt_parser_reset, which frees that tree, before you release the memory while trpt_report_read is in progress.
 * At any other time there is nothing to free.
 *
 * @return TRPT_OK; TRPT_E_BUFFER if `size` is less than trpt_parser_size(options); TRPT_E_ARGUMENT; TRPT_E_UNSUPPORTED
 */
TRPT_API trpt_status trpt_parser_init(trpt_parser **out, void *memory, size_t size, const trpt_options *options);

/** The same in one allocation. Free it with trpt_parser_free. Also TRPT_E_MEMORY. */
TRPT_API trpt_status trpt_parser_new(trpt_parser **out, const trpt_options *options);

/** Frees the memory of trpt_parser_new and the tree of an unfinished trpt_report_read. For a parser of trpt_parser_init
    it frees only that tree. NULL is allowed. It does nothing inside a callback. */
TRPT_API void trpt_parser_free(trpt_parser *parser);

/** Prepares for the next report with the same options and memory, without allocation. It does nothing inside a
    callback. */
TRPT_API void trpt_parser_reset(trpt_parser *parser);

/** The error of the last call; status 0 if it succeeded. Never NULL; valid until the next call on the parser. */
TRPT_API const trpt_error *trpt_parser_error(const trpt_parser *parser);

/**
 * Whether the input has ended for this parser: each further call returns the error of the last one, or TRPT_END, until
 * trpt_parser_reset. A program that reads on after the errors of a sequence stops here. O(1).
 *
 * @return 1 or 0; 0 for NULL
 */
TRPT_API int32_t trpt_parser_has_ended(const trpt_parser *parser);

/** Bytes inflated from gzip since the parser was made or reset; 0 for plain JSON, and for NULL. For callers that limit
    the sum over several inputs. O(1). */
TRPT_API uint64_t trpt_parser_inflated(const trpt_parser *parser);

/**
 * Pull: reads bytes until there is an event.
 *
 * On TRPT_OK process the event, then call again with the remaining bytes, which begin at `data + *used` and may have
 * moved. At the end of the input call with `data == NULL, len == 0` until TRPT_END. A call with
 * `data != NULL, len == 0` adds no input, but earlier bytes may still give events.
 *
 * @param used   number of consumed bytes; may be NULL
 * @param event  set on TRPT_OK, else NULL
 * @return TRPT_OK: `*event` is set; TRPT_MORE: all bytes were consumed, pass more; TRPT_END: the input was read to its
 *         end; or an error, which every call returns until trpt_parser_reset, except for that of one text of a
 *         sequence. TRPT_E_ARGUMENT and TRPT_E_STATE (bytes after the end of the input) apply to one call only.
 */
TRPT_API trpt_status trpt_parser_read(trpt_parser *parser, const void *data, size_t len, size_t *used,
                                      const trpt_event **event);

/** Push: sets the callbacks, at any time between calls. `handler` is copied. A handler whose members are NULL removes
    them. */
TRPT_API trpt_status trpt_parser_set_handler(trpt_parser *parser, const trpt_handler *handler, void *user);

/** Push: reads all bytes and calls back for each event. TRPT_OK: all bytes were consumed. Errors as trpt_parser_read.
    With TRPT_SEQUENCE the errors of texts go to on_fault; if there is none, the first of them is returned after all
    bytes were read. */
TRPT_API trpt_status trpt_parser_feed(trpt_parser *parser, const void *data, size_t len);

/** Push: the input has ended. TRPT_OK: the report was read to its end. Errors as trpt_parser_read. */
TRPT_API trpt_status trpt_parser_finish(trpt_parser *parser);

#ifdef __cplusplus
}
#endif

#endif

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


/* SPDX-License-Identifier: MIT */
#ifndef TRPT_POLICY_H
#define TRPT_POLICY_H

/**
 * @file
 * @brief MTA-STS lines, TLSA records and MX patterns in TLSRPT reports
 *
 * Parses the contents of `policy-string` and `mx-host` of a report: MTA-STS policy lines (RFC 8461), TLSA records (RFC
 * 6698) and MX patterns. The functions are pure and allocate nothing. The strings that they return point into the
 * caller's text.
 */




#ifdef __cplusplus
extern "C" {
#endif

/** `mode` of an MTA-STS policy, RFC 8461 s3.2. */
typedef int32_t trpt_sts_mode;
enum { TRPT_STS_MODE_UNKNOWN = 0, TRPT_STS_MODE_NONE = 1, TRPT_STS_MODE_TESTING = 2, TRPT_STS_MODE_ENFORCE = 3 };

/** The data of a TLSA record, RFC 6698 s2.1. The caller owns it; its size never changes. */
typedef struct trpt_tlsa {
  uint32_t usage;         /**< 0 to 255; SMTP uses 2 (DANE-TA) and 3 (DANE-EE), RFC 7672 s3.1 */
  uint32_t selector;      /**< 0: full certificate, 1: public key */
  uint32_t matching_type; /**< 0: exact, 1: SHA-256, 2: SHA-512 */
  uint32_t reserved;      /**< 0 */
  trpt_str data;          /**< hex digits as written */
} trpt_tlsa;

/**
 * Splits a line of an MTA-STS policy, "mx: *.example.com", into key and value, RFC 8461 s3.2. A line end (LF or CRLF)
 * and blanks after the value are left out. Keys are not checked, since unknown ones are legal.
 *
 * @return TRPT_OK; TRPT_E_SYNTAX if the line is not `key: value`; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_sts_line_parse(const char *line, size_t len, trpt_str *key, trpt_str *value);

/**
 * Parses a TLSA record in presentation form, "3 1 1 8cb0fc6c…", RFC 6698 s2.2. Blanks inside the hex data, which zone
 * files allow, are accepted and stay in `data`.
 *
 * @return TRPT_OK; TRPT_E_SYNTAX if it is not three numbers from 0 to 255 and an even, positive number of hex digits;
 *         TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_tlsa_parse(const char *text, size_t len, trpt_tlsa *out);

/** The mode with this name (case matters); TRPT_STS_MODE_UNKNOWN for any other name and for NULL. */
TRPT_API trpt_sts_mode trpt_sts_mode_from_name(const char *name, size_t len);

/** Name of a mode, "enforce"; NULL for unknown. Static lifetime. */
TRPT_API const char *trpt_sts_mode_name(trpt_sts_mode mode);

/**
 * The mode of an MTA-STS policy, from its lines in `strings`. The first `mode` line counts, even if its value is not a
 * mode. Lines that a sender wrote into one string are read too. Takes time linear in the strings up to that line.
 *
 * @return TRPT_STS_MODE_UNKNOWN if `policy` is NULL, is not of type TRPT_POLICY_STS, or has no readable mode
 */
TRPT_API trpt_sts_mode trpt_policy_mode(const trpt_policy *policy);

/**
 * Whether a host name matches an MX pattern of an MTA-STS policy, RFC 8461 s4.1. They are compared without regard to
 * case; the "*" of "*.example.com" matches exactly one label. One trailing dot of either is ignored.
 *
 * @return 1 or 0; 0 if either is NULL or empty
 */
TRPT_API int32_t trpt_mx_match(const char *pattern, size_t pattern_len, const char *host, size_t host_len);

#ifdef __cplusplus
}
#endif

#endif
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
/* SPDX-License-Identifier: MIT */
#ifndef TRPT_ROWS_H
#define TRPT_ROWS_H

/**
 * @file
 * @brief Writes TLSRPT reports as rows of a table
 *
 * Rows for databases, spreadsheets and data pipelines: each policy of a report becomes one row with its totals, and
 * each failure one row with its own count. docs/rows.md describes the columns, the formats and how databases load them.
 * Writing text allocates nothing.
 *
 * The rows of a report belong together. trpt_rows_report writes all of them, but the function that receives the text
 * may fail in between. A program that must not keep part of a report collects the text of one call, and stores it when
 * the call returns TRPT_OK.
 *
 * Programs that read columns, such as DuckDB, Polars and Spark, get the same rows from a trpt_batch by the Arrow C Data
 * Interface. A batch allocates its memory.
 */

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

#ifdef __cplusplus
extern "C" {
#endif

/**
 * How rows are written. The text is UTF-8; NUL and bytes that are not UTF-8 become U+FFFD. JSON escapes invisible
 * characters. In CSV and TSV, C0 other than TAB, LF and CR, DEL, C1 and the bidirectional controls become U+FFFD, since
 * a terminal executes them.
 */
typedef int32_t trpt_rows_format;
enum {
  TRPT_ROWS_NDJSON = 0, /**< one JSON object in each line; a value that is absent is null */
  TRPT_ROWS_CSV = 1,    /**< RFC 4180; a value that is absent is an empty cell, and an empty text is "" */
  TRPT_ROWS_TSV = 2     /**< TAB, LF, CR and backslash in a cell are escaped; a value that is absent is an empty cell */
};

/** Flags of trpt_rows_options. */
enum {
  /**
   * TRPT_ROWS_CSV, TRPT_ROWS_TSV: write a cell that a spreadsheet could execute as a formula without the apostrophe in
   * front, so that a database stores the text of the report. Never open such a file in a spreadsheet.
   */
  TRPT_ROWS_NO_FORMULA_GUARD = 1
};

/** What rows look like. Zero in a member means its default. The caller fills it. */
typedef struct trpt_rows_options {
  size_t struct_size;      /**< sizeof(trpt_rows_options) */
  trpt_rows_format format; /**< [TRPT_ROWS_NDJSON] */
  uint32_t flags;          /**< 0 or TRPT_ROWS_NO_FORMULA_GUARD */
} trpt_rows_options;

/** Writes rows. It belongs to one thread at a time. */
typedef struct trpt_rows trpt_rows;

/** Bytes of memory that trpt_rows_init needs, including room to align it: about 10 KiB, whatever the reports. */
TRPT_API size_t trpt_rows_size(void);

/**
 * Makes a writer of rows in the caller's memory, which may have any alignment. The writer owns no other memory: there
 * is nothing to free. Call it again on the same memory to start anew, for example after TRPT_E_CANCELED.
 *
 * @param options  copied; NULL for the defaults
 * @param write    receives the text; it must not call functions on the same writer, which refuse with TRPT_E_STATE
 * @return TRPT_OK; TRPT_E_BUFFER if `size` is less than trpt_rows_size(); TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_init(trpt_rows **out, void *memory, size_t size, const trpt_rows_options *options,
                                    trpt_write_fn write, void *user);

/**
 * Writes the header line of TRPT_ROWS_CSV and TRPT_ROWS_TSV, the names of the columns; for TRPT_ROWS_NDJSON nothing.
 * Without this call there is no header.
 *
 * @return TRPT_OK; TRPT_E_CANCELED, which stays until trpt_rows_init; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_header(trpt_rows *rows);

/**
 * Writes all rows of a report; a report without policies has none. When it returns, `write` has received all of the
 * text. The writer keeps nothing of the report or the source.
 *
 * @param source  its name becomes the column `source` and must not be absent
 * @return TRPT_OK; TRPT_E_CANCELED, which stays until trpt_rows_init; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_report(trpt_rows *rows, const trpt_report *report, const trpt_source *source);

/**
 * Writes one row of kind `error` for an input that cannot be read: the code of the error, or the name of its status if
 * it has none, and its message. Its report_key identifies the name of the source and that code, so the same error is
 * stored once if it is loaded twice.
 *
 * @param source  as for trpt_rows_report; its key is ignored
 * @return TRPT_OK; TRPT_E_CANCELED, which stays until trpt_rows_init; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_error(trpt_rows *rows, const trpt_error *error, const trpt_source *source);

/**
 * Writes the rows of all reports of an input that is whole in memory, and one row of kind `error` for each that cannot
 * be read. The reports, their names and errors, and `source` are as for trpt_reports_json; its name must not be absent.
 *
 * @return TRPT_OK: all was written; TRPT_E_CANCELED, which stays until trpt_rows_init; TRPT_E_MEMORY: the rows before
 *         are complete; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_rows_reports(trpt_rows *rows, trpt_parser *parser, const void *data, size_t len,
                                       const trpt_source *source);

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

/** Flag of ArrowSchema: whether the order of a dictionary has a meaning. */
#define ARROW_FLAG_DICTIONARY_ORDERED 1
/** Flag of ArrowSchema: whether values may be null. */
#define ARROW_FLAG_NULLABLE 2
/** Flag of ArrowSchema: whether the keys of a map are sorted. */
#define ARROW_FLAG_MAP_KEYS_SORTED 4

/** A type of the Arrow C Data Interface, as that specification declares it. Whoever owns it calls `release` once. */
struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *self);
  void *private_data;
};

/** Values of the Arrow C Data Interface, as that specification declares them. Whoever owns them calls `release`
    once. */
struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *self);
  void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

/** A stream of the Arrow C Stream Interface, as that specification declares it. Functions return 0 or an errno. */
struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *self, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *self, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *self);
  void (*release)(struct ArrowArrayStream *self);
  void *private_data;
};

#endif

/** The tables of a batch. Later versions may add columns at the end of a table. */
typedef int32_t trpt_table;
enum {
  TRPT_TABLE_ROWS = 0, /**< the rows of docs/rows.md */
  /** source, report_key, severity, code, line, column, offset, where, message, section: the diagnostics of all items */
  TRPT_TABLE_DIAGNOSTICS = 1,
  TRPT_TABLE_BAD = 2 /**< source, status, code, line, column, offset, where, message: items that could not be read */
};

/**
 * Describes the columns of a table as a struct type, whose children are the columns: utf8 for text, int32 for indexes,
 * lines and columns, int64 for counts and offsets, timestamp in microseconds and UTC for times. Columns that are never
 * null lack ARROW_FLAG_NULLABLE.
 *
 * @param allocator  allocates the description and must live until its release; copied; NULL for malloc and free
 * @param out        on TRPT_OK the caller owns it and calls its `release`; otherwise all zeros
 * @return TRPT_OK; TRPT_E_MEMORY; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_table_schema(trpt_table table, const trpt_allocator *allocator, struct ArrowSchema *out);

/** One item for a batch: a report, bytes that should be a report, or an error. The caller fills it. */
typedef struct trpt_batch_item {
  size_t struct_size;        /**< sizeof(trpt_batch_item) */
  const trpt_source *source; /**< its name becomes the column `source` and must not be absent */
  const void *data;          /**< bytes to parse, plain JSON or gzip; NULL if there is a report or an error */
  size_t len;
  /** A report. With `error`: NULL, or what trpt_report_unfinished returned, whose diagnostics then belong to the
      item. */
  const trpt_report *report;
  const trpt_error *error; /**< why the item could not be read */
} trpt_batch_item;

/** What a batch reads, and limits. The caller fills it; zero in a member means its default, in brackets. */
typedef struct trpt_batch_options {
  size_t struct_size; /**< sizeof(trpt_batch_options) */
  /** Bytes of all buffers of one table, at least 64 KiB and at most 1 GiB. Buffers grow by doubling [64 MiB]. */
  uint64_t max_table;
  /** How items are parsed. Its allocator also allocates the batch, its arrays and its streams. Arrays may be released
      in other threads, so it must allow that. Without TRPT_SEQUENCE: add the reports of trpt_report_next one by one.
      Copied [NULL: the parser's defaults] */
  const trpt_options *report;
  /**
   * Provides the next item for a stream. It fills `item`, whose members are zero before except for struct_size. What
   * they point to must stay valid until the next call or until `done`. It must not call functions on the same batch or
   * its streams, which return TRPT_E_STATE. TRPT_OK: there is an item; TRPT_END: there are no more; an error: the
   * stream fails.
   */
  trpt_status (*next)(void *user, trpt_batch_item *item);
  void (*done)(void *user); /**< called once, when the batch and all its streams are gone; may be NULL */
  void *user;
} trpt_batch_options;

/**
 * Collects reports as columns. One thread at a time may use a batch and its streams. The arrays that they export belong
 * to their consumers, who may use and release them in any thread, also after the batch is gone. For each table the memory
 * of one released array of at most 4 MiB stays for the next rows; it is freed with the batch and its last array.
 *
 * All rows of a report are in one array, followed by the rows of other reports. An item that cannot be read has one row
 * in TRPT_TABLE_BAD and none in TRPT_TABLE_ROWS.
 */
typedef struct trpt_batch trpt_batch;

/** Makes an empty batch. Free it with trpt_batch_free.
 *
 * @return TRPT_OK; TRPT_E_MEMORY; TRPT_E_UNSUPPORTED; TRPT_E_ARGUMENT */
TRPT_API trpt_status trpt_batch_new(trpt_batch **out, const trpt_batch_options *options);

/** Frees the batch, and the rows that were not exported. Streams of the batch stay usable, and the memory of the batch
    is freed with the last of them. Exported arrays are not affected. NULL is allowed. It does nothing inside `next`. */
TRPT_API void trpt_batch_free(trpt_batch *batch);

/**
 * Adds an item to the tables. Text is as in TRPT_ROWS_NDJSON: NUL and bytes that are not UTF-8 become U+FFFD. A value
 * that its type cannot hold, such as a count above 2^63 - 1, becomes null; see trpt_batch_overflow_count. A report that
 * does not fit into empty tables becomes an item that could not be read. The batch keeps nothing of the item. The cost
 * is that of parsing and of copying the cells.
 *
 * @return TRPT_OK: the item is in the tables, also if it could not be read. TRPT_E_LIMIT: a table is full, and nothing
 *         was added: export the tables that have rows, then add the item again. TRPT_E_MEMORY: nothing was added.
 *         TRPT_E_STATE; TRPT_E_ARGUMENT, also if the name of the source alone does not fit into an empty table
 */
TRPT_API trpt_status trpt_batch_add(trpt_batch *batch, const trpt_batch_item *item);

/** The number of rows that a table has and that were not exported; 0 for NULL and for an unknown table. */
TRPT_API uint64_t trpt_batch_count(const trpt_batch *batch, trpt_table table);

/** The number of values in all items added so far that became null because their column's type cannot hold them; 0 for
    NULL. */
TRPT_API uint64_t trpt_batch_overflow_count(const trpt_batch *batch);

/**
 * Moves the rows of a table to the caller, as a struct array whose children are the columns. The table is empty after
 * it, and the batch can be used again. O(columns): no cell is copied. A table without rows gives an array of length 0.
 *
 * @param out  on TRPT_OK the caller owns it and calls its `release`; otherwise all zeros
 * @return TRPT_OK; TRPT_E_MEMORY with the table unchanged; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_batch_export(trpt_batch *batch, trpt_table table, struct ArrowArray *out);

/**
 * Makes a stream of the rows of a table. Without `next` it consists of the rows that the table has when it is read.
 * Otherwise it calls `next` until the table has 512 KiB, is full, or there are no more items. The rows for the other
 * tables wait there. If another table is full before this one has a row, the stream fails with TRPT_E_LIMIT: read the
 * streams of all tables in turn, or let max_table be larger, or set TRPT_NO_DIAGNOSTICS. Rows that come before an error
 * are returned before it.
 *
 * @param out  on TRPT_OK the caller owns it and calls its `release`; otherwise all zeros
 * @return TRPT_OK; TRPT_E_MEMORY; TRPT_E_STATE; TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_batch_stream(trpt_batch *batch, trpt_table table, struct ArrowArrayStream *out);

#ifdef __cplusplus
}
#endif

#endif

/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TIME_H
#define TRPT_TIME_H

/**
 * @file
 * @brief Date-times of TLSRPT reports
 *
 * Converts RFC 3339 date-times, as in `start-datetime` and `end-datetime` of a report, to and from Unix seconds. The
 * functions use neither a locale nor the time zone of the machine, and allocate nothing. Any thread may call them.
 */



#ifdef __cplusplus
extern "C" {
#endif

/**
 * Parses a date-time of RFC 3339 s5.6, such as "2016-04-01T00:00:00Z" or "2016-04-01T02:00:00.5+02:00", into seconds
 * since 1970-01-01T00:00:00Z. A fraction is dropped, second 60 is the next second, and `t` and `z` count as `T` and
 * `Z`.
 *
 * @return TRPT_OK; TRPT_E_SYNTAX for a text that is not such a date-time (`*seconds` is then INT64_MIN);
 *          TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_time_parse(const char *text, size_t len, int64_t *seconds);

/**
 * Writes seconds since 1970-01-01T00:00:00Z as "2016-04-01T00:00:00Z" and a NUL to `buffer`.
 *
 * @param capacity  bytes of `buffer`; with `buffer == NULL` and 0 only `*needed` is set
 * @param needed    length of the text without the NUL: 20; may be NULL
 * @return TRPT_OK; TRPT_E_BUFFER, with `buffer` untouched, if `capacity` is not above `*needed`; TRPT_E_ARGUMENT, also
 *         for a time outside of the years 0000 to 9999, which RFC 3339 cannot express
 */
TRPT_API trpt_status trpt_time_format(int64_t seconds, char *buffer, size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif

#endif


#endif
