/* SPDX-License-Identifier: MIT */
#include "diagnostic_examples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/record.h>

#include <zlib.h>

#include "../tools/files.h"

static _Noreturn void give_up(unsigned line, const char *why) {
  fprintf(stderr, "diagnostics.txt:%u: %s\n", line, why);
  exit(2);
}

static void *allocate(size_t size) {
  void *memory = calloc(1, size);
  if (!memory) give_up(0, "no memory");
  return memory;
}

static example_bytes new_bytes(size_t capacity) { return (example_bytes){allocate(capacity + 1), 0}; }

static void add(example_bytes *to, const char *data, size_t len) {
  memcpy(to->data + to->len, data, len);
  to->len += len;
  to->data[to->len] = '\0';
}

/* ---- The file ---- */

static char *read_whole(const char *path) {
  size_t len;
  char *text = file_read(path, &len);
  if (!text) give_up(0, "cannot be read");
  return text;
}

/* The reader's place: a line at a time. */
typedef struct lines {
  char *next;
  unsigned number;
  trpt_str line;
} lines;

static bool next_line(lines *l) {
  if (!*l->next) return false;
  const size_t len = strcspn(l->next, "\n");
  l->line = (trpt_str){l->next, len};
  l->next += len + (l->next[len] == '\n');
  l->number++;
  return true;
}

bool text_is(trpt_str text, const char *other) {
  return text.len == strlen(other) && (text.len == 0 || memcmp(text.ptr, other, text.len) == 0);
}

/* Takes a word and one blank from the front. */
static bool take(trpt_str *text, const char *word) {
  const size_t len = strlen(word);
  if (text->len < len || memcmp(text->ptr, word, len) != 0) return false;
  if (text->len > len && text->ptr[len] != ' ') return false;
  const size_t gone = text->len > len ? len + 1 : len;
  text->ptr += gone;
  text->len -= gone;
  return true;
}

static const example_report *find_report(const example_file *file, trpt_str name, unsigned line) {
  for (uint32_t i = 0; i < file->report_count; i++)
    if (file->reports[i].name.len == name.len && memcmp(file->reports[i].name.ptr, name.ptr, name.len) == 0)
      return &file->reports[i];
  give_up(line, "no report of this name");
}

/* A report ends with the line "}", which is part of it; a mail before the line ".". */
static void read_base(example_file *file, lines *l, trpt_str name, const char *last) {
  if (file->report_count == sizeof file->reports / sizeof file->reports[0]) give_up(l->number, "too many reports");
  const char *begin = l->next;
  do {
    if (!next_line(l)) give_up(l->number, "a report has no end");
  } while (!text_is(l->line, last));
  const char *end = *last == '.' ? l->line.ptr : l->next;
  file->reports[file->report_count++] = (example_report){name, {begin, (size_t)(end - begin)}};
}

/* A line with a sign: alone, or another one of the same text. */
static void read_text(trpt_str *text, trpt_str line, unsigned number) {
  if (!text->ptr)
    *text = line;
  else if (text->ptr + text->len + 1 == line.ptr - 2)
    text->len = (size_t)(line.ptr + line.len - text->ptr);
  else
    give_up(number, "a second text");
}

static void read_change(example *e, trpt_str change, unsigned number) {
  example_side *side = take(&change, "+") ? &e->trigger : take(&change, "~") ? &e->near : NULL;
  if (!side || side->change_count == EXAMPLE_CHANGES) give_up(number, "what is to be changed?");
  side->changes[side->change_count++] = change;
}

static void read_signer(example *e, trpt_str signer, unsigned number) {
  example_side *side = take(&signer, "+") ? &e->trigger : take(&signer, "~") ? &e->near : NULL;
  if (!side) give_up(number, "whose signer is it?");
  side->signer = signer;
}

static void read_option(example *e, trpt_str text, unsigned number) {
  e->option = text;
  if (take(&text, "now"))
    e->options.now = strtoll(text.ptr, NULL, 10);
  else if (take(&text, "max_strings"))
    e->options.max_strings = (uint32_t)strtoul(text.ptr, NULL, 10);
  else if (take(&text, "max_string"))
    e->options.max_string = (uint32_t)strtoul(text.ptr, NULL, 10);
  else if (take(&text, "max_ratio"))
    e->options.max_ratio = (uint32_t)strtoul(text.ptr, NULL, 10);
  else
    give_up(number, "no such option");
}

static void read_place(example *e, trpt_str text, unsigned number) {
  if (take(&text, "byte")) {
    e->at_byte = text;
    return;
  }
  char *end;
  e->at_line = (uint32_t)strtoul(text.ptr, &end, 10);
  if (*end != ':') give_up(number, "no LINE:COLUMN");
  e->at_column = (uint32_t)strtoul(end + 1, &end, 10);
  e->where = (trpt_str){end, (size_t)(text.ptr + text.len - end)};
  take(&e->where, "");
}

static void read_zone(example *e, trpt_str line, unsigned number) {
  if (e->zone_count == EXAMPLE_ZONE_LINES) give_up(number, "too many records");
  e->zone[e->zone_count++] = line;
}

static void read_example_line(example_file *file, example *e, trpt_str line, unsigned number) {
  if (take(&line, "-"))
    read_text(&e->from, line, number);
  else if (take(&line, "+"))
    read_text(&e->trigger.text, line, number);
  else if (take(&line, "~"))
    read_text(&e->near.text, line, number);
  else if (take(&line, "in"))
    e->base = find_report(file, line, number);
  else if (take(&line, "gzip"))
    read_change(e, line, number);
  else if (take(&line, "signer"))
    read_signer(e, line, number);
  else if (take(&line, "option"))
    read_option(e, line, number);
  else if (take(&line, "at"))
    read_place(e, line, number);
  else if (take(&line, "zone"))
    read_zone(e, line, number);
  else if (take(&line, "run"))
    e->run = line;
  else if (take(&line, "recorded"))
    e->recorded = line;
  else if (take(&line, "without"))
    e->without = line;
  else if (take(&line, "also"))
    e->trigger.others = line;
  else if (take(&line, "near"))
    e->near.others = line;
  else
    give_up(number, "what is this?");
}

static example *add_example(example_file *file, trpt_str head, unsigned number) {
  if (head.ptr[head.len - 1] != ']') give_up(number, "no ]");
  file->examples = realloc(file->examples, (file->count + 1) * sizeof *file->examples);
  if (!file->examples) give_up(number, "no memory");
  example *e = &file->examples[file->count++];
  *e = (example){.code = {head.ptr + 1, head.len - 2}, .line = number, .trigger.sign = '+', .near.sign = '~'};
  e->options.struct_size = sizeof e->options;
  return e;
}

void examples_read(example_file *file, const char *path) {
  *file = (example_file){.text = read_whole(path)};
  lines l = {.next = file->text};
  example *e = NULL;
  while (next_line(&l)) {
    trpt_str line = l.line;
    if (!line.len || line.ptr[0] == '#') continue;
    if (take(&line, "report"))
      read_base(file, &l, line, "}");
    else if (take(&line, "mail"))
      read_base(file, &l, line, ".");
    else if (line.ptr[0] == '[')
      e = add_example(file, line, l.number);
    else if (e)
      read_example_line(file, e, line, l.number);
    else
      give_up(l.number, "no [CODE] before");
  }
}

void examples_free(example_file *file) {
  free(file->text);
  free(file->examples);
}

static bool has_prefix(const example *e, const char *prefix) {
  return e->code.len > strlen(prefix) && memcmp(e->code.ptr, prefix, strlen(prefix)) == 0;
}

bool example_is_record(const example *e) { return has_prefix(e, "record."); }

bool example_is_mail(const example *e) { return has_prefix(e, "mail."); }

bool example_is_recorded(const example *e) { return e->recorded.ptr != NULL; }

trpt_str example_recorded_lines(trpt_str name, trpt_str code, char **output) {
  char path[512];
  char mark[64];
  snprintf(path, sizeof path, "%s/tests/data/command/%.*s", TRPT_SOURCE_DIR, (int)name.len, name.ptr);
  snprintf(mark, sizeof mark, "[%.*s", (int)code.len, code.ptr);
  *output = read_whole(path);
  const char *at = *output;
  /* "[record.no-rua" is not "[record.no-rua-at-all". */
  while ((at = strstr(at, mark)) && !strchr("],", at[strlen(mark)])) at++;
  if (!at) return (trpt_str){NULL, 0};
  while (at > *output && at[-1] != '\n') at--;
  const char *end = strstr(at, "\n\n");
  return (trpt_str){at, end ? (size_t)(end - at) + 1 : strlen(at)};
}

bool example_is_gzip(const example *e) { return e->trigger.change_count != 0; }

/* ---- Texts ---- */

/* "\*N(TEXT)" at `p`: writes TEXT N times where `to` is not NULL. Returns what is behind it, and adds its length. */
static const char *repeat(const char *p, const char *end, example_bytes *to, size_t *len) {
  char *open;
  const size_t times = strtoul(p + 2, &open, 10);
  const char *text = open + 1;
  const char *close = memchr(text, ')', (size_t)(end - text));
  if (*open != '(' || !close) give_up(0, "\\* without (TEXT)");
  /* A bracket that closes can be what is repeated. */
  if (close == text) close++;
  for (size_t i = 0; to && i < times; i++) add(to, text, (size_t)(close - text));
  *len += times * (size_t)(close - text);
  return close + 1;
}

/* Writes where `to` is not NULL; returns the length. */
static size_t decode(trpt_str written, char sign, example_bytes *to) {
  const char *end = written.ptr + written.len;
  size_t len = 0;
  for (const char *p = written.ptr; p < end;) {
    if (end - p >= 5 && p[0] == '\\' && p[1] == '*') {
      p = repeat(p, end, to, &len);
      continue;
    }
    char c = *p++;
    if (c == '\n' && p < end && *p == sign) p += end - p >= 2 ? 2 : 1;
    if (c == '\\' && end - p >= 3 && *p == 'x') {
      const char hex[] = {p[1], p[2], '\0'};
      c = (char)strtoul(hex, NULL, 16);
      p += 3;
    }
    if (to) add(to, &c, 1);
    len++;
  }
  return len;
}

example_bytes example_decode(trpt_str written, char sign) {
  example_bytes out = new_bytes(decode(written, sign, NULL));
  decode(written, sign, &out);
  return out;
}

/* The one place of `part` in `text`. */
static const char *find_once(trpt_str text, example_bytes part, unsigned line) {
  const char *at = NULL;
  for (size_t i = 0; part.len && i + part.len <= text.len; i++) {
    if (memcmp(text.ptr + i, part.data, part.len) != 0) continue;
    if (at) give_up(line, "what is to be changed stands there twice");
    at = text.ptr + i;
  }
  if (!at) give_up(line, "what is to be changed does not stand there");
  return at;
}

static example_bytes change_base(const example *e, example_bytes to) {
  const trpt_str base = e->base->text;
  example_bytes from = example_decode(e->from, '-');
  const char *at = find_once(base, from, e->line);
  example_bytes out = new_bytes(base.len + to.len);
  add(&out, base.ptr, (size_t)(at - base.ptr));
  add(&out, to.data, to.len);
  add(&out, at + from.len, (size_t)(base.ptr + base.len - at) - from.len);
  free(from.data);
  return out;
}

example_bytes example_text(const example *e, const example_side *side) {
  if (!side->text.ptr && !e->base) give_up(e->line, "no text");
  if (!side->text.ptr) return example_decode(e->base->text, '\0');
  example_bytes text = example_decode(side->text, side->sign);
  if (!e->base) return text;
  example_bytes whole = change_base(e, text);
  free(text.data);
  return whole;
}

/* ---- gzip ---- */

static void compress_member(example_bytes *to, const char *text, size_t len, char *name) {
  enum { GZIP = 15 + 16, MEMORY = 8 };
  z_stream z = {0};
  gz_header header = {.name = (Bytef *)name, .os = 255};
  if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) give_up(0, "zlib");
  if (name) deflateSetHeader(&z, &header);
  /* zlib does not say that it leaves its input alone. */
  example_bytes copy = new_bytes(len);
  add(&copy, text, len);
  z.next_in = (Bytef *)copy.data;
  z.avail_in = (uInt)len;
  z.next_out = (Bytef *)(to->data + to->len);
  z.avail_out = (uInt)len + 256;
  if (deflate(&z, Z_FINISH) != Z_STREAM_END) give_up(0, "zlib");
  to->len += z.total_out;
  deflateEnd(&z);
  free(copy.data);
}

static void flip(example_bytes *bytes, trpt_str where) {
  const long at = strtol(where.ptr, NULL, 10);
  char *byte = bytes->data + (at < 0 ? (long)bytes->len + at : at);
  *byte = (char)~*byte;
}

static void damage(example_bytes *bytes, trpt_str change) {
  if (take(&change, "cut")) bytes->len -= strtoul(change.ptr, NULL, 10);
  if (take(&change, "flip")) flip(bytes, change);
  if (take(&change, "append")) {
    example_bytes more = example_decode(change, '\0');
    add(bytes, more.data, more.len);
    free(more.data);
  }
}

static example_bytes compress_text(example_bytes text, const example_side *side, size_t *second) {
  example_bytes out = new_bytes(2 * text.len + 1024);
  example_bytes name = {0};
  size_t half = 0;
  for (uint32_t i = 0; i < side->change_count; i++) {
    trpt_str change = side->changes[i];
    if (take(&change, "members")) half = text.len / strtoul(change.ptr, NULL, 10);
    if (take(&change, "name")) name = example_decode(change, '\0');
  }
  if (half) compress_member(&out, text.data, half, name.data);
  *second = out.len;
  compress_member(&out, text.data + half, text.len - half, name.data);
  for (uint32_t i = 0; i < side->change_count; i++) damage(&out, side->changes[i]);
  free(name.data);
  return out;
}

example_bytes example_input(const example *e, const example_side *side, size_t *second) {
  example_bytes text = example_text(e, side);
  *second = 0;
  if (!side->change_count) return text;
  example_bytes input = compress_text(text, side, second);
  free(text.data);
  return input;
}

uint64_t example_byte(const example *e, size_t len, size_t second) {
  if (text_is(e->at_byte, "second")) return second;
  if (e->at_byte.len >= 3 && memcmp(e->at_byte.ptr, "end", 3) == 0)
    return (uint64_t)((int64_t)len + strtoll(e->at_byte.ptr + 3, NULL, 10));
  return strtoull(e->at_byte.ptr, NULL, 10);
}

/* ---- What is found ---- */

void found_add(found *f, const trpt_diagnostic *d) {
  if (f->count == FOUND_MAX) give_up(0, "more findings than an example should have");
  found_item *item = &f->items[f->count++];
  item->diagnostic = *d;
  snprintf(item->where, sizeof item->where, "%s", d->where);
  snprintf(item->message, sizeof item->message, "%s", d->message);
  item->diagnostic.where = item->where;
  item->diagnostic.message = item->message;
}

static int add_found(void *user, const trpt_diagnostic *d) {
  found_add(user, d);
  return 0;
}

/* What ends the reading is a finding too. */
static void add_error(found *f) {
  const trpt_error *error = &f->error;
  const trpt_diagnostic d = {.code = error->code ? error->code : "",
                             .severity = trpt_diagnostic_severity(error->code),
                             .line = error->line,
                             .column = error->column,
                             .offset = error->offset,
                             .where = error->where,
                             .message = error->message,
                             .section = trpt_diagnostic_section(error->code)};
  found_add(f, &d);
}

void found_in_record(found *f, const char *text, size_t len) {
  *f = (found){0};
  f->status = trpt_record_diagnose(text, len, add_found, f);
}

bool found_in_report(found *f, const char *data, size_t len, const trpt_options *options, size_t piece) {
  trpt_parser *parser;
  *f = (found){0};
  f->status = trpt_parser_new(&parser, options);
  if (f->status == TRPT_E_UNSUPPORTED) return false;
  if (f->status != TRPT_OK) give_up(0, "no parser");
  size_t done = 0;
  do {
    const size_t left = len - done < piece ? len - done : piece;
    size_t used;
    const trpt_event *event;
    f->status = trpt_parser_read(parser, done < len ? data + done : NULL, left, &used, &event);
    if (event && event->type == TRPT_EVENT_DIAGNOSTIC) found_add(f, event->diagnostic);
    done += used;
  } while (f->status == TRPT_OK || f->status == TRPT_MORE);
  f->error = *trpt_parser_error(parser);
  trpt_parser_free(parser);
  if (f->status < 0) add_error(f);
  return true;
}
