/* SPDX-License-Identifier: MIT */
#include <stdalign.h>
#include <string.h>

#include <tlsrpt/time.h>

#include "../model/schema.h"
#include "json_output.h"

/* What was written last. */
enum { NOTHING, METADATA, POLICY, FAILURE, END };

struct trpt_writer {
  trpt_output output;
  uint32_t state;
  uint32_t empty_failures; /* of the last policy: `failure-details` is written even if no failure comes */
};

static size_t alignment_slack(void) { return alignof(trpt_writer) - 1; }

size_t trpt_writer_size(void) { return sizeof(trpt_writer) + alignment_slack(); }

static void begin(trpt_writer *writer, uint32_t flags, trpt_write_fn write, void *user) {
  writer->output.write = write;
  writer->output.user = user;
  writer->output.len = 0;
  writer->output.status = TRPT_OK;
  writer->output.depth = 0;
  writer->output.pretty = (flags & TRPT_PRETTY) != 0;
  writer->output.first = 1;
  writer->state = NOTHING;
  writer->empty_failures = 0;
}

trpt_status trpt_writer_init(trpt_writer **out, void *memory, size_t size, uint32_t flags, trpt_write_fn write,
                             void *user) {
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  if (!memory || !write || (flags & ~(uint32_t)TRPT_PRETTY)) return TRPT_E_ARGUMENT;
  if (size < trpt_writer_size()) return TRPT_E_BUFFER;
  const size_t past = (uintptr_t)memory % alignof(trpt_writer);
  *out = (trpt_writer *)(void *)((char *)memory + (past ? alignof(trpt_writer) - past : 0));
  begin(*out, flags, write, user);
  return TRPT_OK;
}

/* A time that RFC 3339 can write, with its NUL. */
typedef struct time_text {
  char text[24];
  size_t len; /* 0: it cannot */
} time_text;

static time_text format_time(int64_t seconds) {
  time_text time;
  if (trpt_time_format(seconds, time.text, sizeof time.text, &time.len) != TRPT_OK) time.len = 0;
  return time;
}

/* A type by the name that was read, or the one that it has. */
static trpt_str text_of_type(const trpt_member_info *info, const void *structure) {
  const trpt_str text = trpt_text_of(info, structure);
  const int32_t type = trpt_type_of(info, structure);
  if (text.ptr) return text;
  const char *name = info->type == TRPT_TYPE_POLICY_TYPE ? trpt_policy_type_name(type) : trpt_result_type_name(type);
  return (trpt_str){name, name ? strlen(name) : 0};
}

static bool is_written(const trpt_member_info *info, const void *structure);

static bool has_written_member(trpt_context context, const void *structure) {
  for
    TRPT_EACH_IN(info, context)
  if (is_written(info, structure)) return true;
  return false;
}

/* Whether a member has a value. Arrays are opened once all other members have been written. */
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

static void write_time(trpt_output *output, int64_t seconds) {
  const time_text time = format_time(seconds);
  trpt_output_string(output, (trpt_str){time.text, time.len});
}

static void write_list(trpt_output *output, const trpt_str *strings, uint32_t count) {
  trpt_output_open(output, '[');
  for (uint32_t i = 0; i < count; i++) {
    trpt_output_next(output, NULL);
    trpt_output_string(output, strings[i]);
  }
  trpt_output_close(output, ']');
}

static void write_object(trpt_output *output, trpt_context context, const void *structure);

static void write_value(trpt_output *output, const trpt_member_info *info, const void *structure) {
  switch (info->type) {
  case TRPT_TYPE_STRING: trpt_output_string(output, trpt_text_of(info, structure)); break;
  case TRPT_TYPE_TIME: write_time(output, trpt_time_of(info, structure)); break;
  case TRPT_TYPE_COUNT: trpt_output_number(output, trpt_count_of(info, structure)); break;
  case TRPT_TYPE_LIST:
    write_list(output, trpt_strings_of(info, structure), trpt_string_count_of(info, structure));
    break;
  case TRPT_TYPE_OBJECT: write_object(output, (trpt_context)info->inner, structure); break;
  default: trpt_output_string(output, text_of_type(info, structure)); break;
  }
}

static void write_members(trpt_output *output, trpt_context context, const void *structure) {
  for
    TRPT_EACH_IN(info, context) {
      if (!is_written(info, structure)) continue;
      trpt_output_next(output, info->name);
      write_value(output, info, structure);
    }
}

static void write_object(trpt_output *output, trpt_context context, const void *structure) {
  trpt_output_open(output, '{');
  write_members(output, context, structure);
  trpt_output_close(output, '}');
}

static void open_array(trpt_output *output, trpt_member member) {
  trpt_output_next(output, trpt_members[member].name);
  trpt_output_open(output, '[');
}

trpt_status trpt_writer_metadata(trpt_writer *writer, const trpt_metadata *metadata) {
  if (!writer || !metadata) return TRPT_E_ARGUMENT;
  if (writer->state != NOTHING) return TRPT_E_STATE;
  trpt_output *output = &writer->output;
  trpt_output_open(output, '{');
  write_members(output, TRPT_IN_REPORT, metadata);
  open_array(output, TRPT_MEMBER_POLICIES);
  writer->state = METADATA;
  return output->status;
}

/* Closes the element of `policies` that is open, if one is. */
static void close_entry(trpt_writer *writer) {
  trpt_output *output = &writer->output;
  if (writer->state == POLICY && writer->empty_failures) open_array(output, TRPT_MEMBER_FAILURE_DETAILS);
  if (writer->state == FAILURE || (writer->state == POLICY && writer->empty_failures)) trpt_output_close(output, ']');
  if (writer->state == FAILURE || writer->state == POLICY) trpt_output_close(output, '}');
}

trpt_status trpt_writer_policy(trpt_writer *writer, const trpt_policy *policy) {
  if (!writer || !policy) return TRPT_E_ARGUMENT;
  for
    TRPT_EACH_OF(info, TRPT_STRUCTURE_POLICY)
  if (info->type == TRPT_TYPE_LIST && !trpt_strings_of(info, policy) && trpt_string_count_of(info, policy))
    return TRPT_E_ARGUMENT;
  if (writer->state == NOTHING || writer->state == END) return TRPT_E_STATE;
  trpt_output *output = &writer->output;
  close_entry(writer);
  trpt_output_next(output, NULL);
  trpt_output_open(output, '{');
  write_members(output, TRPT_IN_POLICY, policy);
  writer->empty_failures = policy->present & TRPT_POLICY_HAS_FAILURES;
  writer->state = POLICY;
  return output->status;
}

trpt_status trpt_writer_failure(trpt_writer *writer, const trpt_failure *failure) {
  if (!writer || !failure) return TRPT_E_ARGUMENT;
  if (writer->state != POLICY && writer->state != FAILURE) return TRPT_E_STATE;
  trpt_output *output = &writer->output;
  if (writer->state == POLICY) open_array(output, TRPT_MEMBER_FAILURE_DETAILS);
  trpt_output_next(output, NULL);
  write_object(output, TRPT_IN_FAILURE, failure);
  writer->state = FAILURE;
  return output->status;
}

trpt_status trpt_writer_end(trpt_writer *writer) {
  if (!writer) return TRPT_E_ARGUMENT;
  if (writer->state == NOTHING || writer->state == END) return TRPT_E_STATE;
  trpt_output *output = &writer->output;
  close_entry(writer);
  trpt_output_close(output, ']');
  trpt_output_close(output, '}');
  trpt_output_flush(output);
  writer->state = END;
  return output->status;
}

trpt_status trpt_report_write(const trpt_report *report, uint32_t flags, trpt_write_fn write, void *user) {
  trpt_writer writer;
  if (!report || !write || (flags & ~(uint32_t)TRPT_PRETTY)) return TRPT_E_ARGUMENT;
  begin(&writer, flags, write, user);
  trpt_writer_metadata(&writer, trpt_report_metadata(report));
  const uint32_t count = trpt_report_policy_count(report);
  for (uint32_t i = 0; i < count && writer.output.status == TRPT_OK; i++) {
    const trpt_policy *policy = trpt_report_policy(report, i);
    trpt_writer_policy(&writer, policy);
    for (uint32_t j = 0; j < policy->failure_count && writer.output.status == TRPT_OK; j++)
      trpt_writer_failure(&writer, trpt_report_failure(report, i, j));
  }
  return trpt_writer_end(&writer);
}
