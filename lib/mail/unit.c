/* SPDX-License-Identifier: MIT */
#include "unit.h"

/* The ratio is not checked before this many bytes: small files may compress extremely well. */
#define RATIO_EXEMPT_SIZE (UINT64_C(1) << 20)

void trpt_mail_unit_begin(trpt_mail_unit *unit, uint64_t length) { *unit = (trpt_mail_unit){.length = length}; }

static trpt_mail_fault find_fault(const trpt_mail_limits *limits) {
  const trpt_mail_unit *unit = limits->unit;
  if (unit->inflated > limits->max_inflated)
    return trpt_mail_fault_limit("The input inflates to more than max_inflated (# bytes).", limits->max_inflated);
  if (unit->inflated > RATIO_EXEMPT_SIZE && unit->inflated / limits->max_ratio > unit->length)
    return trpt_mail_fault_limit("The input inflates to more than max_ratio (#) times its own length.",
                                 limits->max_ratio);
  return (trpt_mail_fault){0};
}

trpt_mail_fault trpt_mail_unit_add_inflated(const trpt_mail_limits *limits, uint64_t size) {
  trpt_mail_unit *unit = limits->unit;
  unit->inflated += size;
  return find_fault(limits);
}

bool trpt_mail_unit_is_spent(const trpt_mail_limits *limits) { return find_fault(limits).status != TRPT_OK; }
