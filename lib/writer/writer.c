/* SPDX-License-Identifier: MIT */
#include "report_writer.h"

#include <tlsrpt/time.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "../model/schema.h"

/* The part of the report that was written last. */
enum { NOTHING, METADATA, POLICY, FAILURE, END };

size_t trpt_writer_size(void) { return sizeof(trpt_writer) + TRPT_ALIGNMENT_SLACK; }

void trpt_writer_begin(trpt_writer *writer, uint32_t flags, uint16_t escapes, trpt_write_fn write, void *user) {
  writer->state = NOTHING;
  writer->empty_failures = 0;
  trpt_json_begin(&writer->json, flags, escapes, write, user);
}

trpt_status trpt_writer_init(trpt_writer **out, void *memory, size_t size, uint32_t flags, trpt_write_fn write,
                             void *user) {
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  if (!memory || !write || (flags & ~(uint32_t)TRPT_PRETTY)) return TRPT_E_ARGUMENT;
  if (size < trpt_writer_size()) return TRPT_E_BUFFER;
  *out = trpt_align_up(memory);
  trpt_writer_begin(*out, flags, TRPT_JSON_I_JSON, write, user);
  return TRPT_OK;
}

/* A time as RFC 3339 text, with a NUL. */
typedef struct time_text {
  char text[24];
  size_t len; /* 0: not representable in RFC 3339 */
} time_text;

static time_text format_time(int64_t seconds) {
  time_text time;
  if (trpt_time_format(seconds, time.text, sizeof time.text, &time.len) != TRPT_OK) time.len = 0;
  return time;
}

/* The name of a type as it was read, or else its standard name. */
static trpt_str text_of_type(const trpt_member_info *info, const void *structure) {
  const trpt_str text = trpt_text_of(info, structure);
  const int32_t type = trpt_type_of(info, structure);
  if (text.ptr) return text;
  const char *name = info->type == TRPT_TYPE_POLICY_TYPE ? trpt_policy_type_name(type) : trpt_result_type_name(type);
  return trpt_str_of(name);
}

static bool is_written(const trpt_member_info *info, const void *structure);

static bool has_written_member(trpt_context context, const void *structure) {
  TRPT_EACH_IN (info, context)
    if (is_written(info, structure)) return true;
  return false;
}

/* Whether a member has a value to write. Arrays are not written here, but after all other members. */
static bool is_written(const trpt_member_info *info, const void *structure) {
  switch (info->type) {
  case TRPT_TYPE_STRING: return trpt_text_of(info, structure).ptr;
  case TRPT_TYPE_POLICY_TYPE:
  case TRPT_TYPE_RESULT_TYPE: return text_of_type(info, structure).ptr;
  case TRPT_TYPE_TIME: return format_time(trpt_time_of(info, structure)).len;
  case TRPT_TYPE_ARRAY: return false;
  case TRPT_TYPE_OBJECT:
    if (!info->has) return has_written_member((trpt_context)info->inner, structure);
    break;
  default: break;
  }
  return trpt_is_present(info, structure);
}

static void write_time(trpt_json_output *json, int64_t seconds) {
  const time_text time = format_time(seconds);
  trpt_json_value(json, (trpt_str){time.text, time.len});
}

static void write_list(trpt_json_output *json, const trpt_str *strings, uint32_t count) {
  trpt_json_open(json, '[');
  for (uint32_t i = 0; i < count; i++) {
    trpt_json_element(json);
    trpt_json_value(json, strings[i]);
  }
  trpt_json_close(json, ']');
}

static void write_object(trpt_json_output *json, trpt_context context, const void *structure);

static void write_value(trpt_json_output *json, const trpt_member_info *info, const void *structure) {
  switch (info->type) {
  case TRPT_TYPE_STRING: trpt_json_value(json, trpt_text_of(info, structure)); break;
  case TRPT_TYPE_TIME: write_time(json, trpt_time_of(info, structure)); break;
  case TRPT_TYPE_COUNT: trpt_json_number(json, trpt_count_of(info, structure)); break;
  case TRPT_TYPE_LIST: write_list(json, trpt_strings_of(info, structure), trpt_string_count_of(info, structure)); break;
  case TRPT_TYPE_OBJECT: write_object(json, (trpt_context)info->inner, structure); break;
  default: trpt_json_value(json, text_of_type(info, structure)); break;
  }
}

static void write_members(trpt_json_output *json, trpt_context context, const void *structure) {
  TRPT_EACH_IN (info, context) {
    if (!is_written(info, structure)) continue;
    trpt_json_name(json, info->name);
    write_value(json, info, structure);
  }
}

static void write_object(trpt_json_output *json, trpt_context context, const void *structure) {
  trpt_json_open(json, '{');
  write_members(json, context, structure);
  trpt_json_close(json, '}');
}

static void open_array(trpt_json_output *json, trpt_member member) {
  trpt_json_name(json, trpt_members[member].name);
  trpt_json_open(json, '[');
}

/* Whether `write` is running. It must not call the writer. */
static bool is_writing(const trpt_writer *writer) { return writer->json.text.is_writing; }

static void begin_report(trpt_writer *writer, const trpt_metadata *metadata) {
  write_members(&writer->json, TRPT_IN_REPORT, metadata);
  open_array(&writer->json, TRPT_MEMBER_POLICIES);
  writer->state = METADATA;
}

trpt_status trpt_writer_metadata(trpt_writer *writer, const trpt_metadata *metadata) {
  if (!writer || !metadata) return TRPT_E_ARGUMENT;
  if (writer->state != NOTHING || is_writing(writer)) return TRPT_E_STATE;
  trpt_json_open(&writer->json, '{');
  begin_report(writer, metadata);
  return writer->json.text.status;
}

/* Closes the open element of `policies`, if any. */
static void close_policy(trpt_writer *writer) {
  trpt_json_output *json = &writer->json;
  if (writer->state == POLICY && writer->empty_failures) open_array(json, TRPT_MEMBER_FAILURE_DETAILS);
  if (writer->state == FAILURE || (writer->state == POLICY && writer->empty_failures)) trpt_json_close(json, ']');
  if (writer->state == FAILURE || writer->state == POLICY) trpt_json_close(json, '}');
}

/* Whether all elements of all lists have a text. */
static bool are_lists_complete(const trpt_policy *policy) {
  TRPT_EACH_OF (info, TRPT_STRUCTURE_POLICY) {
    if (info->type != TRPT_TYPE_LIST) continue;
    const trpt_str *strings = trpt_strings_of(info, policy);
    for (uint32_t i = 0; i < trpt_string_count_of(info, policy); i++)
      if (!strings || !strings[i].ptr) return false;
  }
  return true;
}

trpt_status trpt_writer_policy(trpt_writer *writer, const trpt_policy *policy) {
  if (!writer || !policy || !are_lists_complete(policy)) return TRPT_E_ARGUMENT;
  if (writer->state == NOTHING || writer->state == END || is_writing(writer)) return TRPT_E_STATE;
  trpt_json_output *json = &writer->json;
  close_policy(writer);
  trpt_json_element(json);
  trpt_json_open(json, '{');
  write_members(json, TRPT_IN_POLICY, policy);
  writer->empty_failures = policy->present & TRPT_POLICY_HAS_FAILURES;
  writer->state = POLICY;
  return json->text.status;
}

trpt_status trpt_writer_failure(trpt_writer *writer, const trpt_failure *failure) {
  if (!writer || !failure) return TRPT_E_ARGUMENT;
  if ((writer->state != POLICY && writer->state != FAILURE) || is_writing(writer)) return TRPT_E_STATE;
  trpt_json_output *json = &writer->json;
  if (writer->state == POLICY) open_array(json, TRPT_MEMBER_FAILURE_DETAILS);
  trpt_json_element(json);
  write_object(json, TRPT_IN_FAILURE, failure);
  writer->state = FAILURE;
  return json->text.status;
}

static void end_report(trpt_writer *writer) {
  close_policy(writer);
  trpt_json_close(&writer->json, ']');
  writer->state = END;
}

trpt_status trpt_writer_end(trpt_writer *writer) {
  if (!writer) return TRPT_E_ARGUMENT;
  if (writer->state == NOTHING || writer->state == END || is_writing(writer)) return TRPT_E_STATE;
  end_report(writer);
  trpt_json_close(&writer->json, '}');
  return trpt_json_end(&writer->json);
}

void trpt_writer_members(trpt_writer *writer, const trpt_report *report) {
  const trpt_status *status = &writer->json.text.status;
  const uint32_t count = trpt_report_policy_count(report);
  begin_report(writer, trpt_report_metadata(report));
  for (uint32_t i = 0; i < count && *status == TRPT_OK; i++) {
    const trpt_policy *policy = trpt_report_policy(report, i);
    trpt_writer_policy(writer, policy);
    for (uint32_t j = 0; j < policy->failure_count && *status == TRPT_OK; j++)
      trpt_writer_failure(writer, trpt_report_failure(report, i, j));
  }
  end_report(writer);
}

trpt_status trpt_report_write(const trpt_report *report, uint32_t flags, trpt_write_fn write, void *user) {
  trpt_writer writer;
  if (!report || !write || (flags & ~(uint32_t)TRPT_PRETTY)) return TRPT_E_ARGUMENT;
  trpt_writer_begin(&writer, flags, TRPT_JSON_I_JSON, write, user);
  trpt_json_open(&writer.json, '{');
  trpt_writer_members(&writer, report);
  trpt_json_close(&writer.json, '}');
  return trpt_json_end(&writer.json);
}
