/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_RECORD_H
#define TRPT_LIB_RECORD_H

/* Records inside the library: how a text is taken apart when it is read leniently. The cursors, the counts and the
   diagnosis all walk with trpt_record_next, so that they agree on what is a field and what is a URI. */

#include <stdbool.h>

#include <tlsrpt/record.h>

#include "../catalogue/catalogue.h"
#include "../uri/uri.h"

enum { TRPT_RECORD_VERSION_LEN = 10 };
#define TRPT_RECORD_VERSION "v=TLSRPTv1"

/* The column of a byte, which stops at the end of its type. */
static inline uint32_t trpt_record_column(size_t offset) {
  return offset < UINT32_MAX ? (uint32_t)offset + 1 : UINT32_MAX; /* GCOVR_EXCL_BR_LINE: a record of 4 GiB */
}

/* Position of the first byte from `pos` on that is no WSP. */
size_t trpt_record_skip_wsp(trpt_str text, size_t pos);

/* A field: `name [WSP] "="`, with what is behind it told by its pieces. */
typedef struct trpt_field {
  size_t begin;
  size_t name_end;
  size_t value; /* behind the "="; where there is none, the same as `begin` */
  bool has_equals;
  bool is_rua; /* named exactly "rua", with "=": RFC 8460 s3, and never an extension */
} trpt_field;

/* What ends a piece. */
typedef enum trpt_separator {
  TRPT_SEPARATOR_END,       /* the end of the text */
  TRPT_SEPARATOR_SEMICOLON, /* the next field follows */
  TRPT_SEPARATOR_COMMA,     /* the next URI of the same field follows */
  TRPT_SEPARATOR_MISSING    /* the next field follows, though no ";" says so */
} trpt_separator;

/* A URI of a rua field, or all the value of another field (all the field where it has no "="), without blanks around
   it. */
typedef struct trpt_piece {
  size_t begin;
  size_t end;
  size_t at; /* of the separator; the length of the text at its end */
  trpt_separator separator;
} trpt_piece;

/* A walk over the fields of a text. It begins with `{text, trpt_record_fields(...), false, false, ...}`. */
typedef struct trpt_record_iterator {
  trpt_str text;
  size_t pos;
  bool in_list;     /* the next piece is another URI of the same field */
  bool first;       /* the piece is the first one of its field */
  trpt_field field; /* of the piece; not known where a cursor went on inside of a list */
  trpt_piece piece;
} trpt_record_iterator;

/* Where the fields begin: behind the delimiter that follows the version, which ends at `version_end`. */
size_t trpt_record_fields(trpt_str text, size_t version_end);

/* Looks at the field that begins at `pos`, blanks before it skipped. */
trpt_field trpt_record_field(trpt_str text, size_t pos);

/* Moves on to the next piece; false where there is none. */
bool trpt_record_next(trpt_record_iterator *walk);

/* Counts what the rest of the walk finds; true where there is a rua field. */
bool trpt_record_count(trpt_record_iterator walk, trpt_record *counts);

/* True for an extension that RFC 8460 s3 allows, blanks around its "=" aside. Otherwise `*finding` and the place. */
bool trpt_record_check_extension(trpt_str text, const trpt_field *field, const trpt_piece *piece, trpt_code *finding,
                                 size_t *bad);

/* Reads a URI of a rua field: true where it is a tlsrpt-uri of RFC 8460 s3, be it usable or not. Otherwise `*bad` is
   its first byte after which it could not become one. */
bool trpt_record_check_uri(trpt_str uri, trpt_rua *out, trpt_uri *parts, size_t *bad);

/* Findings as the library knows them. Returns true to go on. */
typedef bool (*trpt_record_code_fn)(void *user, trpt_code finding, size_t offset, const char *where);

/* Tells all findings, in order of offset; false if `fn` stopped it. */
bool trpt_record_find(trpt_str text, trpt_record_code_fn fn, void *user);

/* True for a finding that makes a record invalid by the grammar, and not merely of no use. */
bool trpt_record_breaks_grammar(trpt_code finding);

#endif
