/* SPDX-License-Identifier: MIT */
/* tlsrpt check: queries DNS about many domains at once, and shows them in the order of the arguments. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../allocate.h"
#include "../arguments.h"
#include "../command.h"
#include "../help.h"
#include "../progress.h"
#include "../publish_format.h"
#include "../standard_output.h"
#include "../terminal.h"
#include "answer.h"
#include "check_view.h"
#include "domain.h"
#include "names.h"
#include "publish.h"

enum { JOBS_MAX = 256, SECONDS_MAX = 3600 };

/* Results per job that may wait for an earlier one. */
enum { WAITING_PER_JOB = 8 };

/* The output for one name. It waits until all earlier names are shown. */
typedef struct slot {
  bool is_done;
  buffer out;
  bool is_bad;
  buffer source; /* the input, as named in the message about a bad name */
  problem problem;
} slot;

/* One domain in progress. */
typedef struct job {
  slot *slot; /* NULL: the job is idle */
  queries queries;
  dns_name domain;
  buffer input;
  buffer ascii;
  probe probe;
  int64_t deadline;
} job;

typedef struct check_run {
  check_show *show;
  publish_format *publish; /* NULL: show the domain */
  bool with_hosts;
  int64_t milliseconds;
  size_t job_count;
  job *jobs;
  size_t pending;
  size_t slot_count;
  slot *slots;  /* a ring */
  size_t first; /* the next slot to show */
  uint64_t begun;
  uint64_t shown;
  network *network;
  names names;
  progress progress;
  bool has_shown;              /* a domain was shown already */
  uint64_t outcomes[OUTCOMES]; /* number of names with each */
  bool has_bad;
  bool has_unknown;
} check_run;

static void show(const check_run *r, const job *j, const problem *p) {
  const check_view view = {.input = {j->input.len ? j->input.data : "", j->input.len},
                           .domain = {j->ascii.data, j->ascii.len},
                           .problem = p,
                           .probe = &j->probe};
  r->show(&j->slot->out, &view);
  j->slot->is_done = true;
}

static void end_job(check_run *r, job *j) {
  queries_free(&j->queries);
  j->slot = NULL;
  r->pending--;
}

/* Prepares a message about the name, which waits like other output. `line`: of standard input; 0: an argument. */
static void add_problem(const job *j, const char *why, uint32_t line) {
  slot *s = j->slot;
  s->is_bad = true;
  s->problem = problem_io(why);
  s->problem.status = "NAME";
  s->problem.error.line = line;
  if (line) {
    buffer_text(&s->source, "-");
  } else if (j->input.len) {
    buffer_add(&s->source, j->input.data, j->input.len);
  } else {
    buffer_text(&s->source, "''");
  }
  buffer_add(&s->source, "", 1);
}

/* Shows that the name is invalid. */
static void refuse(check_run *r, const job *j, const char *why) {
  add_problem(j, why, r->names.number);
  r->outcomes[OUTCOME_INVALID]++;
  r->has_bad = true;
  if (r->publish)
    j->slot->is_done = true;
  else
    show(r, j, &j->slot->problem);
}

/* Prints the record to publish: the same one if it is good. */
static void publish(check_run *r, const job *j) {
  buffer record = {0};
  check_publish(&j->probe, true, &record);
  if (record.len) {
    r->publish(&j->slot->out, (trpt_str){j->ascii.data, j->ascii.len}, (trpt_str){record.data, record.len});
  } else if (j->probe.conclusion.verdict == TRPT_VERDICT_UNKNOWN) {
    add_problem(j, "DNS gave no answer, so no record to publish can be derived.", 0);
  } else {
    add_problem(j, "No record to publish can be derived from what is in DNS.", 0);
    r->has_bad = true;
  }
  buffer_free(&record);
  j->slot->is_done = true;
}

static check_outcome outcome_of(const probe *p) {
  if (p->conclusion.verdict == TRPT_VERDICT_UNKNOWN) return OUTCOME_UNKNOWN;
  if (p->conclusion.verdict == TRPT_VERDICT_NONE) return OUTCOME_NONE;
  if (answer_delivery(p) == ANSWER_NO) return OUTCOME_UNDELIVERABLE;
  return p->conclusion.verdict == TRPT_VERDICT_SOME ? OUTCOME_FORGIVING : OUTCOME_GOOD;
}

static void conclude(check_run *r, const job *j) {
  const check_outcome outcome = outcome_of(&j->probe);
  r->has_unknown = r->has_unknown || outcome == OUTCOME_UNKNOWN;
  if (r->publish) {
    publish(r, j);
    return;
  }
  r->outcomes[outcome]++;
  r->has_bad = r->has_bad || (outcome != OUTCOME_GOOD && outcome != OUTCOME_UNKNOWN);
  show(r, j, NULL);
}

/* Sends all queries that the answers so far allow. Shows the domain once no query is pending. */
static void advance(check_run *r, job *j) {
  bool settled;
  size_t sent;
  size_t arrived;
  /* Each answer may lead to further queries, which do not wait for the other answers. */
  do {
    sent = j->queries.count;
    arrived = j->queries.arrived;
    settled = queries_settle(&j->queries);
    if (sent && arrived == j->queries.arrived) break;
    probe_ask(&j->probe, &j->queries, &j->domain, r->with_hosts);
  } while (j->queries.count != sent);
  if (!settled) return;
  conclude(r, j);
  end_job(r, j);
}

/* Returns the n-th slot that is not shown yet, or the free slot after them. */
static slot *slot_at(const check_run *r, size_t n) {
  const size_t i = r->first + n;
  return &r->slots[i < r->slot_count ? i : i - r->slot_count];
}

static void begin(check_run *r, job *j, trpt_str input) {
  j->slot = slot_at(r, (size_t)(r->begun++ - r->shown));
  r->pending++;
  buffer_clear(&j->input);
  buffer_add(&j->input, input.ptr, input.len);
  const char *why = domain_read(input, &j->ascii, &j->domain);
  if (j->input.failed || j->ascii.failed) output_no_memory();
  if (why) {
    refuse(r, j, why);
    end_job(r, j);
    return;
  }
  j->deadline = progress_clock() + r->milliseconds;
  advance(r, j);
}

static job *idle_job(check_run *r) {
  for (size_t i = 0; i < r->job_count; i++)
    if (!r->jobs[i].slot) return &r->jobs[i];
  return NULL;
}

/* Begins names while there are idle jobs and free slots. */
static names_state begin_names(check_run *r) {
  job *j;
  while (r->begun - r->shown < r->slot_count && (j = idle_job(r))) {
    trpt_str input;
    const names_state state = names_next(&r->names, &input);
    if (state != NAMES_AVAILABLE) return state;
    begin(r, j, input);
  }
  return NAMES_AVAILABLE;
}

/* Shows all slots up to the first that is not done. */
static void show_slots(check_run *r) {
  const uint64_t shown = r->shown;
  while (r->shown < r->begun && r->slots[r->first].is_done) {
    slot *s = &r->slots[r->first];
    progress_hide();
    if (s->out.failed || s->source.failed) output_no_memory();
    if (r->show == check_text && !r->publish && s->out.len && r->has_shown) output_text("\n");
    r->has_shown = r->has_shown || s->out.len;
    if (r->show == check_text && !r->publish)
      terminal_output(&s->out);
    else
      output_buffer(&s->out);
    if (s->is_bad) problem_repeat(s->source.data, &s->problem);
    buffer_free(&s->out);
    buffer_free(&s->source);
    *s = (slot){.is_done = false};
    r->shown++;
    r->first = r->first + 1 < r->slot_count ? r->first + 1 : 0;
  }
  if (r->shown != shown) output_flush();
}

static void wait_for_answers(check_run *r, bool for_input) {
  int64_t until = INT64_MAX;
  for (size_t i = 0; i < r->job_count; i++)
    if (r->jobs[i].slot && r->jobs[i].deadline < until) until = r->jobs[i].deadline;
  if (network_wait(r->network, for_input ? STDIN_FILENO : -1, until)) names_fill(&r->names);
  const int64_t now = progress_clock();
  for (size_t i = 0; i < r->job_count; i++) {
    job *j = &r->jobs[i];
    if (!j->slot) continue;
    if (now >= j->deadline) queries_close(&j->queries);
    advance(r, j);
  }
}

/* Shows how many names are done and how many are in progress. */
static void show_progress(check_run *r) {
  if (!progress_is_due(&r->progress)) return;
  buffer line = {0};
  buffer_number(&line, r->shown);
  buffer_text(&line, " checked, ");
  buffer_number(&line, r->pending);
  buffer_text(&line, " in progress");
  progress_show(&r->progress, &line);
  buffer_free(&line);
}

/* Many verdicts are long to read, so the last lines count them. */
static void show_totals(const check_run *r) {
  if (r->shown < 2 || r->show != check_text || r->publish) return;
  buffer out = {0};
  if (r->has_shown) output_text("\n");
  check_text_totals(&out, r->outcomes);
  terminal_output(&out);
  buffer_free(&out);
}

static void run_all(check_run *r) {
  for (;;) {
    const names_state state = begin_names(r);
    show_slots(r);
    if (!r->pending && state == NAMES_END) break;
    if (!r->pending && state == NAMES_AVAILABLE) continue;
    show_progress(r);
    wait_for_answers(r, state == NAMES_WAIT);
  }
  progress_hide();
  show_totals(r);
  if (r->names.error) {
    const problem p = problem_io(strerror(r->names.error));
    problem_print("-", &p);
    r->has_bad = true;
  }
}

static int run(check_run *r) {
  int status = STATUS_FAILED;
  r->jobs = allocate_zeros(r->job_count, sizeof *r->jobs);
  r->slots = allocate_zeros(r->job_count * WAITING_PER_JOB, sizeof *r->slots);
  r->job_count = network_open(r->network);
  r->slot_count = r->job_count * WAITING_PER_JOB;
  if (r->job_count) {
    for (size_t i = 0; i < r->job_count; i++) r->jobs[i].queries.resolver = network_resolver(r->network, i);
    run_all(r);
    status = r->has_bad ? STATUS_BAD_INPUT : r->has_unknown ? STATUS_UNKNOWN : STATUS_GOOD;
  }
  for (size_t i = 0; i < r->job_count; i++) {
    buffer_free(&r->jobs[i].input);
    buffer_free(&r->jobs[i].ascii);
  }
  free(r->jobs);
  free(r->slots);
  return status;
}

/* Options that take effect once all options are parsed. */
typedef struct check_options {
  int64_t seconds;
  int64_t jobs;
  bool tcp;
  bool quiet;
  const char **servers; /* array of as many elements as there are arguments */
  size_t server_count;
} check_options;

/* Parses the options. Returns STATUS_GOOD to continue, and -1 after showing the manual. */
static int parse_options(arguments *a, check_run *r, check_options *o) {
  static const char *const formats[] = {"text", "json", NULL};
  static check_show *const shows[] = {check_text, check_json};
  for (int i; (i = arguments_next(a)) != ARGUMENTS_END;) {
    int format;
    switch (i) {
    case ARGUMENTS_HELP: help_show("check"); return -1;
    case 0: o->servers[o->server_count++] = a->value; break;
    case 1:
      if ((o->seconds = arguments_number("check", "--timeout", a->value, SECONDS_MAX)) < 0) return STATUS_FAILED;
      break;
    case 2:
      if ((o->jobs = arguments_number("check", "--jobs", a->value, JOBS_MAX)) < 0) return STATUS_FAILED;
      break;
    case 3:
      if ((format = arguments_choose("check", "--format", a->value, formats)) < 0) return STATUS_FAILED;
      r->show = shows[format];
      break;
    case 4: o->tcp = true; break;
    case 5: r->with_hosts = true; break;
    case 6: o->quiet = true; break;
    case 7:
      if ((format = arguments_choose("check", "--publish", a->value, publish_format_names)) < 0) return STATUS_FAILED;
      r->publish = publish_formats[format];
      break;
    default: return STATUS_FAILED;
    }
  }
  return STATUS_GOOD;
}

static int check(arguments *a, check_options *o) {
  check_run r = {.show = check_text};
  int status = parse_options(a, &r, o);
  if (status) return status < 0 ? STATUS_GOOD : status;
  if (r.publish && r.show == check_json)
    return arguments_reject("check", "--publish prints only the records; leave out --format json", NULL);
  if (a->count == 0) return arguments_reject("check", "no DOMAIN given", NULL);
  r.milliseconds = o->seconds * 1000;
  r.job_count = (size_t)o->jobs;
  r.network = network_new(r.job_count, r.milliseconds, o->tcp);
  for (size_t i = 0; i < o->server_count && !status; i++)
    if (!network_add_server(r.network, o->servers[i]))
      status = arguments_reject("check", "--server must be ADDR, ADDR:PORT or [ADDR]:PORT, not", o->servers[i]);
  if (!status) {
    names_begin(&r.names, a->values, a->count);
    progress_begin(&r.progress, o->quiet);
    status = run(&r);
    names_free(&r.names);
  }
  network_free(r.network);
  return status;
}

int command_check(int argc, char **argv) {
  static const option options[] = {{"--server", true}, {"--timeout", true}, {"--jobs", true},
                                   {"--format", true}, {"--tcp", false},    {"--mx", false},
                                   {"--quiet", false}, {"--publish", true}, {0}};
  check_options o = {.seconds = 10, .jobs = 32, .servers = allocate_zeros((size_t)argc + 1, sizeof(char *))};
  arguments a;
  arguments_begin(&a, "check", options, argc, argv);
  const int status = check(&a, &o);
  free(o.servers);
  return status;
}
