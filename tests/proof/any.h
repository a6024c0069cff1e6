/* SPDX-License-Identifier: MIT */
#ifndef TRPT_PROOF_ANY_H
#define TRPT_PROOF_ANY_H

/* Any bytes, for Frama-C's Eva: it follows all values at once. */

#include <__fc_builtin.h>

/* Fills `size` bytes with any. */
static inline void any_bytes(char *bytes, unsigned size) { Frama_C_make_unknown(bytes, size); }

#endif
