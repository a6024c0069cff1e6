/* SPDX-License-Identifier: MIT */
#include "item.h"

#include "../base/entry_name.h"
#include "../base/text.h"
#include "content_kind.h"
#include "filename.h"

void trpt_item_discard_report(trpt_mail *mail) {
  trpt_report_free(mail->report);
  mail->report = NULL;
}

void trpt_item_release(trpt_mail *mail) {
  trpt_item_discard_report(mail);
  mail->diagnostics.count = 0;
  mail->item = (trpt_mail_item){.date = INT64_MIN};
}

/* The innermost open mail, or NULL if there is none. */
static trpt_mail_frame *message_frame(trpt_mail *mail) {
  for (uint32_t i = mail->depth; i--;)
    if (mail->frames[i].message) return &mail->frames[i];
  return NULL;
}

static void describe_message(trpt_mail *mail, const trpt_mail_frame *f) {
  trpt_mail_item *item = &mail->item;
  const trpt_mail_headers *headers = trpt_mail_message_headers(f->message);
  trpt_str *const strings[TRPT_MAIL_FIELD_COUNT] = {&item->from,       &item->subject,       &item->date_text,
                                                    &item->message_id, &item->report_domain, &item->report_submitter};
  for (size_t i = 0; i < TRPT_MAIL_FIELD_COUNT; i++) *strings[i] = headers->text[i];
  item->date = headers->date;
  item->part = trpt_str_of(f->part.number);
  item->media_type = f->part.media_type;
  item->filename = f->part.filename;
}

/* The kind of the input, or of the mailbox or archive in gzip, which may be around it several times. Only a container
   opens within gzip. */
static trpt_mail_kind container_kind(const trpt_mail *mail) {
  const trpt_mail_kind outer = trpt_mail_container_kind(mail->frames[0].container);
  trpt_mail_kind kind = outer;
  for (uint32_t i = 1; kind == TRPT_MAIL_KIND_GZIP && i < mail->depth; i++)
    kind = trpt_mail_container_kind(mail->frames[i].container);
  return kind == TRPT_MAIL_KIND_MBOX || kind == TRPT_MAIL_KIND_TAR || kind == TRPT_MAIL_KIND_ZIP ? kind : outer;
}

static void describe(trpt_mail *mail, trpt_mail_kind kind) {
  trpt_mail_item *item = &mail->item;
  const trpt_mail_member *root = &mail->frames[0].member;
  item->kind = kind;
  item->container = container_kind(mail);
  item->number = root->number;
  item->offset = root->offset;
  for (uint32_t i = 0; i < mail->depth; i++) {
    mail->frames[i].has_items = true;
    if (mail->frames[i].member.name.ptr) item->entry = mail->frames[i].member.name;
  }
  const trpt_mail_frame *f = message_frame(mail);
  if (f) describe_message(mail, f);
}

/* Turns the report into an error if a diagnostic about the mail is an error. */
static void check_strictly(trpt_mail *mail) {
  for (uint32_t i = 0; i < mail->diagnostics.count && mail->report; i++) {
    const trpt_diagnostic *d = &mail->diagnostics.at[i];
    if (d->severity < TRPT_ERROR) continue;
    trpt_item_discard_report(mail);
    trpt_mail_error_of_diagnostic(&mail->item_error, d);
  }
}

static void check_compression(trpt_mail *mail) {
  const trpt_mail_frame *message = message_frame(mail);
  for (uint32_t i = 0; i < mail->depth; i++) {
    const trpt_mail_frame *f = &mail->frames[i];
    if (!f->container || !trpt_mail_container_is_gzip_in_gzip(f->container)) continue;
    const bool is_in_part = message && message < f;
    trpt_mail_diagnostics_add(&mail->diagnostics, TRPT_CODE_MAIL_GZIP_IN_GZIP,
                              is_in_part ? message->part.type_offset : 0, is_in_part ? "Content-Type" : "");
    return;
  }
}

static void finish_item(trpt_mail *mail) {
  const trpt_mail_frame *f = message_frame(mail);
  check_compression(mail);
  if (f) trpt_mail_message_locate(f->message, &mail->diagnostics);
  if (mail->is_strict) check_strictly(mail);
  mail->item.report = mail->report;
  mail->item.error = mail->report ? NULL : &mail->item_error;
  mail->item.diagnostic_count = mail->diagnostics.count;
}

/* The kind of the part that contains the report: of the report itself, or of an archive. */
static trpt_mail_kind kind_in_mail(const trpt_mail_frame *f, trpt_mail_kind kind) {
  return f->part.message || f->part.kind == TRPT_MAIL_KIND_UNKNOWN ? kind : f->part.kind;
}

static void check_item(trpt_mail *mail, trpt_mail_kind kind) {
  const trpt_mail_frame *f = message_frame(mail);
  const bool is_required = mail->options.flags & TRPT_MAIL_REQUIRE_DKIM;
  trpt_mail_dkim dkim = {.fault = TRPT_CODE_MAIL_NO_DKIM};
  if (f && f->part.is_set) {
    const trpt_mail_case c = {f->message, &f->part, mail->report, kind_in_mail(f, kind), &mail->diagnostics};
    trpt_mail_check(&c);
    const bool is_outermost = f == &mail->frames[mail->mail_frame];
    dkim = trpt_mail_check_dkim(&c, &mail->verdicts, is_outermost, is_required);
    mail->item.dkim = dkim.result;
    mail->item.dkim_domain = dkim.domain;
    mail->item.signer = dkim.signer;
  }
  if (!is_required || dkim.is_good || !mail->report) return;
  trpt_item_discard_report(mail);
  trpt_mail_error_of(&mail->item_error, TRPT_E_MAIL, dkim.fault);
}

/* ---- claims ---- */

bool trpt_item_is_labelled_part(const trpt_mail_part *part) {
  return trpt_str_begins_nocase(part->media_type, "application/tlsrpt") || trpt_entry_is_report(part->filename);
}

bool trpt_item_has_claim(const trpt_mail *mail) {
  for (uint32_t i = 0; i < mail->depth; i++) {
    const trpt_mail_frame *f = &mail->frames[i];
    if (f->is_labelled || trpt_item_is_labelled_part(&f->part) || trpt_entry_is_report(f->member.name)) return true;
  }
  return false;
}

bool trpt_item_is_report_content(const trpt_mail *mail, const char *data, size_t len) {
  const trpt_mail_frame *top = &mail->frames[mail->depth - 1];
  const bool is_text = top->message && trpt_str_begins_nocase(top->part.media_type, "text/");
  trpt_str text = {data, len};
  while (text.len && trpt_is_space(*text.ptr)) text = trpt_str_from(text, 1);
  const trpt_mail_kind kind = trpt_mail_kind_of(text.ptr, text.len);
  return kind == TRPT_MAIL_KIND_GZIP || (kind == TRPT_MAIL_KIND_JSON && !is_text);
}

/* The depth of the unit: below an mbox or tar, which continues with the next unit. */
static uint32_t unit_depth(const trpt_mail *mail) {
  const trpt_mail_kind kind = trpt_mail_container_kind(mail->frames[0].container);
  return kind == TRPT_MAIL_KIND_MBOX || kind == TRPT_MAIL_KIND_TAR;
}

static void abandon(trpt_mail *mail, uint32_t depth) {
  if (depth < mail->abandoned) mail->abandoned = depth;
}

/* Returns which limit one more item of the mail or the unit exceeds, and skips the rest of it then. */
static trpt_mail_fault count_item(trpt_mail *mail) {
  const uint32_t max_reports = mail->options.max_reports;
  const uint32_t max_entries = mail->options.max_entries;
  const uint32_t max_items = max_reports > max_entries ? max_reports : max_entries;
  if (mail->unit.items++ == max_items) {
    abandon(mail, unit_depth(mail));
    return trpt_mail_fault_limit("The input has more items (#) than max_entries and max_reports allow.", max_items);
  }
  if (mail->in_mail && mail->mail_items++ == max_reports) {
    abandon(mail, mail->mail_frame);
    return trpt_mail_fault_limit("The mail has more reports than max_reports (#).", max_reports);
  }
  return (trpt_mail_fault){0};
}

/* Items count whether they are readable or not. An error replaces the item beyond a limit. */
trpt_step trpt_item_return(trpt_mail *mail, trpt_mail_kind kind) {
  const trpt_mail_fault fault = count_item(mail);
  if (fault.status != TRPT_OK) {
    trpt_item_discard_report(mail);
    trpt_mail_error_of_fault(&mail->item_error, fault);
    mail->item.is_other_content = 0;
  }
  if (trpt_mail_unit_is_spent(&mail->limits)) abandon(mail, unit_depth(mail));
  describe(mail, kind);
  check_item(mail, kind);
  finish_item(mail);
  return TRPT_OK;
}

trpt_step trpt_item_return_fault(trpt_mail *mail, trpt_mail_kind kind, trpt_mail_fault fault) {
  trpt_mail_error_of_fault(&mail->item_error, fault);
  return trpt_item_return(mail, kind);
}

trpt_step trpt_item_return_unreadable(trpt_mail *mail, trpt_mail_kind kind, trpt_mail_fault fault) {
  const bool is_other = mail->in_mail && !trpt_item_has_claim(mail);
  if (is_other && fault.status != TRPT_E_LIMIT) return TRPT_MORE;
  mail->item.is_other_content = is_other;
  return trpt_item_return_fault(mail, is_other ? TRPT_MAIL_KIND_MESSAGE : kind, fault);
}

trpt_step trpt_item_return_other(trpt_mail *mail, trpt_mail_kind kind) {
  mail->item.is_other_content = !trpt_item_has_claim(mail);
  return trpt_item_return(mail, kind);
}

trpt_step trpt_item_return_code(trpt_mail *mail, trpt_mail_kind kind, trpt_status status, trpt_code code) {
  trpt_mail_error_of(&mail->item_error, status, code);
  return trpt_item_return_other(mail, kind);
}

trpt_step trpt_item_return_kind(trpt_mail *mail, trpt_mail_kind kind, bool is_expected) {
  const trpt_mail_fault fault = trpt_mail_kind_fault(kind);
  if (mail->in_mail && kind == TRPT_MAIL_KIND_DMARC) mail->frames[mail->mail_frame].other = kind;
  if (kind == TRPT_MAIL_KIND_WIDE_JSON) return trpt_item_return_unreadable(mail, kind, fault);
  if (!is_expected) return TRPT_MORE;
  trpt_mail_error_of_fault(&mail->item_error, fault);
  return trpt_item_return_other(mail, kind);
}
