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

/* Folders below folders; each takes a stack frame, a descriptor and the names in it. */
enum { MAX_DEPTH = 128 };

static void fail(const input_visitor *v, const char *path, uint64_t item, const char *why) {
  const problem p = problem_io(why);
  v->fail(v->user, &(input_source){.name = path, .item = item, .fd = -1}, &p);
}

static const char *why_not(mode_t mode) {
  if (S_ISDIR(mode)) return "This is a folder, which is not read here.";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "This is a device, which is not read.";
  if (S_ISFIFO(mode)) return "This is a FIFO; inside a folder or a list it is not read.";
  if (S_ISSOCK(mode)) return "This is a socket, which is not read.";
  return "This is no file, folder or FIFO.";
}

/* `at` is the folder that `name` is in, and `path` both. What was not named by the user may have been exchanged for a FIFO
   since it was looked at: do not wait for its writer. */
static void visit_file(int at, const char *name, input_source s, bool named, const input_visitor *v) {
  struct stat status;
  s.fd = openat(at, name, O_RDONLY | O_NOCTTY | O_CLOEXEC | (named ? 0 : O_NONBLOCK));
  if (s.fd < 0 || fstat(s.fd, &status)) {
    fail(v, s.name, s.item, strerror(errno));
  } else if (S_ISREG(status.st_mode) || (named && S_ISFIFO(status.st_mode))) {
    s.waits = !S_ISREG(status.st_mode);
    s.left = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
    v->read(v->user, &s);
  } else {
    fail(v, s.name, s.item, why_not(status.st_mode));
  }
  if (s.fd >= 0) close(s.fd);
}

static void visit(const char *path, unsigned depth, const input_visitor *v);

static void visit_folder(const char *path, unsigned depth, const input_visitor *v) {
  if (depth == MAX_DEPTH) {
    fail(v, path, 0, "Folders are nested too deeply.");
    return;
  }
  folder f;
  int why = folder_open(&f, path);
  if (why) fail(v, path, 0, strerror(why));
  buffer below = {0};
  buffer_text(&below, path);
  if (below.len && path[below.len - 1] != '/') buffer_text(&below, "/");
  size_t prefix = below.len;
  for (size_t i = 0; i < f.count; i++) {
    const char *name = f.entries[i].name;
    below.len = prefix;
    buffer_add(&below, name, strlen(name) + 1);
    if (below.failed) output_no_memory();
    if (f.entries[i].is_file) {
      visit_file(f.fd, name, (input_source){.name = below.data}, false, v);
    } else {
      visit(below.data, depth + 1, v);
    }
  }
  buffer_free(&below);
  folder_close(&f);
}

/* Depth 0: named by the user. */
static void visit(const char *path, unsigned depth, const input_visitor *v) {
  struct stat s;
  if (stat(path, &s)) {
    fail(v, path, 0, strerror(errno));
  } else if (S_ISDIR(s.st_mode)) {
    struct stat link;
    if (depth && lstat(path, &link) == 0 && S_ISLNK(link.st_mode)) {
      fail(v, path, 0, "This is a symbolic link to a folder, which is not followed.");
    } else {
      visit_folder(path, depth, v);
    }
  } else if (S_ISREG(s.st_mode) || (depth == 0 && S_ISFIFO(s.st_mode))) {
    visit_file(AT_FDCWD, path, (input_source){.name = path}, depth == 0, v);
  } else {
    fail(v, path, 0, why_not(s.st_mode));
  }
}

void input_visit(const char *path, const input_visitor *visitor) {
  if (strcmp(path, "-") == 0) {
    input_source s = input_stdin();
    visitor->read(visitor->user, &s);
  } else {
    visit(path, 0, visitor);
  }
}

void input_visit_file(const char *path, uint64_t item, const input_visitor *visitor) {
  visit_file(AT_FDCWD, path, (input_source){.name = path, .item = item}, false, visitor);
}

input_source input_stdin(void) { return (input_source){.name = "-", .fd = STDIN_FILENO, .waits = true}; }

/* Somebody may wait for what was made of the input so far, before he gives more. */
static void before_read(const input_source *s) {
  struct pollfd p = {.fd = s->fd, .events = POLLIN};
  if (s->waits && poll(&p, 1, 0) == 0) output_flush();
}

static volatile sig_atomic_t interrupted;
static uint64_t bytes_read;

static void interrupt(int number) {
  (void)number;
  interrupted = 1;
}

void input_stop_on_interrupt(void) {
  /* Without SA_RESTART, so that a read that waits returns; a second one ends the command. */
  struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
}

bool input_interrupted(void) { return interrupted; }

uint64_t input_bytes(void) { return bytes_read; }

long input_read(input_source *s, char *data, size_t capacity) {
  ssize_t n;
  before_read(s);
  do {
    n = interrupted ? 0 : read(s->fd, data, capacity);
  } while (n < 0 && errno == EINTR);
  if (n > 0) bytes_read += (uint64_t)n;
  return (long)n;
}

static char chunk[65536];

/* More of a descriptor, behind the `begin` bytes of the chunk. */
static long read_chunk(input_source *s, size_t begin) {
  if (s->ended) return 0;
  const size_t room = sizeof chunk - begin;
  const long n = input_read(s, chunk + begin, room);
  if (n < 0) return n;
  /* A file that gave all that it holds, and less than was asked for, is at its end: this spares a call for each. */
  s->ended = n == 0 || ((size_t)n < room && s->left == (uint64_t)n);
  s->left = s->left > (uint64_t)n ? s->left - (uint64_t)n : 0;
  return n;
}

long input_peek(input_source *s, size_t want, const char **data) {
  *data = s->fd < 0 ? s->data : chunk;
  if (s->fd < 0) return (long)s->len;
  while (s->peeked < want && !s->ended) {
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
