/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SCHEMA_H
#define TRPT_LIB_SCHEMA_H

/* The report of RFC 8460 s4.4 as a table: which member may stand in which object, of which type, and where it goes. */

#include <tlsrpt/parser.h>

#include "../catalogue/catalogue.h"
#include "../json/json.h"

/* Objects and arrays of a report. */
typedef enum trpt_context {
  TRPT_IN_NOTHING, /* around the report */
  TRPT_IN_REPORT,
  TRPT_IN_DATE_RANGE,
  TRPT_IN_POLICIES,
  TRPT_IN_POLICY, /* an element of `policies` */
  TRPT_IN_POLICY_OBJECT,
  TRPT_IN_POLICY_STRING,
  TRPT_IN_MX_HOST,
  TRPT_IN_SUMMARY,
  TRPT_IN_FAILURES,
  TRPT_IN_FAILURE, /* an element of `failure-details` */
  TRPT_CONTEXT_COUNT
} trpt_context;

typedef enum trpt_member {
  TRPT_MEMBER_NONE, /* none that the RFC defines */
  TRPT_MEMBER_ORGANIZATION_NAME,
  TRPT_MEMBER_DATE_RANGE,
  TRPT_MEMBER_CONTACT_INFO,
  TRPT_MEMBER_REPORT_ID,
  TRPT_MEMBER_POLICIES,
  TRPT_MEMBER_START_DATETIME,
  TRPT_MEMBER_END_DATETIME,
  TRPT_MEMBER_POLICY,
  TRPT_MEMBER_SUMMARY,
  TRPT_MEMBER_FAILURE_DETAILS,
  TRPT_MEMBER_POLICY_TYPE,
  TRPT_MEMBER_POLICY_STRING,
  TRPT_MEMBER_POLICY_DOMAIN,
  TRPT_MEMBER_MX_HOST,
  TRPT_MEMBER_TOTAL_SUCCESSFUL,
  TRPT_MEMBER_TOTAL_FAILURE,
  TRPT_MEMBER_RESULT_TYPE,
  TRPT_MEMBER_SENDING_MTA_IP,
  TRPT_MEMBER_RECEIVING_MX_HOSTNAME,
  TRPT_MEMBER_RECEIVING_MX_HELO,
  TRPT_MEMBER_RECEIVING_IP,
  TRPT_MEMBER_FAILED_SESSION_COUNT,
  TRPT_MEMBER_ADDITIONAL_INFORMATION,
  TRPT_MEMBER_FAILURE_REASON_CODE,
  /* Other names under which senders write a member; last, so that one comparison tells them. */
  TRPT_MEMBER_MX_HOST_PATTERN,
  TRPT_MEMBER_ADDITIONAL_INFO_URI,
  TRPT_MEMBER_FAILURE_ERROR_CODE,
  TRPT_MEMBER_COUNT
} trpt_member;

#define TRPT_FIRST_ALIAS TRPT_MEMBER_MX_HOST_PATTERN
#define TRPT_ALIAS_COUNT (TRPT_MEMBER_COUNT - TRPT_FIRST_ALIAS)

typedef struct trpt_schema {
  const char *name;
  const char *key; /* the name as it is written in a report: "name": */
  uint8_t key_len;
  uint8_t context;                                  /* the object it stands in */
  uint8_t kind;                                     /* of the token that its value is, or begins with */
  uint8_t inner;                                    /* an object's or array's own context */
  uint8_t member;                                   /* itself; of an alias the member it stands for */
  uint16_t slot;                                    /* where the value goes, in the parser */
  uint16_t present_slot;                            /* and where the bit is that says so */
  uint16_t store;                                   /* and where the text of a string goes */
  uint32_t present;                                 /* that bit */
  uint32_t bit;                                     /* in the set of members that an object has */
  bool has_meaning;                                 /* a string that is more than text: see trpt_value_read */
  bool (*check)(trpt_str value, trpt_codes *codes); /* of a string */
} trpt_schema;

extern const trpt_schema trpt_schemas[TRPT_MEMBER_COUNT];

/* The member of this name in an object, or TRPT_MEMBER_NONE. */
trpt_member trpt_schema_find(trpt_context context, trpt_str name);

#define TRPT_MEMBER_BIT(member) (UINT32_C(1) << (member))

#endif
