/* SPDX-License-Identifier: MIT */
/* Reports with the same report-id and different contents. All of them count, since the command cannot know which one is
   genuine. */
#include <string.h>

#include "summary_view.h"

void view_conflicts(const summary *s, void (*show)(void *user, const view_conflict *conflict), void *user) {
  const table *t = &s->tables[SUMMARY_CONFLICTS];
  for (size_t i = 0; i < t->count;) {
    view_conflict conflict = {.organization = table_column(t->rows[i], 0), .report_id = table_column(t->rows[i], 1)};
    const char *const key[] = {conflict.organization, conflict.report_id};
    conflict.contents = table_find(t, key, 2);
    show(user, &conflict);
    i += conflict.contents.count;
  }
}

const char *view_signer_of(const table_row *content) { return table_column(content, 3); }

void view_conflict_text(buffer *out, const view_conflict *conflict) {
  const table_slice contents = conflict->contents;
  size_t unsigned_count = 0;
  bool has_signer = false;
  buffer_text(out, "The report-id ");
  buffer_text(out, conflict->report_id);
  buffer_text(out, " of ");
  buffer_text(out, view_organization_title(conflict->organization));
  buffer_text(out, " has ");
  buffer_number(out, contents.count);
  buffer_text(out, " different contents, which all count");
  for (size_t i = 0; i < contents.count; i++) {
    const char *signer = view_signer_of(contents.rows[i]);
    unsigned_count += !*signer;
    if (!*signer) continue;
    buffer_text(out, has_signer ? ", " : "; signed by ");
    buffer_text(out, signer);
    has_signer = true;
  }
  if (unsigned_count) {
    buffer_text(out, "; ");
    buffer_number(out, unsigned_count);
    buffer_text(out, " without a verified signature");
  }
  buffer_text(out, ".");
}
