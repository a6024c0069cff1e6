/* SPDX-License-Identifier: MIT */
/* The contract of the parser's functions: arguments, order of calls, errors that stay and errors that do not, callbacks, options,
   and the caller's memory. */

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "events.h"
#include "parser/parser.h"

static const char good[] =
    "{\"organization-name\":null,\"policies\":[{\"policy\":{\"policy-type\":\"sts\"},\"failure-details\":[{},{}]},{}]}";
static const char bad[] = "{\"organization-name\":null,\"policies\":[{\"policy\":{\"policy-type\":\"sts\"}},x]}";

static trpt_parser *parser_new(uint32_t flags) {
  trpt_parser *parser;
  const trpt_options options = {.struct_size = sizeof options, .flags = flags};
  assert_int_equal(trpt_parser_new(&parser, &options), TRPT_OK);
  return parser;
}

/* ---- options ---- */

static trpt_status try_options(const trpt_options *options) {
  trpt_parser *parser = (trpt_parser *)(uintptr_t)1;
  const trpt_status status = trpt_parser_new(&parser, options);
  assert_int_equal(parser != NULL, status == TRPT_OK);
  assert_int_equal(trpt_parser_size(options) != 0, status == TRPT_OK);
  trpt_parser_free(parser);
  trpt_report *report = (trpt_report *)(uintptr_t)1;
  trpt_error error;
  const trpt_status read = trpt_report_parse(good, sizeof good - 1, options, &report, &error);
  if (status != TRPT_OK) {
    assert_int_equal(read, status);
    assert_int_equal(error.status, status);
    assert_null(report);
  }
  trpt_report_free(report);
  return status;
}

static void *allocate(void *user, size_t size) {
  (void)user;
  return malloc(size);
}

static void release(void *user, void *memory, size_t size) {
  (void)user;
  (void)size;
  free(memory);
}

static void test_options(void **state) {
  (void)state;
  trpt_options options = {0};
  assert_int_equal(try_options(NULL), TRPT_OK);
  assert_int_equal(try_options(&options), TRPT_E_ARGUMENT); /* struct_size 0 */
  options.struct_size = sizeof options;
  assert_int_equal(try_options(&options), TRPT_OK);
  for (uint32_t flags = 0; flags < 32; flags++) {
    options.flags = flags;
    const bool fine = flags < 16 && (flags & 5) != 5;
    assert_int_equal(try_options(&options), fine ? TRPT_OK : TRPT_E_ARGUMENT);
  }
  options.flags = UINT32_C(1) << 31;
  assert_int_equal(try_options(&options), TRPT_E_ARGUMENT);
  options.flags = 0;
  options.tokenizer = TRPT_TOKENIZER_BUILTIN;
  assert_int_equal(try_options(&options), TRPT_OK);
  options.tokenizer = TRPT_TOKENIZER_YAJL;
  const trpt_status yajl = try_options(&options);
  assert_true(yajl == TRPT_OK || yajl == TRPT_E_UNSUPPORTED);
  options.tokenizer = 3;
  assert_int_equal(try_options(&options), TRPT_E_ARGUMENT);
  options.tokenizer = -1;
  assert_int_equal(try_options(&options), TRPT_E_ARGUMENT);
}

static void test_options_of_other_versions(void **state) {
  (void)state;
  struct {
    trpt_options options;
    unsigned char later[32];
  } newer = {.options.struct_size = sizeof newer};
  assert_int_equal(try_options(&newer.options), TRPT_OK);
  newer.later[sizeof newer.later - 1] = 1;
  assert_int_equal(try_options(&newer.options), TRPT_E_ARGUMENT);
  newer.options.struct_size = sizeof newer - 1; /* what is beyond is not looked at */
  assert_int_equal(try_options(&newer.options), TRPT_OK);
  /* An older structure ends earlier: what follows in memory is none of it. */
  for (size_t size = sizeof(size_t); size < sizeof(trpt_options); size++) {
    trpt_options *older = malloc(size); /* a sanitizer sees what is read beyond */
    assert_non_null(older);
    memset(older, 0, size);
    memcpy(older, &size, sizeof size);
    assert_int_equal(try_options(older), TRPT_OK);
    free(older);
  }
}

/* How large a struct of a newer version may say that it is: 4096 bytes, all zero beyond what is known. */
enum { LARGEST = 4096 };

typedef trpt_status try_fn(const void *versioned);

static trpt_status try_versioned_options(const void *options) { return try_options(options); }

static trpt_status try_versioned_allocator(const void *allocator) {
  const trpt_options options = {.struct_size = sizeof options, .allocator = allocator};
  return try_options(&options);
}

static trpt_status try_versioned_handler(const void *handler_) {
  trpt_parser *parser = parser_new(0);
  const trpt_status status = trpt_parser_set_handler(parser, handler_, NULL);
  trpt_parser_free(parser);
  return status;
}

static void test_struct_size(void **state) {
  (void)state;
  const trpt_allocator allocator = {0, allocate, release, NULL};
  const struct {
    try_fn *try;
    size_t size;
    const void *known;
    size_t least; /* what must be there */
  } structs[] = {{try_versioned_options, sizeof(trpt_options), NULL, sizeof(size_t)},
                 {try_versioned_allocator, sizeof allocator, &allocator, offsetof(trpt_allocator, user)},
                 {try_versioned_handler, sizeof(trpt_handler), NULL, sizeof(size_t)}};
  for (size_t i = 0; i < sizeof structs / sizeof structs[0]; i++) {
    unsigned char *bytes = calloc(LARGEST + 2, 1);
    assert_non_null(bytes);
    if (structs[i].known) memcpy(bytes, structs[i].known, structs[i].size);
    for (size_t size = 0; size <= LARGEST + 2; size++) {
      memcpy(bytes, &size, sizeof size);
      const bool accepted = size >= structs[i].least && size <= LARGEST;
      if (size > 0 && size < structs[i].least) continue;
      if ((structs[i].try(bytes) == TRPT_OK) != accepted) fail_msg("struct %zu, size %zu", i, size);
    }
    const size_t huge = SIZE_MAX, largest = LARGEST;
    memcpy(bytes, &huge, sizeof huge);
    assert_int_equal(structs[i].try(bytes), TRPT_E_ARGUMENT);
    memcpy(bytes, &largest, sizeof largest);
    bytes[structs[i].size] = 1;
    assert_int_equal(structs[i].try(bytes), TRPT_E_ARGUMENT);
    bytes[structs[i].size] = 0;
    bytes[LARGEST - 1] = 1;
    assert_int_equal(structs[i].try(bytes), TRPT_E_ARGUMENT);
    bytes[LARGEST - 1] = 0;
    bytes[LARGEST] = 1; /* beyond it */
    assert_int_equal(structs[i].try(bytes), TRPT_OK);
    free(bytes);
  }
}

static void test_allocators(void **state) {
  (void)state;
  trpt_allocator allocator = {sizeof allocator, allocate, release, NULL};
  const trpt_options options = {.struct_size = sizeof options, .allocator = &allocator};
  assert_int_equal(try_options(&options), TRPT_OK);
  allocator.struct_size = 0;
  assert_int_equal(try_options(&options), TRPT_E_ARGUMENT);
  allocator.struct_size = offsetof(trpt_allocator, release);
  assert_int_equal(try_options(&options), TRPT_E_ARGUMENT);
  allocator.struct_size = offsetof(trpt_allocator, user);
  assert_int_equal(try_options(&options), TRPT_OK);
  /* A newer one, with something that this library does not know. */
  struct {
    trpt_allocator known;
    uint64_t more;
  } newer = {{sizeof newer, allocate, release, NULL}, 0};
  const trpt_options newer_options = {.struct_size = sizeof newer_options, .allocator = &newer.known};
  assert_int_equal(try_options(&newer_options), TRPT_OK);
  newer.more = 1;
  assert_int_equal(try_options(&newer_options), TRPT_E_ARGUMENT);
  allocator = (trpt_allocator){sizeof allocator, NULL, release, NULL};
  assert_int_equal(try_options(&options), TRPT_E_ARGUMENT);
  allocator = (trpt_allocator){sizeof allocator, allocate, NULL, NULL};
  assert_int_equal(try_options(&options), TRPT_E_ARGUMENT);
}

/* ---- handlers ---- */

static int count_report(void *count, const trpt_metadata *metadata) {
  assert_int_equal(metadata->warning_count, 2);
  ++*(int *)count;
  return 0;
}

/* A diagnostic that is left over where nobody receives them any more is counted, but not handed out. */
static void test_handler_changes(void **state) {
  (void)state;
  static const char json[] = "{\"policies\":[{\"summary\":{\"total-failure-session-count\":1e19,";
  static const char rest[] = "\"x\":0}}]}";
  trpt_parser *parser = parser_new(0);
  const trpt_event *event;
  size_t used;
  int reports = 0;
  const trpt_handler handler = {.struct_size = sizeof handler, .on_report = count_report};
  assert_int_equal(trpt_parser_read(parser, json, sizeof json - 1, &used, &event), TRPT_OK);
  assert_string_equal(event->diagnostic->code, "report.count-form");
  assert_int_equal(trpt_parser_set_handler(parser, &handler, &reports), TRPT_OK);
  assert_int_equal(trpt_parser_feed(parser, json + used, sizeof json - 1 - used), TRPT_OK);
  assert_int_equal(trpt_parser_feed(parser, rest, sizeof rest - 1), TRPT_OK);
  assert_int_equal(trpt_parser_finish(parser), TRPT_OK);
  assert_int_equal(reports, 1);
  trpt_parser_free(parser);
}

/* ---- arguments ---- */

static void test_null(void **state) {
  (void)state;
  trpt_parser *parser = parser_new(0);
  const trpt_event *event = (const trpt_event *)(uintptr_t)1;
  size_t used = 7;
  char memory[16];
  assert_int_equal(trpt_parser_new(NULL, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_parser_init(NULL, memory, sizeof memory, NULL), TRPT_E_ARGUMENT);
  trpt_parser *made = parser;
  assert_int_equal(trpt_parser_init(&made, NULL, SIZE_MAX, NULL), TRPT_E_ARGUMENT);
  assert_null(made);
  trpt_parser_free(NULL);
  trpt_parser_reset(NULL);
  assert_non_null(trpt_parser_error(NULL));
  assert_int_equal(trpt_parser_error(NULL)->status, TRPT_E_ARGUMENT);
  assert_int_equal(trpt_parser_read(NULL, good, 1, &used, &event), TRPT_E_ARGUMENT);
  assert_int_equal(used, 0);
  assert_null(event);
  assert_int_equal(trpt_parser_read(parser, good, 1, &used, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_parser_error(parser)->status, TRPT_E_ARGUMENT);
  used = 7;
  event = (const trpt_event *)(uintptr_t)1;
  assert_int_equal(trpt_parser_read(parser, NULL, 1, &used, &event), TRPT_E_ARGUMENT);
  assert_int_equal(used, 0);
  assert_null(event);
  assert_int_equal(trpt_parser_feed(NULL, good, 1), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_parser_feed(parser, NULL, 1), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_parser_feed(parser, NULL, 0), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_parser_finish(NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_parser_set_handler(NULL, NULL, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_parser_set_handler(parser, NULL, NULL), TRPT_E_ARGUMENT);
  const trpt_handler empty = {0};
  assert_int_equal(trpt_parser_set_handler(parser, &empty, NULL), TRPT_E_ARGUMENT);
  /* None of these stays. */
  assert_int_equal(trpt_parser_read(parser, good, sizeof good - 1, NULL, &event), TRPT_OK);
  assert_int_equal(trpt_parser_error(parser)->status, TRPT_OK);
  trpt_parser_free(parser);
}

/* ---- order of calls ---- */

static trpt_status read_all(trpt_parser *parser, const char *text, size_t len) {
  const trpt_event *event;
  size_t used;
  trpt_status status;
  while ((status = trpt_parser_read(parser, text, len, &used, &event)) == TRPT_OK) {
    assert_non_null(event);
    if (text) text += used;
    len -= used;
  }
  assert_null(event);
  return status;
}

static void test_end(void **state) {
  (void)state;
  trpt_parser *parser = parser_new(0);
  const trpt_event *event;
  size_t used = 7;
  /* Nothing new gives nothing new. */
  assert_int_equal(trpt_parser_read(parser, "", 0, &used, &event), TRPT_MORE);
  assert_int_equal(used, 0);
  assert_int_equal(read_all(parser, good, sizeof good - 1), TRPT_MORE);
  assert_int_equal(trpt_parser_read(parser, "", 0, &used, &event), TRPT_MORE);
  /* The end is told: REPORT, then END as often as one likes. */
  assert_int_equal(trpt_parser_read(parser, NULL, 0, &used, &event), TRPT_OK);
  while (event->type != TRPT_EVENT_REPORT) assert_int_equal(trpt_parser_read(parser, NULL, 0, NULL, &event), TRPT_OK);
  assert_int_equal(trpt_parser_read(parser, " ", 1, &used, &event), TRPT_E_STATE);
  assert_null(event);
  assert_int_equal(used, 0);
  assert_int_equal(trpt_parser_error(parser)->status, TRPT_E_STATE);
  assert_int_equal(trpt_parser_read(parser, "", 0, &used, &event), TRPT_E_STATE);
  assert_int_equal(trpt_parser_feed(parser, "", 0), TRPT_E_STATE);
  assert_int_equal(trpt_parser_read(parser, NULL, 0, &used, &event), TRPT_END);
  assert_int_equal(trpt_parser_error(parser)->status, TRPT_OK);
  assert_int_equal(trpt_parser_read(parser, NULL, 0, &used, &event), TRPT_END);
  assert_int_equal(trpt_parser_finish(parser), TRPT_OK);
  trpt_parser_reset(parser);
  assert_int_equal(read_all(parser, good, sizeof good - 1), TRPT_MORE);
  assert_int_equal(read_all(parser, NULL, 0), TRPT_END);
  /* Between the end and REPORT too only the end may be told again. */
  trpt_parser_reset(parser);
  assert_int_equal(read_all(parser, good, sizeof good - 1), TRPT_MORE);
  assert_int_equal(trpt_parser_read(parser, NULL, 0, &used, &event), TRPT_OK);
  assert_int_equal(trpt_parser_read(parser, "", 0, &used, &event), TRPT_E_STATE);
  assert_int_equal(read_all(parser, NULL, 0), TRPT_END);
  trpt_parser_free(parser);
}

static void test_errors_stay(void **state) {
  (void)state;
  trpt_parser *parser = parser_new(0);
  const trpt_event *event;
  size_t used = 7;
  assert_int_equal(read_all(parser, bad, sizeof bad - 1), TRPT_E_JSON);
  const trpt_error error = *trpt_parser_error(parser);
  assert_int_equal(error.status, TRPT_E_JSON);
  assert_string_equal(error.code, "json.not-json");
  assert_int_equal(error.offset, strchr(bad, 'x') - bad);
  assert_string_equal(error.where, "policies");
  assert_true(error.message[0] != '\0');
  for (unsigned i = 0; i < 3; i++) {
    assert_int_equal(trpt_parser_read(parser, good, sizeof good - 1, &used, &event), TRPT_E_JSON);
    assert_int_equal(used, 0);
    assert_null(event);
    assert_int_equal(trpt_parser_feed(parser, good, sizeof good - 1), TRPT_E_JSON);
    assert_int_equal(trpt_parser_finish(parser), TRPT_E_JSON);
    assert_int_equal(trpt_parser_read(parser, NULL, 0, &used, &event), TRPT_E_JSON);
    assert_memory_equal(trpt_parser_error(parser), &error, sizeof error);
    /* An argument that is wrong is told, and does not stay. */
    assert_int_equal(trpt_parser_read(parser, NULL, 1, &used, &event), TRPT_E_ARGUMENT);
    assert_int_equal(trpt_parser_error(parser)->status, TRPT_E_ARGUMENT);
  }
  trpt_parser_reset(parser);
  assert_int_equal(trpt_parser_error(parser)->status, TRPT_OK);
  assert_int_equal(read_all(parser, good, sizeof good - 1), TRPT_MORE);
  assert_int_equal(read_all(parser, NULL, 0), TRPT_END);
  trpt_parser_free(parser);
}

static void test_reset_anywhere(void **state) {
  (void)state;
  events expected = {0}, found = {0};
  trpt_parser *parser = parser_new(0);
  events_read(&expected, parser, good, sizeof good - 1, events_whole, NULL);
  for (size_t len = 0; len < sizeof good; len++) {
    trpt_parser_reset(parser);
    read_all(parser, good, len);
    if (len % 2) read_all(parser, NULL, 0);
    events_read(&found, parser, good, sizeof good - 1, events_whole, NULL); /* resets */
    assert_string_equal(found.text, expected.text);
  }
  trpt_parser_free(parser);
  events_free(&expected);
  events_free(&found);
}

static void test_two_at_once(void **state) {
  (void)state;
  static const char other[] =
      "{\"report-id\":\"\\u0041\",\"policies\":[{\"failure-details\":[{\"result-type\":\"x\"}]}]}";
  trpt_parser *parsers[] = {parser_new(0), parser_new(TRPT_NO_DIAGNOSTICS)};
  const char *texts[] = {good, other};
  const size_t lens[] = {sizeof good - 1, sizeof other - 1};
  events expected[2] = {{0}}, found[2] = {{0}};
  for (size_t i = 0; i < 2; i++) {
    events_read(&expected[i], parsers[i], texts[i], lens[i], events_whole, NULL);
    trpt_parser_reset(parsers[i]);
    events_clear(&found[i]);
  }
  for (size_t at = 0; at <= sizeof good; at++)
    for (size_t i = 0; i < 2; i++) {
      const trpt_event *event;
      const char *data = at < lens[i] ? texts[i] + at : NULL;
      size_t len = data ? 1 : 0, used;
      trpt_status status;
      while ((status = trpt_parser_read(parsers[i], data, len, &used, &event)) == TRPT_OK) {
        events_add(&found[i], event);
        len -= used;
        if (data) data += used;
      }
      assert_int_equal(status, data ? TRPT_MORE : TRPT_END);
    }
  for (size_t i = 0; i < 2; i++) {
    events_add_error(&found[i], TRPT_OK, trpt_parser_error(parsers[i]));
    assert_string_equal(found[i].text, expected[i].text);
    trpt_parser_free(parsers[i]);
    events_free(&expected[i]);
    events_free(&found[i]);
  }
}

/* ---- callbacks ---- */

typedef struct caller {
  trpt_parser *parser;
  unsigned calls;
  unsigned stop_at; /* the call that returns `answer`; 0: none */
  int answer;
} caller;

static int called(caller *c) {
  const trpt_event *event = (const trpt_event *)(uintptr_t)1;
  const trpt_handler handler = {.struct_size = sizeof handler};
  trpt_report *report = (trpt_report *)(uintptr_t)1;
  size_t used = 7;
  /* All that a callback must not do. */
  assert_int_equal(trpt_parser_read(c->parser, good, 1, &used, &event), TRPT_E_STATE);
  assert_int_equal(used, 0);
  assert_null(event);
  assert_int_equal(trpt_parser_read(c->parser, NULL, 0, NULL, &event), TRPT_E_STATE);
  assert_int_equal(trpt_parser_feed(c->parser, good, 1), TRPT_E_STATE);
  assert_int_equal(trpt_parser_finish(c->parser), TRPT_E_STATE);
  assert_int_equal(trpt_parser_set_handler(c->parser, &handler, NULL), TRPT_E_STATE);
  assert_int_equal(trpt_report_read(c->parser, good, 1, &report), TRPT_E_STATE);
  assert_null(report);
  trpt_parser_reset(c->parser);
  trpt_parser_free(c->parser);
  assert_non_null(trpt_parser_error(c->parser));
  return ++c->calls == c->stop_at ? c->answer : 0;
}

static int on_failure(void *c, const trpt_policy *policy, const trpt_failure *failure) {
  assert_true(policy && failure);
  return called(c);
}
static int on_policy(void *c, const trpt_policy *policy) {
  assert_non_null(policy);
  return called(c);
}
static int on_report(void *c, const trpt_metadata *metadata) {
  assert_non_null(metadata);
  return called(c);
}
static int on_diagnostic(void *c, const trpt_diagnostic *diagnostic) {
  assert_non_null(diagnostic);
  return called(c);
}

static const trpt_handler handler = {sizeof handler, on_failure, on_policy, on_report, on_diagnostic, NULL};

static trpt_status feed_all(trpt_parser *parser, const char *text, size_t len) {
  const trpt_status status = trpt_parser_feed(parser, text, len);
  return status == TRPT_OK ? trpt_parser_finish(parser) : status;
}

static void test_callbacks(void **state) {
  (void)state;
  caller c = {.parser = parser_new(0)};
  assert_int_equal(trpt_parser_set_handler(c.parser, &handler, &c), TRPT_OK);
  assert_int_equal(feed_all(c.parser, good, sizeof good - 1), TRPT_OK);
  const unsigned all = c.calls;
  assert_true(all > 10);
  static const int answers[] = {1, -1, INT32_MIN};
  for (c.stop_at = 1; c.stop_at <= all + 1; c.stop_at++) {
    c.answer = answers[c.stop_at % 3];
    c.calls = 0;
    trpt_parser_reset(c.parser);
    const trpt_status status = feed_all(c.parser, good, sizeof good - 1);
    assert_int_equal(status, c.stop_at <= all ? TRPT_E_CANCELED : TRPT_OK);
    assert_int_equal(trpt_parser_error(c.parser)->status, status);
    if (status == TRPT_OK) continue;
    assert_int_equal(c.calls, c.stop_at);
    /* It stays, and nothing more is called. */
    assert_int_equal(trpt_parser_feed(c.parser, " ", 1), TRPT_E_CANCELED);
    assert_int_equal(trpt_parser_finish(c.parser), TRPT_E_CANCELED);
    assert_int_equal(trpt_parser_error(c.parser)->status, TRPT_E_CANCELED);
    assert_int_equal(c.calls, c.stop_at);
  }
  trpt_parser_free(c.parser);
}

/* In strict mode the error may already wait behind the finding at which a callback stops. */
static void test_cancel_before_an_error(void **state) {
  (void)state;
  static const char text[] = "{\"policies\":[],\"x\":1,\"contact-info\":null}";
  static const char two[] = "{\"policies\":[{\"policy\":{\"policy-type\":\"sts\",\"mx-host\":\"[]\"}}]}";
  const char *texts[] = {text, two, bad};
  for (size_t i = 0; i < 3; i++)
    for (unsigned stop_at = 1; stop_at < 4; stop_at++) {
      caller c = {.parser = parser_new(i < 2 ? TRPT_STRICT : 0), .stop_at = stop_at, .answer = 1};
      assert_int_equal(trpt_parser_set_handler(c.parser, &handler, &c), TRPT_OK);
      const trpt_status status = feed_all(c.parser, texts[i], strlen(texts[i]));
      assert_true(status < 0);
      assert_int_equal(status == TRPT_E_CANCELED, c.calls == stop_at);
      assert_int_equal(trpt_parser_error(c.parser)->status, status);
      assert_int_equal(trpt_parser_finish(c.parser), status);
      trpt_parser_free(c.parser);
    }
}

/* Feeds chunks of `size` bytes, the last of which may be shorter. */
static trpt_status feed_chunks(trpt_parser *parser, const char *text, size_t len, size_t size) {
  for (; len; text += size < len ? size : len, len -= size < len ? size : len) {
    const trpt_status status = trpt_parser_feed(parser, text, size < len ? size : len);
    if (status != TRPT_OK) return status;
  }
  return trpt_parser_finish(parser);
}

/* The position of TRPT_E_CANCELED is that of the event, however far the tokenizer has read. */
static void test_position_of_cancel(void **state) {
  (void)state;
  static const char unknown[] = "{\"unknown-one\":\"xyz\",\n \"policies\":[] ,\"policies\" :[]}";
  static const char pending[] =
      "{\"policies\":[{\"failure-details\":[{\"result-type\":\"\"},{}],\n\"policy\":{}}, {}]}\n";
  const struct {
    const char *text;
    trpt_tokenizer tokenizer;
  } rows[] = {{unknown, TRPT_TOKENIZER_BUILTIN}, {pending, TRPT_TOKENIZER_BUILTIN}, {good, TRPT_TOKENIZER_BUILTIN},
              {unknown, TRPT_TOKENIZER_YAJL},    {pending, TRPT_TOKENIZER_YAJL},    {good, TRPT_TOKENIZER_YAJL}};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const trpt_options options = {.struct_size = sizeof options, .tokenizer = rows[i].tokenizer};
    const size_t len = strlen(rows[i].text);
    caller c = {.answer = 1};
    if (trpt_parser_new(&c.parser, &options) == TRPT_E_UNSUPPORTED) continue;
    assert_int_equal(trpt_parser_set_handler(c.parser, &handler, &c), TRPT_OK);
    for (c.stop_at = 1;; c.stop_at++) {
      c.calls = 0;
      trpt_parser_reset(c.parser);
      if (feed_all(c.parser, rows[i].text, len) == TRPT_OK) break;
      const trpt_error whole = *trpt_parser_error(c.parser);
      assert_int_equal(whole.status, TRPT_E_CANCELED);
      for (size_t size = 1; size < 20; size++) {
        c.calls = 0;
        trpt_parser_reset(c.parser);
        assert_int_equal(feed_chunks(c.parser, rows[i].text, len, size), TRPT_E_CANCELED);
        assert_memory_equal(trpt_parser_error(c.parser), &whole, sizeof whole);
      }
    }
    assert_true(c.stop_at > 3);
    trpt_parser_free(c.parser);
  }
  /* A diagnostic is at the name of the member. */
  caller c = {.parser = parser_new(0), .stop_at = 1, .answer = 1};
  assert_int_equal(trpt_parser_set_handler(c.parser, &handler, &c), TRPT_OK);
  assert_int_equal(feed_all(c.parser, unknown, sizeof unknown - 1), TRPT_E_CANCELED);
  assert_int_equal(trpt_parser_error(c.parser)->offset, 1);
  assert_int_equal(trpt_parser_error(c.parser)->line, 1);
  assert_int_equal(trpt_parser_error(c.parser)->column, 2);
  trpt_parser_free(c.parser);
}

static void test_handlers(void **state) {
  (void)state;
  caller c = {.parser = parser_new(0)};
  /* None at all, each alone, and one from a version that knew no diagnostics. */
  assert_int_equal(feed_all(c.parser, good, sizeof good - 1), TRPT_OK);
  static const unsigned calls[] = {2, 2, 1};
  for (size_t i = 0; i < 3; i++) {
    trpt_handler one = {.struct_size = sizeof one};
    if (i == 0) one.on_failure = on_failure;
    if (i == 1) one.on_policy = on_policy;
    if (i == 2) one.on_report = on_report;
    c.calls = 0;
    trpt_parser_reset(c.parser);
    assert_int_equal(trpt_parser_set_handler(c.parser, &one, &c), TRPT_OK);
    assert_int_equal(feed_all(c.parser, good, sizeof good - 1), TRPT_OK);
    assert_int_equal(c.calls, calls[i]);
  }
  trpt_handler older = handler;
  older.struct_size = offsetof(trpt_handler, on_diagnostic);
  c.calls = 0;
  trpt_parser_reset(c.parser);
  assert_int_equal(trpt_parser_set_handler(c.parser, &older, &c), TRPT_OK);
  assert_int_equal(feed_all(c.parser, good, sizeof good - 1), TRPT_OK);
  assert_int_equal(c.calls, 5);
  struct {
    trpt_handler handler;
    size_t later; /* no padding in front, whose bytes may be any */
  } newer = {handler, 0};
  newer.handler.struct_size = sizeof newer;
  assert_int_equal(trpt_parser_set_handler(c.parser, &newer.handler, &c), TRPT_OK);
  newer.later = 1;
  assert_int_equal(trpt_parser_set_handler(c.parser, &newer.handler, &c), TRPT_E_ARGUMENT);
  trpt_parser_free(c.parser);
}

/* ---- the caller's memory ---- */

static void test_memory(void **state) {
  (void)state;
  static const trpt_tokenizer tokenizers[] = {TRPT_TOKENIZER_BUILTIN, TRPT_TOKENIZER_YAJL};
  for (size_t t = 0; t < 2; t++) {
    enum { GUARD = 64 };
    const trpt_options options = {.struct_size = sizeof options, .tokenizer = tokenizers[t]};
    const size_t size = trpt_parser_size(&options);
    if (!size) continue;
    assert_true(size <= (t == 0 ? 512u : 1024u) * 1024);
    unsigned char *block = malloc(size + 2 * GUARD);
    assert_non_null(block);
    for (size_t shift = 0; shift <= alignof(max_align_t); shift++) {
      trpt_parser *parser;
      events e = {.what = EVENTS_MOVE};
      unsigned char *memory = block + GUARD / 2 + shift;
      memset(block, 0xA5, size + 2 * GUARD);
      assert_int_equal(trpt_parser_init(&parser, memory, size - 1, &options), TRPT_E_BUFFER);
      assert_null(parser);
      assert_int_equal(trpt_parser_init(&parser, memory, 0, &options), TRPT_E_BUFFER);
      assert_int_equal(trpt_parser_init(&parser, memory, size, &options), TRPT_OK);
      assert_true((uintptr_t)parser >= (uintptr_t)memory && (uintptr_t)parser < (uintptr_t)memory + size);
      for (unsigned i = 0; i < 3; i++) {
        events_read(&e, parser, good, sizeof good - 1, events_byte, NULL);
        assert_int_equal(e.status, TRPT_OK);
        events_read(&e, parser, bad, sizeof bad - 1, events_byte, NULL);
        assert_int_equal(e.status, TRPT_E_JSON);
      }
      trpt_parser_free(parser); /* does nothing */
      events_read(&e, parser, good, sizeof good - 1, events_whole, NULL);
      assert_int_equal(e.status, TRPT_OK);
      for (unsigned char *byte = block; byte < memory; byte++) assert_int_equal(*byte, 0xA5);
      for (unsigned char *byte = memory + size; byte < block + size + 2 * GUARD; byte++) assert_int_equal(*byte, 0xA5);
      events_free(&e);
    }
    free(block);
  }
}

static void *refuse(void *asked, size_t size) {
  *(size_t *)asked += size;
  return NULL;
}

static void test_size(void **state) {
  (void)state;
  trpt_options options = {.struct_size = sizeof options};
  const size_t with_gzip = trpt_parser_size(&options);
  assert_int_equal(trpt_parser_size(NULL), with_gzip);
  options.flags = TRPT_NO_INFLATE;
  assert_true(trpt_parser_size(&options) < with_gzip);
  /* More than there is: the allocator is asked once, and may refuse. */
  size_t asked = 0;
  const trpt_allocator allocator = {sizeof allocator, refuse, release, &asked};
  options.allocator = &allocator;
  options.max_string = options.max_strings = options.max_entry = options.max_held = options.max_depth = UINT32_MAX;
  trpt_parser *parser;
  assert_int_equal(trpt_parser_new(&parser, &options), TRPT_E_MEMORY);
  assert_null(parser);
  assert_int_equal(asked, trpt_parser_size(&options));
}

static void test_init_arguments(void **state) {
  (void)state;
  static char memory[1 << 20];
  trpt_parser *parser = (trpt_parser *)memory;
  const trpt_options unknown = {.struct_size = sizeof unknown, .flags = 1U << 31};
  assert_int_equal(trpt_parser_init(NULL, memory, sizeof memory, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_parser_init(&parser, memory, sizeof memory, &unknown), TRPT_E_ARGUMENT);
  assert_null(parser);
  assert_int_equal(trpt_parser_init(&parser, NULL, sizeof memory, NULL), TRPT_E_ARGUMENT);
  assert_int_equal(trpt_parser_init(&parser, memory, sizeof memory, NULL), TRPT_OK);
}

/* ---- paths ---- */

/* The longest path fits an error, and one for which there is no room is cut. */
static void test_paths(void **state) {
  (void)state;
  static const struct {
    trpt_path where;
    uint32_t entry, failure;
    const char *path;
  } rows[] = {
      {{TRPT_IN_NOTHING, TRPT_MEMBER_NONE, TRPT_NO_INDEX}, 0, 0, ""},
      {{TRPT_IN_REPORT, TRPT_MEMBER_REPORT_ID, TRPT_NO_INDEX}, 0, 0, "report-id"},
      {{TRPT_IN_POLICY_OBJECT, TRPT_MEMBER_POLICY_STRING, 1023}, 10, 0, "policies[10].policy.policy-string[1023]"},
      {{TRPT_IN_DATE_RANGE, TRPT_MEMBER_END_DATETIME, TRPT_NO_INDEX}, 0, 0, "date-range.end-datetime"},
      {{TRPT_IN_POLICIES, TRPT_MEMBER_NONE, 7}, 0, 0, "policies[7]"},
      {{TRPT_IN_POLICY, TRPT_MEMBER_SUMMARY, TRPT_NO_INDEX}, 9, 0, "policies[9].summary"},
      {{TRPT_IN_POLICY_STRING, TRPT_MEMBER_NONE, 2}, 1, 0, "policies[1].policy.policy-string[2]"},
      {{TRPT_IN_MX_HOST, TRPT_MEMBER_NONE, 2}, 1, 0, "policies[1].policy.mx-host[2]"},
      {{TRPT_IN_SUMMARY, TRPT_MEMBER_TOTAL_FAILURE, TRPT_NO_INDEX},
       1,
       0,
       "policies[1].summary.total-failure-session-count"},
      {{TRPT_IN_SUMMARY, TRPT_MEMBER_TOTAL_SUCCESSFUL, TRPT_NO_INDEX},
       99,
       0,
       "policies[99].summary.total-successful-session-count"},
      {{TRPT_IN_FAILURES, TRPT_MEMBER_NONE, TRPT_NO_INDEX}, 1, 3, "policies[1].failure-details"},
      {{TRPT_IN_FAILURE, TRPT_MEMBER_ADDITIONAL_INFORMATION, TRPT_NO_INDEX},
       UINT32_MAX,
       UINT32_MAX,
       "policies[4294967295].failure-details[4294967295].additional-information"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char path[TRPT_PATH_SIZE + 1];
    memset(path, '#', sizeof path);
    trpt_path_write(path, rows[i].where, rows[i].entry, rows[i].failure);
    assert_string_equal(path, rows[i].path);
    assert_int_equal(path[TRPT_PATH_SIZE], '#');
  }
  assert_int_equal(TRPT_PATH_SIZE, sizeof((trpt_error *)NULL)->where);
}

/* ---- structures, whose layout is part of the interface ---- */

#if UINTPTR_MAX == UINT64_MAX
#define LAYOUT(type, member, offset) _Static_assert(offsetof(type, member) == (offset), #type "." #member)
#define SIZE(type, size)             _Static_assert(sizeof(type) == (size), #type)
SIZE(trpt_str, 16);
SIZE(trpt_error, 32 + 256);
LAYOUT(trpt_error, offset, 16);
LAYOUT(trpt_error, code, 24);
LAYOUT(trpt_error, where, 32);
LAYOUT(trpt_error, message, 160);
SIZE(trpt_diagnostic, 56);
LAYOUT(trpt_diagnostic, severity, 8);
LAYOUT(trpt_diagnostic, offset, 24);
LAYOUT(trpt_diagnostic, section, 48);
SIZE(trpt_policy, 88);
LAYOUT(trpt_policy, type, 4);
LAYOUT(trpt_policy, type_name, 8);
LAYOUT(trpt_policy, domain, 24);
LAYOUT(trpt_policy, strings, 40);
LAYOUT(trpt_policy, mx_hosts, 48);
LAYOUT(trpt_policy, string_count, 56);
LAYOUT(trpt_policy, mx_host_count, 60);
LAYOUT(trpt_policy, successful_sessions, 64);
LAYOUT(trpt_policy, failed_sessions, 72);
LAYOUT(trpt_policy, failure_count, 80);
LAYOUT(trpt_policy, present, 84);
SIZE(trpt_failure, 136);
LAYOUT(trpt_failure, index, 4);
LAYOUT(trpt_failure, type, 8);
LAYOUT(trpt_failure, present, 12);
LAYOUT(trpt_failure, type_name, 16);
LAYOUT(trpt_failure, sending_mta_ip, 32);
LAYOUT(trpt_failure, receiving_mx_hostname, 48);
LAYOUT(trpt_failure, receiving_mx_helo, 64);
LAYOUT(trpt_failure, receiving_ip, 80);
LAYOUT(trpt_failure, additional_information, 96);
LAYOUT(trpt_failure, failure_reason_code, 112);
LAYOUT(trpt_failure, failed_sessions, 128);
SIZE(trpt_metadata, 128);
LAYOUT(trpt_metadata, start_text, 48);
LAYOUT(trpt_metadata, start, 80);
LAYOUT(trpt_metadata, failure_count, 96);
LAYOUT(trpt_metadata, policy_count, 104);
LAYOUT(trpt_metadata, present, 108);
LAYOUT(trpt_metadata, error_count, 112);
LAYOUT(trpt_metadata, reserved, 124);
SIZE(trpt_allocator, 32);
SIZE(trpt_options, 96);
LAYOUT(trpt_options, flags, 8);
LAYOUT(trpt_options, tokenizer, 12);
LAYOUT(trpt_options, max_depth, 16);
LAYOUT(trpt_options, max_ratio, 44);
LAYOUT(trpt_options, max_failures, 48);
LAYOUT(trpt_options, max_memory, 72);
LAYOUT(trpt_options, now, 80);
LAYOUT(trpt_options, allocator, 88);
SIZE(trpt_event, 40);
LAYOUT(trpt_event, policy, 8);
LAYOUT(trpt_event, diagnostic, 32);
SIZE(trpt_handler, 48);
LAYOUT(trpt_handler, on_diagnostic, 32);
#endif

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_options),
      cmocka_unit_test(test_options_of_other_versions),
      cmocka_unit_test(test_struct_size),
      cmocka_unit_test(test_allocators),
      cmocka_unit_test(test_init_arguments),
      cmocka_unit_test(test_handler_changes),
      cmocka_unit_test(test_paths),
      cmocka_unit_test(test_null),
      cmocka_unit_test(test_end),
      cmocka_unit_test(test_errors_stay),
      cmocka_unit_test(test_reset_anywhere),
      cmocka_unit_test(test_two_at_once),
      cmocka_unit_test(test_callbacks),
      cmocka_unit_test(test_cancel_before_an_error),
      cmocka_unit_test(test_position_of_cancel),
      cmocka_unit_test(test_handlers),
      cmocka_unit_test(test_memory),
      cmocka_unit_test(test_size),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
