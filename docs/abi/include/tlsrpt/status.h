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
