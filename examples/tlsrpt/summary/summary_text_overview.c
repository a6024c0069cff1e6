/* SPDX-License-Identifier: MIT */
/* The table at the top of tlsrpt summary --format text: a row per policy, worst first. */
#include <string.h>

#include "../color.h"
#include "../escape.h"
#include "../standard_output.h"
#include "../terminal.h"
#include "summary_formats.h"

/* The table fits the terminal, or LINE_WIDTH if there is none. A domain that does not fit into its column has a line of
   its own. If little is left for that column, each domain has a line of its own, once, and its policies are indented. */
enum { LINE_WIDTH = 80, GAP = 2, INDENT = 2, DOMAIN_WIDTH_MIN = 16, WIDTH_MAX = 24 };

typedef struct overview {
  buffer out;
  buffer cell; /* the current one, printable */
  size_t widths[OVERVIEW_COLUMNS];
  bool is_indented;
} overview;

static void make_cell(overview *o, int column, const view_domain *domain, const view_policy *policy) {
  buffer untrusted = {0};
  overview_columns[column].add(&untrusted, domain, policy);
  if (untrusted.failed) output_no_memory();
  buffer_clear(&o->cell);
  escape_terminal(&o->cell, untrusted.data, untrusted.len);
  buffer_add(&o->cell, "", 1);
  if (o->cell.failed) output_no_memory();
  o->cell.len--;
  buffer_free(&untrusted);
}

/* Characters, not bytes. */
static size_t width_of(const buffer *text) {
  size_t width = 0;
  for (size_t i = 0; i < text->len; i++) width += (text->data[i] & 0xC0) != 0x80;
  return width;
}

static void measure(overview *o, const view_domains *domains) {
  for (int column = 0; column < OVERVIEW_COLUMNS; column++) {
    o->widths[column] = strlen(overview_columns[column].title);
    for (size_t d = 0; d < domains->count; d++)
      for (size_t p = 0; p < domains->domains[d].policy_count; p++) {
        make_cell(o, column, &domains->domains[d], &domains->domains[d].policies[p]);
        const size_t width = width_of(&o->cell);
        if (width > o->widths[column]) o->widths[column] = width;
      }
    if (column != OVERVIEW_DOMAIN && o->widths[column] > WIDTH_MAX) o->widths[column] = WIDTH_MAX;
  }
  size_t others = 0;
  for (int column = OVERVIEW_POLICY; column < OVERVIEW_COLUMNS; column++) others += GAP + o->widths[column];
  const size_t terminal = terminal_width();
  const size_t line = terminal ? terminal : LINE_WIDTH;
  if (others + o->widths[OVERVIEW_DOMAIN] <= line) return;
  o->is_indented = others + DOMAIN_WIDTH_MIN > line;
  o->widths[OVERVIEW_DOMAIN] = o->is_indented ? INDENT : line - others;
}

/* Adds the current cell, aligned. Nothing follows the last column. */
static void add_cell(overview *o, int column, bool is_bad) {
  const size_t width = width_of(&o->cell);
  const size_t padding = o->widths[column] > width ? o->widths[column] - width : 0;
  if (column) buffer_repeat(&o->out, ' ', GAP);
  if (overview_columns[column].is_number) buffer_repeat(&o->out, ' ', padding);
  if (is_bad)
    color_text(&o->out, COLOR_BAD, o->cell.data);
  else
    buffer_append(&o->out, &o->cell);
  if (column == OVERVIEW_DOMAIN && width > o->widths[column]) {
    buffer_text(&o->out, "\n");
    buffer_repeat(&o->out, ' ', o->widths[column]);
  } else if (!overview_columns[column].is_number) {
    buffer_repeat(&o->out, ' ', padding);
  }
}

static void end_row(overview *o) {
  while (o->out.len && o->out.data[o->out.len - 1] == ' ') o->out.len--;
  buffer_text(&o->out, "\n");
  terminal_output(&o->out);
}

void summary_text_overview(const view_domains *domains) {
  overview o = {0};
  measure(&o, domains);
  for (int column = 0; column < OVERVIEW_COLUMNS; column++) {
    buffer_clear(&o.cell);
    buffer_text(&o.cell, overview_columns[column].title);
    add_cell(&o, column, false);
  }
  end_row(&o);
  for (size_t d = 0; d < domains->count; d++) {
    const view_domain *domain = &domains->domains[d];
    for (size_t p = 0; p < domain->policy_count; p++) {
      for (int column = 0; column < OVERVIEW_COLUMNS; column++) {
        make_cell(&o, column, domain, &domain->policies[p]);
        if (column == OVERVIEW_DOMAIN && o.is_indented && p) buffer_clear(&o.cell);
        add_cell(&o, column, column == OVERVIEW_FAILED && domain->policies[p].total.failed);
      }
      end_row(&o);
    }
  }
  output_text("\n");
  buffer_free(&o.out);
  buffer_free(&o.cell);
}
