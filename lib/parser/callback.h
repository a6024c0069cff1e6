/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CALLBACK_H
#define TRPT_LIB_CALLBACK_H

/* The caller's functions for events. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

/* Calls the function for an event, and returns what it returned; 0 if there is none. NULL: the one for the fault of a
   text, which there must be. */
int trpt_callback_call(trpt_parser *parser, const trpt_event *event);

/* Calls the function for an element where it ends, so that reading need not stop for it. Returns false if it must be queued: the
   call has no callbacks, or others come first. */
bool trpt_callback_at_once(trpt_parser *parser, const trpt_event *event);

#endif
