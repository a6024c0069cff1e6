/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_PARSER_CASES_H
#define TRPT_TESTS_PARSER_CASES_H

/* Tables of reports, and what the parser must say of them. */

#include <tlsrpt/parser.h>

typedef struct parser_case {
  const char *why;
  /* The report, with ' for ". Each ~ is left out, and marks the place of a finding: the byte behind it. */
  const char *text;
  /* All findings in order, a line each: severity (E, W, I), code, number of its ~ (from 1; 0: the first byte of all), where.
     A last line "FAIL status code number where" where the report is refused. */
  const char *findings;
  /* Lines that must each stand somewhere in the elements, as events.c writes them; NULL: none. */
  const char *elements;
} parser_case;

/* Reads each case with both tokenizers, whole and byte by byte, pulled and pushed; in strict mode, which must fail at the first
   E; and without findings, which must give the same elements. `options` may be NULL. */
void parser_cases_check(const parser_case *cases, size_t count, const trpt_options *options);
/* The same in strict mode alone: `findings` is what comes before the failure, and the failure. */
void parser_cases_check_strict(const parser_case *cases, size_t count);
#define CHECK_CASES(cases, options) parser_cases_check(cases, sizeof(cases) / sizeof(cases)[0], options)

/* A report of which there is nothing to say, in pieces that the cases put together. */
#define ORGANIZATION "'organization-name':'O',"
#define RANGE        "'date-range':{'start-datetime':'2024-05-31T00:00:00Z','end-datetime':'2024-05-31T23:59:59Z'},"
#define CONTACT      "'contact-info':'a@b.example',"
#define ID           "'report-id':'r'"
#define HEAD         ORGANIZATION RANGE CONTACT ID ","
#define STRINGS      "'policy-string':['version: STSv1','mode: enforce','mx: a.example','max_age: 86400']"
#define TYPE_STS     "'policy-type':'sts'"
#define DOMAIN       "'policy-domain':'b.example'"
#define HOSTS        "'mx-host':['a.example']"
#define POLICY       "'policy':{" TYPE_STS "," STRINGS "," DOMAIN "," HOSTS "}"
#define SUMMARY      "'summary':{'total-successful-session-count':5,'total-failure-session-count':0}"
#define SUMMARY_1    "'summary':{'total-successful-session-count':5,'total-failure-session-count':1}"
#define RESULT       "'result-type':'certificate-expired'"
#define ADDRESS      "'sending-mta-ip':'23.5.5.5'"
#define MX           "'receiving-mx-hostname':'a.example'"
#define COUNT_1      "'failed-session-count':1"
#define FAILURE      "{" RESULT "," ADDRESS "," MX "," COUNT_1 "}"
#define ENTRY        "{" POLICY "," SUMMARY "}"

/* Around the elements of `policies`, the members of one, those of its policy, or those of its only failure. */
#define IN_POLICIES(elements) "{" HEAD "'policies':[" elements "]}"
#define IN_ENTRY(members)     IN_POLICIES("{" members "}")
#define IN_POLICY(members)    IN_ENTRY("'policy':{" members "}," SUMMARY)
#define IN_SUMMARY(members)   IN_ENTRY(POLICY ",'summary':{" members "}")
#define IN_FAILURES(elements) IN_ENTRY(POLICY "," SUMMARY_1 ",'failure-details':[" elements "]")
#define IN_FAILURE(members)   IN_FAILURES("{" members "}")

#endif
