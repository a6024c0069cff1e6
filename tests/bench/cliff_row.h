/* SPDX-License-Identifier: MIT */
#ifndef BENCH_CLIFF_ROW_H
#define BENCH_CLIFF_ROW_H

#include "bench_rows.h"

/* The time for each byte of inputs that might be slow, as a multiple of that of a plain one. */
bool cliff_row(const row *self, const sizes *s);

#endif
