/* SPDX-License-Identifier: MIT */
/* The command with a file, and with the same bytes from a pipe. It ends with a documented status and says the same both times; a status of
   1 has a reason; JSON is JSON, and no output has control characters that a terminal executes. After a leading "#", an input has one
   control byte, which chooses the subcommand and its options.

   Each command runs in a process of its own, since it ends with exit and has global state. That costs about a millisecond, and the
   fuzzer sees nothing of what happens there: its mutations are blind. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <yajl/yajl_parse.h>

#include "command.h"
#include "fuzzing.h"
#include "standard_output.h"

enum { MAX_ARGUMENTS = 4, PIPE_SIZE = 65536 };

typedef struct invocation {
  int (*run)(int argc, char **argv);
  bool is_json; /* each line of the output is one text */
  const char *options[MAX_ARGUMENTS];
} invocation;

/* The name of standard input, "-", would get a guard against formulas. */
static const invocation invocations[] = {
    {command_report, true, {"--format", "json"}},
    {command_report, true, {"--format", "ndjson"}},
    {command_report, false, {"--format", "csv", "--no-formula-guard"}},
    {command_report, false, {"--format", "tsv", "--no-header", "--no-formula-guard"}},
    {command_report, false, {"--verbose"}},
    {command_report, true, {"--strict", "--format", "json"}},
    {command_report, true, {"--tokenizer", "yajl", "--format", "json"}},
    {command_report, false, {"--authserv-id", "mx.example.com", "--require-dkim"}},
    {command_report, false, {"--max-string", "20", "--max-input", "3000"}},
    {command_lint, false, {NULL}},
    {command_lint, true, {"--format", "json"}},
    {command_summary, false, {NULL}},
    {command_summary, true, {"--format", "json"}},
    {command_summary, false, {"--format", "html"}},
    {command_summary, false, {"--format", "prometheus"}},
};

/* What one run of the command left. */
typedef struct result {
  int status;
  fuzz_output out, messages;
} result;

static int memory_file(void) {
  const int fd = memfd_create("", 0);
  CHECK(fd >= 0);
  return fd;
}

static fuzz_output take_output(int fd) {
  fuzz_output output = {.len = (size_t)lseek(fd, 0, SEEK_END)};
  output.bytes = malloc(output.len + 1);
  CHECK(output.bytes && pread(fd, output.bytes, output.len, 0) == (ssize_t)output.len);
  output.bytes[output.len] = '\0';
  close(fd);
  return output;
}

/* Of the file, which is its only content. */
static char folder[] = "/tmp/fuzz_command.XXXXXX";
static char path_of_file[sizeof folder + 2];
static pid_t fuzzer;

/* A child that calls exit leaves the folder to the others. */
static void remove_folder(void) {
  if (getpid() != fuzzer) return;
  unlink(path_of_file);
  rmdir(folder);
}

/* The page of summary gets a fixed time of creation. */
static void set_up(void) {
  if (fuzzer) return;
  fuzzer = getpid();
  CHECK(mkdtemp(folder) && atexit(remove_folder) == 0 && setenv("SOURCE_DATE_EPOCH", "1772409600", 1) == 0);
  snprintf(path_of_file, sizeof path_of_file, "%s/-", folder);
}

/* Never returns. */
static void run_in_child(const invocation *i, const char *path, int in, int out, int messages) {
  char *argv[MAX_ARGUMENTS + 2];
  int argc = 0;
  while (argc < MAX_ARGUMENTS && i->options[argc]) {
    argv[argc] = strdup(i->options[argc]);
    argc++;
  }
  argv[argc++] = strdup(path);
  argv[argc] = NULL;
  if (chdir(folder) || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(messages, STDERR_FILENO) < 0)
    _exit(99);
  output_begin();
  const int status = i->run(argc, argv);
  output_end();
  _exit(output_status(status));
}

static result run(const invocation *i, const char *path, int in) {
  result r;
  int status;
  const int out = memory_file(), messages = memory_file();
  const pid_t child = fork();
  CHECK(child >= 0);
  if (!child) run_in_child(i, path, in, out, messages);
  CHECK(waitpid(child, &status, 0) == child);
  r.out = take_output(out);
  r.messages = take_output(messages);
  if (!WIFEXITED(status) || strstr(r.messages.bytes, "SUMMARY: ")) {
    fprintf(stderr, "%s", r.messages.bytes);
    abort();
  }
  r.status = WEXITSTATUS(status);
  return r;
}

static result run_with_pipe(const invocation *i, const uint8_t *data, size_t size) {
  int ends[2];
  CHECK(pipe(ends) == 0 && write(ends[1], data, size) == (ssize_t)size);
  close(ends[1]);
  const result r = run(i, "-", ends[0]);
  close(ends[0]);
  return r;
}

/* The file is named so that only two bytes distinguish its name from that of standard input. */
static result run_with_file(const invocation *i, const uint8_t *data, size_t size) {
  const int file = open(path_of_file, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  CHECK(file >= 0 && write(file, data, size) == (ssize_t)size);
  close(file);
  const int none = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const result r = run(i, "./-", none);
  close(none);
  return r;
}

/* The names that the command gives to the file, and to the items of standard input, become "-". */
static void same_name(fuzz_output *output) {
  static const char *const names[] = {"./-", "stdin"};
  size_t len = 0;
  for (size_t i = 0; i < output->len;) {
    size_t name = 0;
    while (name < 2 && strncmp(output->bytes + i, names[name], strlen(names[name])) != 0) name++;
    output->bytes[len++] = name < 2 ? '-' : output->bytes[i];
    i += name < 2 ? strlen(names[name]) : 1;
  }
  output->len = len;
  output->bytes[len] = '\0';
}

static void check_same(const char *what, fuzz_output *a, fuzz_output *b) {
  same_name(a);
  same_name(b);
  if (a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0) return;
  fprintf(stderr, "%s of a file:\n%s---- and of a pipe:\n%s", what, a->bytes, b->bytes);
  abort();
}

static void check_json(const fuzz_output *output) {
  for (size_t at = 0; at < output->len;) {
    const char *line = output->bytes + at;
    const char *end = memchr(line, '\n', output->len - at);
    CHECK(end);
    yajl_handle reader = yajl_alloc(NULL, NULL, NULL);
    CHECK(yajl_parse(reader, (const unsigned char *)line, (size_t)(end - line)) == yajl_status_ok);
    CHECK(yajl_complete_parse(reader) == yajl_status_ok);
    yajl_free(reader);
    at += (size_t)(end - line) + 1;
  }
}

static void check_control_characters(const fuzz_output *output) {
  for (size_t i = 0; i < output->len; i++) {
    const unsigned char c = (unsigned char)output->bytes[i];
    CHECK(c >= 0x20 || c == '\n' || c == '\t' || (c == '\r' && output->bytes[i + 1] == '\n'));
    CHECK(c != 0x7F && !(c == 0xC2 && (unsigned char)output->bytes[i + 1] < 0xA0));
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const size_t count = sizeof invocations / sizeof invocations[0];
  const invocation *i = &invocations[size % count];
  if (size >= 2 && data[0] == '#') {
    i = &invocations[data[1] % count];
    data += 2;
    size -= 2;
  }
  if (size > PIPE_SIZE) return 0;
  set_up();
  result file = run_with_file(i, data, size);
  result pipe = run_with_pipe(i, data, size);
  CHECK(file.status == pipe.status && (file.status == STATUS_GOOD || file.status == STATUS_BAD_INPUT));
  CHECK(file.status == STATUS_GOOD || file.out.len + file.messages.len);
  check_same("the output", &file.out, &pipe.out);
  check_same("messages", &file.messages, &pipe.messages);
  check_control_characters(&file.out);
  check_control_characters(&file.messages);
  if (i->is_json) check_json(&file.out);
  free(file.out.bytes);
  free(file.messages.bytes);
  free(pipe.out.bytes);
  free(pipe.messages.bytes);
  return 0;
}
