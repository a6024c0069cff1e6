/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_UNIT_H
#define TRPT_LIB_MAIL_UNIT_H

/* What one unit of the input has cost so far. A unit is a mail (the input or a mail of an mbox), an entry of a tar, or
   any other file. Everything inside it shares its budget, however deep it is nested. */

#include <stdbool.h>

#include "mail_fault.h"

typedef struct trpt_mail_unit {
  uint64_t length;   /* bytes of the unit itself */
  uint64_t inflated; /* bytes inflated from all gzip and zip in it */
  uint64_t entries;  /* of all zips in it */
  uint64_t items;    /* returned from it, readable or not */
} trpt_mail_unit;

typedef struct trpt_mail_limits {
  uint64_t max_message;
  uint64_t max_inflated; /* of a unit */
  trpt_mail_unit *unit;  /* the current one */
  uint32_t max_entries;  /* of a unit */
  uint32_t max_ratio;    /* of a unit */
} trpt_mail_limits;

void trpt_mail_unit_begin(trpt_mail_unit *unit, uint64_t length);

/* Adds `size` inflated bytes to the unit. Returns which limit they exceed, with status TRPT_OK if none. */
trpt_mail_fault trpt_mail_unit_add_inflated(const trpt_mail_limits *limits, uint64_t size);

/* Whether the unit has inflated too much, so that the rest of it is not read. */
bool trpt_mail_unit_is_spent(const trpt_mail_limits *limits);

#endif
