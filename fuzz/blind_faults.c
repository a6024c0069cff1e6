/* SPDX-License-Identifier: MIT */
/* Not a fuzz target: has a fault of the kind that BLIND_FAULT names, which the blind engine must find (tests/tools/test_blind.sh). */

#include "fuzzing.h"

static int has(const char *fault) {
  const char *wanted = getenv("BLIND_FAULT");
  return wanted && strcmp(wanted, fault) == 0;
}

static uint8_t byte_at(const volatile uint8_t *address) { return *address; }

void fuzz_brief(const uint8_t *data, size_t size) {
  const int is_rare = size && data[size - 1] == '!';
  if (is_rare && has("after")) byte_at(data + size);
  if (is_rare && has("before")) byte_at(data - 1);
  if (has("mismatch")) CHECK(!is_rare);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (has("all-checks")) CHECK(size < 8);
  fuzz_brief(data, size);
  return 0;
}
