/* SPDX-License-Identifier: MIT */
#include "dkim.h"

#include "../base/text.h"
#include "headers.h"
#include "mail_domain.h"

static const char *const results[] = {"unknown", "none", "pass", "fail", "policy", "neutral", "temperror", "permerror"};
enum { RESULT_COUNT = sizeof results / sizeof results[0] };

const char *trpt_dkim_result_name(trpt_dkim_result result) {
  return result >= 0 && result < RESULT_COUNT ? results[result] : results[0];
}

trpt_dkim_result trpt_dkim_result_from_name(trpt_str name) {
  for (trpt_dkim_result i = 1; i < RESULT_COUNT; i++)
    if (trpt_str_equal_nocase(name, results[i])) return i;
  return TRPT_DKIM_UNKNOWN;
}

/* Whether a list separated by colons contains `name`. */
static bool has_name(trpt_str list, const char *name) {
  for (size_t at = 0; at <= list.len;) {
    const char *colon = memchr(list.ptr + at, ':', list.len - at);
    const size_t end = colon ? (size_t)(colon - list.ptr) : list.len;
    if (trpt_str_equal_nocase(trpt_trim_space((trpt_str){list.ptr + at, end - at}), name)) return true;
    at = end + 1;
  }
  return false;
}

void trpt_dkim_add(trpt_dkim_verdicts *verdicts, trpt_dkim_result result, trpt_str domain, trpt_str key_services) {
  if (verdicts->count == TRPT_DKIM_MAX) return;
  trpt_dkim_verdict *verdict = &verdicts->at[verdicts->count++];
  verdict->result = result;
  if (domain.len) verdict->domain = (trpt_str){g_memdup2(domain.ptr, domain.len), domain.len};
  verdict->is_not_for_tlsrpt = key_services.ptr && !has_name(key_services, "*") && !has_name(key_services, "tlsrpt");
}

void trpt_dkim_clear(trpt_dkim_verdicts *verdicts) {
  for (uint32_t i = 0; i < verdicts->count; i++) g_free((char *)(uintptr_t)verdicts->at[i].domain.ptr);
  *verdicts = (trpt_dkim_verdicts){0};
}

/* The value of a tag in a tag list, RFC 6376 s3.2. Absent if there is no such tag. */
static trpt_str find_tag(trpt_str list, const char *name) {
  for (size_t at = 0; at < list.len;) {
    const char *semicolon = memchr(list.ptr + at, ';', list.len - at);
    const size_t end = semicolon ? (size_t)(semicolon - list.ptr) : list.len;
    const char *equals = memchr(list.ptr + at, '=', end - at);
    if (equals) {
      const trpt_str tag = trpt_trim_wsp((trpt_str){list.ptr + at, (size_t)(equals - list.ptr) - at});
      if (trpt_str_equal(tag, name, strlen(name)))
        return trpt_trim_wsp((trpt_str){equals + 1, end - (size_t)(equals + 1 - list.ptr)});
    }
    at = end + 1;
  }
  return (trpt_str){0};
}

static void read_signature(trpt_dkim_verdicts *verdicts, GMimeHeader *header) {
  char *unfolded = trpt_mail_unfold(g_mime_header_get_raw_value(header));
  const trpt_str tags = trpt_str_of(unfolded);
  const trpt_str domain = find_tag(tags, "d");
  const trpt_str fields = find_tag(tags, "h");
  const bool has_length = find_tag(tags, "l").ptr != NULL;
  const bool covers_report =
      fields.ptr && has_name(fields, "TLS-Report-Domain") && has_name(fields, "TLS-Report-Submitter");
  for (uint32_t i = 0; i < verdicts->count; i++) {
    trpt_dkim_signatures *signatures = &verdicts->at[i].signatures;
    if (!trpt_domain_equal(domain, verdicts->at[i].domain)) continue;
    if (!signatures->found) signatures->offset = trpt_mail_header_offset(header);
    signatures->found = true;
    signatures->has_length |= has_length;
    signatures->covers_report |= covers_report;
  }
  g_free(unfolded);
}

void trpt_dkim_read_signatures(trpt_dkim_verdicts *verdicts, GMimeObject *mail) {
  GMimeHeaderList *list = g_mime_object_get_header_list(mail);
  const int count = verdicts->count ? g_mime_header_list_get_count(list) : 0;
  for (int i = 0; i < count; i++) {
    GMimeHeader *header = g_mime_header_list_get_header_at(list, i);
    if (g_ascii_strcasecmp(g_mime_header_get_name(header), "DKIM-Signature") == 0) read_signature(verdicts, header);
  }
}
