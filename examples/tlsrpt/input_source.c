/* SPDX-License-Identifier: MIT */
#include "input_source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"
#include "standard_output.h"

/* Limit of nested folders. Each level takes a stack frame, a descriptor and the names of its entries. */
enum { DEPTH_MAX = 128 };

static void fail(const input_visitor *v, const char *path, uint64_t item, const char *why) {
  const problem p = problem_io(why);
  v->fail(v->user, &(input_source){.name = path, .item = item, .fd = -1}, &p);
}

static const char *unreadable_reason(mode_t mode) {
  if (S_ISDIR(mode)) return "This is a folder. Name a file.";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "This is a device. Devices are not read.";
  if (S_ISFIFO(mode)) return "This is a FIFO. Within a folder or a list, FIFOs are not read.";
  if (S_ISSOCK(mode)) return "This is a socket. Sockets are not read.";
  return "This is not a file, a folder or a FIFO.";
}

/* `name` is relative to the folder `at`. `is_operand`: the user named this path. Other files are opened without
   blocking, because they may have been replaced by a FIFO since their type was checked, and its writer must not be
   waited for. */
static void visit_file(int at, const char *name, input_source s, bool is_operand, const input_visitor *v) {
  struct stat status;
  s.fd = openat(at, name, O_RDONLY | O_NOCTTY | O_CLOEXEC | (is_operand ? 0 : O_NONBLOCK));
  if (s.fd < 0 || fstat(s.fd, &status)) {
    fail(v, s.name, s.item, strerror(errno));
  } else if (S_ISREG(status.st_mode) || (is_operand && S_ISFIFO(status.st_mode))) {
    s.can_block = !S_ISREG(status.st_mode);
    s.remaining = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
    v->read(v->user, &s);
  } else {
    fail(v, s.name, s.item, unreadable_reason(status.st_mode));
  }
  if (s.fd >= 0) close(s.fd);
}

static void visit(const char *path, unsigned depth, const input_visitor *v);

static void visit_folder(const char *path, unsigned depth, const input_visitor *v) {
  if (depth == DEPTH_MAX) {
    fail(v, path, 0, "Folders are nested more than 128 levels deep.");
    return;
  }
  folder f;
  const int error = folder_open(&f, path);
  if (error) fail(v, path, 0, strerror(error));
  buffer entry = {0};
  buffer_text(&entry, path);
  if (entry.len && path[entry.len - 1] != '/') buffer_text(&entry, "/");
  const size_t prefix_len = entry.len;
  for (size_t i = 0; i < f.count; i++) {
    const char *name = f.entries[i].name;
    entry.len = prefix_len;
    buffer_add(&entry, name, strlen(name) + 1);
    if (entry.failed) output_no_memory();
    if (f.entries[i].is_file) {
      visit_file(f.fd, name, (input_source){.name = entry.data}, false, v);
    } else {
      visit(entry.data, depth + 1, v);
    }
  }
  buffer_free(&entry);
  folder_close(&f);
}

/* `depth` is 0 if the user named this path. */
static void visit(const char *path, unsigned depth, const input_visitor *v) {
  struct stat s;
  if (stat(path, &s)) {
    fail(v, path, 0, strerror(errno));
  } else if (S_ISDIR(s.st_mode)) {
    struct stat link;
    if (depth && lstat(path, &link) == 0 && S_ISLNK(link.st_mode)) {
      fail(v, path, 0, "This is a symbolic link to a folder. Such links are not followed.");
    } else {
      visit_folder(path, depth, v);
    }
  } else if (S_ISREG(s.st_mode) || (depth == 0 && S_ISFIFO(s.st_mode))) {
    visit_file(AT_FDCWD, path, (input_source){.name = path}, depth == 0, v);
  } else {
    fail(v, path, 0, unreadable_reason(s.st_mode));
  }
}

static void visit_stdin(const input_visitor *v) {
  input_source s = input_stdin();
  v->read(v->user, &s);
}

void input_visit(const char *path, const input_visitor *visitor) {
  if (strcmp(path, "-") == 0)
    visit_stdin(visitor);
  else
    visit(path, 0, visitor);
}

void input_visit_named_file(const char *path, const input_visitor *visitor) {
  if (strcmp(path, "-") == 0)
    visit_stdin(visitor);
  else
    visit_file(AT_FDCWD, path, (input_source){.name = path}, true, visitor);
}

void input_visit_file(const char *path, uint64_t item, const input_visitor *visitor) {
  visit_file(AT_FDCWD, path, (input_source){.name = path, .item = item}, false, visitor);
}

input_source input_stdin(void) { return (input_source){.name = "-", .fd = STDIN_FILENO, .can_block = true}; }

/* Flushes the output before a read that would block: the writer may be waiting for it before it sends more input. */
static void flush_before_wait(const input_source *s) {
  struct pollfd p = {.fd = s->fd, .events = POLLIN};
  if (s->can_block && poll(&p, 1, 0) == 0) output_flush();
}

static volatile sig_atomic_t interrupted;
static uint64_t bytes_read;

static void interrupt(int number) {
  (void)number;
  interrupted = 1;
}

void input_stop_on_interrupt(void) {
  /* Without SA_RESTART, so a blocking read returns. SA_RESETHAND: a second SIGINT ends the command. */
  struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
}

bool input_interrupted(void) { return interrupted; }

uint64_t input_bytes(void) { return bytes_read; }

long input_read(input_source *s, char *data, size_t capacity) {
  ssize_t n;
  flush_before_wait(s);
  do {
    n = interrupted ? 0 : read(s->fd, data, capacity);
  } while (n < 0 && errno == EINTR);
  if (n > 0) bytes_read += (uint64_t)n;
  return (long)n;
}

static char chunk[65536];

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
  return n;
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
