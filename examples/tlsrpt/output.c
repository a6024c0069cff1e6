/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void output_begin(void) {
  /* A closed descriptor would become that of the next file to be opened, and output would go into it. */
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != fd) exit(STATUS_FAILED);
  /* A closed pipe is told by write. */
  signal(SIGPIPE, SIG_IGN);
}

static _Noreturn void output_failed(int why) {
  if (why != EPIPE) fprintf(stderr, "tlsrpt: the output cannot be written: %s\n", strerror(why));
  /* What is left in stdout's buffer cannot be written either. */
  _Exit(STATUS_FAILED);
}

static void write_all(const char *data, size_t len) {
  if (len && fwrite(data, 1, len, stdout) != len) output_failed(errno);
}

void output_text(const char *text) { write_all(text, strlen(text)); }

void output_buffer(buffer *b) {
  if (b->failed) output_no_memory();
  write_all(b->data, b->len);
  buffer_clear(b);
}

void output_flush(void) {
  if (fflush(stdout)) output_failed(errno);
}

void message_buffer(buffer *b) {
  output_flush();
  fputs("tlsrpt: ", stderr);
  if (b->len) fwrite(b->data, 1, b->len, stderr);
  fputc('\n', stderr);
  buffer_clear(b);
}

void message_text(const char *text) {
  output_flush();
  fprintf(stderr, "tlsrpt: %s\n", text);
}

void output_no_memory(void) {
  message_text("there is not enough memory");
  exit(STATUS_FAILED);
}
