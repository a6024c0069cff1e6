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

#include <tlsrpt/status.h>

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
