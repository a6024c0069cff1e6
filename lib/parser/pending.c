/* SPDX-License-Identifier: MIT */
#include "pending.h"

#include <stdalign.h>
#include <string.h>

static void rebase(trpt_str *text, const char *from, char *to) {
  if (text->ptr) text->ptr = to + (text->ptr - from);
}

bool trpt_pending_add(trpt_pending *pending, trpt_current *current) {
  const size_t alignment = alignof(max_align_t);
  const char *from = current->text.text + current->failure_text;
  const size_t text_len = current->text.len - current->failure_text;
  const size_t size = (sizeof current->failure + text_len + alignment - 1) / alignment * alignment;
  pending->full = pending->full || size > pending->capacity - pending->len;
  if (pending->full) return false;
  trpt_failure_state *entry = (trpt_failure_state *)(void *)(pending->memory + pending->len);
  char *to = (char *)(entry + 1);
  *entry = current->failure;
  entry->size = (uint32_t)size;
  memcpy(to, from, text_len);
  TRPT_EACH_OF (info, TRPT_STRUCTURE_FAILURE)
    if (trpt_has_text(info)) rebase(trpt_text_in(info, &entry->failure), from, to);
  pending->len += entry->size;
  trpt_current_drop_failure(current);
  return true;
}

const trpt_failure_state *trpt_pending_take(trpt_pending *pending) {
  const trpt_failure_state *entry = (const trpt_failure_state *)(const void *)(pending->memory + pending->consumed);
  pending->consumed += entry->size;
  if (pending->consumed == pending->len) pending->consumed = pending->len = 0;
  return entry;
}
