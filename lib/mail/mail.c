/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "../base/entry_name.h"
#include "../base/text.h"
#include "../base/versioned.h"
#include "container.h"
#include "content_kind.h"
#include "filename.h"
#include "gunzip.h"
#include "mail_checks.h"
#include "mail_options.h"

/* One level of nesting: a container or a mail. The input is the first frame, a mail in it the next, an archive in that
   mail the next, and so on. */
typedef struct frame {
  trpt_mail_container *container; /* exactly one of these two is set */
  trpt_mail_message *message;
  trpt_mail_member member; /* current member of the container */
  trpt_mail_part part;     /* current part of the mail */
  bool is_expected;        /* reports are expected: anything else in it becomes an item with an error */
  bool has_items;          /* an item from it was returned */
  bool is_labelled;        /* the header of the mail claims that it is a report */
  trpt_mail_kind other;    /* of the mail, by what was found in it; TRPT_MAIL_KIND_UNKNOWN: nothing special */
} frame;

struct trpt_mail {
  trpt_mail_options options;
  trpt_mail_limits limits;
  trpt_parser *parser;
  trpt_str *authserv_ids; /* one allocation, with the texts after the array */
  bool is_strict;
  frame *frames;
  uint32_t depth;
  bool is_open;
  bool in_callback;
  trpt_mail_unit unit;
  trpt_mail_read_fn read;
  void *read_user;
  /* The outermost mail. */
  uint32_t mail_frame;
  uint32_t mail_items; /* returned from it */
  bool in_mail;
  uint32_t abandoned; /* frames from this one on are not read further */
  trpt_dkim_verdicts verdicts;
  trpt_error error;
  /* The current item. */
  trpt_report *report;
  trpt_error item_error;
  trpt_mail_diagnostics diagnostics;
  trpt_mail_item item;
};

/* TRPT_OK: an item was found. TRPT_MORE: continue. */
typedef trpt_status step;

/* ---- opening and closing ---- */

static int call_read(void *user, const void **data, size_t *len) {
  trpt_mail *mail = user;
  mail->in_callback = true;
  const int stop = mail->read(mail->read_user, data, len);
  mail->in_callback = false;
  return stop;
}

/* Returns NULL if memory runs out. Texts may overlap in the caller's memory, so their sum can exceed SIZE_MAX. */
static trpt_str *copy_strings(const trpt_str *strings, size_t count) {
  if (count > SIZE_MAX / sizeof *strings) return NULL;
  size_t size = count * sizeof *strings;
  for (size_t i = 0; i < count; i++) {
    if (strings[i].len > SIZE_MAX - size) return NULL;
    size += strings[i].len;
  }
  trpt_str *copy = malloc(size);
  if (!copy) return NULL;
  char *text = (char *)(copy + count);
  for (size_t i = 0; i < count; i++) {
    memcpy(text, strings[i].ptr, strings[i].len);
    copy[i] = (trpt_str){text, strings[i].len};
    text += strings[i].len;
  }
  return copy;
}

static bool is_strict(const trpt_options *options) {
  trpt_options read = {0};
  return options && trpt_versioned_copy(&read, sizeof read, options) && read.flags & TRPT_STRICT;
}

trpt_status trpt_mail_new(trpt_mail **out, const trpt_mail_options *options) {
  trpt_mail_options read;
  if (!out) return TRPT_E_ARGUMENT;
  *out = NULL;
  if (!trpt_mail_options_read(&read, options)) return TRPT_E_ARGUMENT;
  trpt_mail *mail = calloc(1, sizeof *mail);
  if (!mail) return TRPT_E_MEMORY;
  mail->options = read;
  mail->limits = (trpt_mail_limits){read.max_message, read.max_inflated, &mail->unit, read.max_entries, read.max_ratio};
  trpt_status status = trpt_parser_new(&mail->parser, read.report);
  mail->frames = calloc((size_t)read.max_nesting + 1, sizeof *mail->frames);
  mail->is_strict = is_strict(read.report);
  if (read.authserv_id_count) mail->authserv_ids = copy_strings(read.authserv_ids, read.authserv_id_count);
  if (status == TRPT_OK && (!mail->frames || (read.authserv_id_count && !mail->authserv_ids))) status = TRPT_E_MEMORY;
  if (status != TRPT_OK) {
    trpt_mail_free(mail);
    return status;
  }
  mail->options.authserv_ids = mail->authserv_ids;
  *out = mail;
  return TRPT_OK;
}

static void pop(trpt_mail *mail) {
  frame *top = &mail->frames[--mail->depth];
  trpt_mail_container_free(top->container);
  trpt_mail_message_free(top->message);
  *top = (frame){0};
  if (mail->in_mail && mail->mail_frame == mail->depth) {
    mail->in_mail = false;
    trpt_dkim_clear(&mail->verdicts);
  }
}

static void discard_report(trpt_mail *mail) {
  trpt_report_free(mail->report);
  mail->report = NULL;
}

static void release_item(trpt_mail *mail) {
  discard_report(mail);
  mail->diagnostics.count = 0;
  mail->item = (trpt_mail_item){.date = INT64_MIN};
}

static void close_input(trpt_mail *mail) {
  release_item(mail);
  while (mail->depth) pop(mail);
  mail->is_open = false;
  mail->error = (trpt_error){0};
}

void trpt_mail_free(trpt_mail *mail) {
  if (!mail || mail->in_callback) return;
  close_input(mail);
  trpt_parser_free(mail->parser);
  free(mail->authserv_ids);
  free(mail->frames);
  free(mail);
}

static trpt_status open_input(trpt_mail *mail, trpt_mail_read_fn read, void *user, const void *data, size_t len) {
  if (mail->in_callback) return TRPT_E_STATE;
  close_input(mail);
  mail->read = read;
  mail->read_user = user;
  mail->abandoned = UINT32_MAX;
  frame *root = &mail->frames[0];
  root->container = trpt_mail_container_new(read ? call_read : NULL, mail, data, len, &mail->limits);
  if (!root->container) return TRPT_E_MEMORY;
  root->is_expected = true;
  mail->depth = 1;
  mail->is_open = true;
  return TRPT_OK;
}

trpt_status trpt_mail_open(trpt_mail *mail, trpt_mail_read_fn read, void *user) {
  return mail && read ? open_input(mail, read, user, NULL, 0) : TRPT_E_ARGUMENT;
}

trpt_status trpt_mail_open_bytes(trpt_mail *mail, const void *data, size_t len) {
  return mail && (data || !len) ? open_input(mail, NULL, NULL, data ? data : "", len) : TRPT_E_ARGUMENT;
}

const trpt_error *trpt_mail_error(const trpt_mail *mail) {
  static const trpt_error no_mail = {.status = TRPT_E_ARGUMENT};
  return mail ? &mail->error : &no_mail;
}

const trpt_diagnostic *trpt_mail_diagnostic(const trpt_mail *mail, uint32_t i) {
  return mail && i < mail->diagnostics.count ? &mail->diagnostics.at[i] : NULL;
}

trpt_report *trpt_mail_take(trpt_mail *mail) {
  if (!mail) return NULL;
  trpt_report *report = mail->report;
  mail->report = NULL;
  return report;
}

/* ---- items ---- */

static frame *top_frame(trpt_mail *mail) { return &mail->frames[mail->depth - 1]; }

/* The innermost open mail, or NULL if there is none. */
static frame *message_frame(trpt_mail *mail) {
  for (uint32_t i = mail->depth; i--;)
    if (mail->frames[i].message) return &mail->frames[i];
  return NULL;
}

static void describe_message(trpt_mail *mail, const frame *f) {
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

static void describe(trpt_mail *mail, trpt_mail_kind kind) {
  trpt_mail_item *item = &mail->item;
  const trpt_mail_member *root = &mail->frames[0].member;
  item->kind = kind;
  item->container = trpt_mail_container_kind(mail->frames[0].container);
  item->number = root->number;
  item->offset = root->offset;
  for (uint32_t i = 0; i < mail->depth; i++) {
    mail->frames[i].has_items = true;
    if (mail->frames[i].member.name.ptr) item->entry = mail->frames[i].member.name;
  }
  const frame *f = message_frame(mail);
  if (f) describe_message(mail, f);
}

/* Turns the report into an error if a diagnostic about the mail is an error. */
static void check_strictly(trpt_mail *mail) {
  for (uint32_t i = 0; i < mail->diagnostics.count && mail->report; i++) {
    const trpt_diagnostic *d = &mail->diagnostics.at[i];
    if (d->severity < TRPT_ERROR) continue;
    discard_report(mail);
    trpt_mail_error_of_diagnostic(&mail->item_error, d);
  }
}

static void check_compression(trpt_mail *mail) {
  const frame *message = message_frame(mail);
  for (uint32_t i = 0; i < mail->depth; i++) {
    const frame *f = &mail->frames[i];
    if (!f->container || !trpt_mail_container_is_gzip_in_gzip(f->container)) continue;
    const bool is_in_part = message && message < f;
    trpt_mail_diagnostics_add(&mail->diagnostics, TRPT_CODE_MAIL_GZIP_IN_GZIP,
                              is_in_part ? message->part.type_offset : 0, is_in_part ? "Content-Type" : "");
    return;
  }
}

static void finish_item(trpt_mail *mail) {
  const frame *f = message_frame(mail);
  check_compression(mail);
  if (f) trpt_mail_message_locate(f->message, &mail->diagnostics);
  if (mail->is_strict) check_strictly(mail);
  mail->item.report = mail->report;
  mail->item.error = mail->report ? NULL : &mail->item_error;
  mail->item.diagnostic_count = mail->diagnostics.count;
}

/* The kind of the part that contains the report: of the report itself, or of an archive. */
static trpt_mail_kind kind_in_mail(const frame *f, trpt_mail_kind kind) {
  return f->part.message || f->part.kind == TRPT_MAIL_KIND_UNKNOWN ? kind : f->part.kind;
}

static void check_item(trpt_mail *mail, trpt_mail_kind kind) {
  const frame *f = message_frame(mail);
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
  discard_report(mail);
  trpt_mail_error_of(&mail->item_error, TRPT_E_MAIL, dkim.fault);
}

/* ---- claims ---- */

/* Whether a part is labelled as a report. Other parts are read too if they are gzip or JSON. */
static bool is_labelled_part(const trpt_mail_part *part) {
  return trpt_str_begins_nocase(part->media_type, "application/tlsrpt") || trpt_entry_is_report(part->filename);
}

/* Whether a label or a name says that the current content is a report. */
static bool has_claim(const trpt_mail *mail) {
  for (uint32_t i = 0; i < mail->depth; i++) {
    const frame *f = &mail->frames[i];
    if (f->is_labelled || is_labelled_part(&f->part) || trpt_entry_is_report(f->member.name)) return true;
  }
  return false;
}

/* Whether content claims to be a report. A body or an attachment that is text may begin with any character. */
static bool is_report_content(const trpt_mail *mail, const char *data, size_t len) {
  const frame *top = &mail->frames[mail->depth - 1];
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
static step return_item(trpt_mail *mail, trpt_mail_kind kind) {
  const trpt_mail_fault fault = count_item(mail);
  if (fault.status != TRPT_OK) {
    discard_report(mail);
    trpt_mail_error_of_fault(&mail->item_error, fault);
    mail->item.is_other_content = 0;
  }
  if (trpt_mail_unit_is_spent(&mail->limits)) abandon(mail, unit_depth(mail));
  describe(mail, kind);
  check_item(mail, kind);
  finish_item(mail);
  return TRPT_OK;
}

static step return_fault(trpt_mail *mail, trpt_mail_kind kind, trpt_mail_fault fault) {
  trpt_mail_error_of_fault(&mail->item_error, fault);
  return return_item(mail, kind);
}

/* Returns what cannot be read. In a mail that does not claim to be a report, it is other content: skipped, unless a limit
   was exceeded. */
static step return_unreadable(trpt_mail *mail, trpt_mail_kind kind, trpt_mail_fault fault) {
  const bool is_other = mail->in_mail && !has_claim(mail);
  if (is_other && fault.status != TRPT_E_LIMIT) return TRPT_MORE;
  mail->item.is_other_content = is_other;
  return return_fault(mail, is_other ? TRPT_MAIL_KIND_MESSAGE : kind, fault);
}

static step return_other(trpt_mail *mail, trpt_mail_kind kind) {
  mail->item.is_other_content = !has_claim(mail);
  return return_item(mail, kind);
}

static step return_code(trpt_mail *mail, trpt_mail_kind kind, trpt_status status, trpt_code code) {
  trpt_mail_error_of(&mail->item_error, status, code);
  return return_other(mail, kind);
}

/* Returns content of a kind that is never a report. */
static step return_kind(trpt_mail *mail, trpt_mail_kind kind, bool is_expected) {
  const trpt_mail_fault fault = trpt_mail_kind_fault(kind);
  if (mail->in_mail && kind == TRPT_MAIL_KIND_DMARC) mail->frames[mail->mail_frame].other = kind;
  if (kind == TRPT_MAIL_KIND_WIDE_JSON) return return_unreadable(mail, kind, fault);
  if (!is_expected) return TRPT_MORE;
  trpt_mail_error_of_fault(&mail->item_error, fault);
  return return_other(mail, kind);
}

/* Whether there is no frame for another level. */
static bool is_at_max_nesting(const trpt_mail *mail) { return mail->depth > mail->options.max_nesting; }

/* Only if is_at_max_nesting is false. */
static frame *push(trpt_mail *mail) { return &mail->frames[mail->depth++]; }

static step refuse_nesting(trpt_mail *mail, trpt_mail_kind kind) {
  return return_unreadable(
      mail, kind, trpt_mail_fault_limit("The input is nested deeper than max_nesting (#).", mail->options.max_nesting));
}

static step push_container(trpt_mail *mail, trpt_str data, trpt_mail_kind kind, bool is_expected) {
  if (is_at_max_nesting(mail)) return refuse_nesting(mail, kind);
  trpt_mail_container *container = trpt_mail_container_within(data, kind == TRPT_MAIL_KIND_GZIP, &mail->limits);
  if (!container) return TRPT_E_MEMORY;
  frame *f = push(mail);
  f->container = container;
  f->is_expected = is_expected;
  return TRPT_MORE;
}

/* ---- possible reports ---- */

static bool is_no_json(const trpt_error *error) {
  return error->code && (strcmp(error->code, "json.not-json") == 0 || strcmp(error->code, "json.not-object") == 0);
}

/* Reads gzip around something else than a report, such as a tar or a mail that is stored compressed. Reports are tried
   first, so that they are inflated once. Returns TRPT_END for JSON text. */
static step look_into_gzip(trpt_mail *mail, trpt_str data, bool is_expected) {
  trpt_mail_kind kind;
  const trpt_status status = trpt_mail_gunzip_kind(data.ptr, data.len, &kind);
  if (status != TRPT_OK) return status;
  if (kind == TRPT_MAIL_KIND_JSON) return TRPT_END;
  if (kind == TRPT_MAIL_KIND_UNKNOWN && !is_expected) return TRPT_MORE;
  return push_container(mail, data, TRPT_MAIL_KIND_GZIP, is_expected);
}

static step read_report(trpt_mail *mail, const char *data, size_t len, trpt_mail_kind kind, bool is_expected) {
  trpt_parser_reset(mail->parser);
  trpt_status status = trpt_report_read(mail->parser, data, len, &mail->report);
  if (status == TRPT_MORE) status = trpt_report_read(mail->parser, NULL, 0, &mail->report);
  if (status == TRPT_E_MEMORY) return status;
  const trpt_mail_fault fault = trpt_mail_unit_add_inflated(&mail->limits, trpt_parser_inflated(mail->parser));
  if (fault.status != TRPT_OK) {
    discard_report(mail);
    return return_fault(mail, kind, fault);
  }
  if (status == TRPT_OK) {
    /* A report that is not gzip is JSON, even if whitespace beyond the detection window precedes it. */
    return return_item(mail, kind == TRPT_MAIL_KIND_GZIP ? kind : TRPT_MAIL_KIND_JSON);
  }
  mail->item_error = *trpt_parser_error(mail->parser);
  const frame *f = top_frame(mail);
  const bool is_xml = kind == TRPT_MAIL_KIND_GZIP && !has_claim(mail) &&
                      trpt_entry_is_xml(f->message ? f->part.filename : f->member.name);
  if (is_xml) return return_kind(mail, TRPT_MAIL_KIND_DMARC, is_expected);
  if (kind == TRPT_MAIL_KIND_GZIP && is_no_json(&mail->item_error)) {
    const step looked = look_into_gzip(mail, (trpt_str){data, len}, is_expected);
    if (looked != TRPT_END) return looked;
  }
  /* Not an error: mails contain other texts, other compressed files and JSON of other programs. */
  if (!is_expected && status == TRPT_E_SCHEMA) return TRPT_MORE;
  if (is_report_content(mail, data, len)) return return_item(mail, kind);
  return is_expected ? return_other(mail, kind) : TRPT_MORE;
}

static void collect_verdicts(trpt_mail *mail, const frame *f) {
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

static step push_message(trpt_mail *mail, trpt_mail_message *message) {
  frame *f = push(mail);
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

static step push_mail(trpt_mail *mail, const char *data, size_t len) {
  trpt_mail_message *message;
  trpt_mail_fault fault;
  if (is_at_max_nesting(mail)) return refuse_nesting(mail, TRPT_MAIL_KIND_MESSAGE);
  const trpt_status status = trpt_mail_message_new(&message, (trpt_str){data, len}, &mail->options, &fault);
  if (status == TRPT_OK) return push_message(mail, message);
  if (status == TRPT_E_MEMORY) return status;
  if (mail->in_mail) return return_unreadable(mail, TRPT_MAIL_KIND_MESSAGE, fault);
  mail->item.is_other_content = !trpt_mail_is_report(data, len) && !has_claim(mail);
  return return_fault(mail, TRPT_MAIL_KIND_MESSAGE, fault);
}

static step read_content(trpt_mail *mail, const char *data, size_t len, trpt_mail_kind kind, bool is_expected) {
  switch (kind) {
  case TRPT_MAIL_KIND_ZIP:
  case TRPT_MAIL_KIND_TAR:
  case TRPT_MAIL_KIND_MBOX: return push_container(mail, (trpt_str){data, len}, kind, is_expected);
  case TRPT_MAIL_KIND_MESSAGE: return push_mail(mail, data, len);
  case TRPT_MAIL_KIND_BZIP2:
  case TRPT_MAIL_KIND_XZ:
  case TRPT_MAIL_KIND_ZSTD:
    if (mail->in_mail && !has_claim(mail)) return TRPT_MORE;
    return return_code(mail, kind, TRPT_E_UNSUPPORTED, TRPT_CODE_MAIL_UNSUPPORTED_COMPRESSION);
  case TRPT_MAIL_KIND_UNKNOWN:
    if (!is_expected) return TRPT_MORE;
    break;
  default:
    if (trpt_mail_kind_fault(kind).status != TRPT_OK) return return_kind(mail, kind, is_expected);
  }
  return read_report(mail, data, len, kind, is_expected);
}

/* ---- steps ---- */

static step step_container(trpt_mail *mail, frame *f) {
  f->part = (trpt_mail_part){0};
  const trpt_status status = trpt_mail_container_next(f->container, &f->member);
  if (status == TRPT_END) {
    if (f->is_expected && !f->has_items) {
      f->member = (trpt_mail_member){0};
      trpt_mail_error_of_fault(&mail->item_error,
                               trpt_mail_fault_of(TRPT_E_NO_REPORT, "The input contains no report."));
      return return_other(mail, trpt_mail_container_kind(f->container));
    }
    pop(mail);
    return TRPT_MORE;
  }
  if (status != TRPT_OK) return status;
  const trpt_mail_member *member = &f->member;
  /* Faults come first: some of them end the archive. What breaks after reports may have had more of them. */
  if (member->fault.status != TRPT_OK)
    return f->has_items ? return_fault(mail, member->kind, member->fault)
                        : return_unreadable(mail, member->kind, member->fault);
  if (trpt_entry_is_hidden(member->name)) return TRPT_MORE;
  return read_content(mail, member->data, member->len, member->kind,
                      f->is_expected || trpt_entry_is_report(member->name));
}

/* Plain text is easily mistaken for a mail or mbox, so these two need a matching label. */
static trpt_mail_kind kind_of_part(const trpt_mail_part *part) {
  const trpt_str type = part->media_type;
  const bool is_mail = trpt_str_equal_nocase(type, "message/rfc822") || trpt_str_equal_nocase(type, "message/global") ||
                       trpt_entry_ends_in(part->filename, ".eml");
  const bool is_mbox = trpt_str_equal_nocase(type, "application/mbox") || trpt_entry_ends_in(part->filename, ".mbox");
  if ((part->kind == TRPT_MAIL_KIND_MESSAGE && !is_mail) || (part->kind == TRPT_MAIL_KIND_MBOX && !is_mbox && !is_mail))
    return TRPT_MAIL_KIND_UNKNOWN;
  return part->kind;
}

static step end_message(trpt_mail *mail, frame *f) {
  frame *outermost = &mail->frames[mail->mail_frame];
  if (f->has_items || f != outermost) {
    if (!f->has_items) outermost->is_labelled |= f->is_labelled;
    pop(mail);
    return TRPT_MORE;
  }
  trpt_mail_diagnostics_add(&mail->diagnostics, TRPT_CODE_MAIL_NO_REPORT_PART,
                            trpt_mail_field_offset(trpt_mail_message_root(f->message), "Content-Type"), "Content-Type");
  f->part = (trpt_mail_part){0};
  return return_code(mail, f->other ? f->other : TRPT_MAIL_KIND_MESSAGE, TRPT_E_NO_REPORT,
                     TRPT_CODE_MAIL_NO_REPORT_PART);
}

static step step_message(trpt_mail *mail, frame *f) {
  const trpt_status status = trpt_mail_message_next(f->message, &f->part);
  if (status == TRPT_END) return end_message(mail, f);
  if (status != TRPT_OK) return status;
  const trpt_mail_part *part = &f->part;
  if (part->fault.status != TRPT_OK) return return_unreadable(mail, part->kind, part->fault);
  if (!part->message) return read_content(mail, part->data, part->len, kind_of_part(part), is_labelled_part(part));
  if (is_at_max_nesting(mail)) return refuse_nesting(mail, TRPT_MAIL_KIND_MESSAGE);
  trpt_mail_message *message = trpt_mail_message_within(f->message, part);
  return message ? push_message(mail, message) : TRPT_E_MEMORY;
}

trpt_status trpt_mail_next(trpt_mail *mail, const trpt_mail_item **item) {
  if (item) *item = NULL;
  if (!mail || !item) return TRPT_E_ARGUMENT;
  if (mail->in_callback || !mail->is_open) return TRPT_E_STATE;
  if (mail->error.status) return mail->error.status;
  release_item(mail);
  while (mail->depth > mail->abandoned) pop(mail);
  mail->abandoned = UINT32_MAX;
  step status = TRPT_MORE;
  while (mail->depth && status == TRPT_MORE) {
    frame *f = top_frame(mail);
    status = f->message ? step_message(mail, f) : step_container(mail, f);
  }
  if (status == TRPT_MORE) return TRPT_END;
  if (status == TRPT_OK)
    *item = &mail->item;
  else
    trpt_mail_error_of_fault(&mail->error, trpt_mail_fault_of(status, NULL));
  return status;
}
