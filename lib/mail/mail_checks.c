/* SPDX-License-Identifier: MIT */
#include "mail_checks.h"

#include "../base/hostname.h"
#include "../base/text.h"
#include "filename.h"
#include "mail_domain.h"
#include "subject.h"

static trpt_str header_text(const trpt_mail_case *c, trpt_mail_field field) {
  return trpt_str_of(trpt_mail_message_headers(c->message)->text[field]);
}

static void report_field(const trpt_mail_case *c, trpt_code code, trpt_mail_field field) {
  trpt_mail_diagnostics_add(c->diagnostics, code, trpt_mail_message_headers(c->message)->offset[field],
                            trpt_mail_field_name(field));
}

static void report_part(const trpt_mail_case *c, trpt_code code, const char *field) {
  trpt_mail_diagnostics_add(c->diagnostics, code, trpt_mail_field_offset(c->part->object, field), field);
}

static trpt_str contact_domain(const trpt_mail_case *c) {
  return trpt_domain_of_address(trpt_report_metadata(c->report)->contact_info);
}

/* The policy domain of DANE is an MX host, which may be below the domain that the mail names. */
static bool is_policy_domain(const trpt_report *report, trpt_str domain) {
  const uint32_t count = trpt_report_policy_count(report);
  for (uint32_t i = 0; i < count; i++) {
    const trpt_str policy = trpt_report_policy(report, i)->domain;
    if (!policy.len || trpt_domain_is_within(policy, domain)) return true;
  }
  return !count;
}

/* Whether a name in the subject or filename is that of the submitter. If TLS-Report-Submitter and contact-info differ,
   mail.submitter-mismatch reports that, so either is accepted here: one cause gives one diagnostic. */
static bool is_submitter(const trpt_mail_case *c, trpt_str name) {
  const trpt_str field = header_text(c, TRPT_MAIL_REPORT_SUBMITTER);
  const trpt_str contact = contact_domain(c);
  if (!field.len && !contact.len) return true;
  return (field.len && trpt_host_equal(name, field)) || (contact.len && trpt_host_equal(name, contact));
}

/* The multipart and the order of its parts, RFC 8460 s5.3 and RFC 6522. */
static void check_structure(const trpt_mail_case *c) {
  const char *content_type = "Content-Type";
  GMimeObject *parent = c->part->parent;
  GMimeContentType *type = parent ? g_mime_object_get_content_type(parent) : NULL;
  const bool is_report = type && g_mime_content_type_is_type(type, "multipart", "report");
  const char *report_type = is_report ? g_mime_content_type_get_parameter(type, "report-type") : NULL;
  const uint64_t offset = trpt_mail_field_offset(parent ? parent : trpt_mail_message_root(c->message), content_type);
  if (!report_type) {
    trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_NOT_MULTIPART_REPORT, offset, content_type);
  } else if (g_ascii_strcasecmp(report_type, "tlsrpt") != 0) {
    trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_BAD_REPORT_TYPE, offset, content_type);
  }
  if (!is_report) return;
  if (c->part->index != 1) report_part(c, TRPT_CODE_MAIL_WRONG_PART_ORDER, content_type);
  if (g_mime_multipart_get_count(GMIME_MULTIPART(parent)) > 2)
    trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_EXTRA_PART, offset, content_type);
}

static void check_content(const trpt_mail_case *c) {
  const char *expected = c->kind == TRPT_MAIL_KIND_GZIP   ? "application/tlsrpt+gzip"
                         : c->kind == TRPT_MAIL_KIND_JSON ? "application/tlsrpt+json"
                                                          : "";
  if (strcmp(c->part->media_type, expected) != 0) report_part(c, TRPT_CODE_MAIL_MEDIA_TYPE_MISMATCH, "Content-Type");
  if (c->kind == TRPT_MAIL_KIND_JSON) report_part(c, TRPT_CODE_MAIL_UNCOMPRESSED, "Content-Type");
  if (c->kind >= TRPT_MAIL_KIND_BZIP2) report_part(c, TRPT_CODE_MAIL_UNSUPPORTED_COMPRESSION, "Content-Type");
}

static bool is_time(uint64_t written, int64_t time) { return time < 0 || written == (uint64_t)time; }

/* RFC 8460 s5.1. */
static void check_filename(const trpt_mail_case *c) {
  const char *disposition = "Content-Disposition";
  if (!c->part->filename) return;
  const char *field = g_mime_object_get_content_disposition(c->part->object) ? disposition : "Content-Type";
  const trpt_filename name = trpt_filename_parse(trpt_str_of(c->part->filename));
  if (name.has_path) report_part(c, TRPT_CODE_MAIL_FILENAME_PATH, field);
  if (!name.is_valid || name.is_gzip != (c->kind == TRPT_MAIL_KIND_GZIP))
    report_part(c, TRPT_CODE_MAIL_FILENAME_SYNTAX, field);
  if (!name.is_valid || !c->report) return;
  const trpt_metadata *metadata = trpt_report_metadata(c->report);
  if (!is_submitter(c, name.sender) || !is_policy_domain(c->report, name.policy_domain) ||
      !is_time(name.begin, metadata->start) || !is_time(name.end, metadata->end))
    report_part(c, TRPT_CODE_MAIL_FILENAME_MISMATCH, field);
}

/* TLS-Report-Domain and TLS-Report-Submitter, RFC 8460 s5.3. */
static void check_fields(const trpt_mail_case *c) {
  const trpt_str domain = header_text(c, TRPT_MAIL_REPORT_DOMAIN);
  const trpt_str submitter = header_text(c, TRPT_MAIL_REPORT_SUBMITTER);
  const trpt_str from = trpt_str_of(trpt_mail_message_headers(c->message)->sender);
  if (!domain.len) report_field(c, TRPT_CODE_MAIL_MISSING_REPORT_DOMAIN, TRPT_MAIL_REPORT_DOMAIN);
  if (!submitter.len) report_field(c, TRPT_CODE_MAIL_MISSING_REPORT_SUBMITTER, TRPT_MAIL_REPORT_SUBMITTER);
  if (domain.len && c->report && !is_policy_domain(c->report, domain))
    report_field(c, TRPT_CODE_MAIL_DOMAIN_MISMATCH, TRPT_MAIL_REPORT_DOMAIN);
  if (!submitter.len) return;
  const trpt_str contact = c->report ? contact_domain(c) : (trpt_str){0};
  if (contact.len && !trpt_host_equal(contact, submitter))
    report_field(c, TRPT_CODE_MAIL_SUBMITTER_MISMATCH, TRPT_MAIL_REPORT_SUBMITTER);
  if (from.len && !trpt_domain_is_within(from, submitter) && !trpt_domain_is_within(submitter, from))
    report_field(c, TRPT_CODE_MAIL_FROM_MISMATCH, TRPT_MAIL_FROM);
}

/* The part before the @ counts too, because many senders append their own domain to the report-id. */
static bool is_report_id(trpt_str written, trpt_str id) {
  return id.len <= written.len && memcmp(id.ptr, written.ptr, id.len) == 0 &&
         (id.len == written.len || written.ptr[id.len] == '@');
}

static void check_subject(const trpt_mail_case *c) {
  const trpt_subject subject = trpt_subject_parse(header_text(c, TRPT_MAIL_SUBJECT));
  if (!subject.is_valid) report_field(c, TRPT_CODE_MAIL_SUBJECT_SYNTAX, TRPT_MAIL_SUBJECT);
  if (!c->report) return;
  if ((subject.domain.len && !is_policy_domain(c->report, subject.domain)) ||
      (subject.submitter.len && !is_submitter(c, subject.submitter)))
    report_field(c, TRPT_CODE_MAIL_SUBJECT_MISMATCH, TRPT_MAIL_SUBJECT);
  const trpt_str id = trpt_report_metadata(c->report)->report_id;
  if (subject.report_id.len && id.ptr && !is_report_id(subject.report_id, id))
    report_field(c, TRPT_CODE_MAIL_REPORT_ID_MISMATCH, TRPT_MAIL_SUBJECT);
}

void trpt_mail_check(const trpt_mail_case *c) {
  check_structure(c);
  check_content(c);
  check_filename(c);
  check_fields(c);
  check_subject(c);
}

static uint32_t signer_of(const trpt_mail_case *c, trpt_str domain) {
  const trpt_mail_headers *headers = trpt_mail_message_headers(c->message);
  const trpt_str none = {0};
  /* Repeated fields do not count, because the signature may cover another one than was read. */
  const struct {
    uint32_t bit;
    trpt_str of;
  } relations[] = {{TRPT_SIGNER_IS_FROM, headers->repeated[TRPT_MAIL_FROM] ? none : trpt_str_of(headers->sender)},
                   {TRPT_SIGNER_IS_SUBMITTER,
                    headers->repeated[TRPT_MAIL_REPORT_SUBMITTER] ? none : header_text(c, TRPT_MAIL_REPORT_SUBMITTER)},
                   {TRPT_SIGNER_IS_CONTACT, c->report ? contact_domain(c) : none}};
  uint32_t signer = 0;
  for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++)
    if (trpt_domain_is_within(relations[i].of, domain)) signer |= relations[i].bit;
  return signer;
}

/* How well a signature meets RFC 8460 s3, in ascending order. The RFC does not define the reporting domain. Here it is
   that of From or TLS-Report-Submitter. */
enum { OTHER, PASSED, PASSED_OF_REPORTER, PASSED_WHOLE };

typedef struct candidate {
  int rank;
  uint32_t signer;
  trpt_dkim_signatures signatures; /* set from PASSED_OF_REPORTER on */
} candidate;

static candidate rate(const trpt_mail_case *c, const trpt_dkim_verdict *verdict, GMimeObject *signed_mail) {
  const trpt_str domain = trpt_str_of(verdict->domain);
  candidate rated = {.rank = OTHER};
  if (verdict->result != TRPT_DKIM_PASS) return rated;
  rated.rank = PASSED;
  rated.signer = signer_of(c, domain);
  if (!(rated.signer & (TRPT_SIGNER_IS_FROM | TRPT_SIGNER_IS_SUBMITTER))) return rated;
  rated.signatures = trpt_dkim_read_signatures(signed_mail, domain);
  rated.rank = rated.signatures.has_length ? PASSED_OF_REPORTER : PASSED_WHOLE;
  return rated;
}

trpt_mail_dkim trpt_mail_check_dkim(const trpt_mail_case *c, const trpt_dkim_verdicts *verdicts,
                                    GMimeObject *signed_mail, bool is_outermost, bool is_required) {
  trpt_mail_dkim dkim = {.result = verdicts->is_available ? TRPT_DKIM_NONE : TRPT_DKIM_UNKNOWN};
  dkim.fault = TRPT_CODE_MAIL_NO_DKIM;
  const trpt_dkim_verdict *verdict = NULL;
  candidate best = {.rank = OTHER};
  for (uint32_t i = 0; i < verdicts->count; i++) {
    const candidate other = rate(c, &verdicts->at[i], signed_mail);
    if (verdict && other.rank <= best.rank) continue;
    best = other;
    verdict = &verdicts->at[i];
  }
  if (verdict) {
    dkim.result = verdict->result;
    dkim.domain = trpt_str_of(verdict->domain);
    dkim.signer = best.signer;
  }
  dkim.is_good = best.rank == PASSED_WHOLE;
  if (best.rank < PASSED_OF_REPORTER) {
    if (verdicts->is_available || is_required) trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_NO_DKIM, 0, "");
    return dkim;
  }
  /* Offsets in the outermost mail are meaningless in an attached mail. */
  const uint64_t offset = is_outermost ? best.signatures.offset : 0;
  const char *field = is_outermost ? "DKIM-Signature" : "";
  if (best.rank == PASSED_OF_REPORTER) dkim.fault = TRPT_CODE_MAIL_DKIM_L_TAG;
  if (best.signatures.has_length) trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_DKIM_L_TAG, offset, field);
  if (verdict->key_services && !trpt_dkim_allows_tlsrpt(verdict->key_services))
    trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_DKIM_SERVICE_TYPE, offset, field);
  if (best.signatures.found && is_outermost && !best.signatures.covers_report)
    trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_DKIM_HEADERS_UNSIGNED, offset, field);
  return dkim;
}
