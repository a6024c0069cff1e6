/* SPDX-License-Identifier: MIT */
#include "standard_output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

enum { CAPACITY = 256 * 1024, MAX_UNITS = 2048 };

/* Standard output is the only one there is. */
static struct {
  char data[CAPACITY];
  size_t len;
  size_t units[MAX_UNITS]; /* where units end in `data` */
  size_t unit_count;
  uint64_t unfinished; /* bytes that the system already has of a unit which has not ended */
  bool has_units;
  bool delivers;
  buffer notes; /* messages that wait for the output before them */
} out;

void output_begin(void) {
  /* A closed descriptor would become that of the next file to be opened, and output would go into it. */
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != fd) exit(STATUS_FAILED);
  /* A closed pipe and a file that may not grow are told by write. */
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

void output_delivery(void) { out.delivers = true; }

int output_status(int status) {
  if (!out.delivers) return status;
  return status == STATUS_FAILED ? EX_TEMPFAIL : EX_OK;
}

static ssize_t write_some(int fd, const char *data, size_t len) {
  ssize_t n;
  do {
    n = write(fd, data, len);
  } while (n < 0 && errno == EINTR);
  return n;
}

/* Messages are of no use where they cannot be written. */
static void write_message(const char *data, size_t len) {
  while (len) {
    ssize_t n = write_some(STDERR_FILENO, data, len);
    if (n <= 0) return;
    data += n;
    len -= (size_t)n;
  }
}

static void write_notes(void) {
  write_message(out.notes.data, out.notes.len);
  buffer_clear(&out.notes);
}

/* Takes the half unit back that a full disk left at the end of a file, of which this command wrote the last bytes. */
static void take_back(uint64_t half) {
  struct stat s;
  off_t at = lseek(STDOUT_FILENO, 0, SEEK_CUR);
  if (!out.has_units || half == 0 || fstat(STDOUT_FILENO, &s) || !S_ISREG(s.st_mode)) return;
  if (at != s.st_size || (uint64_t)at < half) return;
  /* Nothing is left to be done where this fails: the message is on its way already. */
  if (ftruncate(STDOUT_FILENO, at - (off_t)half) == 0) lseek(STDOUT_FILENO, at - (off_t)half, SEEK_SET);
}

/* `written`: how much of `out.data` the system has taken. */
static _Noreturn void output_failed(int why, size_t written) {
  size_t whole = 0;
  bool any = false;
  for (size_t i = 0; i < out.unit_count && out.units[i] <= written; i++) {
    whole = out.units[i];
    any = true;
  }
  take_back(any ? written - whole : out.unfinished + written);
  write_notes();
  if (why != EPIPE) {
    static const char message[] = "tlsrpt: the output cannot be written: ";
    const char *text = strerror(why);
    write_message(message, sizeof message - 1);
    write_message(text, strlen(text));
    write_message("\n", 1);
  }
  _exit(output_status(STATUS_FAILED));
}

static void write_out(void) {
  size_t written = 0;
  while (written < out.len) {
    ssize_t n = write_some(STDOUT_FILENO, out.data + written, out.len - written);
    if (n <= 0) output_failed(n ? errno : EIO, written);
    written += (size_t)n;
  }
  out.unfinished = out.unit_count ? out.len - out.units[out.unit_count - 1] : out.unfinished + out.len;
  out.unit_count = 0;
  out.len = 0;
}

static void add(const char *data, size_t len) {
  while (len) {
    size_t room = CAPACITY - out.len;
    size_t n = len < room ? len : room;
    memcpy(out.data + out.len, data, n);
    out.len += n;
    data += n;
    len -= n;
    if (out.len == CAPACITY) write_out();
  }
}

void output_text(const char *text) { add(text, strlen(text)); }

void output_buffer(buffer *b) {
  if (b->failed) output_no_memory();
  /* What fits into one write goes in one. */
  if (b->len > CAPACITY - out.len && b->len <= CAPACITY) write_out();
  if (b->len) add(b->data, b->len);
  buffer_clear(b);
}

void output_unit(void) {
  out.has_units = true;
  if (out.unit_count == MAX_UNITS) write_out();
  if (out.len) out.units[out.unit_count++] = out.len;
  if (!out.len) out.unfinished = 0;
}

void output_flush(void) {
  write_out();
  write_notes();
}

void output_end(void) {
  output_flush();
  /* Some file systems tell only here that there was no room. */
  if (close(STDOUT_FILENO) && errno != EINTR) output_failed(errno, 0);
  buffer_free(&out.notes);
}

void note_buffer(buffer *b) {
  enum { ENOUGH = 64 * 1024 };
  buffer_text(&out.notes, "tlsrpt: ");
  buffer_append(&out.notes, b);
  buffer_text(&out.notes, "\n");
  buffer_clear(b);
  if (out.notes.len >= ENOUGH) output_flush();
}

void message_buffer(buffer *b) {
  note_buffer(b);
  output_flush();
}

void message_text(const char *text) {
  buffer b = {0};
  buffer_text(&b, text);
  message_buffer(&b);
  buffer_free(&b);
}

void output_no_memory(void) {
  static const char message[] = "tlsrpt: there is not enough memory\n";
  output_flush();
  write_message(message, sizeof message - 1);
  exit(output_status(STATUS_FAILED));
}
