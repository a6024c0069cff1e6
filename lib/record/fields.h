/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_FIELDS_H
#define TRPT_LIB_FIELDS_H

/* The fields of a record, read leniently: what the grammar refuses is stepped over. The cursors, the counts and the diagnosis all
   use trpt_fields_next, so that they agree on what is a field and what is a URI. */

#include <stdbool.h>

#include <tlsrpt/record.h>

#include "../catalogue/catalogue.h"

/* A field: `name [WSP] "="`, and items after that. */
typedef struct trpt_field {
  size_t begin;
  size_t name_end;
  size_t value; /* after the "="; if there is none, the same as `begin` */
  bool has_equals;
  bool is_rua; /* named exactly "rua", with "=": RFC 8460 s3, and never an extension */
} trpt_field;

/* What ends an item. */
typedef enum trpt_separator {
  TRPT_SEPARATOR_END,       /* the end of the text */
  TRPT_SEPARATOR_SEMICOLON, /* the next field follows */
  TRPT_SEPARATOR_COMMA,     /* the next URI of the same field follows */
  TRPT_SEPARATOR_MISSING    /* the next field follows, though no ";" says so */
} trpt_separator;

/* A URI of a rua field, or the whole value of another field (the whole field if it has no "="), without blanks around it. */
typedef struct trpt_item {
  size_t begin;
  size_t end;
  size_t at; /* of the separator; at the end of the text, its length */
  trpt_separator separator;
} trpt_item;

/* Iterates over the items of a text. It begins as `{.text = text, .pos = trpt_fields_begin(...)}`. */
typedef struct trpt_field_iterator {
  trpt_str text;
  size_t pos;
  bool in_list;     /* the next item is another URI of the same field */
  bool first;       /* the item is the first one of its field */
  trpt_field field; /* of the item; not known if a cursor went on inside of a list */
  trpt_item item;
} trpt_field_iterator;

/* Where the fields begin: after the delimiter that follows the version, which ends at `version_end`. */
size_t trpt_fields_begin(trpt_str text, size_t version_end);

/* The field that begins at `pos`, or after blanks there. */
trpt_field trpt_fields_look(trpt_str text, size_t pos);

/* Moves on to the next item; false at the end. */
bool trpt_fields_next(trpt_field_iterator *walk);

/* Whether the item is a URI of a rua field. An empty one is not. */
bool trpt_fields_uri(const trpt_field_iterator *walk, trpt_str *uri);

/* Whether the item is an extension that RFC 8460 s3 allows, blanks around its "=" aside. */
bool trpt_fields_extension(const trpt_field_iterator *walk, trpt_str *name, trpt_str *value);

/* The same for a field that is no rua field. If it is not such an extension, `*code` and `*bad` say why and where. */
bool trpt_fields_check_extension(trpt_str text, const trpt_field *field, const trpt_item *item, trpt_code *code,
                                 size_t *bad);

/* Counts what the iterator has still to visit; true if there is a rua field. */
bool trpt_fields_count(trpt_field_iterator walk, trpt_record *counts);

#endif
