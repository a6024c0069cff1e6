/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_STATE_H
#define TRPT_LIB_MAIL_STATE_H

/* The state of a reader, for the files that implement <tlsrpt/mail.h>: mail.c and mail_feed.c (the functions),
   content.c (what an input contains) and item.c (what is returned). */

#include <stdlib.h>

#include "container.h"
#include "mail_checks.h"

/* One level of nesting: a container or a mail. The input is the first frame, a mail in it the next, an archive in that
   mail the next, and so on. */
typedef struct trpt_mail_frame {
  trpt_mail_container *container; /* exactly one of these two is set */
  trpt_mail_message *message;
  trpt_mail_member member; /* current member of the container */
  trpt_mail_part part;     /* current part of the mail */
  bool is_expected;        /* reports are expected: anything else in it becomes an item with an error */
  bool has_items;          /* an item from it was returned */
  bool is_labelled;        /* the header of the mail claims that it is a report */
  trpt_mail_kind other;    /* of the mail, by what was found in it; TRPT_MAIL_KIND_UNKNOWN: nothing special */
} trpt_mail_frame;

/* An input that trpt_mail_feed collects. */
typedef struct trpt_mail_fed {
  char *data;
  size_t len;
  size_t capacity;
  trpt_status status;
  bool is_active;   /* it has begun and is not finished */
  bool is_too_long; /* more than max_message; the rest is not stored */
} trpt_mail_fed;

static inline void trpt_mail_fed_free(trpt_mail_fed *fed) {
  free(fed->data);
  fed->data = NULL;
  fed->capacity = 0;
}

/* Content that may hold several reports, in text or gzip. */
typedef struct trpt_mail_texts {
  trpt_str data; /* all of it */
  trpt_str rest; /* what was not read yet */
  trpt_mail_kind kind;
  bool is_active;
  bool is_expected;
  bool any;          /* a report or an error was found */
  bool any_report;   /* a report was found */
  uint64_t inflated; /* bytes that the unit has counted */
} trpt_mail_texts;

struct trpt_mail {
  trpt_mail_options options;
  trpt_mail_limits limits;
  trpt_parser *parser;
  trpt_str *authserv_ids; /* one allocation, with the texts after the array */
  bool is_strict;
  trpt_mail_frame *frames;
  uint32_t depth;
  bool is_open;
  bool in_callback;
  trpt_mail_unit unit;
  trpt_mail_fed fed;
  trpt_mail_read_fn read;
  void *read_user;
  /* The outermost mail. */
  uint32_t mail_frame;
  uint32_t mail_items; /* returned from it */
  bool in_mail;
  uint32_t abandoned; /* frames from this one on are not read further */
  trpt_dkim_verdicts verdicts;
  trpt_mail_texts texts; /* of the innermost frame */
  trpt_error error;
  /* The current item. */
  trpt_report *report;
  trpt_error item_error;
  trpt_mail_diagnostics diagnostics;
  trpt_mail_item item;
};

/* TRPT_OK: an item was found. TRPT_MORE: continue. */
typedef trpt_status trpt_step;

static inline trpt_mail_frame *trpt_mail_top_frame(trpt_mail *mail) { return &mail->frames[mail->depth - 1]; }

#endif
