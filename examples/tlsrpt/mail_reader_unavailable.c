/* SPDX-License-Identifier: MIT */
/* Replaces mail_reader.c in builds without libtrpt-mail. Each mail and each archive is then an error that says so. */
#include "mail_reader.h"

#include <string.h>

#include "../../lib/base/text.h"

bool mail_reader_is_available(void) { return false; }

mail_reader *mail_reader_new(const read_options *options) {
  (void)options;
  return NULL;
}

void mail_reader_free(mail_reader *m) { (void)m; }

/* The mails and archives that are recognized, by bytes at a fixed offset. */
static const struct {
  const char *bytes;
  size_t offset;
  trpt_mail_kind kind;
} magics[] = {
    {"PK\x03\x04", 0, TRPT_MAIL_KIND_ZIP},
    {"ustar", 257, TRPT_MAIL_KIND_TAR},
    {"From ", 0, TRPT_MAIL_KIND_MBOX},
};

/* Whether the text begins with a header field, RFC 5322 s2.2. */
static bool is_message(trpt_str text) {
  size_t i = 0;
  while (i < text.len && text.ptr[i] > ' ' && text.ptr[i] <= '~' && text.ptr[i] != ':') i++;
  return i > 0 && i < text.len && text.ptr[i] == ':';
}

trpt_mail_kind mail_reader_kind(const char *head, size_t len) {
  for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
    const size_t size = strlen(magics[i].bytes);
    if (len >= magics[i].offset + size && memcmp(head + magics[i].offset, magics[i].bytes, size) == 0)
      return magics[i].kind;
  }
  const trpt_str text = trpt_trim_space((trpt_str){head, len});
  if (!text.len) return TRPT_MAIL_KIND_UNKNOWN;
  if (*text.ptr == '{' || *text.ptr == '[') return TRPT_MAIL_KIND_JSON;
  if (*text.ptr == 0x1F) return TRPT_MAIL_KIND_GZIP;
  return is_message(text) ? TRPT_MAIL_KIND_MESSAGE : TRPT_MAIL_KIND_UNKNOWN;
}

bool mail_reader_accepts(trpt_mail_kind kind) {
  return kind == TRPT_MAIL_KIND_MESSAGE || kind == TRPT_MAIL_KIND_MBOX || kind == TRPT_MAIL_KIND_TAR ||
         kind == TRPT_MAIL_KIND_ZIP;
}

void mail_reader_describe(const trpt_mail_item *item, trpt_source *out) {
  (void)item;
  (void)out;
}

trpt_report *mail_reader_take(mail_reader *m) {
  (void)m;
  return NULL;
}

const trpt_diagnostic *mail_reader_diagnostic(const mail_reader *m, uint32_t i) {
  (void)m;
  (void)i;
  return NULL;
}

int mail_reader_read(mail_reader *m, input_source *s, mail_reader_item_fn item, void *user) {
  const trpt_error error = {.status = TRPT_E_UNSUPPORTED,
                            .where = "",
                            .message = "This build lacks libtrpt-mail, which is needed for mails and archives."};
  item(user, s, m, &(trpt_mail_item){.error = &error});
  return 0;
}
