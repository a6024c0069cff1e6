/* SPDX-License-Identifier: MIT */
/* Feeds chunks to a parser as they arrive, as a milter or an event loop does. Each connection has its own parser, in
   memory that the program owns, and the callbacks only count. Nothing is allocated.
   usage: feed < REPORT */
#include <inttypes.h>
#include <stdio.h>

#include <tlsrpt/trpt.h>

/* The state of a milter for one message. */
typedef struct message {
  trpt_parser *parser;
  uint64_t failed;
  uint64_t successful;
  int is_report;
  char memory[512 * 1024]; /* more than trpt_parser_size() with these options */
} message;

static int on_policy(void *user, const trpt_policy *policy) {
  message *m = user;
  /* Policies of different types may count the same sessions (RFC 8460 s4), so count one type only. */
  if (policy->type != TRPT_POLICY_STS) return 0;
  m->failed += policy->failed_sessions;
  m->successful += policy->successful_sessions;
  return 0;
}

static int on_report(void *user, const trpt_metadata *metadata) {
  message *m = user;
  m->is_report = metadata->policy_count > 0;
  return 0;
}

static trpt_status message_begin(message *m) {
  const trpt_options options = {.struct_size = sizeof options, .flags = TRPT_NO_DIAGNOSTICS, .max_input = 10 << 20};
  const trpt_handler handler = {.struct_size = sizeof handler, .on_policy = on_policy, .on_report = on_report};
  m->failed = m->successful = 0;
  m->is_report = 0;
  const trpt_status status = trpt_parser_init(&m->parser, m->memory, sizeof m->memory, &options);
  return status == TRPT_OK ? trpt_parser_set_handler(m->parser, &handler, m) : status;
}

static trpt_status message_body(message *m, const char *chunk, size_t len) {
  return trpt_parser_feed(m->parser, chunk, len);
}

static trpt_status message_end(message *m) { return trpt_parser_finish(m->parser); }

int main(void) {
  static message m;
  char chunk[1000];
  size_t len;
  trpt_status status = message_begin(&m);
  while (status == TRPT_OK && (len = fread(chunk, 1, sizeof chunk, stdin)) > 0) status = message_body(&m, chunk, len);
  if (status == TRPT_OK) status = message_end(&m);
  if (status != TRPT_OK) {
    printf("invalid report: %s\n", m.parser ? trpt_parser_error(m.parser)->message : trpt_status_message(status));
    return 1;
  }
  printf("%s: MTA-STS: %" PRIu64 " sessions failed, %" PRIu64 " succeeded\n",
         m.is_report ? "a report" : "an empty report", m.failed, m.successful);
  return 0;
}
