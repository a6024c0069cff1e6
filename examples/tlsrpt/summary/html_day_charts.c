/* SPDX-License-Identifier: MIT */
/* The charts of the days of a policy. They have no text of their own, since it would shrink with the drawing on a narrow
   screen. Captions are HTML, and each day shows its numbers when the pointer is on it. */
#include <string.h>

#include "html.h"

/* A day is SLOT units wide. The newest CHART_DAYS days are shown. */
enum { SLOT = 10, BAR = 8, HEIGHT = 100, CHART_DAYS_MIN = 14, CHART_DAYS = 92 };

typedef struct chart {
  const view_policy *policy;
  int64_t begin; /* first day shown */
  int64_t end;   /* the day after the last one */
} chart;

typedef uint64_t value_of(const counts *c);

static uint64_t sessions_of(const counts *c) { return counts_sum(c->successful, c->failed); }
static uint64_t share_of(const counts *c) { return c->failed ? (uint64_t)view_share(c) : 0; }

/* Returns the smallest of 1, 2 and 5 times a power of ten that is not below the value. */
static uint64_t round_up(uint64_t value) {
  static const uint64_t steps[] = {1, 2, 5};
  for (uint64_t power = 1;; power *= 10) {
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
      if (value <= steps[i] * power) return steps[i] * power;
    if (power > UINT64_MAX / 100) return UINT64_MAX;
  }
}

/* Returns the row of a day with reports, or NULL. `at` is the index of the next row to look at. */
static const table_row *row_of(const chart *c, int64_t day, size_t *at) {
  const table_slice days = c->policy->days;
  while (*at < days.count) {
    const char *text = table_column(days.rows[*at], 2);
    const int64_t number = *text ? day_number(text) : INT64_MIN;
    if (number > day) return NULL;
    ++*at;
    if (number == day) return days.rows[*at - 1];
  }
  return NULL;
}

static uint64_t max_of(const chart *c, value_of *value) {
  uint64_t max = 0;
  size_t at = 0;
  for (int64_t day = c->begin; day < c->end; day++) {
    const table_row *row = row_of(c, day, &at);
    const uint64_t number = row ? value(&row->counts) : 0;
    if (number > max) max = number;
  }
  return max;
}

static void add_rectangle(html *h, const char *class, uint64_t x, uint64_t width, uint64_t height) {
  html_add(h, "<rect class=\"");
  html_add(h, class);
  html_add(h, "\" x=\"");
  html_number(h, x);
  html_add(h, "\" y=\"");
  html_number(h, HEIGHT - height);
  html_add(h, "\" width=\"");
  html_number(h, width);
  html_add(h, "\" height=\"");
  html_number(h, height);
  html_add(h, "\"/>");
}

/* Adds a day as a group with a title, which browsers show for any point of its column. */
static void add_day(html *h, const table_row *row, const char *class, uint64_t x, uint64_t value, uint64_t top) {
  uint64_t height = (uint64_t)((double)value / (double)top * HEIGHT + 0.5);
  if (!height && value) height = 1; /* failures are always visible */
  html_add(h, "<g><title>");
  html_add(h, table_column(row, 2));
  html_add(h, ": ");
  html_count(h, sessions_of(&row->counts), "session");
  const bool is_partial = view_uncounted_on(h->summary, row);
  if (row->counts.failed) {
    html_add(h, is_partial ? ", at least " : ", ");
    html_number(h, row->counts.failed);
    html_add(h, " failed (");
    view_share_text(&h->out, &row->counts);
    html_add(h, ")");
  } else if (is_partial) {
    html_add(h, ", unknown how many failed");
  }
  html_add(h, "</title>");
  add_rectangle(h, "slot", x, SLOT, HEIGHT);
  if (height) add_rectangle(h, class, x + (SLOT - BAR) / 2, BAR, height);
  html_add(h, "</g>");
}

static void add_day_text(html *h, int64_t day) {
  char text[DAY_SIZE];
  day_of(day * SECONDS_PER_DAY, text);
  html_add(h, text);
}

typedef struct chart_kind {
  const char *title;
  const char *class;
  value_of *value;
  bool is_share;
} chart_kind;

/* Adds a chart, unless all of its values are 0. */
static void add_chart(html *h, const chart *c, const chart_kind *kind) {
  const uint64_t max = max_of(c, kind->value);
  if (!max) return;
  const uint64_t rounded = round_up(max);
  const uint64_t top = kind->is_share && rounded > 10000 ? 10000 : rounded;
  html_add(h, "<figure><figcaption><span>");
  html_add(h, kind->title);
  html_add(h, "</span><span>scale 0 to ");
  if (kind->is_share) {
    if (top % 100)
      view_change_text(&h->out, (int)top);
    else
      html_number(h, top / 100);
    html_add(h, "%");
  } else {
    html_number(h, top);
  }
  html_add(h, "</span></figcaption>\n<svg role=\"img\" preserveAspectRatio=\"none\" viewBox=\"0 0 ");
  html_number(h, (uint64_t)(c->end - c->begin) * SLOT);
  html_add(h, " 100\" aria-label=\"");
  html_add(h, kind->title);
  html_add(h, "; the numbers are in the table below\">");
  size_t at = 0;
  for (int64_t day = c->begin; day < c->end; day++) {
    const table_row *row = row_of(c, day, &at);
    if (row) add_day(h, row, kind->class, (uint64_t)(day - c->begin) * SLOT, kind->value(&row->counts), top);
  }
  html_add(h, "</svg><div class=\"axis\"><span>");
  add_day_text(h, c->begin);
  html_add(h, "</span><span>");
  add_day_text(h, c->end - 1);
  html_add(h, "</span></div></figure>\n");
}

void html_day_charts(html *h, const view_policy *policy) {
  static const chart_kind kinds[] = {{"Sessions per day", "all", sessions_of, false},
                                     {"Failure rate per day", "no", share_of, true}};
  const counts *total = &policy->total;
  if (strcmp(total->first, total->last) == 0) return; /* one day makes no chart */
  chart c = {.policy = policy, .begin = day_number(total->first), .end = day_number(total->last) + 1};
  if (c.end - c.begin > CHART_DAYS) c.begin = c.end - CHART_DAYS;
  if (c.end - c.begin < CHART_DAYS_MIN) c.begin = c.end - CHART_DAYS_MIN;
  html_add(h, "<div class=\"charts\">\n");
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) add_chart(h, &c, &kinds[i]);
  html_add(h, "</div>\n");
}
