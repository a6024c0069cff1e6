/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_PARSER_H
#define TRPT_LIB_PARSER_H

/* The parser: one struct for each part, which only the files named here change.

     settings    settings.c                         what the caller asked for; never changed
     allocation  parser.c                           creates, resets and frees parsers
     input       input.c                            bytes to JSON text, the caller's chunk
     decoder     decode_loop.c decode.c fast_path.c tokens to members, by the rows of decode_table.c
     current     current.c value.c string_list.c    the values of the metadata, the policy and the failure
                 list_value.c policy_string.c other_form.c
                 flat_policy.c
     pending     pending.c                          failures before their policy object
     sequence    sequence.c                         texts one after another, TRPT_SEQUENCE
     deferred    deferred.c end_object.c            what follows a token in several steps
     policy_checks policy_checks.c repetition.c     checks of more than one value
     events      event_queue.c emit.c               what waits to be returned
     call        parser.c read.c                    one call of a public function
     push        push.c callback.h                  callbacks
     tree        lib/report                         the unfinished tree of trpt_report_read

   memory_layout.c lays all of them out in one block; missing.c finds required members; path.c writes paths. */

#include <tlsrpt/report.h>

#include "call.h"
#include "current.h"
#include "decoder.h"
#include "deferred.h"
#include "event_queue.h"
#include "input.h"
#include "pending.h"
#include "policy_checks.h"
#include "push.h"
#include "sequence.h"
#include "settings.h"

/* Of trpt_parser_new; NULL: the memory is the caller's. */
typedef struct trpt_allocation {
  void *memory;
  size_t size;
} trpt_allocation;

struct trpt_parser {
  trpt_settings settings;
  trpt_allocation allocation;
  trpt_input input;
  trpt_decoder decoder;
  trpt_sequence sequence;
  trpt_current current;
  trpt_pending pending;
  trpt_deferred deferred;
  trpt_policy_checks policy_checks;
  trpt_events events;
  trpt_call call;
  trpt_push push;
  trpt_report *tree;
};

#endif
