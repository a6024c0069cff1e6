/* SPDX-License-Identifier: MIT */
/* base/scan.h: sixteen bytes at a time as one at a time. It is compiled twice, with the
   instructions of the machine and (TRPT_SCAN_PLAIN) without. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/scan.h"

/* The first byte that differs, the slow way. */
static const unsigned char *find(const unsigned char *p, const unsigned char *end, const char *stops, int controls) {
  for (; p < end; p++) {
    const int control = controls && (*p < 0x20 || *p >= 0x80);
    if (controls ? control || strchr(stops, *p) : !(*p && strchr(stops, *p))) break;
  }
  return p;
}

static void check(const unsigned char *bytes, size_t len) {
  /* At the very end of a block, so that a sanitizer sees each byte too many. */
  unsigned char *block = malloc(len ? len : 1);
  assert_non_null(block);
  memcpy(block, bytes, len);
  assert_ptr_equal(trpt_scan_string(block, block + len), find(block, block + len, "\"\\", 1));
  assert_ptr_equal(trpt_scan_indent(block, block + len), find(block, block + len, " \t", 0));
  free(block);
}

static trpt_block class_of(trpt_block v) {
  return trpt_block_or(trpt_block_or(trpt_block_is(v, '.'), trpt_block_digits(v)),
                       trpt_block_or(trpt_block_in(trpt_block_small(v), 'a', 'z'), trpt_block_in(v, 0x7F, 0x90)));
}

static uint64_t is_in_class(unsigned char c) {
  return c == '.' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= 0x7F && c <= 0x90);
}

static void test_bits(void **state) {
  (void)state;
  for (size_t len = 1; len <= 64; len++)
    for (unsigned first = 0; first < 256; first++) {
      char *block = malloc(len);
      uint64_t expected = 0;
      assert_non_null(block);
      for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)(first + 37 * i);
        block[i] = (char)c;
        expected |= is_in_class(c) << i;
      }
      if (trpt_scan_bits(block, len, class_of) != expected) fail_msg("length %zu, first byte %u", len, first);
      free(block);
    }
  assert_true(trpt_scan_all(1) == 1 && trpt_scan_all(64) == UINT64_MAX);
}

static void test_each_byte_in_each_place(void **state) {
  (void)state;
  static const char fills[] = "a \t";
  unsigned char bytes[70];
  for (size_t f = 0; f < 3; f++)
    for (size_t len = 0; len <= sizeof bytes; len++) {
      memset(bytes, fills[f], sizeof bytes);
      check(bytes, len);
      for (size_t at = 0; at < len; at += len < 40 ? 1 : 5)
        for (unsigned c = 0; c < 256; c++) {
          bytes[at] = (unsigned char)c;
          check(bytes, len);
          bytes[at] = (unsigned char)fills[f];
        }
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_byte_in_each_place), cmocka_unit_test(test_bits)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
