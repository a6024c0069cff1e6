/* SPDX-License-Identifier: MIT */
#include "mail_checks.h"

#include "../base/text.h"
#include "mail_domain.h"

static trpt_str header_text(const trpt_mail_case *c, trpt_mail_field field) {
  return trpt_mail_message_headers(c->message)->text[field];
}

static void report_field(const trpt_mail_case *c, trpt_code code, trpt_mail_field field) {
  trpt_mail_diagnostics_add(c->diagnostics, code, trpt_mail_message_headers(c->message)->offset[field],
                            trpt_mail_field_name(field));
}

static void report_type(const trpt_mail_case *c, trpt_code code) {
  trpt_mail_diagnostics_add(c->diagnostics, code, c->part->type_offset, "Content-Type");
}

static void report_filename(const trpt_mail_case *c, trpt_code code) {
  trpt_mail_diagnostics_add(c->diagnostics, code, c->part->filename_offset, c->part->filename_field);
}

static void report_multipart(const trpt_mail_case *c, trpt_code code) {
  trpt_mail_diagnostics_add(c->diagnostics, code, c->part->multipart->type_offset, "Content-Type");
}

static trpt_str contact_domain(const trpt_mail_case *c) {
  return trpt_domain_of_address(trpt_report_metadata(c->report)->contact_info);
}

/* Whether the report may be about this domain. The policy domain of DANE is an MX host (RFC 8460 s1.1), which is below the
   recipient domain or at a hoster. So a tlsa policy can confirm the domain, but not contradict it. */
static bool is_policy_domain(const trpt_report *report, trpt_str domain) {
  const uint32_t count = trpt_report_policy_count(report);
  bool is_contradicted = false;
  for (uint32_t i = 0; i < count; i++) {
    const trpt_policy *policy = trpt_report_policy(report, i);
    if (!policy->domain.len || trpt_domain_is_within(policy->domain, domain)) return true;
    is_contradicted |= policy->type != TRPT_POLICY_TLSA;
  }
  return !is_contradicted;
}

/* Whether a name in the subject or filename is that of the submitter. If TLS-Report-Submitter and contact-info differ,
   mail.submitter-mismatch reports that, so either is accepted here: one cause gives one diagnostic. */
static bool is_submitter(const trpt_mail_case *c, trpt_str name) {
  const trpt_str field = header_text(c, TRPT_MAIL_REPORT_SUBMITTER);
  const trpt_str contact = contact_domain(c);
  if (!field.len && !contact.len) return true;
  return (field.len && trpt_domain_equal(name, field)) || (contact.len && trpt_domain_equal(name, contact));
}

/* The multipart and the order of its parts, RFC 8460 s5.3 and RFC 6522. */
static void check_structure(const trpt_mail_case *c) {
  const trpt_mail_multipart *multipart = c->part->multipart;
  if (multipart->report_type == TRPT_REPORT_TYPE_NONE) report_multipart(c, TRPT_CODE_MAIL_NOT_MULTIPART_REPORT);
  if (multipart->report_type == TRPT_REPORT_TYPE_OTHER) report_multipart(c, TRPT_CODE_MAIL_BAD_REPORT_TYPE);
  if (!multipart->is_report) return;
  if (c->part->index != 1) report_type(c, TRPT_CODE_MAIL_WRONG_PART_ORDER);
  if (multipart->count > 2) report_multipart(c, TRPT_CODE_MAIL_EXTRA_PART);
}

static void check_content(const trpt_mail_case *c) {
  const bool is_json = c->kind == TRPT_MAIL_KIND_JSON || c->kind == TRPT_MAIL_KIND_WIDE_JSON;
  const char *expected = c->kind == TRPT_MAIL_KIND_GZIP ? "application/tlsrpt+gzip"
                         : is_json                      ? "application/tlsrpt+json"
                                                        : "";
  if (!trpt_str_equal(c->part->media_type, expected, strlen(expected)))
    report_type(c, TRPT_CODE_MAIL_MEDIA_TYPE_MISMATCH);
  if (c->kind == TRPT_MAIL_KIND_JSON) report_type(c, TRPT_CODE_MAIL_UNCOMPRESSED);
  if (c->kind >= TRPT_MAIL_KIND_BZIP2 && c->kind <= TRPT_MAIL_KIND_ZSTD)
    report_type(c, TRPT_CODE_MAIL_UNSUPPORTED_COMPRESSION);
}

static bool is_time(uint64_t written, int64_t time) { return time < 0 || written == (uint64_t)time; }

/* RFC 8460 s5.1. */
static void check_filename(const trpt_mail_case *c) {
  const trpt_filename *name = &c->part->parsed_filename;
  if (!c->part->filename.ptr) return;
  if (name->has_path) report_filename(c, TRPT_CODE_MAIL_FILENAME_PATH);
  if (!name->is_valid || name->is_gzip != (c->kind == TRPT_MAIL_KIND_GZIP))
    report_filename(c, TRPT_CODE_MAIL_FILENAME_SYNTAX);
  if (!name->is_valid || !c->report) return;
  const trpt_metadata *metadata = trpt_report_metadata(c->report);
  if (!is_submitter(c, name->sender) || !is_policy_domain(c->report, name->policy_domain) ||
      !is_time(name->begin, metadata->start) || !is_time(name->end, metadata->end))
    report_filename(c, TRPT_CODE_MAIL_FILENAME_MISMATCH);
}

/* TLS-Report-Domain and TLS-Report-Submitter, RFC 8460 s5.3. */
static void check_fields(const trpt_mail_case *c) {
  const trpt_str domain = header_text(c, TRPT_MAIL_REPORT_DOMAIN);
  const trpt_str submitter = header_text(c, TRPT_MAIL_REPORT_SUBMITTER);
  const trpt_str from = trpt_mail_message_headers(c->message)->sender;
  if (!domain.len) report_field(c, TRPT_CODE_MAIL_MISSING_REPORT_DOMAIN, TRPT_MAIL_REPORT_DOMAIN);
  if (!submitter.len) report_field(c, TRPT_CODE_MAIL_MISSING_REPORT_SUBMITTER, TRPT_MAIL_REPORT_SUBMITTER);
  if (domain.len && c->report && !is_policy_domain(c->report, domain))
    report_field(c, TRPT_CODE_MAIL_DOMAIN_MISMATCH, TRPT_MAIL_REPORT_DOMAIN);
  if (!submitter.len) return;
  const trpt_str contact = c->report ? contact_domain(c) : (trpt_str){0};
  if (contact.len && !trpt_domain_equal(contact, submitter))
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
  const trpt_subject subject = trpt_mail_message_headers(c->message)->subject;
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

static uint32_t signer_of(const trpt_mail_case *c, trpt_str contact, trpt_str domain) {
  const trpt_mail_headers *headers = trpt_mail_message_headers(c->message);
  const trpt_str none = {0};
  /* Repeated fields do not count, because the signature may cover another one than was read. */
  const struct {
    uint32_t bit;
    trpt_str of;
  } relations[] = {{TRPT_SIGNER_IS_FROM, headers->repeated[TRPT_MAIL_FROM] ? none : headers->sender},
                   {TRPT_SIGNER_IS_SUBMITTER,
                    headers->repeated[TRPT_MAIL_REPORT_SUBMITTER] ? none : header_text(c, TRPT_MAIL_REPORT_SUBMITTER)},
                   {TRPT_SIGNER_IS_CONTACT, contact}};
  uint32_t signer = 0;
  for (size_t i = 0; i < sizeof relations / sizeof relations[0]; i++)
    if (trpt_domain_is_within(relations[i].of, domain)) signer |= relations[i].bit;
  return signer;
}

/* How well a signature meets RFC 8460 s3, in ascending order. The RFC does not define the reporting domain. Here it is
   that of From or TLS-Report-Submitter. */
enum { OTHER, PASSED, PASSED_OF_REPORTER, PASSED_WHOLE };

typedef struct candidate {
  const trpt_dkim_verdict *verdict;
  int rank;
  uint32_t signer;
} candidate;

static candidate rate(const trpt_mail_case *c, trpt_str contact, const trpt_dkim_verdict *verdict) {
  candidate rated = {.verdict = verdict, .rank = OTHER};
  if (verdict->result != TRPT_DKIM_PASS) return rated;
  rated.rank = PASSED;
  rated.signer = signer_of(c, contact, verdict->domain);
  if (!(rated.signer & (TRPT_SIGNER_IS_FROM | TRPT_SIGNER_IS_SUBMITTER))) return rated;
  rated.rank = verdict->signatures.has_length ? PASSED_OF_REPORTER : PASSED_WHOLE;
  return rated;
}

static candidate find_best(const trpt_mail_case *c, const trpt_dkim_verdicts *verdicts) {
  const trpt_str contact = c->report ? contact_domain(c) : (trpt_str){0};
  candidate best = {.rank = OTHER};
  for (uint32_t i = 0; i < verdicts->count; i++) {
    const candidate other = rate(c, contact, &verdicts->at[i]);
    if (!best.verdict || other.rank > best.rank) best = other;
  }
  return best;
}

trpt_mail_dkim trpt_mail_check_dkim(const trpt_mail_case *c, const trpt_dkim_verdicts *verdicts, bool is_outermost,
                                    bool is_required) {
  trpt_mail_dkim dkim = {.result = verdicts->is_available ? TRPT_DKIM_NONE : TRPT_DKIM_UNKNOWN};
  const candidate best = find_best(c, verdicts);
  dkim.fault = best.rank == PASSED_OF_REPORTER ? TRPT_CODE_MAIL_DKIM_L_TAG : TRPT_CODE_MAIL_NO_DKIM;
  dkim.is_good = best.rank == PASSED_WHOLE;
  if (best.verdict) {
    dkim.result = best.verdict->result;
    dkim.domain = best.verdict->domain;
    dkim.signer = best.signer;
  }
  if (!best.verdict || best.rank < PASSED_OF_REPORTER) {
    if (verdicts->is_available || is_required) trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_NO_DKIM, 0, "");
    return dkim;
  }
  /* Offsets in the outermost mail are meaningless in an attached mail. */
  const trpt_dkim_signatures *signatures = &best.verdict->signatures;
  const uint64_t offset = is_outermost ? signatures->offset : 0;
  const char *field = is_outermost ? "DKIM-Signature" : "";
  if (signatures->has_length) trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_DKIM_L_TAG, offset, field);
  if (best.verdict->is_not_for_tlsrpt)
    trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_DKIM_SERVICE_TYPE, offset, field);
  if (signatures->found && is_outermost && !signatures->covers_report)
    trpt_mail_diagnostics_add(c->diagnostics, TRPT_CODE_MAIL_DKIM_HEADERS_UNSIGNED, offset, field);
  return dkim;
}
