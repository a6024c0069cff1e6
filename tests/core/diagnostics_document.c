/* SPDX-License-Identifier: MIT */
/* Writes docs/diagnostics.md to standard output: the catalogue, with the examples of tests/data/diagnostics.txt and what the
   command prints for them.
   usage: diagnostics_document tests/data/diagnostics.txt */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../examples/tlsrpt/diagnostic_output.h"
#include "../../examples/tlsrpt/escape.h"
#include "../../examples/tlsrpt/standard_output.h"
#include "diagnostic_examples.h"

static const char introduction[] =
    "# Diagnostics\n"
    "\n"
    "<!-- Written by the target diagnostics-document from lib/catalogue/*.def and tests/data/diagnostics.txt. Do not "
    "edit. -->\n"
    "\n"
    "Everything that libtrpt, libtrpt-mail and `tlsrpt` report about a record, a report or the mail around it. Each "
    "diagnostic has a stable\n"
    "code, a severity, a position, a sentence that says what is wrong, and the section of the RFC that it is based on. "
    "The advice below it is\n"
    "for whoever published the record or sent the report. Programs compare codes, which never change once released. "
    "People read sentences,\n"
    "which may change. [`<tlsrpt/diagnostic.h>`](../include/tlsrpt/diagnostic.h) returns all of this for each code.\n"
    "\n"
    "## Severities, strict and lenient\n"
    "\n"
    "- **error**: against the RFC.\n"
    "- **warning**: against a SHOULD, or likely to be misread by others.\n"
    "- **info**: legal, and worth knowing.\n"
    "\n"
    "Lenient reading, the default, keeps everything that can be read and reports the rest as diagnostics. A report is "
    "refused only if it is not\n"
    "JSON, has no array `policies`, is truncated, is broken gzip or exceeds a limit. The reason is then the last "
    "diagnostic of `tlsrpt lint`,\n"
    "and its code is in `trpt_error.code`. `TRPT_STRICT` refuses a report at its first error.\n"
    "\n"
    "The strict verdict on a record is that of the grammar (RFC 8460 s3, RFC 3986). Any error makes it invalid, except "
    "for these, which are\n"
    "about its use: [record.no-usable-rua](#record.no-usable-rua), [record.rua-case](#record.rua-case),\n"
    "[record.http-scheme](#record.http-scheme), [record.unsupported-scheme](#record.unsupported-scheme),\n"
    "[record.mailto-empty](#record.mailto-empty), [record.mailto-without-at](#record.mailto-without-at),\n"
    "[record.https-no-host](#record.https-no-host), [record.bad-host](#record.bad-host), "
    "[record.bad-port](#record.bad-port) and\n"
    "[record.bad-address](#record.bad-address). Lenient parsing accepts every record that has a field `rua`.\n"
    "\n"
    "## Positions\n"
    "\n"
    "Offsets count bytes from 0; lines and columns count from 1, columns in bytes. `where` is a path such as\n"
    "`policies[3].failure-details[12].result-type`, with indexes as in the arrays of the report; `\"\"` is the report "
    "itself. In a record it is\n"
    "`\"\"`, `version`, `rua[N]` or `extension[N]`; in a mail it is the name of a header field. For answers of DNS it "
    "is the name that was looked\n"
    "up, or `rua[N]`.\n"
    "\n"
    "- Most diagnostics are at the first byte of the value.\n"
    "- A missing member is reported at the `{` of the object that lacks it, and `where` names it.\n"
    "- A duplicate, unknown or renamed member is reported at its name. For an unknown one, `where` is the object "
    "around it.\n"
    "- Sums are reported at the total. What a whole `policy-string` lacks is reported at its `[`.\n"
    "- `gzip.*` has the offset in the compressed bytes, and no line; only `gzip.ratio` is in the JSON text.\n"
    "- In a record a diagnostic is where a person would look, which is not always where strict parsing stops.\n"
    "\n"
    "Diagnostics and positions do not depend on compression, or on how the input is cut into chunks.\n"
    "\n"
    "## Limits\n"
    "\n"
    "Strings and lists beyond a limit are cut, with [report.string-cut](#report.string-cut) or "
    "[report.elements-cut](#report.elements-cut). In\n"
    "strict mode, and for any other limit, the report is refused. The message names the option and its value: \"The "
    "string is longer than\n"
    "max_string (16384 bytes).\"\n"
    "\n"
    "## How to read the examples\n"
    "\n"
    "Each example shows what `tlsrpt lint` prints, with the lines that it is about. Examples change one of the\n"
    "[reports and the mail](#reports-and-mail-of-the-examples) at the end, which have no diagnostics. In a text "
    "`\\xHH` is a byte,\n"
    "and `\\*N(TEXT)` is TEXT N times. What takes more than a text is shown by a run of the command: the records in "
    "DNS, then\n"
    "the command, then the lines about this code.\n";

static const struct {
  const char *prefix, *title;
} groups[] = {{"record.", "Records"}, {"check.", "Destinations of a record"},
              {"json.", "JSON"},      {"report.", "Reports"},
              {"gzip.", "gzip"},      {"mail.", "Mails"}};
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
  size_t after = 0;
  while (shown.changed < base.len && base.ptr[shown.changed] == text.data[shown.changed]) shown.changed++;
  while (after < base.len - shown.changed && base.ptr[base.len - 1 - after] == text.data[text.len - 1 - after]) after++;
  shown.changed_end = text.len - after;
  return shown;
}

enum { LONGEST_LINE = 100 };

static void say_line(const char *line, size_t len) {
  escape_ascii(&out, line, len < LONGEST_LINE ? len : LONGEST_LINE, 0);
  say(len < LONGEST_LINE ? "\n" : "...\n");
}

/* The lines of a report or mail that an example is about. In a report a caret below shows the position; in a mail that is
   always the begin of a field. */
static void say_excerpt(const example *e, example_bytes text, const trpt_diagnostic *d) {
  const shown_lines shown = find_change(e, text);
  bool gap = false;
  uint32_t number = 1;
  for (size_t begin = 0; begin < text.len; number++) {
    const char *end = memchr(text.data + begin, '\n', text.len - begin);
    const size_t len = end ? (size_t)(end - text.data) - begin : text.len - begin;
    const bool is_changed = begin < shown.changed_end && begin + len >= shown.changed;
    const bool is_place = number == d->line;
    if (is_place && !example_is_mail(e))
      diagnostic_caret(&out, text.data + begin, len, d->column - 1, 0);
    else if (is_changed || is_place)
      say_line(text.data + begin, len);
    else if (!gap)
      say("...\n");
    gap = !is_place && !is_changed;
    begin += len + 1;
  }
}

static const char *source_of(const example *e) {
  return example_is_mail(e)     ? "report.eml"
         : example_is_record(e) ? "record"
         : example_is_gzip(e)   ? "report.json.gz"
                                : "report.json";
}

static void say_findings(const example *e, const found *f) {
  for (uint32_t i = 0; i < f->count; i++) diagnostic_line(&out, source_of(e), &f->items[i].diagnostic);
}

/* A change of compressed bytes, in words. */
static void say_change(trpt_str change) {
  static const struct {
    const char *word, *before, *after;
  } words[] = {
      {"plain", "compressed", ""},
      {"cut ", "compressed, without its last ", " bytes"},
      {"flip -", "compressed, with all bits turned around in byte ", " from the end"},
      {"flip ", "compressed, with all bits turned around in byte ", ""},
      {"append ", "compressed and followed by `", "`"},
      {"name ", "compressed, with the file name `", "` in the header"},
      {"members ", "compressed in ", " members"},
  };
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    const size_t len = strlen(words[i].word);
    if (change.len < len || memcmp(change.ptr, words[i].word, len) != 0) continue;
    say(words[i].before);
    say_str((trpt_str){change.ptr + len, change.len - len});
    say(words[i].after);
    return;
  }
}

static void say_circumstances(const example *e) {
  if (e->option.ptr) {
    say("With the option `");
    say_str(e->option);
    say("`:\n\n");
  }
  const trpt_str signer = e->trigger.signer;
  const char *services = signer.ptr ? memchr(signer.ptr, ' ', signer.len) : NULL;
  if (signer.ptr && text_is(signer, "none")) {
    say("Without a valid DKIM signature:\n\n");
  } else if (signer.ptr) {
    say("With a valid DKIM signature of `");
    say_str((trpt_str){signer.ptr, services ? (size_t)(services - signer.ptr) : signer.len});
    say(services ? "`, whose key record has `s=" : "`:\n\n");
    if (services) {
      say_str((trpt_str){services + 1, signer.len - (size_t)(services + 1 - signer.ptr)});
      say("`:\n\n");
    }
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

/* What takes more than a text: the records that are looked up, and what the command prints. */
static void say_run(const example *e) {
  char *output;
  const trpt_str lines = example_recorded_lines(e->recorded, e->code, &output);
  if (e->zone_count) say("\n```\n");
  for (uint32_t i = 0; i < e->zone_count; i++) {
    say_str(e->zone[i]);
    say("\n");
  }
  if (e->zone_count) say("```\n");
  say("\n```\n$ ");
  say_str(e->run);
  say("\n...\n");
  say_str(lines);
  say("...\n```\n");
  free(output);
}

static void say_example(const example *e, const char *code) {
  static found f;
  size_t second;
  example_bytes text = example_text(e, &e->trigger);
  example_bytes input = example_input(e, &e->trigger, &second);
  if (example_is_record(e))
    found_in_record(&f, input.data, input.len);
  else if (example_is_mail(e))
    found_in_mail(&f, &e->trigger, input.data, input.len);
  else
    found_in_report(&f, input.data, input.len, &e->options, input.len);
  const trpt_diagnostic *d = find_code(&f, code);
  say("\n");
  say_circumstances(e);
  say("```\n");
  if (example_is_record(e))
    diagnostic_caret(&out, text.data, text.len, d->offset, 0);
  else if (!example_is_gzip(e))
    say_excerpt(e, text, d);
  say_findings(e, &f);
  say("```\n");
  say_near_miss(e);
  free(text.data);
  free(input.data);
}

/* ---- The document ---- */

static void say_code(const example_file *file, const char *code) {
  say("\n<a id=\"");
  say(code);
  say("\"></a>\n### ");
  say(code);
  say("\n\n**");
  say(trpt_severity_name(trpt_diagnostic_severity(code)));
  say("**, ");
  say_section(trpt_diagnostic_section(code));
  say(": ");
  say(trpt_diagnostic_message(code));
  say("\n\n");
  say(trpt_diagnostic_advice(code));
  say("\n");
  for (uint32_t i = 0; i < file->count; i++) {
    const example *e = &file->examples[i];
    if (!text_is(e->code, code)) continue;
    if (example_is_recorded(e))
      say_run(e);
    else
      say_example(e, code);
  }
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
  say("\n## Reports and mail of the examples\n");
  for (uint32_t i = 0; i < file->report_count; i++) {
    say("\n`");
    say_str(file->reports[i].name);
    say(file->reports[i].text.ptr[0] == '{' ? "`:\n\n```json\n" : "`:\n\n```\n");
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
      if (is_in_group(trpt_diagnostic_code(i), g)) say_code(&file, trpt_diagnostic_code(i));
  }
  say_reports(&file);
  output_buffer(&out);
  output_flush();
  buffer_free(&out);
  examples_free(&file);
  return 0;
}
