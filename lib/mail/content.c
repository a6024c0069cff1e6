/* SPDX-License-Identifier: MIT */
#include "content.h"

#include "../base/entry_name.h"
#include "../base/text.h"
#include "content_kind.h"
#include "filename.h"
#include "gunzip.h"
#include "item.h"

void trpt_content_pop(trpt_mail *mail) {
  trpt_mail_frame *top = &mail->frames[--mail->depth];
  mail->texts.is_active = false;
  trpt_mail_container_free(top->container);
  trpt_mail_message_free(top->message);
  *top = (trpt_mail_frame){0};
  if (mail->in_mail && mail->mail_frame == mail->depth) {
    mail->in_mail = false;
    trpt_dkim_clear(&mail->verdicts);
  }
}

/* Whether there is no trpt_mail_frame for another level. */
static bool is_at_max_nesting(const trpt_mail *mail) { return mail->depth > mail->options.max_nesting; }

/* Only if is_at_max_nesting is false. */
static trpt_mail_frame *push(trpt_mail *mail) { return &mail->frames[mail->depth++]; }

static trpt_step refuse_nesting(trpt_mail *mail, trpt_mail_kind kind) {
  return trpt_item_return_unreadable(
      mail, kind, trpt_mail_fault_limit("The input is nested deeper than max_nesting (#).", mail->options.max_nesting));
}

static trpt_step push_container(trpt_mail *mail, trpt_str data, trpt_mail_kind kind, bool is_expected) {
  if (is_at_max_nesting(mail)) return refuse_nesting(mail, kind);
  trpt_mail_container *container = trpt_mail_container_within(data, kind == TRPT_MAIL_KIND_GZIP, &mail->limits);
  if (!container) return TRPT_E_MEMORY;
  trpt_mail_frame *f = push(mail);
  f->container = container;
  f->is_expected = is_expected;
  return TRPT_MORE;
}

/* ---- possible reports ---- */

static bool is_no_json(const trpt_error *error) {
  return strcmp(error->code, "json.not-json") == 0 || strcmp(error->code, "json.not-object") == 0;
}

/* Reads gzip around something else than a report, such as a tar or a mail that is stored compressed. Reports are tried
   first, so that they are inflated once. Returns TRPT_END for JSON text. */
static trpt_step look_into_gzip(trpt_mail *mail, trpt_str data, bool is_expected) {
  trpt_mail_kind kind;
  const trpt_status status = trpt_mail_gunzip_kind(data.ptr, data.len, &kind);
  if (status != TRPT_OK) return status;
  if (kind == TRPT_MAIL_KIND_JSON) return TRPT_END;
  if (kind == TRPT_MAIL_KIND_UNKNOWN && !is_expected) return TRPT_MORE;
  return push_container(mail, data, TRPT_MAIL_KIND_GZIP, is_expected);
}

/* The first text of content is no report, for the reason in `item_error`. MORE: the next text may be one. */
static trpt_step return_first_error(trpt_mail *mail) {
  const trpt_mail_frame *f = trpt_mail_top_frame(mail);
  trpt_mail_texts *texts = &mail->texts;
  const bool is_gzip = texts->kind == TRPT_MAIL_KIND_GZIP;
  const bool is_xml =
      is_gzip && !trpt_item_has_claim(mail) && trpt_entry_is_xml(f->message ? f->part.filename : f->member.name);
  /* Not an error: mails contain other texts, other compressed files and JSON of other programs. */
  const bool is_other_json = !texts->is_expected && mail->item_error.status == TRPT_E_SCHEMA;
  texts->is_active = false;
  if (is_xml) return trpt_item_return_kind(mail, TRPT_MAIL_KIND_DMARC, texts->is_expected);
  if (is_gzip && is_no_json(&mail->item_error)) {
    const trpt_step looked = look_into_gzip(mail, texts->data, texts->is_expected);
    if (looked != TRPT_END) return looked;
  }
  const bool is_content = trpt_item_is_report_content(mail, texts->data.ptr, texts->data.len);
  texts->is_active = is_content || is_other_json;
  if (is_other_json) return TRPT_MORE;
  if (is_content) return trpt_item_return(mail, texts->kind);
  return texts->is_expected ? trpt_item_return_other(mail, texts->kind) : TRPT_MORE;
}

static trpt_step return_error(trpt_mail *mail) {
  trpt_mail_texts *texts = &mail->texts;
  const bool is_first = !texts->any;
  texts->any = true;
  mail->item_error = *trpt_parser_error(mail->parser);
  if (is_first) return return_first_error(mail);
  return texts->any_report || texts->is_expected ? trpt_item_return(mail, texts->kind) : TRPT_MORE;
}

/* JSON text without a report, such as []. */
static trpt_step return_no_report(trpt_mail *mail) {
  if (!mail->texts.is_expected) return TRPT_MORE;
  mail->item_error = *trpt_parser_error(mail->parser);
  return trpt_item_return_other(mail, mail->texts.kind);
}

static trpt_mail_fault add_inflated(trpt_mail *mail) {
  const uint64_t before = mail->texts.inflated;
  mail->texts.inflated = trpt_parser_inflated(mail->parser);
  return trpt_mail_unit_add_inflated(&mail->limits, mail->texts.inflated - before);
}

/* Reads on in content that may hold several reports. */
static trpt_step next_text(trpt_mail *mail) {
  trpt_mail_texts *texts = &mail->texts;
  const trpt_status status = trpt_reports_next(mail->parser, &texts->rest, &mail->report);
  if (status == TRPT_E_MEMORY) return status;
  const trpt_mail_fault fault = add_inflated(mail);
  if (fault.status != TRPT_OK) {
    texts->is_active = false;
    trpt_item_discard_report(mail);
    return trpt_item_return_fault(mail, texts->kind, fault);
  }
  if (status == TRPT_END) {
    texts->is_active = false;
    return TRPT_MORE;
  }
  if (status == TRPT_E_NO_REPORT) return return_no_report(mail);
  if (status < 0) return return_error(mail);
  texts->any = texts->any_report = true;
  /* A report that is not gzip is JSON, even if whitespace beyond the detection window precedes it. */
  return trpt_item_return(mail, texts->kind == TRPT_MAIL_KIND_GZIP ? texts->kind : TRPT_MAIL_KIND_JSON);
}

static trpt_step read_texts(trpt_mail *mail, const char *data, size_t len, trpt_mail_kind kind, bool is_expected) {
  const trpt_str all = {data, len};
  trpt_parser_reset(mail->parser);
  mail->texts =
      (trpt_mail_texts){.data = all, .rest = all, .kind = kind, .is_active = true, .is_expected = is_expected};
  return TRPT_MORE;
}

static void collect_verdicts(trpt_mail *mail, const trpt_mail_frame *f) {
  const trpt_str text = trpt_mail_message_text(f->message);
  if (!mail->options.verify) {
    const trpt_trusted_servers servers = {mail->options.authserv_ids, mail->options.authserv_id_count,
                                          mail->options.flags & TRPT_MAIL_TRUST_UNNAMED};
    trpt_authentication_results_read(&mail->verdicts, trpt_mail_message_root(f->message), &servers);
    return;
  }
  mail->verdicts.is_available = true;
  for (uint32_t i = 0; i < TRPT_DKIM_MAX; i++) {
    trpt_dkim_signature signature = {.struct_size = sizeof signature};
    mail->in_callback = true;
    const int more = mail->options.verify(mail->options.verify_user, text.ptr, text.len, i, &signature);
    mail->in_callback = false;
    if (!more) break;
    trpt_dkim_add(&mail->verdicts, signature.result, signature.domain, signature.key_services);
  }
}

static trpt_step push_message(trpt_mail *mail, trpt_mail_message *message) {
  trpt_mail_frame *f = push(mail);
  f->message = message;
  f->is_labelled = trpt_mail_message_headers(message)->text[TRPT_MAIL_REPORT_DOMAIN].ptr;
  if (mail->in_mail) return TRPT_MORE;
  mail->in_mail = true;
  mail->mail_frame = mail->depth - 1;
  mail->mail_items = 0;
  const trpt_str text = trpt_mail_message_text(message);
  f->is_labelled = trpt_mail_is_report(text.ptr, text.len);
  collect_verdicts(mail, f);
  trpt_dkim_read_signatures(&mail->verdicts, trpt_mail_message_root(message));
  return TRPT_MORE;
}

static trpt_step push_mail(trpt_mail *mail, const char *data, size_t len) {
  trpt_mail_message *message;
  trpt_mail_fault fault;
  if (is_at_max_nesting(mail)) return refuse_nesting(mail, TRPT_MAIL_KIND_MESSAGE);
  const trpt_status status = trpt_mail_message_new(&message, (trpt_str){data, len}, &mail->options, &fault);
  if (status == TRPT_OK) return push_message(mail, message);
  if (status == TRPT_E_MEMORY) return status;
  if (mail->in_mail) return trpt_item_return_unreadable(mail, TRPT_MAIL_KIND_MESSAGE, fault);
  mail->item.is_other_content = !trpt_mail_is_report(data, len) && !trpt_item_has_claim(mail);
  return trpt_item_return_fault(mail, TRPT_MAIL_KIND_MESSAGE, fault);
}

static trpt_step read_content(trpt_mail *mail, const char *data, size_t len, trpt_mail_kind kind, bool is_expected) {
  switch (kind) {
  case TRPT_MAIL_KIND_ZIP:
  case TRPT_MAIL_KIND_TAR:
  case TRPT_MAIL_KIND_MBOX: return push_container(mail, (trpt_str){data, len}, kind, is_expected);
  case TRPT_MAIL_KIND_MESSAGE: return push_mail(mail, data, len);
  case TRPT_MAIL_KIND_BZIP2:
  case TRPT_MAIL_KIND_XZ:
  case TRPT_MAIL_KIND_ZSTD:
    if (mail->in_mail && !trpt_item_has_claim(mail)) return TRPT_MORE;
    return trpt_item_return_code(mail, kind, TRPT_E_UNSUPPORTED, TRPT_CODE_MAIL_UNSUPPORTED_COMPRESSION);
  case TRPT_MAIL_KIND_UNKNOWN:
    if (!is_expected) return TRPT_MORE;
    break;
  default:
    if (trpt_mail_kind_fault(kind).status != TRPT_OK) return trpt_item_return_kind(mail, kind, is_expected);
  }
  return read_texts(mail, data, len, kind, is_expected);
}

static trpt_step step_container(trpt_mail *mail, trpt_mail_frame *f) {
  f->part = (trpt_mail_part){0};
  const trpt_status status = trpt_mail_container_next(f->container, &f->member);
  if (status == TRPT_END) {
    if (f->is_expected && !f->has_items) {
      f->member = (trpt_mail_member){0};
      trpt_mail_error_of_fault(&mail->item_error, trpt_mail_fault_of(TRPT_E_NO_REPORT, NULL));
      return trpt_item_return_other(mail, trpt_mail_container_kind(f->container));
    }
    trpt_content_pop(mail);
    return TRPT_MORE;
  }
  if (status != TRPT_OK) return status;
  const trpt_mail_member *member = &f->member;
  /* Faults come first: some of them end the archive. What breaks after reports may have had more of them. */
  if (member->fault.status != TRPT_OK)
    return f->has_items ? trpt_item_return_fault(mail, member->kind, member->fault)
                        : trpt_item_return_unreadable(mail, member->kind, member->fault);
  if (trpt_entry_is_hidden(member->name)) return TRPT_MORE;
  return read_content(mail, member->data, member->len, member->kind,
                      f->is_expected || trpt_entry_is_report(member->name));
}

/* A line of text that begins with "From " begins an mbox only where it has a time. */
static bool is_undated_mbox(const trpt_mail_part *part) {
  const size_t blank = trpt_mail_blank_len(part->data, part->len);
  bool dated;
  trpt_mail_from_line(part->data + blank, part->len - blank, &dated);
  return part->kind == TRPT_MAIL_KIND_MBOX && !dated;
}

/* Text is easily mistaken for a mail or mbox, so it needs a matching name. An empty line before the header of an attached
   mail turns all of that mail into text. */
static trpt_mail_kind kind_of_part(const trpt_mail_message *message, const trpt_mail_part *part) {
  const trpt_str type = part->media_type;
  if (part->kind != TRPT_MAIL_KIND_MESSAGE && part->kind != TRPT_MAIL_KIND_MBOX) return part->kind;
  if (trpt_entry_ends_in(part->filename, ".eml") || trpt_entry_ends_in(part->filename, ".mbox")) return part->kind;
  if (trpt_str_begins_nocase(type, "message/") || trpt_str_equal_nocase(type, "application/mbox")) return part->kind;
  const bool is_text = trpt_str_begins_nocase(type, "text/") && trpt_mail_message_has_fields(message);
  return is_text || is_undated_mbox(part) ? TRPT_MAIL_KIND_UNKNOWN : part->kind;
}

static trpt_step end_message(trpt_mail *mail, trpt_mail_frame *f) {
  trpt_mail_frame *outermost = &mail->frames[mail->mail_frame];
  if (f->has_items || f != outermost) {
    if (!f->has_items) outermost->is_labelled |= f->is_labelled;
    trpt_content_pop(mail);
    return TRPT_MORE;
  }
  trpt_mail_diagnostics_add(&mail->diagnostics, TRPT_CODE_MAIL_NO_REPORT_PART,
                            trpt_mail_field_offset(trpt_mail_message_root(f->message), "Content-Type"), "Content-Type");
  f->part = (trpt_mail_part){0};
  return trpt_item_return_code(mail, f->other ? f->other : TRPT_MAIL_KIND_MESSAGE, TRPT_E_NO_REPORT,
                               TRPT_CODE_MAIL_NO_REPORT_PART);
}

static trpt_step step_message(trpt_mail *mail, trpt_mail_frame *f) {
  const trpt_status status = trpt_mail_message_next(f->message, &f->part);
  if (status == TRPT_END) return end_message(mail, f);
  if (status != TRPT_OK) return status;
  const trpt_mail_part *part = &f->part;
  if (part->fault.status != TRPT_OK) return trpt_item_return_unreadable(mail, part->kind, part->fault);
  if (!part->message)
    return read_content(mail, part->data, part->len, kind_of_part(f->message, part), trpt_item_is_labelled_part(part));
  if (is_at_max_nesting(mail)) return refuse_nesting(mail, TRPT_MAIL_KIND_MESSAGE);
  trpt_mail_message *message = trpt_mail_message_within(f->message, part);
  return message ? push_message(mail, message) : TRPT_E_MEMORY;
}

trpt_step trpt_content_step(trpt_mail *mail) {
  trpt_mail_frame *f = trpt_mail_top_frame(mail);
  if (mail->texts.is_active) return next_text(mail);
  return f->message ? step_message(mail, f) : step_container(mail, f);
}
