/* SPDX-License-Identifier: MIT */
/* tlsrpt check --format json: one line of JSON per domain. */
#include "../../../lib/writer/record_json.h"
#include "../escape.h"
#include "../json_buffer.h"
#include "answer.h"
#include "check_diagnostics.h"
#include "check_view.h"
#include "publish.h"

static void add_name(buffer *out, const char *member, const dns_name *name) {
  buffer text = {0};
  dns_name_text(&text, name);
  json_string(out, member, (trpt_str){text.data, text.len});
  if (text.failed) out->failed = true;
  buffer_free(&text);
}

static void add_answer(buffer *out, const char *member, answer a) {
  static const char *const texts[] = {"false", "true", "null"};
  json_name(out, member);
  buffer_text(out, texts[a]);
}

/* Adds the members from "verdict" to "extensions". */
static void add_conclusion(buffer *out, const trpt_conclusion *c) {
  trpt_json_output json;
  json_text(out, "verdict", trpt_verdict_name(c->verdict));
  json_text(out, "reason", c->reason);
  json_separate(out);
  trpt_json_begin(&json, 0, TRPT_JSON_ESCAPE_HIDDEN, buffer_write, out);
  trpt_json_record(&json, &c->record);
  trpt_json_end(&json);
}

static void add_texts(buffer *out, const query *q) {
  json_name(out, "texts");
  buffer_text(out, "[");
  for (size_t i = 0; !query_failed(q) && i < q->count; i++) {
    json_separate(out);
    escape_json(out, q->texts[i].ptr, q->texts[i].len);
  }
  buffer_text(out, "]");
}

static void add_diagnostic(void *user, const trpt_diagnostic *d, trpt_str text) {
  (void)text;
  json_separate(user);
  diagnostic_json(user, d, false);
}

static void add_hosts(buffer *out, const check_view *view) {
  const probe *p = view->probe;
  if (query_failed(p->mail.mx)) {
    json_text(out, "mx", NULL);
    json_text(out, "mx_left_out", NULL);
    return;
  }
  json_name(out, "mx");
  buffer_text(out, "[");
  for (size_t i = 0; i < p->mail.count; i++) {
    json_separate(out);
    buffer_text(out, "{");
    add_name(out, "host", &p->mail.hosts[i]);
    add_answer(out, "tlsa", answer_tlsa(&p->hosts[i]));
    add_answer(out, "tlsa_signed", answer_tlsa_signed(p, &p->hosts[i]));
    if (p->host_records[i]) {
      const trpt_conclusion c = probe_conclude(p->host_records[i]);
      add_conclusion(out, &c);
    }
    buffer_text(out, "}");
  }
  buffer_text(out, "]");
  json_number(out, "mx_left_out", p->mail.left_out);
}

static void add_probe(buffer *out, const check_view *view) {
  const probe *p = view->probe;
  json_string(out, "domain", view->domain);
  add_name(out, "name", &p->record->name);
  add_name(out, "owner", &p->record->owner);
  add_conclusion(out, &p->conclusion);
  add_answer(out, "deliverable", answer_delivery(p));
  add_texts(out, p->record);
  if (query_failed(p->record) || !p->record->count) {
    json_text(out, "ttl", NULL);
  } else {
    json_number(out, "ttl", p->record->ttl);
  }
  add_answer(out, "signed", answer_signed(p, p->record));
  json_name(out, "diagnostics");
  buffer_text(out, "[");
  check_diagnose(p, add_diagnostic, out);
  buffer_text(out, "]");
  buffer text = {0};
  check_publish(p, false, &text);
  if (text.len) {
    json_string(out, "publish", (trpt_str){text.data, text.len});
  } else {
    json_text(out, "publish", NULL);
  }
  buffer_free(&text);
  add_answer(out, "mta_sts", answer_sts(p));
  add_hosts(out, view);
}

void check_json(buffer *out, const check_view *view) {
  buffer_text(out, "{");
  json_string(out, "source", view->input);
  if (view->problem) {
    json_name(out, "error");
    problem_json(out, view->problem);
  } else {
    add_probe(out, view);
  }
  buffer_text(out, "}\n");
}
