/* SPDX-License-Identifier: MIT */
#include <json-c/json.h>

#include "peers.h"

bool peer_json_c(const corpus *c) {
  json_tokener *tokener = json_tokener_new();
  bool good = true;
  for (size_t i = 0; i < c->count; i++) {
    json_tokener_reset(tokener);
    json_object *tree = json_tokener_parse_ex(tokener, corpus_data(c, i), (int)corpus_len(c, i));
    good &= tree != NULL;
    json_object_put(tree);
  }
  json_tokener_free(tokener);
  return good;
}
