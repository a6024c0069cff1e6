/* SPDX-License-Identifier: MIT */
#include "other_content.h"

#include "../../lib/base/text.h"
#include "standard_output.h"

/* In the order in which they are printed. The last one is for all other kinds. */
static const struct {
  const char *noun;
  uint32_t kinds; /* a bit per trpt_mail_kind */
} labels[OTHER_CONTENT_LABELS] = {
    {"DMARC report", 1U << TRPT_MAIL_KIND_DMARC},
    {"mail", 1U << TRPT_MAIL_KIND_MESSAGE},
    {"Outlook file", 1U << TRPT_MAIL_KIND_OUTLOOK},
    {"HTML page", 1U << TRPT_MAIL_KIND_HTML},
    {"archive", 1U << TRPT_MAIL_KIND_ZIP | 1U << TRPT_MAIL_KIND_TAR | 1U << TRPT_MAIL_KIND_MBOX},
    {"compressed file",
     1U << TRPT_MAIL_KIND_GZIP | 1U << TRPT_MAIL_KIND_BZIP2 | 1U << TRPT_MAIL_KIND_XZ | 1U << TRPT_MAIL_KIND_ZSTD},
    {"other file", 0},
};

void other_content_add(other_content *o, trpt_mail_kind kind) {
  int i = 0;
  while (i < OTHER_CONTENT_LABELS - 1 && !(labels[i].kinds >> kind & 1)) i++;
  o->counts[i]++;
}

/* Adds "9,600". */
static void add_grouped(buffer *out, uint64_t number) {
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str text = trpt_decimal(number, digits);
  for (size_t i = 0; i < text.len; i++) {
    if (i && (text.len - i) % 3 == 0) buffer_text(out, ",");
    buffer_add(out, text.ptr + i, 1);
  }
}

void other_content_print(const other_content *o) {
  buffer text = {0};
  for (int i = 0; i < OTHER_CONTENT_LABELS; i++) {
    if (!o->counts[i]) continue;
    buffer_text(&text, text.len ? ", " : "Other content was passed over: ");
    add_grouped(&text, o->counts[i]);
    buffer_text(&text, " ");
    buffer_text(&text, labels[i].noun);
    if (o->counts[i] != 1) buffer_text(&text, "s");
  }
  if (text.len) {
    buffer_text(&text, ".");
    note_buffer(&text);
  }
  buffer_free(&text);
}
