/* SPDX-License-Identifier: MIT */
#include "boundaries.h"

#include <string.h>

#include "../base/text.h"
#include "header_lines.h"

/* Fields that GMime reads as addresses. */
static const char *const address_fields[] = {
    "From",        "To",        "Cc",        "Bcc",        "Sender",        "Reply-To",
    "Resent-From", "Resent-To", "Resent-Cc", "Resent-Bcc", "Resent-Sender", "Disposition-Notification-To"};

/* Each nested group costs GMime about 300 bytes of stack, each address time proportional to those before it, and each
   field an object. */
enum { GROUPS_MAX = 200, ADDRESSES_MAX = 10000, FIELDS_MAX = 20000 };

/* Counts lines as a header wherever GMime may see one: at the start, after a possible boundary, and after the header of
   an attached message. At worst, a few lines of text are counted too. */
typedef struct reader {
  const trpt_mail_options *options;
  uint64_t header_len; /* of the current header */
  uint32_t fields;     /* of all headers */
  uint32_t parts;
  bool in_header;
  bool is_part; /* the header follows a boundary */
  bool has_type;
  bool is_message;
  bool has_digest; /* parts without a type are messages, RFC 2046 s5.1.5 */
  bool in_type;    /* inside the media type of a Content-Type field, before its parameters */
  bool in_addresses;
  uint32_t groups;
  uint32_t addresses;
} reader;

static void begin_header(reader *r, bool is_part) {
  r->header_len = 0;
  r->in_header = true;
  r->is_part = is_part;
  r->has_type = r->is_message = r->in_type = r->in_addresses = false;
}

static void end_header(reader *r) {
  const bool has_message_header = r->is_message || (r->has_digest && r->is_part && !r->has_type);
  begin_header(r, false);
  r->in_header = has_message_header;
}

static bool is_address_field(trpt_str line) {
  for (size_t i = 0; i < sizeof address_fields / sizeof address_fields[0]; i++)
    if (trpt_header_is_named(line, address_fields[i])) return true;
  return false;
}

static void count_addresses(reader *r, trpt_str line) {
  for (size_t i = 0; i < line.len; i++) {
    r->groups += line.ptr[i] == ':';
    r->addresses += line.ptr[i] == ',' || line.ptr[i] == ';' || line.ptr[i] == '<';
  }
}

/* The media type ends at a semicolon. In a line with a comment, the semicolon may be part of the comment. */
static void read_type(reader *r, trpt_str line) {
  const char *end = memchr(line.ptr, ';', line.len);
  if (memchr(line.ptr, '(', line.len)) end = NULL;
  if (end) line.len = (size_t)(end - line.ptr);
  r->in_type = !end;
  r->has_type = true;
  r->is_message |= trpt_header_contains(line, "message");
  r->has_digest |= trpt_header_contains(line, "digest");
}

static void read_field_line(reader *r, trpt_str line) {
  if (!trpt_is_wsp(*line.ptr)) {
    r->fields++;
    r->groups = r->addresses = 0;
    r->in_type = trpt_header_is_named(line, "Content-Type");
    r->in_addresses = is_address_field(line);
  }
  r->header_len += line.len;
  if (r->in_addresses) count_addresses(r, line);
  if (r->in_type) read_type(r, line);
}

static trpt_mail_fault read_line(reader *r, trpt_str line) {
  if (line.len > 2 && line.ptr[0] == '-' && line.ptr[1] == '-') {
    r->parts++;
    begin_header(r, true);
  } else if (r->in_header) {
    if (trpt_header_is_empty_line(line))
      end_header(r);
    else
      read_field_line(r, line);
  }
  if (r->header_len > r->options->max_header)
    return trpt_mail_fault_limit("A header of the mail is longer than max_header (# bytes).", r->options->max_header);
  if (r->parts > r->options->max_parts)
    return trpt_mail_fault_limit("The mail has more boundary lines than max_parts (#).", r->options->max_parts);
  if (r->fields > FIELDS_MAX) return trpt_mail_fault_limit("The mail has more than # header fields.", FIELDS_MAX);
  if (r->groups > GROUPS_MAX)
    return trpt_mail_fault_limit("A field of the mail has more than # groups of addresses.", GROUPS_MAX);
  if (r->addresses > ADDRESSES_MAX)
    return trpt_mail_fault_limit("A field of the mail has more than # addresses.", ADDRESSES_MAX);
  return (trpt_mail_fault){0};
}

trpt_mail_fault trpt_boundaries_check(const char *mail, size_t len, const trpt_mail_options *options) {
  reader r = {.options = options, .in_header = true};
  trpt_str rest = {mail, len};
  while (rest.len) {
    const trpt_mail_fault fault = read_line(&r, trpt_header_take_line(&rest));
    if (fault.status != TRPT_OK) return fault;
  }
  return (trpt_mail_fault){0};
}
