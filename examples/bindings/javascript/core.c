/* SPDX-License-Identifier: MIT */
/*
 * What trpt.js calls: libtrpt as a WebAssembly module that imports nothing. A call reads bytes that JavaScript put into the room, and
 * leaves its answer as text, mostly JSON. One instance reads one report at a time. It keeps the parser and both buffers for the next.
 */
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/trpt.h>

#include "../../../lib/base/text.h"
#include "../../../lib/writer/report_writer.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

/* Events of a chunk are handed over as soon as they take this much text, since a chunk of gzip may contain very many. */
enum { ANSWER_SIZE = 256 * 1024 };

/* The answer of the last call. */
static struct {
  char *text;
  size_t len;
  size_t capacity; /* of the text */
  bool has_failed; /* there was no memory for all of it */
} answer;

/* Bytes that JavaScript passes. `events` consumes them in several calls. */
static struct {
  char *data;
  size_t size;
  size_t consumed;
} room;

static trpt_options wanted;
static trpt_options current; /* of the parser */
static trpt_parser *parser;  /* NULL before the first report, and without memory */

const char *EXPORT(answer_text)(void) { return answer.text; }
size_t EXPORT(answer_length)(void) { return answer.len; }

/* Memory for the bytes of the next call, and for a NUL; NULL if there is not enough. */
char *EXPORT(room_for)(size_t len) {
  room.consumed = 0;
  if (len < room.size) return room.data;
  free(room.data);
  room.data = len < SIZE_MAX ? malloc(len + 1) : NULL;
  room.size = room.data ? len + 1 : 0;
  return room.data;
}

static bool reserve(size_t len) {
  if (len <= answer.capacity - answer.len) return true;
  if (len > SIZE_MAX / 4 - answer.len) return false;
  const size_t capacity = 2 * (answer.len + len) + ANSWER_SIZE;
  char *text = realloc(answer.text, capacity);
  if (!text) return false;
  answer.text = text;
  answer.capacity = capacity;
  return true;
}

static int append(void *user, const char *text, size_t len) {
  (void)user;
  if (!reserve(len)) {
    answer.has_failed = true;
    return 1;
  }
  memcpy(answer.text + answer.len, text, len);
  answer.len += len;
  return 0;
}

static void add(const char *text) { append(NULL, text, strlen(text)); }

static void begin_answer(void) {
  answer.len = 0;
  answer.has_failed = false;
}

/* The status of a call whose answer is complete. */
static trpt_status answered(trpt_status status) { return answer.has_failed ? TRPT_E_MEMORY : status; }

/* TRPT_END: there is no such text. */
static trpt_status answer_with(const char *text) {
  begin_answer();
  if (!text) return TRPT_END;
  add(text);
  return answered(TRPT_OK);
}

/* ---- options ---- */

static const struct {
  const char *name;
  size_t offset, size;
} limits[] = {
#define LIMIT(id, member, value, code, sentence)                                                                       \
  {#member, offsetof(trpt_options, member), sizeof(((trpt_options *)0)->member)},
#define FIXED_LIMIT(id, value, code, sentence)
#include "../../../lib/parser/limits.def"
#undef LIMIT
#undef FIXED_LIMIT
};

/* Options of the next reports. */
void EXPORT(set_options)(bool is_strict, bool has_diagnostics, bool is_sequence, double now) {
  wanted = (trpt_options){.struct_size = sizeof wanted, .now = (int64_t)now};
  if (is_strict) wanted.flags |= TRPT_STRICT;
  if (!has_diagnostics) wanted.flags |= TRPT_NO_DIAGNOSTICS;
  if (is_sequence) wanted.flags |= TRPT_SEQUENCE;
}

/* Sets the limit whose name is in the room. Returns false if there is none of that name, or if it cannot be that large. */
int EXPORT(set_limit)(size_t len, double value) {
  const trpt_str name = {room.data, len};
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
    if (!trpt_str_equal(name, limits[i].name, strlen(limits[i].name))) continue;
    if (!(value >= 0 && value < (limits[i].size == sizeof(uint32_t) ? 0x1p32 : 0x1p53))) return false;
    const uint64_t number = (uint64_t)value; /* its first bytes are the lowest ones */
    memcpy((char *)&wanted + limits[i].offset, &number, limits[i].size);
    return true;
  }
  return false;
}

/* ---- reports ---- */

/* Makes the parser ready for the first chunk of a report. */
trpt_status EXPORT(begin)(void) {
  begin_answer();
  if (parser && memcmp(&wanted, &current, sizeof wanted) == 0) {
    trpt_parser_reset(parser);
    return TRPT_OK;
  }
  trpt_parser_free(parser);
  current = wanted;
  return trpt_parser_new(&parser, &current);
}

static void add_number(uint64_t number) {
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str text = trpt_decimal(number, digits);
  add(",");
  append(NULL, text.ptr, text.len);
}

static void add_counts(const trpt_metadata *metadata) {
  add_number(metadata->error_count);
  add_number(metadata->warning_count);
  add_number(metadata->info_count);
}

/* The report in the room. The answer is an array of its line of JSON, also if it could not be read, and its counts. */
trpt_status EXPORT(report)(size_t len) {
  const trpt_status status = begin();
  trpt_str rest = {room.data, len};
  trpt_report *report;
  if (status) return status;
  trpt_reports_next(parser, &rest, &report);
  add("[");
  if (report) {
    trpt_report_json(report, NULL, NULL, 0, append, NULL);
    add_counts(trpt_report_metadata(report));
  } else {
    trpt_report_json(trpt_report_unfinished(parser), trpt_parser_error(parser), NULL, 0, append, NULL);
  }
  add("]");
  trpt_report_free(report);
  return answered(TRPT_OK);
}

/* The lines of all reports in the room; the name of their source follows them. Without a name `name_len` is SIZE_MAX. */
trpt_status EXPORT(lines)(size_t len, size_t name_len) {
  const trpt_status status = begin();
  trpt_source source = {.struct_size = sizeof source};
  if (name_len != SIZE_MAX) source.name = (trpt_str){room.data + len, name_len};
  return status ? status : answered(trpt_reports_json(parser, room.data, len, &source, 0, append, NULL));
}

/* The report in the room as RFC 8460 has it, which I-JSON allows. */
trpt_status EXPORT(rewrite)(size_t len, bool is_pretty) {
  trpt_report *report;
  const trpt_options options = {.struct_size = sizeof options, .flags = TRPT_NO_DIAGNOSTICS};
  begin_answer();
  trpt_status status = trpt_report_parse(room.data, len, &options, &report, NULL);
  if (status) return status;
  status = trpt_report_write(report, is_pretty ? TRPT_PRETTY : 0, append, NULL);
  trpt_report_free(report);
  return answered(status);
}

/* ---- events ---- */

/* An event has the form of a report with nothing else in it. */
static void add_members(const trpt_metadata *metadata, const trpt_policy *policy, const trpt_failure *failure) {
  trpt_writer writer;
  trpt_writer_begin(&writer, 0, TRPT_JSON_ESCAPE_HIDDEN, append, NULL);
  trpt_writer_metadata(&writer, metadata);
  if (policy) trpt_writer_policy(&writer, policy);
  if (failure) trpt_writer_failure(&writer, failure);
  trpt_writer_end(&writer);
}

static void add_event(const trpt_event *event) {
  static const trpt_metadata no_metadata = {.start = INT64_MIN, .end = INT64_MIN};
  static const trpt_policy no_policy;
  static const char *const begins[] = {[TRPT_EVENT_FAILURE] = "[\"failure\",",
                                       [TRPT_EVENT_POLICY] = "[\"policy\",",
                                       [TRPT_EVENT_REPORT] = "[\"report\",",
                                       [TRPT_EVENT_DIAGNOSTIC] = "[\"diagnostic\","};
  add(begins[event->type]);
  switch (event->type) {
  case TRPT_EVENT_FAILURE:
    add_members(&no_metadata, &no_policy, event->failure);
    add_number(event->failure->policy_index);
    break;
  case TRPT_EVENT_POLICY:
    add_members(&no_metadata, event->policy, NULL);
    add_number(event->policy->index);
    break;
  case TRPT_EVENT_REPORT:
    add_members(event->metadata, NULL, NULL);
    add_counts(event->metadata);
    break;
  default: trpt_diagnostic_json(event->diagnostic, 0, append, NULL); break;
  }
  add("],");
}

/*
 * Reads events of the chunk in the room; an empty chunk ends the input. The answer is an array of ["name",{...},NUMBER...], which ends with
 * null or the error. TRPT_OK: there are more events.
 */
trpt_status EXPORT(events)(size_t len) {
  const trpt_event *event;
  trpt_status status;
  size_t used;
  begin_answer();
  add("[");
  do {
    status = trpt_parser_read(parser, len ? room.data + room.consumed : NULL, len - room.consumed, &used, &event);
    room.consumed += used;
    if (status == TRPT_OK) add_event(event);
  } while (status == TRPT_OK && answer.len < ANSWER_SIZE && !answer.has_failed);
  if (status < 0) trpt_error_json(trpt_parser_error(parser), NULL, 0, append, NULL);
  add(status < 0 ? "]" : "null]");
  return answered(status);
}

/* ---- records and names ---- */

trpt_status EXPORT(record)(size_t len, bool is_strict) {
  begin_answer();
  return answered(trpt_record_json(room.data, len, is_strict ? TRPT_STRICT : 0, 0, append, NULL));
}

/* The record with `count` URIs, which are in the room. A NUL follows each, and none may contain one. */
trpt_status EXPORT(write_record)(size_t len, size_t count) {
  trpt_str *uris = calloc(count + 1, sizeof *uris);
  const char *at = room.data;
  size_t needed;
  begin_answer();
  if (!uris) return TRPT_E_MEMORY;
  for (size_t i = 0; i < count; i++) {
    uris[i] = trpt_str_of(at);
    at += uris[i].len + 1;
  }
  trpt_status status = TRPT_E_ARGUMENT;
  if (at == room.data + len) status = trpt_record_write(uris, count, NULL, 0, &needed);
  if (status == TRPT_E_BUFFER && reserve(needed + 1))
    status = trpt_record_write(uris, count, answer.text, needed + 1, &answer.len);
  free(uris);
  return status == TRPT_E_BUFFER ? TRPT_E_MEMORY : status;
}

trpt_status EXPORT(format_time)(double seconds) {
  char text[32];
  const trpt_status status = trpt_time_format((int64_t)seconds, text, sizeof text, NULL);
  return status ? status : answer_with(text);
}

/* What is known about the name in the room. */
trpt_status EXPORT(policy_type)(size_t len) {
  return answer_with(trpt_policy_type_name(trpt_policy_type_from_name(room.data, len)));
}
trpt_status EXPORT(result_type)(size_t len) {
  return answer_with(trpt_result_type_name(trpt_result_type_from_name(room.data, len)));
}
trpt_status EXPORT(description)(size_t len) {
  return answer_with(trpt_result_type_description(trpt_result_type_from_name(room.data, len)));
}
trpt_status EXPORT(advice)(size_t len) {
  room.data[len] = '\0';
  return answer_with(trpt_diagnostic_advice(room.data));
}

trpt_status EXPORT(message_of)(trpt_status status) { return answer_with(trpt_status_message(status)); }
trpt_status EXPORT(name_of)(trpt_status status) { return answer_with(trpt_status_name(status)); }
trpt_status EXPORT(version)(void) { return answer_with(trpt_version()); }
