/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHECK_PUBLISH_H
#define TLSRPT_CHECK_PUBLISH_H

#include "probe.h"

/* Writes the record to publish at the right name in place of what is there. `out` stays empty where the record is good, and where
   DNS did not say what is there. */
void check_publish(const probe *p, buffer *out);

#endif
