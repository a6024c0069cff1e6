/* SPDX-License-Identifier: MIT */
#include "arrow_cells.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/time.h>

static bool differ(arrow_comparison *c, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(c->difference, sizeof c->difference, format, arguments);
  va_end(arguments);
  return false;
}

/* ---- cells ---- */

int64_t arrow_find(const struct ArrowSchema *schema, const char *name) {
  for (int64_t i = 0; i < schema->n_children; i++)
    if (strcmp(schema->children[i]->name, name) == 0) return i;
  return -1;
}

bool arrow_is_null(const struct ArrowArray *column, int64_t row) {
  const unsigned char *bits = column->buffers[0];
  return bits && !(bits[row / 8] >> row % 8 & 1);
}

trpt_str arrow_text(const struct ArrowArray *column, int64_t row) {
  const int32_t *offsets = column->buffers[1];
  const char *text = column->buffers[2];
  return (trpt_str){text + offsets[row], (size_t)(offsets[row + 1] - offsets[row])};
}

int64_t arrow_number(const struct ArrowSchema *type, const struct ArrowArray *column, int64_t row) {
  if (strcmp(type->format, "i") == 0) return ((const int32_t *)column->buffers[1])[row];
  return ((const int64_t *)column->buffers[1])[row];
}

static bool is_text(const struct ArrowSchema *type) { return strcmp(type->format, "u") == 0; }
static bool is_time(const struct ArrowSchema *type) { return strcmp(type->format, "tsu:UTC") == 0; }

/* ---- structure ---- */

static bool is_column_sound(arrow_comparison *c, const struct ArrowSchema *type, const struct ArrowArray *column,
                            int64_t length) {
  int64_t nulls = 0;
  if (column->length != length || column->offset || column->n_children || column->dictionary)
    return differ(c, "%s: length %" PRId64 " instead of %" PRId64, type->name, column->length, length);
  if (column->n_buffers != (is_text(type) ? 3 : 2))
    return differ(c, "%s: %" PRId64 " buffers", type->name, column->n_buffers);
  for (int64_t i = 0; i < column->n_buffers; i++) {
    if (!column->buffers[i] && i) return differ(c, "%s: buffer %" PRId64 " is missing", type->name, i);
    if ((uintptr_t)column->buffers[i] % 64) return differ(c, "%s: buffer %" PRId64 " is not aligned", type->name, i);
  }
  for (int64_t row = 0; row < length; row++) {
    const bool is_null = arrow_is_null(column, row);
    nulls += is_null;
    if (is_null && !(type->flags & ARROW_FLAG_NULLABLE)) return differ(c, "%s: a null", type->name);
    if (!is_null) continue;
    if (is_text(type) ? arrow_text(column, row).len != 0 : arrow_number(type, column, row) != 0)
      return differ(c, "%s: null with a value", type->name);
  }
  if (nulls != column->null_count)
    return differ(c, "%s: %" PRId64 " nulls, not %" PRId64, type->name, nulls, column->null_count);
  if (!nulls && column->buffers[0]) return differ(c, "%s: a validity buffer without nulls", type->name);
  if (!is_text(type)) return true;
  const int32_t *offsets = column->buffers[1];
  if (offsets[0]) return differ(c, "%s: the first offset is %" PRId32, type->name, offsets[0]);
  for (int64_t row = 0; row < length; row++)
    if (offsets[row + 1] < offsets[row]) return differ(c, "%s: offsets of row %" PRId64, type->name, row);
  return true;
}

bool arrow_is_sound(arrow_comparison *c, const struct ArrowSchema *schema, const struct ArrowArray *array) {
  if (strcmp(schema->format, "+s") != 0 || !schema->release || !array->release) return differ(c, "not a struct");
  if (array->n_children != schema->n_children || array->null_count || array->offset || array->n_buffers != 1 ||
      array->buffers[0])
    return differ(c, "a struct of another shape");
  for (int64_t i = 0; i < schema->n_children; i++)
    if (!is_column_sound(c, schema->children[i], array->children[i], array->length)) return false;
  return true;
}

/* ---- JSON ---- */

enum { MAX_MEMBERS = 64 };

typedef struct value {
  trpt_str name;
  char kind; /* 'n' null, '0' number, '"' string */
  trpt_str text;
} value;

typedef struct object {
  size_t count;
  value members[MAX_MEMBERS];
} object;

static unsigned read_hex(const char *at) {
  unsigned number = 0;
  for (int i = 0; i < 4; i++) {
    const char *digit = strchr("0123456789abcdef", at[i]);
    number = number * 16 + (unsigned)(digit ? digit - "0123456789abcdef" : 0);
  }
  return number;
}

static char *put_character(char *to, uint32_t code) {
  if (code < 0x80) {
    *to++ = (char)code;
  } else if (code < 0x800) {
    *to++ = (char)(0xC0 | code >> 6);
    *to++ = (char)(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    *to++ = (char)(0xE0 | code >> 12);
    *to++ = (char)(0x80 | (code >> 6 & 0x3F));
    *to++ = (char)(0x80 | (code & 0x3F));
  } else {
    *to++ = (char)(0xF0 | code >> 18);
    *to++ = (char)(0x80 | (code >> 12 & 0x3F));
    *to++ = (char)(0x80 | (code >> 6 & 0x3F));
    *to++ = (char)(0x80 | (code & 0x3F));
  }
  return to;
}

/* Decodes a string in place; `*at` is after its first quotation mark. */
static trpt_str read_string(char **at) {
  char *begin = *at, *to = *at, *from = *at;
  while (*from != '"') {
    if (*from != '\\') {
      *to++ = *from++;
      continue;
    }
    const char escape = from[1];
    from += 2;
    const char *plain = strchr("b\bf\fn\nr\rt\t", escape);
    if (escape == 'u') {
      uint32_t code = read_hex(from);
      from += 4;
      if (code >= 0xD800 && code < 0xDC00) {
        code = 0x10000 + ((code - 0xD800) << 10) + (read_hex(from + 2) - 0xDC00);
        from += 6;
      }
      to = put_character(to, code);
    } else {
      *to++ = plain && escape != '"' && escape != '\\' && escape != '/' ? plain[1] : escape;
    }
  }
  *at = from + 1;
  return (trpt_str){begin, (size_t)(to - begin)};
}

/* Reads a flat object in place. */
static void read_object(object *o, char *json) {
  o->count = 0;
  for (char *at = json + 1; *at == '"' && o->count < MAX_MEMBERS;) {
    value *v = &o->members[o->count++];
    at++;
    v->name = read_string(&at);
    at++; /* the colon */
    if (*at == '"') {
      v->kind = '"';
      at++;
      v->text = read_string(&at);
    } else {
      v->kind = *at == 'n' ? 'n' : '0';
      v->text = (trpt_str){at, strcspn(at, ",}")};
      at += v->text.len;
    }
    at += *at == ',';
  }
}

static const value *find_member(const object *o, const char *name) {
  for (size_t i = 0; i < o->count; i++)
    if (o->members[i].name.len == strlen(name) && memcmp(o->members[i].name.ptr, name, strlen(name)) == 0)
      return &o->members[i];
  return NULL;
}

/* ---- comparison ---- */

static bool is_null_in_json(const struct ArrowSchema *type, const value *v) {
  const bool is_position = strcmp(type->name, "line") == 0 || strcmp(type->name, "column") == 0;
  return v->kind == 'n' || (is_position && v->text.len == 1 && v->text.ptr[0] == '0');
}

/* Whether the number in JSON is above what the type holds. */
static bool is_above(const struct ArrowSchema *type, const value *v) {
  char digits[32];
  if (v->kind != '0' || v->text.len >= sizeof digits) return false;
  snprintf(digits, sizeof digits, "%.*s", (int)v->text.len, v->text.ptr);
  return strtoull(digits, NULL, 10) > (strcmp(type->format, "i") == 0 ? (uint64_t)INT32_MAX : (uint64_t)INT64_MAX);
}

static trpt_str cell_text(const struct ArrowSchema *type, const struct ArrowArray *column, int64_t row,
                          char buffer[40]) {
  size_t len;
  if (is_text(type)) return arrow_text(column, row);
  const int64_t number = arrow_number(type, column, row);
  if (!is_time(type)) return (trpt_str){buffer, (size_t)snprintf(buffer, 40, "%" PRId64, number)};
  if (number % 1000000 || trpt_time_format(number / 1000000, buffer, 40, &len) != TRPT_OK) return (trpt_str){"?", 1};
  return (trpt_str){buffer, len};
}

static bool cell_equals(arrow_comparison *c, const struct ArrowSchema *type, const struct ArrowArray *column,
                        int64_t row, const value *v) {
  char buffer[40];
  c->cells++;
  if (arrow_is_null(column, row)) {
    if (is_null_in_json(type, v)) return true;
    if (!is_above(type, v)) return differ(c, "%s: null instead of %.*s", type->name, (int)v->text.len, v->text.ptr);
    c->overflows++;
    return true;
  }
  const trpt_str text = cell_text(type, column, row, buffer);
  const bool is_string = is_text(type) || is_time(type);
  if (v->kind != (is_string ? '"' : '0') || text.len != v->text.len || memcmp(text.ptr, v->text.ptr, text.len) != 0)
    return differ(c, "%s: \"%.*s\" instead of \"%.*s\"", type->name, (int)text.len, text.ptr, (int)v->text.len,
                  v->text.ptr);
  return true;
}

bool arrow_row_equals(arrow_comparison *c, const struct ArrowSchema *schema, const struct ArrowArray *array,
                      int64_t row, const char *json, size_t len, bool is_complete) {
  static object o;
  char *copy = malloc(len + 1);
  bool is_equal = true;
  if (!copy) return differ(c, "no memory");
  memcpy(copy, json, len);
  copy[len] = '\0';
  read_object(&o, copy);
  if (is_complete && o.count != (size_t)schema->n_children) is_equal = differ(c, "%zu members", o.count);
  for (int64_t i = 0; i < schema->n_children && is_equal; i++) {
    const value *v = find_member(&o, schema->children[i]->name);
    if (v)
      is_equal = cell_equals(c, schema->children[i], array->children[i], row, v);
    else if (is_complete)
      is_equal = differ(c, "JSON has no %s", schema->children[i]->name);
  }
  free(copy);
  return is_equal;
}
