/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_BASE64_H
#define TLSRPT_BASE64_H

/* Base64, RFC 4648 s4: the standard alphabet, with or without padding. */

#include <stdbool.h>
#include <stddef.h>

bool base64_has(char c); /* whether the alphabet has it */

enum { BASE64_GOOD, BASE64_WRONG, BASE64_CUT };

/* Decodes in place: `*len` becomes the bytes that came out. WRONG: a byte is not of the alphabet, `*len` is its place. CUT:
   the text breaks off, or goes on with bits that no encoder leaves at its end. */
int base64_decode(char *text, size_t *len);

#endif
