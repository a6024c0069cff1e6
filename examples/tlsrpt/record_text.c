/* SPDX-License-Identifier: MIT */
/* tlsrpt record --format text: whether senders would report, where they report to, and what to change. */
#include "color.h"
#include "escape.h"
#include "publish_format.h"
#include "record_view.h"

static void add_destinations(buffer *out, const trpt_record *record, bool usable) {
  size_t cursor = 0;
  trpt_rua rua;
  while (trpt_record_next_rua(record, &cursor, &rua) == TRPT_OK) {
    if (rua.usable != (int32_t)usable) continue;
    buffer_text(out, "    ");
    if (usable && rua.scheme == TRPT_SCHEME_MAILTO) {
      /* The decoded address is never longer than the encoded one. */
      buffer address = {0};
      size_t len;
      buffer_repeat(&address, '\0', rua.address.len + 1);
      if (!address.failed &&
          trpt_uri_decode(rua.address.ptr, rua.address.len, address.data, address.len, &len) == TRPT_OK) {
        buffer_text(out, "mail to ");
        escape_terminal(out, address.data, len);
      }
      buffer_free(&address);
    } else {
      if (usable) buffer_text(out, "POST to ");
      escape_terminal(out, rua.uri.ptr, rua.uri.len);
    }
    buffer_text(out, "\n");
  }
}

void record_destinations(buffer *out, const trpt_record *record) {
  add_destinations(out, record, true);
  if (record->usable_rua_count < record->rua_count) {
    buffer_text(out, "  Not usable:\n");
    add_destinations(out, record, false);
  }
}

static void add_verdict(buffer *out, const record_view *view) {
  static const struct {
    color_sense sense;
    const char *text;
  } verdicts[] = {
      [TRPT_VERDICT_ALL] = {COLOR_GOOD, "Senders would report."},
      [TRPT_VERDICT_SOME] = {COLOR_DOUBTFUL, "Forgiving senders would report, others would not:"},
      [TRPT_VERDICT_NONE] = {COLOR_BAD, "Senders would not report:"},
  };
  const trpt_conclusion *c = &view->conclusion;
  /* The user says that this text is a record, so show why it is invalid, even if it does not look like a TLSRPT
     record. */
  const char *reason = c->status == TRPT_E_NO_RECORD ? view->error.message : c->reason;
  buffer_text(out, "  ");
  color_text(out, verdicts[c->verdict].sense, verdicts[c->verdict].text);
  if (reason) {
    buffer_text(out, " ");
    buffer_text(out, reason);
  }
  buffer_text(out, "\n");
  if (c->record.text.ptr) record_destinations(out, &c->record);
}

void record_diagnostic(buffer *out, const trpt_diagnostic *d, trpt_str text) {
  buffer_text(out, "\n  ");
  diagnostic_text(out, d);
  buffer_text(out, ", ");
  buffer_text(out, d->section);
  buffer_text(out, "]\n");
  if (text.ptr) diagnostic_caret(out, text.ptr, text.len, d->offset, 4);
  buffer_text(out, "  ");
  buffer_text(out, trpt_diagnostic_advice(d->code));
  buffer_text(out, "\n");
}

typedef struct diagnostic_list {
  buffer *out;
  trpt_str text;
} diagnostic_list;

static int add_diagnostic(void *user, const trpt_diagnostic *d) {
  const diagnostic_list *l = user;
  record_diagnostic(l->out, d, l->text);
  return 0;
}

/* Adds the diagnostics with carets and advice, and the record to publish instead if one can be suggested. */
static void add_diagnostics(buffer *out, const record_view *view) {
  const trpt_str text = view->text;
  diagnostic_list l = {out, text};
  char suggestion[TRPT_SUGGESTION_MAX_LEN + 1];
  size_t len;
  trpt_record_diagnose(text.ptr, text.len, add_diagnostic, &l);
  if (trpt_record_suggest(text.ptr, text.len, suggestion, sizeof suggestion, &len) == TRPT_OK) {
    buffer_text(out, "\n  Publish instead:\n    ");
    buffer_add(out, suggestion, len);
    buffer_text(out, "\n");
  } else if (view->conclusion.verdict != TRPT_VERDICT_ALL) {
    buffer_text(out, "\n  Publish, for example:\n");
    publish_example(out);
  }
}

/* Says what the text was understood to be. */
static void add_notation(buffer *out, uint32_t notation) {
  if (!notation) return;
  buffer_text(out, "  Read from ");
  buffer_text(out, notation & TRPT_NOTATION_ENTRY ? "a TXT entry in the notation of zone files"
                                                  : "the notation of zone files");
  if (notation & TRPT_NOTATION_STRINGS)
    buffer_text(out, ": several strings, joined");
  else if (notation & TRPT_NOTATION_QUOTES)
    buffer_text(out, ": the text in the quotation marks");
  buffer_text(out, ".\n");
}

/* The text is not a record, but the name of a domain that may have one. */
static void add_domain(buffer *out, trpt_str domain) {
  buffer_text(out, "  This is a domain name. To check its record in DNS, run:\n    tlsrpt check ");
  buffer_add(out, domain.ptr, domain.len);
  buffer_text(out, "\n");
}

void record_text(buffer *out, const record_view *view, bool again) {
  if (again) buffer_text(out, "\n");
  escape_terminal(out, view->text.ptr, view->text.len);
  buffer_text(out, "\n");
  add_notation(out, view->notation);
  if (view->domain.ptr) {
    add_domain(out, view->domain);
    return;
  }
  add_verdict(out, view);
  add_diagnostics(out, view);
}
