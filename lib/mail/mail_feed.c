/* SPDX-License-Identifier: MIT */
/* The push interface: collects an input, then reads it like one that is whole in memory. */
#include <stdlib.h>
#include <string.h>

#include "mail_state.h"

/* A larger buffer is not kept for the next input. */
enum { KEPT_CAPACITY = 1 << 20 };

/* Returns TRPT_OK if the input has begun or can begin now. */
static trpt_status begin(trpt_mail *mail) {
  if (!mail) return TRPT_E_ARGUMENT;
  const bool is_reading = mail->is_open && mail->depth && !mail->error.status;
  if (mail->in_callback || is_reading) return TRPT_E_STATE;
  trpt_mail_fed *fed = &mail->fed;
  if (fed->is_active) return TRPT_OK;
  trpt_mail_reset(mail);
  if (fed->capacity > KEPT_CAPACITY) trpt_mail_fed_free(fed);
  fed->len = 0;
  fed->status = TRPT_OK;
  fed->is_too_long = false;
  fed->is_active = true;
  return TRPT_OK;
}

static bool reserve(trpt_mail_fed *fed, size_t len) {
  if (len <= fed->capacity - fed->len) return true;
  if (len > SIZE_MAX / 2 - fed->len) return false;
  const size_t capacity = (fed->len + len) * 2;
  char *data = realloc(fed->data, capacity);
  if (!data) return false;
  fed->data = data;
  fed->capacity = capacity;
  return true;
}

trpt_status trpt_mail_feed(trpt_mail *mail, const void *data, size_t len) {
  if (!data && len) return TRPT_E_ARGUMENT;
  const trpt_status status = begin(mail);
  if (status != TRPT_OK) return status;
  trpt_mail_fed *fed = &mail->fed;
  fed->is_too_long |= len > mail->options.max_message - fed->len;
  if (fed->is_too_long || !len || fed->status != TRPT_OK) return fed->status;
  if (!reserve(fed, len)) return fed->status = TRPT_E_MEMORY;
  memcpy(fed->data + fed->len, data, len);
  fed->len += len;
  return TRPT_OK;
}

trpt_status trpt_mail_finish(trpt_mail *mail) {
  trpt_status status = begin(mail);
  if (status != TRPT_OK) return status;
  const trpt_mail_fed fed = mail->fed;
  mail->fed.is_active = false;
  if (fed.status != TRPT_OK) return fed.status;
  status = trpt_mail_open_bytes(mail, fed.data, fed.len);
  if (status == TRPT_OK && fed.is_too_long) trpt_mail_container_refuse(mail->frames[0].container);
  return status;
}
