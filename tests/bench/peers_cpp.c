/* SPDX-License-Identifier: MIT */
#include "peers_cpp.h"

#include "peers.h"

#ifdef BENCH_RAPIDJSON
bool peer_rapidjson(const corpus *c) { return rapidjson_all(c->bytes.data, c->ends, c->count); }
bool peer_rapidjson_utf8(const corpus *c) { return rapidjson_all_utf8(c->bytes.data, c->ends, c->count); }
#endif

#ifdef BENCH_SIMDJSON
bool peer_simdjson(const corpus *c) { return simdjson_all(c->bytes.data, c->ends, c->count); }
#endif
