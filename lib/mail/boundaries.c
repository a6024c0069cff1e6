/* SPDX-License-Identifier: MIT */
#include "boundaries.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "kind.h"

/* Fields that GMime reads as addresses, and how many groups, comments and addresses one of them may have. */
static const char *const address_fields[] = {
    "From",        "To",        "Cc",        "Bcc",        "Sender",        "Reply-To",
    "Resent-From", "Resent-To", "Resent-Cc", "Resent-Bcc", "Resent-Sender", "Disposition-Notification-To"};
enum { MAX_GROUPS = 50, MAX_ADDRESSES = 1000 };

typedef struct reader {
  const trpt_boundaries_limits *limits;
  uint64_t header; /* bytes in header fields */
  uint64_t parts;
  bool in_header;
  bool in_addresses;
  uint32_t groups;
  uint32_t addresses;
} reader;

static bool is_address_field(const char *line, size_t len) {
  for (size_t i = 0; i < sizeof address_fields / sizeof address_fields[0]; i++) {
    const size_t name = strlen(address_fields[i]);
    if (len > name && strncasecmp(line, address_fields[i], name) == 0 && strchr(": \t", line[name])) return true;
  }
  return false;
}

static void count_addresses(reader *r, const char *line, size_t len) {
  for (size_t i = 0; i < len; i++) {
    r->groups += line[i] == ':' || line[i] == '(';
    r->addresses += line[i] == ',' || line[i] == ';' || line[i] == '<';
  }
}

static const char *read_line(reader *r, const char *line, size_t len) {
  const bool continues = line[0] == ' ' || line[0] == '\t';
  /* Whatever may be a header field counts, wherever it stands: the header of a mail within a mail is found by its content only. */
  r->in_header = continues ? r->in_header : trpt_mail_is_field(line, len);
  r->in_addresses = continues ? r->in_addresses : r->in_header && is_address_field(line, len);
  if (!continues) r->groups = r->addresses = 0;
  if (r->in_header) r->header += len;
  if (r->in_addresses) count_addresses(r, line, len);
  if (len > 2 && line[0] == '-' && line[1] == '-') r->parts++;
  if (r->header > r->limits->max_header) return "The mail has more header fields than max_header allows.";
  if (r->parts > r->limits->max_parts) return "The mail has more boundary lines than max_parts allows.";
  if (r->groups > MAX_GROUPS || r->addresses > MAX_ADDRESSES)
    return "A field of the mail has more addresses or groups than a reader should look at.";
  return NULL;
}

const char *trpt_boundaries_check(const char *mail, size_t len, const trpt_boundaries_limits *limits) {
  reader r = {.limits = limits};
  for (size_t at = 0; at < len;) {
    const char *end = memchr(mail + at, '\n', len - at);
    const size_t line = end ? (size_t)(end - mail) + 1 - at : len - at;
    const char *why = read_line(&r, mail + at, line);
    if (why) return why;
    at += line;
  }
  return NULL;
}
