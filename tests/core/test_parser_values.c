/* SPDX-License-Identifier: MIT */
/* Values of members: numbers, times, strings, and values that are of another type than they should be. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parser_cases.h"

static void test_nothing_to_say(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"all that a report needs", IN_ENTRY(POLICY "," SUMMARY), "",
       "REPORT organization=\"O\" contact=\"a@b.example\" id=\"r\" start-text=\"2024-05-31T00:00:00Z\" "
       "end-text=\"2024-05-31T23:59:59Z\" start=1717113600 end=1717199999 failures=0 policies=1 "
       "has=organization,contact,id,start,end\n"
       "POLICY index=0 type=2 name=\"sts\" domain=\"b.example\" strings=[\"version: STSv1\",\"mode: enforce\",\"mx: "
       "a.example\",\"max_age: 86400\"] mx-hosts=[\"a.example\"] successful=5 failed=0 failures=0 "
       "has=policy,type,strings,domain,mx-hosts,successful,failed\n"},
      {"with a failure", IN_FAILURES(FAILURE), "",
       "FAILURE policy=0 index=0 type=4 name=\"certificate-expired\" sending-ip=\"23.5.5.5\" hostname=\"a.example\" "
       "helo=- "
       "receiving-ip=- information=- reason=- count=1 has=type,sending-ip,hostname,count IN index=0 type=2 "
       "name=\"sts\"\n"
       "successful=0 failed=0 failures=0 has=policy,type,strings,domain,mx-hosts,failures\n"
       "successful=5 failed=1 failures=1 has=policy,type,strings,domain,mx-hosts,successful,failed,failures\n"},
      {"an empty array of failures", IN_ENTRY(POLICY "," SUMMARY ",'failure-details':[]"), "",
       "failures=0 has=policy,type,strings,domain,mx-hosts,successful,failed,failures\n"},
      {"all members of a failure",
       IN_FAILURE(RESULT "," ADDRESS "," MX ",'receiving-mx-helo':'mx','receiving-ip':'2a00::1'," COUNT_1
                         ",'additional-information':'https://a.example/x','failure-reason-code':'X'"),
       "",
       "helo=\"mx\" receiving-ip=\"2a00::1\" information=\"https://a.example/x\" reason=\"X\" count=1 "
       "has=type,sending-ip,hostname,helo,receiving-ip,count,information,reason IN\n"},
      {"tlsa",
       IN_POLICY("'policy-type':'tlsa','policy-string':['3 1 1 "
                 "0123456789abcdef0123456789abcdef0123456789ABCDEF0123456789abcdef']," DOMAIN),
       "", "type=1 name=\"tlsa\"\n"},
      {"no-policy-found", IN_POLICY("'policy-type':'no-policy-found'," DOMAIN), "",
       "type=3 name=\"no-policy-found\" domain=\"b.example\" strings=- mx-hosts=-\n"},
  };
  CHECK_CASES(cases, NULL);
}

#define TOTAL(number) IN_SUMMARY("'total-failure-session-count':0,'total-successful-session-count':~" number)
#define AT_TOTAL      " 1 policies[0].summary.total-successful-session-count\n"
#define NO_TOTAL      "successful=0 failed=0 failures=0 has=policy,type,strings,domain,mx-hosts,failed\n"
#define HAS_TOTAL(number)                                                                                              \
  "successful=" number " failed=0 failures=0 has=policy,type,strings,domain,mx-hosts,successful,failed\n"

static void test_counts(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"0", TOTAL("0"), "", HAS_TOTAL("0")},
      {"5", TOTAL("5"), "", HAS_TOTAL("5")},
      {"the largest exact double", TOTAL("9007199254740991"), "", HAS_TOTAL("9007199254740991")},
      {"an integer with a fraction", TOTAL("5.0"), "W report.count-form" AT_TOTAL, HAS_TOTAL("5")},
      {"a longer one", TOTAL("5.000000000000000000000000000000"), "W report.count-form" AT_TOTAL, HAS_TOTAL("5")},
      {"with a negative exponent", TOTAL("50e-1"), "W report.count-form" AT_TOTAL, HAS_TOTAL("5")},
      {"with many zeros taken back", TOTAL("500000000000000000000000e-23"), "W report.count-form" AT_TOTAL,
       HAS_TOTAL("5")},
      {"with an exponent", TOTAL("1e2"), "W report.count-form" AT_TOTAL, HAS_TOTAL("100")},
      {"with a plus", TOTAL("1E+2"), "W report.count-form" AT_TOTAL, HAS_TOTAL("100")},
      {"fraction and exponent", TOTAL("0.05e2"), "W report.count-form" AT_TOTAL, HAS_TOTAL("5")},
      {"no fraction is left", TOTAL("1.25e2"), "W report.count-form" AT_TOTAL, HAS_TOTAL("125")},
      {"negative zero", TOTAL("-0"), "W report.count-form" AT_TOTAL, HAS_TOTAL("0")},
      {"zero with an exponent beyond all bounds", TOTAL("0e999999999999999999999999"), "W report.count-form" AT_TOTAL,
       HAS_TOTAL("0")},
      {"2^53", TOTAL("9007199254740992"), "W report.count-inexact" AT_TOTAL, HAS_TOTAL("9007199254740992")},
      {"2^64-1", TOTAL("18446744073709551615"), "W report.count-inexact" AT_TOTAL, HAS_TOTAL("18446744073709551615")},
      {"2^64", TOTAL("18446744073709551616"), "E report.bad-count" AT_TOTAL, NO_TOTAL},
      {"1e19", TOTAL("1e19"), "W report.count-form" AT_TOTAL "W report.count-inexact" AT_TOTAL,
       HAS_TOTAL("10000000000000000000")},
      {"2e19", TOTAL("2e19"), "E report.bad-count" AT_TOTAL, NO_TOTAL},
      {"beyond any double", TOTAL("1e400"), "E report.bad-count" AT_TOTAL, NO_TOTAL},
      {"an exponent beyond all bounds", TOTAL("1e99999999999999999999999999"), "E report.bad-count" AT_TOTAL, NO_TOTAL},
      {"and below", TOTAL("1e-99999999999999999999999999"), "E report.fractional-count" AT_TOTAL, NO_TOTAL},
      {"-1", TOTAL("-1"), "E report.negative-count" AT_TOTAL, NO_TOTAL},
      {"-1.5", TOTAL("-1.5"), "E report.negative-count" AT_TOTAL, NO_TOTAL},
      {"1.5", TOTAL("1.5"), "E report.fractional-count" AT_TOTAL, NO_TOTAL},
      {"5e-1", TOTAL("5e-1"), "E report.fractional-count" AT_TOTAL, NO_TOTAL},
      {"just above 5", TOTAL("5.000000000000000000000000000001"), "E report.fractional-count" AT_TOTAL, NO_TOTAL},
      {"in quotes", TOTAL("'5'"), "E report.wrong-type" AT_TOTAL, HAS_TOTAL("5")},
      {"in quotes, 0", TOTAL("'0'"), "E report.wrong-type" AT_TOTAL, HAS_TOTAL("0")},
      {"in quotes, with leading zeros", TOTAL("'000000000000000000000000000000005'"), "E report.wrong-type" AT_TOTAL,
       HAS_TOTAL("5")},
      {"in quotes, escaped", TOTAL("'\x5Cu0035'"), "E report.wrong-type" AT_TOTAL, HAS_TOTAL("5")},
      {"in quotes, 2^64-1", TOTAL("'18446744073709551615'"),
       "E report.wrong-type" AT_TOTAL "W report.count-inexact" AT_TOTAL, HAS_TOTAL("18446744073709551615")},
      {"in quotes, 2^64", TOTAL("'18446744073709551616'"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"in quotes, a sign", TOTAL("'+5'"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"in quotes, negative", TOTAL("'-5'"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"in quotes, a blank before", TOTAL("' 5'"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"in quotes, a blank after", TOTAL("'5 '"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"in quotes, a point", TOTAL("'5.0'"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"in quotes, an exponent", TOTAL("'5e0'"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"in quotes, a comma", TOTAL("'1,000'"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"in quotes, digits beyond ASCII", TOTAL("'\x5Cu0665'"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"in quotes, nothing", TOTAL("''"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"in quotes, words", TOTAL("'five'"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"true", TOTAL("true"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"null", TOTAL("null"), "E report.null-member" AT_TOTAL, NO_TOTAL},
      {"an array", TOTAL("[1]"), "E report.wrong-type" AT_TOTAL, NO_TOTAL},
      {"a leading zero is no JSON", TOTAL("0~1"), "FAIL TRPT_E_JSON json.not-json 2 policies[0].summary\n", NULL},
      {"nor is a plus", TOTAL("+1"), "FAIL TRPT_E_JSON json.not-json" AT_TOTAL, NULL},
      {"nor a bare point", TOTAL("1.~e1"),
       "FAIL TRPT_E_JSON json.not-json 2 policies[0].summary.total-successful-session-count\n", NULL},
      {"nor NaN", TOTAL("NaN"), "FAIL TRPT_E_JSON json.not-json" AT_TOTAL, NULL},
  };
  CHECK_CASES(cases, NULL);
}

static void test_numbers_elsewhere(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"a number in an unknown member", "{" HEAD "~'x':~1e400,'policies':[" ENTRY "]}",
       "I report.unknown-member 1\nW json.number-range 2\n", NULL},
      {"too precise", "{" HEAD "~'x':[{'y':~1.2345678901234567890}],'policies':[" ENTRY "]}",
       "I report.unknown-member 1\nW json.number-range 2\n", NULL},
      {"17 digits are a double's", "{" HEAD "~'x':1.2345678901234567,'policies':[" ENTRY "]}",
       "I report.unknown-member 1\n", NULL},
      {"in a member of another type", "{" ORGANIZATION RANGE CONTACT "'report-id':~1e400,'policies':[" ENTRY "]}",
       "E report.wrong-type 1 report-id\nW json.number-range 1 report-id\n", "id=-\n"},
      {"an integer where text belongs",
       "{" ORGANIZATION RANGE CONTACT "'report-id':~1790900000,'policies':[" ENTRY "]}",
       "E report.wrong-type 1 report-id\n", "id=\"1790900000\"\nhas=organization,contact,id,start,end\n"},
      {"0", "{" ORGANIZATION RANGE CONTACT "'report-id':~0,'policies':[" ENTRY "]}",
       "E report.wrong-type 1 report-id\n", "id=\"0\"\n"},
      {"20 digits", "{" ORGANIZATION RANGE CONTACT "'report-id':~99999999999999999999,'policies':[" ENTRY "]}",
       "E report.wrong-type 1 report-id\n", "id=\"99999999999999999999\"\n"},
      {"2^64", "{" ORGANIZATION RANGE CONTACT "'report-id':~18446744073709551616,'policies':[" ENTRY "]}",
       "E report.wrong-type 1 report-id\n", "id=\"18446744073709551616\"\n"},
      {"21 digits", "{" ORGANIZATION RANGE CONTACT "'report-id':~100000000000000000001,'policies':[" ENTRY "]}",
       "E report.wrong-type 1 report-id\nW json.number-range 1 report-id\n", "id=-\n"},
      {"not plain", "{" ORGANIZATION RANGE "'contact-info':~-1,'report-id':~1.0,'policies':[" ENTRY "]}",
       "E report.wrong-type 1 contact-info\nE report.wrong-type 2 report-id\n", "contact=- id=-\n"},
      {"its text is checked", "{" ORGANIZATION RANGE "'contact-info':~17," ID ",'policies':[" ENTRY "]}",
       "E report.wrong-type 1 contact-info\nW report.bad-contact-info 1 contact-info\n", "contact=\"17\"\n"},
      {"in a failure", IN_FAILURE("'result-type':~4," ADDRESS "," MX "," COUNT_1 ",'failure-reason-code':~20"),
       "E report.wrong-type 1 policies[0].failure-details[0].result-type\n"
       "W report.unknown-result-type 1 policies[0].failure-details[0].result-type\n"
       "E report.wrong-type 2 policies[0].failure-details[0].failure-reason-code\n",
       "FAILURE policy=0 index=0 type=0 name=\"4\"\nreason=\"20\" count=1\n"},
      {"true is no text", "{" ORGANIZATION RANGE CONTACT "'report-id':~true,'policies':[" ENTRY "]}",
       "E report.wrong-type 1 report-id\n", "id=-\n"},
      {"no Unicode in a member of another type",
       IN_SUMMARY("'total-successful-session-count':~'\\ud800','total-failure-session-count':0"),
       "E report.wrong-type 1 policies[0].summary.total-successful-session-count\n"
       "E json.bad-codepoint 1 policies[0].summary.total-successful-session-count\n",
       NULL},
  };
  CHECK_CASES(cases, NULL);
}

#define TIMES(start, end)                                                                                              \
  "{" ORGANIZATION "'date-range':~{'start-datetime':~'" start "','end-datetime':~'" end "'}," CONTACT ID               \
  ",'policies':[" ENTRY "]}"

#define TIME_VALUES(start, end)                                                                                        \
  "{" ORGANIZATION "'date-range':~{'start-datetime':~" start ",'end-datetime':~" end "}," CONTACT ID                   \
  ",'policies':[" ENTRY "]}"

#define ZEROS_64   "0000000000000000000000000000000000000000000000000000000000000000"
#define ZEROS_256  ZEROS_64 ZEROS_64 ZEROS_64 ZEROS_64
#define ZEROS_1024 ZEROS_256 ZEROS_256 ZEROS_256 ZEROS_256

static void test_times(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"next day", TIMES("2024-05-31T00:00:00Z", "2024-06-01T00:00:00Z"), "", "start=1717113600 end=1717200000\n"},
      {"a fraction", TIMES("2024-05-31T00:00:00.000Z", "2024-05-31T23:59:59.999Z"), "",
       "start=1717113600 end=1717199999\n"},
      {"no zone, read as UTC", TIMES("2024-05-31T00:00:00", "2024-05-31T23:59:59"),
       "W report.missing-timezone 2 date-range.start-datetime\nW report.missing-timezone 3 date-range.end-datetime\n",
       "start=1717113600 end=1717199999\n"},
      {"a fraction longer than any", TIMES("2024-05-31T00:00:00." ZEROS_1024 "Z", "2024-05-31T23:59:59Z"),
       "W report.long-string 2 date-range.start-datetime\n", "start=1717113600 end=1717199999\n"},
      {"hour 24", TIMES("2024-05-31T00:00:00Z", "2024-05-31T24:00:00Z"),
       "E report.bad-datetime 3 date-range.end-datetime\n",
       "end-text=\"2024-05-31T24:00:00Z\" start=1717113600 end=none failures=0 policies=1 "
       "has=organization,contact,id,start,end\n"},
      {"another zone", TIMES("2024-05-31T00:00:00+02:00", "2024-05-31T23:59:59+02:00"),
       "W report.window-not-utc-day 1 date-range\n", "start=1717106400 end=1717192799\n"},
      {"end before start", TIMES("2024-05-31T00:00:00Z", "2024-05-30T00:00:00Z"),
       "E report.end-before-start 3 date-range.end-datetime\n", "start=1717113600 end=1717027200\n"},
      {"nothing between", TIMES("2024-05-31T00:00:00Z", "2024-05-31T00:00:00Z"), "W report.zero-window 1 date-range\n",
       NULL},
      {"a week", TIMES("2024-05-31T00:00:00Z", "2024-06-06T23:59:59Z"), "W report.window-too-long 1 date-range\n",
       NULL},
      {"an hour", TIMES("2024-05-31T00:00:00Z", "2024-05-31T01:00:00Z"), "W report.window-not-utc-day 1 date-range\n",
       NULL},
      {"a leap second", TIMES("2016-12-31T00:00:00Z", "2016-12-31T23:59:60Z"), "", "start=1483142400 end=1483228800\n"},
      {"small letters", TIMES("2024-05-31t00:00:00z", "2024-05-31T23:59:59Z"),
       "I report.lowercase-datetime 2 date-range.start-datetime\n", "start=1717113600\n"},
      {"February 30", TIMES("2024-02-30T00:00:00Z", "2024-02-30T23:59:59Z"),
       "E report.bad-datetime 2 date-range.start-datetime\nE report.bad-datetime 3 date-range.end-datetime\n",
       "start=none end=none\n"},
      {"seconds since 1970 in quotes", TIMES("1717113600", "1717199999"),
       "E report.bad-datetime 2 date-range.start-datetime\nE report.bad-datetime 3 date-range.end-datetime\n",
       "start-text=\"1717113600\" end-text=\"1717199999\" start=1717113600 end=1717199999\n"},
      {"seconds since 1970", TIME_VALUES("1717113600", "1717199999"),
       "E report.bad-datetime 2 date-range.start-datetime\nE report.bad-datetime 3 date-range.end-datetime\n",
       "start-text=\"1717113600\" end-text=\"1717199999\" start=1717113600 end=1717199999\n"},
      {"milliseconds since 1970", TIME_VALUES("1717113600000", "1717199999000"),
       "E report.bad-datetime 2 date-range.start-datetime\nE report.bad-datetime 3 date-range.end-datetime\n",
       "start-text=\"1717113600000\" end-text=\"1717199999000\" start=none end=none\n"},
      {"seconds that are no plain integer", TIME_VALUES("1717113600.0", "-1"),
       "E report.wrong-type 2 date-range.start-datetime\nE report.wrong-type 3 date-range.end-datetime\n",
       "start-text=- end-text=- start=none end=none\n"},
      {"dates alone: all of both days", TIMES("2024-05-31", "2024-05-31"),
       "E report.bad-datetime 2 date-range.start-datetime\nE report.bad-datetime 3 date-range.end-datetime\n",
       "start-text=\"2024-05-31\" end-text=\"2024-05-31\" start=1717113600 end=1717199999\n"},
      {"a blank and an offset without colon", TIMES("2024-05-31 00:00:00Z", "2024-06-01T01:59:59+0200"),
       "E report.bad-datetime 2 date-range.start-datetime\nE report.bad-datetime 3 date-range.end-datetime\n",
       "start=1717113600 end=1717199999\n"},
      {"the window of other forms is checked", TIMES("2024-05-31 00:00:00", "2024-05-31T01:00Z"),
       "E report.bad-datetime 2 date-range.start-datetime\nW report.missing-timezone 2 date-range.start-datetime\n"
       "E report.bad-datetime 3 date-range.end-datetime\nW report.window-not-utc-day 1 date-range\n",
       "start=1717113600 end=1717117200\n"},
      {"empty", TIMES("", "2024-05-31T23:59:59Z"), "W report.empty-string 2 date-range.start-datetime\n",
       "start-text=\"\" end-text=\"2024-05-31T23:59:59Z\" start=none end=1717199999\n"},
  };
  CHECK_CASES(cases, NULL);
}

static void test_future(void **state) {
  (void)state;
  static const parser_case soon[] = {
      {"a day of grace", TIMES("2024-05-31T00:00:00Z", "2024-05-31T23:59:59Z"), "", NULL},
  };
  static const parser_case future[] = {
      {"later", TIMES("2024-05-31T00:00:00Z", "2024-05-31T23:59:59Z"),
       "W report.future-window 3 date-range.end-datetime\n", NULL},
  };
  CHECK_CASES(soon, (&(trpt_options){.now = 1717199999 - 86400}));
  CHECK_CASES(future, (&(trpt_options){.now = 1717199999 - 86401}));
}

#define WITHOUT_POLICY(result)                                                                                         \
  IN_ENTRY("'policy':{'policy-type':'no-policy-found'," DOMAIN "}," SUMMARY_1                                          \
           ",'failure-details':[{'result-type':~'" result "'," COUNT_1 "}]")
#define UNDER_TLSA(result)                                                                                             \
  IN_ENTRY("'policy':{'policy-type':'tlsa','policy-string':['3 1 0 00']," DOMAIN "}," SUMMARY_1                        \
           ",'failure-details':[{'result-type':~'" result "'," COUNT_1 "}]")

static void test_strings(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"an empty name", "{'organization-name':~''," RANGE CONTACT ID ",'policies':[" ENTRY "]}",
       "W report.empty-string 1 organization-name\n",
       "organization=\"\" contact\nhas=organization,contact,id,start,end\n"},
      {"empty strings in a failure",
       IN_FAILURE(RESULT ",'sending-mta-ip':~'','receiving-mx-hostname':~''," COUNT_1 ",'additional-information':~''"),
       "W report.empty-string 1 policies[0].failure-details[0].sending-mta-ip\n"
       "W report.empty-string 2 policies[0].failure-details[0].receiving-mx-hostname\n"
       "W report.empty-string 3 policies[0].failure-details[0].additional-information\n",
       "sending-ip=\"\" hostname=\"\" helo=- receiving-ip=- information=\"\" reason=- count=1 "
       "has=type,sending-ip,hostname,count,information\n"},
      {"contact: a name too",
       "{" ORGANIZATION RANGE "'contact-info':~'A (x) a@b.example'," ID ",'policies':[" ENTRY "]}",
       "W report.bad-contact-info 1 contact-info\n", "contact=\"A (x) a@b.example\"\n"},
      {"contact: in brackets",
       "{" ORGANIZATION RANGE "'contact-info':~'A <a@b.example>'," ID ",'policies':[" ENTRY "]}",
       "W report.bad-contact-info 1 contact-info\nW report.markup 1 contact-info\n", "contact=\"A <a@b.example>\"\n"},
      {"contact: two",
       "{" ORGANIZATION RANGE "'contact-info':~'a@b.example,c@d.example'," ID ",'policies':[" ENTRY "]}",
       "W report.bad-contact-info 1 contact-info\n", NULL},
      {"contact: a local name is an addr-spec",
       "{" ORGANIZATION RANGE "'contact-info':'a@b'," ID ",'policies':[" ENTRY "]}", "", NULL},
      {"a U-label", IN_POLICY(TYPE_STS "," STRINGS ",'policy-domain':~'m\xC3\xBCnchen.example'," HOSTS),
       "E report.policy-domain-not-a-label 1 policies[0].policy.policy-domain\n",
       "domain=\"m\\xC3\\xBCnchen.example\"\n"},
      {"a trailing dot", IN_POLICY(TYPE_STS "," STRINGS ",'policy-domain':~'b.example.'," HOSTS),
       "I report.trailing-dot 1 policies[0].policy.policy-domain\n", "domain=\"b.example.\"\n"},
      {"an invalid address", IN_FAILURE(RESULT ",'sending-mta-ip':~'1.2.3.04'," MX "," COUNT_1),
       "E report.bad-ip 1 policies[0].failure-details[0].sending-mta-ip\n", "sending-ip=\"1.2.3.04\"\n"},
      {"leading zeros in IPv6", IN_FAILURE(RESULT ",'sending-mta-ip':~'2a00:0012::1'," MX "," COUNT_1),
       "I report.ip-not-canonical 1 policies[0].failure-details[0].sending-mta-ip\n", NULL},
      {"a zone", IN_FAILURE(RESULT "," ADDRESS "," MX "," COUNT_1 ",'receiving-ip':~'fe80::1%eth0'"),
       "E report.bad-ip 1 policies[0].failure-details[0].receiving-ip\n", NULL},
      {"blanks in the URI",
       IN_FAILURE(RESULT "," ADDRESS "," MX "," COUNT_1 ",'additional-information':~'https://a.example/ x'"),
       "W report.bad-additional-information 1 policies[0].failure-details[0].additional-information\n", NULL},
      {"a reply with line ends as helo",
       IN_FAILURE(RESULT "," ADDRESS "," MX "," COUNT_1 ",'receiving-mx-helo':~'250-a\\r\\n250 b'"),
       "W report.control-chars 1 policies[0].failure-details[0].receiving-mx-helo\n",
       "helo=\"250-a\\x0D\\x0A250 b\"\n"},
      {"markup", "{'organization-name':~'<b>'," RANGE CONTACT ID ",'policies':[" ENTRY "]}",
       "W report.markup 1 organization-name\n", NULL},
      {"no reason under validation-failure",
       IN_FAILURES("~{'result-type':'validation-failure'," ADDRESS "," MX "," COUNT_1 "}"),
       "I report.reason-code-missing 1 policies[0].failure-details[0].failure-reason-code\n", NULL},
      {"an unknown policy type", IN_POLICY("'policy-type':~'STS'," STRINGS "," DOMAIN "," HOSTS),
       "W report.unknown-policy-type 1 policies[0].policy.policy-type\n", "type=0 name=\"STS\"\n"},
      {"case matters in result types", IN_FAILURE("'result-type':~'Certificate-Expired'," ADDRESS "," MX "," COUNT_1),
       "W report.unknown-result-type 1 policies[0].failure-details[0].result-type\n",
       "type=0 name=\"Certificate-Expired\"\n"},
      {"a DANE result under sts", IN_FAILURE("'result-type':~'tlsa-invalid'," COUNT_1),
       "I report.result-type-policy-mismatch 1 policies[0].failure-details[0].result-type\n", "type=9\n"},
      {"and without a policy", WITHOUT_POLICY("tlsa-invalid"),
       "I report.result-type-policy-mismatch 1 policies[0].failure-details[0].result-type\n", "type=9\n"},
      {"an MTA-STS result without a policy", WITHOUT_POLICY("sts-policy-fetch-error"),
       "I report.result-type-policy-mismatch 1 policies[0].failure-details[0].result-type\n", NULL},
      {"dane-required is about the lack of one", WITHOUT_POLICY("dane-required"), "", NULL},
      {"a DANE result under tlsa", UNDER_TLSA("tlsa-invalid"), "", NULL},
      {"an MTA-STS result under tlsa", UNDER_TLSA("sts-policy-invalid"),
       "I report.result-type-policy-mismatch 1 policies[0].failure-details[0].result-type\n", NULL},
      {"dane-required under sts", IN_FAILURE("'result-type':~'dane-required'," COUNT_1),
       "I report.result-type-policy-mismatch 1 policies[0].failure-details[0].result-type\n", NULL},
      {"an MTA-STS result under sts", IN_FAILURE("'result-type':'sts-policy-invalid'," COUNT_1), "", NULL},
      {"an MX that is not of the policy",
       IN_FAILURE(RESULT "," ADDRESS ",'receiving-mx-hostname':~'c.example'," COUNT_1),
       "W report.mx-mismatch 1 policies[0].failure-details[0].receiving-mx-hostname\n", NULL},
  };
  CHECK_CASES(cases, NULL);
}

/* A host is compared with 64 patterns at most, so that a failure costs no more than its bytes. */
static void test_many_patterns(void **state) {
  (void)state;
  static const struct {
    int patterns;
    const char *findings;
  } rows[] = {{64, "W report.mx-mismatch 1 policies[0].failure-details[0].receiving-mx-hostname\n"}, {65, ""}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char hosts[2048] = "'mx0.example'", json[4096];
    for (int k = 1; k < rows[i].patterns; k++)
      snprintf(hosts + strlen(hosts), sizeof hosts - strlen(hosts), ",'mx%d.example'", k);
    snprintf(json, sizeof json,
             IN_ENTRY("'policy':{" TYPE_STS ",'policy-string':['version: STSv1','mode: none','max_age: 0']," DOMAIN
                      ",'mx-host':[%s]}," SUMMARY_1 ",'failure-details':[{" RESULT "," ADDRESS
                      ",'receiving-mx-hostname':~'mx.example'," COUNT_1 "}]"),
             hosts);
    const parser_case cases[] = {{"many patterns", json, rows[i].findings, NULL}};
    CHECK_CASES(cases, NULL);
  }
}

static void test_sums(void **state) {
  (void)state;
#define TOTAL_FAILED(number) "'summary':{'total-successful-session-count':0,'total-failure-session-count':~" number "}"
#define FAILED(number)       ",'failure-details':[{" RESULT "," ADDRESS "," MX ",'failed-session-count':~" number "}]"
#define AT_FAILED            " 1 policies[0].summary.total-failure-session-count\n"
  static const parser_case cases[] = {
      {"equal", IN_ENTRY(POLICY "," TOTAL_FAILED("3") FAILED("3")), "", NULL},
      {"more", IN_ENTRY(POLICY "," TOTAL_FAILED("3") FAILED("4")), "I report.details-exceed-total" AT_FAILED, NULL},
      {"fewer", IN_ENTRY(POLICY "," TOTAL_FAILED("3") FAILED("2")), "I report.details-below-total" AT_FAILED, NULL},
      {"a total of none", IN_ENTRY(POLICY "," TOTAL_FAILED("0") FAILED("2")),
       "W report.details-without-failures" AT_FAILED, NULL},
      {"no details", IN_ENTRY(POLICY "," TOTAL_FAILED("3") ",'failure-details':[]"),
       "I report.failures-without-details" AT_FAILED, NULL},
      {"a failure of no session", IN_ENTRY(POLICY "," TOTAL_FAILED("3") FAILED("0")),
       "W report.zero-count-detail 2 policies[0].failure-details[0].failed-session-count\n"
       "I report.details-below-total" AT_FAILED,
       NULL},
      {"beyond 64 bits",
       IN_ENTRY(POLICY
                "," TOTAL_FAILED("18446744073709551615") ",'failure-details':[{" RESULT "," ADDRESS "," MX
                                                         ",'failed-session-count':~18446744073709551615}," FAILURE "]"),
       "W report.count-inexact 1 policies[0].summary.total-failure-session-count\n"
       "W report.count-inexact 2 policies[0].failure-details[0].failed-session-count\n",
       NULL},
  };
  CHECK_CASES(cases, NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_nothing_to_say), cmocka_unit_test(test_counts), cmocka_unit_test(test_numbers_elsewhere),
      cmocka_unit_test(test_times),          cmocka_unit_test(test_future), cmocka_unit_test(test_strings),
      cmocka_unit_test(test_many_patterns),  cmocka_unit_test(test_sums),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
