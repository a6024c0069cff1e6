/* SPDX-License-Identifier: MIT */
/* Throughput of the parser over one large report, in one run with what bare yajl with empty callbacks takes for the same
   bytes. usage: bench_parser [MEGABYTES] */
#define _POSIX_C_SOURCE 200809L
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <tlsrpt/trpt.h>

#ifdef TRPT_WITH_YAJL
#include <yajl/yajl_parse.h>
#endif

enum { CHUNK = 65536, ROUNDS = 5 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* As large senders write: policies with a handful of failures each. */
static char *make_report(size_t size, size_t *len) {
  static const char head[] = "{\"organization-name\":\"Example Mail\",\"date-range\":{\"start-datetime\":"
                             "\"2026-03-01T00:00:00Z\",\"end-datetime\":\"2026-03-01T23:59:59Z\"},\"contact-info\":"
                             "\"tlsrpt@example.net\",\"report-id\":\"bench\",\"policies\":[";
  static const char failure[] = "{\"result-type\":\"certificate-expired\",\"sending-mta-ip\":\"192.0.2.41\","
                                "\"receiving-mx-hostname\":\"mx1.example.com\",\"receiving-ip\":\"2001:db8::25\","
                                "\"failed-session-count\":%u,\"failure-reason-code\":\"X509_V_ERR_CERT_HAS_EXPIRED\"}";
  char *text = malloc(size + 8192);
  if (!text) return NULL;
  char *at = text + sprintf(text, "%s", head);
  for (unsigned policy = 0; (size_t)(at - text) < size; policy++) {
    at += sprintf(at,
                  "%s{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":[\"version: STSv1\",\"mode: enforce\","
                  "\"mx: mx1.example.com\",\"max_age: 604800\"],\"policy-domain\":\"d%u.example.com\",\"mx-host\":["
                  "\"mx1.example.com\"]},\"summary\":{\"total-successful-session-count\":1000,"
                  "\"total-failure-session-count\":15},\"failure-details\":[",
                  policy ? "," : "", policy);
    for (unsigned i = 1; i <= 5; i++) {
      at += sprintf(at, failure, i);
      *at++ = i < 5 ? ',' : ']';
    }
    *at++ = '}';
  }
  at += sprintf(at, "]}");
  *len = (size_t)(at - text);
  return text;
}

static int count_finding(void *user, const trpt_diagnostic *d) {
  (void)d;
  ++*(unsigned long *)user;
  return 0;
}

static void show(const char *what, size_t len, double seconds) {
  printf("%-44s %8.1f MB/s\n", what, (double)len / seconds / 1e6);
}

/* The best of some rounds: what disturbs a run only ever makes it slower. */
static void run(const char *what, const char *text, size_t len, const trpt_options *options,
                const trpt_handler *handler) {
  trpt_parser *parser;
  unsigned long findings = 0;
  double best = 1e9;
  if (trpt_parser_new(&parser, options) != TRPT_OK) return;
  trpt_parser_set_handler(parser, handler, &findings);
  for (int round = 0; round < ROUNDS; round++) {
    double begin = now();
    trpt_parser_reset(parser);
    for (size_t at = 0; at < len; at += CHUNK) trpt_parser_feed(parser, text + at, len - at < CHUNK ? len - at : CHUNK);
    trpt_status status = trpt_parser_finish(parser);
    double seconds = now() - begin;
    if (status) printf("%s: %s\n", what, trpt_parser_error(parser)->message);
    if (seconds < best) best = seconds;
  }
  trpt_parser_free(parser);
  show(what, len, best);
}

#ifdef TRPT_WITH_YAJL
static int empty(void *user) {
  (void)user;
  return 1;
}
static int empty_text(void *user, const unsigned char *text, size_t len) {
  (void)text;
  (void)len;
  return empty(user);
}
static int empty_number(void *user, const char *text, size_t len) {
  (void)text;
  (void)len;
  return empty(user);
}

static void run_yajl(const char *text, size_t len) {
  static const yajl_callbacks callbacks = {.yajl_number = empty_number,
                                           .yajl_string = empty_text,
                                           .yajl_map_key = empty_text,
                                           .yajl_start_map = empty,
                                           .yajl_end_map = empty,
                                           .yajl_start_array = empty,
                                           .yajl_end_array = empty};
  double best = 1e9;
  for (int round = 0; round < ROUNDS; round++) {
    double begin = now();
    yajl_handle yajl = yajl_alloc(&callbacks, NULL, NULL);
    for (size_t at = 0; at < len; at += CHUNK)
      yajl_parse(yajl, (const unsigned char *)text + at, len - at < CHUNK ? len - at : CHUNK);
    yajl_complete_parse(yajl);
    yajl_free(yajl);
    if (now() - begin < best) best = now() - begin;
  }
  show("bare yajl, empty callbacks", len, best);
}
#endif

int main(int argc, char **argv) {
  size_t len;
  char *text = make_report((argc > 1 ? strtoul(argv[1], NULL, 10) : 50) * 1000000, &len);
  if (!text) return 1;
  const trpt_handler handler = {.struct_size = sizeof handler, .on_diagnostic = count_finding};
  trpt_options options = {.struct_size = sizeof options};
  printf("%zu bytes; a parser takes %zu bytes\n", len, trpt_parser_size(&options));
#ifdef TRPT_WITH_YAJL
  run_yajl(text, len);
#endif
  for (trpt_tokenizer t = TRPT_TOKENIZER_BUILTIN; t <= TRPT_TOKENIZER_YAJL; t++) {
    bool builtin = t == TRPT_TOKENIZER_BUILTIN;
    options.tokenizer = t;
    options.flags = TRPT_NO_FINDINGS;
    run(builtin ? "built-in, no findings" : "yajl, no findings", text, len, &options, NULL);
    options.flags = 0;
    run(builtin ? "built-in, findings counted" : "yajl, findings counted", text, len, &options, NULL);
    run(builtin ? "built-in, findings received" : "yajl, findings received", text, len, &options, &handler);
  }
  free(text);
  return 0;
}
