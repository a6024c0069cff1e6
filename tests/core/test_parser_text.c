/* SPDX-License-Identifier: MIT */
/* Text: what is no JSON or no I-JSON, escapes and UTF-8, lines and columns; and the odd forms of `policy-string` and
   `mx-host`. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parser_cases.h"

/* The name of the organization, with a mark before it. */
#define NAMED(text)   "{'organization-name':~'" text "'," RANGE CONTACT ID ",'policies':[" ENTRY "]}"
#define NOT_UTF8      "E json.not-utf8 1 organization-name\n"
#define BAD_CODEPOINT "E json.bad-codepoint 1 organization-name\n"
#define NAME(text)    "organization=\"" text "\" contact\n"
#define FFFD          "\\xEF\\xBF\\xBD"

static void test_escapes(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"short escapes", NAMED("\\\\\\/\\\"x"), "", NAME("\\x5C/\\x22x")},
      {"control characters", NAMED("\\b\\f\\n\\r\\t"), "W report.control-chars 1 organization-name\n",
       NAME("\\x08\\x0C\\x0A\\x0D\\x09")},
      {"NUL", NAMED("a\\u0000b"), "W report.control-chars 1 organization-name\n", NAME("a\\x00b")},
      {"one to four bytes", NAMED("\\u0041\\u00e9\\u20AC\\uD83D\\ude00"), "",
       NAME("A\\xC3\\xA9\\xE2\\x82\\xAC\\xF0\\x9F\\x98\\x80")},
      {"a high surrogate alone", NAMED("\\uD83Dx"), BAD_CODEPOINT, NAME(FFFD "x")},
      {"at the end", NAMED("\\uDEAD"), BAD_CODEPOINT, NAME(FFFD)},
      {"before another escape", NAMED("\\uD83D\\n"), BAD_CODEPOINT "W report.control-chars 1 organization-name\n",
       NAME(FFFD "\\x0A")},
      {"before another character", NAMED("\\uD83D\\u0041"), BAD_CODEPOINT, NAME(FFFD "A")},
      {"before another high one, that has its pair", NAMED("\\uD83D\\uD83D\\uDE00"), BAD_CODEPOINT,
       NAME(FFFD "\\xF0\\x9F\\x98\\x80")},
      {"a low surrogate alone", NAMED("\\uDE00\\uD83D"), BAD_CODEPOINT, NAME(FFFD FFFD)},
      {"a noncharacter is kept", NAMED("\\uFFFF\\uFDD0"), BAD_CODEPOINT, NAME("\\xEF\\xBF\\xBF\\xEF\\xB7\\x90")},
      {"of another plane", NAMED("\\uD83F\\uDFFE"), BAD_CODEPOINT, NAME("\\xF0\\x9F\\xBF\\xBE")},
      {"not escaped", NAMED("\xF4\x8F\xBF\xBF"), BAD_CODEPOINT, NAME("\\xF4\\x8F\\xBF\\xBF")},
      {"their neighbours", NAMED("\xEF\xBF\xBD\xEF\xB7\xB0\xEF\xB7\x8F\xF0\x9F\xBF\xBD"), "", NULL},
      {"an unknown escape", "{'organization-name':'\\~x'}", "FAIL TRPT_E_JSON json.not-json 1 organization-name\n",
       NULL},
      {"too few digits", "{'organization-name':'\\u12~x4'}", "FAIL TRPT_E_JSON json.not-json 1 organization-name\n",
       NULL},
  };
  CHECK_CASES(cases, NULL);
}

static void test_utf8(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"the largest of each length", NAMED("\x7F\xDF\xBF\xED\x9F\xBF\xF4\x8F\xBF\xBD"),
       "W report.control-chars 1 organization-name\n", NULL},
      {"a continuation alone", NAMED("a\x80z"), NOT_UTF8, NAME("a" FFFD "z")},
      {"two of them are two parts", NAMED("\x80\xBF"), NOT_UTF8, NAME(FFFD FFFD)},
      {"bytes that never stand in UTF-8", NAMED("\xC0\xC1\xF5\xFE\xFF"), NOT_UTF8, NAME(FFFD FFFD FFFD FFFD FFFD)},
      {"overlong, two bytes", NAMED("\xC0\xAF"), NOT_UTF8, NAME(FFFD FFFD)},
      {"overlong, three", NAMED("\xE0\x80\xAF"), NOT_UTF8, NAME(FFFD FFFD FFFD)},
      {"overlong, four", NAMED("\xF0\x80\x80\xAF"), NOT_UTF8, NAME(FFFD FFFD FFFD FFFD)},
      {"a surrogate", NAMED("\xED\xA0\x80"), NOT_UTF8, NAME(FFFD FFFD FFFD)},
      {"beyond U+10FFFF", NAMED("\xF4\x90\x80\x80"), NOT_UTF8, NAME(FFFD FFFD FFFD FFFD)},
      {"cut by a letter: one part each", NAMED("\xC3x\xE2\x82y\xF0\x9F\x98z"), NOT_UTF8,
       NAME(FFFD "x" FFFD "y" FFFD "z")},
      {"cut by the next", NAMED("\xE2\x82\xE2\x82\xAC"), NOT_UTF8, NAME(FFFD "\\xE2\\x82\\xAC")},
      {"cut by an escape", NAMED("\xE2\x82\\u0041"), NOT_UTF8, NAME(FFFD "A")},
      {"cut by the end", NAMED("\xF0\x9F\x98"), NOT_UTF8, NAME(FFFD)},
      {"Unicode's own example",
       NAMED("a\xF1\x80\x80\xE1\x80\xC2"
             "b\x80"
             "c\x80\xBF"
             "d"),
       NOT_UTF8, NAME("a" FFFD FFFD FFFD "b" FFFD "c" FFFD FFFD "d")},
      {"both string_errors", NAMED("\xFF\\ud800"), NOT_UTF8 BAD_CODEPOINT, NAME(FFFD FFFD)},
      {"both string_errors, the other way round", NAMED("\\ud800\xFF"), BAD_CODEPOINT NOT_UTF8, NAME(FFFD FFFD)},
      {"outside a string", "{'organization-name':~\xC3\xA9}", "FAIL TRPT_E_JSON json.not-json 1 organization-name\n",
       NULL},
  };
  CHECK_CASES(cases, NULL);
}

/* Strict mode points to the first byte that is wrong, and names what is wrong with it. */
static void test_strict_places(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"bytes", "{'report-id':'ab~\xFF'}", "FAIL TRPT_E_JSON json.not-utf8 1 report-id\n", NULL},
      {"a character that is cut", "{'report-id':'ab~\xE2\x82x'}", "FAIL TRPT_E_JSON json.not-utf8 1 report-id\n", NULL},
      {"an escape", "\n{'report-id':'\xC3\xA9~\\ud83dx\xFF'}", "FAIL TRPT_E_JSON json.bad-codepoint 1 report-id\n",
       NULL},
      {"the second half alone", "{'report-id':'\\n~\\ude00'}", "FAIL TRPT_E_JSON json.bad-codepoint 1 report-id\n",
       NULL},
      {"a noncharacter", "{'report-id':'a~\xEF\xBF\xBF'}", "FAIL TRPT_E_JSON json.bad-codepoint 1 report-id\n", NULL},
      {"an escaped one of two units", "{'report-id':'a~\\ud83f\\udfff'}",
       "FAIL TRPT_E_JSON json.bad-codepoint 1 report-id\n", NULL},
      {"a name", "{'a~\xFF':1}", "FAIL TRPT_E_JSON json.not-utf8 1\n", NULL},
      {"a value that is skipped", "{~'a':[{'b':'c~\xFF'}]}",
       "I report.unknown-member 1\nFAIL TRPT_E_JSON json.not-utf8 2\n", NULL},
  };
  parser_cases_check_strict(cases, sizeof cases / sizeof cases[0]);
}

static void test_text(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"a byte order mark", "\xEF\xBB\xBF" IN_POLICIES(ENTRY), "E json.bom 0\n", "organization=\"O\"\n"},
      {"columns count it", "\xEF\xBB\xBF{" HEAD "'policies':~[]}", "E json.bom 0\nW report.no-policies 1 policies\n",
       NULL},
      {"two of them", "\xEF\xBB\xBF~\xEF\xBB\xBF{'policies':[]}", "E json.bom 0\nFAIL TRPT_E_JSON json.not-json 1\n",
       NULL},
      {"half of one", "\xEF\xBB~{'policies':[]}", "FAIL TRPT_E_JSON json.not-json 1\n", NULL},
      {"UTF-16, little", "~\xFF\xFE{", "FAIL TRPT_E_JSON json.not-json 1\n", NULL},
      {"UTF-16, big", "~\xFE\xFF", "FAIL TRPT_E_JSON json.not-json 1\n", NULL},
      {"trailing data", IN_POLICIES(ENTRY) "\n ~x{]\xFF", "E json.trailing-data 1\n", "organization=\"O\"\n"},
      {"a second report", IN_POLICIES(ENTRY) "~{'policies':[1]}", "E json.trailing-data 1\n", "policies=1\n"},
      {"blanks are no data", "\r\n\t " IN_POLICIES(ENTRY) " \t\r\n\n", "", NULL},
      {"form feed is no blank", "{~\f'policies':[]}", "FAIL TRPT_E_JSON json.not-json 1\n", NULL},
      {"nor is vertical tab", "{'policies':~\v[]}", "FAIL TRPT_E_JSON json.not-json 1 policies\n", NULL},
      {"nor U+00A0", "{'policies':~\xC2\xA0[]}", "FAIL TRPT_E_JSON json.not-json 1 policies\n", NULL},
      {"a line end in a string", "{'report-id':'a~\r\n','policies':[]}", "FAIL TRPT_E_JSON json.not-json 1 report-id\n",
       NULL},
      {"a tab in a string", "{'report-id':'a~\tb'}", "FAIL TRPT_E_JSON json.not-json 1 report-id\n", NULL},
      {"lines end in CR LF", "{\r\n  " HEAD "\r\n\r\n\t'policies':\r\n[~1,\r\n ~2]\r\n}\r\n",
       "E report.wrong-type 1 policies[0]\nE report.wrong-type 2 policies[1]\n", NULL},
      {"CR alone ends none", "{\r" HEAD "\r'policies':[~1]}", "E report.wrong-type 1 policies[0]\n", NULL},
      {"single quotes", "{~\\u0027a\\u0027}", "FAIL TRPT_E_JSON json.not-json 1\n", NULL},
      {"a comma too many in an object", "{~'a':1,~}", "I report.unknown-member 1\nFAIL TRPT_E_JSON json.not-json 2\n",
       NULL},
      {"a comma too many in an array", "{'policies':[~1,~]}",
       "E report.wrong-type 1 policies[0]\nFAIL TRPT_E_JSON json.not-json 2 policies\n", NULL},
      {"no comma", "{'policies':~[]~'a':1}", "W report.no-policies 1 policies\nFAIL TRPT_E_JSON json.not-json 2\n",
       NULL},
      {"a comment", "{~/* x */}", "FAIL TRPT_E_JSON json.not-json 1\n", NULL},
      {"a closing bracket of the other kind", "{~'x':[1~}}",
       "I report.unknown-member 1\nFAIL TRPT_E_JSON json.not-json 2\n", NULL},
  };
  CHECK_CASES(cases, NULL);
}

/* ---- policy-string and mx-host ---- */

#define HEX              "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define TLSA             "3 1 1 " HEX
#define TLSA_2           "2 0 1 " HEX
#define IN_TLSA(strings) IN_POLICY("'policy-type':'tlsa','policy-string':" strings "," DOMAIN)
#define IN_STS(strings)  IN_POLICY(TYPE_STS ",'policy-string':" strings "," DOMAIN "," HOSTS)
#define AT(mark)         " " #mark " policies[0].policy.policy-string"
#define LINES            "'version: STSv1','mode: enforce','mx: a.example','max_age: 86400'"
#define NESTED_LINES     "[\\'version: STSv1\\',\\'mode: enforce\\',\\'mx: a.example\\',\\'max_age: 86400\\']"
#define SPLIT_LINES      "strings=[\"version: STSv1\",\"mode: enforce\",\"mx: a.example\",\"max_age: 86400\"]\n"

static void test_policy_string(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"a bare string", IN_TLSA("~'" TLSA "'"), "W report.policy-string-not-array" AT(1) "\n",
       "strings=[\"" TLSA "\"]\n"},
      {"a bare string, joined", IN_TLSA("~'" TLSA ";" TLSA_2 "'"), "W report.policy-string-not-array" AT(1) "\n",
       "strings=[\"" TLSA "\",\"" TLSA_2 "\"]\n"},
      {"an element, joined, with blanks and a last delimiter", IN_TLSA("[~' " TLSA " ;  " TLSA_2 " ; ','" TLSA "']"),
       "W report.policy-string-not-array" AT(1) "[0]\n", "strings=[\"" TLSA "\",\"" TLSA_2 "\",\"" TLSA "\"]\n"},
      {"the type stands behind", IN_POLICY("'policy-string':[~'" TLSA ";" TLSA_2 "']," DOMAIN ",'policy-type':'tlsa'"),
       "W report.policy-string-not-array" AT(1) "[0]\n", "strings=[\"" TLSA "\",\"" TLSA_2 "\"]\n"},
      {"parts are judged one by one, in the place of the whole", IN_TLSA("[~'" TLSA ";nothing;4 0 1 00']"),
       "W report.policy-string-not-array" AT(1) "[0]\nE report.tlsa-syntax" AT(1) "[0]\nW report.tlsa-length" AT(
           1) "[0]\n"
              "W report.tlsa-usage" AT(1) "[0]\n",
       "strings=[\"" TLSA "\",\"nothing\",\"4 0 1 00\"]\n"},
      {"line ends between them", IN_TLSA("[~'" TLSA ";\\r\\n\\t" TLSA_2 "\\r;']"),
       "W report.control-chars" AT(1) "[0]\nW report.policy-string-not-array" AT(1) "[0]\n",
       "strings=[\"" TLSA "\",\"" TLSA_2 "\"]\n"},
      {"a delimiter or a line end before the first", IN_TLSA("[~';" TLSA "',~'\\n" TLSA_2 ";']"),
       "W report.control-chars" AT(2) "[1]\nW report.policy-string-not-array" AT(
           1) "[0]\n"
              "W report.policy-string-not-array" AT(2) "[1]\n",
       "strings=[\"" TLSA "\",\"" TLSA_2 "\"]\n"},
      {"delimiters alone stay as they are", IN_TLSA("[~' ; ;']"), "E report.tlsa-syntax" AT(1) "[0]\n",
       "strings=[\" ; ;\"]\n"},
      {"a delimiter behind a single one", IN_TLSA("[~'" TLSA ";']"), "W report.policy-string-not-array" AT(1) "[0]\n",
       "strings=[\"" TLSA "\"]\n"},
      {"the type is not known", IN_POLICY("~'policy-type':~null,'policy-string':[~'" TLSA ";" TLSA_2 "']," DOMAIN),
       "E report.null-member 2 policies[0].policy.policy-type\nW report.policy-string-not-array" AT(3) "[0]\n",
       "strings=[\"" TLSA "\",\"" TLSA_2 "\"]\n"},
      {"of sts nothing is split", IN_STS("[~'x: STSv1; mode: none'," LINES "]"), "",
       "strings=[\"x: STSv1; mode: none\",\n"},
      {"a delimiter, but no record before it", IN_TLSA("[~'3 1x;2',~'3 1 ;']"),
       "E report.tlsa-syntax" AT(1) "[0]\nE report.tlsa-syntax" AT(2) "[1]\n", "strings=[\"3 1x;2\",\"3 1 ;\"]\n"},
      {"an empty array", IN_TLSA("[]"), "",
       "strings=[] mx-hosts=- successful=5 failed=0 failures=0 has=policy,type,strings,\n"},
      {"an empty string", IN_TLSA("~''"), "W report.policy-string-not-array" AT(1) "\nW report.empty-string" AT(1) "\n",
       "strings=[\"\"]\n"},
      {"nested JSON text", IN_STS("[~'" NESTED_LINES "']"), "W report.policy-string-nested-json" AT(1) "[0]\n",
       SPLIT_LINES},
      {"nested in a bare string", IN_STS("~'" NESTED_LINES "'"),
       "W report.policy-string-not-array" AT(1) "\nW report.policy-string-nested-json" AT(1) "\n", SPLIT_LINES},
      {"nested with blanks around it", IN_STS("[~' " NESTED_LINES "\\n']"),
       "W report.control-chars" AT(1) "[0]\nW report.policy-string-nested-json" AT(1) "[0]\n", SPLIT_LINES},
      {"escapes within",
       IN_TLSA("[~'[\\'\\\\u0033 1 1 " HEX "\\',\\'3 1\\\\u0020"
               "1 " HEX "\\']']"),
       "W report.policy-string-nested-json" AT(1) "[0]\n", "strings=[\"" TLSA "\",\"" TLSA "\"]\n"},
      {"nested and joined", IN_TLSA("[~'[\\'" TLSA ";" TLSA_2 "\\']']"),
       "W report.policy-string-nested-json" AT(1) "[0]\nW report.policy-string-not-array" AT(1) "[0]\n",
       "strings=[\"" TLSA "\",\"" TLSA_2 "\"]\n"},
      {"an empty nested array gives no element", IN_TLSA("[~'[]','" TLSA "']"),
       "W report.policy-string-nested-json" AT(1) "[0]\n", "strings=[\"" TLSA "\"]\n"},
      {"broken nested text stays whole", IN_TLSA("[~'[\\'" TLSA "\\'']"), "E report.tlsa-syntax" AT(1) "[0]\n",
       "strings=[\"[\\x22" TLSA "\\x22\"]\n"},
      {"nested numbers stay whole", IN_TLSA("[~'[1]']"), "E report.tlsa-syntax" AT(1) "[0]\n", "strings=[\"[1]\"]\n"},
      {"arrays in it stay whole", IN_TLSA("[~'[[]]']"), "E report.tlsa-syntax" AT(1) "[0]\n", "strings=[\"[[]]\"]\n"},
      {"something behind it stays whole", IN_TLSA("[~'[]x']"), "E report.tlsa-syntax" AT(1) "[0]\n",
       "strings=[\"[]x\"]\n"},
      {"a nested object stays whole", IN_TLSA("[~'{}']"), "E report.tlsa-syntax" AT(1) "[0]\n", "strings=[\"{}\"]\n"},
      {"nested text that is no Unicode",
       IN_STS("[~'[\\'x: \\\\ud800\\',"
              "\\'version: STSv1\\',\\'mode: enforce\\',\\'mx: a.example\\',\\'max_age: 86400\\']']"),
       "W report.policy-string-nested-json" AT(1) "[0]\nE json.bad-codepoint" AT(1) "[0]\n",
       "strings=[\"x: \\xEF\\xBF\\xBD\",\n"},
      {"told once, however many strings in it are none",
       IN_STS("[~'[\\'x: \\\\ud800\\',\\'y: \\\\ud800\\']'," LINES "]"),
       "W report.policy-string-nested-json" AT(1) "[0]\nE json.bad-codepoint" AT(1) "[0]\n",
       "strings=[\"x: \\xEF\\xBF\\xBD\",\"y: \\xEF\\xBF\\xBD\",\n"},
      {"what is no JSON among its strings", "{'policies':[{'policy':{'policy-string':['a',~x]}}]}",
       "FAIL TRPT_E_JSON json.not-json 1 policies[0].policy.policy-string\n", NULL},
      {"and among hosts", "{'policies':[{'policy':{'mx-host':['a',~x]}}]}",
       "FAIL TRPT_E_JSON json.not-json 1 policies[0].policy.mx-host\n", NULL},
      {"under no-policy-found", IN_POLICY("'policy-type':'no-policy-found'," DOMAIN ",'policy-string':~['x']"),
       "I report.policy-string-unexpected" AT(1) "\n", "strings=[\"x\"]\n"},
  };
  CHECK_CASES(cases, NULL);
}

#define JOINED(separator)                                                                                              \
  "version: STSv1" separator "mode: enforce" separator "mx: a.example" separator "max_age: 86400"
#define BLANKS_64  "                                                                "
#define BLANKS_512 BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64 BLANKS_64
#define INCOMPLETE(mark)                                                                                               \
  "W report.sts-no-version" AT(mark) "\nW report.sts-no-mode" AT(mark) "\nW report.sts-bad-max-age" AT(mark) "\n"
#define IS_JOINED "W report.policy-string-joined" AT(1) "[0]\n"

/* An MTA-STS policy in one string. */
static void test_joined_lines(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"by LF", IN_STS("[~'" JOINED("\\n") "']"), IS_JOINED, SPLIT_LINES},
      {"by LF, and one at the end", IN_STS("[~'" JOINED("\\n") "\\n']"), IS_JOINED, SPLIT_LINES},
      {"by CRLF", IN_STS("[~'" JOINED("\\r\\n") "\\r\\n']"), IS_JOINED, SPLIT_LINES},
      {"by one blank", IN_STS("[~'" JOINED(" ") "']"), IS_JOINED, SPLIT_LINES},
      {"by blanks and tabs", IN_STS("[~' " JOINED("  \\t ") "\\t ']"), IS_JOINED, SPLIT_LINES},
      {"by both, with empty lines", IN_STS("[~'\\n" JOINED(" \\n\\n ") "']"), IS_JOINED, SPLIT_LINES},
      {"no blank after the keys", IN_STS("[~'version:STSv1 mode:enforce mx:a.example max_age:86400']"), IS_JOINED,
       "strings=[\"version:STSv1\",\"mode:enforce\",\"mx:a.example\",\"max_age:86400\"]\n"},
      {"in another order", IN_STS("[~'mx: a.example\\nmax_age: 86400\\nmode: enforce\\nversion: STSv1']"), IS_JOINED,
       "strings=[\"mx: a.example\",\"max_age: 86400\",\"mode: enforce\",\"version: STSv1\"]\n"},
      {"a bare string", IN_STS("~'" JOINED("\\n") "'"),
       "W report.policy-string-not-array" AT(1) "\nW report.policy-string-joined" AT(1) "\n", SPLIT_LINES},
      {"two of them", IN_STS("[~'version: STSv1 mode: enforce',~'mx: a.example max_age: 86400']"),
       "W report.policy-string-joined" AT(1) "[0]\nW report.policy-string-joined" AT(2) "[1]\n", SPLIT_LINES},
      {"one key twice",
       IN_POLICY(TYPE_STS ",'policy-string':[~'mx: a.example mx: c.example','version: STSv1','mode: enforce',"
                          "'max_age: 86400']," DOMAIN ",'mx-host':['c.example','a.example']"),
       IS_JOINED, "strings=[\"mx: a.example\",\"mx: c.example\",\"version: STSv1\",\n"},
      {"other lines between", IN_STS("[~'version: STSv1\\nx: y z\\nmode: enforce\\nmx: a.example\\nmax_age: 86400']"),
       IS_JOINED, "strings=[\"version: STSv1\",\"x: y z\",\"mode: enforce\",\n"},
      {"the policy-type does not matter, and comes later",
       IN_POLICY("'policy-string':[~'" JOINED(" ") "']," DOMAIN "," HOSTS ",'policy-type':~'STS'"),
       "W report.unknown-policy-type 2 policies[0].policy.policy-type\n" IS_JOINED, SPLIT_LINES},
      {"lines are checked each, in the place of the whole",
       IN_STS("[~'version: STSv1\\nmode: enforce\\nx\\nmx: a.example\\nmax_age: x']"),
       IS_JOINED "W report.sts-line-syntax" AT(1) "[0]\nW report.sts-bad-max-age" AT(1) "[0]\n", NULL},
      {"their characters too, once each",
       IN_STS("[~'version: STSv1\\nx: \\u0007<b>\\ny: \\u0007<b>\\nmode: enforce\\nmx: a.example\\nmax_age: 86400']"),
       "W report.control-chars" AT(1) "[0]\nW report.markup" AT(1) "[0]\n" IS_JOINED "W report.sts-line-syntax" AT(
           1) "[0]\nW report.sts-line-syntax" AT(1) "[0]\n",
       NULL},
      {"with an empty line",
       IN_STS("[~'version: STSv1\\n\\nm\\nx: \\u0007\\nmode: enforce\\nmx: a.example\\nmax_age: 86400']"),
       "W report.control-chars" AT(1) "[0]\n" IS_JOINED
                                      "W report.sts-line-syntax" AT(1) "[0]\nW report.sts-line-syntax" AT(1) "[0]\n",
       NULL},
      {"a text that is longer than a line should be", IN_STS("[~'" JOINED(BLANKS_512) "']"), IS_JOINED, SPLIT_LINES},
      {"within nested JSON text",
       IN_STS("[~'[\\'version: STSv1\\\\nmode: enforce\\',\\'mx: a.example max_age: 86400\\']']"),
       "W report.policy-string-nested-json" AT(1) "[0]\n" IS_JOINED IS_JOINED, SPLIT_LINES},
      {"one key is a line", IN_STS("~['mode: enforce x: y',~'version: STSv1\\n']"),
       "W report.control-chars" AT(2) "[1]\nW report.sts-no-mode" AT(1) "\nW report.sts-bad-max-age" AT(1) "\n",
       "strings=[\"mode: enforce x: y\",\"version: STSv1\\x0A\"]\n"},
      {"not if it begins with something else", IN_STS("~[~'x: y\\nversion: STSv1\\nmode: enforce']"),
       "W report.control-chars" AT(2) "[0]\nW report.sts-line-syntax" AT(2) "[0]\n" INCOMPLETE(1),
       "strings=[\"x: y\\x0Aversion: STSv1\\x0Amode: enforce\"]\n"},
      {"nor within a line", IN_STS("~['mode:mx:a.example',~'version: STSv1,mode: enforce']"), INCOMPLETE(1), NULL},
      {"nor a key after a key", IN_STS("~[~'max_age: mode: enforce']"),
       "W report.sts-bad-max-age 2 policies[0].policy.policy-string[0]\n"
       "W report.sts-no-version" AT(1) "\nW report.sts-no-mode" AT(1) "\n",
       NULL},
      {"nor what is like the beginning of a key", IN_STS("[~'m',~'vers','mz: a:b'," LINES "]"),
       "W report.sts-line-syntax" AT(1) "[0]\nW report.sts-line-syntax" AT(2) "[1]\n", NULL},
      {"nor keys in capital letters", IN_STS("~['version: STSv1 Mode: enforce']"), INCOMPLETE(1),
       "strings=[\"version: STSv1 Mode: enforce\"]\n"},
      {"nor with a blank before the colon", IN_STS("~['version: STSv1 mode : enforce']"), INCOMPLETE(1), NULL},
  };
  CHECK_CASES(cases, NULL);
}

static void test_many_joined(void **state) {
  (void)state;
  static char text[1 << 15];
  size_t len = (size_t)snprintf(text, sizeof text, "%s",
                                "{" HEAD "'policies':[{'policy':{'policy-type':'tlsa'," DOMAIN ",'policy-string':[");
  for (int i = 0; i < 60; i++)
    len += (size_t)snprintf(text + len, sizeof text - len, "%s'" TLSA ";" TLSA_2 "'", i ? "," : "");
  snprintf(text + len, sizeof text - len, "]}," SUMMARY "}]}");
  for (char *c = text; *c; c++)
    if (*c == '\'') *c = '"';
  /* Each of them is told, though no queue is that long. */
  trpt_options options = {.struct_size = sizeof options};
  trpt_parser *parser;
  const trpt_event *event;
  size_t used, told = 0, at = 0;
  assert_int_equal(trpt_parser_new(&parser, &options), TRPT_OK);
  len = strlen(text);
  trpt_status status;
  while ((status = trpt_parser_read(parser, at < len ? text + at : NULL, len - at, &used, &event)) == TRPT_OK ||
         status == TRPT_MORE) {
    at += used;
    if (!event) continue;
    if (event->type == TRPT_EVENT_DIAGNOSTIC && strcmp(event->diagnostic->code, "report.policy-string-not-array") == 0)
      told++;
    if (event->type == TRPT_EVENT_POLICY) assert_int_equal(event->policy->string_count, 120);
    if (event->type == TRPT_EVENT_REPORT) assert_int_equal(event->metadata->warning_count, 60);
  }
  assert_int_equal(status, TRPT_END);
  assert_int_equal(told, 60);
  trpt_parser_free(parser);
}

static void test_mx_host(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"a bare string", IN_POLICY(TYPE_STS "," STRINGS "," DOMAIN ",'mx-host':~'a.example'"),
       "W report.mx-host-not-array 1 policies[0].policy.mx-host\n", "mx-hosts=[\"a.example\"]\n"},
      {"an empty one", IN_POLICY(TYPE_STS "," STRINGS "," DOMAIN ",'mx-host':~''"),
       "W report.mx-host-not-array 1 policies[0].policy.mx-host\nW report.empty-string 1 policies[0].policy.mx-host\n",
       "mx-hosts=[\"\"]\n"},
      {"with the prefix of the policy, which is kept",
       IN_POLICY(TYPE_STS "," STRINGS "," DOMAIN ",'mx-host':[~'mx: a.example']"),
       "W report.mx-host-prefix 1 policies[0].policy.mx-host[0]\n", "mx-hosts=[\"mx: a.example\"]\n"},
      {"with blanks behind the prefix", IN_POLICY(TYPE_STS "," STRINGS "," DOMAIN ",'mx-host':[~'MX: \\t a.example']"),
       "W report.mx-host-prefix 1 policies[0].policy.mx-host[0]\nW report.control-chars 1 "
       "policies[0].policy.mx-host[0]\n",
       NULL},
      {"the prefix alone is no pattern", IN_POLICY(TYPE_STS "," STRINGS "," DOMAIN ",'mx-host':[~'mx: ',~'mx:']"),
       "W report.mx-host-prefix 1 policies[0].policy.mx-host[0]\nE report.bad-domain 1 policies[0].policy.mx-host[0]\n"
       "W report.mx-host-prefix 2 policies[0].policy.mx-host[1]\nE report.bad-domain 2 policies[0].policy.mx-host[1]\n",
       NULL},
      {"JSON text is not looked for in it", IN_POLICY(TYPE_STS "," STRINGS "," DOMAIN ",'mx-host':~[~'[]']"),
       "E report.bad-domain 2 policies[0].policy.mx-host[0]\nW report.sts-mx-disagrees 1 policies[0].policy.mx-host\n",
       "mx-hosts=[\"[]\"]\n"},
      {"under tlsa", IN_POLICY("'policy-type':'tlsa','policy-string':['" TLSA "']," DOMAIN ",'mx-host':~['a.example']"),
       "I report.mx-host-unexpected 1 policies[0].policy.mx-host\n", NULL},
  };
  CHECK_CASES(cases, NULL);
}

static void test_sts_lines(void **state) {
  (void)state;
  static const parser_case cases[] = {
      {"errors are kept", IN_STS("['version: STSv1',~'mode enforce','mode: testing','mx: a.example',~'max_age: x']"),
       "W report.sts-line-syntax" AT(1) "[1]\nW report.sts-bad-max-age" AT(2) "[4]\n", "\"mode enforce\",\n"},
      {"lines that are missing", IN_STS("~['mx: a.example']"),
       "W report.sts-no-version" AT(1) "\nW report.sts-no-mode" AT(1) "\nW report.sts-bad-max-age" AT(1) "\n", NULL},
      {"legal blanks", IN_STS("['version:\\tSTSv1','mode: enforce\\r','mx: a.example \\t','max_age:86400']"), "", NULL},
      {"no mx", IN_STS("~['version: STSv1','mode: enforce','max_age: 86400']"), "W report.sts-no-mx" AT(1) "\n", NULL},
      {"no mx in testing", IN_STS("~['max_age: 86400','mode: testing','version: STSv1']"),
       "W report.sts-no-mx" AT(1) "\n", NULL},
      {"no mx is needed", IN_STS("['version: STSv1','mode: none','max_age: 86400']"), "", NULL},
      {"other patterns than in mx-host",
       IN_POLICY(TYPE_STS ",'policy-string':['version: STSv1','mode: enforce','mx: c.example','max_age: 86400']," DOMAIN
                          ",'mx-host':~['a.example']"),
       "W report.sts-mx-disagrees 1 policies[0].policy.mx-host\n", NULL},
      {"the same ones but for case and a dot at the end",
       IN_POLICY(TYPE_STS ",'policy-string':['version: STSv1','mode: enforce','mx: A.example','mx: b.example',"
                          "'max_age: 86400']," DOMAIN ",'mx-host':['B.example',~'a.example.']"),
       "I report.trailing-dot 1 policies[0].policy.mx-host[1]\n", NULL},
  };
  CHECK_CASES(cases, NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_escapes),     cmocka_unit_test(test_utf8),          cmocka_unit_test(test_strict_places),
      cmocka_unit_test(test_text),        cmocka_unit_test(test_policy_string), cmocka_unit_test(test_joined_lines),
      cmocka_unit_test(test_many_joined), cmocka_unit_test(test_mx_host),       cmocka_unit_test(test_sts_lines),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
