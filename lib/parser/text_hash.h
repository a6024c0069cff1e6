/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_TEXT_HASH_H
#define TRPT_LIB_TEXT_HASH_H

/* Hashes of texts within one report. They do not resist an attacker who constructs equal hashes. */

#include "../base/word.h"

/* One mixing multiplication for each eight bytes. */
static inline uint64_t trpt_hash_word(uint64_t hash, uint64_t word) {
  /* Without this bit in some byte there may be capital letters. */
  if (~word & TRPT_WORD_OF(0x20)) word = trpt_word_lower(word);
  hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
  return hash ^ hash >> 32;
}

/* Texts that differ only in the case of letters have equal hashes; others almost never have. The last word may overlap the
   one before it, so the length is hashed as well. */
static inline uint64_t trpt_hash_text(uint64_t hash, trpt_str text) {
  if (text.len < TRPT_WORD_SIZE) {
    hash = trpt_hash_word(hash, trpt_word_load_short(text.ptr, text.len));
  } else {
    const size_t last = text.len - TRPT_WORD_SIZE;
    for (size_t at = 0; at < last; at += TRPT_WORD_SIZE) hash = trpt_hash_word(hash, trpt_word_load(text.ptr + at));
    hash = trpt_hash_word(hash, trpt_word_load(text.ptr + last));
  }
  return (hash ^ text.len) * UINT64_C(0xD6E8FEB86659FD93);
}

#endif
