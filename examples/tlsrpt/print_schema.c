/* SPDX-License-Identifier: MIT */
/* tlsrpt report --print-schema: what docs/rows.md shows for each database, from the columns of the library. */
#include "print_schema.h"

#include <stdbool.h>
#include <string.h>

#include <tlsrpt/rows.h>

#include "buffer.h"
#include "standard_output.h"

typedef struct ArrowSchema column;

/* How a database writes the columns. Types are those of a value that is always there, and of one that may be null. */
typedef struct schema {
  const char *head;
  const char *quote; /* around names that are reserved words */
  const char *text[2];
  const char *index[2]; /* 32 bits */
  const char *count[2]; /* 64 bits without a sign */
  const char *time[2];
  const char *tail;
  void (*more)(buffer *out, const column *table); /* statements that follow; may be NULL */
} schema;

static const char *const reserved_words[] = {"start", "end"};

static bool is_reserved(const char *name) {
  for (size_t i = 0; i < sizeof reserved_words / sizeof reserved_words[0]; i++)
    if (strcmp(name, reserved_words[i]) == 0) return true;
  return false;
}

static void add_name(buffer *out, const char *name, const char *quote) {
  const char *mark = is_reserved(name) ? quote : "";
  buffer_text(out, mark);
  buffer_text(out, name);
  buffer_text(out, mark);
}

static bool is_nullable(const column *c) { return c->flags & ARROW_FLAG_NULLABLE; }

/* SQLite imports every empty cell of CSV as an empty text. */
static void add_sqlite_view(buffer *out, const column *table) {
  buffer_text(out, "CREATE VIEW IF NOT EXISTS tlsrpt_import AS SELECT * FROM tlsrpt;\n"
                   "CREATE TRIGGER IF NOT EXISTS tlsrpt_import_row INSTEAD OF INSERT ON tlsrpt_import BEGIN\n"
                   "  INSERT INTO tlsrpt VALUES (\n");
  for (int64_t i = 0; i < table->n_children; i++) {
    const column *c = table->children[i];
    buffer_text(out, is_nullable(c) ? "    nullif(NEW." : "    NEW.");
    add_name(out, c->name, "\"");
    buffer_text(out, is_nullable(c) ? ", '')" : "");
    buffer_text(out, i + 1 < table->n_children ? ",\n" : "\n");
  }
  buffer_text(out, "  );\nEND;\n");
}

#define CREATE      "CREATE TABLE IF NOT EXISTS tlsrpt (\n"
#define KEY         "(report_key, kind, policy_index, failure_index)"
#define PRIMARY_KEY ",\n  PRIMARY KEY " KEY

const char *const schema_names[] = {"postgresql", "sqlite", "clickhouse", "duckdb", "spark", NULL};

static const schema schemas[] = {
    {CREATE,
     "\"",
     {"text NOT NULL", "text"},
     {"bigint NOT NULL", "bigint"},
     {"numeric(20) NOT NULL", "numeric(20)"},
     {"text NOT NULL", "text"},
     PRIMARY_KEY "\n);\n",
     NULL},
    {CREATE,
     "\"",
     {"TEXT NOT NULL", "TEXT"},
     {"INTEGER NOT NULL", "INTEGER"},
     {"INTEGER NOT NULL", "INTEGER"},
     {"TEXT NOT NULL", "TEXT"},
     PRIMARY_KEY " ON CONFLICT IGNORE\n) WITHOUT ROWID;\n",
     add_sqlite_view},
    {CREATE,
     "`",
     {"String", "Nullable(String)"},
     {"UInt32", "Nullable(UInt32)"},
     {"UInt64", "Nullable(UInt64)"},
     {"String", "Nullable(String)"},
     "\n) ENGINE = ReplacingMergeTree\nPRIMARY KEY " KEY "\nORDER BY " KEY ";\n",
     NULL},
    {CREATE,
     "\"",
     {"VARCHAR NOT NULL", "VARCHAR"},
     {"UINTEGER NOT NULL", "UINTEGER"},
     {"UBIGINT NOT NULL", "UBIGINT"},
     {"TIMESTAMPTZ NOT NULL", "TIMESTAMPTZ"},
     PRIMARY_KEY "\n);\n",
     NULL},
    {"",
     "`",
     {"STRING NOT NULL", "STRING"},
     {"INT NOT NULL", "INT"},
     {"BIGINT NOT NULL", "BIGINT"},
     {"TIMESTAMP NOT NULL", "TIMESTAMP"},
     "\n",
     NULL},
};

static const char *type_of(const schema *s, const column *c) {
  const char *const *types = s->time;
  switch (c->format[0]) {
  case 'u': types = s->text; break;
  case 'i': types = s->index; break;
  case 'l': types = s->count; break;
  default: break;
  }
  return types[is_nullable(c)];
}

static void add_schema(buffer *out, const schema *s, const column *table) {
  const char *indent = *s->head ? "  " : "";
  buffer_text(out, s->head);
  for (int64_t i = 0; i < table->n_children; i++) {
    buffer_text(out, i ? ",\n" : "");
    buffer_text(out, indent);
    add_name(out, table->children[i]->name, s->quote);
    buffer_text(out, " ");
    buffer_text(out, type_of(s, table->children[i]));
  }
  buffer_text(out, s->tail);
  if (s->more) s->more(out, table);
}

int print_schema(int index) {
  struct ArrowSchema table;
  buffer out = {0};
  if (trpt_table_schema(TRPT_TABLE_ROWS, NULL, &table) != TRPT_OK) output_no_memory();
  add_schema(&out, &schemas[index], &table);
  table.release(&table);
  output_buffer(&out);
  buffer_free(&out);
  return STATUS_GOOD;
}
