/* SPDX-License-Identifier: MIT */
#include "reading.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mails.h"
#include "output.h"
#include "repeats.h"
#include "replay.h"
#include "source.h"

enum { KEY_SIZE = 33 }; /* of the text of a key, with its NUL */

typedef struct reading {
  const choice *choice;
  trpt_parser *parser;
  const sink *sink;
  repeats *repeats;
  mails *mails;                 /* NULL until there is one */
  trpt_key key;                 /* of the report whose events are being read */
  bool repeated;                /* the report that is being read was seen before */
  bool is_other;                /* it is about a domain that was not asked for */
  const trpt_diagnostic **list; /* all diagnostics of the input */
  size_t list_len;
  size_t list_capacity;
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

static void tell_finding(const input_source *s, const trpt_diagnostic *d) {
  buffer label = {0};
  buffer line = {0};
  source_label(&label, s);
  finding_line(&line, label.data, d);
  if (line.len) line.len--; /* its line end: the note has its own */
  note_buffer(&line);
  buffer_free(&line);
  buffer_free(&label);
}

/* What the command itself finds, which takes more than the report. */
static uint32_t own_findings(const reading *r, trpt_diagnostic *findings) {
  uint32_t count = 0;
  if (r->is_other) findings[count++] = finding_of("report.other-domain", "");
  if (r->repeated) findings[count++] = finding_of("report.duplicate-report", "");
  return count;
}
enum { OWN_FINDINGS = 2 };

static void tell_own_findings(const reading *r, const input_source *s) {
  trpt_diagnostic findings[OWN_FINDINGS];
  const uint32_t count = own_findings(r, findings);
  for (uint32_t i = 0; i < count; i++) tell_finding(s, &findings[i]);
}

static void look_at_domain(reading *r, const trpt_policy *policy) {
  if (policy->domain.len && !choice_has_domain(r->choice, policy->domain)) r->is_other = true;
}

static void count_finding(trpt_metadata *metadata, const trpt_diagnostic *d) {
  uint32_t *const counts[] = {&metadata->info_count, &metadata->warning_count, &metadata->error_count};
  ++*counts[d->severity];
}

/* The last event of a report follows the diagnostics of the command itself, which the counts in it include. */
static void give_last(reading *r, trpt_metadata metadata) {
  char key[KEY_SIZE];
  trpt_diagnostic findings[OWN_FINDINGS];
  trpt_key_text(&r->key, key, sizeof key, NULL);
  r->repeated = repeats_seen(r->repeats, key);
  const uint32_t count = own_findings(r, findings);
  for (uint32_t i = 0; i < count; i++) {
    count_finding(&metadata, &findings[i]);
    r->sink->event(r->sink->user, &(trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = &findings[i]});
  }
  r->sink->event(r->sink->user, &(trpt_event){.type = TRPT_EVENT_REPORT, .metadata = &metadata});
}

static void give_event(void *user, const trpt_event *event) {
  reading *r = user;
  trpt_key_add(&r->key, event);
  if (event->type == TRPT_EVENT_POLICY) look_at_domain(r, event->policy);
  if (event->type == TRPT_EVENT_REPORT)
    give_last(r, *event->metadata);
  else
    r->sink->event(r->sink->user, event);
}

static void list_diagnostic(reading *r, const trpt_diagnostic *d) {
  if (!r->sink->diagnostics) return;
  if (r->list_len == r->list_capacity) {
    r->list_capacity = r->list_capacity ? r->list_capacity * 2 : 16;
    r->list = realloc(r->list, r->list_capacity * sizeof *r->list);
    if (!r->list) output_no_memory();
  }
  r->list[r->list_len++] = d;
}

static void list_report(reading *r, const trpt_report *report) {
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++)
    list_diagnostic(r, trpt_report_diagnostic(report, i));
}

static void give_list(const reading *r) {
  if (r->sink->diagnostics) r->sink->diagnostics(r->sink->user, r->list, r->list_len);
}

static void give_report(reading *r, const trpt_report *report) {
  char key[KEY_SIZE];
  trpt_diagnostic findings[OWN_FINDINGS];
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) look_at_domain(r, trpt_report_policy(report, i));
  trpt_report_key(report, key, sizeof key, NULL);
  r->repeated = repeats_seen(r->repeats, key);
  const uint32_t count = own_findings(r, findings);
  list_report(r, report);
  for (uint32_t i = 0; i < count; i++) list_diagnostic(r, &findings[i]);
  give_list(r);
  r->sink->report(r->sink->user, report, key);
}

/* Findings about the mail around a report stand before those about it. */
static void give_item(reading *r, const mails *m, const trpt_mail_item *item) {
  trpt_metadata metadata = item->report ? *trpt_report_metadata(item->report) : (trpt_metadata){0};
  for (uint32_t i = 0; i < item->diagnostic_count; i++) {
    const trpt_diagnostic *d = mails_finding(m, i);
    count_finding(&metadata, d);
    list_diagnostic(r, d);
    if (r->sink->event) r->sink->event(r->sink->user, &(trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = d});
  }
  if (!item->report) {
    give_list(r);
    return;
  }
  if (r->sink->report) {
    give_report(r, item->report);
  } else {
    replay_report(item->report, give_event, r);
    give_event(r, &(trpt_event){.type = TRPT_EVENT_REPORT, .metadata = &metadata});
  }
}

/* Reads all events of a chunk, or with NULL and 0 those behind the last one. */
static trpt_status read_events(reading *r, const char *data, size_t len) {
  const trpt_event *event = NULL;
  size_t used = 0;
  trpt_status status;
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
  if (status < 0) {
    list_report(r, trpt_report_unfinished(r->parser));
    give_list(r);
  }
  if (status != TRPT_OK) return status;
  give_report(r, report);
  trpt_report_free(report);
  return TRPT_END;
}

static void begin(reading *r, const input_source *s) {
  r->repeated = false;
  r->is_other = false;
  r->list_len = 0;
  trpt_key_begin(&r->key);
  r->sink->begin(r->sink->user, s->name);
}

static void end(reading *r, const input_source *s, const trpt_error *error) {
  if (error) {
    end_bad(r, s, problem_of(error));
  } else if (!r->sink->end(r->sink->user, NULL)) {
    end_bad(r, s, problem_too_large());
  } else if (r->sink->report && !r->sink->is_quiet) {
    tell_own_findings(r, s);
  }
}

static void read_item(void *user, const input_source *s, const mails *m, const trpt_mail_item *item) {
  reading *r = user;
  if (item->error && source_interrupted()) return; /* what was cut is not the sender's fault */
  begin(r, s);
  give_item(r, m, item);
  end(r, s, item->error);
}

static void read_mails(reading *r, input_source *s) {
  if (!r->mails) r->mails = mails_new(r->choice);
  const int why = mails_read(r->mails, s, read_item, r);
  if (!why) return;
  begin(r, s);
  end_bad(r, s, problem_io(strerror(why)));
}

/* A report itself, in chunks. */
static void read_plain(reading *r, input_source *s) {
  trpt_status status = TRPT_MORE;
  trpt_parser_reset(r->parser);
  begin(r, s);
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
  if (status < 0 && source_interrupted()) return; /* what was cut is not the sender's fault */
  end(r, s, status < 0 ? trpt_parser_error(r->parser) : NULL);
}

static bool is_taken(const sink *s, input_source *source) {
  enum { HEAD = 64 };
  const char *head;
  const long len = s->takes ? source_peek(source, HEAD, &head) : 0;
  return len > 0 && s->takes(head, (size_t)len);
}

static void read_whole(reading *r, input_source *s) {
  buffer all = {0};
  const char *data;
  const char *why;
  long n;
  while ((n = source_next(s, &data)) > 0) buffer_add(&all, data, (size_t)n);
  if (n < 0) {
    end_bad(r, s, problem_io(strerror(errno)));
  } else if (all.failed) {
    end_bad(r, s, problem_too_large());
  } else if ((why = r->sink->whole(r->sink->user, all.data, all.len))) {
    end_bad(r, s, problem_framing(why, 0));
  }
  buffer_free(&all);
}

/* Nearly all inputs are reports, as their first byte shows. What the system does not give is told by who reads it. */
static bool has_mails(input_source *s) {
  const char *head;
  const long begin = source_peek(s, 1, &head);
  if (begin < 1 || head[0] == '{' || head[0] == 0x1F) return false;
  const long len = source_peek(s, MAILS_HEAD, &head);
  return len > 0 && mails_has(head, (size_t)len);
}

static void read_source(void *user, input_source *s) {
  reading *r = user;
  const choice *c = r->choice;
  const bool is_framed = c->input >= FRAMING_TAR && strcmp(s->name, "-") == 0;
  if (source_interrupted()) return;
  if (is_taken(r->sink, s))
    read_whole(r, s);
  else if (is_framed || c->require_dkim || has_mails(s))
    read_mails(r, s);
  else
    read_plain(r, s);
}

static void fail_source(void *user, const input_source *s, const problem *p) {
  reading *r = user;
  begin(r, s);
  end_bad(r, s, *p);
}

int reading_run(const arguments *a, const choice *c, const sink *s) {
  reading r = {.choice = c, .sink = s, .status = STATUS_GOOD};
  trpt_status status = trpt_parser_new(&r.parser, &c->options);
  if (status) {
    message_text(status == TRPT_E_UNSUPPORTED ? "this build has no such tokenizer" : trpt_status_message(status));
    trpt_parser_free(r.parser);
    return STATUS_FAILED;
  }
  r.repeats = repeats_new();
  const source_visitor visitor = {read_source, fail_source, &r};
  for (int i = 0; i < a->count; i++) {
    if (c->input != FRAMING_AUTO && strcmp(a->values[i], "-") == 0) {
      framing_visit(c->input, &visitor);
    } else {
      source_visit(a->values[i], &visitor);
    }
  }
  repeats_free(r.repeats);
  mails_free(r.mails);
  free(r.list);
  trpt_parser_free(r.parser);
  return r.status;
}

trpt_tokenizer reading_tokenizer(const char *command, const char *value) {
  static const char *const names[] = {"builtin", "yajl", NULL};
  static const trpt_tokenizer tokenizers[] = {TRPT_TOKENIZER_BUILTIN, TRPT_TOKENIZER_YAJL};
  int i = arguments_choose(command, "--tokenizer", value, names);
  return i < 0 ? i : tokenizers[i];
}
