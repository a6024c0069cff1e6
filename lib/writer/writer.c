/* SPDX-License-Identifier: MIT */
#include <stdalign.h>
#include <string.h>

#include <tlsrpt/time.h>

#include "../parser/schema.h"
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

static const char *name_of(trpt_member member) { return trpt_schemas[member].name; }

static void write_string(trpt_output *output, trpt_member member, trpt_str text) {
  if (!text.ptr) return;
  trpt_output_next(output, name_of(member));
  trpt_output_string(output, text);
}

/* A type by the name that was read, or the one that it has. */
static void write_type(trpt_output *output, trpt_member member, trpt_str read, const char *name) {
  if (!read.ptr && name) read = (trpt_str){name, strlen(name)};
  write_string(output, member, read);
}

static void write_count(trpt_output *output, trpt_member member, uint64_t count) {
  trpt_output_next(output, name_of(member));
  trpt_output_number(output, count);
}

static void write_list(trpt_output *output, trpt_member member, const trpt_str *strings, uint32_t count) {
  trpt_output_next(output, name_of(member));
  trpt_output_open(output, '[');
  for (uint32_t i = 0; i < count; i++) {
    trpt_output_next(output, NULL);
    trpt_output_string(output, strings[i]);
  }
  trpt_output_close(output, ']');
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

static void write_date_range(trpt_output *output, const trpt_metadata *metadata) {
  const time_text start = format_time(metadata->start);
  const time_text end = format_time(metadata->end);
  if (!start.len && !end.len) return;
  trpt_output_next(output, name_of(TRPT_MEMBER_DATE_RANGE));
  trpt_output_open(output, '{');
  if (start.len) write_string(output, TRPT_MEMBER_START_DATETIME, (trpt_str){start.text, start.len});
  if (end.len) write_string(output, TRPT_MEMBER_END_DATETIME, (trpt_str){end.text, end.len});
  trpt_output_close(output, '}');
}

trpt_status trpt_writer_metadata(trpt_writer *writer, const trpt_metadata *metadata) {
  if (!writer || !metadata) return TRPT_E_ARGUMENT;
  if (writer->state != NOTHING) return TRPT_E_STATE;
  trpt_output *output = &writer->output;
  trpt_output_open(output, '{');
  write_string(output, TRPT_MEMBER_ORGANIZATION_NAME, metadata->organization_name);
  write_date_range(output, metadata);
  write_string(output, TRPT_MEMBER_CONTACT_INFO, metadata->contact_info);
  write_string(output, TRPT_MEMBER_REPORT_ID, metadata->report_id);
  trpt_output_next(output, name_of(TRPT_MEMBER_POLICIES));
  trpt_output_open(output, '[');
  writer->state = METADATA;
  return output->status;
}

static void open_failures(trpt_output *output) {
  trpt_output_next(output, name_of(TRPT_MEMBER_FAILURE_DETAILS));
  trpt_output_open(output, '[');
}

/* Closes the element of `policies` that is open, if one is. */
static void close_entry(trpt_writer *writer) {
  trpt_output *output = &writer->output;
  if (writer->state == POLICY && writer->empty_failures) open_failures(output);
  if (writer->state == FAILURE || (writer->state == POLICY && writer->empty_failures)) trpt_output_close(output, ']');
  if (writer->state == FAILURE || writer->state == POLICY) trpt_output_close(output, '}');
}

static void write_policy_object(trpt_output *output, const trpt_policy *policy) {
  trpt_output_next(output, name_of(TRPT_MEMBER_POLICY));
  trpt_output_open(output, '{');
  write_type(output, TRPT_MEMBER_POLICY_TYPE, policy->type_name, trpt_policy_type_name(policy->type));
  if (policy->present & TRPT_POLICY_HAS_STRINGS)
    write_list(output, TRPT_MEMBER_POLICY_STRING, policy->strings, policy->string_count);
  write_string(output, TRPT_MEMBER_POLICY_DOMAIN, policy->domain);
  if (policy->present & TRPT_POLICY_HAS_MX_HOSTS)
    write_list(output, TRPT_MEMBER_MX_HOST, policy->mx_hosts, policy->mx_host_count);
  trpt_output_close(output, '}');
}

static void write_summary(trpt_output *output, const trpt_policy *policy) {
  trpt_output_next(output, name_of(TRPT_MEMBER_SUMMARY));
  trpt_output_open(output, '{');
  if (policy->present & TRPT_POLICY_HAS_SUCCESSFUL)
    write_count(output, TRPT_MEMBER_TOTAL_SUCCESSFUL, policy->successful_sessions);
  if (policy->present & TRPT_POLICY_HAS_FAILED) write_count(output, TRPT_MEMBER_TOTAL_FAILURE, policy->failed_sessions);
  trpt_output_close(output, '}');
}

trpt_status trpt_writer_policy(trpt_writer *writer, const trpt_policy *policy) {
  if (!writer || !policy) return TRPT_E_ARGUMENT;
  if ((!policy->strings && policy->string_count) || (!policy->mx_hosts && policy->mx_host_count))
    return TRPT_E_ARGUMENT;
  if (writer->state == NOTHING || writer->state == END) return TRPT_E_STATE;
  trpt_output *output = &writer->output;
  close_entry(writer);
  trpt_output_next(output, NULL);
  trpt_output_open(output, '{');
  if (policy->present & TRPT_POLICY_HAS_POLICY) write_policy_object(output, policy);
  if (policy->present & (TRPT_POLICY_HAS_SUCCESSFUL | TRPT_POLICY_HAS_FAILED)) write_summary(output, policy);
  writer->empty_failures = policy->present & TRPT_POLICY_HAS_FAILURES;
  writer->state = POLICY;
  return output->status;
}

trpt_status trpt_writer_failure(trpt_writer *writer, const trpt_failure *failure) {
  if (!writer || !failure) return TRPT_E_ARGUMENT;
  if (writer->state != POLICY && writer->state != FAILURE) return TRPT_E_STATE;
  trpt_output *output = &writer->output;
  if (writer->state == POLICY) open_failures(output);
  trpt_output_next(output, NULL);
  trpt_output_open(output, '{');
  write_type(output, TRPT_MEMBER_RESULT_TYPE, failure->type_name, trpt_result_type_name(failure->type));
  write_string(output, TRPT_MEMBER_SENDING_MTA_IP, failure->sending_mta_ip);
  write_string(output, TRPT_MEMBER_RECEIVING_MX_HOSTNAME, failure->receiving_mx_hostname);
  write_string(output, TRPT_MEMBER_RECEIVING_MX_HELO, failure->receiving_mx_helo);
  write_string(output, TRPT_MEMBER_RECEIVING_IP, failure->receiving_ip);
  if (failure->present & TRPT_FAILURE_HAS_FAILED_SESSIONS)
    write_count(output, TRPT_MEMBER_FAILED_SESSION_COUNT, failure->failed_sessions);
  write_string(output, TRPT_MEMBER_ADDITIONAL_INFORMATION, failure->additional_information);
  write_string(output, TRPT_MEMBER_FAILURE_REASON_CODE, failure->failure_reason_code);
  trpt_output_close(output, '}');
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
