/* SPDX-License-Identifier: MIT */
#ifndef TRPT_MODEL_H
#define TRPT_MODEL_H

/**
 * @file
 * @brief Policy types and result types of TLSRPT
 *
 * Policy types and result types of RFC 8460: names, groups and what they mean. Pure functions on static tables: they
 * allocate nothing and any thread may call them.
 */

#include <tlsrpt/status.h>

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

/** What a result type speaks of, by the subsections of RFC 8460 s4.3. */
typedef int32_t trpt_result_group;
enum {
  TRPT_GROUP_UNKNOWN = 0,
  TRPT_GROUP_NEGOTIATION = 1, /**< the TLS session with the MX host, s4.3.1 */
  TRPT_GROUP_STS = 2,         /**< the MTA-STS policy, s4.3.2.2 */
  TRPT_GROUP_DANE = 3,        /**< the TLSA records, s4.3.2.1 */
  TRPT_GROUP_GENERAL = 4      /**< validation-failure: anything else, s4.3.3 */
};

/** The type with exactly this name (case matters, RFC 8460 s4.4), TRPT_POLICY_UNKNOWN for any other or for NULL. */
TRPT_API trpt_policy_type trpt_policy_type_from_name(const char *name, size_t len);

/** Name as written in reports, "sts"; NULL for TRPT_POLICY_UNKNOWN and numbers that are no type. Static lifetime. */
TRPT_API const char *trpt_policy_type_name(trpt_policy_type type);

/** The type with exactly this name (case matters), TRPT_RESULT_UNKNOWN for any other or for NULL. */
TRPT_API trpt_result_type trpt_result_type_from_name(const char *name, size_t len);

/** Name as written in reports, "certificate-expired"; NULL for unknown. Static lifetime. */
TRPT_API const char *trpt_result_type_name(trpt_result_type type);

/** For a person: what failed and what to look at. Static lifetime, never NULL. */
TRPT_API const char *trpt_result_type_description(trpt_result_type type);

/** Group of a type; TRPT_GROUP_UNKNOWN for unknown. */
TRPT_API trpt_result_group trpt_result_type_group(trpt_result_type type);

/** How many policy types there are: 3. */
TRPT_API uint32_t trpt_policy_type_count(void);

/** How many result types there are: 11. */
TRPT_API uint32_t trpt_result_type_count(void);

#ifdef __cplusplus
}
#endif

#endif
