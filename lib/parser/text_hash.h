/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TEXT_HASH_H
#define TRPT_LIB_TEXT_HASH_H

/* Hashes of texts within one report. They do not resist an attacker who constructs equal hashes. */

#include "../base/scan.h"
#include "../base/text.h"

/* Both halves of a product, so that each bit of it depends on all bits below. */
static inline uint64_t trpt_hash_product(uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 product;
  const product whole = (product)a * b;
  return (uint64_t)whole ^ (uint64_t)(whole >> 64);
#else
  const uint64_t low = (a & UINT32_MAX) * (b & UINT32_MAX), high = (a >> 32) * (b >> 32);
  const uint64_t one = (a >> 32) * (b & UINT32_MAX) + (low >> 32);
  const uint64_t other = (a & UINT32_MAX) * (b >> 32) + (one & UINT32_MAX);
  return ((other << 32 | (low & UINT32_MAX)) ^ (high + (one >> 32) + (other >> 32)));
#endif
}

/* One multiplication for each sixteen bytes. */
static inline uint64_t trpt_hash_block(uint64_t hash, trpt_block block) {
  uint64_t words[2];
  trpt_block_store((char *)words, trpt_block_lower(block));
  return trpt_hash_product(words[0] ^ UINT64_C(0x9E3779B97F4A7C15), words[1] ^ hash);
}

/* Texts that differ only in the case of letters have equal hashes; others almost never have. The last block may overlap the one
   before it, so the length is hashed as well. */
static inline uint64_t trpt_hash_text(uint64_t hash, trpt_str text) {
  hash ^= (text.len + 1) * UINT64_C(0xD6E8FEB86659FD93);
  if (text.len < 16) return trpt_hash_block(hash, trpt_block_load_short(text.ptr, text.len));
  const char *last = text.ptr + text.len - 16;
  for (const char *at = text.ptr; at < last; at += 16) hash = trpt_hash_block(hash, trpt_block_load(at));
  return trpt_hash_block(hash, trpt_block_load(last));
}

#endif
