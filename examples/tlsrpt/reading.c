/* SPDX-License-Identifier: MIT */
#include "reading.h"

#include <errno.h>
#include <string.h>

#include "output.h"
#include "repeats.h"
#include "source.h"

/* Reports whose tree is larger are not compared with others where only events are asked for. */
enum { KEY_MEMORY = 4 * 1024 * 1024 };

typedef struct reading {
  trpt_parser *parser;
  const sink *sink;
  repeats *repeats;
  trpt_parser *second; /* a sink that takes events: reads all once more, for the key of the whole report */
  bool repeated;       /* the report that is being read was seen before */
  char key[64];
  int status;
} reading;

static void end_bad(reading *r, const input_source *s, problem p) {
  r->status = STATUS_BAD_INPUT;
  /* The sink first, so that what it shows of the input stands above the message. */
  r->sink->end(r->sink->user, &p);
  buffer label = {0};
  source_label(&label, s);
  problem_tell(label.data, &p);
  buffer_free(&label);
}

/* The key of a report, from which `repeated` becomes known. */
static const char *key_of(reading *r, const trpt_report *report) {
  trpt_report_key(report, r->key, sizeof r->key, NULL);
  r->repeated = repeats_seen(r->repeats, r->key);
  return r->key;
}

static void tell_repeated(const input_source *s) {
  const trpt_diagnostic d = repeats_finding();
  buffer label = {0};
  buffer line = {0};
  source_label(&label, s);
  finding_line(&line, label.data, &d);
  if (line.len) line.len--; /* its line end: the note has its own */
  note_buffer(&line);
  buffer_free(&line);
  buffer_free(&label);
}

/* The second reading: sees the chunk before the first one does. */
static void look_for_key(reading *r, const char *data, size_t len) {
  trpt_report *report = NULL;
  if (!r->second || trpt_report_read(r->second, data, len, &report) != TRPT_OK) return;
  key_of(r, report);
  trpt_report_free(report);
}

static void give_event(reading *r, const trpt_event *event) {
  if (event->type != TRPT_EVENT_REPORT || !r->repeated) {
    r->sink->event(r->sink->user, event);
    return;
  }
  const trpt_diagnostic d = repeats_finding();
  const trpt_event found = {.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = &d};
  trpt_metadata metadata = *event->metadata;
  metadata.info_count++;
  const trpt_event last = {.type = TRPT_EVENT_REPORT, .metadata = &metadata};
  r->sink->event(r->sink->user, &found);
  r->sink->event(r->sink->user, &last);
}

/* Reads all events of a chunk, or with NULL and 0 those behind the last one. */
static trpt_status read_events(reading *r, const char *data, size_t len) {
  const trpt_event *event = NULL;
  size_t used = 0;
  trpt_status status;
  look_for_key(r, data, len);
  while ((status = trpt_parser_read(r->parser, data, len, &used, &event)) == TRPT_OK) {
    give_event(r, event);
    if (data) data += used;
    len -= used;
  }
  return status;
}

static trpt_status read_report(reading *r, const char *data, size_t len) {
  trpt_report *report = NULL;
  trpt_status status = trpt_report_read(r->parser, data, len, &report);
  if (status != TRPT_OK) return status;
  r->sink->report(r->sink->user, report, key_of(r, report));
  trpt_report_free(report);
  return TRPT_END;
}

static void read_source(void *user, input_source *s) {
  reading *r = user;
  trpt_status status = TRPT_MORE;
  trpt_parser_reset(r->parser);
  if (r->second) trpt_parser_reset(r->second);
  r->repeated = false;
  r->sink->begin(r->sink->user, s->name);
  while (status == TRPT_MORE) {
    const char *data;
    long n = source_next(s, &data);
    if (n < 0) {
      end_bad(r, s, problem_io(strerror(errno)));
      return;
    }
    if (n == 0) data = NULL;
    status = r->sink->report ? read_report(r, data, (size_t)n) : read_events(r, data, (size_t)n);
  }
  if (status < 0) {
    end_bad(r, s, problem_of(trpt_parser_error(r->parser)));
  } else if (!r->sink->end(r->sink->user, NULL)) {
    end_bad(r, s, problem_too_large());
  } else if (r->repeated && r->sink->report) {
    tell_repeated(s);
  }
}

static void fail_source(void *user, const input_source *s, const problem *p) {
  reading *r = user;
  r->sink->begin(r->sink->user, s->name);
  end_bad(r, s, *p);
}

/* Whether the second reading could find anything. */
static bool may_repeat(const arguments *a, framing input) {
  return a->count > 1 || input != FRAMING_AUTO || strcmp(a->values[0], "-") != 0;
}

int reading_run(const arguments *a, const trpt_options *options, framing input, const sink *s) {
  reading r = {.sink = s, .status = STATUS_GOOD};
  trpt_status status = trpt_parser_new(&r.parser, options);
  if (status == TRPT_OK && !s->report && may_repeat(a, input)) {
    trpt_options for_key = *options;
    if (!(for_key.flags & TRPT_STRICT)) for_key.flags |= TRPT_NO_FINDINGS;
    for_key.max_memory = KEY_MEMORY;
    status = trpt_parser_new(&r.second, &for_key);
  }
  if (status) {
    message_text(status == TRPT_E_UNSUPPORTED ? "this build has no such tokenizer" : trpt_status_message(status));
    trpt_parser_free(r.parser);
    return STATUS_FAILED;
  }
  r.repeats = repeats_new();
  const source_visitor visitor = {read_source, fail_source, &r};
  for (int i = 0; i < a->count; i++) {
    if (input != FRAMING_AUTO && strcmp(a->values[i], "-") == 0) {
      framing_visit(input, &visitor);
    } else {
      source_visit(a->values[i], &visitor);
    }
  }
  repeats_free(r.repeats);
  trpt_parser_free(r.second);
  trpt_parser_free(r.parser);
  return r.status;
}

trpt_tokenizer reading_tokenizer(const char *command, const char *value) {
  static const char *const names[] = {"builtin", "yajl", NULL};
  static const trpt_tokenizer tokenizers[] = {TRPT_TOKENIZER_BUILTIN, TRPT_TOKENIZER_YAJL};
  int i = arguments_choose(command, "--tokenizer", value, names);
  return i < 0 ? i : tokenizers[i];
}
