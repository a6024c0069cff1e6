/* SPDX-License-Identifier: MIT */
/* tlsrpt explain: what a code or a result type means, why it matters and what to do, with an example. */
#include <string.h>

#include <tlsrpt/diagnostic.h>
#include <tlsrpt/model.h>

#include "../../lib/base/text.h"
#include "arguments.h"
#include "command.h"
#include "help.h"
#include "nearest.h"
#include "standard_output.h"
#include "terminal.h"

/* One per diagnostic. A line begins with two blanks. */
static const struct {
  const char *code;
  const char *text;
} examples[] = {
#define EXAMPLE(code, text) {code, text},
#include "explain_examples.def"
#undef EXAMPLE
};

static const char *find_example(const char *code) {
  for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
    if (strcmp(examples[i].code, code) == 0) return examples[i].text;
  return NULL;
}

/* What follows from a diagnostic, by the part of its code before the dot and its severity. */
typedef struct consequence {
  const char *prefix;
  const char *texts[TRPT_ERROR + 1];
} consequence;

static const consequence consequences[] = {
    {"record.",
     {"The record works. This is worth knowing when you change it, or when reports are missing.",
      "Some senders may send no reports, or the reports may not say or reach what you expect.",
      "Senders that follow the RFC cannot use the record, or a part of it, so reports are lost."}},
    {"check.",
     {"The command cannot say whether reports arrive, so it is for you to check.",
      "Reports, or the policies that they are about, depend on what DNS says here.",
      "As long as this is so, no sender can find the record, so no reports are sent."}},
    {"json.",
     {"The report is read. Its sender can improve it.",
      "Programs may read the value differently, so two readers of the report may disagree.",
      "Other readers may reject the whole report, and TRPT_STRICT and --strict do."}},
    {"report.",
     {"The report is read as it is. This is worth knowing when you look at its numbers.",
      "The value is read, but it may not mean what it says, or other programs may not read it.",
      "The report violates the RFC. What can be read is read, but a part may be missing or guessed."}},
    {"gzip.",
     {"The report is read as it is.", "The report is read, but other programs may not read it.",
      "The compressed data is damaged or hostile, so the report, or a part of it, cannot be read."}},
    {"mail.",
     {"The report is read. The mail around it says something else than it could.",
      "The mail and the report do not fit together, so look closer before you trust the report.",
      "Nothing proves that the report comes from the organization that it names."}},
};

static const char *find_consequence(const char *code, trpt_severity severity) {
  for (size_t i = 0; i < sizeof consequences / sizeof consequences[0]; i++)
    if (strncmp(code, consequences[i].prefix, strlen(consequences[i].prefix)) == 0)
      return consequences[i].texts[severity];
  return "";
}

/* The parts of an explanation, in order. */
typedef struct explanation {
  const char *kind; /* "error", "result type" */
  const char *section;
  trpt_str meaning;
  const char *consequence;
  const char *advice;
  const char *example; /* lines that begin with two blanks */
} explanation;

static void add_part(buffer *out, const char *title, trpt_str text) {
  buffer_text(out, "\n");
  buffer_text(out, title);
  buffer_text(out, "\n  ");
  buffer_add(out, text.ptr, text.len);
  buffer_text(out, "\n");
}

static void add_explanation(buffer *out, const char *code, const explanation *e) {
  buffer_text(out, code);
  buffer_text(out, ": ");
  buffer_text(out, e->kind);
  buffer_text(out, ", ");
  buffer_text(out, e->section);
  buffer_text(out, "\n");
  add_part(out, "What it means", e->meaning);
  add_part(out, "Why it matters", trpt_str_of(e->consequence));
  add_part(out, "What to do", trpt_str_of(e->advice));
  buffer_text(out, "\nExample\n");
  buffer_text(out, e->example);
}

static bool explain_diagnostic(const char *code, explanation *out) {
  const char *message = trpt_diagnostic_message(code);
  if (!message) return false;
  const trpt_severity severity = trpt_diagnostic_severity(code);
  const char *example = find_example(code);
  *out = (explanation){.kind = trpt_severity_name(severity),
                       .section = trpt_diagnostic_section(code),
                       .meaning = trpt_str_of(message),
                       .consequence = find_consequence(code, severity),
                       .advice = trpt_diagnostic_advice(code),
                       .example = example ? example : "  none\n"};
  return true;
}

static bool explain_result_type(const char *name, buffer *example, explanation *out) {
  static const char sentence_end[] = ". ";
  const trpt_result_type type = trpt_result_type_from_name(name, strlen(name));
  if (type == TRPT_RESULT_UNKNOWN) return false;
  const char *description = trpt_result_type_description(type);
  /* Its first sentence says what failed, and the others what to check. */
  const char *end = strstr(description, sentence_end);
  const size_t meaning_len = end ? (size_t)(end - description) + 1 : strlen(description);
  buffer_text(example, "  \"failure-details\": [{\"result-type\": \"");
  buffer_text(example, name);
  buffer_text(example, "\", \"failed-session-count\": 5}]\n");
  buffer_add(example, "", 1);
  if (example->failed) output_no_memory();
  *out = (explanation){
      .kind = "result type",
      .section = "RFC 8460 s4.3",
      .meaning = {description, meaning_len},
      .consequence = trpt_result_type_loses_mail(type)
                         ? "A sender that enforces the policy does not deliver over such a session, so mail is lost."
                         : "The sender had no policy to enforce, so it may deliver mail over an unprotected session.",
      .advice = end ? end + sizeof sentence_end - 1 : description,
      .example = example->data};
  return true;
}

static bool explain(const char *code, buffer *out) {
  buffer example = {0};
  explanation e;
  const bool is_known = explain_diagnostic(code, &e) || explain_result_type(code, &example, &e);
  if (is_known && out) add_explanation(out, code, &e);
  buffer_free(&example);
  return is_known;
}

/* The code that was meant: the nearest one, or the one that ends with the word, as rua-case does. */
static const char *nearest_code(const char *word) {
  nearest n;
  nearest_begin(&n, word, '\0');
  for (uint32_t i = 0; i < trpt_diagnostic_count(); i++) {
    const char *code = trpt_diagnostic_code(i);
    const char *dot = strchr(code, '.');
    if (dot && strcmp(dot + 1, word) == 0) return code;
    nearest_try(&n, code);
  }
  for (uint32_t i = 1; i <= trpt_result_type_count(); i++) nearest_try(&n, trpt_result_type_name((trpt_result_type)i));
  return n.name;
}

int command_explain(int argc, char **argv) {
  static const option options[] = {{0}};
  arguments a;
  arguments_begin(&a, "explain", options, argc, argv);
  const int next = arguments_next(&a);
  if (next == ARGUMENTS_HELP) return help_show("explain");
  if (next == ARGUMENTS_ERROR) return STATUS_FAILED;
  if (a.count == 0) return arguments_reject("explain", "no CODE given", NULL);
  for (int i = 0; i < a.count; i++)
    if (!explain(a.values[i], NULL))
      return arguments_reject_name("explain", "unknown code", a.values[i], nearest_code(a.values[i]));
  buffer out = {0};
  for (int i = 0; i < a.count; i++) {
    if (i) buffer_text(&out, "\n");
    explain(a.values[i], &out);
  }
  terminal_output(&out);
  buffer_free(&out);
  return STATUS_GOOD;
}
