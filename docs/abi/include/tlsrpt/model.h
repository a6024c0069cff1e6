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
