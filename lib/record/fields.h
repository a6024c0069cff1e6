/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_FIELDS_H
#define TRPT_LIB_FIELDS_H

/* Lenient reading of the fields of a record, which skips what the grammar rejects. Cursors, counts and diagnostics all
   use trpt_fields_next, so they agree on what a field and a URI is. */

#include <stdbool.h>

#include <tlsrpt/record.h>

#include "../catalogue/catalogue.h"

/* A field: `name [WSP] "="`, followed by items. */
typedef struct trpt_field {
  size_t begin;
  size_t name_end;
  size_t value; /* after the "=", or the same as `begin` if there is none */
  bool has_equals;
  bool is_rua; /* exactly "rua" and "=", RFC 8460 s3; never an extension */
} trpt_field;

/* How an item ends. */
typedef enum trpt_separator {
  TRPT_SEPARATOR_END,       /* the end of the text */
  TRPT_SEPARATOR_SEMICOLON, /* the next field follows */
  TRPT_SEPARATOR_COMMA,     /* the next URI of the same field follows */
  TRPT_SEPARATOR_MISSING    /* the next field follows without a ";" */
} trpt_separator;

/* A URI of a rua field, or the whole value of another field, without surrounding whitespace. If the field has no "=",
   the item is the whole field. */
typedef struct trpt_item {
  size_t begin;
  size_t end;
  size_t at; /* of the separator; at the end of the text, its length */
  trpt_separator separator;
} trpt_item;

/* Iterates over the items of a text. Initialized as `{.text = text, .pos = trpt_fields_begin(...)}`. */
typedef struct trpt_field_iterator {
  trpt_str text;
  size_t pos;
  bool in_list;     /* the next item is another URI of the same field */
  bool first;       /* the item is the first of its field */
  trpt_field field; /* of the item; not set if a cursor resumed inside a list */
  trpt_item item;
} trpt_field_iterator;

/* The position of the first field, after the delimiter that follows the version. The version ends at `version_end`. */
size_t trpt_fields_begin(trpt_str text, size_t version_end);

/* The field that begins at `pos`, or after whitespace there. */
trpt_field trpt_fields_peek(trpt_str text, size_t pos);

/* Moves to the next item. Returns false at the end. */
bool trpt_fields_next(trpt_field_iterator *iterator);

/* Whether the item is a URI of a rua field. An empty one is not. */
bool trpt_fields_uri(const trpt_field_iterator *iterator, trpt_str *uri);

/* Whether the item is a valid extension of RFC 8460 s3. Whitespace around its "=" is tolerated. */
bool trpt_fields_extension(const trpt_field_iterator *iterator, trpt_str *name, trpt_str *value);

/* The same for a field other than rua. If it is not a valid extension, `*code` and `*bad` say why and where. */
bool trpt_fields_check_extension(trpt_str text, const trpt_field *field, const trpt_item *item, trpt_code *code,
                                 size_t *bad);

/* Counts the remaining items of the iterator. Returns true if there is a rua field. */
bool trpt_fields_count(trpt_field_iterator iterator, trpt_record *counts);

#endif
