/* SPDX-License-Identifier: MIT */
#include <yyjson.h>

#include "peers.h"

bool peer_yyjson(const corpus *c) {
  yyjson_alc *memory = yyjson_alc_dyn_new();
  bool good = memory != NULL;
  for (size_t i = 0; good && i < c->count; i++) {
    /* The text is only written to with YYJSON_READ_INSITU. */
    yyjson_doc *tree = yyjson_read_opts((char *)(uintptr_t)corpus_data(c, i), corpus_len(c, i), 0, memory, NULL);
    good &= tree != NULL;
    yyjson_doc_free(tree);
  }
  yyjson_alc_dyn_free(memory);
  return good;
}
