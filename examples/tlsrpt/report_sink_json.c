/* SPDX-License-Identifier: MIT */
/* tlsrpt report --format json: one line of JSON per report, and exactly one line per item of standard input. */
#include "../../lib/base/text.h"
#include "json_buffer.h"
#include "report_sinks.h"
#include "standard_output.h"

typedef struct json_sink {
  const trpt_source *source;
  buffer line; /* an object */
  /* An item may hold several reports, whose objects go into one line. Their names begin with that of the item. */
  bool is_item;
  trpt_str item;
  buffer only; /* the first object */
  buffer list; /* all objects, each with the name of its part */
  uint64_t count;
} json_sink;

/* Adds an object, with a member in front of its others. */
static void add_object(buffer *out, const char *member, trpt_str value, const buffer *object) {
  json_separate(out);
  buffer_text(out, "{");
  json_string(out, member, value);
  if (object->len > 2) buffer_text(out, ",");
  if (object->len) buffer_add(out, object->data + 1, object->len - 1);
  if (object->failed) out->failed = true;
}

static void begin_input(void *user, const input_source *input) {
  json_sink *s = user;
  s->is_item = input->origin == INPUT_ITEM;
  s->item = trpt_str_of(input->name);
  s->count = 0;
  buffer_clear(&s->only);
  buffer_clear(&s->list);
}

/* What the name of a report has after the name of its item: "2" for "KEY#2" and "a.json" for "KEY:a.json". */
static trpt_str part_of(const json_sink *s) {
  const trpt_str name = s->source->name;
  return name.len > s->item.len + 1 ? trpt_str_from(name, s->item.len + 1) : (trpt_str)TRPT_STR("1");
}

static void add_to_item(json_sink *s) {
  if (!s->count++) buffer_append(&s->only, &s->line);
  add_object(&s->list, "part", part_of(s), &s->line);
}

static void write_line(buffer *line) {
  buffer_text(line, "\n");
  output_buffer(line);
  output_end_unit();
}

static void end_input(void *user) {
  json_sink *s = user;
  if (!s->is_item) return;
  buffer_clear(&s->line);
  if (s->count == 1) {
    add_object(&s->line, "source", s->item, &s->only);
  } else {
    buffer_text(&s->line, "{");
    json_string(&s->line, "source", s->item);
    buffer_text(&s->line, ",\"reports\":[");
    buffer_append(&s->line, &s->list);
    buffer_text(&s->line, "]}");
  }
  write_line(&s->line);
}

static void begin(void *user, const trpt_source *source) {
  json_sink *s = user;
  s->source = source;
  buffer_clear(&s->line);
}

/* The objects of an item have no `source`, because the line has it. */
static void add_json(json_sink *s, const trpt_report *report, const problem *p) {
  trpt_source source = *s->source;
  if (s->is_item) source.name = (trpt_str){NULL, 0};
  if (p) source.error_status = trpt_str_of(p->status);
  trpt_report_json(report, p ? &p->error : NULL, &source, 0, buffer_write, &s->line);
}

static void report(void *user, const trpt_report *r, const trpt_source *source) {
  (void)source;
  add_json(user, r, NULL);
}

/* Whether the line of the item would be too long with one more object. */
static bool is_full(const json_sink *s) {
  enum { ITEM_MAX = BUFFER_MAX / 2 };
  return s->is_item && (s->list.len > ITEM_MAX || s->line.len > ITEM_MAX - s->list.len);
}

static bool end(void *user, const problem *p) {
  json_sink *s = user;
  if (!p && (s->line.failed || is_full(s))) return false;
  if (p) {
    buffer_clear(&s->line);
    add_json(s, NULL, p);
  }
  if (!s->is_item)
    write_line(&s->line);
  else if (!is_full(s))
    add_to_item(s);
  return true;
}

int report_json(const arguments *a, const read_options *options) {
  json_sink s = {0};
  const report_sink json = {.begin_input = begin_input,
                            .begin = begin,
                            .report = report,
                            .needs_diagnostics = true,
                            .end = end,
                            .end_input = end_input,
                            .user = &s,
                            .is_quiet = true,
                            .shows_problems = true};
  const int status = read_reports(a, options, &json);
  buffer_free(&s.line);
  buffer_free(&s.only);
  buffer_free(&s.list);
  return status;
}
