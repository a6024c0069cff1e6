/* SPDX-License-Identifier: MIT */
/* A domain as a line of JSON. */
#include <string.h>

#include "../escape.h"
#include "../record_show.h"
#include "answer.h"
#include "check_diagnostics.h"
#include "check_view.h"
#include "publish.h"

static void separate(buffer *out) {
  if (out->len && out->data[out->len - 1] != '[') buffer_text(out, ",");
}

static void add_text(buffer *out, const char *name, const char *text, size_t len) {
  buffer_text(out, ",\"");
  buffer_text(out, name);
  buffer_text(out, "\":");
  escape_json(out, text, len);
}

static void add_string(buffer *out, const char *name, const char *text) { add_text(out, name, text, strlen(text)); }

static void add_name(buffer *out, const char *member, const dns_name *name) {
  buffer text = {0};
  dns_name_text(&text, name);
  add_text(out, member, text.data, text.len);
  if (text.failed) out->failed = true;
  buffer_free(&text);
}

static void add_answer(buffer *out, const char *member, answer a) {
  static const char *const texts[] = {"false", "true", "null"};
  buffer_text(out, ",\"");
  buffer_text(out, member);
  buffer_text(out, "\":");
  buffer_text(out, texts[a]);
}

/* The members from "verdict" to "extensions". */
static void add_conclusion(buffer *out, const trpt_conclusion *c) {
  const bool all = c->verdict == TRPT_VERDICT_ALL;
  add_string(out, "verdict", all ? "reports" : trpt_verdict_name(c->verdict));
  if (c->reason) {
    add_string(out, "reason", c->reason);
  } else {
    buffer_text(out, ",\"reason\":null");
  }
  record_json_fields(out, c->record.text.ptr ? &c->record : NULL);
}

static void add_texts(buffer *out, const query *q) {
  buffer_text(out, ",\"texts\":[");
  for (size_t i = 0; !query_failed(q) && i < q->count; i++) {
    separate(out);
    escape_json(out, q->texts[i].ptr, q->texts[i].len);
  }
  buffer_text(out, "]");
}

static void add_diagnostic(void *user, const trpt_diagnostic *d, trpt_str text) {
  (void)text;
  separate(user);
  finding_json(user, d, false);
}

static void add_hosts(buffer *out, const check_view *view) {
  const probe *p = view->probe;
  buffer_text(out, ",\"mx\":");
  if (query_failed(p->mail.mx)) {
    buffer_text(out, "null,\"mx_left_out\":null");
    return;
  }
  buffer_text(out, "[");
  for (size_t i = 0; i < p->mail.count; i++) {
    buffer name = {0};
    dns_name_text(&name, &p->mail.hosts[i]);
    separate(out);
    buffer_text(out, "{\"host\":");
    escape_json(out, name.data, name.len);
    buffer_free(&name);
    add_answer(out, "tlsa", answer_tlsa(p->tlsa[i]));
    add_answer(out, "tlsa_signed", answer_signed(p, p->tlsa[i]));
    if (p->host_records[i]) {
      const trpt_conclusion c = probe_conclude(p->host_records[i]);
      add_conclusion(out, &c);
    }
    buffer_text(out, "}");
  }
  buffer_text(out, "],\"mx_left_out\":");
  buffer_number(out, p->mail.left_out);
}

static void add_probe(buffer *out, const check_view *view) {
  const probe *p = view->probe;
  add_text(out, "domain", view->domain.ptr, view->domain.len);
  add_name(out, "name", &p->record->name);
  add_name(out, "owner", &p->record->owner);
  add_conclusion(out, &p->conclusion);
  add_texts(out, p->record);
  buffer_text(out, ",\"ttl\":");
  if (query_failed(p->record) || !p->record->count) {
    buffer_text(out, "null");
  } else {
    buffer_number(out, p->record->ttl);
  }
  add_answer(out, "signed", answer_signed(p, p->record));
  buffer_text(out, ",\"diagnostics\":[");
  check_diagnose(p, add_diagnostic, out);
  buffer_text(out, "]");
  buffer text = {0};
  check_publish(p, &text);
  if (text.len) {
    add_text(out, "publish", text.data, text.len);
  } else {
    buffer_text(out, ",\"publish\":null");
  }
  buffer_free(&text);
  add_answer(out, "mta_sts", answer_sts(p));
  add_hosts(out, view);
}

void check_json(buffer *out, const check_view *view) {
  buffer_text(out, "{\"source\":");
  escape_json(out, view->given.ptr, view->given.len);
  if (view->problem) {
    buffer_text(out, ",\"error\":");
    problem_json(out, view->problem);
  } else {
    add_probe(out, view);
  }
  buffer_text(out, "}\n");
}
