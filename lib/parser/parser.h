/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_PARSER_H
#define TRPT_LIB_PARSER_H

/* The parser. Its parts, each in a file of its own, from the bottom up:
     path.c           where in the report something is
     emit.c           diagnostics and errors
     value.c          the value of one member, into its structure
     string_list.c    the strings of a member that is a list
     policy_string.c  odd forms of policy-string
     list_value.c     the value of a member that is a list
     missing.c        required members
     end_object.c     what is due when an object ends
     decode_table.c   what to do with each member
     decode.c         tokens to members, by that table
     deferred.c       what follows a token in several steps: checks of lists, pending failures, events
     input.c          bytes to JSON text: plain or gzip, and the limits on both
     parser_options.c defaults, limits and the layout of a parser's memory
     parser.c         the public functions */

#include <stdbool.h>

#include <tlsrpt/report.h>

#include "../catalogue/error_of_code.h"
#include "../inflate/gzip.h"
#include "../json/json.h"
#include "../model/schema.h"
#include "checks/checks.h"

/* The rows of limits.def. */
typedef enum trpt_limit {
#define LIMIT(id, member, initial, code, sentence) TRPT_LIMIT_##id,
#define FIXED_LIMIT(id, value, code, sentence)     TRPT_LIMIT_##id,
#include "limits.def"
#undef LIMIT
#undef FIXED_LIMIT
} trpt_limit;

/* Where in the report something was found: enough to write its path when somebody asks. */
typedef struct trpt_path {
  uint8_t context;
  uint8_t member;  /* TRPT_MEMBER_NONE: the object or array itself */
  uint32_t string; /* index in `policy-string` or `mx-host`; TRPT_NO_INDEX: none */
} trpt_path;
#define TRPT_NO_INDEX UINT32_MAX

typedef struct trpt_queued {
  trpt_position position;
  trpt_path path;
  uint32_t entry; /* indexes in the arrays of the report, elements that are no objects counted */
  uint32_t failure;
  trpt_code code;
} trpt_queued;

/* More than one token, or one step of work, can raise. */
enum { TRPT_QUEUE_CAPACITY = 32 };

/* Text that is kept, one string behind the other. */
typedef struct trpt_store {
  char *text;
  size_t len;
  size_t capacity;
  size_t longest; /* of one string: max_string */
} trpt_store;

/* Where an element of `policy-string` or `mx-host` stood. */
typedef struct trpt_element {
  trpt_position position;
  uint32_t index;  /* in the array of the report; TRPT_NO_INDEX: the member was a bare string */
  uint32_t joined; /* 1: the first of several TLSA records in one element of the array; else 0 */
} trpt_element;

typedef struct trpt_list {
  trpt_str *strings;
  trpt_element *elements;
  uint32_t count;
  uint32_t next_index;    /* of the next element of the array */
  trpt_position position; /* of the member's value */
} trpt_list;

/* The counts of a policy: its `summary`, and what was counted. */
typedef struct trpt_totals {
  trpt_policy summary;           /* only the counts of the object `summary`, which FAILURE events do not show yet */
  uint64_t details;              /* sum of failed-session-count */
  trpt_position failed_position; /* of total-failure-session-count */
  uint32_t failure_count;
} trpt_totals;

/* A failure with what its judging needs once its policy is known. */
typedef struct trpt_failure_state {
  trpt_failure failure;
  trpt_position type_position;
  trpt_position host_position;
  uint32_t index; /* in the array of the report */
  uint32_t reserved;
  size_t size; /* of this with its text, where it is held back */
} trpt_failure_state;

/* Work that is to be done before the next token is read, in this order. */
enum {
  TRPT_DEFER_STRINGS = 1, /* judge the elements of policy-string */
  TRPT_DEFER_POLICY = 2,  /* judge what needs the whole policy object */
  TRPT_DEFER_PENDING = 4, /* hand out the failures that were held back */
  TRPT_DEFER_FAILURE = 8, /* hand out the failure that just ended */
  TRPT_DEFER_END = 16,    /* judge the sums, hand out the policy */
  TRPT_DEFER_REPORT = 32  /* hand out the report */
};

typedef enum trpt_input_kind { TRPT_INPUT_UNKNOWN, TRPT_INPUT_PLAIN, TRPT_INPUT_GZIP } trpt_input_kind;

/* At each full window of inflated text the limits are looked at, so that they do not depend on how the input was cut. */
enum { TRPT_WINDOW_SIZE = 65536 };

typedef struct trpt_input {
  trpt_input_kind kind;
  uint64_t taken;       /* bytes of input */
  uint64_t text_offset; /* bytes of JSON text before the chunk that the tokenizer has */
  size_t given;         /* bytes of that chunk, where it is the caller's */
  unsigned char *window;
  size_t window_len;
  trpt_gzip gzip;
  trpt_gzip_status status; /* FINDING or BAD: to be told once the window was read */
  bool over_limit;         /* more text than max_inflated: likewise */
} trpt_input;

enum { TRPT_RECENT_POLICIES = 64 };

struct trpt_parser {
  trpt_options options; /* with the defaults filled in */
  trpt_allocator allocator;
  void *allocation; /* of trpt_parser_new, else NULL */
  size_t allocation_size;

  trpt_input input;
  trpt_json json;
  trpt_json_token token;
  bool codes; /* not TRPT_NO_DIAGNOSTICS */
  bool strict;
  bool receives; /* somebody takes diagnostics */
  bool ended;    /* the end of the input was told */
  bool trailing; /* bytes behind the JSON text: no longer looked at */
  bool complete; /* the report was handed out */
  bool busy;     /* a callback is running */

  /* The walk. */
  trpt_context context;
  trpt_member member;                          /* whose value comes next; TRPT_MEMBER_NONE: it is skipped */
  uint32_t skip_depth;                         /* inside a value that is skipped */
  trpt_position positions[TRPT_CONTEXT_COUNT]; /* of the object or array */
  uint32_t seen[TRPT_CONTEXT_COUNT];           /* members of the object, by TRPT_MEMBER_BIT */
  trpt_position alias_positions[TRPT_ALIAS_COUNT];
  uint8_t last; /* the member before, or the start of the object */
  /* What came behind each in the last object of its kind, as a guess for this one. */
  uint8_t followers[TRPT_MEMBER_COUNT + TRPT_CONTEXT_COUNT];

  /* What is being read. */
  trpt_metadata metadata;
  trpt_policy policy;
  trpt_totals totals;
  trpt_failure_state failure;
  /* The lists of the policy, each with the name of its public field. */
#define LIST(tag, id, object, name, field, number, has, required, check) trpt_list field;
#include "../model/schema.def"
  trpt_store report_text;     /* of the metadata */
  trpt_store text;            /* of the policy, and above it of the failure */
  size_t failure_text;        /* where the failure's begins */
  trpt_position end_position; /* of end-datetime */
  trpt_sts_lines sts_lines;
  uint64_t sts_patterns;  /* of the mx lines of the policy, as a sum of hashes */
  uint32_t entry_index;   /* in `policies` */
  uint32_t failure_index; /* in `failure-details` */
  uint32_t next_entry;
  uint32_t next_failure;
  uint64_t recent_policies[TRPT_RECENT_POLICIES]; /* their hashes */
  char recent_tags[TRPT_RECENT_POLICIES];         /* and of each the first byte, to look at eight in one go */
  uint32_t recent_count;

  /* Failures written before their policy object. */
  unsigned char *pending;
  size_t pending_len;
  size_t pending_consumed;
  bool pending_full; /* for this policy no more are held back */

  /* What is to be told. */
  uint32_t deferred;
  uint32_t deferred_index;
  trpt_event_type ready; /* an element, to be handed out once the queue is empty */
  const trpt_failure *ready_failure;
  uint32_t queue_first;
  uint32_t queue_count;
  uint32_t diagnostics_given;
  trpt_queued queue[TRPT_QUEUE_CAPACITY];

  trpt_event event;
  trpt_diagnostic diagnostic;
  char diagnostic_where[128];
  trpt_error failed; /* why the report cannot be read on, if its status is not 0 */
  trpt_error error;  /* why the last call failed */

  trpt_handler handler;
  void *user;

  trpt_report *tree; /* the unfinished one of trpt_report_read */
};

/* parser.c */
/* What trpt_parser_read does once its arguments are known to be good. */
trpt_status trpt_parser_advance(trpt_parser *parser, const void *data, size_t len, size_t *used,
                                const trpt_event **event);
/* Begins a call: forgets why the last one failed. */
void trpt_parser_begin(trpt_parser *parser);
/* An error of this call alone. */
trpt_status trpt_parser_refuse(trpt_parser *parser, trpt_status status);

/* parser_options.c */
trpt_status trpt_options_read(trpt_options *out, const trpt_options *options);
bool trpt_allocator_read(trpt_allocator *out, const trpt_allocator *allocator);
bool trpt_handler_read(trpt_handler *out, const trpt_handler *handler);
/* Bytes that a parser needs, from an aligned address; maybe more than any memory has. With `parser` not NULL its pointers are
   set to where things lie behind it. */
uint64_t trpt_parser_plan(const trpt_options *options, trpt_parser *parser);

/* input.c */
void trpt_input_reset(trpt_parser *parser);
/* Gives the tokenizer the next piece of text: from `data`, of which `*taken` bytes are used then, or from the window. False:
   there is none, or the parser has failed or raised something. */
bool trpt_input_next(trpt_parser *parser, const unsigned char *data, size_t len, size_t *taken);
/* The caller's bytes may go: the tokenizer stays where it is. Adds what it took to `*taken`. */
void trpt_input_release(trpt_parser *parser, size_t *taken);
void trpt_input_finish(trpt_parser *parser);

/* decode.c */
/* Takes tokens until there is something to do before the next one: TOKEN; or what the tokenizer said instead of a token. */
trpt_json_status trpt_decode(trpt_parser *parser);
/* The token of a text that is a number and nothing else. */
void trpt_decode_value(trpt_parser *parser);

/* end_object.c */
void trpt_end_object(trpt_parser *parser, trpt_context context);

/* deferred.c */
void trpt_deferred_run(trpt_parser *parser);

/* Of the token that is being handled. */
static inline trpt_position trpt_position_now(const trpt_parser *parser) {
  return trpt_json_position(&parser->json, parser->token.offset);
}

/* emit.c */
void trpt_emit(trpt_parser *parser, trpt_code code, trpt_position position, trpt_path path);
void trpt_emit_all(trpt_parser *parser, const trpt_codes *codes, trpt_position position, trpt_path path);
/* The report cannot be read on. */
void trpt_fail(trpt_parser *parser, trpt_status status, trpt_code code, trpt_position position, trpt_path path);
/* The same with TRPT_E_LIMIT; the message names the limit and its value. */
void trpt_fail_limit(trpt_parser *parser, trpt_limit limit, trpt_position position, trpt_path path);
/* Reading ends here, for a reason that lies outside of the text: what was still to be reported is dropped. */
trpt_status trpt_fail_at_once(trpt_parser *parser, trpt_status status);
trpt_status trpt_fail_limit_at_once(trpt_parser *parser, trpt_limit limit);
/* The member or context that is being decoded. */
trpt_path trpt_path_now(const trpt_parser *parser);
/* path.c */
void trpt_path_write(char *text, size_t capacity, trpt_path path, uint32_t entry, uint32_t failure);

static inline trpt_path trpt_path_of(trpt_context context, trpt_member member) {
  return (trpt_path){(uint8_t)context, (uint8_t)member, TRPT_NO_INDEX};
}

#endif
