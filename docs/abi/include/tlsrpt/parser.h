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

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/model.h>
#include <tlsrpt/status.h>

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
