/* SPDX-License-Identifier: MIT */
#include "cliffs.h"

#include <stdio.h>
#include <string.h>

#include "generate.h"

static const char head[] =
    "{\"organization-name\":\"Company-X\",\"date-range\":{\"start-datetime\":\"2026-03-01T00:00:00Z\","
    "\"end-datetime\":\"2026-03-01T23:59:59Z\"},\"contact-info\":\"sts-reporting@company-x.example\","
    "\"report-id\":\"5065427c-23d3-47ca-b6e0-946ea0e8c4be\",";
static const char sts[] =
    "\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\",\"mode: testing\","
    "\"mx: mx.company-y.example\",\"max_age: 86400\"],\"policy-domain\":\"company-y.example\","
    "\"mx-host\":[\"mx.company-y.example\"]},\"summary\":{\"total-successful-session-count\":5326,"
    "\"total-failure-session-count\":0}";
static const char failure[] = "{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"2001:db8:abcd:12::1\","
                              "\"receiving-mx-hostname\":\"mx.company-y.example\",\"failed-session-count\":100}";

enum { MEGABYTE = 1000000, LONG_STRING = 16000, LIST = 1024, EMPTY_MEMBER = 20 };

static void plain(text *to, size_t divisor) {
  generate_report(to, 1, STYLE_GOOGLE, (layout){0}, 5 * MEGABYTE / divisor, SIZE_MAX, true);
}

/* --- the whole report ----------------------------------------------------------------------------------------------- */

/* Members in front of an ordinary list of policies. */
static void members(text *to, const char *member, size_t times) {
  text_put(to, head);
  text_repeat(to, member, times);
  text_put(to, "\"policies\":[{");
  text_put(to, sts);
  text_put(to, "}]}");
}

static void policies(text *to, const char *policy, size_t times) {
  text_put(to, head);
  text_put(to, "\"policies\":[");
  text_repeat(to, policy, times - 1);
  text_add(to, policy, strlen(policy) - 1); /* without the comma */
  text_put(to, "]}");
}

static void failures(text *to, const char *element, size_t times) {
  text_put(to, head);
  text_put(to, "\"policies\":[{");
  text_put(to, sts);
  text_put(to, ",\"failure-details\":[");
  text_repeat(to, element, times - 1);
  text_add(to, element, strlen(element) - 1);
  text_put(to, "]}]}");
}

/* Policies with one string each in policy-string. */
static void policy_strings(text *to, const char *type, const char *string, size_t times) {
  text policy = {NULL, 0, 0};
  text_put(&policy, "{\"policy\":{\"policy-type\":\"");
  text_put(&policy, type);
  text_put(&policy, "\",\"policy-domain\":\"company-y.example\",\"policy-string\":[\"");
  text_put(&policy, string);
  text_put(&policy, "\"]},\"summary\":{\"total-successful-session-count\":1,\"total-failure-session-count\":0}},");
  text_add(&policy, "", 1);
  policies(to, policy.data, times);
  text_free(&policy);
}

/* --- bytes ---------------------------------------------------------------------------------------------------------- */

static void long_strings(text *to, size_t divisor) {
  text element = {NULL, 0, 0};
  text_put(&element, "{\"result-type\":\"validation-failure\",\"failed-session-count\":1,\"failure-reason-code\":\"");
  text_repeat(&element, "x", LONG_STRING);
  text_put(&element, "\"},");
  text_add(&element, "", 1);
  failures(to, element.data, 1 + 120 / divisor);
  text_free(&element);
}

static void long_string_escapes(text *to, size_t divisor) {
  text element = {NULL, 0, 0};
  text_put(&element, "{\"result-type\":\"validation-failure\",\"failed-session-count\":1,\"failure-reason-code\":\"");
  text_repeat(&element, "\\u00e9", LONG_STRING / 2);
  text_put(&element, "\"},");
  text_add(&element, "", 1);
  failures(to, element.data, 1 + 40 / divisor);
  text_free(&element);
}

static void long_unknown(text *to, size_t divisor) {
  text member = {NULL, 0, 0};
  text_put(&member, "\"x-note\":\"");
  text_repeat(&member, "x", 2 * MEGABYTE / divisor);
  text_put(&member, "\",");
  text_add(&member, "", 1);
  members(to, member.data, 1);
  text_free(&member);
}

static void long_name(text *to, size_t divisor) {
  text member = {NULL, 0, 0};
  text_put(&member, "\"");
  text_repeat(&member, "x", 2 * MEGABYTE / divisor);
  text_put(&member, "\":1,");
  text_add(&member, "", 1);
  members(to, member.data, 1);
  text_free(&member);
}

static void long_number(text *to, size_t divisor) {
  text member = {NULL, 0, 0};
  text_put(&member, "\"x-note\":1");
  text_repeat(&member, "0", 2 * MEGABYTE / divisor);
  text_put(&member, ",");
  text_add(&member, "", 1);
  members(to, member.data, 1);
  text_free(&member);
}

static void blanks(text *to, size_t divisor) {
  text_put(to, "{");
  text_repeat(to, " \n", 2 * MEGABYTE / divisor);
  text_put(to, "\"policies\":[]}");
}

static void brackets(text *to, size_t divisor) {
  text_put(to, "{\"x\":");
  text_repeat(to, "[", 10 * MEGABYTE / divisor);
}

static bool is_name(const char *quote, const char *end) {
  const char *p = quote + 1;
  while (p < end && *p != '"') p += *p == '\\' ? 2 : 1;
  return p + 1 < end && p[1] == ':';
}

/* The plain report with each byte of each string, or each value, written by `rewrite`. */
static void rewrite_strings(text *to, size_t divisor, bool names, void (*rewrite)(text *to, const char *byte)) {
  text from = {NULL, 0, 0};
  plain(&from, divisor);
  const char *end = from.data + from.len;
  for (const char *p = from.data; p < end; p++) {
    const bool as_it_is = *p != '"' || (!names && is_name(p, end));
    text_add(to, p, 1);
    if (*p != '"') continue;
    for (p++; *p != '"'; p++) {
      const size_t len = *p == '\\' ? 2 : 1;
      if (as_it_is || len == 2)
        text_add(to, p, len);
      else
        rewrite(to, p);
      p += len - 1;
    }
    text_add(to, p, 1);
  }
  text_free(&from);
}

static void as_escape(text *to, const char *byte) {
  char escape[8];
  snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*byte);
  text_put(to, escape);
}

/* Two, three and four bytes. */
static void as_utf8(text *to, const char *byte) {
  static const char *const characters[] = {"\xc3\xa9", "\xe4\xb8\xad", "\xf0\x9f\x93\xa7", "\xd0\x9f"};
  text_put(to, characters[(unsigned char)*byte % 4]);
}

static void escapes(text *to, size_t divisor) { rewrite_strings(to, 5 * divisor, true, as_escape); }
static void non_ascii(text *to, size_t divisor) { rewrite_strings(to, 2 * divisor, false, as_utf8); }

/* --- members and elements ------------------------------------------------------------------------------------------- */

static void unknown_members(text *to, size_t divisor) {
  text_put(to, head);
  for (size_t i = 0; i < 100000 / divisor; i++) {
    char member[40];
    snprintf(member, sizeof member, "\"x-note-%zu\":%zu,", i, i);
    text_put(to, member);
  }
  text_put(to, "\"policies\":[{");
  text_put(to, sts);
  text_put(to, "}]}");
}

static void tiny_members(text *to, size_t divisor) { members(to, "\"\":0,", 100000 / divisor); }
static void duplicates(text *to, size_t divisor) { members(to, "\"report-id\":\"a\",", 100000 / divisor); }
static void tiny_policies(text *to, size_t divisor) {
  policies(to, "{\"policy\":{\"policy-type\":\"sts\"}},", 100000 / divisor);
}
static void empty_policies(text *to, size_t divisor) { policies(to, "{},", 100000 / divisor); }
static void no_policies(text *to, size_t divisor) { policies(to, "0,", 100000 / divisor); }
static void empty_failures(text *to, size_t divisor) { failures(to, "{},", 100000 / divisor); }

static void diagnostics_few(text *to, size_t divisor) {
  failures(to, "{\"result-type\":null,\"failed-session-count\":-1},", 500 / divisor + 1);
}

static void diagnostics_many(text *to, size_t divisor) {
  failures(to, "{\"result-type\":null,\"failed-session-count\":-1},", 50000 / divisor);
}

/* Failures first: those that fit into max_held, and those that do not. */
static void held_policy(text *to, size_t failures_each) {
  text_put(to, "{\"failure-details\":[");
  for (size_t i = 0; i < failures_each; i++) {
    if (i) text_put(to, ",");
    text_put(to, failure);
  }
  text_put(to, "],");
  text_put(to, sts);
  text_put(to, "}");
}

static void held(text *to, size_t divisor) {
  text_put(to, head);
  text_put(to, "\"policies\":[");
  for (size_t i = 0; i < 1 + 40 / divisor; i++) {
    if (i) text_put(to, ",");
    held_policy(to, 300);
  }
  text_put(to, "]}");
}

static void held_too_many(text *to, size_t divisor) {
  text_put(to, head);
  text_put(to, "\"policies\":[");
  held_policy(to, 12000 / divisor);
  text_put(to, "]}");
}

static void nested_json(text *to, size_t divisor) {
  text string = {NULL, 0, 0};
  text_put(&string, "[\\\"a\\\"");
  text_repeat(&string, ",\\\"a\\\"", 1000);
  text_put(&string, "]");
  text_add(&string, "", 1);
  policy_strings(to, "sts", string.data, 1 + 200 / divisor);
  text_free(&string);
}

/* JSON text that turns out not to be an array of strings at its end. */
static void nested_json_broken(text *to, size_t divisor) {
  text string = {NULL, 0, 0};
  text_repeat(&string, "[\\\"a\\\",", 1500);
  text_add(&string, "", 1);
  policy_strings(to, "sts", string.data, 1 + 200 / divisor);
  text_free(&string);
}

static void tlsa_joined(text *to, size_t divisor) {
  text string = {NULL, 0, 0};
  text_repeat(&string, "3 1 1 206d5f55ecb9f8389bc57b5ba14716dd5b23d0834fd2c99fd402f0bda32e9523;", 220);
  text_add(&string, "", 1);
  policy_strings(to, "tlsa", string.data, 1 + 100 / divisor);
  text_free(&string);
}

/* Keys without a value end no line, and long blanks are before the first. */
static void sts_keys(text *to, size_t divisor) {
  text string = {NULL, 0, 0};
  text_put(&string, "version: STSv1\\n");
  text_repeat(&string, " ", LONG_STRING / 2);
  text_repeat(&string, "max_age: ", LONG_STRING / 20);
  text_add(&string, "", 1);
  policy_strings(to, "sts", string.data, 1 + 100 / divisor);
  text_free(&string);
}
static void sts_joined(text *to, size_t divisor) {
  text string = {NULL, 0, 0};
  text_repeat(&string, "mx: a.example ", 1000);
  text_add(&string, "", 1);
  policy_strings(to, "sts", string.data, 1 + 100 / divisor);
  text_free(&string);
}
static void semicolons(text *to, size_t divisor) {
  text string = {NULL, 0, 0};
  text_put(&string, "3 1 1 206d5f55");
  text_repeat(&string, ";", LONG_STRING);
  text_add(&string, "", 1);
  policy_strings(to, "tlsa", string.data, 1 + 100 / divisor);
  text_free(&string);
}

/* As many mx lines and hosts as a list takes, in opposite orders. */
static void full_lists(text *to, size_t divisor) {
  text_put(to, head);
  text_put(to, "\"policies\":[");
  for (size_t i = 0; i < 1 + 40 / divisor; i++) {
    char line[40];
    text_put(to, i ? ",{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\""
                   : "{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\"");
    for (unsigned j = 1; j < LIST; j++) {
      snprintf(line, sizeof line, ",\"mx: m%u.example\"", j);
      text_put(to, line);
    }
    text_put(to, "],\"policy-domain\":\"company-y.example\",\"mx-host\":[\"m0.example\"");
    for (unsigned j = LIST - 1; j; j--) {
      snprintf(line, sizeof line, ",\"m%u.example\"", j);
      text_put(to, line);
    }
    text_put(to, "]},\"summary\":{\"total-successful-session-count\":1,\"total-failure-session-count\":0}}");
  }
  text_put(to, "]}");
}

/* --- gzip ----------------------------------------------------------------------------------------------------------- */

static void empty_members(text *to, size_t divisor) {
  static const char empty[EMPTY_MEMBER] = "\x1f\x8b\x08\0\0\0\0\0\0\x03\x03";
  for (size_t i = 0; i < 100000 / divisor; i++) text_add(to, empty, sizeof empty);
}

const cliff cliffs[] = {
    {"plain", plain, {0}, TRPT_OK},
    {"one-byte chunks", plain, {.chunk = 1}, TRPT_OK},
    {"16 KiB strings, 64-byte chunks", long_strings, {.chunk = 64}, TRPT_OK},
    {"16 KiB strings of escapes, 64-byte chunks", long_string_escapes, {.chunk = 64}, TRPT_OK},
    {"an unknown string of 2 MB, 64-byte chunks", long_unknown, {.chunk = 64}, TRPT_OK},
    {"an unknown name of 2 MB, 64-byte chunks", long_name, {.chunk = 64}, TRPT_OK},
    {"a number of 2 MB, 64-byte chunks", long_number, {.chunk = 64}, TRPT_OK},
    {"4 MB of blanks, 64-byte chunks", blanks, {.chunk = 64}, TRPT_OK},
    {"10 MB of [", brackets, {0}, TRPT_E_LIMIT},
    {"10 MB of [, max_depth raised", brackets, {.max_depth = 20 * MEGABYTE}, TRPT_E_TRUNCATED},
    {"every string of escapes", escapes, {0}, TRPT_OK},
    {"every value of non-ASCII UTF-8", non_ascii, {0}, TRPT_OK},
    {"100,000 unknown members", unknown_members, {0}, TRPT_OK},
    {"100,000 unknown members without a name", tiny_members, {0}, TRPT_OK},
    {"100,000 unknown members, all told", tiny_members, {.max_diagnostics = UINT32_MAX}, TRPT_OK},
    {"100,000 duplicate members", duplicates, {.max_diagnostics = UINT32_MAX}, TRPT_OK},
    {"1,000 diagnostics", diagnostics_few, {0}, TRPT_OK},
    {"100,000 diagnostics, 1,000 told", diagnostics_many, {0}, TRPT_OK},
    {"100,000 diagnostics, all told", diagnostics_many, {.max_diagnostics = UINT32_MAX}, TRPT_OK},
    {"100,000 tiny policies", tiny_policies, {0}, TRPT_OK},
    {"100,000 empty policies", empty_policies, {0}, TRPT_OK},
    {"100,000 policies that are no objects", no_policies, {0}, TRPT_OK},
    {"100,000 empty failures", empty_failures, {0}, TRPT_OK},
    {"failures before their policy", held, {0}, TRPT_OK},
    {"failures before their policy, too many", held_too_many, {0}, TRPT_OK},
    {"JSON text in policy-string", nested_json, {0}, TRPT_OK},
    {"broken JSON text in policy-string", nested_json_broken, {0}, TRPT_OK},
    {"TLSA records joined by ;", tlsa_joined, {0}, TRPT_OK},
    {"16 KiB of ; in policy-string", semicolons, {0}, TRPT_OK},
    {"1,000 MTA-STS lines in one string", sts_joined, {0}, TRPT_OK},
    {"MTA-STS keys without values", sts_keys, {0}, TRPT_OK},
    {"1,024 strings in each list", full_lists, {0}, TRPT_OK},
    {"100,000 empty gzip members", empty_members, {0}, TRPT_E_TRUNCATED},
};
const size_t cliff_count = sizeof cliffs / sizeof *cliffs;

bool cliff_is_for(const cliff *c, trpt_tokenizer tokenizer) {
  return tokenizer != TRPT_TOKENIZER_YAJL || !c->setting.chunk;
}

corpus cliff_corpus(const cliff *c, size_t divisor) {
  corpus made = {{NULL, 0, 0}, checked_allocate(sizeof(size_t)), 1, 0};
  c->make(&made.bytes, divisor);
  made.ends[0] = made.json_bytes = made.bytes.len;
  return made;
}
