/* SPDX-License-Identifier: MIT */
/* tlsrpt summary --add: reads summaries that the user named. No other input may be a summary, because anyone can send
   one in a mail, and it would count any number of sessions about any domain. */
#include <errno.h>
#include <string.h>

#include "../input_visit.h"
#include "summary_formats.h"

typedef struct adder {
  summary *summary;
  bool has_failed;
} adder;

static void fail(void *user, const input_source *s, const problem *p) {
  adder *a = user;
  a->has_failed = true;
  a->summary->bad_inputs++;
  problem_print(s->name, p);
}

static void fail_with(adder *a, const input_source *s, problem p) { fail(a, s, &p); }

static const char *add_text(summary *s, const buffer *text) {
  if (!summary_is_json(text->data, text->len)) return "This is not a summary. Write one with --format json.";
  return summary_add_json(s, text->data, text->len);
}

static void add(void *user, input_source *s) {
  adder *a = user;
  buffer text = {0};
  const char *data;
  const char *reason;
  long n;
  while ((n = input_next(s, &data)) > 0) buffer_add(&text, data, (size_t)n);
  if (n < 0)
    fail_with(a, s, problem_io(strerror(errno)));
  else if (text.failed)
    fail_with(a, s, problem_too_large());
  else if (!input_interrupted() && (reason = add_text(a->summary, &text))) /* an interrupted text is incomplete */
    fail_with(a, s, problem_framing(reason, 0));
  buffer_free(&text);
}

bool summary_add_files(summary *s, const char *const *paths, int count) {
  adder a = {.summary = s};
  const input_visitor visitor = {.read = add, .fail = fail, .user = &a};
  for (int i = 0; i < count && !input_interrupted(); i++) input_visit_named_file(paths[i], &visitor);
  return !a.has_failed;
}
