/* SPDX-License-Identifier: MIT */
#include <tlsrpt/record.h>

#include <stdbool.h>

#include "../base/text.h"
#include "../catalogue/catalogue.h"

static void explain(trpt_conclusion *out, const char *code, const char *reason) {
  out->code = code;
  out->reason = reason;
}

/* Counts the texts by kind. Returns false if none is about TLSRPT. */
static bool count_kinds(trpt_conclusion *out, const trpt_str *texts, size_t count) {
  uint32_t *const counters[] = {
      [TRPT_TEXT_UNRELATED] = &out->unrelated_count,
      [TRPT_TEXT_INTENDED] = &out->intended_count,
      [TRPT_TEXT_TLSRPT] = &out->tlsrpt_count,
  };
  for (size_t i = 0; i < count; i++) {
    uint32_t *counter = counters[trpt_record_kind(texts[i].ptr, texts[i].len)];
    *counter += *counter < UINT32_MAX;
  }
  return out->tlsrpt_count || out->intended_count;
}

/* The verdict on a record that lenient parsing accepts. */
static void conclude_record(trpt_conclusion *out, const trpt_str *texts, size_t count) {
  trpt_record strict;
  trpt_error error;
  const trpt_str *text = texts;
  while (text->ptr != out->record.text.ptr || text->len != out->record.text.len) text++;
  out->index = (size_t)(text - texts);
  if (!out->record.usable_rua_count) {
    explain(out, trpt_catalogue[TRPT_CODE_RECORD_NO_USABLE_RUA].code, "They cannot use any of the destinations.");
  } else if (trpt_record_select(texts, count, TRPT_STRICT, &strict, &error) != TRPT_OK) {
    out->verdict = TRPT_VERDICT_SOME;
    explain(out, error.code, "The record violates the grammar.");
  } else {
    out->verdict = TRPT_VERDICT_ALL;
  }
}

trpt_status trpt_record_conclude(const trpt_str *texts, size_t count, trpt_conclusion *out) {
  if (out) *out = (trpt_conclusion){.record = {.text = {NULL, 0}}};
  if (!texts || !out || !trpt_all_present(texts, count)) return TRPT_E_ARGUMENT;
  trpt_error error;
  out->verdict = TRPT_VERDICT_NONE;
  /* trpt_record_select never discards a single text, but a text about something else is not a record. */
  const size_t considered = count_kinds(out, texts, count) ? count : 0;
  out->status = trpt_record_select(texts, considered, 0, &out->record, &error);
  if (out->status == TRPT_OK)
    conclude_record(out, texts, count);
  else
    explain(out, error.code, trpt_diagnostic_message(error.code));
  return TRPT_OK;
}

const char *trpt_verdict_name(trpt_verdict verdict) {
  static const char *const names[] = {
      [TRPT_VERDICT_UNKNOWN] = "unknown",
      [TRPT_VERDICT_ALL] = "all",
      [TRPT_VERDICT_SOME] = "some",
      [TRPT_VERDICT_NONE] = "none",
  };
  return verdict >= 0 && verdict <= TRPT_VERDICT_NONE ? names[verdict] : NULL;
}
