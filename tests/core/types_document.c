/* SPDX-License-Identifier: MIT */
/* Writes the tables of policy types and result types into a page, between two lines that mark their place.
   usage: types_document docs/tlsrpt.md */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tlsrpt/model.h>

#include "../tools/files.h"

static const char begin_mark[] = "<!-- Written by the target types-document from lib/model/*.def. Do not edit. -->\n";
static const char end_mark[] = "<!-- End of what types-document writes. -->\n";

static _Noreturn void give_up(const char *path, const char *why) {
  fprintf(stderr, "%s: %s\n", path, why);
  exit(2);
}

/* Markdown would take "<domain>" for HTML. */
static void say(FILE *out, const char *text, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (text[i] == '<')
      fputs("&lt;", out);
    else
      fputc(text[i], out);
}

static void say_policy_types(FILE *out) {
  fputs("| policy type | policy |\n|---|---|\n", out);
  for (uint32_t i = 1; i <= trpt_policy_type_count(); i++) {
    const trpt_policy_type type = (trpt_policy_type)i;
    fprintf(out, "| `%s` | %s |\n", trpt_policy_type_name(type), trpt_policy_type_title(type));
  }
}

static void say_result_types(FILE *out) {
  fputs("| result type | what failed | what to check | its mail, once MTA-STS is enforced |\n|---|---|---|---|\n", out);
  for (uint32_t i = 1; i <= trpt_result_type_count(); i++) {
    const trpt_result_type type = (trpt_result_type)i;
    const char *description = trpt_result_type_description(type);
    const size_t first = (size_t)(strstr(description, ". ") - description) + 1;
    fprintf(out, "| `%s` | ", trpt_result_type_name(type));
    say(out, description, first);
    fputs(" | ", out);
    say(out, description + first + 1, strlen(description + first + 1));
    fprintf(out, " | %s |\n", trpt_result_type_loses_mail(type) ? "lost" : "unprotected");
  }
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: types_document docs/tlsrpt.md\n");
    return 2;
  }
  size_t len;
  char *page = file_read(argv[1], &len);
  if (!page) give_up(argv[1], "cannot be read");
  const char *begin = strstr(page, begin_mark);
  const char *end = strstr(page, end_mark);
  if (!begin || !end || end < begin) give_up(argv[1], "there is no place for the tables");
  FILE *out = fopen(argv[1], "wb");
  if (!out) give_up(argv[1], "cannot be written");
  fwrite(page, 1, (size_t)(begin - page) + strlen(begin_mark), out);
  fputs("\n", out);
  say_policy_types(out);
  fputs("\n", out);
  say_result_types(out);
  fputs("\n", out);
  fputs(end, out);
  free(page);
  if (fclose(out) != 0) give_up(argv[1], "cannot be written");
  return 0;
}
