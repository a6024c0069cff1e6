/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SETTINGS_H
#define TRPT_LIB_SETTINGS_H

/* The caller's options with the defaults filled in. They never change. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

/* The rows of limits.def. */
typedef enum trpt_limit {
#define LIMIT(id, member, initial, code, sentence) TRPT_LIMIT_##id,
#define FIXED_LIMIT(id, value, code, sentence)     TRPT_LIMIT_##id,
#include "limits.def"
#undef LIMIT
#undef FIXED_LIMIT
} trpt_limit;

typedef struct trpt_settings {
  trpt_options options; /* its allocator is NULL, since it need not live as long */
  trpt_allocator allocator;
} trpt_settings;

static inline bool trpt_is_strict(const trpt_settings *settings) { return settings->options.flags & TRPT_STRICT; }

static inline bool trpt_is_sequence(const trpt_settings *settings) { return settings->options.flags & TRPT_SEQUENCE; }

/* Not TRPT_NO_DIAGNOSTICS. */
static inline bool trpt_diagnoses(const trpt_settings *settings) {
  return !(settings->options.flags & TRPT_NO_DIAGNOSTICS);
}

/* How deep objects and arrays may nest. Only what is known of a report is bound by max_depth alone. */
static inline uint32_t trpt_max_nesting(const trpt_options *options) {
  return options->max_depth < 64 ? 64 : options->max_depth;
}

/* Bytes that the lists of a policy may take, so that its other texts have room. */
static inline size_t trpt_list_most(const trpt_settings *settings) { return settings->options.max_entry / 2; }

trpt_status trpt_options_read(trpt_options *out, const trpt_options *options);
/* `options` come from trpt_options_read. */
void trpt_settings_init(trpt_settings *settings, const trpt_options *options);

#endif
