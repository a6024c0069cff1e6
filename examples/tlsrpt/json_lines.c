/* SPDX-License-Identifier: MIT */
#include "json_lines.h"

#include "../../lib/base/text.h"
#include "json_buffer.h"
#include "standard_output.h"

void json_lines_begin(json_lines *l, const input_source *input) {
  l->is_item = input->origin == INPUT_ITEM;
  l->item = trpt_str_of(input->name);
  l->count = 0;
  buffer_clear(&l->only);
  buffer_clear(&l->list);
}

/* Adds an object, with a member in front of its others. */
static void add_object(buffer *out, const char *member, trpt_str value, const buffer *object) {
  json_separate(out);
  buffer_text(out, "{");
  json_string(out, member, value);
  if (object->len > 2) buffer_text(out, ",");
  if (object->len) buffer_add(out, object->data + 1, object->len - 1);
  if (object->failed) out->failed = true;
}

/* What the name of a report has after the name of its item: "2" for "KEY#2" and "a.json" for "KEY:a.json". */
static trpt_str part_of(const json_lines *l, trpt_str name) {
  return name.len > l->item.len + 1 ? trpt_str_from(name, l->item.len + 1) : (trpt_str)TRPT_STR("1");
}

static void write_line(buffer *line) {
  buffer_text(line, "\n");
  output_buffer(line);
  output_end_unit();
}

/* Whether the line of the item would be too long with this object. */
static bool is_full(const json_lines *l, const buffer *object) {
  enum { ITEM_MAX = BUFFER_MAX / 2 };
  return l->list.len > ITEM_MAX || object->len > ITEM_MAX - l->list.len;
}

bool json_lines_add(json_lines *l, trpt_str name, buffer *object) {
  if (!l->is_item) {
    write_line(object);
    return true;
  }
  if (is_full(l, object)) return false;
  if (!l->count++) buffer_append(&l->only, object);
  add_object(&l->list, "part", part_of(l, name), object);
  return true;
}

void json_lines_end(json_lines *l) {
  if (!l->is_item) return;
  buffer line = {0};
  if (l->count == 1) {
    add_object(&line, "source", l->item, &l->only);
  } else {
    buffer_text(&line, "{");
    json_string(&line, "source", l->item);
    buffer_text(&line, ",\"reports\":[");
    buffer_append(&line, &l->list);
    buffer_text(&line, "]}");
  }
  write_line(&line);
  buffer_free(&line);
  l->is_item = false;
}

void json_lines_free(json_lines *l) {
  buffer_free(&l->only);
  buffer_free(&l->list);
}
