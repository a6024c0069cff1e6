/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_EXPORT_H
#define TRPT_LIB_ARROW_EXPORT_H

/* Makes a block the private data of an array and of its children. Consumers may move children out of the array and release each
   in any order and thread. The last release gives the block back to the pool of its table. */

#include "arrow_pool.h"

/* Fills `out` with so many rows of the block, which the array then owns. */
void trpt_arrow_export(trpt_arrow_block *block, size_t row_count, trpt_arrow_pool *pool, struct ArrowArray *out);

#endif
