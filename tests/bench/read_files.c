/* SPDX-License-Identifier: MIT */
/* What any program pays that reads a folder of reports. usage: bench_files write FOLDER COUNT, which writes small reports as
   .gz files; bench_files read FOLDER, which opens, reads and closes each file and does nothing else. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "corpus.h"

static void write_file(int folder, size_t number, const char *data, size_t len) {
  char name[48];
  snprintf(name, sizeof name, "report-%06zu.json.gz", number);
  const int file = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0 || write(file, data, len) != (ssize_t)len || close(file) != 0) die(name);
}

static void write_files(const char *path, size_t count) {
  corpus plain = corpus_small(count);
  corpus zipped = corpus_gzip(&plain);
  if (!zipped.count) die("zlib was not there at compile time");
  if (mkdir(path, 0755) != 0) die(path);
  const int folder = open(path, O_RDONLY | O_DIRECTORY);
  if (folder < 0) die(path);
  for (size_t i = 0; i < zipped.count; i++) write_file(folder, i, corpus_data(&zipped, i), corpus_len(&zipped, i));
  close(folder);
  corpus_free(&zipped);
  corpus_free(&plain);
}

static size_t read_file(int folder, const char *name) {
  static char buffer[65536];
  const int file = openat(folder, name, O_RDONLY);
  size_t total = 0;
  ssize_t len;
  if (file < 0) die(name);
  while ((len = read(file, buffer, sizeof buffer)) > 0) total += (size_t)len;
  close(file);
  return total;
}

static void read_files(const char *path) {
  DIR *folder = opendir(path);
  size_t files = 0, bytes = 0;
  if (!folder) die(path);
  for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    bytes += read_file(dirfd(folder), entry->d_name);
    files++;
  }
  closedir(folder);
  printf("%zu files, %zu bytes\n", files, bytes);
}

int main(int argc, char **argv) {
  if (argc == 4 && !strcmp(argv[1], "write"))
    write_files(argv[2], strtoul(argv[3], NULL, 10));
  else if (argc == 3 && !strcmp(argv[1], "read"))
    read_files(argv[2]);
  else
    die("usage: bench_files write FOLDER COUNT | read FOLDER");
  return 0;
}
