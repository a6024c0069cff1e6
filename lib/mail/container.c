/* SPDX-License-Identifier: MIT */
#include "container.h"

#include <stdlib.h>

#include "archive.h"
#include "content_kind.h"
#include "mail_source.h"
#include "mbox.h"

struct trpt_mail_container {
  trpt_mail_source source;
  trpt_mail_limits limits;
  trpt_mail_kind container;
  bool begun;
  bool ended;
  trpt_status failed;
  uint64_t number;
  size_t taken; /* of the source, by the piece that was handed out */
  trpt_mail_archive *archive;
};

trpt_mail_container *trpt_mail_container_new(trpt_mail_read_fn read, void *user, const void *data, size_t len,
                                             const trpt_mail_limits *limits) {
  trpt_mail_container *pieces = malloc(sizeof *pieces);
  if (!pieces) return NULL;
  *pieces = (trpt_mail_container){.limits = *limits};
  trpt_mail_source_begin(&pieces->source, read, user, data, len);
  return pieces;
}

void trpt_mail_container_free(trpt_mail_container *pieces) {
  if (!pieces) return;
  trpt_mail_archive_free(pieces->archive);
  trpt_mail_source_end(&pieces->source);
  free(pieces);
}

trpt_mail_kind trpt_mail_container_container(const trpt_mail_container *pieces) { return pieces->container; }

/* All of the input, or one byte more than max_message, which shows that it is too long. */
static trpt_status read_whole(trpt_mail_container *pieces) {
  const uint64_t max = pieces->limits.max_message;
  return trpt_mail_source_need(&pieces->source, max < SIZE_MAX ? (size_t)max + 1 : SIZE_MAX);
}

static bool is_too_long(const trpt_mail_container *pieces) { return pieces->source.len > pieces->limits.max_message; }

static trpt_status begin(trpt_mail_container *pieces) {
  trpt_mail_source *source = &pieces->source;
  trpt_status status = trpt_mail_source_need(source, TRPT_MAIL_KIND_WINDOW);
  if (status != TRPT_OK) return status;
  pieces->container = trpt_mail_kind_of(source->data, source->len);
  pieces->begun = true;
  if (pieces->container == TRPT_MAIL_KIND_MBOX) return TRPT_OK;
  if (pieces->container != TRPT_MAIL_KIND_TAR) {
    status = read_whole(pieces);
    if (status != TRPT_OK || pieces->container != TRPT_MAIL_KIND_ZIP || is_too_long(pieces)) return status;
  }
  pieces->archive = trpt_mail_archive_new(source, pieces->container, &pieces->limits);
  return pieces->archive ? TRPT_OK : TRPT_E_MEMORY;
}

/* An input that is one piece. */
static trpt_status give_whole(trpt_mail_container *pieces, trpt_mail_member *out) {
  const trpt_mail_source *source = &pieces->source;
  if (pieces->ended) return TRPT_END;
  pieces->ended = true;
  out->kind = pieces->container;
  if (is_too_long(pieces)) {
    out->fault = trpt_mail_fault_limit("The input is longer than max_message (# bytes).", pieces->limits.max_message);
  } else if (!source->len) {
    out->fault = (trpt_mail_fault){TRPT_E_NO_REPORT, "The input is empty.", 0};
  } else {
    out->data = source->data;
    out->len = source->len;
  }
  return TRPT_OK;
}

static trpt_status next(trpt_mail_container *pieces, trpt_mail_member *out) {
  if (!pieces->begun) {
    const trpt_status status = begin(pieces);
    if (status != TRPT_OK) return status;
  }
  if (pieces->archive) return trpt_mail_archive_next(pieces->archive, out);
  if (pieces->container != TRPT_MAIL_KIND_MBOX) return give_whole(pieces, out);
  trpt_mail_source_drop(&pieces->source, pieces->taken);
  pieces->taken = 0;
  const trpt_status status = trpt_mail_mbox_next(&pieces->source, pieces->limits.max_message, out, &pieces->taken);
  if (status == TRPT_OK) out->number = ++pieces->number;
  return status;
}

trpt_status trpt_mail_container_next(trpt_mail_container *pieces, trpt_mail_member *out) {
  *out = (trpt_mail_member){0};
  if (pieces->failed) return pieces->failed;
  const trpt_status status = next(pieces, out);
  if (status < 0) pieces->failed = status;
  return status;
}
