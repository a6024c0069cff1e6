/* SPDX-License-Identifier: MIT */
#include "mail_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/base/text.h"
#include "allocate.h"
#include "standard_output.h"

struct mail_reader {
  trpt_mail *mail;
  framing input;
  input_source *source;
  int error; /* errno if reading failed */
  buffer name;
  uint64_t number; /* of the mail or entry with the last item */
  uint64_t count;  /* items of this mail or entry so far, without other content */
};

bool mail_reader_is_available(void) { return true; }

mail_reader *mail_reader_new(const read_options *options) {
  const size_t count = (size_t)options->authserv_id_count;
  trpt_str *ids = allocate_zeros(count + 1, sizeof *ids);
  for (size_t i = 0; i < count; i++) ids[i] = trpt_str_of(options->authserv_ids[i]);
  const uint32_t required = options->require_dkim ? TRPT_MAIL_REQUIRE_DKIM : 0;
  const uint32_t unnamed = options->trust_topmost_results ? TRPT_MAIL_TRUST_UNNAMED : 0;
  trpt_mail_options mail_options = options->mail;
  mail_options.struct_size = sizeof mail_options;
  mail_options.flags = required | unnamed;
  mail_options.report = &options->parser;
  mail_options.authserv_ids = ids;
  mail_options.authserv_id_count = count;
  mail_reader *m = allocate_zeros(1, sizeof *m);
  if (trpt_mail_new(&m->mail, &mail_options) != TRPT_OK) output_no_memory();
  free(ids);
  m->input = options->input;
  return m;
}

void mail_reader_free(mail_reader *m) {
  if (!m) return;
  trpt_mail_free(m->mail);
  buffer_free(&m->name);
  free(m);
}

trpt_mail_kind mail_reader_kind(const char *head, size_t len) { return trpt_mail_kind_of(head, len); }

bool mail_reader_accepts(trpt_mail_kind kind) {
  switch (kind) {
  case TRPT_MAIL_KIND_UNKNOWN:
  case TRPT_MAIL_KIND_JSON:
  case TRPT_MAIL_KIND_GZIP: return false;
  default: return true;
  }
}

trpt_report *mail_reader_take(mail_reader *m) { return trpt_mail_take(m->mail); }

/* Each row and each line repeats the fields of its mail, so that a mail of many items with a long field would become an output
   of quadratic size. No valid field is longer than a line may be, RFC 5322 s2.1.1. */
static trpt_str unless_long(trpt_str field) {
  enum { LINE_MAX_LEN = 998 };
  return field.len <= LINE_MAX_LEN ? field : (trpt_str){NULL, 0};
}

void mail_reader_describe(const trpt_mail_item *item, trpt_source *out) {
  out->report_domain = unless_long(item->report_domain);
  out->report_submitter = unless_long(item->report_submitter);
  out->message_id = unless_long(item->message_id);
  out->dkim_domain = unless_long(item->dkim_domain);
  if (item->dkim != TRPT_DKIM_UNKNOWN) out->dkim = trpt_str_of(trpt_dkim_result_name(item->dkim));
}

const trpt_diagnostic *mail_reader_diagnostic(const mail_reader *m, uint32_t i) {
  return trpt_mail_diagnostic(m->mail, i);
}

static int read_source(void *user, const void **data, size_t *len) {
  mail_reader *m = user;
  const char *bytes;
  const long n = input_next(m->source, &bytes);
  m->error = n < 0 ? errno : 0;
  *data = bytes;
  *len = n > 0 ? (size_t)n : 0;
  return n < 0;
}

/* Names the item: the input, then the number of the mail in an mbox or the name in an archive. The second report of a
   mail also gets "#2", and so on. The names in a tar from standard input are used without the input. */
static void name_item(mail_reader *m, const trpt_mail_item *item) {
  const bool is_stdin = strcmp(m->source->name, "-") == 0;
  const bool has_name = item->container != TRPT_MAIL_KIND_MBOX && item->entry.len;
  if (item->number != m->number) m->count = 0;
  if (!item->is_other_content) m->count++;
  m->number = item->number;
  buffer_clear(&m->name);
  if (!item->number || !has_name || m->input != FRAMING_TAR || !is_stdin) {
    buffer_text(&m->name, is_stdin && item->number ? "stdin" : m->source->name);
    if (item->number) buffer_text(&m->name, ":");
  }
  if (item->number && has_name)
    buffer_add(&m->name, item->entry.ptr, item->entry.len);
  else if (item->number)
    buffer_number(&m->name, item->number);
  if (m->count > 1) {
    buffer_text(&m->name, "#");
    buffer_number(&m->name, m->count);
  }
  buffer_add(&m->name, "", 1);
  if (m->name.failed) output_no_memory();
}

/* An empty mbox, or a tar without entries, which consists of zeros. */
static bool is_empty(const mail_reader *m, input_source *s) {
  enum { LOOKED_AT_MAX = 32768 };
  const char *head;
  long len = input_peek(s, 1, &head);
  long zeros = 0;
  while (m->input == FRAMING_TAR && zeros < len && zeros < LOOKED_AT_MAX && !head[zeros])
    if (++zeros == len) len = input_peek(s, (size_t)len + 1, &head);
  return len >= 0 && zeros == len;
}

int mail_reader_read(mail_reader *m, input_source *s, mail_reader_item_fn item_fn, void *user) {
  const trpt_mail_item *item;
  trpt_status status;
  if (m->input >= FRAMING_TAR && is_empty(m, s)) return 0;
  m->source = s;
  m->error = 0;
  m->number = UINT64_MAX;
  if (s->fd < 0)
    status = trpt_mail_open_bytes(m->mail, s->data, s->len);
  else
    status = trpt_mail_open(m->mail, read_source, m);
  while (status == TRPT_OK && (status = trpt_mail_next(m->mail, &item)) == TRPT_OK) {
    name_item(m, item);
    item_fn(user, &(input_source){.name = m->name.data, .item = s->item, .fd = -1}, m, item);
  }
  if (status == TRPT_E_MEMORY) output_no_memory();
  return m->error;
}
