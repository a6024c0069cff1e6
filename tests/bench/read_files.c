/* SPDX-License-Identifier: MIT */
/* Folders of reports.
     bench_files write FOLDER COUNT    writes small reports as .gz files
     bench_files senders FOLDER COUNT  writes reports in the layouts of twelve senders as .json files
     bench_files read FOLDER           opens, reads and closes each file and does nothing else: what any program pays
     bench_files parse FOLDER ROUNDS   reads the files into memory, then makes a tree of each, and prints the time of the best round */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "measure.h"
#include "ours.h"

static void write_file(int folder, size_t number, const char *ending, const char *data, size_t len) {
  char name[48];
  snprintf(name, sizeof name, "report-%06zu%s", number, ending);
  const int file = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0 || write(file, data, len) != (ssize_t)len || close(file) != 0) die(name);
}

static void write_files(const char *path, const char *ending, corpus c) {
  if (!c.count) die("zlib was not there at compile time");
  if (mkdir(path, 0755) != 0) die(path);
  const int folder = open(path, O_RDONLY | O_DIRECTORY);
  if (folder < 0) die(path);
  for (size_t i = 0; i < c.count; i++) write_file(folder, i, ending, corpus_data(&c, i), corpus_len(&c, i));
  close(folder);
  corpus_free(&c);
}

static void write_gzip_files(const char *path, size_t count) {
  corpus plain = corpus_small(count);
  write_files(path, ".json.gz", corpus_gzip(&plain));
  corpus_free(&plain);
}

/* Adds the bytes of a file to `to`, where that is not NULL. */
static void read_file(int folder, const char *name, text *to) {
  static char buffer[65536];
  const int file = openat(folder, name, O_RDONLY);
  ssize_t len;
  if (file < 0) die(name);
  while ((len = read(file, buffer, sizeof buffer)) > 0)
    if (to) text_add(to, buffer, (size_t)len);
  close(file);
}

/* The files of a folder; `ends` is NULL, or has room for the end of each in `to`. Returns their number. */
static size_t read_files(const char *path, text *to, size_t *ends) {
  DIR *folder = opendir(path);
  size_t files = 0;
  if (!folder) die(path);
  for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    read_file(dirfd(folder), entry->d_name, to);
    if (ends) ends[files] = to->len;
    files++;
  }
  closedir(folder);
  return files;
}

static void parse_files(const char *path, unsigned long rounds) {
  corpus c = {.count = read_files(path, NULL, NULL)};
  const ours setting = {.diagnostics = DIAGNOSTICS_RECEIVED};
  double best = 0;
  c.ends = checked_allocate(c.count * sizeof *c.ends);
  read_files(path, &c.bytes, c.ends);
  for (unsigned long i = 0; i < rounds; i++) {
    const double begin = measure_seconds();
    if (ours_tree(&c, &setting) != TRPT_OK) die("libtrpt refused a report");
    const double seconds = measure_seconds() - begin;
    if (!i || seconds < best) best = seconds;
  }
  printf("libtrpt\t%zu\t%zu\t%.6f\n", c.count, c.count, best);
  corpus_free(&c);
}

int main(int argc, char **argv) {
  if (argc == 4 && !strcmp(argv[1], "write"))
    write_gzip_files(argv[2], strtoul(argv[3], NULL, 10));
  else if (argc == 4 && !strcmp(argv[1], "senders"))
    write_files(argv[2], ".json", corpus_senders(strtoul(argv[3], NULL, 10)));
  else if (argc == 3 && !strcmp(argv[1], "read"))
    printf("%zu files\n", read_files(argv[2], NULL, NULL));
  else if (argc == 4 && !strcmp(argv[1], "parse"))
    parse_files(argv[2], strtoul(argv[3], NULL, 10));
  else
    die("usage: bench_files write|senders FOLDER COUNT | read FOLDER | parse FOLDER ROUNDS");
  return 0;
}
