/* SPDX-License-Identifier: MIT */
/* tlsrpt summary --format html: a self-contained page without scripts, with the same numbers as the text. */
#include <string.h>

#include <tlsrpt/model.h>

#include "../advice.h"
#include "../escape.h"
#include "../standard_output.h"
#include "summary_formats.h"

/* CHART_DAYS: a chart shows the newest days only. */
enum { CHART_DAYS = 92, CHART_WIDTH = 736, CHART_HEIGHT = 120, CHART_CAUSES = 12, DETAILS_SHOWN = 10 };

typedef struct html {
  const summary *summary;
  buffer out;
  buffer escaped; /* scratch buffer for quote */
  const char *domain;
} html;

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri "
    "'none'; "
    "form-action 'none'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>TLS reports</title>\n<style>\n"
    ":root{color-scheme:light "
    "dark;--text:#1d2125;--back:#fff;--line:#ccd1d7;--good:#2b7a4b;--bad:#b3261e;--doubt:#8a5a00}\n"
    "@media(prefers-color-scheme:dark){:root{--text:#e6e8ea;--back:#16191c;--line:#40464d;--good:#6cc48d;--bad:#ff8a80;"
    "--doubt:"
    "#e5b95c}}\n"
    "body{font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:48rem;margin:2rem "
    "auto;padding:0 1rem;"
    "overflow-wrap:anywhere}\n"
    "h2{border-top:1px solid var(--line);padding-top:1rem;margin-top:2.5rem}\n"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px "
    "solid "
    "var(--line);vertical-align:top}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\n"
    "svg{width:100%;height:auto}.ok{fill:var(--good)}.no{fill:var(--bad)}.axis{stroke:var(--line)}svg "
    "text{fill:var(--text);font-size:"
    "11px}\n"
    ".good{color:var(--good)}.bad{color:var(--bad)}.doubt{color:var(--doubt)}.verdict{font-weight:600}\n"
    "@media print{body{max-width:none;margin:0}h2,figure,table{break-inside:avoid}}\n"
    "</style>\n</head>\n<body>\n<main>\n<h1>TLS reports</h1>\n";

static void add(html *h, const char *text) { buffer_text(&h->out, text); }
static void number(html *h, uint64_t value) { buffer_number(&h->out, value); }

/* Adds an untrusted string: first escapes control and invisible characters, then markup. */
static void quote(html *h, const char *text) {
  buffer_clear(&h->escaped);
  escape_terminal(&h->escaped, text, strlen(text));
  if (h->escaped.failed) output_no_memory();
  for (size_t i = 0; i < h->escaped.len; i++) {
    const char c = h->escaped.data[i];
    switch (c) {
    case '&': add(h, "&amp;"); break;
    case '<': add(h, "&lt;"); break;
    case '>': add(h, "&gt;"); break;
    case '"': add(h, "&quot;"); break;
    case '\'': add(h, "&#39;"); break;
    default: buffer_add(&h->out, &c, 1);
    }
  }
}

static void quote_or(html *h, const char *text, const char *absent) {
  if (*text)
    quote(h, text);
  else
    add(h, absent);
}

static void share(html *h, const counts *c) { view_share_text(&h->out, c); }

/* Adds `before` and the days, or nothing if no day is known. */
static void days(html *h, const char *before, const counts *c) {
  if (!*c->first) return;
  add(h, before);
  view_days_text(&h->out, c);
}

/* Returns the height or width of a bar, in units of the drawing. */
static uint64_t scale(uint64_t value, uint64_t max, unsigned size) {
  return max ? (uint64_t)((double)value / (double)max * size + 0.5) : 0;
}

static void rectangle(html *h, const char *class, uint64_t x, uint64_t y, uint64_t width, uint64_t height) {
  const struct {
    const char *name;
    uint64_t value;
  } attributes[] = {{"\" x=\"", x}, {"\" y=\"", y}, {"\" width=\"", width}, {"\" height=\"", height}};
  if (!width || !height) return;
  add(h, "<rect class=\"");
  add(h, class);
  for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
    add(h, attributes[i].name);
    number(h, attributes[i].value);
  }
  add(h, "\"/>");
}

static void day_chart(html *h, const view_policy *policy) {
  const size_t skipped = policy->days.count > CHART_DAYS ? policy->days.count - CHART_DAYS : 0;
  const size_t shown = policy->days.count - skipped;
  uint64_t max = 0;
  for (size_t i = skipped; i < policy->days.count; i++) {
    const counts *c = &policy->days.rows[i]->counts;
    const uint64_t all = counts_sum(c->successful, c->failed);
    if (all > max) max = all;
  }
  if (!max) return;
  const uint64_t step = CHART_WIDTH / shown;
  const uint64_t width = step > 24 ? 20 : step > 2 ? step - 1 : step;
  add(h, "<figure><figcaption>Sessions by day: failed on top of successful</figcaption>\n<svg role=\"img\" viewBox=\"0 "
         "0 736 140\" "
         "aria-label=\"Sessions by day; the numbers are in the table below\">");
  for (size_t i = 0; i < shown; i++) {
    const table_row *row = policy->days.rows[skipped + i];
    uint64_t good = scale(row->counts.successful, max, CHART_HEIGHT);
    uint64_t bad = scale(row->counts.failed, max, CHART_HEIGHT);
    if (!bad && row->counts.failed) bad = 1; /* failures are always visible */
    if (good + bad > CHART_HEIGHT) good = CHART_HEIGHT - bad;
    rectangle(h, "no", i * step, CHART_HEIGHT - good - bad, width, bad);
    rectangle(h, "ok", i * step, CHART_HEIGHT - good, width, good);
  }
  add(h, "<line class=\"axis\" x1=\"0\" y1=\"120\" x2=\"736\" y2=\"120\"/><text x=\"0\" y=\"135\">");
  add(h, table_column(policy->days.rows[skipped], 2));
  add(h, "</text><text x=\"736\" y=\"135\" text-anchor=\"end\">");
  add(h, table_column(policy->days.rows[policy->days.count - 1], 2));
  add(h, "</text></svg></figure>\n");
}

static void day_table(html *h, const view_policy *policy) {
  add(h, "<details><summary>Sessions by day, in numbers</summary>\n<table><thead><tr><th scope=\"col\">Day</th><th "
         "scope=\"col\" "
         "class=\"n\">Successful</th><th scope=\"col\" class=\"n\">Failed</th></tr></thead><tbody>\n");
  for (size_t i = 0; i < policy->days.count; i++) {
    const table_row *row = policy->days.rows[i];
    add(h, "<tr><td>");
    add(h, *table_column(row, 2) ? table_column(row, 2) : "undated");
    add(h, "</td><td class=\"n\">");
    number(h, row->counts.successful);
    add(h, "</td><td class=\"n\">");
    number(h, row->counts.failed);
    add(h, "</td></tr>\n");
  }
  add(h, "</tbody></table></details>\n");
}

static void cause_chart(html *h, const view_rows *causes) {
  const size_t shown = causes->count < CHART_CAUSES ? causes->count : CHART_CAUSES;
  const uint64_t max = causes->rows[0]->counts.failed;
  if (!max) return;
  add(h, "<figure><figcaption>Failed sessions by cause</figcaption>\n<svg role=\"img\" viewBox=\"0 0 736 ");
  number(h, shown * 22);
  add(h, "\" aria-label=\"Failed sessions by cause; the numbers are in the list below\">");
  for (size_t i = 0; i < shown; i++) {
    rectangle(h, "no", 240, i * 22 + 4, scale(causes->rows[i]->counts.failed, max, 400) + 1, 14);
    add(h, "<text x=\"232\" text-anchor=\"end\" y=\"");
    number(h, i * 22 + 15);
    add(h, "\">");
    quote_or(h, table_column(causes->rows[i], 2), "(no result type)");
    add(h, "</text><text x=\"");
    number(h, 246 + scale(causes->rows[i]->counts.failed, max, 400));
    add(h, "\" y=\"");
    number(h, i * 22 + 15);
    add(h, "\">");
    number(h, causes->rows[i]->counts.failed);
    add(h, "</text>");
  }
  add(h, "</svg></figure>\n");
}

static void details(html *h, const view_policy *policy, const char *result, summary_table id, const char *label) {
  view_rows rows = view_details(h->summary, id, policy, result);
  if (rows.count) {
    add(h, "<br>");
    add(h, label);
    for (size_t i = 0; i < rows.count && i < DETAILS_SHOWN; i++) {
      add(h, i ? ", " : " ");
      quote(h, table_column(rows.rows[i], 3));
      add(h, " (");
      number(h, rows.rows[i]->counts.failed);
      add(h, ")");
    }
    if (rows.count > DETAILS_SHOWN) {
      add(h, " and ");
      number(h, rows.count - DETAILS_SHOWN);
      add(h, " more");
    }
  }
  view_rows_free(&rows);
}

static void causes(html *h, const view_policy *policy) {
  view_rows rows = view_causes(h->summary, policy);
  if (rows.count) {
    cause_chart(h, &rows);
    add(h, "<ul>\n");
    for (size_t i = 0; i < rows.count; i++) {
      const char *result = table_column(rows.rows[i], 2);
      add(h, "<li><strong>");
      quote_or(h, result, "(no result type)");
      add(h, "</strong>, ");
      number(h, rows.rows[i]->counts.failed);
      add(h, " sessions");
      view_excess_text(&h->out, rows.rows[i]->counts.failed, policy);
      days(h, ", ", &rows.rows[i]->counts);
      add(h, "<br>");
      quote(h, advice_for(trpt_result_type_from_name(result, strlen(result)), *result));
      details(h, policy, result, SUMMARY_CAUSE_HOSTS, "At");
      details(h, policy, result, SUMMARY_CAUSE_SENDERS, "From");
      details(h, policy, result, SUMMARY_CAUSE_REASONS, "Reason:");
      add(h, "</li>\n");
    }
    add(h, "</ul>\n");
  }
  view_rows_free(&rows);
}

static void policy_section(html *h, const view_policy *policy) {
  add(h, "<h3>");
  quote(h, view_type_title(policy->type));
  add(h, "</h3>\n<p><span class=\"verdict ");
  add(h, policy->total.failed ? "bad\">" : policy->uncounted ? "doubt\">" : "good\">");
  if (policy->uncounted) add(h, policy->total.failed ? "At least " : "An unknown number");
  if (policy->total.failed || !policy->uncounted) number(h, policy->total.failed);
  add(h, " of ");
  number(h, counts_sum(policy->total.successful, policy->total.failed));
  add(h, " sessions failed");
  if (policy->total.failed || !policy->uncounted) {
    add(h, " (");
    share(h, &policy->total);
    add(h, ")");
  }
  add(h, "</span>");
  days(h, ", ", &policy->total);
  add(h, ".");
  if (policy->trend.has_change) {
    add(h, " In the last seven days ");
    share(h, &policy->trend.week);
    add(h, " of sessions failed, in the seven days before ");
    share(h, &policy->trend.before);
    add(h, ".");
  }
  if (policy->mismatches) {
    add(h, " ");
    view_mismatches_text(&h->out, policy->mismatches);
  }
  if (policy->uncounted) {
    add(h, " ");
    view_uncounted_text(&h->out, policy->uncounted);
    add(h, ".");
  }
  add(h, "</p>\n");
  day_chart(h, policy);
  day_table(h, policy);
  causes(h, policy);
}

static void enforce(html *h, const view_domain *domain) {
  static const char *const classes[] = {"", "good", "bad", "doubt"};
  const view_readiness *e = &domain->readiness;
  if (e->answer == VIEW_NOT_TESTING) return;
  add(h, "<h3>Ready to enforce MTA-STS?</h3>\n<p><span class=\"verdict ");
  add(h, classes[e->answer]);
  add(h, "\">");
  add(h, view_answer_titles[e->answer]);
  add(h, "</span>: ");
  for (int i = 0; i < EXPLANATIONS; i++) {
    buffer sentence = {0};
    view_explain(&sentence, h->summary, e, (view_explanation)i);
    buffer_add(&sentence, "", 1);
    if (sentence.failed) output_no_memory();
    if (i && sentence.len > 1) add(h, "<br>");
    quote(h, sentence.data);
    buffer_free(&sentence);
  }
  add(h, "</p>\n");
}

static void reporter(void *user, const view_reporter *r) {
  html *h = user;
  add(h, "<tr><td>");
  quote_or(h, r->organization, "(no name)");
  add(h, "</td><td class=\"n\">");
  number(h, r->counts.entries);
  add(h, "</td><td>");
  days(h, "", &r->counts);
  add(h, "</td><td class=\"n\">");
  number(h, r->missing);
  add(h, "</td><td class=\"doubt\">");
  if (r->has_stopped) {
    add(h, "no report since ");
    add(h, r->last);
  }
  add(h, "</td></tr>\n");
}

static void domain_section(html *h, const view_domain *domain) {
  h->domain = domain->name;
  add(h, "<section>\n<h2>");
  quote(h, view_domain_title(domain->name));
  add(h, "</h2>\n");
  for (size_t i = 0; i < domain->policy_count; i++) policy_section(h, &domain->policies[i]);
  enforce(h, domain);
  add(h, "<h3>Reporters</h3>\n<table><thead><tr><th scope=\"col\">Organization</th><th scope=\"col\" "
         "class=\"n\">Reports</th><th "
         "scope=\"col\">Days</th><th scope=\"col\" class=\"n\">Days without report</th><th "
         "scope=\"col\">Remark</th></tr></thead><tbody>\n");
  view_reporters(h->summary, h->domain, reporter, h);
  add(h, "</tbody></table>\n</section>\n");
  output_buffer(&h->out);
}

void summary_html(const summary *s) {
  html h = {.summary = s};
  output_text(head);
  view_domains domains = view_domains_begin(s);
  for (size_t i = 0; i < domains.count; i++) domain_section(&h, &domains.domains[i]);
  view_domains_end(&domains);
  add(&h, "<p>");
  number(&h, s->reports);
  add(&h, " reports counted, ");
  number(&h, s->duplicates);
  add(&h, " left out as duplicates, ");
  number(&h, s->outside);
  add(&h, " left out for other domains or days, ");
  number(&h, s->overlaps);
  add(&h, " counted more than once, ");
  number(&h, s->future);
  add(&h, " dated in the future and treated as undated.</p>\n");
  for (int i = 0; i < SUMMARY_TABLES; i++) {
    if (!s->tables[i].other_keys) continue;
    add(&h, "<p>The table ");
    add(&h, summary_tables[i].name);
    add(&h, " is full (--max-rows): ");
    number(&h, counts_sum(s->tables[i].other.successful, s->tables[i].other.failed));
    add(&h, " sessions are counted as other.</p>\n");
  }
  add(&h, "</main>\n</body>\n</html>\n");
  output_buffer(&h.out);
  buffer_free(&h.out);
  buffer_free(&h.escaped);
}
