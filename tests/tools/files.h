/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_FILES_H
#define TRPT_TESTS_FILES_H

#include <stddef.h>

/* Reads a whole file: `*len` bytes, then a NUL, to be freed with free. NULL if the file cannot be read. */
char *file_read(const char *path, size_t *len);

#endif
