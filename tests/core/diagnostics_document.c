/* SPDX-License-Identifier: MIT */
/* Writes docs/diagnostics.md to standard output: the catalogue, with the examples of tests/data/diagnostics.txt and what the
   command prints for them.
   usage: diagnostics_document tests/data/diagnostics.txt */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../examples/tlsrpt/escape.h"
#include "../../examples/tlsrpt/finding.h"
#include "../../examples/tlsrpt/output.h"
#include "diagnostic_examples.h"

/* The interface hands messages out with findings only, and some codes are found in no example. */
static const char *const messages[] = {
#define DIAGNOSTIC(id, code, severity, section, message, advice) message,
#include "../../lib/catalogue/catalogue.def"
#undef DIAGNOSTIC
};

static const char introduction[] =
    "# Findings\n"
    "\n"
    "<!-- Written by the target diagnostics-document from lib/catalogue/catalogue.def and tests/data/diagnostics.txt. "
    "Do not "
    "edit. -->\n"
    "\n"
    "Everything that libtrpt finds wrong with a record or a report, or worth knowing. Each finding has a stable code, "
    "a\n"
    "severity, a place, a sentence that says what is wrong and the section of the RFC that it rests on; the advice "
    "below it is\n"
    "for the one who published the record or sent the report. Programs compare codes, people read sentences: codes "
    "never\n"
    "change once released, sentences may. [`<tlsrpt/diagnostic.h>`](../include/tlsrpt/diagnostic.h) lists them.\n"
    "\n"
    "## Severities, strict and lenient\n"
    "\n"
    "- **error**: against the RFC.\n"
    "- **warning**: against a SHOULD, or likely to be misread by others.\n"
    "- **info**: legal, and worth knowing.\n"
    "\n"
    "Lenient, the default, keeps all that can be read and tells the rest as findings. A report is refused only where "
    "it is not\n"
    "JSON, has no array `policies`, is cut, is bad gzip or goes beyond a limit; what refused it is then the last of "
    "its\n"
    "findings, and stands in `trpt_error.code`. `TRPT_STRICT` refuses a report at its first error.\n"
    "\n"
    "The strict verdict on a record is that of the grammar (RFC 8460 s3, RFC 3986): any error makes it invalid, but "
    "for\n"
    "[record.no-usable-rua](#record.no-usable-rua), [record.rua-case](#record.rua-case),\n"
    "[record.http-scheme](#record.http-scheme), [record.unsupported-scheme](#record.unsupported-scheme),\n"
    "[record.mailto-empty](#record.mailto-empty), [record.mailto-without-at](#record.mailto-without-at) and\n"
    "[record.https-no-host](#record.https-no-host), which are about its use. Lenient takes a record as soon as it has "
    "a field\n"
    "rua.\n"
    "\n"
    "## Places\n"
    "\n"
    "Offsets count bytes from 0; lines and columns count from 1, columns in bytes. `where` is a path such as\n"
    "`policies[3].failure-details[12].result-type`, with indexes as in the arrays of the report; `\"\"` is the report "
    "itself. In a\n"
    "record it is `\"\"`, `version`, `rua[N]` or `extension[N]`.\n"
    "\n"
    "- Most findings stand at the first byte of the value.\n"
    "- A missing member stands at the `{` of the object that lacks it, and `where` names it.\n"
    "- A duplicate, unknown or renamed member stands at its name; of an unknown one `where` is the object around it.\n"
    "- Sums stand at the total, and what a whole `policy-string` lacks stands at its `[`.\n"
    "- `gzip.*` has the offset in the compressed bytes, and no line; but `gzip.ratio` stands in the JSON text.\n"
    "- In a record a finding stands where a person would look.\n"
    "\n"
    "Compressed or not, and however the bytes were cut into chunks, findings and places are the same.\n"
    "\n"
    "Below stands what `tlsrpt lint` prints for each example, with the lines that it is about. Examples of reports "
    "change one of\n"
    "[three reports](#reports-of-the-examples), which have no findings. In a text `\\xHH` is a byte, and `\\*N(TEXT)` "
    "is TEXT N\n"
    "times.\n";

static const struct {
  const char *prefix, *title;
  const char *elsewhere; /* why a code has no example here */
} groups[] = {
    {"record.", "Records", "\nThe text of a record does not show this: it takes what else DNS knows.\n"},
    {"json.", "JSON", NULL},
    {"report.", "Reports", "\nA report does not show this by itself: it takes those that came before.\n"},
    {"gzip.", "gzip", NULL},
    {"mail.", "Mails", "\nIt is about the mail that a report came in: libtrpt-mail finds it.\n"},
};
enum { GROUPS = sizeof groups / sizeof groups[0] };

static buffer out;

static void say(const char *text) { buffer_text(&out, text); }

static void say_str(trpt_str text) { buffer_add(&out, text.ptr, text.len); }

static bool is_in_group(const char *code, size_t group) {
  return strncmp(code, groups[group].prefix, strlen(groups[group].prefix)) == 0;
}

/* "RFC 8460 s4.4" with a link to it. */
static void say_section(const char *section) {
  const char *number = section + strlen("RFC ");
  const char *s = strchr(number, ' ');
  say("[");
  say(section);
  say("](https://www.rfc-editor.org/rfc/rfc");
  buffer_add(&out, number, (size_t)(s - number));
  say("#section-");
  say(s + strlen(" s"));
  say(")");
}

/* ---- Examples ---- */

/* What is shown of the text of a report: the lines that were changed and the one of the finding. */
typedef struct shown_lines {
  size_t changed, changed_end; /* bytes */
  uint32_t finding;
} shown_lines;

/* The bytes in which an example differs from its report. */
static shown_lines find_change(const example *e, example_bytes text) {
  shown_lines shown = {.changed_end = text.len};
  if (!e->base) return shown;
  const trpt_str base = e->base->text;
  size_t behind = 0;
  while (shown.changed < base.len && base.ptr[shown.changed] == text.data[shown.changed]) shown.changed++;
  while (behind < base.len - shown.changed && base.ptr[base.len - 1 - behind] == text.data[text.len - 1 - behind])
    behind++;
  shown.changed_end = text.len - behind;
  return shown;
}

enum { LONGEST_LINE = 100 };

static void say_line(const char *line, size_t len) {
  escape_ascii(&out, line, len < LONGEST_LINE ? len : LONGEST_LINE, 0);
  say(len < LONGEST_LINE ? "\n" : "...\n");
}

/* The lines of a report that tell what an example is about, with a caret below the place. */
static void say_excerpt(const example *e, example_bytes text, const trpt_diagnostic *d) {
  const shown_lines shown = find_change(e, text);
  bool gap = false;
  uint32_t number = 1;
  for (size_t begin = 0; begin < text.len; number++) {
    const char *end = memchr(text.data + begin, '\n', text.len - begin);
    const size_t len = end ? (size_t)(end - text.data) - begin : text.len - begin;
    const bool is_changed = begin < shown.changed_end && begin + len >= shown.changed;
    const bool is_place = number == d->line;
    if (is_place)
      finding_caret(&out, text.data + begin, len, d->column - 1, 0);
    else if (is_changed)
      say_line(text.data + begin, len);
    else if (!gap)
      say("...\n");
    gap = !is_place && !is_changed;
    begin += len + 1;
  }
}

static const char *source_of(const example *e) {
  return example_is_record(e) ? "record" : example_is_gzip(e) ? "report.json.gz" : "report.json";
}

static void say_findings(const example *e, const found *f) {
  for (uint32_t i = 0; i < f->count; i++) finding_line(&out, source_of(e), &f->items[i].diagnostic);
}

/* A change of compressed bytes, in words. */
static void say_change(trpt_str change) {
  static const struct {
    const char *word, *before, *behind;
  } words[] = {
      {"plain", "compressed", ""},
      {"cut ", "compressed, without its last ", " bytes"},
      {"flip -", "compressed, with all bits turned around in byte ", " from the end"},
      {"flip ", "compressed, with all bits turned around in byte ", ""},
      {"append ", "compressed, with `", "` behind it"},
      {"name ", "compressed, with the file name `", "` in the header"},
      {"members ", "compressed in ", " members"},
  };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    const size_t len = strlen(words[i].word);
    if (change.len < len || memcmp(change.ptr, words[i].word, len) != 0) continue;
    say(words[i].before);
    say_str((trpt_str){change.ptr + len, change.len - len});
    say(words[i].behind);
    return;
  }
}

static void say_circumstances(const example *e) {
  if (e->option.ptr) {
    say("With the option `");
    say_str(e->option);
    say("`:\n\n");
  }
  if (example_is_gzip(e)) {
    say("The report `");
    say_str(e->base->name);
    if (e->trigger.text.ptr) {
      say("` with `");
      say_str(e->trigger.text);
    }
    say("`, ");
    say_change(e->trigger.changes[0]);
    say(":\n\n");
  }
}

/* The near miss, where it is short enough to be said in a line. */
static void say_near_miss(const example *e) {
  const trpt_str near = e->near.text;
  if (!near.ptr || example_is_gzip(e) || memchr(near.ptr, '\n', near.len) || near.len > LONGEST_LINE) return;
  say("\nBut not in: `");
  say_str(near);
  say("`\n");
}

static const trpt_diagnostic *find_code(const found *f, const char *code) {
  for (uint32_t i = 0; i < f->count; i++)
    if (strcmp(f->items[i].diagnostic.code, code) == 0) return &f->items[i].diagnostic;
  fprintf(stderr, "%s: not found in its example\n", code);
  exit(2);
}

static void say_example(const example *e, const char *code) {
  static found f;
  size_t second;
  example_bytes text = example_text(e, &e->trigger);
  example_bytes input = example_input(e, &e->trigger, &second);
  if (example_is_record(e))
    found_in_record(&f, input.data, input.len);
  else
    found_in_report(&f, input.data, input.len, &e->options, input.len);
  const trpt_diagnostic *d = find_code(&f, code);
  say("\n");
  say_circumstances(e);
  say("```\n");
  if (example_is_record(e))
    finding_caret(&out, text.data, text.len, d->offset, 0);
  else if (!example_is_gzip(e))
    say_excerpt(e, text, d);
  say_findings(e, &f);
  say("```\n");
  say_near_miss(e);
  free(text.data);
  free(input.data);
}

/* ---- The document ---- */

static void say_code(const example_file *file, uint32_t i) {
  const char *code = trpt_diagnostic_code(i);
  bool has_example = false;
  say("\n<a id=\"");
  say(code);
  say("\"></a>\n### ");
  say(code);
  say("\n\n**");
  say(trpt_severity_name(trpt_diagnostic_severity(code)));
  say("**, ");
  say_section(trpt_diagnostic_section(code));
  say(": ");
  say(messages[i]);
  say("\n\n");
  say(trpt_diagnostic_advice(code));
  say("\n");
  for (uint32_t e = 0; e < file->count; e++) {
    if (!text_is(file->examples[e].code, code)) continue;
    say_example(&file->examples[e], code);
    has_example = true;
  }
  if (has_example) return;
  for (size_t g = 0; g < GROUPS; g++)
    if (is_in_group(code, g) && groups[g].elsewhere) say(groups[g].elsewhere);
}

static void say_index(void) {
  say("\n## All codes\n");
  for (size_t g = 0; g < GROUPS; g++) {
    const char *separator = "";
    say("\n");
    say(groups[g].title);
    say(":\n");
    for (uint32_t i = 0; i < trpt_diagnostic_count(); i++) {
      const char *code = trpt_diagnostic_code(i);
      if (!is_in_group(code, g)) continue;
      say(separator);
      say("[");
      say(code + strlen(groups[g].prefix));
      say("](#");
      say(code);
      say(")");
      separator = ",\n";
    }
    say("\n");
  }
}

static void say_reports(const example_file *file) {
  say("\n## Reports of the examples\n");
  for (uint32_t i = 0; i < file->report_count; i++) {
    say("\n`");
    say_str(file->reports[i].name);
    say("`:\n\n```json\n");
    say_str(file->reports[i].text);
    say("```\n");
  }
}

int main(int argc, char **argv) {
  example_file file;
  if (argc != 2) {
    fprintf(stderr, "usage: diagnostics_document tests/data/diagnostics.txt\n");
    return 2;
  }
  examples_read(&file, argv[1]);
  say(introduction);
  say_index();
  for (size_t g = 0; g < GROUPS; g++) {
    say("\n## ");
    say(groups[g].title);
    say("\n");
    for (uint32_t i = 0; i < trpt_diagnostic_count(); i++)
      if (is_in_group(trpt_diagnostic_code(i), g)) say_code(&file, i);
  }
  say_reports(&file);
  output_buffer(&out);
  output_flush();
  buffer_free(&out);
  examples_free(&file);
  return 0;
}
