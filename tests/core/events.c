/* SPDX-License-Identifier: MIT */
#include "events.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- text ---- */

static void room(events *e, size_t len) {
  if (len < e->capacity - e->len) return;
  e->capacity = 2 * (e->capacity + len) + 1024;
  e->text = realloc(e->text, e->capacity);
  if (!e->text) abort();
}

static void add_char(events *e, char c) {
  room(e, 1);
  e->text[e->len++] = c;
  e->text[e->len] = '\0';
}

static void add_text(events *e, const char *text) {
  const size_t len = strlen(text);
  room(e, len);
  memcpy(e->text + e->len, text, len + 1);
  e->len += len;
}

static void add_number(events *e, const char *name, uint64_t number) {
  char digits[24];
  size_t at = sizeof digits;
  digits[--at] = '\0';
  do digits[--at] = (char)('0' + number % 10);
  while (number /= 10);
  add_char(e, ' ');
  add_text(e, name);
  add_char(e, '=');
  add_text(e, digits + at);
}

static void add_time(events *e, const char *name, int64_t seconds) {
  if (seconds >= 0) {
    add_number(e, name, (uint64_t)seconds);
  } else {
    add_char(e, ' ');
    add_text(e, name);
    add_text(e, seconds == INT64_MIN ? "=none" : "=negative");
    if (seconds != INT64_MIN) add_number(e, "minus", -(uint64_t)seconds);
  }
}

/* Quoted, with all but printable ASCII as \xHH; absent as "-". */
static void add_bytes(events *e, trpt_str text) {
  static const char hex[] = "0123456789ABCDEF";
  if (!text.ptr) {
    if (text.len) abort();
    add_char(e, '-');
    return;
  }
  room(e, 4 * text.len + 2);
  char *to = e->text + e->len;
  *to++ = '"';
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\') {
      *to++ = (char)c;
    } else {
      *to++ = '\\';
      *to++ = 'x';
      *to++ = hex[c >> 4];
      *to++ = hex[c & 15];
    }
  }
  *to++ = '"';
  *to = '\0';
  e->len = (size_t)(to - e->text);
}

static void add_str(events *e, const char *name, trpt_str text) {
  add_char(e, ' ');
  add_text(e, name);
  add_char(e, '=');
  add_bytes(e, text);
}

static void add_literal(events *e, const char *name, const char *text) {
  add_str(e, name, (trpt_str){text, text ? strlen(text) : 0});
}

static void add_list(events *e, const char *name, const trpt_str *strings, uint32_t count) {
  add_char(e, ' ');
  add_text(e, name);
  add_text(e, strings ? "=[" : "=-");
  if (!strings && count) abort();
  for (uint32_t i = 0; i < count; i++) {
    if (i) add_char(e, ',');
    add_bytes(e, strings[i]);
  }
  if (strings) add_char(e, ']');
}

/* ---- elements ---- */

static void add_bits(events *e, uint32_t present, const char *const *names) {
  add_text(e, " has=");
  for (uint32_t i = 0; names[i]; i++)
    if (present >> i & 1) {
      if (e->text[e->len - 1] != '=') add_char(e, ',');
      add_text(e, names[i]);
      present &= ~(UINT32_C(1) << i);
    }
  if (present) abort();
}

/* model.h promises: the bit of a string or list is set exactly if its pointer is not NULL. */
static void check_bit(uint32_t present, uint32_t bit, const void *pointer) {
  if (((present & bit) != 0) != (pointer != NULL)) abort();
}

static void add_policy(events *e, const trpt_policy *policy) {
  static const char *const names[] = {"policy",     "type",   "strings",  "domain", "mx-hosts",
                                      "successful", "failed", "failures", NULL};
  add_number(e, "index", policy->index);
  add_number(e, "type", (uint64_t)policy->type);
  add_str(e, "name", policy->type_name);
  add_str(e, "domain", policy->domain);
  add_list(e, "strings", policy->strings, policy->string_count);
  add_list(e, "mx-hosts", policy->mx_hosts, policy->mx_host_count);
  add_number(e, "successful", policy->successful_sessions);
  add_number(e, "failed", policy->failed_sessions);
  add_number(e, "failures", policy->failure_count);
  add_bits(e, policy->present, names);
  check_bit(policy->present, TRPT_POLICY_HAS_TYPE, policy->type_name.ptr);
  check_bit(policy->present, TRPT_POLICY_HAS_DOMAIN, policy->domain.ptr);
  check_bit(policy->present, TRPT_POLICY_HAS_STRINGS, policy->strings);
  check_bit(policy->present, TRPT_POLICY_HAS_MX_HOSTS, policy->mx_hosts);
}

static void add_failure(events *e, const trpt_failure *failure) {
  static const char *const names[] = {"type",  "sending-ip",  "hostname", "helo", "receiving-ip",
                                      "count", "information", "reason",   NULL};
  add_number(e, "policy", failure->policy_index);
  add_number(e, "index", failure->index);
  add_number(e, "type", (uint64_t)failure->type);
  add_str(e, "name", failure->type_name);
  add_str(e, "sending-ip", failure->sending_mta_ip);
  add_str(e, "hostname", failure->receiving_mx_hostname);
  add_str(e, "helo", failure->receiving_mx_helo);
  add_str(e, "receiving-ip", failure->receiving_ip);
  add_str(e, "information", failure->additional_information);
  add_str(e, "reason", failure->failure_reason_code);
  add_number(e, "count", failure->failed_sessions);
  add_bits(e, failure->present, names);
  check_bit(failure->present, TRPT_FAILURE_HAS_TYPE, failure->type_name.ptr);
  check_bit(failure->present, TRPT_FAILURE_HAS_SENDING_MTA_IP, failure->sending_mta_ip.ptr);
  check_bit(failure->present, TRPT_FAILURE_HAS_RECEIVING_MX_HOSTNAME, failure->receiving_mx_hostname.ptr);
  check_bit(failure->present, TRPT_FAILURE_HAS_RECEIVING_MX_HELO, failure->receiving_mx_helo.ptr);
  check_bit(failure->present, TRPT_FAILURE_HAS_RECEIVING_IP, failure->receiving_ip.ptr);
  check_bit(failure->present, TRPT_FAILURE_HAS_ADDITIONAL_INFORMATION, failure->additional_information.ptr);
  check_bit(failure->present, TRPT_FAILURE_HAS_REASON_CODE, failure->failure_reason_code.ptr);
}

static void add_metadata(events *e, const trpt_metadata *metadata) {
  static const char *const names[] = {"organization", "contact", "id", "start", "end", NULL};
  add_str(e, "organization", metadata->organization_name);
  add_str(e, "contact", metadata->contact_info);
  add_str(e, "id", metadata->report_id);
  add_str(e, "start-text", metadata->start_text);
  add_str(e, "end-text", metadata->end_text);
  add_time(e, "start", metadata->start);
  add_time(e, "end", metadata->end);
  add_number(e, "failures", metadata->failure_count);
  add_number(e, "policies", metadata->policy_count);
  add_bits(e, metadata->present, names);
  check_bit(metadata->present, TRPT_METADATA_HAS_ORGANIZATION_NAME, metadata->organization_name.ptr);
  check_bit(metadata->present, TRPT_METADATA_HAS_CONTACT_INFO, metadata->contact_info.ptr);
  check_bit(metadata->present, TRPT_METADATA_HAS_REPORT_ID, metadata->report_id.ptr);
  check_bit(metadata->present, TRPT_METADATA_HAS_START, metadata->start_text.ptr);
  check_bit(metadata->present, TRPT_METADATA_HAS_END, metadata->end_text.ptr);
  if (metadata->reserved) abort();
  if (e->what & EVENTS_NO_DIAGNOSTICS) return;
  add_number(e, "errors", metadata->error_count);
  add_number(e, "warnings", metadata->warning_count);
  add_number(e, "infos", metadata->info_count);
}

static void add_diagnostic(events *e, const trpt_diagnostic *diagnostic) {
  add_char(e, ' ');
  add_text(e, trpt_severity_name(diagnostic->severity));
  add_char(e, ' ');
  add_text(e, diagnostic->code);
  add_number(e, "line", diagnostic->line);
  add_number(e, "column", diagnostic->column);
  add_number(e, "offset", diagnostic->offset);
  add_literal(e, "where", diagnostic->where);
  add_literal(e, "message", diagnostic->message);
  add_literal(e, "section", diagnostic->section);
  if (diagnostic->reserved || !diagnostic->where ||
      diagnostic->severity != trpt_diagnostic_severity(diagnostic->code) ||
      strcmp(diagnostic->message, trpt_diagnostic_message(diagnostic->code)) != 0 ||
      strcmp(diagnostic->section, trpt_diagnostic_section(diagnostic->code)) != 0)
    abort();
}

void events_add(events *e, const trpt_event *event) {
  const bool policy = event->type == TRPT_EVENT_POLICY || event->type == TRPT_EVENT_FAILURE;
  if ((event->policy != NULL) != policy || (event->failure != NULL) != (event->type == TRPT_EVENT_FAILURE) ||
      (event->metadata != NULL) != (event->type == TRPT_EVENT_REPORT) ||
      (event->diagnostic != NULL) != (event->type == TRPT_EVENT_DIAGNOSTIC) || event->reserved)
    abort();
  switch (event->type) {
  case TRPT_EVENT_FAILURE:
    add_text(e, "FAILURE");
    add_failure(e, event->failure);
    add_text(e, " IN");
    add_policy(e, event->policy);
    break;
  case TRPT_EVENT_POLICY:
    add_text(e, "POLICY");
    add_policy(e, event->policy);
    break;
  case TRPT_EVENT_REPORT:
    add_text(e, "REPORT");
    add_metadata(e, event->metadata);
    break;
  case TRPT_EVENT_DIAGNOSTIC:
    if (e->what & EVENTS_NO_DIAGNOSTICS) return;
    add_text(e, "DIAGNOSTIC");
    add_diagnostic(e, event->diagnostic);
    break;
  default: abort();
  }
  add_char(e, '\n');
}

static void add_error(events *e, const char *kind, trpt_status status, const trpt_error *error) {
  if (status < 0 ? error->status != status : error->status != 0) abort();
  if (e->what & EVENTS_NO_ERROR) return;
  add_text(e, kind);
  add_text(e, trpt_status_name(status));
  if (status < 0) {
    add_literal(e, "code", error->code);
    add_number(e, "line", error->line);
    add_number(e, "column", error->column);
    add_number(e, "offset", error->offset);
    add_literal(e, "where", error->where);
    add_literal(e, "message", error->message);
    if (error->reserved) abort();
  }
  add_char(e, '\n');
}

void events_add_error(events *e, trpt_status status, const trpt_error *error) {
  e->status = status;
  add_error(e, "END ", status, error);
}

void events_clear(events *e) {
  e->len = 0;
  e->status = TRPT_OK;
  add_text(e, "");
}

void events_free(events *e) {
  free(e->text);
  *e = (events){0};
}

/* ---- cuts ---- */

size_t events_whole(void *user, size_t left) {
  (void)user;
  return left;
}

size_t events_byte(void *user, size_t left) {
  (void)user;
  return left ? 1 : 0;
}

size_t events_cut_at(void *user, size_t left) {
  size_t *cut = user;
  const size_t size = *cut < left ? *cut : left;
  *cut = SIZE_MAX;
  return size;
}

size_t events_random(void *user, size_t left) {
  uint32_t *seed = user;
  *seed = *seed * 1664525 + 1013904223;
  const uint32_t kind = *seed >> 24;
  const size_t size = kind < 160 ? *seed >> 16 & 7 : kind < 240 ? *seed >> 14 & 63 : *seed >> 12 & 1023;
  return size < left ? size : left;
}

/* ---- reading ---- */

/* A block of exactly `len` bytes. */
static void *copy(const void *data, size_t len) {
  void *block = malloc(len ? len : 1);
  if (!block) abort();
  if (len) memcpy(block, data, len);
  return block;
}

static trpt_status read_some(events *e, trpt_parser *parser, const void *data, size_t len, size_t *used,
                             const trpt_event **event) {
  static const char none[1];
  if (!(e->what & EVENTS_MOVE) || !data) return trpt_parser_read(parser, data || !len ? data : none, len, used, event);
  void *block = copy(data, len);
  const trpt_status status = trpt_parser_read(parser, block, len, used, event);
  free(block);
  return status;
}

/* One piece; TRPT_MORE where all of it was taken. An error that comes twice stays. */
static trpt_status pull(events *e, trpt_parser *parser, const unsigned char *data, size_t len) {
  trpt_error fault = {0};
  for (;;) {
    const trpt_event *event;
    size_t used;
    const trpt_status status = read_some(e, parser, data, len, &used, &event);
    if (used > len || (status == TRPT_OK) != (event != NULL) || (status == TRPT_MORE && used != len)) abort();
    const trpt_error *error = trpt_parser_error(parser);
    const bool stays = status < 0 && memcmp(error, &fault, sizeof fault) == 0;
    if (fault.status && !stays) add_error(e, "FAULT ", fault.status, &fault);
    fault = *error;
    if (status > TRPT_OK || stays || (status < 0 && !(e->what & EVENTS_SEQUENCE))) return status;
    if (status == TRPT_OK) events_add(e, event);
    if (data) data += used;
    len -= used;
  }
}

static int on_failure(void *e, const trpt_policy *policy, const trpt_failure *failure) {
  events_add(e, &(trpt_event){.type = TRPT_EVENT_FAILURE, .policy = policy, .failure = failure});
  return 0;
}
static int on_policy(void *e, const trpt_policy *policy) {
  events_add(e, &(trpt_event){.type = TRPT_EVENT_POLICY, .policy = policy});
  return 0;
}
static int on_report(void *e, const trpt_metadata *metadata) {
  events_add(e, &(trpt_event){.type = TRPT_EVENT_REPORT, .metadata = metadata});
  return 0;
}
static int on_diagnostic(void *e, const trpt_diagnostic *diagnostic) {
  events_add(e, &(trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = diagnostic});
  return 0;
}

static int on_fault(void *e, const trpt_error *fault) {
  add_error(e, "FAULT ", fault->status, fault);
  return 0;
}

static trpt_status push(events *e, trpt_parser *parser, const void *data, size_t len) {
  if (!(e->what & EVENTS_MOVE)) return trpt_parser_feed(parser, data, len);
  void *block = copy(data, len);
  const trpt_status status = trpt_parser_feed(parser, block, len);
  free(block);
  return status;
}

void events_read(events *e, trpt_parser *parser, const void *data, size_t len, events_next_fn next, void *user) {
  static const trpt_handler handler = {sizeof handler, on_failure, on_policy, on_report, on_diagnostic, on_fault};
  const unsigned char *bytes = data ? data : (const void *)"";
  const bool pushes = e->what & EVENTS_PUSH;
  trpt_status status = TRPT_OK;
  events_clear(e);
  trpt_parser_reset(parser);
  if (trpt_parser_set_handler(parser, &handler, e) != TRPT_OK) abort();
  while (len && status >= 0) {
    const size_t piece = next(user, len);
    status = pushes ? push(e, parser, bytes, piece) : pull(e, parser, bytes, piece);
    if (status == (pushes ? TRPT_MORE : TRPT_OK) || status == TRPT_END) abort();
    bytes += piece;
    len -= piece;
  }
  if (status >= 0) status = pushes ? trpt_parser_finish(parser) : pull(e, parser, NULL, 0);
  events_add_error(e, status == TRPT_END ? TRPT_OK : status, trpt_parser_error(parser));
}

void events_of_report(events *e, const trpt_report *report) {
  events_clear(e);
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++)
    on_diagnostic(e, trpt_report_diagnostic(report, i));
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) {
    for (uint32_t j = 0; j < trpt_report_failure_count(report, i); j++) {
      add_text(e, "FAILURE");
      add_failure(e, trpt_report_failure(report, i, j));
      add_char(e, '\n');
    }
    on_policy(e, trpt_report_policy(report, i));
  }
  on_report(e, trpt_report_metadata(report));
}

static const char *line_end(const char *line) { return line + strcspn(line, "\n"); }

/* The next line from `line` on that is a diagnostic, or with `diagnostic` false, any other line. */
static const char *find_line(const char *line, bool diagnostic) {
  static const char word[] = "DIAGNOSTIC ";
  while (*line && (strncmp(line, word, sizeof word - 1) == 0) != diagnostic) line = line_end(line) + 1;
  return strncmp(line, "END ", 4) == 0 ? "" : line;
}

/* Without the policy of a FAILURE event, which a tree has not. */
static size_t element_len(const char *line) {
  const size_t len = (size_t)(line_end(line) - line);
  const char *policy = strncmp(line, "FAILURE", 7) == 0 ? strstr(line, " IN index=") : NULL;
  return policy && policy < line + len ? (size_t)(policy - line) : len;
}

static bool lines_agree(const char *a, const char *b, bool diagnostic) {
  for (;;) {
    a = find_line(a, diagnostic);
    b = find_line(b, diagnostic);
    if (!*a || !*b) return !*a && !*b;
    const size_t len = element_len(a);
    if (len != element_len(b) || memcmp(a, b, len) != 0) return false;
    a = line_end(a) + 1;
    b = line_end(b) + 1;
  }
}

bool events_agree(const events *parser, const events *report) {
  return lines_agree(parser->text, report->text, true) && lines_agree(parser->text, report->text, false);
}
