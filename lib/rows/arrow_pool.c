/* SPDX-License-Identifier: MIT */
#include "arrow_pool.h"

/* Larger blocks are freed: they are rare, and would stay as long as the batch does. */
enum { MAX_SIZE = 4 << 20, MAX_SHARE = 4 };

struct trpt_arrow_pool {
  trpt_allocator allocator;
  size_t max_size; /* of a block */
  atomic_uint references;
  _Atomic(trpt_arrow_block *) block;
};

trpt_status trpt_arrow_pool_new(trpt_arrow_pool **out, const trpt_allocator *allocator, size_t limit) {
  trpt_arrow_pool *pool = allocator->allocate(allocator->user, sizeof *pool);
  *out = pool;
  if (!pool) return TRPT_E_MEMORY;
  pool->allocator = *allocator;
  pool->max_size = limit / MAX_SHARE < MAX_SIZE ? limit / MAX_SHARE : MAX_SIZE;
  atomic_init(&pool->references, 1);
  atomic_init(&pool->block, NULL);
  return TRPT_OK;
}

void trpt_arrow_pool_hold(trpt_arrow_pool *pool) {
  atomic_fetch_add_explicit(&pool->references, 1, memory_order_relaxed);
}

void trpt_arrow_pool_drop(trpt_arrow_pool *pool) {
  if (atomic_fetch_sub_explicit(&pool->references, 1, memory_order_acq_rel) != 1) return;
  const trpt_allocator allocator = pool->allocator;
  trpt_arrow_block *block = trpt_arrow_pool_take(pool);
  if (block) trpt_arrow_block_free(block);
  allocator.release(allocator.user, pool, sizeof *pool);
}

trpt_arrow_block *trpt_arrow_pool_take(trpt_arrow_pool *pool) {
  return atomic_exchange_explicit(&pool->block, NULL, memory_order_acq_rel);
}

void trpt_arrow_pool_give(trpt_arrow_pool *pool, trpt_arrow_block *block) {
  if (trpt_arrow_block_size(block) <= pool->max_size)
    block = atomic_exchange_explicit(&pool->block, block, memory_order_acq_rel);
  if (block) trpt_arrow_block_free(block);
  trpt_arrow_pool_drop(pool);
}
