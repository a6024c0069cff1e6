/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_MEND_H
#define TLSRPT_MEND_H

#include "buffer.h"

/**
 * The record that should be published in place of this one, where that can be derived: the version and the name rua as
 * they must be written, blanks and empty fields gone, "mailto:" before bare addresses, several rua fields made one.
 *
 * @return true with `out` set: a valid record without error-level findings, in place of one with errors or warnings; else false
 *         with `out` empty
 */
bool mend_record(const char *text, size_t len, buffer *out);

#endif
