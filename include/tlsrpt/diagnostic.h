/* SPDX-License-Identifier: MIT */
#ifndef TRPT_DIAGNOSTIC_H
#define TRPT_DIAGNOSTIC_H

/**
 * @file
 * @brief Findings about TLSRPT records and reports
 *
 * Findings: what can be wrong with a record or a report, where, how bad, and what to do about it. The catalogue is a
 * static table: reading it allocates nothing, and any thread may.
 */

#include <tlsrpt/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How bad a finding is. Strict mode fails at TRPT_ERROR; nothing else depends on it. */
typedef int32_t trpt_severity;
enum {
  TRPT_INFO = 0,    /**< legal, and worth knowing */
  TRPT_WARNING = 1, /**< against a SHOULD, or likely to be misread by others */
  TRPT_ERROR = 2    /**< against the RFC */
};

/** One finding. The library owns it: it and all it points to are valid as long as the one who handed it out says. */
typedef struct trpt_diagnostic {
  const char *code; /**< "report.null-member"; of static lifetime, and never changed once released */
  trpt_severity severity;
  uint32_t line;       /**< 1-based; 0: not known */
  uint32_t column;     /**< 1-based, in bytes; 0: not known */
  uint32_t reserved;   /**< 0 */
  uint64_t offset;     /**< in the record or JSON text; for "gzip.*" but gzip.ratio in the compressed bytes */
  const char *where;   /**< path, as in trpt_error; never NULL */
  const char *message; /**< what is wrong: one English sentence of static lifetime */
  const char *section; /**< "RFC 8460 s4.4"; of static lifetime */
} trpt_diagnostic;

/** Receives findings. The diagnostic is valid during the call. Returns 0 to go on, anything else to stop. */
typedef int (*trpt_diagnostic_fn)(void *user, const trpt_diagnostic *diagnostic);

/** How many codes the catalogue has. */
TRPT_API uint32_t trpt_diagnostic_count(void);

/** Code number `i`, from 0; NULL where `i` is not below trpt_diagnostic_count(). Static lifetime. */
TRPT_API const char *trpt_diagnostic_code(uint32_t i);

/** Severity of a code; TRPT_INFO for NULL and for a text that is no code. */
TRPT_API trpt_severity trpt_diagnostic_severity(const char *code);

/** Section that a code rests on, "RFC 8460 s4.4"; NULL for a text that is no code. Static lifetime. */
TRPT_API const char *trpt_diagnostic_section(const char *code);

/** What is wrong: one English sentence; NULL for a text that is no code. Static lifetime. */
TRPT_API const char *trpt_diagnostic_message(const char *code);

/** What to do about it, for the one who published the record or sent the report; NULL for a text that is no code.
    Static lifetime. */
TRPT_API const char *trpt_diagnostic_advice(const char *code);

#ifdef __cplusplus
}
#endif

#endif
