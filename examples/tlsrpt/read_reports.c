/* SPDX-License-Identifier: MIT */
#include "read_reports.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../lib/base/entry_name.h"
#include "allocate.h"
#include "duplicates.h"
#include "input_visit.h"
#include "mail_reader.h"
#include "message_limit.h"
#include "other_content.h"
#include "read_progress.h"
#include "replay_report.h"
#include "report_key.h"
#include "standard_output.h"

typedef struct report_reader {
  const read_options *options;
  trpt_parser *parser;
  const report_sink *sink;
  duplicates *duplicates;
  mail_reader *mails;        /* NULL until the first mail or archive */
  trpt_key key;              /* of the current report, while its events are read */
  bool is_duplicate;         /* the current report was read before in this run */
  bool is_other_domain;      /* the current report is about a domain that --mark-domain does not include */
  const input_source *input; /* the current one, which may contain several reports */
  uint64_t input_results;    /* reports and errors in it so far */
  trpt_source source;        /* of the current report */
  other_content others;
  message_limit messages;
  uint64_t conflicts;           /* reports with the report-id of another report and different content */
  bool is_left_out;             /* the filter does not accept the current report */
  const trpt_diagnostic **list; /* all diagnostics of the input */
  size_t list_len;
  size_t list_capacity;
  read_progress progress;
  int status;
} report_reader;

static void end_with_problem(report_reader *r, const input_source *s, problem p) {
  r->status = STATUS_BAD_INPUT;
  /* First the sink, so its output about the input precedes the message. */
  r->sink->end(r->sink->user, &p);
  if (!message_limit_allows(&r->messages, p.error.code ? p.error.code : p.status)) return;
  buffer label = {0};
  input_label(&label, s);
  if (r->sink->shows_problems && p.error.code)
    problem_repeat(label.data, &p);
  else
    problem_print(label.data, &p);
  buffer_free(&label);
}

static void print_diagnostic(const input_source *s, const trpt_diagnostic *d) {
  buffer label = {0};
  buffer line = {0};
  input_label(&label, s);
  diagnostic_line(&line, label.data, d);
  if (line.len) line.len--; /* note_buffer adds the line end */
  note_buffer(&line);
  buffer_free(&line);
  buffer_free(&label);
}

/* Makes the diagnostics of the command itself, which need more context than one report. */
static uint32_t make_own_diagnostics(const report_reader *r, trpt_diagnostic *own) {
  uint32_t count = 0;
  if (r->is_other_domain) own[count++] = diagnostic_of("report.other-domain", "");
  if (r->is_duplicate) own[count++] = diagnostic_of("report.duplicate-report", "");
  return count;
}
enum { OWN_DIAGNOSTICS_MAX = 2 };

static void print_own_diagnostics(report_reader *r, const input_source *s) {
  trpt_diagnostic own[OWN_DIAGNOSTICS_MAX];
  const uint32_t count = make_own_diagnostics(r, own);
  for (uint32_t i = 0; i < count; i++)
    if (message_limit_allows(&r->messages, own[i].code)) print_diagnostic(s, &own[i]);
}

static void check_domain(report_reader *r, const trpt_policy *policy) {
  const trpt_str domain = policy_recipient(policy, &r->source);
  if (domain.len && !domain_list_includes(&r->options->own_domains, domain)) r->is_other_domain = true;
}

static void count_diagnostic(trpt_metadata *metadata, const trpt_diagnostic *d) {
  uint32_t *const counts[] = {&metadata->info_count, &metadata->warning_count, &metadata->error_count};
  ++*counts[d->severity];
}

/* Whether the report was read before, or another one with its report-id. */
static void recognize(report_reader *r, const trpt_metadata *metadata, const char *key) {
  r->is_duplicate = duplicates_seen(r->duplicates, key);
  r->conflicts += !r->is_duplicate && duplicates_conflict(r->duplicates, metadata, key);
}

/* Emits the diagnostics of the command itself before the last event of a report, whose counts include them. */
static void emit_last(report_reader *r, trpt_metadata metadata) {
  char key[REPORT_KEY_DIGITS + 1];
  trpt_diagnostic own[OWN_DIAGNOSTICS_MAX];
  trpt_key_text(&r->key, key, sizeof key, NULL);
  recognize(r, &metadata, key);
  const uint32_t count = make_own_diagnostics(r, own);
  for (uint32_t i = 0; i < count; i++) {
    count_diagnostic(&metadata, &own[i]);
    r->sink->event(r->sink->user, &(trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = &own[i]});
  }
  r->sink->event(r->sink->user, &(trpt_event){.type = TRPT_EVENT_REPORT, .metadata = &metadata});
}

static void emit_event(void *user, const trpt_event *event) {
  report_reader *r = user;
  trpt_key_add(&r->key, event);
  if (event->type == TRPT_EVENT_POLICY) check_domain(r, event->policy);
  if (event->type == TRPT_EVENT_REPORT)
    emit_last(r, *event->metadata);
  else
    r->sink->event(r->sink->user, event);
}

static void list_diagnostic(report_reader *r, const trpt_diagnostic *d) {
  if (!r->sink->needs_diagnostics) return;
  if (r->list_len == r->list_capacity) {
    r->list_capacity = r->list_capacity ? r->list_capacity * 2 : 16;
    r->list = reallocate(r->list, r->list_capacity, sizeof(trpt_diagnostic *));
  }
  r->list[r->list_len++] = d;
}

static void list_report(report_reader *r, const trpt_report *report) {
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(report); i++)
    list_diagnostic(r, trpt_report_diagnostic(report, i));
}

/* The list is complete. */
static void set_diagnostics(report_reader *r) {
  static const trpt_diagnostic *const none[] = {NULL};
  r->source.diagnostics = r->list ? r->list : none;
  r->source.diagnostic_count = r->list_len;
}

static void emit_report(report_reader *r, const trpt_report *report) {
  char key[REPORT_KEY_DIGITS + 1];
  trpt_diagnostic own[OWN_DIAGNOSTICS_MAX];
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) check_domain(r, trpt_report_policy(report, i));
  trpt_report_key(report, key, sizeof key, NULL);
  recognize(r, trpt_report_metadata(report), key);
  const uint32_t count = make_own_diagnostics(r, own);
  list_report(r, report);
  for (uint32_t i = 0; i < count; i++) list_diagnostic(r, &own[i]);
  set_diagnostics(r);
  r->source.key = (trpt_str){key, REPORT_KEY_DIGITS};
  r->sink->report(r->sink->user, report, &r->source);
  r->source.key = (trpt_str){NULL, 0};
}

/* The filter needs the whole report, which then goes to either kind of sink. */
static void emit_whole(report_reader *r, const trpt_report *report, const trpt_metadata *metadata) {
  if (r->sink->report) {
    emit_report(r, report);
  } else {
    replay_report(report, emit_event, r);
    emit_event(r, &(trpt_event){.type = TRPT_EVENT_REPORT, .metadata = metadata});
  }
}

static void emit_unfinished(report_reader *r, const trpt_report *unfinished) {
  list_report(r, unfinished);
  set_diagnostics(r);
  for (uint32_t i = 0; r->sink->event && i < trpt_report_diagnostic_count(unfinished); i++)
    r->sink->event(r->sink->user,
                   &(trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = trpt_report_diagnostic(unfinished, i)});
}

/* Diagnostics about the mail precede those about the report in it. */
static void emit_item(report_reader *r, const mail_reader *m, const trpt_mail_item *item) {
  trpt_metadata metadata = item->report ? *trpt_report_metadata(item->report) : (trpt_metadata){0};
  for (uint32_t i = 0; i < item->diagnostic_count; i++) {
    const trpt_diagnostic *d = mail_reader_diagnostic(m, i);
    count_diagnostic(&metadata, d);
    list_diagnostic(r, d);
    if (r->sink->event) r->sink->event(r->sink->user, &(trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = d});
  }
  if (!item->report) {
    set_diagnostics(r);
    return;
  }
  emit_whole(r, item->report, &metadata);
}

static void begin(report_reader *r, const input_source *s) {
  r->is_duplicate = false;
  r->is_other_domain = false;
  r->is_left_out = false;
  r->list_len = 0;
  trpt_key_begin(&r->key);
  r->source = (trpt_source){.struct_size = sizeof r->source, .name = trpt_str_of(s->name)};
  r->sink->begin(r->sink->user, &r->source);
}

static void end(report_reader *r, const input_source *s, const trpt_error *error) {
  r->input_results++;
  read_progress_step(&r->progress);
  if (r->is_left_out) {
    if (r->sink->leave_out) r->sink->leave_out(r->sink->user);
  } else if (error) {
    end_with_problem(r, s, problem_of_error(error));
  } else if (!r->sink->end(r->sink->user, NULL)) {
    r->list_len = 0; /* their memory is released already */
    set_diagnostics(r);
    end_with_problem(r, s, problem_too_large());
  } else if (r->sink->report && !r->sink->is_quiet) {
    print_own_diagnostics(r, s);
  }
}

/* A mailbox or an archive that the user named need not hold a report. */
static bool is_container(trpt_mail_kind kind) {
  return kind == TRPT_MAIL_KIND_MBOX || kind == TRPT_MAIL_KIND_TAR || kind == TRPT_MAIL_KIND_ZIP;
}

/* Whether content that does not claim to be a report is passed over. What the user named must be one. */
static bool may_hold_others(const input_source *s, trpt_mail_kind container) {
  return is_container(container) || (s->origin == INPUT_FOUND && !trpt_entry_is_report(trpt_str_of(s->name)));
}

/* Whether the name of a compressed source says that it is no report. It counts if the content cannot be inflated. */
static bool is_named_xml(const input_source *s) {
  return s->is_gzip && s->origin == INPUT_FOUND && trpt_entry_is_xml(trpt_str_of(s->name));
}

/* An empty container that was named is no content of its own. */
static void pass_over(report_reader *r, const trpt_mail_item *item) {
  const bool is_empty_container = !item->number && is_container(item->kind);
  if (!is_empty_container || r->input->origin == INPUT_FOUND) other_content_add(&r->others, item->kind);
}

static void read_item(void *user, const input_source *s, const mail_reader *m, const trpt_mail_item *item) {
  report_reader *r = user;
  if (item->error && input_interrupted()) return; /* the user interrupted it, so it is not invalid */
  if (item->is_other_content && may_hold_others(r->input, item->container)) {
    pass_over(r, item);
    return;
  }
  if (item->error && item->kind == TRPT_MAIL_KIND_GZIP && is_named_xml(r->input)) {
    other_content_add(&r->others, TRPT_MAIL_KIND_DMARC);
    return;
  }
  begin(r, s);
  mail_reader_describe(item, &r->source);
  r->is_left_out = item->report && !report_filter_accepts(&r->options->filter, item->report, &r->source);
  if (!r->is_left_out) emit_item(r, m, item);
  end(r, s, item->error);
}

static void read_mails(report_reader *r, input_source *s) {
  const bool must_hold_report = s->origin == INPUT_ITEM;
  if (!r->mails) r->mails = mail_reader_new(r->options);
  const int error = mail_reader_read(r->mails, s, read_item, r);
  if (!error && (r->input_results || !must_hold_report || input_interrupted())) return;
  begin(r, s);
  end_with_problem(r, s, error ? problem_io(strerror(error)) : problem_no_report());
}

/* ---- inputs that are JSON text or gzip ---- */

/* The reports of such an input, which are read one after another. */
typedef struct plain_input {
  input_source source; /* with the name of the current report */
  buffer name;
  uint64_t count; /* of reports and faults so far, including the current one */
  bool is_open;   /* the sink has begun the current report */
  bool is_whole;  /* reports are read as trees, since the sink or the filter needs whole ones */
  const char *data;
  size_t len;     /* of what is left of the chunk */
  bool is_broken; /* some text was not JSON */
  trpt_error last;
} plain_input;

/* The first report has the name of the input, the next ones "NAME#2" and so on. */
static void open_report(report_reader *r, plain_input *p) {
  if (p->is_open) return;
  p->is_open = true;
  if (++p->count > 1) {
    buffer_clear(&p->name);
    buffer_text(&p->name, r->input->name);
    buffer_text(&p->name, "#");
    buffer_number(&p->name, p->count);
    buffer_add(&p->name, "", 1);
    if (p->name.failed) output_no_memory();
    p->source.name = p->name.data;
  }
  begin(r, &p->source);
}

static void close_report(report_reader *r, plain_input *p, const trpt_error *error) {
  p->is_open = false;
  end(r, &p->source, error);
}

static trpt_status read_event(report_reader *r, plain_input *p, size_t *used) {
  const trpt_event *event;
  const trpt_status status = trpt_parser_read(r->parser, p->data, p->len, used, &event);
  if (status != TRPT_OK) return status;
  open_report(r, p);
  emit_event(r, event);
  if (event->type == TRPT_EVENT_REPORT) close_report(r, p, NULL);
  return status;
}

static trpt_status read_whole(report_reader *r, plain_input *p, size_t *used) {
  trpt_report *report;
  const trpt_status status = trpt_report_next(r->parser, p->data, p->len, used, &report);
  if (status != TRPT_OK) return status;
  open_report(r, p);
  r->is_left_out = !report_filter_accepts(&r->options->filter, report, &r->source);
  if (!r->is_left_out) emit_whole(r, report, trpt_report_metadata(report));
  close_report(r, p, NULL);
  trpt_report_free(report);
  return status;
}

static trpt_status read_next(report_reader *r, plain_input *p) {
  size_t used = 0;
  const trpt_status status = p->is_whole ? read_whole(r, p, &used) : read_event(r, p, &used);
  if (p->data) p->data += used;
  p->len -= used;
  return status;
}

/* Whether gzip was found around something that is not a JSON object from the beginning, such as a tar or a mail. A report is
   tried first, so that it is inflated once. */
static bool is_gzip_of_other(const input_source *s, const trpt_error *error) {
  enum { BEGINNING = 512 }; /* the name of the first file of a tar may begin like a number */
  return s->is_gzip && mail_reader_is_available() && error->code && error->offset < BEGINNING && !error->where[0] &&
         (strcmp(error->code, "json.not-json") == 0 || strcmp(error->code, "json.not-object") == 0);
}

/* The rest of something else than reports is too long. One error about it is enough. */
static bool is_rest_of_other(const plain_input *p, const trpt_error *error) {
  return p->is_broken && p->count == 1 && !p->is_open && error->status == TRPT_E_LIMIT;
}

/* Returns whether the input may hold more. The error of an input is returned again and again. */
static bool close_with_error(report_reader *r, input_source *s, plain_input *p) {
  const trpt_error error = *trpt_parser_error(r->parser);
  const bool is_first = p->count == p->is_open;
  if (input_interrupted()) return false; /* the user interrupted it, so it is not invalid */
  if (memcmp(&error, &p->last, sizeof error) == 0 || is_rest_of_other(p, &error)) return false;
  p->last = error;
  p->is_broken = p->is_broken || (error.code && strcmp(error.code, "json.not-json") == 0);
  if (is_first && is_gzip_of_other(s, &error) && input_rewind(s)) {
    read_mails(r, s);
    return false;
  }
  open_report(r, p);
  if (is_first && is_named_xml(s)) {
    other_content_add(&r->others, TRPT_MAIL_KIND_DMARC);
    r->is_left_out = true;
  } else if (p->is_whole && trpt_report_unfinished(r->parser)) {
    emit_unfinished(r, trpt_report_unfinished(r->parser));
  }
  close_report(r, p, &error);
  return true;
}

/* Text without a report, such as []. */
static void end_without_report(report_reader *r, input_source *s) {
  if (s->origin == INPUT_FOUND) {
    other_content_add(&r->others, TRPT_MAIL_KIND_UNKNOWN);
    return;
  }
  begin(r, s);
  end_with_problem(r, s, problem_no_report());
}

/* An element of a report looks like a report, so a text without its end can swallow the next one. */
static void warn_of_loss(const report_reader *r, const plain_input *p) {
  buffer text = {0};
  if (!p->is_broken || p->count < 2 || r->input->origin == INPUT_ITEM) return;
  buffer_text(&text, r->input->name);
  buffer_text(&text, ": a broken report may hide the one after it; if each line is a report, use --input lines");
  note_buffer(&text);
  buffer_free(&text);
}

static bool read_chunk(plain_input *p, input_source *s) {
  const long n = input_next(s, &p->data);
  if (n < 0) return false;
  if (n == 0) p->data = NULL;
  p->len = (size_t)n;
  return true;
}

/* Reads the reports of an input that is no mail or archive, in chunks. */
static void read_plain(report_reader *r, input_source *s) {
  plain_input p = {.source = *s, .is_whole = r->sink->report || report_filter_is_set(&r->options->filter)};
  trpt_status status = TRPT_MORE;
  trpt_parser_reset(r->parser);
  for (;;) {
    if (status == TRPT_MORE && !read_chunk(&p, s)) {
      const problem io = problem_io(strerror(errno));
      open_report(r, &p);
      end_with_problem(r, &p.source, io);
      break;
    }
    status = read_next(r, &p);
    if (status == TRPT_END || (status < 0 && !close_with_error(r, s, &p))) break;
  }
  if (status == TRPT_END && !p.count) end_without_report(r, s);
  warn_of_loss(r, &p);
  buffer_free(&p.name);
}

static const char *reason_to_refuse(const report_sink *s, input_source *source) {
  enum { HEAD_LEN = 64 };
  const char *head;
  const long len = s->refuses ? input_peek(source, HEAD_LEN, &head) : 0;
  return len > 0 ? s->refuses(head, (size_t)len) : NULL;
}

/* The first byte identifies nearly all inputs as reports. Read errors are ignored here, since the next read reports
   them. */
static trpt_mail_kind kind_of(input_source *s) {
  const char *head;
  const long begin = input_peek(s, 1, &head);
  if (begin > 0 && head[0] == '{') return TRPT_MAIL_KIND_JSON;
  s->is_gzip = begin > 0 && head[0] == 0x1F;
  const long peeked = begin > 0 ? input_peek(s, MAIL_READER_HEAD_LEN, &head) : begin;
  if (peeked < 0) return TRPT_MAIL_KIND_JSON;
  const trpt_str window = {head, peeked < MAIL_READER_HEAD_LEN ? (size_t)peeked : MAIL_READER_HEAD_LEN};
  /* Any number of blanks may precede a report. */
  const bool is_blank = window.len == MAIL_READER_HEAD_LEN && !trpt_trim_space(window).len;
  return is_blank ? TRPT_MAIL_KIND_JSON : mail_reader_kind(window.ptr, window.len);
}

static void begin_input(report_reader *r, const input_source *s) {
  r->input = s;
  r->input_results = 0;
  if (r->sink->begin_input) r->sink->begin_input(r->sink->user, s);
}

static void end_input(report_reader *r) {
  if (r->sink->end_input) r->sink->end_input(r->sink->user);
}

static void refuse(report_reader *r, const input_source *s, problem p) {
  begin(r, s);
  end_with_problem(r, s, p);
}

static void fail_source(void *user, const input_source *s, const problem *p) {
  report_reader *r = user;
  begin_input(r, s);
  refuse(r, s, *p);
  end_input(r);
}

static void skip_source(void *user) {
  report_reader *r = user;
  other_content_add(&r->others, TRPT_MAIL_KIND_UNKNOWN);
}

static void read_input(report_reader *r, input_source *s) {
  const read_options *options = r->options;
  const bool is_framed = options->input >= FRAMING_TAR && strcmp(s->name, "-") == 0;
  const char *reason = reason_to_refuse(r->sink, s);
  if (reason) {
    refuse(r, s, problem_framing(reason, 0));
    return;
  }
  const trpt_mail_kind kind = kind_of(s);
  if (is_framed || options->require_dkim || mail_reader_accepts(kind))
    read_mails(r, s);
  else if (kind == TRPT_MAIL_KIND_UNKNOWN && may_hold_others(s, kind))
    other_content_add(&r->others, kind);
  else
    read_plain(r, s);
}

static void read_source(void *user, input_source *s) {
  report_reader *r = user;
  if (input_interrupted()) return;
  begin_input(r, s);
  read_input(r, s);
  end_input(r);
}

static void note_conflicts(uint64_t count) {
  buffer text = {0};
  buffer_count(&text, count, "report");
  buffer_text(&text, count == 1 ? " has" : " have");
  buffer_text(&text, " the report-id of another report and different content. All reports count.");
  note_buffer(&text);
  buffer_free(&text);
}

/* Says how much was read, since the output may have no place for it. */
static void end_interrupted(report_reader *r) {
  buffer text = {0};
  buffer_text(&text, "interrupted after ");
  buffer_count(&text, r->progress.items, "input");
  buffer_text(&text, " and ");
  buffer_megabytes(&text, input_bytes());
  buffer_text(&text, "; the rest was not read");
  message_buffer(&text);
  buffer_free(&text);
  r->status = STATUS_INTERRUPTED;
}

int read_reports(const arguments *a, const read_options *options, const report_sink *s) {
  report_reader r = {.options = options, .sink = s, .messages = {.is_off = options->verbose}, .status = STATUS_GOOD};
  trpt_options parser_options = options->parser;
  parser_options.flags |= TRPT_SEQUENCE;
  const trpt_status status = trpt_parser_new(&r.parser, &parser_options);
  if (status) {
    message_text(status == TRPT_E_UNSUPPORTED ? "this build has no such tokenizer" : trpt_status_message(status));
    trpt_parser_free(r.parser);
    return STATUS_FAILED;
  }
  r.duplicates = duplicates_new();
  const input_visitor visitor = {read_source, fail_source, skip_source, &r};
  input_stop_on_interrupt();
  read_progress_begin(&r.progress, options->quiet || (!s->is_silent && isatty(STDOUT_FILENO)), a);
  for (int i = 0; i < a->count; i++) {
    if (options->input != FRAMING_AUTO && strcmp(a->values[i], "-") == 0) {
      framing_visit(options->input, &visitor);
    } else {
      input_visit(a->values[i], &visitor);
    }
  }
  progress_hide();
  message_limit_end(&r.messages);
  if (r.conflicts && !options->quiet && !s->is_silent) note_conflicts(r.conflicts);
  if (!options->quiet) other_content_print(&r.others);
  if (input_interrupted()) end_interrupted(&r);
  duplicates_free(r.duplicates);
  mail_reader_free(r.mails);
  free(r.list);
  trpt_parser_free(r.parser);
  return r.status;
}
