/* SPDX-License-Identifier: MIT */
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "../base/versioned.h"
#include "parser.h"

static void *default_allocate(void *user, size_t size) {
  (void)user;
  return malloc(size);
}

static void default_release(void *user, void *memory, size_t size) {
  (void)user;
  (void)size;
  free(memory);
}

bool trpt_allocator_read(trpt_allocator *out, const trpt_allocator *allocator) {
  *out = (trpt_allocator){sizeof *out, default_allocate, default_release, NULL};
  if (!allocator) return true;
  return trpt_versioned_copy(out, sizeof *out, allocator) && out->allocate && out->release;
}

bool trpt_handler_read(trpt_handler *out, const trpt_handler *handler) {
  return trpt_versioned_copy(out, sizeof *out, handler);
}

trpt_status trpt_options_read(trpt_options *out, const trpt_options *options) {
  trpt_allocator allocator;
  *out = (trpt_options){0};
  if (options && !trpt_versioned_copy(out, sizeof *out, options)) return TRPT_E_ARGUMENT;
  out->struct_size = sizeof *out;
  if (out->flags & ~(uint32_t)(TRPT_STRICT | TRPT_NO_INFLATE | TRPT_NO_DIAGNOSTICS)) return TRPT_E_ARGUMENT;
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

/* The plan of a parser's memory: blocks one behind the other, each aligned. In 64 bits no options make its size wrap. */
typedef struct memory_plan {
  unsigned char *base; /* NULL: only the size is asked for, which there may be no memory for */
  uint64_t size;
} memory_plan;

static void *reserve(memory_plan *plan, uint64_t count, size_t size) {
  const size_t alignment = alignof(max_align_t);
  void *block = plan->base ? plan->base + (size_t)plan->size : NULL;
  plan->size += (count * size + alignment - 1) / alignment * alignment;
  return block;
}

/* How many strings the members of the metadata have, each as long as max_string. */
static size_t count_metadata_strings(void) {
  size_t count = 0;
  TRPT_EACH_OF (info, TRPT_STRUCTURE_METADATA) count += trpt_has_text(info);
  return count;
}

/* Room for a word that a chunk cut: one byte more than max_string shows that there is more. Names must fit, whatever the
   limit on values. */
enum { SMALLEST_WORD = 64 };

static trpt_store reserve_store(memory_plan *plan, size_t count, size_t size, size_t longest) {
  char *text = reserve(plan, count, size);
  return (trpt_store){text, 0, count * size, longest};
}

static trpt_list reserve_list(memory_plan *plan, uint32_t count) {
  trpt_list list = {0};
  list.strings = reserve(plan, count, sizeof *list.strings);
  list.elements = reserve(plan, count, sizeof *list.elements);
  return list;
}

uint64_t trpt_parser_plan(const trpt_options *options, trpt_parser *parser) {
  memory_plan plan = {(unsigned char *)parser, 0};
  trpt_parser unused;
  /* cppcheck-suppress uninitvar; only its address is taken */
  trpt_parser *out = parser ? parser : &unused;
  const trpt_json_engine *engine = trpt_json_engine_find(options->tokenizer);
  const uint64_t word = options->max_string < SMALLEST_WORD ? SMALLEST_WORD : (uint64_t)options->max_string + 1;
  reserve(&plan, 1, sizeof *parser);
  out->json.engine = engine;
  out->json.max_depth = options->max_depth;
  out->json.memory = reserve(&plan, engine->size(options->max_depth, word), 1);
  out->json.string.text = reserve(&plan, word, 1);
  out->json.string.capacity = (size_t)word;
  out->report_text = reserve_store(&plan, count_metadata_strings(), options->max_string, options->max_string);
  out->text = reserve_store(&plan, 1, options->max_entry, options->max_string);
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  out->field = reserve_list(&plan, options->max_strings);
#include "../model/schema.def"
  out->pending = reserve(&plan, options->max_held, 1);
  if (!(options->flags & TRPT_NO_INFLATE)) {
    out->input.window = reserve(&plan, 1, TRPT_WINDOW_SIZE);
    void *inflate = reserve(&plan, 1, trpt_inflate_size());
    if (parser) trpt_gzip_init(&parser->input.gzip, trpt_inflate_init(inflate));
  }
  return plan.size;
}
