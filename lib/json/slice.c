/* SPDX-License-Identifier: MIT */
#include "slice.h"

typedef struct reader {
  trpt_json here; /* a copy, so that what is counted need not be in memory */
  trpt_slice *slice;
  const unsigned char *limit;
  unsigned char *skeleton;
  trpt_slice_word *word;
  uint16_t *shown;
  uint32_t depth;
  /* The skeleton ends in a member with a string, a number or a literal. */
  bool in_run;
} reader;

/* The end of a string in which nothing is to be decoded, or NULL. */
static inline const unsigned char *plain_string(const unsigned char *p, const unsigned char *limit) {
  const unsigned char *stop = trpt_scan_string(p + 1, limit);
  return stop < limit && *stop == '"' ? stop + 1 : NULL;
}

/* The end of a number of a few digits, or NULL. */
static inline const unsigned char *plain_number(const unsigned char *p, const unsigned char *limit, uint64_t *value) {
  const unsigned char *digit = p;
  while (digit < limit && digit - p < 16 && trpt_is_digit(*digit)) *value = *value * 10 + (*digit++ - (uint64_t)'0');
  const bool ends = digit < limit && (*digit == ',' || *digit == '}' || *digit == ']' || *digit <= ' ');
  return ends && digit > p && (*p != '0' || digit - p == 1) ? digit : NULL;
}

static const unsigned char *plain_literal(const unsigned char *p, const unsigned char *limit) {
  const size_t room = (size_t)(limit - p);
  if (room >= 4 && (memcmp(p, "null", 4) == 0 || memcmp(p, "true", 4) == 0)) return p + 4;
  return room >= 5 && memcmp(p, "false", 5) == 0 ? p + 5 : NULL;
}

static inline void add_word(reader *r, const unsigned char *p, uint64_t value) {
  *r->word++ = (trpt_slice_word){r->here.line_start, value, r->here.line, (uint32_t)(p - r->slice->base)};
}

/* A comma and a member that need not be in the skeleton; NULL: it is no such. */
static inline const unsigned char *read_alike(reader *r, const unsigned char *p) {
  const uint32_t line = r->here.line;
  const uint64_t line_start = r->here.line_start;
  uint8_t *kind = &r->slice->kinds[r->word - r->slice->words];
  const unsigned char *key = trpt_lexer_blanks(&r->here, p + 1);
  const unsigned char *stop = key < r->limit && *key == '"' ? plain_string(key, r->limit) : NULL;
  if (stop && stop < r->limit && *stop == ':') {
    add_word(r, key, (uint64_t)(stop - key) - 2);
    const unsigned char *value = trpt_lexer_blanks(&r->here, stop + 1);
    const bool string = value < r->limit && *value == '"';
    uint64_t number = 0;
    stop = string ? plain_string(value, r->limit) : plain_number(value, r->limit, &number);
    if (stop) {
      add_word(r, value, string ? (uint64_t)(stop - value) - 2 : number);
      kind[0] = TRPT_JSON_KEY;
      kind[1] = string ? TRPT_JSON_STRING : TRPT_JSON_NUMBER;
      return stop;
    }
    r->word--;
  }
  r->here.line = line;
  r->here.line_start = line_start;
  return NULL;
}

/* A word that is a token; NULL: it is not plain. */
static inline const unsigned char *read_word(reader *r, const unsigned char *p) {
  const bool is_member = r->skeleton > r->slice->skeleton && r->skeleton[-1] == ':';
  const unsigned char *stop = p + 1;
  const char *shown = (const char *)p;
  size_t len = 1;
  uint64_t value = 0;
  if (*p == '"') {
    stop = plain_string(p, r->limit);
    if (!stop) return NULL;
    value = (uint64_t)(stop - p) - 2;
    shown = "\"\"";
    len = 2;
  } else if (*p == '{' || *p == '[') {
    r->depth++;
  } else if (*p == '}' || *p == ']') {
    r->depth--;
  } else if (trpt_is_digit(*p)) {
    stop = plain_number(p, r->limit, &value);
    shown = "0";
  } else {
    stop = plain_literal(p, r->limit);
    len = (size_t)(stop ? stop - p : 0);
  }
  if (!stop) return NULL;
  r->in_run = is_member && *p != '{' && *p != '[';
  memcpy(r->skeleton, shown, len);
  r->skeleton += len;
  *r->shown++ = (uint16_t)(r->word - r->slice->words);
  add_word(r, p, value);
  return stop;
}

bool trpt_slice_read(trpt_json *json, trpt_slice *slice, const unsigned char *p, uint32_t depth) {
  const unsigned char *const limit = json->end - p < TRPT_SLICE_SIZE ? json->end : p + TRPT_SLICE_SIZE;
  reader r = {*json, slice, limit, slice->skeleton, slice->words, slice->shown_words, depth, false};
  const unsigned char *stop = p;
  slice->base = p;
  slice->offset = trpt_lexer_offset(json, p);
  while ((p = trpt_lexer_blanks(&r.here, stop)) < limit) {
    if (*p == ',' && r.in_run && (stop = read_alike(&r, p))) continue;
    if (*p == ',' || *p == ':') {
      *r.skeleton++ = *p;
      stop = p + 1;
      r.in_run = false;
      continue;
    }
    stop = read_word(&r, p);
    if (!stop) break;
    p = stop;
    if (r.depth == 0) break;
  }
  slice->size = (uint32_t)((p < limit ? p : limit) - slice->base);
  slice->skeleton_size = (uint32_t)(r.skeleton - slice->skeleton);
  slice->count = (uint32_t)(r.word - slice->words);
  slice->shown = (uint32_t)(r.shown - slice->shown_words);
  json->cursor = p;
  json->line = r.here.line;
  json->line_start = r.here.line_start;
  return stop != NULL;
}

static size_t literal_length(unsigned char c) { return c == 'n' || c == 't' ? 4 : c == 'f' ? 5 : 1; }

/* The end of a plain word. */
static const unsigned char *word_end(const unsigned char *p, const unsigned char *end) {
  if (*p == '"') return trpt_scan_string(p + 1, end) + 1;
  if (!trpt_is_digit(*p)) return p + literal_length(*p);
  while (trpt_is_digit(*p)) p++;
  return p;
}

const unsigned char *trpt_slice_find(trpt_json *json, const trpt_slice *slice, size_t consumed) {
  const unsigned char *p = slice->base;
  const unsigned char *word = slice->skeleton;
  uint32_t shown = 0;
  uint32_t index = 0;
  for (;;) {
    p = trpt_lexer_blanks(json, p);
    /* A comma, a key, a colon and a value that are not in the skeleton. */
    if (*p == ',' && index < slice->count && (shown == slice->shown || slice->shown_words[shown] != index)) {
      for (int i = 0; i < 4; i++) p = word_end(trpt_lexer_blanks(json, p), json->end);
      index += 2;
      continue;
    }
    const size_t len = *word == '"' ? 2 : literal_length(*word);
    if (shown >= slice->told && (size_t)(word - slice->skeleton) + len >= consumed) return p;
    if (*word != ',' && *word != ':') {
      shown++;
      index++;
    }
    p = word_end(p, json->end);
    word += len;
  }
}

void trpt_slice_keep(trpt_slice *slice) {
  if (slice->next == slice->ready || slice->base == slice->kept) return;
  memcpy(slice->kept, slice->base, slice->size);
  slice->base = slice->kept;
}
