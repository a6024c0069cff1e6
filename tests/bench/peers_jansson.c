/* SPDX-License-Identifier: MIT */
/* jansson and json-c use the same names for different things: each has a file. */
#include <jansson.h>

#include "peers.h"

bool peer_jansson(const corpus *c) {
  bool good = true;
  for (size_t i = 0; i < c->count; i++) {
    json_t *tree = json_loadb(corpus_data(c, i), corpus_len(c, i), 0, NULL);
    good &= tree != NULL;
    json_decref(tree);
  }
  return good;
}
