/* SPDX-License-Identifier: MIT */
#include <libdeflate.h>
#include <stdlib.h>

#include "peers.h"

bool peer_libdeflate(const corpus *c) {
  struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor();
  if (!decompressor) die("libdeflate: no memory");
  /* No input is longer than all of them. */
  char *whole = checked_allocate(c->json_bytes);
  bool good = true;
  for (size_t i = 0; i < c->count; i++) {
    size_t len;
    good &= libdeflate_gzip_decompress(decompressor, corpus_data(c, i), corpus_len(c, i), whole, c->json_bytes, &len) ==
            LIBDEFLATE_SUCCESS;
  }
  free(whole);
  libdeflate_free_decompressor(decompressor);
  return good;
}
