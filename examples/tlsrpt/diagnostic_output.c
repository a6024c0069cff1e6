/* SPDX-License-Identifier: MIT */
#include "diagnostic_output.h"

#include <string.h>

#include <tlsrpt/writer.h>

#include "../../lib/base/error.h"
#include "color.h"
#include "escape.h"
#include "standard_output.h"
#include "terminal.h"

trpt_diagnostic diagnostic_of(const char *code, const char *where) {
  return (trpt_diagnostic){.code = code,
                           .severity = trpt_diagnostic_severity(code),
                           .where = where,
                           .message = trpt_diagnostic_message(code),
                           .section = trpt_diagnostic_section(code)};
}

/* `name` replaces the name of the status for errors that the library does not have. */
static problem make(const char *name, trpt_status status, const char *code, const char *why, trpt_position position) {
  problem p = {.status = name ? name : trpt_status_name(status)};
  trpt_error_fill(&p.error, status, code, why, position, "");
  return p;
}

problem problem_of_error(const trpt_error *error) {
  return (problem){.status = trpt_status_name(error->status), .error = *error};
}

problem problem_io(const char *why) { return make("IO", TRPT_OK, NULL, why, (trpt_position){0}); }

problem problem_framing(const char *why, uint64_t column) {
  return make("FRAMING", TRPT_OK, NULL, why, (trpt_position){.column = (uint32_t)column});
}

problem problem_limit(const char *why) { return make(NULL, TRPT_E_LIMIT, "json.limit", why, (trpt_position){0}); }

problem problem_no_report(void) {
  return make(NULL, TRPT_E_NO_REPORT, NULL, trpt_status_message(TRPT_E_NO_REPORT), (trpt_position){0});
}

problem problem_too_large(void) { return problem_limit("The text exceeds 256 MiB or the available memory."); }

/* Adds "WHERE: ", or nothing for the top level. */
static void add_where(buffer *out, const char *where) {
  if (!*where) return;
  buffer_text(out, where);
  buffer_text(out, ": ");
}

void problem_print(const char *source, const problem *p) {
  const trpt_error *e = &p->error;
  buffer text = {0};
  escape_terminal(&text, source, strlen(source));
  buffer_text(&text, ": ");
  if (e->line) {
    buffer_text(&text, "line ");
    buffer_number(&text, e->line);
    buffer_text(&text, e->column ? ", " : ": ");
  }
  if (e->column) {
    buffer_text(&text, "column ");
    buffer_number(&text, e->column);
    buffer_text(&text, ": ");
  }
  add_where(&text, e->where);
  buffer_text(&text, e->message);
  if (e->code) {
    buffer_text(&text, " (");
    buffer_text(&text, e->code);
    buffer_text(&text, ")");
  }
  message_buffer(&text);
  buffer_free(&text);
}

void problem_repeat(const char *source, const problem *p) {
  if (!terminal_shows_both()) problem_print(source, p);
}

void problem_json(buffer *out, const problem *p) {
  const trpt_source source = {.struct_size = sizeof source, .error_status = {p->status, strlen(p->status)}};
  trpt_error_json(&p->error, &source, 0, buffer_write, out);
}

void diagnostic_json(buffer *out, const trpt_diagnostic *d, bool with_line) {
  trpt_diagnostic_json(d, TRPT_WITH_ADVICE | (with_line ? 0 : TRPT_NO_LINES), buffer_write, out);
}

void diagnostic_text(buffer *out, const trpt_diagnostic *d) {
  color_text(out, color_of_severity(d->severity), trpt_severity_name(d->severity));
  buffer_text(out, ": ");
  add_where(out, d->where);
  buffer_text(out, d->message);
  buffer_text(out, " [");
  buffer_text(out, d->code);
}

void diagnostic_line(buffer *out, const char *source, const trpt_diagnostic *d) {
  escape_terminal(out, source, strlen(source));
  if (d->line) {
    buffer_text(out, ":");
    buffer_number(out, d->line);
    buffer_text(out, ":");
    buffer_number(out, d->column);
  }
  buffer_text(out, ": ");
  diagnostic_text(out, d);
  buffer_text(out, "]\n");
}

void diagnostic_caret(buffer *out, const char *text, size_t len, uint64_t offset, size_t indent) {
  /* Bytes of a long text that are shown before and after the caret. */
  enum { BEFORE = 50, AFTER = 40 };
  const size_t at = offset < len ? (size_t)offset : len;
  const size_t first = at > BEFORE ? at - BEFORE : 0;
  const size_t last = len - at > AFTER ? at + AFTER : len;
  buffer_repeat(out, ' ', indent);
  if (first) buffer_text(out, "...");
  const size_t columns = escape_ascii(out, text + first, last - first, at - first) + (first ? 3 : 0);
  if (last < len) buffer_text(out, "...");
  buffer_text(out, "\n");
  buffer_repeat(out, ' ', indent + columns);
  buffer_text(out, "^\n");
}
