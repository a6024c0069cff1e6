/* SPDX-License-Identifier: MIT */
#include "html.h"

#include <string.h>

#include "../../../lib/base/text.h"
#include "../escape.h"
#include "../standard_output.h"

void html_add(html *h, const char *text) { buffer_text(&h->out, text); }
void html_number(html *h, uint64_t number) { buffer_number(&h->out, number); }
void html_count(html *h, uint64_t count, const char *noun) { buffer_count(&h->out, count, noun); }

/* Whether a day such as 2026-03-01 begins here. Browsers would break a line within it. */
static bool is_day(const char *text, size_t len) {
  static const char form[] = "0000-00-00";
  if (len < sizeof form - 1) return false;
  for (size_t i = 0; i < sizeof form - 1; i++)
    if (form[i] == '-' ? text[i] != '-' : !trpt_is_digit((unsigned char)text[i])) return false;
  return true;
}

/* First escapes control and invisible characters, then markup. */
static void quote(html *h, const char *text, bool has_breaks) {
  buffer_clear(&h->escaped);
  escape_terminal(&h->escaped, text, strlen(text));
  if (h->escaped.failed) output_no_memory();
  const char *at = h->escaped.data;
  for (size_t i = 0; i < h->escaped.len; i++) {
    if (has_breaks && is_day(at + i, h->escaped.len - i)) {
      html_add(h, "<span class=\"day\">");
      buffer_add(&h->out, at + i, DAY_SIZE - 1);
      html_add(h, "</span>");
      i += DAY_SIZE - 2;
      continue;
    }
    const char c = at[i];
    switch (c) {
    case '&': html_add(h, "&amp;"); break;
    case '<': html_add(h, "&lt;"); break;
    case '>': html_add(h, "&gt;"); break;
    case '"': html_add(h, "&quot;"); break;
    case '\'': html_add(h, "&#39;"); break;
    default: buffer_add(&h->out, &c, 1);
    }
    if (has_breaks && i + 1 < h->escaped.len && strchr("._-/:@", c) && trpt_is_alpha((unsigned char)at[i + 1]))
      html_add(h, "<wbr>");
  }
}

void html_quote(html *h, const char *text) { quote(h, text, true); }
void html_quote_plain(html *h, const char *text) { quote(h, text, false); }

void html_quote_buffer(html *h, buffer *text) {
  buffer_add(text, "", 1);
  if (text->failed) output_no_memory();
  html_quote(h, text->data);
  buffer_free(text);
}

void html_period(html *h, const counts *c) {
  buffer days = {0};
  if (!*c->first) return;
  html_add(h, strcmp(c->first, c->last) == 0 ? " on " : " from ");
  view_days_text(&days, c);
  html_quote_buffer(h, &days);
}
