/* SPDX-License-Identifier: MIT */
#ifndef TRPT_STATUS_H
#define TRPT_STATUS_H

/**
 * @file
 * @brief Status codes, errors, strings and version of the TLSRPT library
 *
 * Status codes, flags, errors with a place, byte strings and the version.
 *
 * Rules that hold for every function of libtrpt:
 * - Any bytes are accepted as input; nothing needs to end in NUL, and no input can crash the library.
 * - NULL, or an argument without a sense, is answered with TRPT_E_ARGUMENT. Only `trpt_error *`, `size_t *used`,
 *   `size_t *needed` and `const trpt_options *` may be NULL.
 * - Out-parameters are always set, also on an error. The library never keeps their address.
 * - There is no global mutable state. Two objects share nothing: any thread may use any object, one thread at a time.
 */

#include <stddef.h>
#include <stdint.h>

#if defined(TRPT_BUILD) && defined(__GNUC__)
#define TRPT_API __attribute__((visibility("default")))
#else
#define TRPT_API
#endif

/** Version that a program is compiled against; trpt_version() tells the one that runs. */
#define TRPT_VERSION_STRING "0.1.0"
/** The same as a number: major << 16 | minor << 8 | patch. */
#define TRPT_VERSION_NUMBER 0x000100

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Bytes that somebody else owns: `len` bytes from `ptr`, with no NUL behind them and perhaps some among them.
 * `ptr == NULL` means absent; an empty string has a `ptr` and `len == 0`.
 */
typedef struct trpt_str {
  const char *ptr;
  size_t len;
} trpt_str;

/** Receives text, in chunks of any size. Returns 0 to continue, anything else to stop: TRPT_E_CANCELED. */
typedef int (*trpt_write_fn)(void *user, const char *data, size_t len);

/** 0: done; above 0: an ordinary end; below 0: an error. Later versions may add values. */
typedef int32_t trpt_status;
enum {
  TRPT_OK = 0,
  TRPT_END = 1,  /**< nothing is left */
  TRPT_MORE = 2, /**< everything was taken: give more */

  TRPT_E_ARGUMENT = -1,    /**< the caller's mistake: NULL, an unknown flag, a struct_size of 0 or above 4096 */
  TRPT_E_STATE = -2,       /**< not now: out of order, or from inside a callback of the same object */
  TRPT_E_MEMORY = -3,      /**< an allocation failed */
  TRPT_E_LIMIT = -4,       /**< the input exceeds a limit of the options; the message names the limit and its value */
  TRPT_E_CANCELED = -5,    /**< a callback asked to stop */
  TRPT_E_BUFFER = -6,      /**< the caller's buffer is too small; `*needed` says how long the text is */
  TRPT_E_UNSUPPORTED = -7, /**< left out of this build */
  TRPT_E_SYNTAX = -8,      /**< the text handed in does not have the form that the function reads */

  TRPT_E_NOT_TLSRPT = -10,   /**< the text is no TLSRPT record: its version is missing */
  TRPT_E_NO_RECORD = -11,    /**< among these texts is no TLSRPT record */
  TRPT_E_MANY_RECORDS = -12, /**< more than one TLSRPT record: the domain counts as having none, RFC 8460 s3 */
  TRPT_E_RECORD = -13,       /**< a TLSRPT record that breaks the grammar of RFC 8460 s3 */

  TRPT_E_JSON = -20,        /**< not JSON (RFC 8259), or in strict mode not I-JSON (RFC 7493) */
  TRPT_E_SCHEMA = -21,      /**< JSON, but no report as in RFC 8460 s4.4 */
  TRPT_E_TRUNCATED = -22,   /**< the input ends too early */
  TRPT_E_COMPRESSION = -23, /**< broken gzip (RFC 1952) */

  TRPT_E_NO_REPORT = -30, /**< the mail holds no report */
  TRPT_E_MAIL = -31       /**< the mail cannot be read */
};

/** Flags, for the `uint32_t flags` of records and of trpt_options. An unknown bit is TRPT_E_ARGUMENT. */
enum {
  /** Records: refuse what the grammar refuses. Reports: fail at the first error-level diagnostic. */
  TRPT_STRICT = 1,
  /** Reports: read the input as JSON text even if it begins like gzip. */
  TRPT_NO_INFLATE = 2,
  /** Reports: check only what changes the reading. There are no diagnostics, and their counts are 0. Not with TRPT_STRICT. */
  TRPT_NO_DIAGNOSTICS = 4,
  TRPT_NO_FINDINGS = 4 /**< another name of TRPT_NO_DIAGNOSTICS */
};

/**
 * What went wrong, and where. The caller owns it and the library fills it; its size never changes. A function that
 * succeeds fills it with zeros.
 */
typedef struct trpt_error {
  trpt_status status;
  uint32_t line;     /**< 1-based; 0: not known */
  uint32_t column;   /**< 1-based, in bytes; 0: not known */
  uint32_t reserved; /**< 0 */
  /** Of the first byte that is wrong, in the record or JSON text; for TRPT_E_COMPRESSION in the compressed bytes. */
  uint64_t offset;
  const char *code; /**< the diagnostic's code, of static lifetime (see diagnostic.h), or NULL */
  /** Path of the member, "policies[3].failure-details[12].result-type" or "rua[1]". It is made of names that the RFC
      defines and of indexes, never of input text; cut with "..." where too long; "" for the top level. */
  char where[128];
  char message[128]; /**< one English sentence in printable ASCII */
} trpt_error;

/** Name of a status, "TRPT_E_JSON"; "TRPT_E_UNKNOWN" for a number that is none. Static lifetime, never NULL. */
TRPT_API const char *trpt_status_name(trpt_status status);

/** One English sentence for a status. Static lifetime, never NULL. */
TRPT_API const char *trpt_status_message(trpt_status status);

/** Version of the library that is running, "0.1.0"; TRPT_VERSION_STRING is the one that was compiled against. */
TRPT_API const char *trpt_version(void);

/** The same as a number that can be compared: major << 16 | minor << 8 | patch. */
TRPT_API uint32_t trpt_version_number(void);

#ifdef __cplusplus
}
#endif

#endif
