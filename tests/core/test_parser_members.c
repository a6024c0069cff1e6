/* SPDX-License-Identifier: MIT */
/* Members: missing, null, of another type, twice, unknown, under another name; elements that are no objects; and failures
   before their policy. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "events.h"
#include "parser_cases.h"

static void test_missing(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"all but policies", "{'policies':[" ENTRY "]}",
       "E report.missing-member 0 organization-name\nE report.missing-member 0 date-range\n"
       "E report.missing-member 0 contact-info\nE report.missing-member 0 report-id\n",
       "REPORT organization=- contact=- id=- start-text=- end-text=- start=none end=none failures=0 policies=1 has=\n"},
      {"both times", "{" ORGANIZATION "'date-range':~{}," CONTACT ID ",'policies':[" ENTRY "]}",
       "E report.missing-member 1 date-range.start-datetime\nE report.missing-member 1 date-range.end-datetime\n",
       NULL},
      {"policy and summary", IN_POLICIES("~{}"),
       "E report.missing-member 1 policies[0].policy\nE report.missing-member 1 policies[0].summary\n",
       "POLICY index=0 type=0 name=- domain=- strings=- mx-hosts=- successful=0 failed=0 failures=0 has=\n"},
      {"all of a policy", IN_ENTRY("'policy':~{}," SUMMARY),
       "E report.missing-member 1 policies[0].policy.policy-type\nE report.missing-member 1 "
       "policies[0].policy.policy-domain\n",
       "has=policy,successful,failed\n"},
      {"all else under sts", IN_ENTRY("'policy':~{" TYPE_STS "}," SUMMARY),
       "E report.missing-member 1 policies[0].policy.policy-domain\n"
       "W report.policy-string-missing 1 policies[0].policy.policy-string\n"
       "I report.mx-host-missing 1 policies[0].policy.mx-host\n",
       NULL},
      {"all else under tlsa", IN_ENTRY("'policy':~{'policy-type':'tlsa'}," SUMMARY),
       "E report.missing-member 1 policies[0].policy.policy-domain\n"
       "W report.policy-string-missing 1 policies[0].policy.policy-string\n",
       NULL},
      {"all else under no-policy-found", IN_ENTRY("'policy':~{'policy-type':'no-policy-found'}," SUMMARY),
       "I report.policy-domain-missing 1 policies[0].policy.policy-domain\n", NULL},
      {"both counts", IN_ENTRY(POLICY ",'summary':~{}"),
       "E report.missing-member 1 policies[0].summary.total-successful-session-count\n"
       "E report.missing-member 1 policies[0].summary.total-failure-session-count\n",
       "failures=0 has=policy,type,strings,domain,mx-hosts\n"},
      {"all of a failure",
       IN_ENTRY(
           POLICY
           ",'summary':{'total-successful-session-count':5,'total-failure-session-count':~1},'failure-details':[~{}]"),
       "E report.missing-member 2 policies[0].failure-details[0].result-type\n"
       "E report.missing-member 2 policies[0].failure-details[0].failed-session-count\n"
       "E report.missing-member 2 policies[0].failure-details[0].sending-mta-ip\n"
       "E report.missing-member 2 policies[0].failure-details[0].receiving-mx-hostname\n"
       "I report.details-below-total 1 policies[0].summary.total-failure-session-count\n",
       "count=0 has= IN\n"},
      {"addresses are not needed where no policy could be fetched",
       IN_FAILURES("{'result-type':'sts-policy-fetch-error'," COUNT_1 "}"), "", "has=type,count IN\n"},
      {"policies: no report", "{" ORGANIZATION RANGE CONTACT ID "}",
       "FAIL TRPT_E_SCHEMA report.missing-member 0 policies\n", NULL},
      {"policies that is an object", "{" HEAD "'policies':~{}}",
       "FAIL TRPT_E_SCHEMA report.policies-not-array 1 policies\n", NULL},
      {"policies that is null", "{" HEAD "'policies':~null}",
       "FAIL TRPT_E_SCHEMA report.policies-not-array 1 policies\n", NULL},
      {"policies that is empty", "{" HEAD "'policies':~[]}", "W report.no-policies 1 policies\n",
       "failures=0 policies=0\n"},
      {"an array",
       "~["
       "{" HEAD "'policies':[]}]",
       "FAIL TRPT_E_SCHEMA json.not-object 1\n", NULL},
      {"a string", " ~'x'", "FAIL TRPT_E_SCHEMA json.not-object 1\n", NULL},
      {"a number", "\n ~12", "FAIL TRPT_E_SCHEMA json.not-object 1\n", NULL},
      {"null", "~null", "FAIL TRPT_E_SCHEMA json.not-object 1\n", NULL},
      {"nothing", "~", "FAIL TRPT_E_TRUNCATED json.not-json 1\n", NULL},
      {"blanks", " \r\n\t ~", "FAIL TRPT_E_TRUNCATED json.not-json 1\n", NULL},
      {"half a report", "{'policies':[{'policy':{" TYPE_STS ",~",
       "FAIL TRPT_E_TRUNCATED json.not-json 1 policies[0].policy\n", NULL},
  };
  CHECK_CASES(cases, NULL);
}

/* An element without policy-string and mx-host, with these failures. */
#define BARE_STS       "'policy':~{" TYPE_STS "," DOMAIN "}"
#define BARE(failures) IN_ENTRY(BARE_STS "," SUMMARY_1 ",'failure-details':[" failures "]")
#define FAILED(type)   "{'result-type':'" type "'," ADDRESS "," MX ",'failed-session-count':1}"
#define LIST_IS_MISSING                                                                                                \
  "W report.policy-string-missing 1 policies[0].policy.policy-string\n"                                                \
  "I report.mx-host-missing 1 policies[0].policy.mx-host\n"

static void test_missing_lists(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"no fetch", BARE(FAILED("sts-policy-fetch-error")), "", NULL},
      {"no authentication", BARE(FAILED("sts-webpki-invalid")), "", NULL},
      {"DANE",
       IN_ENTRY("'policy':{'policy-type':'tlsa'," DOMAIN "},'summary':{'total-successful-session-count':5,"
                "'total-failure-session-count':2},'failure-details':[" FAILED("dane-required") "," FAILED(
                    "dnssec-invalid") "]"),
       "", NULL},
      {"the policy was read", BARE(FAILED("sts-policy-invalid")), LIST_IS_MISSING, NULL},
      {"an unrelated failure", BARE(FAILED("certificate-expired")), LIST_IS_MISSING, NULL},
      {"one of two",
       IN_ENTRY(BARE_STS ",'summary':{'total-successful-session-count':5,'total-failure-session-count':2},"
                         "'failure-details':[" FAILED("sts-webpki-invalid") "," FAILED("certificate-expired") "]"),
       LIST_IS_MISSING, NULL},
      {"an unknown type", BARE("{'result-type':~'sts-webpki'," ADDRESS "," MX ",'failed-session-count':1}"),
       "W report.unknown-result-type 2 policies[0].failure-details[0].result-type\n" LIST_IS_MISSING, NULL},
      {"no failures", IN_ENTRY(BARE_STS "," SUMMARY ",'failure-details':[]"), LIST_IS_MISSING, NULL},
      {"failures before the policy",
       IN_ENTRY("'failure-details':[" FAILED("sts-webpki-invalid") "]," BARE_STS "," SUMMARY_1), "", NULL},
      {"other failures before the policy",
       IN_ENTRY("'failure-details':[" FAILED("certificate-expired") "]," BARE_STS "," SUMMARY_1), LIST_IS_MISSING,
       NULL},
      {"an alias stands for the member",
       IN_ENTRY("'policy':~{" TYPE_STS "," DOMAIN ",~'mx-host-pattern':['a.example']}," SUMMARY),
       "W report.renamed-member 2 policies[0].policy.mx-host-pattern\n"
       "W report.policy-string-missing 1 policies[0].policy.policy-string\n",
       NULL},
      {"no policy object, after an element without lists", IN_POLICIES("{" BARE_STS "," SUMMARY "},~{" SUMMARY "}"),
       LIST_IS_MISSING "E report.missing-member 2 policies[1].policy\n", NULL},
      {"each element for itself",
       IN_POLICIES("{'policy':{" TYPE_STS "," DOMAIN "}," SUMMARY_1 ",'failure-details':[" FAILED(
           "sts-webpki-invalid") "]},{'policy':~{" TYPE_STS ",'policy-domain':'c.example'}," SUMMARY "}"),
       "W report.policy-string-missing 1 policies[1].policy.policy-string\n"
       "I report.mx-host-missing 1 policies[1].policy.mx-host\n",
       NULL},
  };
  CHECK_CASES(cases, NULL);
}

static void test_duplicates(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"the first wins", "{" ORGANIZATION RANGE CONTACT "'report-id':'1',~'report-id':'2','policies':[" ENTRY "]}",
       "E json.duplicate-member 1 report-id\n", "id=\"1\"\n"},
      {"also by an escaped name",
       "{" ORGANIZATION RANGE CONTACT "'report\\u002did':'1',~'\\u0072eport-id':'2','policies':[" ENTRY "]}",
       "E json.duplicate-member 1 report-id\n", "id=\"1\"\n"},
      {"also where it is null",
       "{" ORGANIZATION RANGE CONTACT "'report-id':~null,~'report-id':'2','policies':[" ENTRY "]}",
       "E report.null-member 1 report-id\nE json.duplicate-member 2 report-id\n", "id=-\n"},
      {"also where it is of another type",
       IN_SUMMARY(
           "'total-failure-session-count':0,'total-successful-session-count':~[1],~'total-successful-session-count':2"),
       "E report.wrong-type 1 policies[0].summary.total-successful-session-count\n"
       "E json.duplicate-member 2 policies[0].summary.total-successful-session-count\n",
       "successful=0 failed=0 failures=0 has=policy,type,strings,domain,mx-hosts,failed\n"},
      {"each later one is told",
       "{" ORGANIZATION RANGE CONTACT "'report-id':'1',~'report-id':'2',~'report-id':3,'policies':[" ENTRY "]}",
       "E json.duplicate-member 1 report-id\nE json.duplicate-member 2 report-id\n", "id=\"1\"\n"},
      {"objects", IN_ENTRY(POLICY ",~'policy':{'policy-type':'tlsa'}," SUMMARY),
       "E json.duplicate-member 1 policies[0].policy\n", "type=2 name=\"sts\"\n"},
      {"arrays", "{" HEAD "'policies':~[],~'policies':[" ENTRY "]}",
       "W report.no-policies 1 policies\nE json.duplicate-member 2 policies\n", "policies=0\n"},
      {"lists", IN_POLICY(TYPE_STS "," STRINGS "," DOMAIN "," HOSTS ",~'mx-host':['c.example']"),
       "E json.duplicate-member 1 policies[0].policy.mx-host\n", "mx-hosts=[\"a.example\"]\n"},
      {"failures", IN_ENTRY(POLICY "," SUMMARY_1 ",'failure-details':[" FAILURE "],~'failure-details':[" FAILURE "]"),
       "E json.duplicate-member 1 policies[0].failure-details\n", "failures=1 policies=1\n"},
      {"unknown ones are not looked at", "{" HEAD "~'x':1,~'x':2,'policies':[" ENTRY "]}",
       "I report.unknown-member 1\nI report.unknown-member 2\n", NULL},
  };
  CHECK_CASES(cases, NULL);
}

static void test_unknown(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"at every level",
       "{~'a':1,'organization-name':'O','date-range':{~'b':'','start-datetime':'2024-05-31T00:00:00Z','end-datetime':'"
       "2024-05-31T23:59:59Z'}," CONTACT ID ",'policies':[{~'c':{'policies':[{}]},'policy':{~'d':[[]]," TYPE_STS
       "," STRINGS "," DOMAIN "," HOSTS "},'summary':{~'e':null,'total-successful-session-count':5,'total-failure-"
       "session-count':1},'failure-details':[{~'f':true," RESULT "," ADDRESS "," MX "," COUNT_1 "}]}]}",
       "I report.unknown-member 1\nI report.unknown-member 2 date-range\nI report.unknown-member 3 policies[0]\n"
       "I report.unknown-member 4 policies[0].policy\nI report.unknown-member 5 policies[0].summary\n"
       "I report.unknown-member 6 policies[0].failure-details[0]\n",
       NULL},
      {"a name of another level", "{" HEAD "~'result-type':'x',~'policy':{},'policies':[" ENTRY "]}",
       "I report.unknown-member 1\nI report.unknown-member 2\n", NULL},
      {"the empty name, and one of 30 bytes",
       "{" HEAD "~'':1,~'123456789012345678901234567890':1,'policies':[" ENTRY "]}",
       "I report.unknown-member 1\nI report.unknown-member 2\n", NULL},
      {"a name that begins as a known one",
       "{" HEAD "~'report-ID':1,~'report-i':1,~'report-id\\u0000':1,'policies':[" ENTRY "]}",
       "I report.unknown-member 1\nI report.unknown-member 2\nI report.unknown-member 3\n", NULL},
      {"a flaw in a name", "{" HEAD "~'a\\ud800':1,'policies':[" ENTRY "]}",
       "E json.bad-codepoint 1\nI report.unknown-member 1\n", NULL},
      {"a flaw within an unknown value", "{" HEAD "~'a':[{~'\xFF':~'\xFF'}],'policies':[" ENTRY "]}",
       "I report.unknown-member 1\nE json.not-utf8 2\nE json.not-utf8 3\n", NULL},
  };
  CHECK_CASES(cases, NULL);
}

#define ALIASED(members) IN_POLICY(TYPE_STS "," STRINGS "," DOMAIN "," members)

static void test_aliases(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"mx-host-pattern", ALIASED("~'mx-host-pattern':['a.example']"),
       "W report.renamed-member 1 policies[0].policy.mx-host-pattern\n",
       "mx-hosts=[\"a.example\"]\nhas=policy,type,strings,domain,mx-hosts,\n"},
      {"mx-host-pattern, a string", ALIASED("~'mx-host-pattern':~'a.example'"),
       "W report.mx-host-not-array 2 policies[0].policy.mx-host-pattern\n"
       "W report.renamed-member 1 policies[0].policy.mx-host-pattern\n",
       "mx-hosts=[\"a.example\"]\n"},
      {"behind the member", ALIASED(HOSTS ",~'mx-host-pattern':['c.example']"),
       "I report.unknown-member 1 policies[0].policy\n", "mx-hosts=[\"a.example\"]\n"},
      {"before it", ALIASED("~'mx-host-pattern':['c.example']," HOSTS),
       "I report.unknown-member 1 policies[0].policy\n", "mx-hosts=[\"a.example\"]\n"},
      {"before it, and that is null", ALIASED("~'mx-host-pattern':['c.example'],'mx-host':~null"),
       "I report.unknown-member 1 policies[0].policy\nE report.null-member 2 policies[0].policy.mx-host\n",
       "mx-hosts=-\nhas=policy,type,strings,domain,successful,failed\n"},
      {"behind it, and that is null", ALIASED("'mx-host':~null,~'mx-host-pattern':['c.example']"),
       "E report.null-member 1 policies[0].policy.mx-host\nI report.unknown-member 2 policies[0].policy\n",
       "mx-hosts=-\n"},
      {"between two", ALIASED(HOSTS ",~'mx-host-pattern':['c.example'],~'mx-host':['d.example']"),
       "I report.unknown-member 1 policies[0].policy\nE json.duplicate-member 2 policies[0].policy.mx-host\n",
       "mx-hosts=[\"a.example\"]\n"},
      {"twice", ALIASED("~'mx-host-pattern':['a.example'],~'mx-host-pattern':['d.example']"),
       "I report.unknown-member 2 policies[0].policy\nW report.renamed-member 1 policies[0].policy.mx-host-pattern\n",
       "mx-hosts=[\"a.example\"]\n"},
      {"twice, then the member", ALIASED("~'mx-host-pattern':['c.example'],~'mx-host-pattern':['d.example']," HOSTS),
       "I report.unknown-member 2 policies[0].policy\nI report.unknown-member 1 policies[0].policy\n",
       "mx-hosts=[\"a.example\"]\n"},
      {"additional-info-uri",
       IN_FAILURE(RESULT "," ADDRESS "," MX "," COUNT_1 ",~'additional-info-uri':'https://a.example/'"),
       "W report.renamed-member 1 policies[0].failure-details[0].additional-info-uri\n",
       "information=\"https://a.example/\" reason=- count=1 has=type,sending-ip,hostname,count,information IN\n"},
      {"additional-info-uri, judged as what it stands for",
       IN_FAILURE(RESULT "," ADDRESS "," MX "," COUNT_1 ",~'additional-info-uri':~'x y'"),
       "W report.bad-additional-information 2 policies[0].failure-details[0].additional-info-uri\n"
       "W report.renamed-member 1 policies[0].failure-details[0].additional-info-uri\n",
       "information=\"x y\"\n"},
      {"failure-error-code",
       IN_FAILURES("{'result-type':'validation-failure'," ADDRESS "," MX "," COUNT_1 ",~'failure-error-code':'X'}"),
       "W report.renamed-member 1 policies[0].failure-details[0].failure-error-code\n", "reason=\"X\"\n"},
      {"failure-error-code before the member",
       IN_FAILURE(RESULT "," ADDRESS "," MX "," COUNT_1 ",~'failure-error-code':'X','failure-reason-code':'Y'"),
       "I report.unknown-member 1 policies[0].failure-details[0]\n", "reason=\"Y\" count=1\n"},
      {"failure-error-code before the member, which is of another type",
       IN_FAILURE(RESULT "," ADDRESS "," MX "," COUNT_1 ",~'failure-error-code':'X','failure-reason-code':~[7]"),
       "I report.unknown-member 1 policies[0].failure-details[0]\n"
       "E report.wrong-type 2 policies[0].failure-details[0].failure-reason-code\n",
       "reason=- count=1 has=type,sending-ip,hostname,count IN\n"},
      {"null under another name", IN_FAILURE(RESULT "," ADDRESS "," MX "," COUNT_1 ",~'failure-error-code':~null"),
       "E report.null-member 2 policies[0].failure-details[0].failure-error-code\n"
       "W report.renamed-member 1 policies[0].failure-details[0].failure-error-code\n",
       "reason=-\n"},
      {"not at another level", "{" HEAD "~'mx-host-pattern':[],'policies':[" ENTRY "]}", "I report.unknown-member 1\n",
       NULL},
  };
  CHECK_CASES(cases, NULL);
}

#define FLAT TYPE_STS "," STRINGS "," DOMAIN "," HOSTS
#define FLAT_VALUES                                                                                                    \
  "type=2 name=\"sts\" domain=\"b.example\" strings=[\"version: STSv1\",\"mode: enforce\",\"mx: a.example\","          \
  "\"max_age: 86400\"] mx-hosts=[\"a.example\"] "
#define FLAT_HAS "has=policy,type,strings,domain,mx-hosts,successful,failed"

/* The members of the policy object in the element of `policies` itself. */
static void test_flat_policies(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"all members", IN_ENTRY("~" FLAT "," SUMMARY), "E report.flat-policy 1 policies[0].policy-type\n",
       FLAT_VALUES "successful=5 failed=0 failures=0 " FLAT_HAS "\n"},
      {"after the others, the name is escaped",
       IN_ENTRY(SUMMARY ",~'policy\\u002dtype':'sts'," HOSTS "," DOMAIN "," STRINGS),
       "E report.flat-policy 1 policies[0].policy-type\n",
       FLAT_VALUES "successful=5 failed=0 failures=0 " FLAT_HAS "\n"},
      {"the first one is a list", IN_ENTRY("~" HOSTS "," TYPE_STS "," STRINGS "," SUMMARY "," DOMAIN),
       "E report.flat-policy 1 policies[0].mx-host\n", FLAT_VALUES "\n"},
      {"failures wait for the end of the element",
       IN_ENTRY("~" TYPE_STS ",'failure-details':[" FAILURE "]," STRINGS "," SUMMARY_1 "," DOMAIN "," HOSTS),
       "E report.flat-policy 1 policies[0].policy-type\n",
       "FAILURE policy=0 index=0 type=4 name=\"certificate-expired\"\n"
       "IN index=0 " FLAT_VALUES "successful=0 failed=0 failures=0 has=policy,type,strings,domain,mx-hosts,failures\n"
       "failures=1 has=policy,type,strings,domain,mx-hosts,successful,failed,failures\n"},
      {"they are checked against the policy",
       IN_ENTRY("'failure-details':[{'result-type':~'tlsa-invalid'," ADDRESS
                ",'receiving-mx-hostname':~'c.example'," COUNT_1 "}],~" FLAT "," SUMMARY_1),
       "E report.flat-policy 3 policies[0].policy-type\n"
       "I report.result-type-policy-mismatch 1 policies[0].failure-details[0].result-type\n"
       "W report.mx-mismatch 2 policies[0].failure-details[0].receiving-mx-hostname\n",
       NULL},
      {"values are checked as in the object",
       IN_ENTRY("~'policy-type':~'x',~'policy-string':~'mode: none',~'policy-domain':~'b..example',"
                "~'mx-host':[~'',~7]," SUMMARY),
       "W report.unknown-policy-type 2 policies[0].policy-type\n"
       "W report.policy-string-not-array 4 policies[0].policy-string\n"
       "E report.bad-domain 6 policies[0].policy-domain\n"
       "W report.empty-string 8 policies[0].mx-host[0]\nE report.wrong-type 9 policies[0].mx-host[1]\n"
       "E report.flat-policy 1 policies[0].policy-type\n",
       "type=0 name=\"x\" domain=\"b..example\" strings=[\"mode: none\"] mx-hosts=[\"\"] successful=5 "
       "failed=0 failures=0 " FLAT_HAS "\n"},
      {"and as a whole",
       IN_ENTRY("~" TYPE_STS ",'policy-string':~['mode: x'],'mx-host':['c.example']," DOMAIN "," SUMMARY),
       "E report.flat-policy 1 policies[0].policy-type\n"
       "W report.sts-no-version 2 policies[0].policy-string\nW report.sts-no-mode 2 policies[0].policy-string\n"
       "W report.sts-bad-max-age 2 policies[0].policy-string\n",
       NULL},
      {"what they lack is missing", IN_POLICIES("~{~" TYPE_STS "}"),
       "E report.flat-policy 2 policies[0].policy-type\nE report.missing-member 1 policies[0].policy-domain\n"
       "E report.missing-member 1 policies[0].summary\nW report.policy-string-missing 1 policies[0].policy-string\n"
       "I report.mx-host-missing 1 policies[0].mx-host\n",
       "type=2 name=\"sts\" domain=- strings=- mx-hosts=- successful=0 failed=0 failures=0 has=policy,type\n"},
      {"a member that is null", IN_POLICIES("~{~'policy-type':~null," DOMAIN "," SUMMARY "}"),
       "E report.null-member 3 policies[0].policy-type\nE report.flat-policy 2 policies[0].policy-type\n",
       "type=0 name=- domain=\"b.example\" strings=- mx-hosts=- successful=5 failed=0 failures=0 "
       "has=policy,domain,successful,failed\n"},
      {"an integer, as in the object", IN_ENTRY("~'policy-type':'no-policy-found','policy-domain':~5," SUMMARY),
       "E report.wrong-type 2 policies[0].policy-domain\nE report.bad-domain 2 policies[0].policy-domain\n"
       "E report.flat-policy 1 policies[0].policy-type\n",
       "domain=\"5\"\n"},
      {"the first of two counts", IN_ENTRY("~" FLAT ",~'policy-domain':'c.example',~'mx-host':[]," SUMMARY),
       "E json.duplicate-member 2 policies[0].policy-domain\nE json.duplicate-member 3 policies[0].mx-host\n"
       "E report.flat-policy 1 policies[0].policy-type\n",
       FLAT_VALUES "\n"},
      {"other names are not read",
       IN_ENTRY("~" TYPE_STS "," STRINGS "," DOMAIN ",~'mx-host-pattern':['a.example'],"
                "'mx-host':['a.example']," SUMMARY),
       "W report.renamed-member 2 policies[0].mx-host-pattern\nE report.flat-policy 1 policies[0].policy-type\n",
       FLAT_VALUES "\n"},
      {"a policy object after them",
       IN_ENTRY("~'policy-domain':'c.example','mx-host':['c.example','d.example'],"
                "'failure-details':[" FAILURE "]," POLICY "," SUMMARY_1),
       "W report.renamed-member 1 policies[0].policy-domain\n",
       "IN index=0 " FLAT_VALUES "successful=0 failed=0 failures=0 has=policy,type,strings,domain,mx-hosts,failures\n"
       "failures=1 has=policy,type,strings,domain,mx-hosts,successful,failed,failures\n"},
      {"a shorter policy object after them",
       IN_ENTRY("~" FLAT ",'policy':{'policy-type':'no-policy-found','policy-domain':'c.example'}," SUMMARY),
       "W report.renamed-member 1 policies[0].policy-type\n",
       "type=3 name=\"no-policy-found\" domain=\"c.example\" strings=- mx-hosts=- successful=5 failed=0 failures=0 "
       "has=policy,type,domain,successful,failed\n"},
      {"a policy object before them",
       IN_ENTRY(POLICY ",~'policy-domain':'c.example',~'mx-host':~[7,{'a':[]}]," SUMMARY),
       "W report.renamed-member 1 policies[0].policy-domain\nW report.renamed-member 2 policies[0].mx-host\n",
       FLAT_VALUES "successful=5 failed=0 failures=0 " FLAT_HAS "\n"},
      {"a policy object between them",
       IN_ENTRY("~'policy-type':'tlsa'," POLICY ",~'policy-domain':'c.example'," SUMMARY),
       "W report.renamed-member 1 policies[0].policy-type\nW report.renamed-member 2 policies[0].policy-domain\n",
       FLAT_VALUES "successful=5 failed=0 failures=0 " FLAT_HAS "\n"},
      {"a policy that is null", IN_ENTRY("'policy':~null,~" FLAT "," SUMMARY),
       "E report.null-member 1 policies[0].policy\nE report.flat-policy 2 policies[0].policy-type\n",
       FLAT_VALUES "successful=5 failed=0 failures=0 " FLAT_HAS "\n"},
      {"a policy of another type", IN_ENTRY("~" FLAT ",'policy':~'sts'," SUMMARY),
       "E report.wrong-type 2 policies[0].policy\nE report.flat-policy 1 policies[0].policy-type\n",
       FLAT_VALUES "successful=5 failed=0 failures=0 " FLAT_HAS "\n"},
      {"each element for itself",
       IN_POLICIES("{~" FLAT "," SUMMARY "},~{" SUMMARY "},{'policy':~{" FLAT "}," SUMMARY "},{~" DOMAIN
                   ",'policy-type':'no-policy-found'," SUMMARY "}"),
       "E report.flat-policy 1 policies[0].policy-type\nE report.missing-member 2 policies[1].policy\n"
       "I report.duplicate-policy 3 policies[2].policy\nE report.flat-policy 4 policies[3].policy-domain\n",
       "POLICY index=1 type=0 name=- domain=- strings=- mx-hosts=-\nPOLICY index=3 type=3\n"},
      {"not at another level", IN_POLICY(FLAT ",~'policy':{" FLAT "}"),
       "I report.unknown-member 1 policies[0].policy\n", NULL},
  };
  CHECK_CASES(cases, NULL);
}

static void test_flat_policies_strict(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"refused at the end of the element", IN_ENTRY("~" FLAT "," SUMMARY),
       "FAIL TRPT_E_SCHEMA report.flat-policy 1 policies[0].policy-type\n", NULL},
      {"not with a policy object", IN_ENTRY("~" DOMAIN "," POLICY "," SUMMARY),
       "W report.renamed-member 1 policies[0].policy-domain\n", NULL},
  };
  parser_cases_check_strict(cases, sizeof cases / sizeof cases[0]);
}

static void test_elements(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"events are counted without what is no object, paths with it",
       "{" HEAD "'policies':[~null,~7,{" POLICY "," SUMMARY_1
       ",'failure-details':[~'x',~[],{'result-type':~'?'," ADDRESS "," MX "," COUNT_1 "}]},~[{}],~{'policy':~{" TYPE_STS
       "," STRINGS "," DOMAIN "," HOSTS "}}]}",
       "E report.null-member 1 policies[0]\nE report.wrong-type 2 policies[1]\n"
       "E report.wrong-type 3 policies[2].failure-details[0]\nE report.wrong-type 4 policies[2].failure-details[1]\n"
       "W report.unknown-result-type 5 policies[2].failure-details[2].result-type\n"
       "E report.wrong-type 6 policies[3]\nI report.duplicate-policy 8 policies[4].policy\n"
       "E report.missing-member 7 policies[4].summary\n",
       "FAILURE policy=0 index=0 type=0 name=\"?\"\nPOLICY index=0 type=2\nPOLICY index=1 type=2\nfailures=1 "
       "policies=2\n"},
      {"one object for failures", IN_ENTRY(POLICY "," SUMMARY_1 ",'failure-details':~" FAILURE ",~'x':1"),
       "E report.wrong-type 1 policies[0].failure-details\nI report.unknown-member 2 policies[0]\n",
       "FAILURE policy=0 index=0 type=4 name=\"certificate-expired\"\n"
       "failures=1 has=policy,type,strings,domain,mx-hosts,successful,failed,failures\n"},
      {"what is in it has the path of an element",
       IN_ENTRY("'failure-details':~{'result-type':~'?'," ADDRESS "," MX ",'failed-session-count':~'1'}," POLICY
                "," SUMMARY_1),
       "E report.wrong-type 1 policies[0].failure-details\n"
       "W report.unknown-result-type 2 policies[0].failure-details[0].result-type\n"
       "E report.wrong-type 3 policies[0].failure-details[0].failed-session-count\n",
       "FAILURE policy=0 index=0 type=0 name=\"?\"\ncount=1\nfailures=1\n"},
      {"an empty object for failures",
       IN_ENTRY(POLICY ",'summary':{'total-successful-session-count':5,'total-failure-session-count':~1},"
                       "'failure-details':~{}"),
       "E report.wrong-type 2 policies[0].failure-details\n"
       "E report.missing-member 2 policies[0].failure-details[0].result-type\n"
       "E report.missing-member 2 policies[0].failure-details[0].failed-session-count\n"
       "E report.missing-member 2 policies[0].failure-details[0].sending-mta-ip\n"
       "E report.missing-member 2 policies[0].failure-details[0].receiving-mx-hostname\n"
       "I report.details-below-total 1 policies[0].summary.total-failure-session-count\n",
       "failures=1\n"},
      {"failures in a nested array are lost, and the report is not said to have none",
       IN_FAILURES("~[" FAILURE "," FAILURE "]"), "E report.wrong-type 1 policies[0].failure-details[0]\n",
       "failures=0 has=policy,type,strings,domain,mx-hosts,successful,failed,failures\n"},
      {"one of two is lost, so the sum is not said to be below the total",
       IN_ENTRY(POLICY ",'summary':{'total-successful-session-count':5,'total-failure-session-count':2},"
                       "'failure-details':[~'x'," FAILURE "]"),
       "E report.wrong-type 1 policies[0].failure-details[0]\n", "failures=1\n"},
      {"null is not lost",
       IN_ENTRY(POLICY ",'summary':{'total-successful-session-count':5,"
                       "'total-failure-session-count':~1},'failure-details':[~null]"),
       "E report.null-member 2 policies[0].failure-details[0]\n"
       "I report.failures-without-details 1 policies[0].summary.total-failure-session-count\n",
       "failures=0\n"},
      {"each policy for itself",
       IN_POLICIES("{" POLICY "," SUMMARY_1 ",'failure-details':[~1]},{'policy':{'policy-type':'no-policy-found',"
                   "'policy-domain':'c.example'},'summary':{'total-successful-session-count':5,"
                   "'total-failure-session-count':~1}}"),
       "E report.wrong-type 1 policies[0].failure-details[0]\n"
       "I report.failures-without-details 2 policies[1].summary.total-failure-session-count\n",
       NULL},
      {"a string for failures, of which some failed", IN_ENTRY(POLICY "," SUMMARY_1 ",'failure-details':~'x'"),
       "E report.wrong-type 1 policies[0].failure-details\n", "failures=0\n"},
      {"a string for failures", IN_ENTRY(POLICY "," SUMMARY ",'failure-details':~'x'"),
       "E report.wrong-type 1 policies[0].failure-details\n",
       "has=policy,type,strings,domain,mx-hosts,successful,failed\n"},
      {"elements of mx-host that are no strings",
       IN_POLICY(TYPE_STS "," STRINGS "," DOMAIN ",'mx-host':~[~null,'a.example',~1,~{'x':['y']},~'']"),
       "E report.null-member 2 policies[0].policy.mx-host[0]\nE report.wrong-type 3 policies[0].policy.mx-host[2]\n"
       "E report.wrong-type 4 policies[0].policy.mx-host[3]\nW report.empty-string 5 policies[0].policy.mx-host[4]\n",
       "mx-hosts=[\"a.example\",\"\"]\n"},
  };
  CHECK_CASES(cases, NULL);
}

/* ---- failures before their policy ---- */

#define HELD(reason) "{" RESULT "," ADDRESS "," MX "," COUNT_1 ",'failure-reason-code':'" reason "'}"
#define HELD_3       "'failure-details':[" HELD("r0") "," HELD("r1") "," HELD("r2") "]"
#define TOTAL_3      "'summary':{'total-successful-session-count':5,'total-failure-session-count':3}"

static void test_held(void **state) {
  (void)state;
  static const parser_case held[] = {
      {"all wait for the policy", IN_ENTRY(HELD_3 "," TOTAL_3 "," POLICY), "",
       "index=0 type=4 name=\"certificate-expired\" sending-ip=\"23.5.5.5\" hostname=\"a.example\" helo=- "
       "receiving-ip=- "
       "information=- reason=\"r0\" count=1 has=type,sending-ip,hostname,count,reason IN index=0 type=2 name=\"sts\" "
       "domain=\"b.example\"\n"
       "mx-hosts=[\"a.example\"] successful=0 failed=0 failures=0 has=policy,type,strings,domain,mx-hosts,failures\n"
       "successful=5 failed=3 failures=3 has=policy,type,strings,domain,mx-hosts,successful,failed,failures\n"},
      {"judged with it",
       IN_ENTRY("'failure-details':[{" RESULT "," ADDRESS ",'receiving-mx-hostname':~'z.example'," COUNT_1
                "}]," SUMMARY_1 "," POLICY),
       "W report.mx-mismatch 1 policies[0].failure-details[0].receiving-mx-hostname\n", NULL},
      {"there is none", IN_POLICIES("~{" HELD_3 "," TOTAL_3 "}"), "E report.missing-member 1 policies[0].policy\n",
       "reason=\"r2\" count=1 has=type,sending-ip,hostname,count,reason IN index=0 type=0 name=- domain=- strings=- "
       "mx-hosts=- "
       "successful=0 failed=0 failures=0 has=failures\n"},
      {"it is null", IN_ENTRY(HELD_3 "," TOTAL_3 ",'policy':~null"), "E report.null-member 1 policies[0].policy\n",
       "has=successful,failed,failures\n"},
  };
  /* With room for one only: it and the second come as soon as the second is read, the third at once. */
  static const parser_case full[] = {
      {"too many", IN_ENTRY(HELD_3 "," TOTAL_3 "," POLICY), "",
       "reason=\"r0\" count=1 has=type,sending-ip,hostname,count,reason IN index=0 type=0 name=- domain=- strings=- "
       "mx-hosts=- "
       "successful=0 failed=0 failures=0 has=failures\n"
       "FAILURE policy=0 index=2\n"
       "POLICY index=0 type=2 name=\"sts\"\nfailures=3 "
       "has=policy,type,strings,domain,mx-hosts,successful,failed,failures\n"},
      {"the next policy may hold again",
       IN_POLICIES("{" HELD_3 "," TOTAL_3 "," POLICY "},{'failure-details':[" HELD(
           "s0") "]," SUMMARY_1 ",'policy':{" TYPE_STS "," STRINGS ",'policy-domain':'d.example'," HOSTS "}}"),
       "",
       "reason=\"s0\" count=1 has=type,sending-ip,hostname,count,reason IN index=1 type=2 name=\"sts\" "
       "domain=\"d.example\"\n"},
  };
  CHECK_CASES(held, NULL);
  CHECK_CASES(full, (&(trpt_options){.max_held = 300}));
  static const parser_case flat[] = {
      {"without a policy object: with what is known so far",
       IN_ENTRY("~" TYPE_STS ",'mx-host':['a.example']," HELD_3 "," TOTAL_3 "," STRINGS "," DOMAIN),
       "E report.flat-policy 1 policies[0].policy-type\n",
       "FAILURE policy=0 index=0\nFAILURE policy=0 index=2\n"
       "IN index=0 type=2 name=\"sts\" domain=- strings=- mx-hosts=[\"a.example\"] successful=0 failed=0 failures=0 "
       "has=type,mx-hosts,failures\n" FLAT_VALUES "\nfailures=3 " FLAT_HAS ",failures\n"},
  };
  CHECK_CASES(flat, (&(trpt_options){.max_held = 300}));
  static const parser_case none[] = {
      {"no room at all", IN_ENTRY(HELD_3 "," TOTAL_3 "," POLICY), "",
       "FAILURE policy=0 index=0\nFAILURE policy=0 index=2\n"},
  };
  CHECK_CASES(none, (&(trpt_options){.max_held = 1}));
}

static void test_order_of_held(void **state) {
  (void)state;
  static const uint32_t rooms[] = {1, 300, 600, 65536};
  static char report[1 << 16];
  size_t len = 0;
  len += (size_t)snprintf(report, sizeof report, "{\"policies\":[{\"failure-details\":[");
  for (int i = 0; i < 100; i++)
    len += (size_t)snprintf(report + len, sizeof report - len,
                            "%s{\"failed-session-count\":%d,\"failure-reason-code\":\"%0*d\"}", i ? "," : "", i,
                            i % 50 + 1, i);
  len += (size_t)snprintf(report + len, sizeof report - len, "],\"policy\":{\"policy-type\":\"sts\"}}]}");
  for (size_t k = 0; k < sizeof rooms / sizeof rooms[0]; k++) {
    trpt_options options = {.struct_size = sizeof options, .max_held = rooms[k]};
    trpt_report *tree;
    assert_int_equal(trpt_report_parse(report, len, &options, &tree, NULL), TRPT_OK);
    assert_int_equal(trpt_report_failure_count(tree, 0), 100);
    for (uint32_t i = 0; i < 100; i++) {
      const trpt_failure *failure = trpt_report_failure(tree, 0, i);
      char code[64];
      snprintf(code, sizeof code, "%0*d", (int)i % 50 + 1, (int)i);
      assert_int_equal(failure->index, i);
      assert_int_equal(failure->failed_sessions, i);
      assert_int_equal(failure->failure_reason_code.len, strlen(code));
      assert_memory_equal(failure->failure_reason_code.ptr, code, strlen(code));
    }
    trpt_report_free(tree);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_missing),
      cmocka_unit_test(test_missing_lists),
      cmocka_unit_test(test_duplicates),
      cmocka_unit_test(test_unknown),
      cmocka_unit_test(test_aliases),
      cmocka_unit_test(test_flat_policies),
      cmocka_unit_test(test_flat_policies_strict),
      cmocka_unit_test(test_elements),
      cmocka_unit_test(test_held),
      cmocka_unit_test(test_order_of_held),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
