/* SPDX-License-Identifier: MIT */
#ifndef BENCH_PEERS_CPP_H
#define BENCH_PEERS_CPP_H

/* C++ peers for C. Input i lies from ends[i - 1] to ends[i]; there is some memory to read behind the last one. */

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

bool rapidjson_all(const char *data, const size_t *ends, size_t count);
bool rapidjson_all_utf8(const char *data, const size_t *ends, size_t count);
bool simdjson_all(const char *data, const size_t *ends, size_t count);

#ifdef __cplusplus
}
#endif

#endif
