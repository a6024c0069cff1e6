/* SPDX-License-Identifier: MIT */
#include "standard_output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "escape.h"
#include "progress.h"
#include "system_calls.h"

enum { OUT_SIZE = 256 * 1024, UNITS_MAX = 2048 };

/* Global because there is only one standard output. */
static struct {
  char data[OUT_SIZE];
  size_t len;
  size_t units[UNITS_MAX]; /* ends of the units in `data` */
  size_t unit_count;
  uint64_t unfinished; /* bytes already written of a unit that has not ended */
  bool has_units;
  const char *path; /* of the file that output_to opened, or NULL */
  bool is_locked;   /* the file */
  buffer header;    /* is not written yet */
  bool is_delivery;
  bool is_exit_zero;
  bool (*wait)(void);
  buffer notes; /* messages to be written after the output that precedes them */
} out;

void output_begin(void) {
  /* A closed descriptor would be reused by the next file to be opened, and output would go into that file. */
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != fd) exit(STATUS_FAILED);
  system_ignore_write_signals();
}

void output_delivery(void) { out.is_delivery = true; }

void output_wait_with(bool (*wait)(void)) { out.wait = wait; }

void output_exit_zero(void) { out.is_exit_zero = true; }

int output_status(int status) {
  if (out.is_exit_zero && (status == STATUS_BAD_INPUT || status == STATUS_EXCEEDED)) return STATUS_GOOD;
  if (!out.is_delivery) return status;
  return status == STATUS_FAILED ? EX_TEMPFAIL : EX_OK;
}

int status_of_both(int a, int b) {
  static const int order[] = {STATUS_INTERRUPTED, STATUS_FAILED, STATUS_BAD_INPUT, STATUS_EXCEEDED, STATUS_UNKNOWN};
  for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
    if (a == order[i] || b == order[i]) return order[i];
  return STATUS_GOOD;
}

static ssize_t write_some(int fd, const char *data, size_t len) {
  ssize_t n;
  do {
    n = write(fd, data, len);
  } while (n < 0 && errno == EINTR);
  return n;
}

/* Ignores errors: there is no other place to report them. */
static void write_message(const char *data, size_t len) {
  if (len) progress_hide();
  while (len) {
    const ssize_t n = write_some(STDERR_FILENO, data, len);
    if (n <= 0) return;
    data += n;
    len -= (size_t)n;
  }
}

static void write_notes(void) {
  write_message(out.notes.data, out.notes.len);
  buffer_clear(&out.notes);
}

/* Removes the partial unit of `len` bytes that a full disk left at the end of the output, if that is a file that no other
   process has extended. */
static void remove_partial_unit(uint64_t len) {
  struct stat s;
  const off_t at = lseek(STDOUT_FILENO, 0, SEEK_CUR);
  if (!out.has_units || len == 0 || fstat(STDOUT_FILENO, &s) || !S_ISREG(s.st_mode)) return;
  if (at != s.st_size || (uint64_t)at < len) return;
  /* If this fails there is no remedy, and the write error is reported anyway. */
  if (ftruncate(STDOUT_FILENO, at - (off_t)len) == 0) lseek(STDOUT_FILENO, at - (off_t)len, SEEK_SET);
}

/* `written`: bytes of `out.data` that were written. */
static _Noreturn void output_failed(int error, size_t written) {
  size_t complete = 0;
  bool any = false;
  for (size_t i = 0; i < out.unit_count && out.units[i] <= written; i++) {
    complete = out.units[i];
    any = true;
  }
  remove_partial_unit(any ? written - complete : out.unfinished + written);
  write_notes();
  /* A delivery says why it failed, since a mail server waits for it and not a reader. */
  if (error == EPIPE && !out.is_delivery) {
    system_end_by_closed_pipe();
  } else {
    static const char message[] = "tlsrpt: cannot write the output: ";
    const char *text = strerror(error);
    buffer path = {0}; /* stays empty without memory */
    if (out.path) {
      escape_terminal(&path, out.path, strlen(out.path));
      buffer_text(&path, ": ");
    }
    write_message(message, sizeof message - 1);
    write_message(path.data, path.len);
    write_message(text, strlen(text));
    write_message("\n", 1);
  }
  _exit(output_status(STATUS_FAILED));
}

static void open_file(void) {
  const int fd = open(out.path, O_WRONLY | O_APPEND | O_CREAT | O_NOCTTY | O_CLOEXEC, 0666);
  if (fd < 0 || !system_replace(fd, STDOUT_FILENO)) output_failed(errno, 0);
  close(fd);
}

/* The file is empty and locked, so a partial header is removed again. */
static void write_header(void) {
  size_t written = 0;
  while (written < out.header.len) {
    const ssize_t n = write_some(STDOUT_FILENO, out.header.data + written, out.header.len - written);
    if (n <= 0) {
      const int error = n ? errno : EIO;
      const bool is_removed = ftruncate(STDOUT_FILENO, 0) == 0;
      output_failed(is_removed ? error : errno, 0);
    }
    written += (size_t)n;
  }
}

/* Waits for other writers. If one of them, or a log rotation, replaced the file, opens the new one. */
static void lock_file(void) {
  struct stat opened;
  struct stat named;
  for (;;) {
    if (fstat(STDOUT_FILENO, &opened)) output_failed(errno, 0);
    if (!S_ISREG(opened.st_mode)) break;
    if (!system_lock(STDOUT_FILENO)) output_failed(errno, 0);
    if (fstat(STDOUT_FILENO, &opened)) output_failed(errno, 0);
    if (stat(out.path, &named) == 0 && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino) break;
    open_file();
  }
  out.is_locked = true;
  if (!S_ISREG(opened.st_mode) || opened.st_size == 0) write_header();
  buffer_clear(&out.header);
}

/* A unit that is larger than the buffer keeps the lock until it ends. */
static void unlock_file(void) {
  if (!out.is_locked || out.unfinished) return;
  system_unlock(STDOUT_FILENO);
  out.is_locked = false;
}

void output_to(const char *path) {
  out.path = path;
  open_file();
}

void output_header(buffer *b) {
  if (!out.path) {
    output_buffer(b);
    output_end_unit();
    return;
  }
  buffer_append(&out.header, b);
  if (out.header.failed) output_no_memory();
  buffer_clear(b);
}

static void write_out(void) {
  size_t written = 0;
  if (out.path && out.len && !out.is_locked) lock_file();
  while (written < out.len) {
    const ssize_t n = write_some(STDOUT_FILENO, out.data + written, out.len - written);
    if (n <= 0) output_failed(n ? errno : EIO, written);
    written += (size_t)n;
  }
  out.unfinished = out.unit_count ? out.len - out.units[out.unit_count - 1] : out.unfinished + out.len;
  out.unit_count = 0;
  out.len = 0;
  unlock_file();
}

static void add(const char *data, size_t len) {
  while (len) {
    const size_t available = OUT_SIZE - out.len;
    const size_t n = len < available ? len : available;
    memcpy(out.data + out.len, data, n);
    out.len += n;
    data += n;
    len -= n;
    if (out.len == OUT_SIZE) write_out();
  }
}

void output_text(const char *text) { add(text, strlen(text)); }

void output_buffer(buffer *b) {
  if (b->failed) output_no_memory();
  /* A text that fits into one write is not split. */
  if (b->len > OUT_SIZE - out.len && b->len <= OUT_SIZE) write_out();
  if (b->len) add(b->data, b->len);
  buffer_clear(b);
}

void output_end_unit(void) {
  out.has_units = true;
  if (out.unit_count == UNITS_MAX) write_out();
  if (out.len) out.units[out.unit_count++] = out.len;
  if (!out.len) {
    out.unfinished = 0;
    unlock_file();
  }
}

void output_flush(void) {
  write_out();
  write_notes();
}

void output_end(void) {
  output_flush();
  if (out.header.len) lock_file();
  /* A mail server deletes a mail once its delivery has succeeded. */
  if (out.path && out.is_delivery && fsync(STDOUT_FILENO) && errno != EINVAL && errno != EROFS) output_failed(errno, 0);
  /* Some file systems report a full disk only here. */
  if (close(STDOUT_FILENO) && errno != EINTR) output_failed(errno, 0);
  buffer_free(&out.notes);
  buffer_free(&out.header);
}

void note_buffer(buffer *b) {
  enum { NOTES_MAX = 64 * 1024 };
  buffer_text(&out.notes, "tlsrpt: ");
  buffer_append(&out.notes, b);
  buffer_text(&out.notes, "\n");
  buffer_clear(b);
  if (out.notes.len >= NOTES_MAX) output_flush();
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
  static const char message[] = "tlsrpt: out of memory\n";
  if (!out.wait || out.wait()) output_flush();
  write_message(message, sizeof message - 1);
  exit(output_status(STATUS_FAILED));
}
