/* SPDX-License-Identifier: MIT */
#include "container.h"

#include <stdlib.h>

#include "archive.h"
#include "content_kind.h"
#include "gunzip.h"
#include "mail_source.h"
#include "mbox.h"

struct trpt_mail_container {
  trpt_mail_source source;
  trpt_mail_source compressed; /* what `gunzip` reads */
  trpt_mail_gunzip *gunzip;    /* NULL: the container is not compressed */
  bool has_reported_gzip;
  trpt_mail_limits limits;
  trpt_mail_kind kind;
  bool begins_units;
  bool is_refused;
  bool is_open;
  bool is_at_end;
  trpt_status failure;
  uint64_t number;
  size_t member_size; /* bytes of the current member in the source */
  trpt_mail_archive *archive;
};

trpt_mail_container *trpt_mail_container_new(trpt_mail_read_fn read, void *user, const void *data, size_t len,
                                             const trpt_mail_limits *limits) {
  trpt_mail_container *container = malloc(sizeof *container);
  if (!container) return NULL;
  *container = (trpt_mail_container){.limits = *limits, .begins_units = true};
  trpt_mail_source_begin(&container->source, read, user, data, len);
  return container;
}

/* What was the source becomes the compressed data. Returns false if out of memory. */
static bool begin_gunzip(trpt_mail_container *container) {
  container->compressed = container->source;
  trpt_mail_source_begin(&container->source, trpt_mail_gunzip_read, NULL, NULL, 0);
  container->gunzip = trpt_mail_gunzip_new(&container->compressed, &container->limits, !container->begins_units);
  container->source.user = container->gunzip;
  return container->gunzip != NULL;
}

trpt_mail_container *trpt_mail_container_within(trpt_str data, bool is_gzip, const trpt_mail_limits *limits) {
  trpt_mail_container *container = trpt_mail_container_new(NULL, NULL, data.ptr, data.len, limits);
  if (!container) return NULL;
  container->begins_units = false;
  if (!is_gzip || begin_gunzip(container)) return container;
  trpt_mail_container_free(container);
  return NULL;
}

void trpt_mail_container_free(trpt_mail_container *container) {
  if (!container) return;
  trpt_mail_archive_free(container->archive);
  trpt_mail_gunzip_free(container->gunzip);
  trpt_mail_source_end(&container->source);
  trpt_mail_source_end(&container->compressed);
  free(container);
}

void trpt_mail_container_refuse(trpt_mail_container *container) { container->is_refused = true; }

trpt_mail_kind trpt_mail_container_kind(const trpt_mail_container *container) { return container->kind; }

bool trpt_mail_container_is_gzip_in_gzip(const trpt_mail_container *container) {
  return container->gunzip && container->kind == TRPT_MAIL_KIND_GZIP;
}

/* Reads the whole input. Stops one byte beyond max_message, which shows that it is too long. */
static trpt_status read_whole(trpt_mail_container *container) {
  const uint64_t max = container->limits.max_message;
  return trpt_mail_source_need(&container->source, max < SIZE_MAX ? (size_t)max + 1 : SIZE_MAX);
}

static bool is_too_long(const trpt_mail_container *container) {
  return container->is_refused || container->source.len > container->limits.max_message;
}

static void begin_unit(trpt_mail_container *container, uint64_t length) {
  if (container->begins_units) trpt_mail_unit_begin(container->limits.unit, length);
}

static trpt_status find_kind(trpt_mail_container *container) {
  const trpt_status status = trpt_mail_source_need(&container->source, TRPT_MAIL_KIND_WINDOW_SIZE);
  container->kind = trpt_mail_kind_of(container->source.data, container->source.len);
  return status;
}

/* An mbox or tar in gzip is read in chunks, like one without gzip. Any other gzip input is a unit, which is in memory as
   a whole. */
static trpt_status look_into_gzip(trpt_mail_container *container) {
  const trpt_mail_source *source = &container->source;
  const size_t len = source->len < TRPT_MAIL_KIND_WINDOW_SIZE ? source->len : TRPT_MAIL_KIND_WINDOW_SIZE;
  trpt_mail_kind kind;
  const trpt_status status = trpt_mail_gunzip_kind(source->data, len, &kind);
  if (status != TRPT_OK || (kind != TRPT_MAIL_KIND_TAR && kind != TRPT_MAIL_KIND_MBOX)) return status;
  return begin_gunzip(container) ? find_kind(container) : TRPT_E_MEMORY;
}

static trpt_status begin(trpt_mail_container *container) {
  trpt_mail_source *source = &container->source;
  trpt_status status = find_kind(container);
  if (container->is_refused) {
    container->is_open = true;
    begin_unit(container, source->len);
    return status;
  }
  if (status == TRPT_OK && container->begins_units && container->kind == TRPT_MAIL_KIND_GZIP)
    status = look_into_gzip(container);
  if (status != TRPT_OK) return status;
  container->is_open = true;
  if (container->kind == TRPT_MAIL_KIND_MBOX) return TRPT_OK;
  if (container->kind != TRPT_MAIL_KIND_TAR) {
    status = read_whole(container);
    begin_unit(container, source->len);
    if (status != TRPT_OK || container->kind != TRPT_MAIL_KIND_ZIP || is_too_long(container)) return status;
  }
  container->archive = trpt_mail_archive_new(source, container->kind, &container->limits);
  return container->archive ? TRPT_OK : TRPT_E_MEMORY;
}

/* Whether the gzip data around the container broke, and that was not reported. */
static bool is_gzip_broken(const trpt_mail_container *container) {
  return trpt_mail_gunzip_fault(container->gunzip).status != TRPT_OK && !container->has_reported_gzip;
}

static void report_gzip(trpt_mail_container *container, trpt_mail_member *out) {
  container->has_reported_gzip = true;
  out->fault = trpt_mail_gunzip_fault(container->gunzip);
  out->kind = TRPT_MAIL_KIND_GZIP;
}

/* Returns an input that is not a container as its only member. */
static trpt_status return_whole(trpt_mail_container *container, trpt_mail_member *out) {
  const trpt_mail_source *source = &container->source;
  if (container->is_at_end) return TRPT_END;
  container->is_at_end = true;
  out->kind = container->kind;
  if (is_too_long(container)) {
    out->fault =
        trpt_mail_fault_limit("The input is longer than max_message (# bytes).", container->limits.max_message);
  } else if (is_gzip_broken(container)) {
    report_gzip(container, out);
  } else if (!source->len) {
    out->fault = trpt_mail_fault_of(TRPT_E_NO_REPORT, "The input is empty.");
  } else {
    out->data = source->data;
    out->len = source->len;
  }
  return TRPT_OK;
}

static trpt_status next_mail(trpt_mail_container *container, trpt_mail_member *out) {
  trpt_mail_source_consume(&container->source, container->member_size);
  container->member_size = 0;
  const trpt_status status =
      trpt_mail_mbox_next(&container->source, container->limits.max_message, out, &container->member_size);
  if (status == TRPT_OK) out->number = ++container->number;
  return status;
}

static trpt_status next(trpt_mail_container *container, trpt_mail_member *out) {
  if (!container->is_open) {
    const trpt_status status = begin(container);
    if (status != TRPT_OK) return status;
  }
  const bool is_mbox = container->kind == TRPT_MAIL_KIND_MBOX && !container->is_refused;
  if (!container->archive && !is_mbox) return return_whole(container, out);
  const trpt_status status = is_mbox ? next_mail(container, out) : trpt_mail_archive_next(container->archive, out);
  if (container->kind != TRPT_MAIL_KIND_ZIP) begin_unit(container, out->len);
  return status;
}

trpt_status trpt_mail_container_next(trpt_mail_container *container, trpt_mail_member *out) {
  *out = (trpt_mail_member){0};
  if (container->failure) return container->failure;
  const trpt_status status = next(container, out);
  if (status < 0) container->failure = status;
  /* Broken gzip data is reported in place of what follows from it. */
  const bool is_consequence = status == TRPT_END || (status == TRPT_OK && out->fault.status == TRPT_E_MAIL);
  if (!is_consequence || !is_gzip_broken(container)) return status;
  report_gzip(container, out);
  return TRPT_OK;
}
