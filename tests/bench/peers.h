/* SPDX-License-Identifier: MIT */
#ifndef BENCH_PEERS_H
#define BENCH_PEERS_H

/* Other libraries over the same bytes, each as fast as its interface allows. Only those exist whose BENCH_* is defined.
   False: it refused an input. */

#include <stdbool.h>

#include "corpus.h"

/* Bare yajl with callbacks that do nothing, a handle allocated and freed for each input, chunks of 64 KiB. */
bool peer_yajl(const corpus *c);

bool peer_jansson(const corpus *c); /* a tree */
bool peer_json_c(const corpus *c);  /* a tree */
bool peer_yyjson(const corpus *c);  /* a tree, in memory that is kept between the inputs */

/* zlib with its state reused, outputs of 64 KiB, of gzipped inputs; and the same into peer_yajl's parser. */
bool peer_inflate(const corpus *c);
bool peer_inflate_yajl(const corpus *c);

/* The whole of each gzipped input into one buffer. */
bool peer_libdeflate(const corpus *c);

/* The whole of each input in memory. */
bool peer_rapidjson(const corpus *c);
bool peer_rapidjson_utf8(const corpus *c); /* checking UTF-8, as the others do */
bool peer_simdjson(const corpus *c);       /* on demand: every value is read */

#endif
