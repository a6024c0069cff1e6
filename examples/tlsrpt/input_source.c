/* SPDX-License-Identifier: MIT */
#include "input_source.h"

#include <errno.h>
#include <poll.h>
#include <stdatomic.h>
#include <unistd.h>

#include "standard_output.h"
#include "system_calls.h"

input_source input_stdin(void) { return (input_source){.name = "-", .fd = STDIN_FILENO, .can_block = true}; }

/* Flushes the output before a read that would block: the writer may be waiting for it before it sends more input. */
static void flush_before_wait(const input_source *s) {
  struct pollfd p = {.fd = s->fd, .events = POLLIN};
  if (s->can_block && poll(&p, 1, 0) == 0) output_flush();
}

static atomic_int interrupted; /* lock-free, so a signal handler may set it */
static uint64_t all_bytes;
static _Thread_local uint64_t bytes_read; /* by this thread, not in all_bytes */

static void interrupt(int number) {
  (void)number;
  interrupted = 1;
}

void input_stop_on_interrupt(void) { system_on_interrupt(interrupt); }

bool input_interrupted(void) { return interrupted; }

uint64_t input_bytes(void) { return all_bytes + bytes_read; }

uint64_t input_take_bytes(void) {
  const uint64_t taken = bytes_read;
  bytes_read = 0;
  return taken;
}

void input_add_bytes(uint64_t bytes) { all_bytes += bytes; }

long input_read(input_source *s, char *data, size_t capacity) {
  ssize_t n;
  flush_before_wait(s);
  do {
    n = interrupted ? 0 : read(s->fd, data, capacity);
  } while (n < 0 && errno == EINTR);
  if (n > 0) bytes_read += (uint64_t)n;
  return (long)n;
}

static _Thread_local char chunk[65536];

/* Reads more of a descriptor into the chunk, after its first `begin` bytes. */
static long read_chunk(input_source *s, size_t begin) {
  if (s->ended) return 0;
  const size_t available = sizeof chunk - begin;
  const long n = input_read(s, chunk + begin, available);
  if (n < 0) return n;
  /* A short read that reaches the file's size is its end. This saves a call per file. */
  s->ended = n == 0 || ((size_t)n < available && s->remaining == (uint64_t)n);
  s->remaining = s->remaining > (uint64_t)n ? s->remaining - (uint64_t)n : 0;
  return n;
}

long input_peek(input_source *s, size_t wanted, const char **data) {
  *data = s->fd < 0 ? s->data : chunk;
  if (s->fd < 0) return (long)s->len;
  while (s->peeked < wanted && !s->ended) {
    const long n = read_chunk(s, s->peeked);
    if (n < 0) return n;
    s->peeked += (size_t)n;
  }
  return (long)s->peeked;
}

long input_next(input_source *s, const char **data) {
  long n = (long)s->peeked;
  *data = chunk;
  if (s->fd < 0) {
    n = (long)s->len;
    *data = s->data;
    s->len = 0;
  } else if (n) {
    s->peeked = 0;
  } else {
    n = read_chunk(s, 0);
  }
  if (n <= 0) return n;
  if (!s->chunks++) s->first_len = (size_t)n;
  return n;
}

bool input_rewind(input_source *s) {
  if (s->chunks != 1) return false;
  s->chunks = 0;
  if (s->fd < 0)
    s->len = s->first_len;
  else
    s->peeked = s->first_len;
  return true;
}

void input_label(buffer *out, const input_source *s) {
  buffer_text(out, s->name);
  if (s->item) {
    buffer_text(out, ": item ");
    buffer_number(out, s->item);
  }
  buffer_add(out, "", 1);
  if (out->failed) output_no_memory();
}
