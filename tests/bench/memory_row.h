/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MEMORY_ROW_H
#define BENCH_MEMORY_ROW_H

#include "bench_rows.h"

/* Feeds reports that are made on the way and never held, and looks at what memory is in use early and late. */
bool memory_row(const row *self, const sizes *s);

#endif
