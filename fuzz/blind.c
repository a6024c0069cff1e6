/* SPDX-License-Identifier: MIT */
/* Drives a fuzz target without feedback: each execution changes an input of a corpus at random. The target needs no instrumentation and
   runs many times as fast as with libFuzzer. So libFuzzer finds a corpus, and this engine checks the property millions of times.

   usage: fuzz_TARGET EXECUTIONS SEED FOLDER [N]
   The same arguments give the same inputs. The first input that fails is written to failed-SEED in the current folder. With N, a target
   that has a brief check does only that, except for one input in N, which a hash of the input selects. N must be a power of 2.

   An input ends where inaccessible memory begins, or begins where such memory ends, so that without a sanitizer, too, each byte that is
   read beyond it is an error. */

#define _XOPEN_SOURCE 700
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "fuzzing.h"
#include "guarded.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
/* A target may have its own. */
__attribute__((weak)) size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);
__attribute__((weak)) void fuzz_brief(const uint8_t *data, size_t size);

enum { MAX_LEN = 4096, HANG_SECONDS = 20, EXECUTIONS_PER_TIMER = 1000 };

typedef struct input {
  uint8_t *data;
  size_t len;
} input;

static input *corpus;
static size_t corpus_count;
static uint64_t state;
static uint8_t *current; /* between two inaccessible pages */
static volatile size_t current_len;
static volatile uint64_t execution; /* counted from 0 */
static char failed_path[64];

static size_t below(size_t limit) { return fuzz_below(&state, limit); }

/* ---- corpus ---- */

static void add_input(const char *path) {
  FILE *file = fopen(path, "rb");
  CHECK(file);
  uint8_t *data = malloc(MAX_LEN + 1);
  CHECK(data);
  const size_t len = fread(data, 1, MAX_LEN + 1, file);
  fclose(file);
  if (len > MAX_LEN) {
    free(data);
    return;
  }
  corpus = realloc(corpus, (corpus_count + 1) * sizeof *corpus);
  CHECK(corpus);
  /* Close together, so that most are in the processor's cache. */
  corpus[corpus_count++] = (input){fuzz_copy(data, len), len};
  free(data);
}

static int by_bytes(const void *a, const void *b) {
  const input *x = a, *y = b;
  const int order = memcmp(x->data, y->data, x->len < y->len ? x->len : y->len);
  return order ? order : (x->len > y->len) - (x->len < y->len);
}

static void read_corpus(const char *folder) {
  DIR *dir = opendir(folder);
  CHECK(dir);
  char path[4096];
  for (const struct dirent *entry; (entry = readdir(dir));) {
    if (entry->d_name[0] == '.') continue;
    CHECK(snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) < (int)sizeof path);
    add_input(path);
  }
  closedir(dir);
  CHECK(corpus_count);
  /* So that the order of the folder changes nothing. */
  qsort(corpus, corpus_count, sizeof *corpus, by_bytes);
}

/* ---- changes ---- */

/* Replaces `old` bytes at `at` by these, which are not in `data`. Returns the new size, or `size` where the result would be too long. */
static size_t put(uint8_t *data, size_t size, size_t max_size, size_t at, size_t old, const uint8_t *bytes,
                  size_t len) {
  if (size - old + len > max_size) return size;
  memmove(data + at + len, data + at + old, size - at - old);
  if (len) memcpy(data + at, bytes, len);
  return size - old + len;
}

/* The shorter of two, since a short input takes less time. */
static const input *choose_input(void) {
  const input *a = &corpus[below(corpus_count)], *b = &corpus[below(corpus_count)];
  return a->len < b->len ? a : b;
}

/* A part of one of the corpus's inputs, often a short one. */
static input choose_part(void) {
  const input *from = &corpus[below(corpus_count)];
  if (!from->len) return *from;
  const size_t at = below(from->len);
  const size_t most = below(2) ? from->len - at : 16;
  const size_t len = 1 + below(most);
  return (input){from->data + at, len < from->len - at ? len : from->len - at};
}

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size) {
  static const uint8_t bytes[] = {0,   1,   0x7F, 0x80, 0xFF, '\n', '\r', ' ', '"', '\\',
                                  ',', ':', '[',  ']',  '{',  '}',  '0',  '9', ';', '='};
  const size_t at = below(size + 1);
  const size_t left = size - at;
  const input part = choose_part();
  const size_t old = left ? below(left < 32 ? left + 1 : 32) : 0;
  switch (below(6)) {
  case 0:
    if (left) data[at] ^= (uint8_t)(1U << below(8));
    return size;
  case 1:
    if (left) data[at] = bytes[below(sizeof bytes)];
    return size;
  case 2: return put(data, size, max_size, at, 0, &bytes[below(sizeof bytes)], 1);
  case 3: return put(data, size, max_size, at, old, NULL, 0);
  case 4: return put(data, size, max_size, at, 0, part.data, part.len);
  default: return put(data, size, max_size, at, old, part.data, part.len);
  }
}

/* Up to four changes, the first by the target's own mutator. */
static size_t mutate(uint8_t *data, size_t size) {
  size_t changes = 1 + below(4);
  if (LLVMFuzzerCustomMutator) {
    size = LLVMFuzzerCustomMutator(data, size, MAX_LEN, (unsigned)below(UINT32_MAX));
    changes--;
  }
  for (; changes; changes--) size = LLVMFuzzerMutate(data, size, MAX_LEN);
  return size;
}

/* ---- run ---- */

/* Copies the input to where it ends with the memory or, by turns, begins with it. */
static void place(uint8_t *memory, const uint8_t *data, size_t len, bool at_end) {
  current = at_end ? memory + MAX_LEN - len : memory;
  current_len = len;
  if (len) memcpy(current, data, len);
}

/* Whether it is one of the inputs, one in `every`, that get all checks. */
static bool is_chosen(const uint8_t *data, size_t len, uint64_t every) {
  uint64_t hash = len;
  for (; len >= sizeof hash; data += sizeof hash, len -= sizeof hash) {
    uint64_t word;
    memcpy(&word, data, sizeof word);
    hash = fuzz_mix(hash ^ word);
  }
  for (; len; len--) hash = fuzz_mix(hash ^ data[len - 1]);
  return (hash & (every - 1)) == 0;
}

static void write_failed(int signal_number) {
  const int file = open(failed_path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file >= 0) {
    const ssize_t written = write(file, current, current_len);
    (void)written; /* the process ends all the same */
    close(file);
  }
  dprintf(STDERR_FILENO, "execution %" PRIu64 " failed, signal %d: %s\n", execution, signal_number, failed_path);
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

int main(int argc, char **argv) {
  static const int signals[] = {SIGABRT, SIGVTALRM, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP};
  static uint8_t next[MAX_LEN];
  const uint64_t every = argc == 5 ? strtoull(argv[4], NULL, 10) : 1;
  if (argc < 4 || argc > 5 || every == 0 || (every & (every - 1)) != 0) {
    fprintf(stderr, "usage: %s EXECUTIONS SEED FOLDER [N]\n", argv[0]);
    return 2;
  }
  const uint64_t executions = strtoull(argv[1], NULL, 10);
  state = strtoull(argv[2], NULL, 10);
  snprintf(failed_path, sizeof failed_path, "failed-%" PRIu64, state);
  read_corpus(argv[3]);
  uint8_t *memory = fuzz_guarded(MAX_LEN);
  for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) signal(signals[i], write_failed);
  const clock_t begin = clock();
  uint64_t full = 0;
  for (uint64_t i = 0; i < executions; i++) {
    /* In processor time, since a busy machine is no fault of the target. */
    if (i % EXECUTIONS_PER_TIMER == 0)
      setitimer(ITIMER_VIRTUAL, &(struct itimerval){.it_value.tv_sec = HANG_SECONDS}, NULL);
    const input *from = choose_input();
    if (from->len) memcpy(next, from->data, from->len);
    const size_t len = mutate(next, from->len);
    execution = i;
    place(memory, next, len, i % 2 == 0);
    if (fuzz_brief && !is_chosen(next, len, every)) {
      fuzz_brief(current, len);
    } else {
      LLVMFuzzerTestOneInput(current, len);
      full++;
    }
  }
  printf("%" PRIu64 " executions, %" PRIu64
         " of them with all checks, from %zu inputs in %.0f s of processor time, no failure\n",
         executions, full, corpus_count, (double)(clock() - begin) / CLOCKS_PER_SEC);
  return 0;
}
