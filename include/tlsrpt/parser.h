/* SPDX-License-Identifier: MIT */
#ifndef TRPT_PARSER_H
#define TRPT_PARSER_H

/**
 * @file
 * @brief Streaming parser for TLSRPT reports
 *
 * A streaming parser for reports, RFC 8460 s4: give it bytes in chunks of any size, plain JSON or gzip, and it gives events.
 * All its memory is reserved at the start: nothing is allocated while it reads, whatever the input.
 *
 * However the bytes are cut into chunks, the events, the diagnostics and the error are the same, offsets included.
 *
 * Lenient (the default) keeps all that can be read and tells what was wrong; a report is refused only where it is not
 * JSON, has no array `policies`, is cut or goes beyond a limit. TRPT_STRICT fails at the first finding of level TRPT_ERROR.
 *
 * A report is a transaction: events that came before an error were read well, but the report as a whole was not.
 */

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/model.h>
#include <tlsrpt/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Where the memory of `*_new` and of report trees comes from. */
typedef struct trpt_allocator {
  size_t struct_size;                         /**< sizeof(trpt_allocator) */
  void *(*allocate)(void *user, size_t size); /**< aligned as malloc aligns; NULL when there is none */
  void (*release)(void *user, void *memory, size_t size);
  void *user;
} trpt_allocator;

/** What splits JSON into tokens. Both give the same events for I-JSON (RFC 7493). */
typedef int32_t trpt_tokenizer;
enum {
  TRPT_TOKENIZER_DEFAULT = 0,
  TRPT_TOKENIZER_BUILTIN = 1, /**< libtrpt's own, the default */
  TRPT_TOKENIZER_YAJL = 2     /**< yajl, slower and less exact (docs/tokenizers.md); not built in: TRPT_E_UNSUPPORTED */
};

/** What to look for, and limits. Zero in a member means its default, in brackets. */
typedef struct trpt_options {
  size_t struct_size; /**< sizeof(trpt_options) */
  uint32_t flags;     /**< TRPT_STRICT, TRPT_NO_INFLATE, TRPT_NO_DIAGNOSTICS */
  trpt_tokenizer tokenizer;
  uint32_t max_depth;              /**< nesting of objects and arrays [16] */
  uint32_t max_string;             /**< bytes of one string that is kept, decoded [16 KiB] */
  uint32_t max_strings;            /**< elements of one `policy-string` or `mx-host` [1024] */
  uint32_t max_entry;              /**< bytes of all strings of one policy with one failure [64 KiB] */
  uint32_t max_held;               /**< bytes of failures held back until their policy object was read [64 KiB] */
  uint32_t max_policies;           /**< [100000] */
  uint32_t max_diagnostics;        /**< handed out, or kept in a tree; the rest are only counted [1000] */
  uint32_t max_ratio;              /**< inflated : compressed, past the first MiB [200] */
  uint64_t max_failures;           /**< in all policies together [10 million] */
  uint64_t max_input;              /**< bytes of input, as given [64 MiB] */
  uint64_t max_inflated;           /**< bytes of JSON text that came out of gzip [256 MiB] */
  uint64_t max_memory;             /**< bytes of a whole-report tree [256 MiB] */
  int64_t now;                     /**< Unix seconds, to find report.future-window [0: not looked for] */
  const trpt_allocator *allocator; /**< [malloc and free]; copied */
} trpt_options;

/** What an event brings. */
typedef int32_t trpt_event_type;
enum { TRPT_EVENT_FAILURE = 1, TRPT_EVENT_POLICY = 2, TRPT_EVENT_REPORT = 3, TRPT_EVENT_DIAGNOSTIC = 4 };

/**
 * What the parser found. It, and all that it points to, is valid until the next call on the parser.
 *
 * FAILURE comes before the POLICY of the same index; REPORT is the last, and comes only if the whole input was read and
 * good. DIAGNOSTICs of an element come before the element.
 */
typedef struct trpt_event {
  trpt_event_type type;
  uint32_t reserved;                 /**< 0 */
  const trpt_policy *policy;         /**< POLICY; FAILURE, where the counts are not yet known */
  const trpt_failure *failure;       /**< FAILURE */
  const trpt_metadata *metadata;     /**< REPORT */
  const trpt_diagnostic *diagnostic; /**< DIAGNOSTIC */
} trpt_event;

/** Callbacks for trpt_parser_feed. Each may be NULL; each returns 0 to go on, anything else to stop: TRPT_E_CANCELED. */
typedef struct trpt_handler {
  size_t struct_size; /**< sizeof(trpt_handler) */
  int (*on_failure)(void *user, const trpt_policy *policy, const trpt_failure *failure);
  int (*on_policy)(void *user, const trpt_policy *policy);
  int (*on_report)(void *user, const trpt_metadata *metadata);
  int (*on_diagnostic)(void *user, const trpt_diagnostic *diagnostic);
} trpt_handler;

/** One report at a time. */
typedef struct trpt_parser trpt_parser;

/**
 * Bytes of memory that trpt_parser_init needs with these options, slack for alignment included: a parser never needs
 * more. Less than half a MiB with the defaults, one MiB with yajl. 0 for options that are not valid.
 */
TRPT_API size_t trpt_parser_size(const trpt_options *options);

/**
 * Makes a parser in the caller's memory, which need not be aligned. `options` is copied. The parser owns no other memory,
 * except for the tree that an unfinished trpt_report_read has begun, which comes from options->allocator. So call
 * trpt_parser_reset, which frees that tree, before you release the memory while trpt_report_read is in progress. At any
 * other time there is nothing to free.
 *
 * @return TRPT_OK; TRPT_E_BUFFER where `size` is less than trpt_parser_size(options); TRPT_E_ARGUMENT; TRPT_E_UNSUPPORTED
 */
TRPT_API trpt_status trpt_parser_init(trpt_parser **out, void *memory, size_t size, const trpt_options *options);

/** The same on one allocation, for trpt_parser_free to give back. Also TRPT_E_MEMORY. */
TRPT_API trpt_status trpt_parser_new(trpt_parser **out, const trpt_options *options);

/** Frees what trpt_parser_new allocated, and the tree of an unfinished trpt_report_read. NULL is fine. A parser of
    trpt_parser_init loses that tree alone. From inside a callback it does nothing. */
TRPT_API void trpt_parser_free(trpt_parser *parser);

/** Makes ready for the next report: same options, same memory, no allocation. From inside a callback it does nothing. */
TRPT_API void trpt_parser_reset(trpt_parser *parser);

/** Why the last call failed; status 0 if it did not. Never NULL; valid until the next call on the parser. */
TRPT_API const trpt_error *trpt_parser_error(const trpt_parser *parser);

/**
 * Pull: reads bytes until there is an event.
 *
 * Call it with what you have; on TRPT_OK handle the event and call again with the rest, `*used` bytes further on, wherever
 * it now lies. `data == NULL, len == 0` says that the input has ended: call it so until TRPT_END. `data != NULL, len == 0`
 * gives nothing new, but bytes taken before may still give events.
 *
 * @param used   bytes taken; may be NULL
 * @param event  set on TRPT_OK, else NULL
 * @return TRPT_OK: `*event` is set; TRPT_MORE: all bytes were taken, give more; TRPT_END: the report was read to its end;
 *         or an error, which stays until trpt_parser_reset. TRPT_E_ARGUMENT and TRPT_E_STATE (bytes after the end was told)
 *         do not stay.
 */
TRPT_API trpt_status trpt_parser_read(trpt_parser *parser, const void *data, size_t len, size_t *used,
                                      const trpt_event **event);

/** Push: sets the callbacks, at any time between calls. `handler` is copied; one whose members are NULL takes them away. */
TRPT_API trpt_status trpt_parser_set_handler(trpt_parser *parser, const trpt_handler *handler, void *user);

/** Push: reads all bytes and calls back for each event. TRPT_OK: all bytes were taken. Errors as trpt_parser_read. */
TRPT_API trpt_status trpt_parser_feed(trpt_parser *parser, const void *data, size_t len);

/** Push: the input has ended. TRPT_OK: the report was read to its end. Errors as trpt_parser_read. */
TRPT_API trpt_status trpt_parser_finish(trpt_parser *parser);

#ifdef __cplusplus
}
#endif

#endif
