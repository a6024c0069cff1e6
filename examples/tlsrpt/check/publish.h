/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_PUBLISH_H
#define TLSRPT_CHECK_PUBLISH_H

#include "probe.h"

/* Writes the record to publish at the right name, in place of the current one. `out` is empty if none can be derived, or
   the query failed. If the current record is good, `out` is empty too, or with `even_if_good` that record. */
void check_publish(const probe *p, bool even_if_good, buffer *out);

#endif
