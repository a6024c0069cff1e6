/* SPDX-License-Identifier: MIT */
#include "nearest.h"

#include <string.h>

/* LEN_MAX: no option and no command is as long as that. */
enum { LEN_MAX = 32, NO_NAME_EDITS = 3 };

static unsigned least(unsigned a, unsigned b) { return a < b ? a : b; }

/* The number of edits between two words of at most LEN_MAX bytes: the optimal string alignment distance. A row has the distances of
   the beginnings of `b` from the same beginning of `a`. */
static unsigned distance(const char *a, size_t a_len, const char *b, size_t b_len) {
  unsigned rows[3][LEN_MAX + 1];
  for (unsigned j = 0; j <= b_len; j++) rows[0][j] = j;
  for (unsigned i = 1; i <= a_len; i++) {
    unsigned *row = rows[i % 3];
    const unsigned *above = rows[(i + 2) % 3];
    const unsigned *above2 = rows[(i + 1) % 3];
    row[0] = i;
    for (unsigned j = 1; j <= b_len; j++) {
      row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = least(row[j], above2[j - 2] + 1);
    }
  }
  return rows[a_len % 3][b_len];
}

void nearest_begin(nearest *n, const char *word, char end) {
  const char *at = strchr(word, end);
  *n = (nearest){.word = word, .len = at ? (size_t)(at - word) : strlen(word), .edits = NO_NAME_EDITS};
}

void nearest_try(nearest *n, const char *name) {
  const size_t len = strlen(name);
  if (n->len < 3 || n->len > LEN_MAX || len > LEN_MAX) return;
  const unsigned edits = distance(n->word, n->len, name, len);
  const unsigned max = n->len < 6 ? 1 : 2;
  if (edits > max || edits >= n->edits) return;
  n->name = name;
  n->edits = edits;
}
