/* SPDX-License-Identifier: MIT */
#include "schema.h"

#include <stddef.h>
#include <string.h>

#include "../base/text.h"
#include "parser.h"

/* A member's value begins with a token of this kind. */
#define KIND_STRING TRPT_JSON_STRING
#define KIND_COUNT  TRPT_JSON_NUMBER
#define KIND_OBJECT TRPT_JSON_OBJECT_BEGIN
#define KIND_ARRAY  TRPT_JSON_ARRAY_BEGIN

#define ALIAS(id, context, text, type, inner, member, slot, present, meaning, check)                                   \
  [TRPT_MEMBER_##id] = {text,                                                                                          \
                        "\"" text "\":",                                                                               \
                        sizeof text + 2,                                                                               \
                        TRPT_IN_##context,                                                                             \
                        KIND_##type,                                                                                   \
                        TRPT_IN_##inner,                                                                               \
                        TRPT_MEMBER_##member,                                                                          \
                        slot,                                                                                          \
                        TARGET_##context,                                                                              \
                        present,                                                                                       \
                        TRPT_MEMBER_BIT(TRPT_MEMBER_##id),                                                             \
                        meaning,                                                                                       \
                        check}
#define MEMBER(id, context, text, type, inner, slot, present, meaning, check)                                          \
  ALIAS(id, context, text, type, inner, id, slot, present, meaning, check)
#define METADATA(field) offsetof(trpt_parser, metadata.field)
#define POLICY(field)   offsetof(trpt_parser, policy.field)
#define TOTALS(field)   offsetof(trpt_parser, totals.field)
#define FAILURE(field)  offsetof(trpt_parser, failure.failure.field)
/* What says which members an object has, and where their text goes. */
#define TARGET_REPORT        METADATA(present), offsetof(trpt_parser, report_text)
#define TARGET_DATE_RANGE    TARGET_REPORT
#define TARGET_POLICY        TARGET_POLICY_OBJECT
#define TARGET_POLICY_OBJECT POLICY(present), offsetof(trpt_parser, text)
#define TARGET_SUMMARY       TOTALS(present), 0
#define TARGET_FAILURE       FAILURE(present), offsetof(trpt_parser, text)

/* clang-format off */
const trpt_schema trpt_schemas[TRPT_MEMBER_COUNT] = {
  MEMBER(ORGANIZATION_NAME, REPORT, "organization-name", STRING, NOTHING,
         METADATA(organization_name), TRPT_METADATA_HAS_ORGANIZATION_NAME, false, trpt_check_text),
  MEMBER(DATE_RANGE, REPORT, "date-range", OBJECT, DATE_RANGE, 0, 0, false, NULL),
  MEMBER(CONTACT_INFO, REPORT, "contact-info", STRING, NOTHING,
         METADATA(contact_info), TRPT_METADATA_HAS_CONTACT_INFO, false, trpt_check_contact),
  MEMBER(REPORT_ID, REPORT, "report-id", STRING, NOTHING,
         METADATA(report_id), TRPT_METADATA_HAS_REPORT_ID, false, trpt_check_text),
  MEMBER(POLICIES, REPORT, "policies", ARRAY, POLICIES, 0, 0, false, NULL),

  MEMBER(START_DATETIME, DATE_RANGE, "start-datetime", STRING, NOTHING,
         METADATA(start_text), TRPT_METADATA_HAS_START, true, trpt_check_text),
  MEMBER(END_DATETIME, DATE_RANGE, "end-datetime", STRING, NOTHING,
         METADATA(end_text), TRPT_METADATA_HAS_END, true, trpt_check_text),

  MEMBER(POLICY, POLICY, "policy", OBJECT, POLICY_OBJECT, 0, TRPT_POLICY_HAS_POLICY, false, NULL),
  MEMBER(SUMMARY, POLICY, "summary", OBJECT, SUMMARY, 0, 0, false, NULL),
  MEMBER(FAILURE_DETAILS, POLICY, "failure-details", ARRAY, FAILURES, 0, TRPT_POLICY_HAS_FAILURES, false, NULL),

  MEMBER(POLICY_TYPE, POLICY_OBJECT, "policy-type", STRING, NOTHING,
         POLICY(type_name), TRPT_POLICY_HAS_TYPE, true, trpt_check_text),
  MEMBER(POLICY_STRING, POLICY_OBJECT, "policy-string", ARRAY, POLICY_STRING,
         POLICY(strings), TRPT_POLICY_HAS_STRINGS, false, trpt_check_text),
  MEMBER(POLICY_DOMAIN, POLICY_OBJECT, "policy-domain", STRING, NOTHING,
         POLICY(domain), TRPT_POLICY_HAS_DOMAIN, false, trpt_check_policy_domain),
  MEMBER(MX_HOST, POLICY_OBJECT, "mx-host", ARRAY, MX_HOST,
         POLICY(mx_hosts), TRPT_POLICY_HAS_MX_HOSTS, false, trpt_check_mx_pattern),

  MEMBER(TOTAL_SUCCESSFUL, SUMMARY, "total-successful-session-count", COUNT, NOTHING,
         TOTALS(successful_sessions), TRPT_POLICY_HAS_SUCCESSFUL, false, NULL),
  MEMBER(TOTAL_FAILURE, SUMMARY, "total-failure-session-count", COUNT, NOTHING,
         TOTALS(failed_sessions), TRPT_POLICY_HAS_FAILED, false, NULL),

  MEMBER(RESULT_TYPE, FAILURE, "result-type", STRING, NOTHING,
         FAILURE(type_name), TRPT_FAILURE_HAS_TYPE, true, trpt_check_text),
  MEMBER(SENDING_MTA_IP, FAILURE, "sending-mta-ip", STRING, NOTHING,
         FAILURE(sending_mta_ip), TRPT_FAILURE_HAS_SENDING_MTA_IP, false, trpt_check_address),
  MEMBER(RECEIVING_MX_HOSTNAME, FAILURE, "receiving-mx-hostname", STRING, NOTHING,
         FAILURE(receiving_mx_hostname), TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, true, trpt_check_host),
  MEMBER(RECEIVING_MX_HELO, FAILURE, "receiving-mx-helo", STRING, NOTHING,
         FAILURE(receiving_mx_helo), TRPT_FAILURE_HAS_RECEIVING_MX_HELO, false, trpt_check_text),
  MEMBER(RECEIVING_IP, FAILURE, "receiving-ip", STRING, NOTHING,
         FAILURE(receiving_ip), TRPT_FAILURE_HAS_RECEIVING_IP, false, trpt_check_address),
  MEMBER(FAILED_SESSION_COUNT, FAILURE, "failed-session-count", COUNT, NOTHING,
         FAILURE(failed_sessions), TRPT_FAILURE_HAS_FAILED_SESSIONS, false, NULL),
  MEMBER(ADDITIONAL_INFORMATION, FAILURE, "additional-information", STRING, NOTHING,
         FAILURE(additional_information), TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, false, trpt_check_information),
  MEMBER(FAILURE_REASON_CODE, FAILURE, "failure-reason-code", STRING, NOTHING,
         FAILURE(failure_reason_code), TRPT_FAILURE_HAS_REASON_CODE, false, trpt_check_text),

  /* Value names of the figure in RFC 8460 s4.4, and a name of the drafts, taken for member names. */
  ALIAS(MX_HOST_PATTERN, POLICY_OBJECT, "mx-host-pattern", ARRAY, MX_HOST, MX_HOST,
        POLICY(mx_hosts), TRPT_POLICY_HAS_MX_HOSTS, false, trpt_check_mx_pattern),
  ALIAS(ADDITIONAL_INFO_URI, FAILURE, "additional-info-uri", STRING, NOTHING, ADDITIONAL_INFORMATION,
        FAILURE(additional_information), TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, false, trpt_check_information),
  ALIAS(FAILURE_ERROR_CODE, FAILURE, "failure-error-code", STRING, NOTHING, FAILURE_REASON_CODE,
        FAILURE(failure_reason_code), TRPT_FAILURE_HAS_REASON_CODE, false, trpt_check_text),
};

/* In one object hardly two names are of the same length: the candidate for each, and the one after it. */
enum { LONGEST_NAME = 31 };
static const uint8_t by_length[TRPT_CONTEXT_COUNT][LONGEST_NAME + 1] = {
  [TRPT_IN_REPORT] = {[17] = TRPT_MEMBER_ORGANIZATION_NAME, [10] = TRPT_MEMBER_DATE_RANGE,
                      [12] = TRPT_MEMBER_CONTACT_INFO, [9] = TRPT_MEMBER_REPORT_ID, [8] = TRPT_MEMBER_POLICIES},
  [TRPT_IN_DATE_RANGE] = {[14] = TRPT_MEMBER_START_DATETIME, [12] = TRPT_MEMBER_END_DATETIME},
  [TRPT_IN_POLICY] = {[6] = TRPT_MEMBER_POLICY, [7] = TRPT_MEMBER_SUMMARY, [15] = TRPT_MEMBER_FAILURE_DETAILS},
  [TRPT_IN_POLICY_OBJECT] = {[11] = TRPT_MEMBER_POLICY_TYPE, [13] = TRPT_MEMBER_POLICY_STRING, [7] = TRPT_MEMBER_MX_HOST,
                      [15] = TRPT_MEMBER_MX_HOST_PATTERN},
  [TRPT_IN_SUMMARY] = {[30] = TRPT_MEMBER_TOTAL_SUCCESSFUL, [27] = TRPT_MEMBER_TOTAL_FAILURE},
  [TRPT_IN_FAILURE] = {[11] = TRPT_MEMBER_RESULT_TYPE, [14] = TRPT_MEMBER_SENDING_MTA_IP,
                       [21] = TRPT_MEMBER_RECEIVING_MX_HOSTNAME, [17] = TRPT_MEMBER_RECEIVING_MX_HELO,
                       [12] = TRPT_MEMBER_RECEIVING_IP, [20] = TRPT_MEMBER_FAILED_SESSION_COUNT,
                       [22] = TRPT_MEMBER_ADDITIONAL_INFORMATION, [19] = TRPT_MEMBER_FAILURE_REASON_CODE,
                       [18] = TRPT_MEMBER_FAILURE_ERROR_CODE},
};
static const uint8_t next_of_length[TRPT_MEMBER_COUNT] = {
  [TRPT_MEMBER_POLICY_STRING] = TRPT_MEMBER_POLICY_DOMAIN,
  [TRPT_MEMBER_FAILURE_REASON_CODE] = TRPT_MEMBER_ADDITIONAL_INFO_URI,
};
/* clang-format on */

static inline bool is_same(const char *a, const char *b, size_t len) {
  return len < 8 ? memcmp(a, b, len) == 0 : trpt_same_bytes(a, b, len);
}

trpt_member trpt_schema_find(trpt_context context, trpt_str name) {
  if (name.len > LONGEST_NAME) return TRPT_MEMBER_NONE;
  uint8_t candidate = by_length[context][name.len];
  while (candidate != TRPT_MEMBER_NONE && !is_same(trpt_schemas[candidate].name, name.ptr, name.len))
    candidate = next_of_length[candidate];
  return (trpt_member)candidate;
}
