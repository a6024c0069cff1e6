/* SPDX-License-Identifier: MIT */
/* The default of each limit of trpt_mail_options. An input that is exactly at the default is read, and one that is one unit larger is
   not. With the limit one less than its default, or one more, that moves by one unit. */

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../tools/limits.h"
#include "mail_cases.h"

#define COUNT(array) (sizeof array / sizeof array[0])

#define MIXED  "Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n"
#define REPORT "{\"policies\":[]}\n"

enum { MESSAGE = 64 << 20, RATIO = 200, INFLATED = 2 << 20 };

/* ---- inputs of `count` units ---- */

static void append_times(mail_buffer *b, const char *unit, size_t count) {
  while (count--) mail_append_text(b, unit);
}

static mail_buffer make_parts(size_t count) {
  mail_buffer b = {0};
  mail_append_text(&b, MIXED);
  append_times(&b, "--b\n\n\n", count);
  return b;
}

static mail_buffer make_levels(size_t count) {
  mail_buffer b = {0};
  append_times(&b, "Content-Type: multipart/mixed; boundary=b\n\n--b\n", count);
  mail_append_text(&b, "\n" REPORT);
  return b;
}

static mail_buffer make_entries(size_t count) {
  mail_buffer b = {0};
  mail_file *files = calloc(count, sizeof *files);
  assert_non_null(files);
  for (size_t i = 0; i < count; i++) files[i] = (mail_file){"a.json", REPORT, sizeof REPORT - 1};
  mail_append_zip(&b, files, count);
  free(files);
  return b;
}

static mail_buffer make_reports(size_t count) {
  mail_buffer b = {0};
  mail_append_text(&b, MIXED);
  append_times(&b, "--b\nContent-Type: application/json\n\n" REPORT, count);
  return b;
}

/* `count` bytes of one letter. */
static mail_buffer make_run(const char *begin, size_t count, const char *end) {
  mail_buffer b = {0};
  char *letters = malloc(count + !count);
  assert_non_null(letters);
  memset(letters, 'x', count);
  mail_append_text(&b, begin);
  mail_append(&b, letters, count);
  mail_append_text(&b, end);
  free(letters);
  return b;
}

static mail_buffer make_header(size_t count) {
  static const char begin[] = "Content-Type: application/json\nX:";
  return make_run(begin, count - (sizeof begin - 1) - 1, "\n\n" REPORT);
}

static mail_buffer make_message(size_t count) { return make_run("Subject: a\n\n", count - 12, ""); }

/* A zip of files of at most the greatest length of a message, together `count` bytes. */
static mail_buffer make_inflated(size_t count) {
  mail_buffer b = {0};
  mail_file files[8];
  size_t files_count = 0;
  char *blanks = malloc(MESSAGE);
  assert_non_null(blanks);
  memset(blanks, ' ', MESSAGE);
  for (; count; files_count++) {
    files[files_count] = (mail_file){"a.json", blanks, count < MESSAGE ? count : MESSAGE};
    count -= files[files_count].len;
  }
  mail_append_zip(&b, files, files_count);
  free(blanks);
  return b;
}

/* A mail with a zip file of 2 MiB of blanks, which is so long that `count` is its ratio. */
static mail_buffer make_ratio(size_t count) {
  mail_buffer zip = make_inflated(INFLATED);
  mail_buffer b = {0};
  mail_append_text(&b, MIXED "--b\nContent-Type: application/zip\nContent-Transfer-Encoding: base64\n\n");
  mail_append_base64(&b, &zip);
  free(zip.data);
  mail_append_text(&b, "\n--b--\n");
  assert_true(b.len < INFLATED / count);
  for (size_t i = INFLATED / count - b.len; i; i--) mail_append_text(&b, "x");
  return b;
}

/* ---- limits ---- */

typedef struct limit {
  limit_member member;
  uint64_t value; /* the default */
  mail_buffer (*make)(size_t count);
} limit;

#define LIMIT(member) LIMIT_MEMBER(trpt_mail_options, member)
static const limit limits[] = {
    {LIMIT(max_parts), 1000, make_parts},        {LIMIT(max_nesting), 16, make_levels},
    {LIMIT(max_entries), 10000, make_entries},   {LIMIT(max_reports), 1000, make_reports},
    {LIMIT(max_ratio), RATIO, make_ratio},       {LIMIT(max_header), 262144, make_header},
    {LIMIT(max_message), MESSAGE, make_message}, {LIMIT(max_inflated), 268435456, make_inflated},
};

/* The limit that an input exceeds, as in the message: its name and value; "" if it exceeds none. */
static const char *exceeded(const mail_buffer *b, const trpt_mail_options *options) {
  static char found[sizeof((trpt_error *)NULL)->message];
  trpt_mail *mail;
  const trpt_mail_item *item;
  found[0] = 0;
  assert_int_equal(trpt_mail_new(&mail, options), TRPT_OK);
  assert_int_equal(trpt_mail_open_bytes(mail, b->data, b->len), TRPT_OK);
  while (trpt_mail_next(mail, &item) == TRPT_OK)
    if (item->error && item->error->status == TRPT_E_LIMIT) {
      const char *name = strstr(item->error->message, "max_");
      snprintf(found, sizeof found, "%s", name ? name : item->error->message);
    }
  trpt_mail_free(mail);
  return found;
}

/* `value`: of the limit; 0: its default. */
static void check(const limit *l, const mail_buffer *b, uint64_t value, bool is_beyond) {
  char expected[64] = "";
  trpt_mail_options options = {.struct_size = sizeof options};
  /* All other limits are far away. */
  for (size_t i = 0; i < COUNT(limits); i++)
    limit_set(&options, &limits[i].member, limits[i].make == make_levels ? 1000 : UINT32_MAX);
  limit_set(&options, &l->member, value);
  if (is_beyond) snprintf(expected, sizeof expected, "%s (%" PRIu64, l->member.name, value ? value : l->value);
  const char *found = exceeded(b, &options);
  if (is_beyond ? strncmp(found, expected, strlen(expected)) != 0 : *found)
    fail_msg("%s is %" PRIu64 ": exceeded: '%s'", l->member.name, value, found);
}

static void test_defaults(void **state) {
  (void)state;
  for (size_t i = 0; i < COUNT(limits); i++) {
    const limit *l = &limits[i];
    mail_buffer at = l->make((size_t)l->value);
    check(l, &at, 0, false);
    check(l, &at, l->value - 1, true);
    free(at.data);
    mail_buffer beyond = l->make((size_t)l->value + 1);
    check(l, &beyond, 0, true);
    check(l, &beyond, l->value + 1, false);
    free(beyond.data);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_defaults),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
