/* SPDX-License-Identifier: MIT */
/* Many reports on standard input: each item is returned once and in order, and its bytes are in the input. The first byte
   of the input selects the framing; the rest is standard input. */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>

#include "base64.h"
#include "framing.h"
#include "fuzzing.h"
#include "mail_reader.h"

typedef struct seen {
  const uint8_t *data;
  size_t len;
  size_t at; /* end of the last item */
  uint64_t items;
  uint64_t failures;
  bool is_u32;
} seen;

static void check_name(const input_source *s) {
  CHECK(s->name && *s->name);
  buffer label = {0};
  input_label(&label, s);
  CHECK(label.len && !label.data[label.len - 1]);
  buffer_free(&label);
}

/* The item is the next frame of the input: its length, then its bytes. */
static void check_frame(seen *v, const char *data, size_t len) {
  for (;;) {
    CHECK(v->len - v->at >= 4);
    const uint8_t *head = v->data + v->at;
    const uint32_t len_field = (uint32_t)head[0] << 24 | (uint32_t)head[1] << 16 | (uint32_t)head[2] << 8 | head[3];
    v->at += 4;
    if (len_field == UINT32_MAX) continue;
    CHECK(len_field == len && v->len - v->at >= len && memcmp(v->data + v->at, data, len) == 0);
    v->at += len;
    return;
  }
}

static void read_item(void *user, input_source *s) {
  seen *v = user;
  const char *data;
  check_name(s);
  const long n = input_next(s, &data);
  CHECK(n >= 0);
  CHECK(input_next(s, &(const char *){NULL}) == 0);
  v->items++;
  if (v->is_u32) check_frame(v, data, (size_t)n);
}

static void fail_item(void *user, const input_source *s, const problem *p) {
  seen *v = user;
  check_name(s);
  CHECK(p->status && p->error.message[0]);
  v->failures++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static int input = -1;
  if (!size) return 0;
  if (input < 0) {
    input = memfd_create("input", 0);
    if (input < 0 || dup2(input, STDIN_FILENO) < 0) abort();
  }
  const bool is_u32 = data[0] & 1;
  data++;
  size--;
  if (ftruncate(input, 0) || pwrite(input, data, size, 0) != (ssize_t)size || lseek(STDIN_FILENO, 0, SEEK_SET)) abort();
  seen v = {.data = data, .len = size, .is_u32 = is_u32};
  framing_visit(is_u32 ? FRAMING_U32 : FRAMING_LINES,
                &(input_visitor){.read = read_item, .fail = fail_item, .user = &v});
  if (is_u32) return 0;
  /* Each line is an item or a failure; the last one may lack its line feed. */
  uint64_t lines = size && data[size - 1] != '\n';
  for (size_t i = 0; i < size; i++) lines += data[i] == '\n';
  CHECK(v.items + v.failures == lines);
  return 0;
}
