/* SPDX-License-Identifier: MIT */
/* Mutates reports by whole values: replaces, duplicates, removes and inserts them, and renames members to names of
   RFC 8460. Half of the time libFuzzer mutates bytes instead, which finds faults with broken text. */
#include <stdbool.h>

#include <tlsrpt/model.h>

#include "fuzzing.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

static const char *const values[] = {"null",
                                     "true",
                                     "0",
                                     "1",
                                     "-1",
                                     "18446744073709551615",
                                     "18446744073709551616",
                                     "1.5",
                                     "5e0",
                                     "\"\"",
                                     "\"2026-03-01T00:00:00Z\"",
                                     "\"2026-02-30T25:61:61Z\"",
                                     "\"192.0.2.1\"",
                                     "\"2001:db8::1\"",
                                     "\"version: STSv1\"",
                                     "\"mode: testing\"",
                                     "\"version: STSv1\\nmode: testing\\nmx: *.example.com\\n\"",
                                     "\"version: STSv1 mode: testing mx: a.example\"",
                                     "\"0018446744073709551615\"",
                                     "99999999999999999999",
                                     "1772323200",
                                     "\"1772323200\"",
                                     "\"2026-03-01\"",
                                     "\"2026-03-01 00:00+0100\"",
                                     "{\"result-type\":\"certificate-expired\",\"failed-session-count\":\"1\"}",
                                     "\"mx: *.example.com\"",
                                     "\"3 1 1 00\"",
                                     "\"[\\\"3 1 1 00\\\"]\"",
                                     "\"\\ud83d\\ude00\"",
                                     "\"\\ud800\"",
                                     "\"\\u0000\"",
                                     "[]",
                                     "{}",
                                     "[{}]",
                                     "[[[[]]]]"};
static const char *const names[] = {"organization-name",
                                    "date-range",
                                    "start-datetime",
                                    "end-datetime",
                                    "contact-info",
                                    "report-id",
                                    "policies",
                                    "policy",
                                    "policy-type",
                                    "policy-string",
                                    "policy-domain",
                                    "mx-host",
                                    "mx-host-pattern",
                                    "summary",
                                    "total-successful-session-count",
                                    "total-failure-session-count",
                                    "failure-details",
                                    "result-type",
                                    "sending-mta-ip",
                                    "receiving-mx-hostname",
                                    "receiving-mx-helo",
                                    "receiving-ip",
                                    "failed-session-count",
                                    "additional-information",
                                    "additional-info-uri",
                                    "failure-reason-code",
                                    "failure-error-code"};
#define COUNT(array) (sizeof array / sizeof array[0])
enum { VALUE_SIZE = 64, MAX_VALUES = 4096 };

typedef struct span {
  size_t begin, end;
} span;

static uint64_t state;

static size_t below(size_t limit) { return fuzz_below(&state, limit); }

/* Returns one of the values above, or the name of a type, written to `buffer`. */
static const char *pick_value(char *buffer) {
  const size_t policies = trpt_policy_type_count();
  const size_t n = below(COUNT(values) + policies + trpt_result_type_count());
  if (n < COUNT(values)) return values[n];
  const int type = (int)(n - COUNT(values)) + 1;
  const char *name = type <= (int)policies ? trpt_policy_type_name(type) : trpt_result_type_name(type - (int)policies);
  snprintf(buffer, VALUE_SIZE, "\"%s\"", name);
  return buffer;
}

/* Where a number or a word ends. */
static bool ends_token(uint8_t c) {
  return c == ',' || c == ']' || c == '}' || c == ':' || c == '"' || c == ' ' || c == '\n';
}

/* What stands between values. */
static bool is_between(uint8_t c) {
  return c == ',' || c == ':' || c == ']' || c == '}' || c == ' ' || (c >= '\t' && c <= '\r');
}

/* Returns the end of the string at `at`, or of the data. */
static size_t skip_string(const uint8_t *data, size_t size, size_t at) {
  for (at++; at < size && data[at] != '"'; at++)
    if (data[at] == '\\' && at + 1 < size) at++;
  return at < size ? at + 1 : size;
}

static size_t skip_token(const uint8_t *data, size_t size, size_t at) {
  for (at++; at < size && !ends_token(data[at]);) at++;
  return at;
}

/* Returns the end of the value at `at`: a string, a whole object or array, or another token. */
static size_t skip_value(const uint8_t *data, size_t size, size_t at) {
  size_t depth = 0;
  do {
    const uint8_t c = data[at];
    if (c == '"') {
      at = skip_string(data, size, at);
    } else if (c == '{' || c == '[') {
      depth++, at++;
    } else if (depth) {
      depth -= c == '}' || c == ']';
      at++;
    } else {
      at = skip_token(data, size, at);
    }
  } while (depth && at < size);
  return at;
}

/* Finds where values begin, the first MAX_VALUES of them. Returns their number. */
static size_t find_values(const uint8_t *data, size_t size, size_t from, size_t *begins) {
  size_t count = 0;
  for (size_t at = from; at < size && count < MAX_VALUES;) {
    const uint8_t c = data[at];
    if (is_between(c)) {
      at++;
      continue;
    }
    begins[count++] = at;
    at = c == '"' ? skip_string(data, size, at) : c == '{' || c == '[' ? at + 1 : skip_token(data, size, at);
  }
  return count;
}

/* Chooses one of the values, all with the same probability. */
static span choose_value(const uint8_t *data, size_t size, const size_t *begins, size_t count) {
  const size_t begin = begins[below(count)];
  return (span){begin, skip_value(data, size, begin)};
}

/* Replaces the span by `text`, unless the result would be too long. Returns the new size. */
static size_t replace(uint8_t *data, size_t size, size_t max_size, span s, const void *text, size_t len) {
  if (len > max_size || size - (s.end - s.begin) > max_size - len) return size;
  uint8_t *copy = malloc(len + 1);
  if (!copy) return size;
  memcpy(copy, text, len);
  memmove(data + s.begin + len, data + s.end, size - s.end);
  memcpy(data + s.begin, copy, len);
  free(copy);
  return size - (s.end - s.begin) + len;
}

static size_t put_member(uint8_t *data, size_t size, size_t max_size, size_t at) {
  char text[128] = "\"";
  char buffer[VALUE_SIZE];
  strcat(text, names[below(COUNT(names))]);
  strcat(text, "\":");
  strcat(text, pick_value(buffer));
  strcat(text, ",");
  return replace(data, size, max_size, (span){at, at}, text, strlen(text));
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) {
  state = seed;
  if (below(2)) return LLVMFuzzerMutate(data, size, max_size);
  /* Skips the control bytes, see readings.h. */
  const size_t from = size >= 5 && data[0] == '#' ? 5 : 0;
  size_t begins[MAX_VALUES];
  const size_t count = find_values(data, size, from, begins);
  if (!count) return LLVMFuzzerMutate(data, size, max_size);
  const span one = choose_value(data, size, begins, count), other = choose_value(data, size, begins, count);
  char buffer[VALUE_SIZE];
  const char *value = pick_value(buffer);
  const char *name = names[below(COUNT(names))];
  switch (below(5)) {
  case 0: return replace(data, size, max_size, one, value, strlen(value));
  case 1: return replace(data, size, max_size, one, data + other.begin, other.end - other.begin);
  case 2: return replace(data, size, max_size, one, data, 0);
  case 3:
    if (data[one.begin] == '{') return put_member(data, size, max_size, one.begin + 1);
    return replace(data, size, max_size, (span){one.end, one.end}, data + one.begin, one.end - one.begin);
  default:
    if (data[one.begin] != '"' || one.end - one.begin < 2)
      return replace(data, size, max_size, one, value, strlen(value));
    return replace(data, size, max_size, (span){one.begin + 1, one.end - 1}, name, strlen(name));
  }
}
