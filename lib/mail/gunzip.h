/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_GUNZIP_H
#define TRPT_LIB_MAIL_GUNZIP_H

/* Inflates gzip around a container or a mail. The parser of libtrpt inflates gzip around a report. */

#include "mail_source.h"
#include "unit.h"

typedef struct trpt_mail_gunzip trpt_mail_gunzip;

/* Reads from `source`, which must stay valid. `limits`: those of the unit that contains it. For gzip around many units,
   only their max_ratio applies, to the sum of all bytes: `is_unit` is false. Returns NULL if out of memory. */
trpt_mail_gunzip *trpt_mail_gunzip_new(trpt_mail_source *source, const trpt_mail_limits *limits, bool is_unit);
void trpt_mail_gunzip_free(trpt_mail_gunzip *gunzip);

/* Returns the next inflated bytes, for trpt_mail_source_begin; `user` is the trpt_mail_gunzip. Broken data, or a limit, ends
   them. */
int trpt_mail_gunzip_read(void *user, const void **data, size_t *len);

/* Why the bytes ended before the gzip data did; status TRPT_OK if they did not. */
trpt_mail_fault trpt_mail_gunzip_fault(const trpt_mail_gunzip *gunzip);

/* Sets `*kind` to the kind of the inflated bytes, by their beginning. UNKNOWN if it cannot be inflated. Returns TRPT_OK
   or TRPT_E_MEMORY. O(1). */
trpt_status trpt_mail_gunzip_kind(const void *data, size_t len, trpt_mail_kind *kind);

#endif
