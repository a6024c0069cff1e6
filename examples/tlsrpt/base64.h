/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_BASE64_H
#define TLSRPT_BASE64_H

/* Base64, RFC 4648 s4: the standard alphabet, with or without padding. */

#include <stdbool.h>
#include <stddef.h>

bool base64_has(char c); /* whether the character is in the alphabet */

enum { BASE64_GOOD, BASE64_INVALID, BASE64_INCOMPLETE };

/* Decodes in place and sets `*len` to the decoded length. INVALID: a byte is not in the alphabet, and `*len` is its
   offset. INCOMPLETE: the text is truncated, or its unused last bits are not zero. */
int base64_decode(char *text, size_t *len);

#endif
