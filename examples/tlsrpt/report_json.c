/* SPDX-License-Identifier: MIT */
/* One line of JSON an input. The report's own members come last from the parser and first in the line, and an error makes
   another line of it, so all is kept until the input has ended. */
#include <string.h>

#include <tlsrpt/time.h>

#include "escape.h"
#include "output.h"
#include "report_sinks.h"

typedef struct json_sink {
  buffer source;
  buffer head;        /* the report's own members */
  buffer policies;    /* elements */
  buffer failures;    /* elements, of the policy that is being read */
  buffer diagnostics; /* elements */
} json_sink;

/* A comma unless this is the first thing in its object or array. */
static void separate(buffer *b) {
  if (b->len && b->data[b->len - 1] != '{' && b->data[b->len - 1] != '[') buffer_text(b, ",");
}

static void name(buffer *b, const char *text) {
  separate(b);
  buffer_text(b, "\"");
  buffer_text(b, text);
  buffer_text(b, "\":");
}

static void string(buffer *b, const char *member, trpt_str value) {
  if (!value.ptr) return;
  name(b, member);
  escape_json(b, value.ptr, value.len);
}

static void strings(buffer *b, const char *member, const trpt_str *values, uint32_t count) {
  name(b, member);
  buffer_text(b, "[");
  for (uint32_t i = 0; i < count; i++) {
    separate(b);
    escape_json(b, values[i].ptr, values[i].len);
  }
  buffer_text(b, "]");
}

static void count(buffer *b, const char *member, uint64_t value) {
  name(b, member);
  buffer_number(b, value);
}

static void date_time(buffer *b, const char *member, int64_t seconds) {
  char text[32];
  size_t len;
  if (seconds == INT64_MIN || trpt_time_format(seconds, text, sizeof text, &len)) return;
  string(b, member, (trpt_str){text, len});
}

static void add_failure(buffer *b, const trpt_failure *f) {
  separate(b);
  buffer_text(b, "{");
  string(b, "result-type", f->type_name);
  string(b, "sending-mta-ip", f->sending_mta_ip);
  string(b, "receiving-mx-hostname", f->receiving_mx_hostname);
  string(b, "receiving-mx-helo", f->receiving_mx_helo);
  string(b, "receiving-ip", f->receiving_ip);
  if (f->present & TRPT_FAILURE_HAS_FAILED_SESSIONS) count(b, "failed-session-count", f->failed_sessions);
  string(b, "additional-information", f->additional_information);
  string(b, "failure-reason-code", f->failure_reason_code);
  buffer_text(b, "}");
}

static void add_policy(buffer *b, const trpt_policy *p, const buffer *failures) {
  const uint32_t in_policy = TRPT_POLICY_HAS_POLICY | TRPT_POLICY_HAS_TYPE | TRPT_POLICY_HAS_STRINGS |
                             TRPT_POLICY_HAS_DOMAIN | TRPT_POLICY_HAS_MX_HOSTS;
  separate(b);
  buffer_text(b, "{");
  if (p->present & in_policy) {
    name(b, "policy");
    buffer_text(b, "{");
    string(b, "policy-type", p->type_name);
    if (p->present & TRPT_POLICY_HAS_STRINGS) strings(b, "policy-string", p->strings, p->string_count);
    string(b, "policy-domain", p->domain);
    if (p->present & TRPT_POLICY_HAS_MX_HOSTS) strings(b, "mx-host", p->mx_hosts, p->mx_host_count);
    buffer_text(b, "}");
  }
  if (p->present & (TRPT_POLICY_HAS_SUCCESSFUL | TRPT_POLICY_HAS_FAILED)) {
    name(b, "summary");
    buffer_text(b, "{");
    if (p->present & TRPT_POLICY_HAS_SUCCESSFUL) count(b, "total-successful-session-count", p->successful_sessions);
    if (p->present & TRPT_POLICY_HAS_FAILED) count(b, "total-failure-session-count", p->failed_sessions);
    buffer_text(b, "}");
  }
  if (p->present & TRPT_POLICY_HAS_FAILURES || failures->len) {
    name(b, "failure-details");
    buffer_text(b, "[");
    buffer_append(b, failures);
    buffer_text(b, "]");
  }
  buffer_text(b, "}");
}

/* Each member with a comma behind it, since `policies` always follows. */
static void add_metadata(buffer *b, const trpt_metadata *m) {
  string(b, "organization-name", m->organization_name);
  size_t before = b->len;
  name(b, "date-range");
  buffer_text(b, "{");
  size_t empty = b->len;
  date_time(b, "start-datetime", m->start);
  date_time(b, "end-datetime", m->end);
  if (b->len == empty) {
    b->len = before;
  } else {
    buffer_text(b, "}");
  }
  string(b, "contact-info", m->contact_info);
  string(b, "report-id", m->report_id);
  if (b->len) buffer_text(b, ",");
}

static void begin(void *user, const char *source) {
  json_sink *s = user;
  buffer_clear(&s->source);
  buffer_clear(&s->head);
  buffer_clear(&s->policies);
  buffer_clear(&s->failures);
  buffer_clear(&s->diagnostics);
  escape_json(&s->source, source, strlen(source));
}

static void event(void *user, const trpt_event *e) {
  json_sink *s = user;
  switch (e->type) {
  case TRPT_EVENT_DIAGNOSTIC:
    separate(&s->diagnostics);
    finding_json(&s->diagnostics, e->diagnostic, true);
    break;
  case TRPT_EVENT_FAILURE: add_failure(&s->failures, e->failure); break;
  case TRPT_EVENT_POLICY:
    add_policy(&s->policies, e->policy, &s->failures);
    buffer_clear(&s->failures);
    break;
  case TRPT_EVENT_REPORT: add_metadata(&s->head, e->metadata); break;
  default: break; /* of a later version */
  }
}

static bool end(void *user, const problem *p) {
  json_sink *s = user;
  if (!p && (s->head.failed || s->policies.failed || s->diagnostics.failed)) return false;
  output_text("{\"source\":");
  output_buffer(&s->source);
  if (p) {
    buffer_clear(&s->head);
    problem_json(&s->head, p);
    output_text(",\"error\":");
    output_buffer(&s->head);
  } else {
    output_text(",");
    output_buffer(&s->head);
    output_text("\"policies\":[");
    output_buffer(&s->policies);
    output_text("]");
  }
  output_text(",\"diagnostics\":[");
  output_buffer(&s->diagnostics);
  output_text("]}\n");
  output_unit();
  return true;
}

int report_json(const arguments *a, const choice *c) {
  json_sink s = {0};
  int status = reading_run(a, c, &(sink){.begin = begin, .event = event, .end = end, .user = &s});
  buffer_free(&s.source);
  buffer_free(&s.head);
  buffer_free(&s.policies);
  buffer_free(&s.failures);
  buffer_free(&s.diagnostics);
  return status;
}
