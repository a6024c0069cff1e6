/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_INVISIBLE_H
#define TRPT_LIB_INVISIBLE_H

/* Characters that a record gets by pasting, and that a person cannot see. */

#include <tlsrpt/status.h>

/* Returns the length of the UTF-8 sequence at `pos` if it is an invisible character, or 0. */
size_t trpt_invisible_len(trpt_str text, size_t pos);

/* Returns the ASCII character that the sequence at `pos` was meant to be: a blank for a space that is not ASCII, and a
   quotation mark for a typographic one. '\0' stands for a character without any meaning. Sets `*len` to the length of the
   sequence; 0: it is another one. */
char trpt_pasted_meaning(trpt_str text, size_t pos, size_t *len);

#endif
