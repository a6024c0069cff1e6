/* SPDX-License-Identifier: MIT */
/* tlsrpt check: asks DNS about many domains at once and shows them in the order in which they were given. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../arguments.h"
#include "../command.h"
#include "../help.h"
#include "../memory.h"
#include "../output.h"
#include "../progress.h"
#include "host.h"
#include "names.h"
#include "show.h"

enum { STATUS_UNKNOWN = 3, MAX_JOBS = 256, MAX_SECONDS = 3600 };

/* So many names may be done and wait for one before them, for each that can be under way. */
enum { WAITING_A_JOB = 8 };

/* What is to be shown of one name, once it is its turn. */
typedef struct place {
  bool is_done;
  buffer out;
  bool is_bad;
  buffer source; /* of the message about a bad name */
  problem problem;
} place;

/* One domain under way. */
typedef struct job {
  place *place; /* NULL: none */
  lookups lookups;
  dns_name domain;
  buffer given;
  buffer ascii;
  survey survey;
  int64_t deadline;
} job;

typedef struct check_run {
  check_show *show;
  bool with_hosts;
  int64_t milliseconds;
  size_t job_count;
  job *jobs;
  size_t under_way;
  size_t place_count;
  place *places; /* a ring */
  size_t first;  /* the next to be shown */
  uint64_t begun;
  uint64_t shown;
  network *network;
  names names;
  progress progress;
  bool any; /* was shown */
  bool some_bad;
  bool some_unknown;
} check_run;

static void show(const check_run *r, const job *j, const problem *p) {
  const check_view view = {.given = {j->given.len ? j->given.data : "", j->given.len},
                           .domain = {j->ascii.data, j->ascii.len},
                           .problem = p,
                           .survey = &j->survey,
                           .with_hosts = r->with_hosts};
  r->show(&j->place->out, &view);
  j->place->is_done = true;
}

static void end_job(check_run *r, job *j) {
  lookups_free(&j->lookups);
  j->place = NULL;
  r->under_way--;
}

/* A name that is none: its message waits for its turn. */
static void refuse(check_run *r, const job *j, const char *why) {
  place *p = j->place;
  p->is_bad = true;
  p->problem = problem_io(why);
  p->problem.status = "NAME";
  p->problem.error.line = r->names.number;
  if (r->names.number) {
    buffer_text(&p->source, "-");
  } else if (j->given.len) {
    buffer_add(&p->source, j->given.data, j->given.len);
  } else {
    buffer_text(&p->source, "''");
  }
  buffer_add(&p->source, "", 1);
  show(r, j, &p->problem);
}

/* Goes on as far as the answers reach. */
static void advance(check_run *r, job *j) {
  bool settled;
  size_t asked;
  size_t arrived;
  /* Each answer may allow for further questions, which do not wait for other answers. */
  do {
    asked = j->lookups.count;
    arrived = j->lookups.arrived;
    settled = lookups_settle(&j->lookups);
    if (asked && arrived == j->lookups.arrived) break;
    survey_ask(&j->survey, &j->lookups, &j->domain, r->with_hosts);
  } while (j->lookups.count != asked);
  if (!settled) return;
  const trpt_verdict verdict = j->survey.conclusion.verdict;
  r->some_unknown = r->some_unknown || verdict == TRPT_VERDICT_UNKNOWN;
  r->some_bad = r->some_bad || verdict == TRPT_VERDICT_SOME || verdict == TRPT_VERDICT_NONE;
  show(r, j, NULL);
  end_job(r, j);
}

/* The n-th of those that are not shown yet, or a free one behind them. */
static place *place_at(const check_run *r, size_t n) {
  const size_t i = r->first + n;
  return &r->places[i < r->place_count ? i : i - r->place_count];
}

static void begin(check_run *r, job *j, trpt_str given) {
  j->place = place_at(r, (size_t)(r->begun++ - r->shown));
  r->under_way++;
  buffer_clear(&j->given);
  buffer_add(&j->given, given.ptr, given.len);
  const char *why = host_read(given, &j->ascii, &j->domain);
  if (j->given.failed || j->ascii.failed) output_no_memory();
  if (why) {
    r->some_bad = true;
    refuse(r, j, why);
    end_job(r, j);
    return;
  }
  j->deadline = progress_clock() + r->milliseconds;
  advance(r, j);
}

static job *free_job(check_run *r) {
  for (size_t i = 0; i < r->job_count; i++)
    if (!r->jobs[i].place) return &r->jobs[i];
  return NULL;
}

/* Takes names up as long as there is room for them. */
static names_state take_names(check_run *r) {
  job *j;
  while (r->begun - r->shown < r->place_count && (j = free_job(r))) {
    trpt_str given;
    const names_state state = names_next(&r->names, &given);
    if (state != NAMES_NEXT) return state;
    begin(r, j, given);
  }
  return NAMES_NEXT;
}

/* Shows what is done and has nothing undone before it. */
static void show_places(check_run *r) {
  const uint64_t shown = r->shown;
  while (r->shown < r->begun && r->places[r->first].is_done) {
    place *p = &r->places[r->first];
    progress_hide(&r->progress);
    if (p->out.failed || p->source.failed) output_no_memory();
    if (r->show == check_text && p->out.len && r->any) output_text("\n");
    r->any = r->any || p->out.len;
    output_buffer(&p->out);
    if (p->is_bad) problem_tell(p->source.data, &p->problem);
    buffer_free(&p->out);
    buffer_free(&p->source);
    *p = (place){.is_done = false};
    r->shown++;
    r->first = r->first + 1 < r->place_count ? r->first + 1 : 0;
  }
  if (r->shown != shown) output_flush();
}

static void wait_for_answers(check_run *r, bool for_input) {
  int64_t until = INT64_MAX;
  for (size_t i = 0; i < r->job_count; i++)
    if (r->jobs[i].place && r->jobs[i].deadline < until) until = r->jobs[i].deadline;
  if (network_wait(r->network, for_input ? STDIN_FILENO : -1, until)) names_fill(&r->names);
  const int64_t now = progress_clock();
  for (size_t i = 0; i < r->job_count; i++) {
    job *j = &r->jobs[i];
    if (!j->place) continue;
    if (now >= j->deadline) lookups_close(&j->lookups);
    advance(r, j);
  }
}

/* How many names are done and how many under way. */
static void show_progress(check_run *r) {
  if (!progress_is_due(&r->progress)) return;
  buffer line = {0};
  buffer_number(&line, r->shown);
  buffer_text(&line, " checked, ");
  buffer_number(&line, r->under_way);
  buffer_text(&line, " under way");
  progress_show(&r->progress, &line);
  buffer_free(&line);
}

static void run_all(check_run *r) {
  for (;;) {
    const names_state state = take_names(r);
    show_places(r);
    if (!r->under_way && state == NAMES_END) break;
    if (!r->under_way && state == NAMES_NEXT) continue;
    show_progress(r);
    wait_for_answers(r, state == NAMES_WAIT);
  }
  progress_hide(&r->progress);
  if (r->names.why) {
    const problem p = problem_io(strerror(r->names.why));
    problem_tell("-", &p);
    r->some_bad = true;
  }
}

static int run(check_run *r) {
  int status = STATUS_FAILED;
  r->place_count = r->job_count * WAITING_A_JOB;
  r->jobs = memory_zeros(r->job_count, sizeof *r->jobs);
  r->places = memory_zeros(r->place_count, sizeof *r->places);
  if (network_open(r->network)) {
    for (size_t i = 0; i < r->job_count; i++) r->jobs[i].lookups.resolver = network_resolver(r->network, i);
    run_all(r);
    status = r->some_unknown ? STATUS_UNKNOWN : r->some_bad ? STATUS_BAD_INPUT : STATUS_GOOD;
  }
  for (size_t i = 0; i < r->job_count; i++) {
    buffer_free(&r->jobs[i].given);
    buffer_free(&r->jobs[i].ascii);
  }
  free(r->jobs);
  free(r->places);
  return status;
}

/* What follows the options, and the options that need the network. */
typedef struct asked {
  long seconds;
  long jobs;
  bool tcp;
  bool quiet;
  const char **servers; /* as many as there are arguments, at the most */
  size_t server_count;
} asked;

/* Reads the options; STATUS_GOOD to go on, -1 where the manual was shown. */
static int read_options(arguments *a, check_run *r, asked *q) {
  static const char *const formats[] = {"text", "json", NULL};
  static check_show *const shows[] = {check_text, check_json};
  for (int i; (i = arguments_next(a)) != ARGUMENTS_END;) {
    int format;
    switch (i) {
    case ARGUMENTS_HELP: return help_show("check") ? -1 : STATUS_FAILED;
    case 0: q->servers[q->server_count++] = a->value; break;
    case 1:
      if ((q->seconds = arguments_number("check", "--timeout", a->value, MAX_SECONDS)) < 0) return STATUS_FAILED;
      break;
    case 2:
      if ((q->jobs = arguments_number("check", "--jobs", a->value, MAX_JOBS)) < 0) return STATUS_FAILED;
      break;
    case 3:
      if ((format = arguments_choose("check", "--format", a->value, formats)) < 0) return STATUS_FAILED;
      r->show = shows[format];
      break;
    case 4: q->tcp = true; break;
    case 5: r->with_hosts = true; break;
    case 6: q->quiet = true; break;
    default: return STATUS_FAILED;
    }
  }
  return STATUS_GOOD;
}

static int check(arguments *a, asked *q) {
  check_run r = {.show = check_text};
  int status = read_options(a, &r, q);
  if (status) return status < 0 ? STATUS_GOOD : status;
  if (a->count == 0) return arguments_wrong("check", "no domain was given", NULL);
  r.milliseconds = q->seconds * 1000;
  r.job_count = (size_t)q->jobs;
  r.network = network_new(r.job_count, r.milliseconds, q->tcp);
  for (size_t i = 0; i < q->server_count && !status; i++)
    if (!network_add_server(r.network, q->servers[i]))
      status = arguments_wrong("check", "--server is ADDR, ADDR:PORT or [ADDR]:PORT, not", q->servers[i]);
  if (!status) {
    names_begin(&r.names, a->values, a->count);
    progress_begin(&r.progress, q->quiet);
    status = run(&r);
    names_free(&r.names);
  }
  network_free(r.network);
  return status;
}

int command_check(int argc, char **argv) {
  static const option options[] = {{"--server", true}, {"--timeout", true}, {"--jobs", true},   {"--format", true},
                                   {"--tcp", false},   {"--mx", false},     {"--quiet", false}, {0}};
  asked q = {.seconds = 10, .jobs = 32, .servers = memory_zeros((size_t)argc + 1, sizeof(char *))};
  arguments a;
  arguments_begin(&a, "check", options, argc, argv);
  const int status = check(&a, &q);
  free(q.servers);
  return status;
}
