/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ARROW_POOL_H
#define TRPT_LIB_ARROW_POOL_H

/* Stores the block of an array that was released for the next rows of the table: new memory costs a page fault for each page.
   It belongs to the table and to each exported block, which may be released in any thread. */

#include "arrow_block.h"

trpt_status trpt_arrow_pool_new(trpt_arrow_pool **out, const trpt_allocator *allocator, size_t limit);
void trpt_arrow_pool_hold(trpt_arrow_pool *pool);
/* Frees the pool with the last reference. */
void trpt_arrow_pool_drop(trpt_arrow_pool *pool);

/* Takes the block out of the pool. NULL: there is none. */
trpt_arrow_block *trpt_arrow_pool_take(trpt_arrow_pool *pool);
/* Stores the block, or frees it if it is large, and drops a reference. */
void trpt_arrow_pool_give(trpt_arrow_pool *pool, trpt_arrow_block *block);

#endif
