/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_PUBLISH_H
#define TLSRPT_CHECK_PUBLISH_H

#include "probe.h"

/* Writes the record to publish at the right name, in place of the current one. `out` is empty if the current record is
   good or the query failed. */
void check_publish(const probe *p, buffer *out);

#endif
