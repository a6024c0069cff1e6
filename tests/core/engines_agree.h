/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_ENGINES_AGREE_H
#define TRPT_TESTS_ENGINES_AGREE_H

/* What the two tokenizers must agree on (docs/maintainers/tokenizers.md): everything, except for the differences that are checked here. */

#include "events.h"

/* Whether two readings of one input agree. `text` is the JSON text, or NULL if it is not known; then less is checked. */
bool engines_agree(const events *builtin, const events *yajl, const unsigned char *text, size_t len);

/* Whether a string may hold an escaped surrogate without its partner, which yajl replaces without a word. */
bool engines_lone_surrogate(const unsigned char *text, size_t len);

#endif
