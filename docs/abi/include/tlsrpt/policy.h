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

#include <tlsrpt/model.h>
#include <tlsrpt/status.h>

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
