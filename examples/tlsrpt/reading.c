/* SPDX-License-Identifier: MIT */
#include "reading.h"

#include <errno.h>
#include <string.h>

#include "output.h"
#include "source.h"

typedef struct reading {
  trpt_parser *parser;
  const sink *sink;
  int status;
} reading;

static void end_bad(reading *r, const char *name, problem p) {
  r->status = STATUS_BAD_INPUT;
  /* The sink first, so that what it shows of the input stands above the message. */
  r->sink->end(r->sink->user, &p);
  problem_tell(name, &p);
}

/* Reads all events of a chunk, or with NULL and 0 those behind the last one. */
static trpt_status read_chunk(reading *r, const char *data, size_t len) {
  const trpt_event *event = NULL;
  size_t used = 0;
  trpt_status status;
  while ((status = trpt_parser_read(r->parser, data, len, &used, &event)) == TRPT_OK) {
    r->sink->event(r->sink->user, event);
    if (data) data += used;
    len -= used;
  }
  return status;
}

static void read_source(void *user, const source *s) {
  reading *r = user;
  char chunk[65536];
  trpt_parser_reset(r->parser);
  r->sink->begin(r->sink->user, s->name);
  trpt_status status = TRPT_MORE;
  while (status == TRPT_MORE) {
    long n = source_read(s, chunk, sizeof chunk);
    if (n < 0) {
      end_bad(r, s->name, problem_io(strerror(errno)));
      return;
    }
    status = read_chunk(r, n ? chunk : NULL, (size_t)n);
  }
  if (status < 0) {
    end_bad(r, s->name, problem_of(trpt_parser_error(r->parser)));
  } else if (!r->sink->end(r->sink->user, NULL)) {
    end_bad(r, s->name, problem_too_large());
  }
}

static void fail_source(void *user, const char *name, const char *why) {
  reading *r = user;
  r->sink->begin(r->sink->user, name);
  end_bad(r, name, problem_io(why));
}

int reading_run(const arguments *a, const trpt_options *options, const sink *s) {
  reading r = {.sink = s, .status = STATUS_GOOD};
  trpt_status status = trpt_parser_new(&r.parser, options);
  if (status) {
    message_text(status == TRPT_E_UNSUPPORTED ? "this build has no such tokenizer" : trpt_status_message(status));
    return STATUS_FAILED;
  }
  const source_visitor visitor = {read_source, fail_source, &r};
  for (int i = 0; i < a->count; i++) source_visit(a->values[i], &visitor);
  trpt_parser_free(r.parser);
  return r.status;
}

trpt_tokenizer reading_tokenizer(const char *command, const char *value) {
  static const char *const names[] = {"builtin", "yajl", NULL};
  static const trpt_tokenizer tokenizers[] = {TRPT_TOKENIZER_BUILTIN, TRPT_TOKENIZER_YAJL};
  int i = arguments_choose(command, "--tokenizer", value, names);
  return i < 0 ? i : tokenizers[i];
}
