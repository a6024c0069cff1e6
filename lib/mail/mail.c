/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "../base/versioned.h"
#include "content.h"
#include "item.h"
#include "mail_options.h"

static int call_read(void *user, const void **data, size_t *len) {
  trpt_mail *mail = user;
  mail->in_callback = true;
  const int stop = mail->read(mail->read_user, data, len);
  mail->in_callback = false;
  return stop;
}

/* Returns NULL if memory runs out. Texts may overlap in the caller's memory, so their sum can exceed SIZE_MAX. */
static trpt_str *copy_strings(const trpt_str *strings, size_t count) {
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

/* The caller's options for reports, of which an input may hold many. */
static trpt_status parser_new(trpt_mail *mail, const trpt_options *options) {
  trpt_options read = {0};
  if (options && !trpt_versioned_copy(&read, sizeof read, options)) return TRPT_E_ARGUMENT;
  mail->is_strict = read.flags & TRPT_STRICT;
  read.struct_size = sizeof read;
  read.flags |= TRPT_SEQUENCE;
  return trpt_parser_new(&mail->parser, &read);
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
  trpt_status status = parser_new(mail, read.report);
  mail->frames = calloc((size_t)read.max_nesting + 1, sizeof *mail->frames);
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

static void close_input(trpt_mail *mail) {
  trpt_item_release(mail);
  while (mail->depth) trpt_content_pop(mail);
  mail->is_open = false;
  mail->fed.is_active = false;
  mail->error = (trpt_error){0};
}

void trpt_mail_reset(trpt_mail *mail) {
  if (mail && !mail->in_callback) close_input(mail);
}

void trpt_mail_free(trpt_mail *mail) {
  if (!mail || mail->in_callback) return;
  close_input(mail);
  trpt_parser_free(mail->parser);
  free(mail->authserv_ids);
  trpt_mail_fed_free(&mail->fed);
  free(mail->frames);
  free(mail);
}

static trpt_status open_input(trpt_mail *mail, trpt_mail_read_fn read, void *user, const void *data, size_t len) {
  if (mail->in_callback) return TRPT_E_STATE;
  close_input(mail);
  mail->read = read;
  mail->read_user = user;
  mail->abandoned = UINT32_MAX;
  trpt_mail_frame *root = &mail->frames[0];
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

trpt_status trpt_mail_next(trpt_mail *mail, const trpt_mail_item **item) {
  if (item) *item = NULL;
  if (!mail || !item) return TRPT_E_ARGUMENT;
  if (mail->in_callback || !mail->is_open) return TRPT_E_STATE;
  if (mail->error.status) return mail->error.status;
  trpt_item_release(mail);
  while (mail->depth > mail->abandoned) trpt_content_pop(mail);
  mail->abandoned = UINT32_MAX;
  trpt_step status = TRPT_MORE;
  while (mail->depth && status == TRPT_MORE) status = trpt_content_step(mail);
  if (status == TRPT_MORE) return TRPT_END;
  if (status == TRPT_OK)
    *item = &mail->item;
  else
    trpt_mail_error_of_fault(&mail->error, trpt_mail_fault_of(status, NULL));
  return status;
}
