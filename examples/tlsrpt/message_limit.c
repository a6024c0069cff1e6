/* SPDX-License-Identifier: MIT */
#include "message_limit.h"

#include <string.h>

#include "standard_output.h"

static int find(message_limit *m, const char *code) {
  int i = 0;
  while (i < m->code_count && strcmp(m->codes[i].code, code) != 0) i++;
  if (i < m->code_count) return i;
  if (m->code_count == MESSAGE_CODES_MAX) return MESSAGE_CODES_MAX - 1;
  m->codes[i].code = i < MESSAGE_CODES_MAX - 1 ? code : "other codes";
  return m->code_count++;
}

bool message_limit_allows(message_limit *m, const char *code) {
  return m->is_off || m->codes[find(m, code)].count++ < MESSAGES_SHOWN;
}

void message_limit_end(const message_limit *m) {
  buffer text = {0};
  for (int i = 0; i < m->code_count; i++) {
    if (m->codes[i].count <= MESSAGES_SHOWN) continue;
    buffer_number(&text, m->codes[i].count - MESSAGES_SHOWN);
    buffer_text(&text, " more of ");
    buffer_text(&text, m->codes[i].code);
    buffer_text(&text, "; --verbose prints all");
    note_buffer(&text);
  }
  buffer_free(&text);
}
