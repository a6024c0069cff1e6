/* SPDX-License-Identifier: MIT */
/* Keys of reports: events in any chunks and a tree give the same key, and so does a report that was written and read
   again. Every change of a value changes the key. Events in a wrong order, or on uninitialized memory, are refused and change
   nothing. */

#include "../lib/model/schema.h"
#include "readings.h"

#include <tlsrpt/trpt.h>

enum { KEY = 33 };

static void add(trpt_key *key, const trpt_event *event) { CHECK(trpt_key_add(key, event) == TRPT_OK); }

/* ---- forms of one report ---- */

/* Returns false if the input is not a report. */
static bool key_of_events(char text[KEY], trpt_parser *parser, const fuzz_input *in, events_next_fn next) {
  trpt_key key;
  uint32_t seed = in->seed;
  trpt_status status = TRPT_MORE;
  trpt_parser_reset(parser);
  CHECK(trpt_key_begin(&key) == TRPT_OK);
  for (size_t at = 0; status == TRPT_MORE;) {
    size_t chunk = at < in->len ? next(&seed, in->len - at) : 0;
    const uint8_t *data = at < in->len ? in->data + at : NULL;
    const trpt_event *event;
    size_t used;
    at += chunk;
    while ((status = trpt_parser_read(parser, data, chunk, &used, &event)) == TRPT_OK) {
      add(&key, event);
      if (data) data += used;
      chunk -= used;
    }
  }
  CHECK(trpt_key_text(&key, text, KEY, NULL) == (status == TRPT_END ? TRPT_OK : TRPT_E_STATE));
  return status == TRPT_END;
}

static void key_of_tree(char text[KEY], const trpt_report *report) {
  size_t needed;
  CHECK(trpt_report_key(report, text, KEY, &needed) == TRPT_OK && needed == KEY - 1 && strlen(text) == needed);
}

/* Whether the written report lacks this time. */
static bool is_lost(int64_t seconds, trpt_str text) {
  size_t needed;
  return text.ptr && (seconds == INT64_MIN || trpt_time_format(seconds, NULL, 0, &needed) != TRPT_E_BUFFER);
}

static bool is_written_completely(const trpt_report *report) {
  const trpt_metadata *metadata = trpt_report_metadata(report);
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++) {
    const char *code = trpt_report_diagnostic(report, i)->code;
    if (strcmp(code, "json.bad-codepoint") == 0 || strcmp(code, "json.not-utf8") == 0) return false;
  }
  return !is_lost(metadata->start, metadata->start_text) && !is_lost(metadata->end, metadata->end_text);
}

static void check_written(const trpt_report *report, const char *key) {
  fuzz_output w = {NULL, 0};
  trpt_report *back;
  char again[KEY];
  CHECK(trpt_report_write(report, 0, fuzz_append, &w) == TRPT_OK);
  if (trpt_report_parse(w.bytes, w.len, NULL, &back, NULL) == TRPT_OK) {
    key_of_tree(again, back);
    if (is_written_completely(report)) CHECK(strcmp(again, key) == 0);
    trpt_report_free(back);
  }
  free(w.bytes);
}

/* ---- changes of one value ---- */

/* A structure of the tree, and its replacement. */
typedef struct change {
  const void *of;
  union {
    trpt_metadata metadata;
    trpt_policy policy;
    trpt_failure failure;
  } to;
  trpt_str texts[2];
  char bytes[64];
} change;

static const void *changed(const change *c, const void *structure) { return structure == c->of ? &c->to : structure; }

static void key_of_changed(char text[KEY], const trpt_report *report, const change *c) {
  trpt_key key;
  trpt_key_begin(&key);
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) {
    trpt_event event = {.type = TRPT_EVENT_FAILURE};
    for (uint32_t j = 0; j < trpt_report_failure_count(report, i); j++) {
      event.failure = changed(c, trpt_report_failure(report, i, j));
      add(&key, &event);
    }
    event = (trpt_event){.type = TRPT_EVENT_POLICY, .policy = changed(c, trpt_report_policy(report, i))};
    add(&key, &event);
  }
  const trpt_event last = {.type = TRPT_EVENT_REPORT, .metadata = changed(c, trpt_report_metadata(report))};
  add(&key, &last);
  CHECK(trpt_key_text(&key, text, KEY, NULL) == TRPT_OK);
}

static uint32_t *present_in(change *c, const trpt_member_info *info) {
  return (uint32_t *)(void *)((char *)&c->to + info->present);
}

/* Returns another text: absent, one byte longer or shorter, or with a changed byte. */
static trpt_str other_text(change *c, trpt_str text, uint32_t choice) {
  if (text.ptr && choice % 4 == 0) return (trpt_str){NULL, 0};
  const size_t len = text.len < sizeof c->bytes - 1 ? text.len : sizeof c->bytes - 1;
  if (len) memcpy(c->bytes, text.ptr, len);
  if (len < text.len) return (trpt_str){c->bytes, len};
  if (len && choice % 4 == 1) return (trpt_str){c->bytes, len - 1};
  if (len && choice % 4 == 2) {
    c->bytes[choice / 4 % len] ^= 1;
    return (trpt_str){c->bytes, len};
  }
  c->bytes[len] = (char)(choice / 4);
  return (trpt_str){c->bytes, text.ptr ? len + 1 : len};
}

/* Changes the first element of a list, removes a list, or adds an empty one. */
static void change_list(change *c, const trpt_member_info *info, uint32_t choice) {
  const trpt_str *strings = trpt_strings_of(info, &c->to);
  uint32_t *count = (uint32_t *)(void *)((char *)&c->to + info->number);
  const bool has = trpt_is_present(info, &c->to);
  if (!has || !*count || choice % 2) {
    *present_in(c, info) ^= info->has;
    if (!has) *count = 0;
    return;
  }
  c->texts[0] = other_text(c, strings[0], choice / 2);
  if (!c->texts[0].ptr) c->texts[0] = (trpt_str){"", strings[0].len == 0};
  *trpt_strings_in(info, &c->to) = c->texts;
  /* Only one element remains. If there was only one before, its text differs. */
  *count = 1;
}

static void change_value(change *c, const trpt_member_info *info, uint32_t choice) {
  switch (info->type) {
  case TRPT_TYPE_TIME: {
    int64_t *seconds = (int64_t *)(void *)((char *)&c->to + info->number);
    if (*seconds == INT64_MIN && !(choice & 8))
      *trpt_text_in(info, &c->to) = other_text(c, trpt_text_of(info, &c->to), choice);
    else
      *seconds = *seconds == INT64_MIN ? 0 : *seconds ^ 1;
    return;
  }
  case TRPT_TYPE_COUNT:
    if (trpt_is_present(info, &c->to) && choice % 2)
      *trpt_count_in(info, &c->to) ^= UINT64_C(1) << choice / 2 % 64;
    else
      *present_in(c, info) ^= info->has;
    return;
  case TRPT_TYPE_LIST: change_list(c, info, choice); return;
  case TRPT_TYPE_OBJECT:
  case TRPT_TYPE_ARRAY: *present_in(c, info) ^= info->has; return;
  default: *trpt_text_in(info, &c->to) = other_text(c, trpt_text_of(info, &c->to), choice); return;
  }
}

/* Chooses a structure of the report, and returns its id and size. */
static trpt_structure choose(const trpt_report *report, uint32_t choice, const void **of, size_t *size) {
  const uint32_t policies = trpt_report_policy_count(report);
  *of = trpt_report_metadata(report);
  *size = sizeof(trpt_metadata);
  if (choice % 3 == 0 || !policies) return TRPT_STRUCTURE_METADATA;
  const uint32_t policy = choice / 3 % policies;
  const uint32_t failures = trpt_report_failure_count(report, policy);
  *of = trpt_report_policy(report, policy);
  *size = sizeof(trpt_policy);
  if (choice % 3 == 1 || !failures) return TRPT_STRUCTURE_POLICY;
  *of = trpt_report_failure(report, policy, choice / 100 % failures);
  *size = sizeof(trpt_failure);
  return TRPT_STRUCTURE_FAILURE;
}

static void check_changes(const trpt_report *report, const char *key, uint32_t seed) {
  const void *of;
  size_t size;
  const trpt_structure id = choose(report, seed, &of, &size);
  TRPT_EACH_OF (info, id) {
    change c = {.of = of};
    char other[KEY];
    if (!info->has) continue; /* its members are changed instead */
    memcpy(&c.to, of, size);
    change_value(&c, info, seed = seed * 1103515245 + 12345);
    key_of_changed(other, report, &c);
    CHECK(strcmp(other, key) != 0);
  }
}

/* ---- misuse ---- */

/* Events of any kind in any order, on arbitrary memory: a refused event changes nothing. */
static void check_misuse(const fuzz_input *in) {
  static const trpt_str strings[] = {{"a", 1}, {NULL, 3}};
  trpt_key key, before;
  memset(&key, in->len ? in->data[0] : 0, sizeof key);
  for (size_t i = 0; i < in->len && i < 64; i++) {
    const uint8_t byte = in->data[i];
    const trpt_policy policy = {.strings = byte & 8 ? strings : NULL,
                                .string_count = byte >> 4 & 3,
                                .failure_count = byte >> 6,
                                .present = byte & 16 ? UINT32_MAX : 0};
    const trpt_failure failure = {.type_name = strings[byte >> 4 & 1], .present = byte};
    const trpt_metadata metadata = {.start = byte, .end = INT64_MIN, .policy_count = byte >> 4 & 3};
    const trpt_event event = {.type = (trpt_event_type)(byte & 7) - 1,
                              .policy = byte & 32 ? &policy : NULL,
                              .failure = byte & 64 ? &failure : NULL,
                              .metadata = byte & 128 ? &metadata : NULL};
    char text[KEY];
    if (byte == 'B') CHECK(trpt_key_begin(&key) == TRPT_OK);
    before = key;
    const trpt_status status = trpt_key_add(&key, byte == 'N' ? NULL : &event);
    CHECK(status == TRPT_OK || status == TRPT_E_STATE || status == TRPT_E_ARGUMENT);
    if (status != TRPT_OK) CHECK(memcmp(&key, &before, sizeof key) == 0);
    const trpt_status written = trpt_key_text(&key, text, sizeof text, NULL);
    CHECK(written == TRPT_OK || written == TRPT_E_STATE);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const fuzz_input in = fuzz_input_of(data, size);
  const uint32_t flags = in.flags & (TRPT_STRICT | TRPT_NO_INFLATE);
  trpt_parser *parser = fuzz_parser(&in, flags, TRPT_TOKENIZER_BUILTIN);
  const trpt_options options = fuzz_options(&in, flags, TRPT_TOKENIZER_BUILTIN);
  char key[KEY], other[KEY];
  trpt_report *report;
  check_misuse(&in);
  const bool good = key_of_events(key, parser, &in, events_whole);
  /* Broken gzip may give other results in chunks, docs/maintainers/gzip.md. */
  if (key_of_events(other, parser, &in, events_random) && good) CHECK(strcmp(other, key) == 0);
  CHECK((trpt_report_parse(in.data, in.len, &options, &report, NULL) == TRPT_OK) == good);
  if (!good) return 0;
  key_of_tree(other, report);
  CHECK(strcmp(other, key) == 0);
  check_written(report, key);
  check_changes(report, key, in.seed);
  trpt_report_free(report);
  return 0;
}
