/* SPDX-License-Identifier: MIT */
#include <simdjson.h>

#include "peers_cpp.h"

namespace {

using simdjson::ondemand::json_type;

/* Reads every name and value, as a program that wants them must. */
template <class Value> size_t walk(Value &&value) {
  size_t sum = 0;
  switch (value.type().value()) {
  case json_type::array:
    for (auto element : value.get_array()) sum += walk(element.value());
    break;
  case json_type::object:
    for (auto field : value.get_object()) {
      sum += field.unescaped_key().value().size();
      sum += walk(field.value().value());
    }
    break;
  case json_type::string: sum += value.get_string().value().size(); break;
  case json_type::number: sum += value.get_number().value().is_int64(); break;
  case json_type::boolean: sum += value.get_bool().value(); break;
  case json_type::null: sum += value.is_null(); break;
  default: break; /* simdjson 4 has json_type::unknown */
  }
  return sum;
}

} // namespace

bool simdjson_all(const char *data, const size_t *ends, size_t count) {
  simdjson::ondemand::parser parser;
  size_t begin = 0, sum = 0;
  try {
    for (size_t i = 0; i < count; i++) {
      const size_t len = ends[i] - begin;
      simdjson::ondemand::document document =
          parser.iterate(simdjson::padded_string_view(data + begin, len, len + simdjson::SIMDJSON_PADDING)).value();
      sum += walk(document);
      begin = ends[i];
    }
  } catch (const simdjson::simdjson_error &) {
    return false;
  }
  return sum > 0;
}
