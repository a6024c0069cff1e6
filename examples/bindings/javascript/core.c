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

/* The answer of the last call. trpt.js reads these seven numbers at its address. */
static struct {
  char *text;
  size_t len;
  size_t used;                                     /* bytes of the chunk that `events` consumed */
  uint32_t error_count, warning_count, info_count; /* of the report */
  size_t capacity;                                 /* of the text */
} answer;

static struct {
  char *data;
  size_t size;
} room;

static trpt_options wanted;
static trpt_options current; /* of the parser */
static trpt_parser *parser;  /* NULL before the first report, and without memory */

const void *EXPORT(answer_address)(void) { return &answer; }

/* Memory for the bytes of the next call, and for a NUL; NULL if there is not enough. */
char *EXPORT(room_for)(size_t len) {
  if (len < room.size) return room.data;
  free(room.data);
  room.data = len < SIZE_MAX ? malloc(len + 1) : NULL;
  room.size = room.data ? len + 1 : 0;
  return room.data;
}

static bool reserve(size_t len) {
  if (len <= answer.capacity - answer.len) return true;
  if (len > SIZE_MAX / 2 - answer.capacity) return false;
  size_t capacity = answer.capacity * 2;
  if (capacity < answer.len + len) capacity = answer.len + len;
  if (capacity < ANSWER_SIZE) capacity = ANSWER_SIZE;
  char *text = realloc(answer.text, capacity);
  if (!text) return false;
  answer.text = text;
  answer.capacity = capacity;
  return true;
}

static int append(void *user, const char *text, size_t len) {
  (void)user;
  if (!reserve(len)) return 1;
  memcpy(answer.text + answer.len, text, len);
  answer.len += len;
  return 0;
}

/* The functions that write are canceled only if there is no memory for their text. */
static trpt_status written(trpt_status status) { return status == TRPT_E_CANCELED ? TRPT_E_MEMORY : status; }

static trpt_status answer_text(const char *text) {
  answer.len = 0;
  return append(NULL, text, strlen(text)) ? TRPT_E_MEMORY : TRPT_OK;
}

/* ---- options ---- */

static const struct {
  const char *name;
  size_t offset, size;
} limits[] = {
#define LIMIT(name)                                                                                                    \
  { #name, offsetof(trpt_options, name), sizeof(((trpt_options *)0)->name) }
    LIMIT(max_depth),    LIMIT(max_string),   LIMIT(max_strings),     LIMIT(max_entry),
    LIMIT(max_held),     LIMIT(max_policies), LIMIT(max_diagnostics), LIMIT(max_ratio),
    LIMIT(max_failures), LIMIT(max_input),    LIMIT(max_inflated),    LIMIT(max_memory),
#undef LIMIT
};

/* Options of the next reports. */
void EXPORT(set_options)(uint32_t flags, double now) {
  wanted = (trpt_options){.struct_size = sizeof wanted, .flags = flags, .now = (int64_t)now};
}

/* Sets the limit whose name is in the room. Returns false if there is none of that name, or if it cannot be that large. */
int EXPORT(set_limit)(size_t len, double value) {
  const trpt_str name = {room.data, len};
  for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
    if (!trpt_str_equal(name, limits[i].name, strlen(limits[i].name))) continue;
    char *member = (char *)&wanted + limits[i].offset;
    const bool is_small = limits[i].size == sizeof(uint32_t);
    if (!(value >= 0 && value <= (is_small ? UINT32_MAX : 9007199254740991))) return false;
    const uint64_t large = (uint64_t)value;
    const uint32_t small = (uint32_t)large;
    memcpy(member, is_small ? (const void *)&small : &large, limits[i].size);
    return true;
  }
  return false;
}

/* ---- reports ---- */

/* Makes the parser ready for the first chunk of a report. */
trpt_status EXPORT(begin)(void) {
  answer.len = 0;
  if (parser && memcmp(&wanted, &current, sizeof wanted) == 0) {
    trpt_parser_reset(parser);
    return TRPT_OK;
  }
  trpt_parser_free(parser);
  current = wanted;
  return trpt_parser_new(&parser, &current);
}

static void count_diagnostics(const trpt_metadata *metadata) {
  answer.error_count = metadata->error_count;
  answer.warning_count = metadata->warning_count;
  answer.info_count = metadata->info_count;
}

/* The report in the room. The answer is its line of JSON, also if it could not be read; empty without memory for it. */
trpt_status EXPORT(report)(size_t len) {
  trpt_status status = begin();
  if (status) return status;
  trpt_str rest = {room.data, len};
  trpt_report *report;
  const trpt_source source = {.struct_size = sizeof source};
  status = trpt_reports_next(parser, &rest, &report);
  const trpt_status output =
      written(trpt_report_json(report ? report : trpt_report_unfinished(parser),
                               report ? NULL : trpt_parser_error(parser), &source, 0, append, NULL));
  if (output) answer.len = 0;
  if (report) count_diagnostics(trpt_report_metadata(report));
  trpt_report_free(report);
  trpt_parser_reset(parser);
  return output ? output : status;
}

/* The lines of all reports in the room; the name of their source follows them. Without a name `name_len` is SIZE_MAX. */
trpt_status EXPORT(lines)(size_t len, size_t name_len) {
  const trpt_status status = begin();
  trpt_source source = {.struct_size = sizeof source};
  if (name_len != SIZE_MAX) source.name = (trpt_str){room.data + len, name_len};
  return status ? status : written(trpt_reports_json(parser, room.data, len, &source, 0, append, NULL));
}

/* The report in the room as RFC 8460 has it, which I-JSON allows. */
trpt_status EXPORT(rewrite)(size_t len, uint32_t flags) {
  trpt_report *report;
  trpt_error error;
  const trpt_options options = {.struct_size = sizeof options, .flags = TRPT_NO_DIAGNOSTICS};
  answer.len = 0;
  trpt_status status = trpt_report_parse(room.data, len, &options, &report, &error);
  if (status) return status;
  status = written(trpt_report_write(report, flags, append, NULL));
  trpt_report_free(report);
  return status;
}

/* ---- events ---- */

static void begin_event(const char *name, uint64_t index) {
  trpt_output out;
  trpt_output_begin(&out, append, NULL);
  trpt_output_str(&out, trpt_str_of(answer.len > 1 ? ",[\"" : "[\""));
  trpt_output_str(&out, trpt_str_of(name));
  trpt_output_str(&out, trpt_str_of("\","));
  trpt_output_number(&out, index);
  trpt_output_str(&out, trpt_str_of(","));
  trpt_output_flush(&out);
}

/* An event has the form of a report with nothing else in it. */
static trpt_status write_event(const trpt_event *event) {
  static const trpt_metadata no_metadata = {.start = INT64_MIN, .end = INT64_MIN};
  static const trpt_policy no_policy;
  trpt_writer writer;
  switch (event->type) {
  case TRPT_EVENT_FAILURE: begin_event("failure", event->failure->policy_index); break;
  case TRPT_EVENT_POLICY: begin_event("policy", event->policy->index); break;
  case TRPT_EVENT_REPORT: begin_event("report", 0); break;
  case TRPT_EVENT_DIAGNOSTIC:
    begin_event("diagnostic", 0);
    return trpt_diagnostic_json(event->diagnostic, 0, append, NULL);
  default: return TRPT_OK;
  }
  trpt_writer_begin(&writer, 0, TRPT_JSON_ESCAPE_HIDDEN, append, NULL);
  trpt_writer_metadata(&writer, event->type == TRPT_EVENT_REPORT ? event->metadata : &no_metadata);
  if (event->type != TRPT_EVENT_REPORT)
    trpt_writer_policy(&writer, event->type == TRPT_EVENT_POLICY ? event->policy : &no_policy);
  if (event->type == TRPT_EVENT_FAILURE) trpt_writer_failure(&writer, event->failure);
  if (event->type == TRPT_EVENT_REPORT) count_diagnostics(event->metadata);
  return trpt_writer_end(&writer);
}

/*
 * Reads events of a chunk, which is in the room from `begin` to `end`; of nothing at the end of the input. The answer is an array of
 * ["name",index,{...}], with the counts of the answer for a "report". TRPT_OK: call again with the bytes that were not used.
 */
trpt_status EXPORT(events)(size_t begin, size_t end, int is_last) {
  const trpt_event *event;
  trpt_status status;
  size_t used;
  answer.used = answer.len = 0;
  if (append(NULL, "[", 1)) return TRPT_E_MEMORY;
  do {
    status = trpt_parser_read(parser, is_last ? NULL : room.data + begin + answer.used, end - begin - answer.used,
                              &used, &event);
    answer.used += used;
    if (status != TRPT_OK) break;
    if (write_event(event) || !reserve(1)) return TRPT_E_MEMORY;
    append(NULL, "]", 1);
  } while (answer.len < ANSWER_SIZE);
  if (status < 0) {
    begin_event("error", 0);
    if (trpt_error_json(trpt_parser_error(parser), NULL, 0, append, NULL)) return TRPT_E_MEMORY;
    append(NULL, "]", 1);
  }
  return append(NULL, "]", 1) ? TRPT_E_MEMORY : status;
}

/* ---- records and names ---- */

static int add_diagnostic(void *user, const trpt_diagnostic *diagnostic) {
  trpt_json_output *json = user;
  trpt_json_element(json);
  trpt_output_flush(&json->text);
  return trpt_diagnostic_json(diagnostic, 0, append, NULL) != TRPT_OK;
}

static void add_text(trpt_json_output *json, const char *name, trpt_str text) {
  if (!text.ptr) return;
  trpt_json_name(json, name);
  trpt_json_value(json, text);
}

static void add_ruas(trpt_json_output *json, const trpt_record *record) {
  size_t cursor = 0;
  trpt_rua rua;
  while (trpt_record_next_rua(record, &cursor, &rua) == TRPT_OK) {
    trpt_json_element(json);
    trpt_json_open(json, '{');
    add_text(json, "uri", rua.uri);
    add_text(json, "scheme", trpt_str_of(trpt_scheme_name(rua.scheme)));
    trpt_json_name(json, "usable");
    trpt_output_str(&json->text, trpt_str_of(rua.usable ? "true" : "false"));
    add_text(json, "address", rua.address);
    trpt_json_close(json, '}');
  }
}

static void add_extensions(trpt_json_output *json, const trpt_record *record) {
  size_t cursor = 0;
  trpt_str name, value;
  while (trpt_record_next_extension(record, &cursor, &name, &value) == TRPT_OK) {
    trpt_json_element(json);
    trpt_json_open(json, '{');
    add_text(json, "name", name);
    add_text(json, "value", value);
    trpt_json_close(json, '}');
  }
}

static void begin_array(trpt_json_output *json, const char *name) {
  trpt_json_name(json, name);
  trpt_json_open(json, '[');
}

/* All that can be said about the record in the room. */
trpt_status EXPORT(record)(size_t len, uint32_t flags) {
  const trpt_str text = {len ? room.data : "", len};
  char publish[TRPT_SUGGESTION_MAX_LEN + 1];
  size_t publish_len;
  trpt_json_output json;
  trpt_record record;
  trpt_error error;
  trpt_conclusion conclusion;
  const trpt_status status = trpt_record_parse(text.ptr, len, flags, &record, &error);
  trpt_record_conclude(&text, 1, &conclusion);
  answer.len = 0;
  trpt_json_begin(&json, 0, TRPT_JSON_ESCAPE_HIDDEN, append, NULL);
  trpt_json_open(&json, '{');
  if (status) {
    trpt_json_name(&json, "error");
    trpt_output_flush(&json.text);
    trpt_error_json(&error, NULL, 0, append, NULL);
  }
  add_text(&json, "verdict", trpt_str_of(trpt_verdict_name(conclusion.verdict)));
  add_text(&json, "reason", trpt_str_of(conclusion.reason));
  begin_array(&json, "ruas");
  if (!status) add_ruas(&json, &record);
  trpt_json_close(&json, ']');
  begin_array(&json, "extensions");
  if (!status) add_extensions(&json, &record);
  trpt_json_close(&json, ']');
  begin_array(&json, "diagnostics");
  const trpt_status diagnosed = trpt_record_diagnose(text.ptr, len, add_diagnostic, &json);
  trpt_json_close(&json, ']');
  if (trpt_record_suggest(text.ptr, len, publish, sizeof publish, &publish_len) == TRPT_OK)
    add_text(&json, "suggestion", (trpt_str){publish, publish_len});
  trpt_json_close(&json, '}');
  const trpt_status output = trpt_json_end(&json);
  return written(diagnosed ? diagnosed : output);
}

/* The record with `count` URIs, which are in the room. A NUL follows each, and none may contain one. */
trpt_status EXPORT(write_record)(size_t len, size_t count) {
  size_t found = 0, needed;
  for (size_t i = 0; i < len; i++) found += !room.data[i];
  if (found != count) return TRPT_E_ARGUMENT;
  trpt_str *uris = calloc(count + 1, sizeof *uris);
  answer.len = 0;
  if (!uris) return TRPT_E_MEMORY;
  const char *at = room.data;
  for (size_t i = 0; i < count; i++) {
    uris[i] = trpt_str_of(at);
    at += uris[i].len + 1;
  }
  trpt_status status = trpt_record_write(uris, count, NULL, 0, &needed);
  if (status == TRPT_E_BUFFER) status = TRPT_E_MEMORY;
  if (status == TRPT_E_MEMORY && reserve(needed + 1))
    status = trpt_record_write(uris, count, answer.text, needed + 1, &answer.len);
  free(uris);
  return status;
}

trpt_status EXPORT(format_time)(double seconds) {
  char text[32];
  const trpt_status status = trpt_time_format((int64_t)seconds, text, sizeof text, NULL);
  return status ? status : answer_text(text);
}

/* What trpt.js asks about a name in the room, in this order. */
enum { POLICY_TYPE, RESULT_TYPE, DESCRIPTION, ADVICE };

/* TRPT_END: nothing is known about it. */
trpt_status EXPORT(look_up)(int32_t what, size_t len) {
  const char *text = NULL;
  room.data[len] = '\0';
  switch (what) {
  case POLICY_TYPE: text = trpt_policy_type_name(trpt_policy_type_from_name(room.data, len)); break;
  case RESULT_TYPE: text = trpt_result_type_name(trpt_result_type_from_name(room.data, len)); break;
  case DESCRIPTION: text = trpt_result_type_description(trpt_result_type_from_name(room.data, len)); break;
  case ADVICE: text = trpt_diagnostic_advice(room.data); break;
  default: break;
  }
  return text ? answer_text(text) : TRPT_END;
}

trpt_status EXPORT(message_of)(trpt_status status) { return answer_text(trpt_status_message(status)); }
trpt_status EXPORT(name_of)(trpt_status status) { return answer_text(trpt_status_name(status)); }
trpt_status EXPORT(version)(void) { return answer_text(trpt_version()); }
