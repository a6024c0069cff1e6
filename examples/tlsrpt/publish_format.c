/* SPDX-License-Identifier: MIT */
#include "publish_format.h"

#include <string.h>

#include "../../lib/base/hostname.h"

enum { STRING_MAX_LEN = 255 };

/* A day, as record.low-ttl advises. */
#define TTL "86400"

/* Adds a text with a backslash before each byte of `special`. */
static void add_escaped(buffer *out, const char *text, size_t len, const char *special) {
  for (size_t i = 0; i < len; i++) {
    if (strchr(special, text[i])) buffer_text(out, "\\");
    buffer_add(out, text + i, 1);
  }
}

typedef void add_string(buffer *out, const char *text, size_t len);

/* Adds the strings of a record, with a separator between them. */
static void add_strings(buffer *out, trpt_str record, const char *separator, add_string *add_one) {
  for (size_t at = 0; at < record.len; at += STRING_MAX_LEN) {
    const size_t remaining = record.len - at;
    if (at) buffer_text(out, separator);
    add_one(out, record.ptr + at, remaining < STRING_MAX_LEN ? remaining : STRING_MAX_LEN);
  }
}

static void add_name(buffer *out, trpt_str domain) {
  buffer_text(out, TRPT_RECORD_LABELS);
  if (!domain.len) return;
  buffer_text(out, ".");
  buffer_add(out, domain.ptr, domain.len);
}

/* RFC 1035 s5.1 */
static void add_zone_string(buffer *out, const char *text, size_t len) { add_escaped(out, text, len, "\"\\"); }

static void publish_zone(buffer *out, trpt_str domain, trpt_str record) {
  add_name(out, domain);
  buffer_text(out, domain.len ? ". " TTL " IN TXT \"" : " " TTL " IN TXT \"");
  add_strings(out, record, "\" \"", add_zone_string);
  buffer_text(out, "\"\n");
}

/* A string of HCL, where "${" and "%{" begin templates. */
static void add_terraform_string(buffer *out, const char *text, size_t len) {
  for (size_t i = 0; i < len; i++) {
    const bool is_template = (text[i] == '$' || text[i] == '%') && i + 1 < len && text[i + 1] == '{';
    if (is_template) buffer_add(out, text + i, 1);
    add_escaped(out, text + i, 1, "\"\\");
  }
}

/* The resource of the AWS provider, in which \"\" separates strings. Those of other providers differ only in names. */
static void publish_terraform(buffer *out, trpt_str domain, trpt_str record) {
  buffer_text(out, "resource \"aws_route53_record\" \"smtp_tls");
  if (domain.len) buffer_text(out, "_");
  for (size_t i = 0; i < domain.len; i++) buffer_add(out, domain.ptr[i] == '.' ? "_" : domain.ptr + i, 1);
  buffer_text(out, "\" {\n  zone_id = var.zone_id\n  name    = \"");
  add_name(out, domain);
  buffer_text(out, "\"\n  type    = \"TXT\"\n  ttl     = " TTL "\n  records = [\"");
  add_strings(out, record, "\\\"\\\"", add_terraform_string);
  buffer_text(out, "\"]\n}\n");
}

/* octoDNS wants a backslash before each semicolon. YAML doubles a single quote. */
static void add_octodns_string(buffer *out, const char *text, size_t len) {
  for (size_t i = 0; i < len; i++) {
    if (text[i] == '\'') buffer_text(out, "'");
    add_escaped(out, text + i, 1, ";");
  }
}

static void publish_octodns(buffer *out, trpt_str domain, trpt_str record) {
  const char *quote = record.len > STRING_MAX_LEN ? "\"" : "";
  if (domain.len) {
    buffer_text(out, "# ");
    buffer_add(out, domain.ptr, domain.len);
    buffer_text(out, "\n");
  }
  add_name(out, (trpt_str){NULL, 0});
  buffer_text(out, ":\n  ttl: " TTL "\n  type: TXT\n  value: '");
  buffer_text(out, quote);
  add_strings(out, record, "\" \"", add_octodns_string);
  buffer_text(out, quote);
  buffer_text(out, "'\n");
}

const char *const publish_format_names[] = {"zone", "terraform", "octodns", NULL};
publish_format *const publish_formats[] = {publish_zone, publish_terraform, publish_octodns};

void publish_example(buffer *out) {
  buffer_text(
      out, "    v=TLSRPTv1; rua=mailto:YOUR-MAILBOX@example.com\n"
           "  Choose a mailbox outside the domain's own MX hosts. Reports then still arrive when TLS on these hosts\n"
           "  is broken.\n");
}
