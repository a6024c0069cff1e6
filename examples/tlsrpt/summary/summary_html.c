/* SPDX-License-Identifier: MIT */
/* tlsrpt summary --format html: a self-contained page without scripts, with the same numbers as the text. */
#include <string.h>

#include <tlsrpt/time.h>

#include "../standard_output.h"
#include "html.h"
#include "summary_formats.h"

/* Nothing in the page has a fixed width, so it fits a narrow screen. Tables of class "cards" become lists there; if one
   is still too wide, it scrolls, and not the page. */
// clang-format off
static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<title>TLS reports</title>\n"
    "<style>\n"
    ":root{color-scheme:light;--text:#1d2125;--dim:#5b646d;--back:#fff;--line:#d5dae0;--all:#4a7fb5;--good:#20693d;--bad:#b3261e;--doubt:#8a5a00}\n"
    "@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--text:#e6e8ea;--dim:#9aa4ae;--back:#16191c;--line:#343a41;--all:#7fb0e0;--good:#6cc48d;--bad:#ff8a80;--doubt:#e5b95c}}\n"
    "*{box-sizing:border-box}\n"
    "body{font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back);max-width:56rem;margin:0 auto;padding:1rem;overflow-wrap:break-word}\n"
    "h1{margin:.5rem 0 0}h2{border-top:2px solid var(--line);padding-top:1rem;margin:2.5rem 0 1rem}h3{margin:1.5rem 0 .5rem}h4{margin:1.2rem 0 .3rem}\n"
    "p{margin:.3rem 0}a{color:inherit}.dim,figcaption,.axis,th{color:var(--dim)}\n"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}\n"
    "th{font-weight:500;font-size:.9rem}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}th:last-child,td:last-child{padding-right:0}\n"
    ".good{color:var(--good)}.bad{color:var(--bad)}.doubt{color:var(--doubt)}.verdict{font-weight:600}\n"
    ".charts,.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:0 2rem;align-items:start}\n"
    "figure{margin:.8rem 0}figcaption,.axis{display:flex;justify-content:space-between;gap:1rem;font-size:.9rem;white-space:nowrap}\n"
    "svg{display:block;width:100%;height:6rem;border-bottom:1px solid var(--line)}.all{fill:var(--all)}.no{fill:var(--bad)}.slot{fill:transparent}g:hover .slot{fill:var(--line)}.day{white-space:nowrap}\n"
    ".scroll{overflow-x:auto}.bar{height:.5rem;border:0}\n"
    "details{margin:.5rem 0}summary{cursor:pointer;color:var(--dim)}\n"
    "@media screen and (max-width:40rem){.cards thead{display:none}.cards tr{display:block;padding:.4rem 0;border-bottom:1px solid var(--line)}.cards td{display:flex;justify-content:space-between;gap:1rem;padding:.1rem 0;border:0;text-align:right}.cards td:before{content:attr(data-label);color:var(--dim);text-align:left;white-space:nowrap}.cards td:first-child{font-weight:600;text-align:left}.cards td:first-child:before,.cards td:empty{display:none}}\n"
    "@media print{body{max-width:none;padding:0;font-size:11pt}h2,h3,h4{break-after:avoid}figure,tr{break-inside:avoid}details{display:none}}\n"
    "</style>\n"
    "</head>\n"
    "<body>\n"
    "<main>\n"
    "<h1>TLS reports</h1>\n";
// clang-format on

static void add(html *h, const char *text) { html_add(h, text); }

/* Adds the start of a cell. Cards show the label. */
static void begin_cell(html *h, const char *label, const char *class) {
  add(h, "<td data-label=\"");
  add(h, label);
  add(h, "\"");
  if (class) {
    add(h, " class=\"");
    add(h, class);
    add(h, "\"");
  }
  add(h, ">");
}

static void begin_table(html *h, const char *const *titles, const bool *is_number, size_t columns) {
  add(h, "<div class=\"scroll\"><table class=\"cards\"><thead><tr>");
  for (size_t i = 0; i < columns; i++) {
    add(h, is_number[i] ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">");
    add(h, titles[i]);
    add(h, "</th>");
  }
  add(h, "</tr></thead><tbody>\n");
}

static void end_table(html *h) { add(h, "</tbody></table></div>\n"); }

static void add_overview_row(html *h, size_t number, const view_domain *domain, const view_policy *policy) {
  static const char *const classes[] = {NULL, "good", "bad", "doubt"};
  add(h, "<tr>");
  for (int i = 0; i < OVERVIEW_COLUMNS; i++) {
    const overview_column *column = &overview_columns[i];
    buffer cell = {0};
    const char *class = column->is_number ? "n" : NULL;
    if (i == OVERVIEW_FAILED && policy->total.failed) class = "n bad";
    if (i == OVERVIEW_READY) class = classes[domain->readiness.answer];
    column->add(&cell, domain, policy);
    begin_cell(h, column->title, class);
    if (i == OVERVIEW_DOMAIN) {
      add(h, "<a href=\"#d");
      html_number(h, number);
      add(h, "\">");
    }
    if (i == OVERVIEW_FAILED && cell.len == 1 && *cell.data == '0') {
      add(h, "none");
      buffer_free(&cell);
    } else {
      html_quote_buffer(h, &cell);
    }
    add(h, i == OVERVIEW_DOMAIN ? "</a></td>" : "</td>");
  }
  add(h, "</tr>\n");
}

static void add_overview(html *h, const view_domains *v) {
  const char *titles[OVERVIEW_COLUMNS];
  bool is_number[OVERVIEW_COLUMNS];
  for (int i = 0; i < OVERVIEW_COLUMNS; i++) {
    titles[i] = overview_columns[i].title;
    is_number[i] = overview_columns[i].is_number;
  }
  begin_table(h, titles, is_number, OVERVIEW_COLUMNS);
  for (size_t d = 0; d < v->count; d++)
    for (size_t p = 0; p < v->domains[d].policy_count; p++) {
      add_overview_row(h, d + 1, &v->domains[d], &v->domains[d].policies[p]);
      output_buffer(&h->out);
    }
  end_table(h);
}

static void add_failed(html *h, uint64_t failed, bool is_known) {
  if (is_known)
    html_number(h, failed);
  else
    add(h, "unknown");
}

static void add_day_table(html *h, const view_policy *policy) {
  if (policy->days.count < 2) return;
  add(h,
      "<details><summary>Sessions per day, in numbers</summary>\n<table><thead><tr><th scope=\"col\">Day</th>"
      "<th scope=\"col\" class=\"n\">Successful</th><th scope=\"col\" class=\"n\">Failed</th></tr></thead><tbody>\n");
  for (size_t i = 0; i < policy->days.count; i++) {
    const table_row *row = policy->days.rows[i];
    add(h, "<tr><td>");
    add(h, *table_column(row, 2) ? table_column(row, 2) : "undated");
    add(h, "</td><td class=\"n\">");
    html_number(h, row->counts.successful);
    add(h, "</td><td class=\"n\">");
    add_failed(h, row->counts.failed, view_knows_failed(&row->counts, view_uncounted_on(h->summary, row)));
    add(h, "</td></tr>\n");
  }
  add(h, "</tbody></table></details>\n");
}

/* "12 of 253 sessions failed (4.75%)" */
static void add_verdict(html *h, const view_policy *policy) {
  const uint64_t sessions = counts_sum(policy->total.successful, policy->total.failed);
  const bool is_unclear = !policy->total.failed && (policy->uncounted || view_has_detailed_failures(policy));
  add(h, "<p><span class=\"verdict ");
  add(h, policy->total.failed ? "bad\">" : is_unclear ? "doubt\">" : "good\">");
  if (policy->uncounted)
    add(h, policy->total.failed ? "At least " : "An unknown number");
  else if (!policy->total.failed)
    add(h, "None");
  if (policy->total.failed) html_number(h, policy->total.failed);
  add(h, " of ");
  html_count(h, sessions, "session");
  add(h, " failed");
  if (policy->total.failed) {
    add(h, " (");
    view_share_text(&h->out, &policy->total);
    add(h, ")");
  } else
    view_contradiction_text(&h->out, policy);
  add(h, "</span>");
  html_period(h, &policy->total);
  add(h, ".</p>\n");
}

static void add_trend(html *h, const view_trend *trend) {
  if (!trend->has_change || !(trend->week.failed || trend->before.failed)) return;
  add(h, "<p>In the last seven days ");
  view_share_text(&h->out, &trend->week);
  add(h, " of sessions failed, in the seven days before ");
  view_share_text(&h->out, &trend->before);
  add(h, ".</p>\n");
}

static void add_mx_hosts(html *h, const view_policy *policy) {
  static const char *const titles[] = {"MX host", "Sessions", "Failed"};
  static const bool is_number[] = {false, true, true};
  view_rows hosts = view_mx_hosts(h->summary, policy);
  if (hosts.count) begin_table(h, titles, is_number, sizeof titles / sizeof titles[0]);
  for (size_t i = 0; i < hosts.count; i++) {
    const counts *c = &hosts.rows[i]->counts;
    add(h, "<tr>");
    begin_cell(h, titles[0], NULL);
    html_quote(h, table_column(hosts.rows[i], 2));
    add(h, "</td>");
    begin_cell(h, titles[1], "n");
    html_number(h, counts_sum(c->successful, c->failed));
    add(h, "</td>");
    begin_cell(h, titles[2], c->failed ? "n bad" : "n");
    add_failed(h, c->failed, c->failed || view_knows_failed(&policy->total, policy->uncounted));
    add(h, "</td></tr>\n");
  }
  if (hosts.count) add(h, "</tbody></table>\n");
  view_rows_free(&hosts);
}

static void add_policy(html *h, const view_policy *policy) {
  add(h, "<h3>");
  html_quote(h, view_type_title(policy->type));
  add(h, "</h3>\n");
  add_verdict(h, policy);
  add_mx_hosts(h, policy);
  add_trend(h, &policy->trend);
  if (policy->uncounted) {
    add(h, "<p>");
    view_uncounted_text(&h->out, policy->uncounted);
    add(h, ".</p>\n");
  }
  if (policy->uncounted_successes) {
    add(h, "<p>");
    view_uncounted_successes_text(&h->out, policy->uncounted_successes);
    add(h, ".</p>\n");
  }
  if (policy->mismatches) {
    add(h, "<p>");
    view_mismatches_text(&h->out, policy->mismatches);
    add(h, "</p>\n");
  }
  html_day_charts(h, policy);
  add_day_table(h, policy);
  html_causes(h, policy);
}

static void add_enforce(html *h, const view_domain *domain) {
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
    if (i && sentence.len) add(h, "<br>");
    html_quote_buffer(h, &sentence);
  }
  add(h, "</p>\n");
}

typedef struct reporters {
  html *page;
  bool has_missing; /* one of them has days without a report */
} reporters;

static void find_missing(void *user, const view_reporter *r) {
  if (r->missing) ((reporters *)user)->has_missing = true;
}

static const char *const reporter_titles[] = {"Organization", "Reports", "Days", "Days without report"};

static void add_reporter(void *user, const view_reporter *r) {
  const reporters *list = user;
  html *h = list->page;
  add(h, "<tr>");
  begin_cell(h, reporter_titles[0], NULL);
  html_quote(h, view_organization_title(r->organization));
  add(h, "</td>");
  begin_cell(h, reporter_titles[1], "n");
  html_number(h, r->counts.entries);
  add(h, "</td>");
  begin_cell(h, reporter_titles[2], NULL);
  if (*r->counts.first) view_days_text(&h->out, &r->counts);
  add(h, "</td>");
  if (list->has_missing) {
    begin_cell(h, reporter_titles[3], r->has_stopped ? "n doubt" : "n");
    if (r->missing) html_number(h, r->missing);
    if (r->has_stopped) {
      add(h, ", none since ");
      add(h, r->last);
    }
    add(h, "</td>");
  }
  add(h, "</tr>\n");
}

static void add_reporters(html *h, const view_domain *domain) {
  static const bool is_number[] = {false, true, false, true};
  reporters list = {.page = h};
  view_reporters(h->summary, domain->name, find_missing, &list);
  add(h, "<h3>Reporters</h3>\n");
  begin_table(h, reporter_titles, is_number, list.has_missing ? 4 : 3);
  view_reporters(h->summary, domain->name, add_reporter, &list);
  end_table(h);
}

static void add_domain(html *h, size_t number, const view_domain *domain) {
  add(h, "<section>\n<h2 id=\"d");
  html_number(h, number);
  add(h, "\">");
  html_quote(h, view_domain_title(domain->name));
  add(h, "</h2>\n");
  for (size_t i = 0; i < domain->policy_count; i++) add_policy(h, &domain->policies[i]);
  add_enforce(h, domain);
  if (!h->summary->options->only_failures) add_reporters(h, domain);
  add(h, "</section>\n");
  output_buffer(&h->out);
}

/* "Reports from 2026-03-05 to 2026-04-03. Page created on 2026-04-04 at 00:00 UTC." */
static void add_dates(html *h, const view_domains *v) {
  char created[32];
  counts period = {0};
  for (size_t i = 0; i < v->policy_count; i++) counts_add(&period, &v->policies[i].total);
  add(h, "<p class=\"dim\">");
  if (*period.first) {
    add(h, "Reports");
    html_period(h, &period);
    add(h, ". ");
  }
  if (trpt_time_format(h->summary->options->created, created, sizeof created, NULL) == TRPT_OK) {
    created[DAY_SIZE - 1] = '\0';
    created[DAY_SIZE + 5] = '\0';
    add(h, "Page created on ");
    html_quote(h, created);
    add(h, " at ");
    add(h, created + DAY_SIZE);
    add(h, " UTC.");
  }
  add(h, "</p>\n");
}

static void add_remark(void *user, buffer *sentence) {
  html *h = user;
  add(h, "<p>");
  buffer_append(&h->out, sentence);
  add(h, "</p>\n");
}

static void add_conflict(void *user, const view_conflict *conflict) {
  html *h = user;
  buffer sentence = {0};
  view_conflict_text(&sentence, conflict);
  add(h, "<p class=\"doubt\">");
  html_quote_buffer(h, &sentence);
  add(h, "</p>\n");
}

void summary_html(const summary *s) {
  html h = {.summary = s};
  view_domains v = view_domains_begin(s);
  output_text(head);
  add_dates(&h, &v);
  if (s->is_incomplete) add(&h, "<p class=\"doubt verdict\">" VIEW_INCOMPLETE "</p>\n");
  if (view_has_overview(&v)) add_overview(&h, &v);
  view_conflicts(s, add_conflict, &h);
  for (size_t i = 0; i < v.count; i++) add_domain(&h, i + 1, &v.domains[i]);
  add(&h, "<footer class=\"dim\">\n");
  view_remarks(s, &v, add_remark, &h);
  add(&h, "</footer>\n</main>\n</body>\n</html>\n");
  output_buffer(&h.out);
  view_domains_end(&v);
  buffer_free(&h.out);
  buffer_free(&h.escaped);
}
