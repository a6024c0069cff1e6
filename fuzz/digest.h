/* SPDX-License-Identifier: MIT */
#ifndef TRPT_FUZZ_DIGEST_H
#define TRPT_FUZZ_DIGEST_H

/* For brief checks: a reading as one number, made of all that a parser says. It takes a small part of the time of the text of
   events.h. Two readings that differ have the same number in one of 2^64 cases. */

#include "guarded.h"
#include "readings.h"

typedef struct fuzz_digest {
  uint64_t events;
  uint64_t ending;         /* the status and all of `error` */
  const trpt_error *error; /* of the parser: until its next call */
} fuzz_digest;

static inline void digest_number(uint64_t *digest, uint64_t number) {
  const uint64_t mixed = (*digest ^ number) * UINT64_C(0x9E3779B97F4A7C15);
  *digest = mixed ^ mixed >> 29;
}

/* Reads every byte, and none beyond. */
static inline void digest_bytes(uint64_t *digest, const char *bytes, size_t len) {
  uint64_t word;
  for (; len >= sizeof word; bytes += sizeof word, len -= sizeof word) {
    memcpy(&word, bytes, sizeof word);
    digest_number(digest, word);
  }
  word = len;
  if (len) memcpy(&word, bytes, len);
  digest_number(digest, word ^ (uint64_t)len << 56);
}

static inline void digest_text(uint64_t *digest, trpt_str text) {
  CHECK(text.ptr || !text.len);
  digest_number(digest, text.ptr ? text.len : UINT64_MAX);
  if (text.len) digest_bytes(digest, text.ptr, text.len);
}

static inline void digest_list(uint64_t *digest, const trpt_str *texts, uint32_t count) {
  CHECK(texts || !count);
  digest_number(digest, texts ? count : UINT64_MAX);
  for (uint32_t i = 0; i < count; i++) digest_text(digest, texts[i]);
}

static inline void digest_policy(uint64_t *digest, const trpt_policy *policy) {
  digest_text(digest, policy->type_name);
  digest_text(digest, policy->domain);
  digest_list(digest, policy->strings, policy->string_count);
  digest_list(digest, policy->mx_hosts, policy->mx_host_count);
  digest_number(digest, (uint64_t)policy->index << 32 | policy->present);
  digest_number(digest, (uint64_t)policy->failure_count << 32 | (uint32_t)policy->type);
  digest_number(digest, policy->successful_sessions);
  digest_number(digest, policy->failed_sessions);
}

static inline void digest_failure(uint64_t *digest, const trpt_failure *failure) {
  digest_text(digest, failure->type_name);
  digest_text(digest, failure->sending_mta_ip);
  digest_text(digest, failure->receiving_mx_hostname);
  digest_text(digest, failure->receiving_mx_helo);
  digest_text(digest, failure->receiving_ip);
  digest_text(digest, failure->additional_information);
  digest_text(digest, failure->failure_reason_code);
  digest_number(digest, (uint64_t)failure->policy_index << 32 | failure->index);
  digest_number(digest, (uint64_t)failure->present << 32 | (uint32_t)failure->type);
  digest_number(digest, failure->failed_sessions);
}

static inline void digest_metadata(uint64_t *digest, const trpt_metadata *metadata) {
  digest_text(digest, metadata->organization_name);
  digest_text(digest, metadata->contact_info);
  digest_text(digest, metadata->report_id);
  digest_text(digest, metadata->start_text);
  digest_text(digest, metadata->end_text);
  digest_number(digest, (uint64_t)metadata->start);
  digest_number(digest, (uint64_t)metadata->end);
  digest_number(digest, metadata->failure_count);
  digest_number(digest, (uint64_t)metadata->policy_count << 32 | metadata->present);
  digest_number(digest, (uint64_t)metadata->error_count << 32 | metadata->warning_count);
  digest_number(digest, metadata->info_count);
}

/* Codes are in static memory, the same for each reading. */
static inline void digest_position(uint64_t *digest, const char *code, uint32_t line, uint32_t column, uint64_t offset,
                                   const char *where) {
  digest_number(digest, (uintptr_t)code);
  digest_number(digest, (uint64_t)line << 32 | column);
  digest_number(digest, offset);
  digest_bytes(digest, where, strlen(where));
}

static inline void digest_event(uint64_t *digest, const trpt_event *event) {
  digest_number(digest, (uint64_t)event->type);
  if (event->failure) digest_failure(digest, event->failure);
  if (event->policy) digest_policy(digest, event->policy);
  if (event->metadata) digest_metadata(digest, event->metadata);
  const trpt_diagnostic *d = event->diagnostic;
  if (d) digest_position(digest, d->code, d->line, d->column, d->offset, d->where);
}

/* One chunk, or with none the end. */
static inline trpt_status digest_chunk(uint64_t *digest, trpt_parser *parser, const uint8_t *data, size_t len) {
  for (;;) {
    const trpt_event *event;
    size_t used;
    const trpt_status status = trpt_parser_read(parser, data, len, &used, &event);
    CHECK(used <= len && (status == TRPT_OK) == (event != NULL) && (status != TRPT_MORE || used == len));
    if (status != TRPT_OK) return status;
    digest_event(digest, event);
    if (data) data += used;
    len -= used;
  }
}

static inline fuzz_digest digest_end(uint64_t events, trpt_parser *parser, trpt_status status) {
  if (status == TRPT_MORE) status = digest_chunk(&events, parser, NULL, 0);
  const trpt_error *e = trpt_parser_error(parser);
  CHECK(e->status == (status == TRPT_END ? TRPT_OK : status));
  fuzz_digest d = {.events = events, .error = e};
  digest_number(&d.ending, (uint64_t)status);
  digest_position(&d.ending, e->code, e->line, e->column, e->offset, e->where);
  digest_bytes(&d.ending, e->message, strlen(e->message));
  return d;
}

static inline fuzz_digest fuzz_digest_whole(trpt_parser *parser, const fuzz_input *in) {
  uint64_t events = 0;
  trpt_parser_reset(parser);
  const trpt_status status = in->len ? digest_chunk(&events, parser, in->data, in->len) : TRPT_MORE;
  return digest_end(events, parser, status);
}

/* In chunks of up to 512 bytes. Each overwrites the one before, and ends where inaccessible memory begins. */
static inline fuzz_digest fuzz_digest_chunks(trpt_parser *parser, const fuzz_input *in) {
  enum { MAX_CHUNK = 512 };
  static uint8_t *memory;
  if (!memory) memory = fuzz_guarded(MAX_CHUNK);
  uint64_t events = 0, state = in->seed;
  trpt_status status = TRPT_MORE;
  trpt_parser_reset(parser);
  for (size_t at = 0; at < in->len && status == TRPT_MORE;) {
    const size_t size = 1 + fuzz_below(&state, MAX_CHUNK), left = in->len - at, len = size < left ? size : left;
    status = digest_chunk(&events, parser, memcpy(memory + MAX_CHUNK - len, in->data + at, len), len);
    at += len;
  }
  return digest_end(events, parser, status);
}

#endif
