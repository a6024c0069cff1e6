/* SPDX-License-Identifier: MIT */
/* Replaces check/a_labels.c in builds without libidn2. */
#include "a_labels.h"

const char *a_labels_of(trpt_str name, buffer *out) {
  (void)name, (void)out;
  return "the name in A-labels (xn--), since this build has no libidn2";
}
