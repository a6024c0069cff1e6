/* SPDX-License-Identifier: MIT */
/* A page of its own: no script, nothing from outside, the same numbers as the text. */
#include <string.h>

#include <tlsrpt/model.h>

#include "../escape.h"
#include "../standard_output.h"
#include "summary_formats.h"

/* The newest days that a chart shows, and causes. */
enum { CHART_DAYS = 92, CHART_WIDTH = 736, CHART_HEIGHT = 120, CHART_CAUSES = 12, DETAILS_SHOWN = 10 };

typedef struct html {
  const summary *summary;
  buffer out;
  buffer readable; /* a string from outside, on its way through escape_terminal */
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

static void say(html *h, const char *text) { buffer_text(&h->out, text); }
static void number(html *h, uint64_t value) { buffer_number(&h->out, value); }

/* A string from outside: what is invisible or turns text around becomes readable, and then nothing of it is markup. */
static void quote(html *h, const char *text) {
  buffer_clear(&h->readable);
  escape_terminal(&h->readable, text, strlen(text));
  if (h->readable.failed) output_no_memory();
  for (size_t i = 0; i < h->readable.len; i++) {
    const char c = h->readable.data[i];
    switch (c) {
    case '&': say(h, "&amp;"); break;
    case '<': say(h, "&lt;"); break;
    case '>': say(h, "&gt;"); break;
    case '"': say(h, "&quot;"); break;
    case '\'': say(h, "&#39;"); break;
    default: buffer_add(&h->out, &c, 1);
    }
  }
}

static void quote_or(html *h, const char *text, const char *absent) {
  if (*text)
    quote(h, text);
  else
    say(h, absent);
}

static void share(html *h, const counts *c) { view_share_text(&h->out, c); }

/* With `before` in front of them, if any is known. */
static void days(html *h, const char *before, const counts *c) {
  if (!*c->first) return;
  say(h, before);
  view_days_text(&h->out, c);
}

/* Height or width of a bar, in units of the drawing. */
static uint64_t scale(uint64_t value, uint64_t most, unsigned size) {
  return most ? (uint64_t)((double)value / (double)most * size + 0.5) : 0;
}

static void rectangle(html *h, const char *class, uint64_t x, uint64_t y, uint64_t width, uint64_t height) {
  const struct {
    const char *name;
    uint64_t value;
  } attributes[] = {{"\" x=\"", x}, {"\" y=\"", y}, {"\" width=\"", width}, {"\" height=\"", height}};
  if (!width || !height) return;
  say(h, "<rect class=\"");
  say(h, class);
  for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
    say(h, attributes[i].name);
    number(h, attributes[i].value);
  }
  say(h, "\"/>");
}

static void day_chart(html *h, const view_policy *policy) {
  const size_t skipped = policy->days.count > CHART_DAYS ? policy->days.count - CHART_DAYS : 0;
  const size_t shown = policy->days.count - skipped;
  uint64_t most = 0;
  for (size_t i = skipped; i < policy->days.count; i++) {
    const counts *c = &policy->days.rows[i]->counts;
    const uint64_t all = counts_sum(c->successful, c->failed);
    if (all > most) most = all;
  }
  if (!most) return;
  const uint64_t step = CHART_WIDTH / shown;
  const uint64_t width = step > 24 ? 20 : step > 2 ? step - 1 : step;
  say(h, "<figure><figcaption>Sessions by day: failed on top of successful</figcaption>\n<svg role=\"img\" viewBox=\"0 "
         "0 736 140\" "
         "aria-label=\"Sessions by day; the numbers are in the table below\">");
  for (size_t i = 0; i < shown; i++) {
    const table_row *row = policy->days.rows[skipped + i];
    uint64_t good = scale(row->counts.successful, most, CHART_HEIGHT);
    uint64_t bad = scale(row->counts.failed, most, CHART_HEIGHT);
    if (!bad && row->counts.failed) bad = 1; /* a failure is always seen */
    if (good + bad > CHART_HEIGHT) good = CHART_HEIGHT - bad;
    rectangle(h, "no", i * step, CHART_HEIGHT - good - bad, width, bad);
    rectangle(h, "ok", i * step, CHART_HEIGHT - good, width, good);
  }
  say(h, "<line class=\"axis\" x1=\"0\" y1=\"120\" x2=\"736\" y2=\"120\"/><text x=\"0\" y=\"135\">");
  say(h, table_column(policy->days.rows[skipped], 2));
  say(h, "</text><text x=\"736\" y=\"135\" text-anchor=\"end\">");
  say(h, table_column(policy->days.rows[policy->days.count - 1], 2));
  say(h, "</text></svg></figure>\n");
}

static void day_table(html *h, const view_policy *policy) {
  say(h, "<details><summary>Sessions by day, in numbers</summary>\n<table><thead><tr><th scope=\"col\">Day</th><th "
         "scope=\"col\" "
         "class=\"n\">Successful</th><th scope=\"col\" class=\"n\">Failed</th></tr></thead><tbody>\n");
  for (size_t i = 0; i < policy->days.count; i++) {
    const table_row *row = policy->days.rows[i];
    say(h, "<tr><td>");
    say(h, *table_column(row, 2) ? table_column(row, 2) : "not dated");
    say(h, "</td><td class=\"n\">");
    number(h, row->counts.successful);
    say(h, "</td><td class=\"n\">");
    number(h, row->counts.failed);
    say(h, "</td></tr>\n");
  }
  say(h, "</tbody></table></details>\n");
}

static void cause_chart(html *h, const view_rows *causes) {
  const size_t shown = causes->count < CHART_CAUSES ? causes->count : CHART_CAUSES;
  const uint64_t most = causes->rows[0]->counts.failed;
  if (!most) return;
  say(h, "<figure><figcaption>Failed sessions by cause</figcaption>\n<svg role=\"img\" viewBox=\"0 0 736 ");
  number(h, shown * 22);
  say(h, "\" aria-label=\"Failed sessions by cause; the numbers are in the list below\">");
  for (size_t i = 0; i < shown; i++) {
    rectangle(h, "no", 240, i * 22 + 4, scale(causes->rows[i]->counts.failed, most, 400) + 1, 14);
    say(h, "<text x=\"232\" text-anchor=\"end\" y=\"");
    number(h, i * 22 + 15);
    say(h, "\">");
    quote_or(h, table_column(causes->rows[i], 2), "(no result type)");
    say(h, "</text><text x=\"");
    number(h, 246 + scale(causes->rows[i]->counts.failed, most, 400));
    say(h, "\" y=\"");
    number(h, i * 22 + 15);
    say(h, "\">");
    number(h, causes->rows[i]->counts.failed);
    say(h, "</text>");
  }
  say(h, "</svg></figure>\n");
}

static void details(html *h, const view_policy *policy, const char *result, summary_table where, const char *label) {
  view_rows rows = view_details(h->summary, where, policy, result);
  if (rows.count) {
    say(h, "<br>");
    say(h, label);
    for (size_t i = 0; i < rows.count && i < DETAILS_SHOWN; i++) {
      say(h, i ? ", " : " ");
      quote(h, table_column(rows.rows[i], 3));
      say(h, " (");
      number(h, rows.rows[i]->counts.failed);
      say(h, ")");
    }
    if (rows.count > DETAILS_SHOWN) {
      say(h, " and ");
      number(h, rows.count - DETAILS_SHOWN);
      say(h, " more");
    }
  }
  view_rows_free(&rows);
}

static void causes(html *h, const view_policy *policy) {
  view_rows rows = view_causes(h->summary, policy);
  if (rows.count) {
    cause_chart(h, &rows);
    say(h, "<ul>\n");
    for (size_t i = 0; i < rows.count; i++) {
      const char *result = table_column(rows.rows[i], 2);
      say(h, "<li><strong>");
      quote_or(h, result, "(no result type)");
      say(h, "</strong>, ");
      number(h, rows.rows[i]->counts.failed);
      say(h, " sessions");
      days(h, ", ", &rows.rows[i]->counts);
      say(h, "<br>");
      quote(h, trpt_result_type_description(trpt_result_type_from_name(result, strlen(result))));
      details(h, policy, result, SUMMARY_CAUSE_HOSTS, "At");
      details(h, policy, result, SUMMARY_CAUSE_SENDERS, "From");
      details(h, policy, result, SUMMARY_CAUSE_REASONS, "Reason:");
      say(h, "</li>\n");
    }
    say(h, "</ul>\n");
  }
  view_rows_free(&rows);
}

static void policy_section(html *h, const view_policy *policy) {
  say(h, "<h3>");
  quote(h, view_type_title(policy->type));
  say(h, "</h3>\n<p><span class=\"verdict ");
  say(h, policy->total.failed ? "bad\">" : "good\">");
  number(h, policy->total.failed);
  say(h, " of ");
  number(h, counts_sum(policy->total.successful, policy->total.failed));
  say(h, " sessions failed (");
  share(h, &policy->total);
  say(h, ")</span>");
  days(h, ", ", &policy->total);
  say(h, ".");
  if (view_share(&policy->trend.week) >= 0 && view_share(&policy->trend.before) >= 0) {
    say(h, " Of the last seven days ");
    share(h, &policy->trend.week);
    say(h, " failed, before that ");
    share(h, &policy->trend.before);
    say(h, ".");
  }
  if (policy->mismatches) {
    say(h, " Cases in which the details of a policy add up to another number than its total of failed sessions: ");
    number(h, policy->mismatches);
    say(h, ".");
  }
  if (policy->uncounted) {
    say(h, " Cases in which it is not told how many sessions failed: ");
    number(h, policy->uncounted);
    say(h, ".");
  }
  say(h, "</p>\n");
  day_chart(h, policy);
  day_table(h, policy);
  causes(h, policy);
}

static void enforce(html *h) {
  static const struct {
    const char *class, *text;
  } answers[] = {{NULL, NULL}, {"good", "Ready"}, {"bad", "Not ready"}, {"doubt", "Cannot tell"}};
  const view_enforce e = view_enforcing(h->summary, h->domain);
  if (e.answer == VIEW_NOT_TESTING) return;
  say(h, "<h3>Ready to enforce MTA-STS?</h3>\n<p><span class=\"verdict ");
  say(h, answers[e.answer].class);
  say(h, "\">");
  say(h, answers[e.answer].text);
  say(h, "</span>: enforcing would have lost up to ");
  number(h, e.lost);
  say(h, " of ");
  number(h, counts_sum(e.sessions.successful, e.sessions.failed));
  say(h, " sessions from ");
  say(h, e.first);
  say(h, " to ");
  say(h, e.last);
  if (e.worst) {
    say(h, ", most because of ");
    quote_or(h, e.worst, "(no result type)");
  }
  say(h, ". Days with reports: ");
  number(h, e.days);
  say(h, "; reporters: ");
  number(h, e.reporters);
  say(h, "; sessions for which the policy could not be had: ");
  number(h, e.unprotected);
  say(h, "; that failed, with no detail to say why: ");
  number(h, e.unexplained);
  say(h, ".</p>\n");
}

static void reporter(void *user, const view_reporter *r) {
  html *h = user;
  say(h, "<tr><td>");
  quote_or(h, r->organization, "(no name)");
  say(h, "</td><td class=\"n\">");
  number(h, r->counts.entries);
  say(h, "</td><td>");
  days(h, "", &r->counts);
  say(h, "</td><td class=\"n\">");
  number(h, r->missing);
  say(h, "</td><td class=\"doubt\">");
  if (r->is_gone) {
    say(h, "no report since ");
    say(h, r->last);
  }
  say(h, "</td></tr>\n");
}

static void end_domain(html *h) {
  if (!h->domain) return;
  enforce(h);
  say(h, "<h3>Reporters</h3>\n<table><thead><tr><th scope=\"col\">Organization</th><th scope=\"col\" "
         "class=\"n\">Reports</th><th "
         "scope=\"col\">Days</th><th scope=\"col\" class=\"n\">Days without</th><th "
         "scope=\"col\">Remark</th></tr></thead><tbody>\n");
  view_reporters(h->summary, h->domain, reporter, h);
  say(h, "</tbody></table>\n</section>\n");
  output_buffer(&h->out);
}

static void show_policy(void *user, const view_policy *policy) {
  html *h = user;
  if (!view_is_shown(h->summary, policy)) return;
  if (!h->domain || strcmp(h->domain, policy->domain) != 0) {
    end_domain(h);
    h->domain = policy->domain;
    say(h, "<section>\n<h2>");
    quote_or(h, policy->domain, "(no policy domain)");
    say(h, "</h2>\n");
  }
  policy_section(h, policy);
}

void summary_html(const summary *s) {
  html h = {.summary = s};
  output_text(head);
  view_policies(s, show_policy, &h);
  end_domain(&h);
  say(&h, "<p>");
  number(&h, s->reports);
  say(&h, " reports counted, ");
  number(&h, s->repeated);
  say(&h, " left out as repeated, ");
  number(&h, s->outside);
  say(&h, " as about other domains or days than were asked for, ");
  number(&h, s->overlaps);
  say(&h, " counted more than once, ");
  number(&h, s->future);
  say(&h, " dated in the future and so taken for not dated.</p>\n");
  for (int i = 0; i < SUMMARY_TABLES; i++) {
    if (!s->tables[i].other_keys) continue;
    say(&h, "<p>Too much to keep apart in ");
    say(&h, summary_tables[i].name);
    say(&h, ": ");
    number(&h, counts_sum(s->tables[i].other.successful, s->tables[i].other.failed));
    say(&h, " sessions in all are counted as other.</p>\n");
  }
  say(&h, "</main>\n</body>\n</html>\n");
  output_buffer(&h.out);
  buffer_free(&h.out);
  buffer_free(&h.readable);
}
