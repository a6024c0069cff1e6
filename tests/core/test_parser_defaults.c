/* SPDX-License-Identifier: MIT */
/* The default of each limit of trpt_options. An input that is exactly at the default is read, and one that is one unit longer is
   not. With the limit one less than its default, or one more, that moves by one unit. max_depth has no default that a report can
   reach: no value that is read is nested deeper than five levels. */

#include <inttypes.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include <tlsrpt/report.h>

#include "../tools/limits.h"

#define COUNT(array) (sizeof array / sizeof array[0])

/* ---- one reading ---- */

typedef struct outcome {
  trpt_status status;
  char message[sizeof((trpt_error *)NULL)->message]; /* of the error */
  uint64_t emitted;                                  /* diagnostics */
  uint64_t counted;
  bool is_cut;          /* a string or a list */
  bool is_policy_known; /* of the failures */
} outcome;

static int see_failure(void *user, const trpt_policy *policy, const trpt_failure *failure) {
  outcome *o = user;
  (void)failure;
  if (!policy->domain.len) o->is_policy_known = false;
  return 0;
}

static int see_diagnostic(void *user, const trpt_diagnostic *diagnostic) {
  outcome *o = user;
  o->emitted++;
  if (strcmp(diagnostic->code, "report.string-cut") == 0 || strcmp(diagnostic->code, "report.elements-cut") == 0)
    o->is_cut = true;
  return 0;
}

static int see_report(void *user, const trpt_metadata *metadata) {
  outcome *o = user;
  o->counted = (uint64_t)metadata->error_count + metadata->warning_count + metadata->info_count;
  return 0;
}

typedef struct reading {
  trpt_parser *parser;
  outcome outcome;
} reading;

static void begin(reading *r, const trpt_options *options) {
  static const trpt_handler handler = {.struct_size = sizeof handler,
                                       .on_failure = see_failure,
                                       .on_diagnostic = see_diagnostic,
                                       .on_report = see_report};
  *r = (reading){.outcome.is_policy_known = true};
  assert_int_equal(trpt_parser_new(&r->parser, options), TRPT_OK);
  assert_int_equal(trpt_parser_set_handler(r->parser, &handler, &r->outcome), TRPT_OK);
}

static void feed(reading *r, const void *data, size_t len) {
  if (!r->outcome.status) r->outcome.status = trpt_parser_feed(r->parser, data, len);
}

static outcome end(reading *r) {
  if (!r->outcome.status) r->outcome.status = trpt_parser_finish(r->parser);
  strcpy(r->outcome.message, trpt_parser_error(r->parser)->message);
  trpt_parser_free(r->parser);
  return r->outcome;
}

/* ---- inputs ---- */

/* A report that reaches a limit with `count` units. In `head`, "#" stands for 16384 times "x". */
typedef struct input {
  bool (*is_beyond)(const outcome *); /* NULL: the reading fails, and the error names the limit */
  const char *head;
  const char *unit;
  const char *tail;
  uint64_t count;
  bool is_zipped;
} input;

static void feed_unit(reading *r, const char *unit, uint64_t count) {
  static char block[1 << 16];
  const size_t len = strlen(unit);
  const uint64_t units = sizeof block / len;
  for (uint64_t i = 0; i < units; i++) memcpy(block + i * len, unit, len);
  for (; count > units; count -= units) feed(r, block, (size_t)units * len);
  feed(r, block, (size_t)count * len);
}

static size_t zip(unsigned char *to, size_t size, const char *text, size_t len, int level) {
  z_stream z = {
      .next_in = (z_const Bytef *)(uintptr_t)text, .avail_in = (uInt)len, .next_out = to, .avail_out = (uInt)size};
  assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return size - z.avail_out;
}

/* The same as gzip data: of the head, of as many MiB as there are, and of the rest. */
static void feed_zipped(reading *r, const input *in, uint64_t count) {
  static char units[1 << 20];
  unsigned char member[1 << 14];
  memset(units, in->unit[0], sizeof units);
  feed(r, member, zip(member, sizeof member, in->head, strlen(in->head), 9));
  const size_t len = zip(member, sizeof member, units, sizeof units, 9);
  for (; count > sizeof units; count -= sizeof units) feed(r, member, len);
  feed(r, member, zip(member, sizeof member, units, (size_t)count, 9));
}

static outcome read_input(const input *in, uint64_t count, const trpt_options *options) {
  reading r;
  begin(&r, options);
  if (in->is_zipped) {
    feed_zipped(&r, in, count);
    return end(&r);
  }
  for (const char *at = in->head; *at; at++)
    if (*at == '#')
      feed_unit(&r, "x", 16384);
    else
      feed(&r, at, 1);
  feed_unit(&r, in->unit, count);
  feed(&r, in->tail, strlen(in->tail));
  return end(&r);
}

/* Beyond limits that are not errors. */
static bool is_cut(const outcome *o) { return o->is_cut; }
static bool is_policy_unknown(const outcome *o) { return !o->is_policy_known; }
static bool is_some_only_counted(const outcome *o) { return o->emitted < o->counted; }

/* ---- limits ---- */

typedef struct limit {
  limit_member member;
  uint64_t value; /* the default */
  input input;
} limit;

#define LIMIT(member) LIMIT_MEMBER(trpt_options, member)

/* Whether the outcome is that of an input beyond the limit. */
static bool is_beyond(const limit *l, const outcome *o, uint64_t value) {
  char text[64];
  if (l->input.is_beyond) {
    if (o->status != TRPT_OK) fail_msg("%s: %s", l->member.name, o->message);
    return l->input.is_beyond(o);
  }
  if (o->status == TRPT_OK) return false;
  snprintf(text, sizeof text, "%s (%" PRIu64, l->member.name, value);
  if (o->status != TRPT_E_LIMIT || !strstr(o->message, text)) fail_msg("%s: %s", text, o->message);
  return true;
}

#define EMPTY "{\"policies\":[]}"
#define METADATA                                                                                                       \
  "{\"organization-name\":\"a\",\"date-range\":{\"start-datetime\":\"2026-03-02T00:00:00Z\",\"end-datetime\":"         \
  "\"2026-03-02T23:59:59Z\"},\"contact-info\":\"a@b.example\",\"report-id\":\"r\""
#define IN_LIST "{\"policies\":[{\"policy\":{\"mx-host\":[\"a\""
#define DOMAIN  "\"policy\":{\"policy-domain\":\"a\"}"
/* Texts of 48 KiB, and the beginning of another one. */
#define FAILURE                                                                                                        \
  "{\"receiving-mx-helo\":\"#\",\"additional-information\":\"#\",\"receiving-mx-hostname\":\"#\","                     \
  "\"failure-reason-code\":\""

static const limit limits[] = {
    {LIMIT(max_string), 16384, {is_cut, "{\"policies\":[],\"report-id\":\"", "x", "\"}", 16384, false}},
    {LIMIT(max_strings), 1024, {is_cut, IN_LIST, ",\"a\"", "]}}]}", 1023, false}},
    {LIMIT(max_entry),
     65536,
     {is_cut, "{\"policies\":[{" DOMAIN ",\"failure-details\":[" FAILURE, "x", "\"}]}]}", 16383, false}},
    {LIMIT(max_policies), 100000, {NULL, "{\"policies\":[{}", ",{}", "]}", 99999, false}},
    {LIMIT(max_diagnostics), 1000, {is_some_only_counted, METADATA ",\"policies\":[", "1,", "1]}", 999, false}},
    {LIMIT(max_failures),
     10000000,
     {NULL, "{\"policies\":[{" DOMAIN ",\"failure-details\":[{}", ",{}", "]}]}", 9999999, false}},
    {LIMIT(max_input), 67108864, {NULL, EMPTY, " ", "", 67108864 - (sizeof EMPTY - 1), false}},
    {LIMIT(max_inflated), 268435456, {NULL, EMPTY, " ", "", 268435456 - (sizeof EMPTY - 1), true}},
};

static void check(const limit *l, uint64_t count, uint64_t value, bool is_default, bool beyond) {
  /* Blanks compress better than max_ratio allows. */
  trpt_options options = {.struct_size = sizeof options, .max_ratio = l->input.is_zipped ? UINT32_MAX : 0};
  if (!is_default) limit_set(&options, &l->member, value);
  const outcome o = read_input(&l->input, count, &options);
  if (is_beyond(l, &o, value) == beyond) return;
  fail_msg("%s: %" PRIu64 " units are %swithin %s%" PRIu64 ": %s", l->member.name, count, beyond ? "" : "not ",
           is_default ? "the default of " : "", value, o.message);
}

static void test_defaults(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(limits); i++) {
    const limit *l = &limits[i];
    check(l, l->input.count, l->value, true, false);
    check(l, l->input.count + 1, l->value, true, true);
    check(l, l->input.count, l->value - 1, false, true);
    check(l, l->input.count + 1, l->value + 1, false, false);
  }
}

/* Pending failures take memory in units of the greatest alignment, with members whose size depends on the machine. So the number of
   bytes that fits is measured. */
static void test_held(void **state) {
  (void)state;
  static const limit held = {
      LIMIT(max_held),
      65536,
      {is_policy_unknown, "{\"policies\":[{\"failure-details\":[" FAILURE, "x", "\"}]," DOMAIN "}]}", 0, false}};
  const trpt_options options = {.struct_size = sizeof options, .max_held = 65536};
  uint64_t count = 15000;
  outcome o;
  while (o = read_input(&held.input, count, &options), !is_beyond(&held, &o, 65536)) assert_true(count++ < 16384);
  check(&held, count - 1, 65536, true, false);
  check(&held, count, 65536, true, true);
  check(&held, count - 1, 65535, false, true);
  check(&held, count, 65536 + alignof(max_align_t), false, false);
}

/* How often gzip data inflates depends on zlib. So an input that reaches the ratio of 200 is measured: a stored member of growing
   length, and one of blanks. */
static bool is_ratio_reached(size_t stored, uint32_t max_ratio) {
  static unsigned char file[1 << 16];
  static char blanks[1 << 21];
  const trpt_options options = {.struct_size = sizeof options, .max_ratio = max_ratio};
  size_t len = 0;
  memset(blanks, ' ', sizeof blanks);
  memcpy(blanks, EMPTY, sizeof EMPTY - 1);
  len += zip(file, sizeof file, blanks, stored, 0);
  len += zip(file + len, sizeof file - len, blanks + sizeof EMPTY - 1, sizeof blanks - (sizeof EMPTY - 1), 9);
  reading r;
  begin(&r, &options);
  feed(&r, file, len);
  const outcome o = end(&r);
  if (o.status == TRPT_E_LIMIT && !strstr(o.message, "max_ratio (")) fail_msg("%s", o.message);
  return o.status == TRPT_E_LIMIT;
}

static void test_ratio(void **state) {
  (void)state;
  size_t stored = sizeof EMPTY - 1;
  size_t far = 30000;
  assert_true(is_ratio_reached(stored, 200));
  assert_false(is_ratio_reached(far, 200));
  while (far - stored > 1) {
    const size_t middle = stored + (far - stored) / 2;
    if (is_ratio_reached(middle, 200))
      stored = middle;
    else
      far = middle;
  }
  assert_false(is_ratio_reached(far, 0));
  assert_true(is_ratio_reached(stored, 0));
  assert_true(is_ratio_reached(far, 199));
  assert_false(is_ratio_reached(stored, 201));
}

/* 256 MiB of a tree. How much a failure takes depends on the machine, but the error names the limit. */
static void test_memory(void **state) {
  (void)state;
  enum { FAILURES = 3000000 };
  static const char head[] = "{\"policies\":[{\"failure-details\":[{}";
  static const char unit[] = ",{}";
  static char text[sizeof head + (sizeof unit - 1) * FAILURES + 8];
  trpt_report *report;
  trpt_error error;
  size_t len = sizeof head - 1;
  memcpy(text, head, len);
  for (size_t i = 0; i < FAILURES; i++, len += sizeof unit - 1) memcpy(text + len, unit, sizeof unit - 1);
  memcpy(text + len, "]}]}", 4);
  assert_int_equal(trpt_report_parse(text, len + 4, NULL, &report, &error), TRPT_E_LIMIT);
  assert_string_equal(error.message, "The report needs more memory than max_memory (268435456 bytes).");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_defaults),
      cmocka_unit_test(test_held),
      cmocka_unit_test(test_ratio),
      cmocka_unit_test(test_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
