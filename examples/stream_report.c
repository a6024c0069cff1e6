/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include <tlsrpt/trpt.h>

/* Prints untrusted bytes without terminal control characters. */
static void print(const char *label, trpt_str s) {
  printf(" %s=", label);
  for (size_t i = 0; i < s.len; i++) putchar(s.ptr[i] >= ' ' && s.ptr[i] <= '~' ? s.ptr[i] : '?');
}

static void show(const trpt_event *event) {
  switch (event->type) {
  case TRPT_EVENT_FAILURE:
    printf("failure");
    print("type", event->failure->type_name);
    print("mx", event->failure->receiving_mx_hostname);
    printf(" sessions=%" PRIu64 "\n", event->failure->failed_sessions);
    break;
  case TRPT_EVENT_POLICY:
    printf("policy");
    print("type", event->policy->type_name);
    print("domain", event->policy->domain);
    printf(" failed=%" PRIu64 " successful=%" PRIu64 "\n", event->policy->failed_sessions,
           event->policy->successful_sessions);
    break;
  case TRPT_EVENT_REPORT: /* the last event: the report is complete and valid */
    printf("report");
    print("from", event->metadata->organization_name);
    print("id", event->metadata->report_id);
    printf("\n");
    break;
  case TRPT_EVENT_DIAGNOSTIC: printf("%s at line %u\n", event->diagnostic->code, event->diagnostic->line); break;
  }
}

int main(void) {
  trpt_parser *parser;
  if (trpt_parser_new(&parser, NULL) != TRPT_OK) return 2; /* NULL: default options */

  char chunk[4096]; /* plain JSON or gzip, in chunks of any size */
  trpt_status status = TRPT_MORE;
  while (status == TRPT_MORE) {
    size_t len = fread(chunk, 1, sizeof chunk, stdin);
    const char *data = len ? chunk : NULL; /* NULL and 0: end of the input */
    const trpt_event *event;
    size_t used;
    while ((status = trpt_parser_read(parser, data, len, &used, &event)) == TRPT_OK) {
      show(event);
      if (data) data += used;
      len -= used;
    }
  }
  if (status != TRPT_END) {
    const trpt_error *error = trpt_parser_error(parser);
    printf("line %u, column %u: %s: %s\n", error->line, error->column, error->where, error->message);
  }
  trpt_parser_free(parser);
  return status == TRPT_END ? 0 : 1;
}
