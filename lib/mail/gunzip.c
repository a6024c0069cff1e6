/* SPDX-License-Identifier: MIT */
#include "gunzip.h"

#include <stdlib.h>

#include "../inflate/gzip.h"
#include "content_kind.h"

enum { WINDOW_SIZE = 65536 };

struct trpt_mail_gunzip {
  trpt_mail_source *source;
  trpt_mail_limits limits;
  trpt_mail_unit own; /* for gzip around many units */
  bool is_unit;
  bool ended;
  trpt_mail_fault fault;
  trpt_gzip gzip;
  uint8_t window[WINDOW_SIZE];
};

/* The memory of the inflater follows the struct. */
static size_t inflater_offset(void) {
  const size_t alignment = _Alignof(max_align_t);
  return (sizeof(trpt_mail_gunzip) + alignment - 1) / alignment * alignment;
}

trpt_mail_gunzip *trpt_mail_gunzip_new(trpt_mail_source *source, const trpt_mail_limits *limits, bool is_unit) {
  trpt_mail_gunzip *gunzip = malloc(inflater_offset() + trpt_inflate_size());
  if (!gunzip) return NULL;
  gunzip->source = source;
  gunzip->limits = *limits;
  gunzip->own = (trpt_mail_unit){0};
  gunzip->is_unit = is_unit;
  gunzip->ended = false;
  gunzip->fault = (trpt_mail_fault){0};
  if (!is_unit) {
    gunzip->limits.unit = &gunzip->own;
    gunzip->limits.max_inflated = UINT64_MAX;
  }
  trpt_gzip_init(&gunzip->gzip, trpt_inflate_init((char *)gunzip + inflater_offset()));
  return gunzip;
}

void trpt_mail_gunzip_free(trpt_mail_gunzip *gunzip) { free(gunzip); }

trpt_mail_fault trpt_mail_gunzip_fault(const trpt_mail_gunzip *gunzip) {
  return gunzip ? gunzip->fault : (trpt_mail_fault){0};
}

static trpt_mail_fault fault_of(const trpt_gzip *gzip) {
  const bool is_truncated = gzip->code == TRPT_CODE_GZIP_TRUNCATED;
  return (trpt_mail_fault){
      .status = is_truncated ? TRPT_E_TRUNCATED : TRPT_E_COMPRESSION, .code = gzip->code, .offset = gzip->offset};
}

/* Fills the window, or inflates all that remains, so that limits are checked at the same bytes for any chunks. */
static trpt_status fill(trpt_mail_gunzip *gunzip, size_t *len) {
  trpt_gzip_status status = TRPT_GZIP_MORE;
  *len = 0;
  while (status != TRPT_GZIP_OUTPUT && status != TRPT_GZIP_BAD && !gunzip->ended) {
    const trpt_status reading = trpt_mail_source_need(gunzip->source, 1);
    if (reading != TRPT_OK) return reading;
    const bool is_last = !gunzip->source->len;
    size_t used, out;
    status = trpt_gzip_read(&gunzip->gzip, (const uint8_t *)gunzip->source->data, gunzip->source->len, &used,
                            gunzip->window + *len, WINDOW_SIZE - *len, &out);
    trpt_mail_source_consume(gunzip->source, used);
    *len += out;
    /* GCOVR_EXCL_BR_START: with the last byte, zlib has written all output that it knows */
    if (!is_last || status != TRPT_GZIP_MORE) continue;
    /* GCOVR_EXCL_BR_STOP */
    gunzip->ended = true;
    status = trpt_gzip_finish(&gunzip->gzip);
  }
  if (status == TRPT_GZIP_BAD) gunzip->fault = fault_of(&gunzip->gzip);
  return TRPT_OK;
}

int trpt_mail_gunzip_read(void *user, const void **data, size_t *len) {
  trpt_mail_gunzip *gunzip = user;
  *data = gunzip->window;
  *len = 0;
  if (gunzip->ended || gunzip->fault.status != TRPT_OK) return 0;
  const trpt_status status = fill(gunzip, len);
  if (status != TRPT_OK) return status;
  gunzip->own.length = trpt_gzip_bits_used(&gunzip->gzip) / 8;
  const trpt_mail_fault fault = trpt_mail_unit_add_inflated(&gunzip->limits, *len);
  if (fault.status == TRPT_OK) return 0;
  gunzip->fault = fault;
  *len = 0;
  return 0;
}

trpt_status trpt_mail_gunzip_kind(const void *data, size_t len, trpt_mail_kind *kind) {
  uint8_t window[TRPT_MAIL_KIND_WINDOW_SIZE];
  const uint8_t *rest = data;
  size_t filled = 0;
  trpt_gzip gzip;
  trpt_gzip_status status;
  *kind = TRPT_MAIL_KIND_UNKNOWN;
  void *memory = malloc(trpt_inflate_size());
  if (!memory) return TRPT_E_MEMORY;
  trpt_gzip_init(&gzip, trpt_inflate_init(memory));
  do {
    size_t used, out;
    status = trpt_gzip_read(&gzip, rest, len, &used, window + filled, sizeof window - filled, &out);
    rest += used;
    len -= used;
    filled += out;
  } while (status == TRPT_GZIP_DIAGNOSTIC && filled < sizeof window);
  free(memory);
  *kind = trpt_mail_kind_of(window, filled);
  return TRPT_OK;
}
