/* SPDX-License-Identifier: MIT */
/* A domain as a line of JSON. */
#include "../json.h"
#include "../escape.h"
#include "../record_show.h"
#include "show.h"

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

/* From "verdict" to "extensions". */
static void add_conclusion(buffer *out, const trpt_conclusion *c) {
  const bool all = c->verdict == TRPT_VERDICT_ALL;
  json_text(out, "verdict", all ? "reports" : trpt_verdict_name(c->verdict));
  json_text(out, "reason", c->reason);
  record_json_fields(out, c->record.text.ptr ? &c->record : NULL);
}

static void add_texts(buffer *out, const lookup *l) {
  json_name(out, "texts");
  buffer_text(out, "[");
  for (size_t i = 0; !lookup_failed(l) && i < l->count; i++) {
    json_separate(out);
    escape_json(out, l->texts[i].ptr, l->texts[i].len);
  }
  buffer_text(out, "]");
}

static void add_finding(void *user, const trpt_diagnostic *d, trpt_str text) {
  (void)text;
  json_separate(user);
  finding_json(user, d, false);
}

static void add_hosts(buffer *out, const check_view *view) {
  const survey *s = view->survey;
  if (lookup_failed(s->mail.mx)) {
    json_text(out, "mx", NULL);
    json_text(out, "mx_left_out", NULL);
    return;
  }
  json_name(out, "mx");
  buffer_text(out, "[");
  for (size_t i = 0; i < s->mail.count; i++) {
    json_separate(out);
    buffer_text(out, "{");
    add_name(out, "host", &s->mail.hosts[i]);
    add_answer(out, "tlsa", judge_tlsa(s->tlsa[i]));
    add_answer(out, "tlsa_signed", judge_signed(s, s->tlsa[i]));
    if (s->host_records[i]) {
      const trpt_conclusion c = survey_conclude(s->host_records[i]);
      add_conclusion(out, &c);
    }
    buffer_text(out, "}");
  }
  buffer_text(out, "]");
  json_number(out, "mx_left_out", s->mail.left_out);
}

static void add_survey(buffer *out, const check_view *view) {
  const survey *s = view->survey;
  json_string(out, "domain", view->domain);
  add_name(out, "name", &s->record->name);
  add_name(out, "owner", &s->record->owner);
  add_conclusion(out, &s->conclusion);
  add_texts(out, s->record);
  if (lookup_failed(s->record) || !s->record->count) {
    json_text(out, "ttl", NULL);
  } else {
    json_number(out, "ttl", s->record->ttl);
  }
  add_answer(out, "signed", judge_signed(s, s->record));
  json_name(out, "diagnostics");
  buffer_text(out, "[");
  judge_findings(s, add_finding, out);
  buffer_text(out, "]");
  buffer text = {0};
  judge_publish(s, &text);
  if (text.len) {
    json_string(out, "publish", (trpt_str){text.data, text.len});
  } else {
    json_text(out, "publish", NULL);
  }
  buffer_free(&text);
  add_answer(out, "mta_sts", judge_sts(s));
  add_hosts(out, view);
}

void check_json(buffer *out, const check_view *view) {
  buffer_text(out, "{");
  json_string(out, "source", view->given);
  if (view->problem) {
    json_name(out, "error");
    problem_json(out, view->problem);
  } else {
    add_survey(out, view);
  }
  buffer_text(out, "}\n");
}
