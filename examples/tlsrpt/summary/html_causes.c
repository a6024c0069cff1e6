/* SPDX-License-Identifier: MIT */
/* The causes of failures: most sessions first. */
#include <string.h>

#include <tlsrpt/model.h>

#include "../advice.h"
#include "html.h"

enum { DETAILS_SHOWN = 10 };

typedef struct cause {
  const view_policy *policy;
  const char *result;
} cause;

static void add_detail(html *h, const table_row *row, const char *meaning) {
  html_add(h, "<tr><td>");
  html_quote(h, table_column(row, 3));
  if (meaning) {
    html_add(h, "<br><span class=\"dim\">");
    html_add(h, meaning);
    html_add(h, "</span>");
  }
  html_add(h, "</td><td class=\"n\">");
  view_failed_number(&h->out, row);
  html_add(h, "</td></tr>\n");
}

/* Adds a table, unless it would be empty. */
static void add_details(html *h, const cause *c, summary_table id, const char *title) {
  view_rows rows = view_details(h->summary, id, c->policy, c->result);
  if (rows.count) {
    html_add(h, "<table><thead><tr><th scope=\"col\">");
    html_add(h, title);
    html_add(h, "</th><th scope=\"col\" class=\"n\">Failed</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < rows.count && i < DETAILS_SHOWN; i++)
      add_detail(h, rows.rows[i], view_detail_meaning(id, rows.rows[i]));
    if (rows.count > DETAILS_SHOWN) {
      html_add(h, "<tr><td>and ");
      html_count(h, rows.count - DETAILS_SHOWN, "other");
      html_add(h, "</td></tr>\n");
    }
    html_add(h, "</tbody></table>\n");
  }
  view_rows_free(&rows);
}

/* `max`: sessions of the first cause, or 0 if there is no other one to compare it with. */
static void add_cause(html *h, const cause *c, const table_row *row, uint64_t max) {
  const counts *sum = &row->counts;
  buffer advice = {0};
  html_add(h, "<h4>");
  html_quote(h, *c->result ? c->result : "(no result type)");
  html_add(h, "</h4>\n");
  if (max && sum->failed) {
    html_add(h, "<svg class=\"bar\" aria-hidden=\"true\"><rect class=\"no\" rx=\"2\" height=\"100%\" width=\"");
    html_number(h, (uint64_t)((double)sum->failed / (double)max * 99) + 1);
    html_add(h, "%\"/></svg>\n");
  }
  html_add(h, "<p>");
  view_failures_text(&h->out, sum->failed, view_uncounted_details(row), true);
  view_excess_text(&h->out, sum->failed, c->policy);
  html_period(h, sum);
  html_add(h, ". ");
  advice_text(&advice, trpt_result_type_from_name(c->result, strlen(c->result)), *c->result,
              (trpt_str){c->policy->domain, strlen(c->policy->domain)});
  html_quote_buffer(h, &advice);
  html_add(h, "</p>\n");
  const size_t before = h->out.len;
  html_add(h, "<div class=\"columns\">\n");
  const size_t begin = h->out.len;
  add_details(h, c, SUMMARY_CAUSE_HOSTS, "MX host");
  add_details(h, c, SUMMARY_CAUSE_SENDERS, "Sender");
  add_details(h, c, SUMMARY_CAUSE_REASONS, "Reason");
  if (h->out.len > begin)
    html_add(h, "</div>\n");
  else
    h->out.len = before;
}

void html_causes(html *h, const view_policy *policy) {
  view_rows rows = view_causes(h->summary, policy);
  if (rows.count) html_add(h, "<h3>Causes of failures</h3>\n");
  for (size_t i = 0; i < rows.count; i++) {
    const cause c = {policy, table_column(rows.rows[i], 2)};
    add_cause(h, &c, rows.rows[i], rows.count > 1 ? rows.rows[0]->counts.failed : 0);
  }
  view_rows_free(&rows);
}
