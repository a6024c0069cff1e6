/* SPDX-License-Identifier: MIT */
#ifdef __SSE2__
#define RAPIDJSON_SSE2
#elif defined(__ARM_NEON)
#define RAPIDJSON_NEON
#endif
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "peers_cpp.h"

namespace {

/* Takes all and does nothing, as the callbacks of the other streaming peers. */
struct handler : rapidjson::BaseReaderHandler<rapidjson::UTF8<>, handler> {};

template <unsigned flags> bool all(const char *data, const size_t *ends, size_t count) {
  rapidjson::Reader reader;
  handler h;
  bool good = true;
  size_t begin = 0;
  for (size_t i = 0; i < count; i++) {
    rapidjson::MemoryStream stream(data + begin, ends[i] - begin);
    good &= !reader.Parse<flags>(stream, h).IsError();
    begin = ends[i];
  }
  return good;
}

} // namespace

bool rapidjson_all(const char *data, const size_t *ends, size_t count) {
  return all<rapidjson::kParseDefaultFlags>(data, ends, count);
}

bool rapidjson_all_utf8(const char *data, const size_t *ends, size_t count) {
  return all<rapidjson::kParseValidateEncodingFlag>(data, ends, count);
}
