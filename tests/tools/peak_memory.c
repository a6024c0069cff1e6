/* SPDX-License-Identifier: MIT */
/* Runs a command and writes to a file how many KiB of memory it had at its peak. Its exit status is that of the command.
   usage: peak_memory FILE COMMAND [ARGUMENT...] */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_RUN = 127 };

static int run(char **command) {
  int status;
  const pid_t child = fork();
  if (child == 0) {
    execvp(command[0], command);
    _exit(NOT_RUN);
  }
  if (child < 0 || waitpid(child, &status, 0) != child) return NOT_RUN;
  return WIFEXITED(status) ? WEXITSTATUS(status) : NOT_RUN;
}

int main(int argc, char **argv) {
  struct rusage used;
  if (argc < 3) return NOT_RUN;
  const int status = run(argv + 2);
  FILE *out = fopen(argv[1], "w");
  if (!out || getrusage(RUSAGE_CHILDREN, &used) != 0 || fprintf(out, "%ld\n", used.ru_maxrss) < 0 || fclose(out) != 0)
    return NOT_RUN;
  return status;
}
