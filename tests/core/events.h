/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_EVENTS_H
#define TRPT_TESTS_EVENTS_H

/* All that a parser says of an input as one text, so that two readings can be compared and a difference can be read: a line
   for each event with all its members, and at the end the status and the whole trpt_error. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <tlsrpt/report.h>

typedef struct events {
  char *text; /* ends in a NUL */
  size_t len;
  size_t capacity;
  unsigned what; /* EVENTS_*; set before reading */
  trpt_status status;
} events;

enum {
  EVENTS_NO_DIAGNOSTICS = 1, /* neither them nor their counts */
  EVENTS_NO_ERROR = 2,       /* neither status nor error */
  EVENTS_PUSH = 4,           /* through trpt_parser_feed, else through trpt_parser_read */
  /* Each call gets its bytes in a block of their own, of exactly their length, which is gone afterwards: a sanitizer sees
     each byte too many, and each event that points to where the input was. */
  EVENTS_MOVE = 8,
  /* The parser has TRPT_SEQUENCE: a line FAULT for the error of a text, after which the reading goes on. */
  EVENTS_SEQUENCE = 16
};

/* How many of the bytes that are left the next piece has; may be 0. */
typedef size_t (*events_next_fn)(void *user, size_t left);

size_t events_whole(void *user, size_t left);  /* all of them */
size_t events_byte(void *user, size_t left);   /* one */
size_t events_cut_at(void *user, size_t left); /* *(size_t *)user first, then the rest */
size_t events_random(void *user,
                     size_t left); /* by the generator *(uint32_t *)user: often few, sometimes many or none */

/* Resets the parser and reads; `e->text` is written anew. */
void events_read(events *e, trpt_parser *parser, const void *data, size_t len, events_next_fn next, void *user);

/* The same text from a tree. Diagnostics come first there, since a tree does not say between which elements they stood. */
void events_of_report(events *e, const trpt_report *report);

/* Whether a parser's text and a tree's say the same: the same findings in order, and the same elements in order. */
bool events_agree(const events *parser, const events *report);

void events_clear(events *e);
void events_add(events *e, const trpt_event *event);
void events_add_error(events *e, trpt_status status, const trpt_error *error);
void events_free(events *e);

#endif
