/* SPDX-License-Identifier: MIT */
#include "settings.h"

#include "../base/allocator.h"
#include "../base/versioned.h"
#include "../json/json.h"

trpt_status trpt_options_read(trpt_options *out, const trpt_options *options) {
  trpt_allocator allocator;
  *out = (trpt_options){0};
  if (options && !trpt_versioned_copy(out, sizeof *out, options)) return TRPT_E_ARGUMENT;
  out->struct_size = sizeof *out;
  if (out->flags & ~(uint32_t)(TRPT_STRICT | TRPT_NO_INFLATE | TRPT_NO_DIAGNOSTICS | TRPT_SEQUENCE))
    return TRPT_E_ARGUMENT;
  if ((out->flags & TRPT_STRICT) && (out->flags & TRPT_NO_DIAGNOSTICS)) return TRPT_E_ARGUMENT;
  if (out->tokenizer < TRPT_TOKENIZER_DEFAULT || out->tokenizer > TRPT_TOKENIZER_YAJL) return TRPT_E_ARGUMENT;
  if (!trpt_allocator_read(&allocator, out->allocator)) return TRPT_E_ARGUMENT;
  if (!trpt_json_engine_find(out->tokenizer)) return TRPT_E_UNSUPPORTED; /* GCOVR_EXCL_BR_LINE: a build without yajl */
#define LIMIT(id, member, initial, code, sentence)                                                                     \
  if (!out->member) out->member = initial;
#define FIXED_LIMIT(id, value, code, sentence)
#include "limits.def"
#undef LIMIT
#undef FIXED_LIMIT
  return TRPT_OK;
}

void trpt_settings_init(trpt_settings *settings, const trpt_options *options) {
  settings->options = *options;
  trpt_allocator_read(&settings->allocator, options->allocator);
  settings->options.allocator = NULL;
}
