/* SPDX-License-Identifier: MIT */
#include "report_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/base/entry_name.h"
#include "replay_report.h"
#include "standard_output.h"

/* While one input is read. */
typedef struct report_reader {
  report_tools *tools;
  const read_options *options;
  const report_sink *sink;
  results *results;
  result *result;            /* the current one */
  trpt_key key;              /* of the current report, while its events are read */
  const input_source *input; /* which may contain several reports */
  uint64_t input_results;    /* reports and errors in it so far */
  size_t allocated;          /* by the tools, before the current report */
} report_reader;

/* ---- results ---- */

static void begin(report_reader *r, const input_source *s) {
  trpt_key_begin(&r->key);
  r->result = results_new(r->results, s);
}

static void add(report_reader *r) {
  const size_t allocated = r->tools->allocated;
  results_add(r->results, allocated - r->allocated);
  r->allocated = allocated;
}

static void end(report_reader *r, result_type type) {
  r->input_results++;
  r->result->type = type;
  r->result->is_item = true;
  add(r);
}

static void end_with_error(report_reader *r, const trpt_error *error, bool is_diagnostic) {
  r->result->problem = problem_of_error(error);
  r->result->problem.is_diagnostic = is_diagnostic;
  end(r, RESULT_PROBLEM);
}

static void end_with_problem(report_reader *r, problem p) {
  r->result->type = RESULT_PROBLEM;
  r->result->problem = p;
  add(r);
}

static void count_other(report_reader *r, trpt_mail_kind kind) { report_reader_skip(r->results, kind); }

static void check_domain(report_reader *r, const trpt_policy *policy) {
  const trpt_str domain = policy_recipient(policy, &r->result->source);
  if (domain.len && !domain_list_includes(&r->options->own_domains, domain)) r->result->is_other_domain = true;
}

/* Passes an event to the sink. The REPORT event waits in the result, since the sink gets it when the result is finished. */
static void emit_event(void *user, const trpt_event *event) {
  report_reader *r = user;
  trpt_key_add(&r->key, event);
  if (event->type == TRPT_EVENT_POLICY) check_domain(r, event->policy);
  if (event->type == TRPT_EVENT_REPORT) {
    r->result->metadata = *event->metadata;
    trpt_key_text(&r->key, r->result->key, sizeof r->result->key, NULL);
  } else {
    r->sink->event(r->result->user, event);
  }
}

static void emit_diagnostic(report_reader *r, const trpt_diagnostic *d) {
  if (r->sink->needs_diagnostics) result_list(r->result, d);
  if (r->sink->event) r->sink->event(r->result->user, &(trpt_event){.type = TRPT_EVENT_DIAGNOSTIC, .diagnostic = d});
}

static void emit_report(report_reader *r, const trpt_report *report, const trpt_metadata *metadata) {
  for (uint32_t i = 0; i < trpt_report_policy_count(report); i++) check_domain(r, trpt_report_policy(report, i));
  trpt_report_key(report, r->result->key, sizeof r->result->key, NULL);
  r->result->metadata = *metadata;
  results_show(r->results, report);
}

/* The filter needs the whole report, which then goes to either kind of sink. Takes ownership of the report. */
static void emit_whole(report_reader *r, trpt_report *report, const trpt_metadata *metadata) {
  r->result->report = report;
  if (r->sink->report) {
    emit_report(r, report, metadata);
  } else {
    replay_report(report, emit_event, r);
    emit_event(r, &(trpt_event){.type = TRPT_EVENT_REPORT, .metadata = metadata});
  }
  end(r, RESULT_REPORT);
}

static void leave_out(report_reader *r, trpt_report *report) {
  r->result->report = report;
  end(r, RESULT_LEFT_OUT);
}

static void emit_unfinished(report_reader *r, const trpt_report *unfinished) {
  for (uint32_t i = 0; i < trpt_report_diagnostic_count(unfinished); i++)
    emit_diagnostic(r, trpt_report_diagnostic(unfinished, i));
}

/* ---- mails and archives ---- */

/* Diagnostics about the mail precede those about the report in it. */
static void emit_item(report_reader *r, mail_reader *m, const trpt_mail_item *item) {
  trpt_metadata metadata = item->report ? *trpt_report_metadata(item->report) : (trpt_metadata){0};
  bool is_diagnostic = false;
  for (uint32_t i = 0; i < item->diagnostic_count; i++) {
    const trpt_diagnostic *d = mail_reader_diagnostic(m, i);
    metadata_count(&metadata, d);
    emit_diagnostic(r, d);
    if (item->error && item->error->code && strcmp(d->code, item->error->code) == 0) is_diagnostic = true;
  }
  if (item->report)
    emit_whole(r, mail_reader_take(m), &metadata);
  else
    end_with_error(r, item->error, is_diagnostic);
}

/* A mailbox or an archive that the user named need not hold a report. */
static bool is_container(trpt_mail_kind kind) {
  return kind == TRPT_MAIL_KIND_MBOX || kind == TRPT_MAIL_KIND_TAR || kind == TRPT_MAIL_KIND_ZIP;
}

/* Whether content that does not claim to be a report is passed over. What the user named must be one. */
static bool may_hold_others(const input_source *s, trpt_mail_kind container) {
  return is_container(container) || (s->origin == INPUT_FOUND && !trpt_entry_is_report(trpt_str_of(s->name)));
}

/* Whether a compressed source has the name of an XML file, so it is not a report. The name matters if the content
   cannot be inflated. */
static bool is_named_xml(const input_source *s) {
  return s->is_gzip && s->origin == INPUT_FOUND && trpt_entry_is_xml(trpt_str_of(s->name));
}

/* An empty mailbox or archive that the user named is not counted as other content. */
static void pass_over(report_reader *r, const trpt_mail_item *item) {
  const bool is_empty_container = !item->number && is_container(item->kind);
  if (!is_empty_container || r->input->origin == INPUT_FOUND) count_other(r, item->kind);
}

static void read_item(void *user, const input_source *s, mail_reader *m, const trpt_mail_item *item) {
  report_reader *r = user;
  if (item->error && input_interrupted()) return; /* the user interrupted it, so it is not invalid */
  if (item->is_other_content && may_hold_others(r->input, item->container)) {
    pass_over(r, item);
    return;
  }
  if (item->error && item->kind == TRPT_MAIL_KIND_GZIP && is_named_xml(r->input)) {
    count_other(r, TRPT_MAIL_KIND_DMARC);
    return;
  }
  begin(r, s);
  mail_reader_describe(item, &r->result->source);
  if (item->report && !report_filter_accepts(&r->options->filter, item->report, &r->result->source))
    leave_out(r, mail_reader_take(m));
  else
    emit_item(r, m, item);
}

static void read_mails(report_reader *r, input_source *s) {
  const bool must_hold_report = s->origin == INPUT_ITEM;
  if (!r->tools->mails) r->tools->mails = mail_reader_new(r->options);
  const int error = mail_reader_read(r->tools->mails, s, read_item, r);
  if (!error && (r->input_results || !must_hold_report || input_interrupted())) return;
  begin(r, s);
  end_with_problem(r, error ? problem_io(strerror(error)) : problem_no_report());
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

static trpt_status read_event(report_reader *r, plain_input *p, size_t *used) {
  const trpt_event *event;
  const trpt_status status = trpt_parser_read(r->tools->parser, p->data, p->len, used, &event);
  if (status != TRPT_OK) return status;
  open_report(r, p);
  emit_event(r, event);
  if (event->type == TRPT_EVENT_REPORT) {
    p->is_open = false;
    end(r, RESULT_REPORT);
  }
  return status;
}

static trpt_status read_whole(report_reader *r, plain_input *p, size_t *used) {
  trpt_report *report;
  const trpt_status status = trpt_report_next(r->tools->parser, p->data, p->len, used, &report);
  if (status != TRPT_OK) return status;
  open_report(r, p);
  p->is_open = false;
  if (report_filter_accepts(&r->options->filter, report, &r->result->source))
    emit_whole(r, report, trpt_report_metadata(report));
  else
    leave_out(r, report);
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

/* Whether the input holds no reports, and its rest exceeds a limit. One error about it is enough. */
static bool is_rest_of_other(const plain_input *p, const trpt_error *error) {
  return p->is_broken && p->count == 1 && !p->is_open && error->status == TRPT_E_LIMIT;
}

/* Returns whether the rest of the input is read too. */
static bool close_with_error(report_reader *r, input_source *s, plain_input *p) {
  const trpt_error error = *trpt_parser_error(r->tools->parser);
  const bool is_first = p->count == p->is_open;
  if (input_interrupted()) return false; /* the user interrupted it, so it is not invalid */
  if (is_rest_of_other(p, &error)) return false;
  p->is_broken = p->is_broken || (error.code && strcmp(error.code, "json.not-json") == 0);
  if (is_first && is_gzip_of_other(s, &error) && input_rewind(s)) {
    read_mails(r, s);
    return false;
  }
  open_report(r, p);
  p->is_open = false;
  if (is_first && is_named_xml(s)) {
    r->result->kind = TRPT_MAIL_KIND_DMARC;
    end(r, RESULT_OTHER);
    return true;
  }
  if (p->is_whole && trpt_report_unfinished(r->tools->parser))
    emit_unfinished(r, trpt_report_unfinished(r->tools->parser));
  end_with_error(r, &error, false);
  return true;
}

/* Text without a report, such as []. */
static void end_without_report(report_reader *r, input_source *s) {
  if (s->origin == INPUT_FOUND) {
    count_other(r, TRPT_MAIL_KIND_UNKNOWN);
    return;
  }
  begin(r, s);
  end_with_problem(r, problem_no_report());
}

/* An element of a report looks like a report, so a text without its end can swallow the next one. */
static void warn_of_loss(const report_reader *r, const plain_input *p) {
  buffer text = {0};
  if (!p->is_broken || p->count < 2 || r->input->origin == INPUT_ITEM || !jobs_take_turn()) return;
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

/* Reads the reports of an input that is neither a mail nor an archive, in chunks. */
static void read_plain(report_reader *r, input_source *s) {
  plain_input p = {.source = *s, .is_whole = r->sink->report || report_filter_is_set(&r->options->filter)};
  trpt_status status = TRPT_MORE;
  trpt_parser_reset(r->tools->parser);
  for (;;) {
    if (status == TRPT_MORE && !read_chunk(&p, s)) {
      const problem io = problem_io(strerror(errno));
      open_report(r, &p);
      end_with_problem(r, io);
      break;
    }
    status = read_next(r, &p);
    if (status < 0 && !close_with_error(r, s, &p)) break;
    if (status == TRPT_END || (status < 0 && trpt_parser_has_ended(r->tools->parser))) break;
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

/* The first two bytes identify nearly all inputs as reports. In UTF-16, the second one is NUL. Read errors are ignored
   here, since the next read reports them. */
static trpt_mail_kind kind_of(input_source *s) {
  const char *head;
  const long begin = input_peek(s, 2, &head);
  if (begin > 0 && head[0] == '{' && (begin == 1 || head[1])) return TRPT_MAIL_KIND_JSON;
  s->is_gzip = begin > 0 && head[0] == 0x1F;
  const long peeked = begin > 0 ? input_peek(s, MAIL_READER_HEAD_LEN, &head) : begin;
  if (peeked < 0) return TRPT_MAIL_KIND_JSON;
  const trpt_str window = {head, peeked < MAIL_READER_HEAD_LEN ? (size_t)peeked : MAIL_READER_HEAD_LEN};
  /* Any number of blanks may precede a report. */
  const bool is_blank = window.len == MAIL_READER_HEAD_LEN && !trpt_trim_space(window).len;
  return is_blank ? TRPT_MAIL_KIND_JSON : mail_reader_kind(window.ptr, window.len);
}

static void read_input(report_reader *r, input_source *s) {
  const read_options *options = r->options;
  const bool is_framed = options->input >= FRAMING_TAR && strcmp(s->name, "-") == 0;
  const char *reason = reason_to_refuse(r->sink, s);
  if (reason) {
    begin(r, s);
    end_with_problem(r, problem_framing(reason, 0));
    return;
  }
  const trpt_mail_kind kind = kind_of(s);
  if (is_framed || options->require_dkim || mail_reader_accepts(kind))
    read_mails(r, s);
  else if (kind == TRPT_MAIL_KIND_UNKNOWN && may_hold_others(s, kind))
    count_other(r, kind);
  else
    read_plain(r, s);
}

void report_reader_read(report_tools *t, results *rs, input_source *s) {
  report_reader r = {.tools = t,
                     .options = &t->options,
                     .sink = rs->all->sink,
                     .results = rs,
                     .result = &rs->items[rs->count],
                     .input = s,
                     .allocated = t->allocated};
  if (!input_interrupted()) read_input(&r, s);
}

void report_reader_fail(results *rs, const input_source *s, const problem *p) {
  result *r = results_new(rs, s);
  r->type = RESULT_PROBLEM;
  r->problem = *p;
  results_add(rs, 0);
}

void report_reader_skip(results *rs, trpt_mail_kind kind) {
  result *r = results_new(rs, &(input_source){.name = "", .fd = -1});
  r->type = RESULT_OTHER;
  r->kind = kind;
  results_add(rs, 0);
}

/* ---- tools ---- */

static void *allocate(void *user, size_t size) {
  ((report_tools *)user)->allocated += size;
  return malloc(size);
}

/* Any thread may call it, also after the tools are gone. */
static void release(void *user, void *memory, size_t size) {
  (void)user;
  (void)size;
  free(memory);
}

trpt_status report_tools_begin(report_tools *t, const read_options *options) {
  *t = (report_tools){.options = *options, .allocator = {sizeof t->allocator, allocate, release, t}};
  t->options.parser.flags |= TRPT_SEQUENCE;
  t->options.parser.allocator = &t->allocator;
  return trpt_parser_new(&t->parser, &t->options.parser);
}

void report_tools_end(report_tools *t) {
  mail_reader_free(t->mails);
  trpt_parser_free(t->parser);
}
