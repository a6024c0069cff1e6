/* SPDX-License-Identifier: MIT */
/* Adds summaries written by summary_json. They are parsed with yajl, so a build without yajl cannot add summaries. */
#include <string.h>

#include "../../../lib/base/text.h"
#include "../report_key.h"
#include "summary_formats.h"

/* Recognizes a summary by its first member. Other programs may have changed the white space. */
bool summary_is_json(const char *text, size_t len) {
  static const char name[] = "\"tlsrpt-summary\"";
  trpt_str rest = trpt_skip_space((trpt_str){text, len});
  if (!rest.len || *rest.ptr != '{') return false;
  rest = trpt_skip_space(trpt_str_from(rest, 1));
  return rest.len >= sizeof name - 1 && memcmp(rest.ptr, name, sizeof name - 1) == 0;
}

#ifdef TRPT_WITH_YAJL
#include <yajl/yajl_parse.h>

/* Depths: 1 the object, 2 "tables" or "keys", 3 a table, 4 a row. Everything else is ignored. */
enum { IN_SUMMARY = 1, IN_TABLES = 2, IN_TABLE = 3, IN_ROW = 4, DEPTH_MAX = 16 };
enum { NUMBERS = 3, DAYS = 2 };

typedef enum part {
  PART_NONE,
  PART_REPORTS,
  PART_REPEATED,
  PART_OUTSIDE,
  PART_BAD_INPUTS,
  PART_FUTURE,
  PART_UNREADABLE,
  PART_OVERLAPS,
  PART_MISSING,
  PART_COMPLETE,
  PART_TABLES,
  PART_KEYS,
  PART_VERSION
} part;

typedef struct reader {
  summary *summary;
  bool adds; /* second pass; the first pass only validates */
  int depth;
  part part;
  int table; /* -1: unknown to this version */
  int cell;  /* index in the row */
  trpt_str columns[TABLE_COLUMNS_MAX];
  char values[TABLE_COLUMNS_MAX][TABLE_VALUE_MAX_LEN * 3 + 1];
  counts counts;
  uint64_t numbers[NUMBERS + 1]; /* of a row with the other counts, which has no columns */
  bool is_other;
  uint32_t tables_seen; /* one bit per table */
  bool keys_seen;
  bool is_version_1;
} reader;

static int columns_of(const reader *r) { return r->table < 0 ? 0 : summary_tables[r->table].columns; }

static int on_key(void *user, const unsigned char *text, size_t len) {
  static const char *const names[] = {"reports",  "repeated",   "outside",  "bad_inputs",
                                      "future",   "unreadable", "overlaps", "keys_are_missing",
                                      "complete", "tables",     "keys",     "tlsrpt-summary"};
  reader *r = user;
  if (r->depth == IN_SUMMARY) {
    r->part = PART_NONE;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
      if (len == strlen(names[i]) && memcmp(text, names[i], len) == 0) r->part = (part)(i + 1);
  } else if (r->depth == IN_TABLES && r->part == PART_TABLES) {
    r->table = -1;
    for (int i = 0; i < SUMMARY_TABLES; i++)
      if (len == strlen(summary_tables[i].name) && memcmp(text, summary_tables[i].name, len) == 0) r->table = i;
  }
  return 1;
}

/* Whether only tables, rows or their values are allowed here. */
static bool is_in_tables(const reader *r) {
  return r->depth < IN_ROW && r->depth > 0 && (r->part == PART_TABLES || r->part == PART_KEYS) &&
         !(r->depth >= IN_TABLE && r->table < 0);
}

static bool is_in_row(const reader *r) { return r->depth == IN_ROW && r->part == PART_TABLES && r->table >= 0; }

static int add_key(reader *r, const char *text, size_t len) {
  if (len != REPORT_KEY_DIGITS || strspn(text, "0123456789abcdef") < REPORT_KEY_DIGITS) return 0;
  if (r->adds && key_set_add(&r->summary->keys, text)) r->summary->overlaps++;
  return 1;
}

static bool is_day(const char *text, size_t len) {
  char day[DAY_SIZE] = "";
  if (!len) return true;
  if (len != DAY_SIZE - 1) return false;
  memcpy(day, text, len);
  char normalized[DAY_SIZE];
  day_of(day_number(day) * SECONDS_PER_DAY, normalized);
  return strcmp(day, normalized) == 0;
}

static int on_string(void *user, const unsigned char *bytes, size_t len) {
  reader *r = user;
  const char *text = (const char *)bytes;
  if (r->depth == IN_TABLES && r->part == PART_KEYS) return add_key(r, text, len);
  if (!is_in_row(r)) return !is_in_tables(r);
  if (r->is_other) return 0; /* it has numbers only */
  const int columns = columns_of(r);
  const int at = r->cell++;
  if (at < columns) {
    if (len > sizeof r->values[at]) return 0;
    if (at == columns - 1 && summary_tables[r->table].has_day && !is_day(text, len)) return 0;
    memcpy(r->values[at], text, len);
    r->columns[at] = (trpt_str){r->values[at], len};
    return 1;
  }
  if (at < columns + NUMBERS || at >= columns + NUMBERS + DAYS || !is_day(text, len)) return 0;
  memcpy(at == columns + NUMBERS ? r->counts.first : r->counts.last, text, len);
  return 1;
}

static bool read_number(const char *text, size_t len, uint64_t *value) {
  *value = 0;
  for (size_t i = 0; i < len; i++) {
    const uint64_t digit = (uint64_t)(text[i] - '0');
    if (text[i] < '0' || text[i] > '9' || *value > (UINT64_MAX - digit) / 10) return false;
    *value = *value * 10 + digit;
  }
  return len != 0;
}

static void add_number(reader *r, uint64_t value) {
  summary *s = r->summary;
  uint64_t *const sums[] = {NULL,           &s->reports, &s->duplicates, &s->outside,
                            &s->bad_inputs, &s->future,  &s->unreadable, &s->overlaps};
  if (r->part == PART_MISSING)
    s->keys_are_missing |= value != 0;
  else if (r->part < PART_MISSING && sums[r->part])
    *sums[r->part] = counts_sum(*sums[r->part], value);
}

static int on_number(void *user, const char *text, size_t len) {
  reader *r = user;
  uint64_t value;
  const bool is_whole = read_number(text, len, &value);
  if (r->depth == IN_SUMMARY && r->part != PART_NONE && r->part <= PART_MISSING) {
    if (is_whole && r->adds) add_number(r, value);
    return is_whole;
  }
  if (r->depth == IN_SUMMARY && r->part == PART_VERSION) {
    r->is_version_1 = is_whole && value == 1;
    return r->is_version_1;
  }
  if (!is_in_row(r)) return !is_in_tables(r);
  if (!is_whole) return 0;
  const int columns = columns_of(r);
  const int at = r->cell++;
  if (at == 0) r->is_other = true;
  if (r->is_other) {
    if (at > NUMBERS) return 0;
    r->numbers[at] = value;
    return 1;
  }
  uint64_t *const numbers[NUMBERS] = {&r->counts.successful, &r->counts.failed, &r->counts.entries};
  if (at < columns || at >= columns + NUMBERS) return 0;
  *numbers[at - columns] = value;
  return 1;
}

static int on_begin(void *user) {
  reader *r = user;
  if (++r->depth > DEPTH_MAX) return 0;
  if (r->depth == IN_TABLE && r->part == PART_TABLES && r->table >= 0) r->tables_seen |= UINT32_C(1) << r->table;
  if (r->depth == IN_TABLES && r->part == PART_KEYS) r->keys_seen = true;
  if (r->depth == IN_ROW) {
    r->cell = 0;
    r->is_other = false;
    r->counts = (counts){0};
  }
  return 1;
}

/* --domain selects rows by their domain. Rows without one, such as conflicts, concern every domain. */
static bool is_selected(const reader *r) {
  return !summary_tables[r->table].has_domain ||
         domain_list_includes(&r->summary->options->read->filter.domains, r->columns[0]);
}

static int end_row(reader *r) {
  table *t = &r->summary->tables[r->table];
  if (r->is_other) {
    if (r->cell != NUMBERS + 1) return 0;
    if (!r->adds) return 1;
    counts_add(&t->other, &(counts){.successful = r->numbers[0], .failed = r->numbers[1], .entries = r->numbers[2]});
    t->other_keys = counts_sum(t->other_keys, r->numbers[3]);
    return 1;
  }
  if (r->cell != columns_of(r) + NUMBERS + DAYS) return 0;
  if (r->adds && is_selected(r)) table_add(t, r->columns, &r->counts);
  return 1;
}

static int on_end(void *user) {
  reader *r = user;
  const int good = is_in_row(r) ? end_row(r) : 1;
  r->depth--;
  return good;
}

static int on_other(void *user) { return !is_in_row(user) && !is_in_tables(user); }
static int on_boolean(void *user, int value) {
  reader *r = user;
  if (r->depth != IN_SUMMARY || r->part != PART_COMPLETE) return on_other(user);
  if (r->adds && !value) r->summary->is_incomplete = true;
  return 1;
}

static bool parse(summary *s, bool adds, const char *text, size_t len) {
  /* A summary of an earlier version lacks the last table. */
  static const uint32_t required = (UINT32_C(1) << SUMMARY_UNCOUNTED_DAYS) - 1;
  static const yajl_callbacks callbacks = {on_other, on_boolean, NULL,   NULL,     on_number, on_string,
                                           on_begin, on_key,     on_end, on_begin, on_end};
  reader r = {.summary = s, .adds = adds, .table = -1};
  yajl_handle handle = yajl_alloc(&callbacks, NULL, &r);
  if (!handle) return false;
  const bool is_valid = yajl_parse(handle, (const unsigned char *)text, len) == yajl_status_ok &&
                        yajl_complete_parse(handle) == yajl_status_ok;
  yajl_free(handle);
  return is_valid && r.is_version_1 && r.keys_seen && (r.tables_seen & required) == required;
}

const char *summary_add_json(summary *s, const char *text, size_t len) {
  const report_filter *filter = &s->options->read->filter;
  if (*filter->since || *filter->until)
    return "A summary cannot be limited to days. Use --since and --until when the reports are read.";
  if (!parse(s, false, text, len)) return "The summary is truncated or invalid, or this version cannot read it.";
  parse(s, true, text, len);
  return NULL;
}
#else
const char *summary_add_json(summary *s, const char *text, size_t len) {
  (void)s;
  (void)text;
  (void)len;
  return "This build has no yajl, so it cannot add summaries.";
}
#endif
