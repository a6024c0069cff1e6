/* SPDX-License-Identifier: MIT */
#include "memory_layout.h"

#include <stdalign.h>

#include "parser.h"

/* The blocks follow each other, each aligned. No options make the 64-bit size wrap. */
typedef struct layout {
  unsigned char *base; /* NULL: only the size is computed */
  uint64_t size;
} layout;

static void *reserve(layout *plan, uint64_t count, size_t size) {
  const size_t alignment = alignof(max_align_t);
  void *block = plan->base ? plan->base + (size_t)plan->size : NULL;
  plan->size += (count * size + alignment - 1) / alignment * alignment;
  return block;
}

/* The number of strings in the metadata, each up to max_string. */
static size_t count_metadata_strings(void) {
  size_t count = 0;
  TRPT_EACH_OF (info, TRPT_STRUCTURE_METADATA) count += trpt_has_text(info);
  return count;
}

/* One byte more shows that text that is decoded here is too long. */
static trpt_store reserve_store(layout *plan, size_t count, size_t size) {
  char *text = reserve(plan, (uint64_t)count * size + 1, 1);
  return (trpt_store){text, 0, count * size};
}

static trpt_list reserve_list(layout *plan, uint32_t count) {
  trpt_list list = {0};
  list.strings = reserve(plan, count, sizeof *list.strings);
  list.elements = reserve(plan, count, sizeof *list.elements);
  return list;
}

/* Room for a string that a chunk cuts. One byte more than max_string shows that there is more. Names must fit, whatever
   max_string is. */
enum { SMALLEST_STRING = 64 };

static void plan_json(layout *plan, const trpt_options *options, trpt_json *json) {
  const trpt_json_engine *engine = trpt_json_engine_find(options->tokenizer);
  const uint64_t string = options->max_string < SMALLEST_STRING ? SMALLEST_STRING : (uint64_t)options->max_string + 1;
  json->engine = engine;
  json->max_depth = trpt_max_nesting(options);
  json->memory = reserve(plan, engine->size(json->max_depth, string), 1);
  json->string.text = reserve(plan, string, 1);
  json->string.capacity = (size_t)string;
}

static void plan_current(layout *plan, const trpt_options *options, trpt_current *current) {
  current->report_text = reserve_store(plan, count_metadata_strings(), options->max_string);
  current->text = reserve_store(plan, 1, options->max_entry);
#define LIST(tag, id, object, name, field, number, has, required, check)                                               \
  current->field = reserve_list(plan, options->max_strings);
#include "../model/schema.def"
}

static void plan_input(layout *plan, const trpt_options *options, trpt_input *input) {
  if (options->flags & TRPT_NO_INFLATE) return;
  input->window = reserve(plan, 1, TRPT_WINDOW_SIZE);
  void *inflate = reserve(plan, 1, trpt_inflate_size());
  if (inflate) trpt_gzip_init(&input->gzip, trpt_inflate_init(inflate));
}

uint64_t trpt_layout_plan(const trpt_options *options, trpt_parser *parser) {
  layout plan = {(unsigned char *)parser, 0};
  trpt_parser unused;
  /* cppcheck-suppress uninitvar; only its address is taken */
  trpt_parser *out = parser ? parser : &unused;
  reserve(&plan, 1, sizeof *parser);
  plan_json(&plan, options, &out->decoder.json);
  plan_current(&plan, options, &out->current);
  out->pending.memory = reserve(&plan, options->max_held, 1);
  out->pending.capacity = options->max_held;
  plan_input(&plan, options, &out->input);
  return plan.size;
}
