/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_A_LABELS_H
#define TLSRPT_A_LABELS_H

/* Internationalized domain names, RFC 5890. */

#include <tlsrpt/status.h>

#include "buffer.h"

/* Appends a name in UTF-8, which has U-labels, in the A-labels of DNS and of reports. Returns NULL, or what is needed in place of this
   name. */
const char *a_labels_of(trpt_str name, buffer *out);

#endif
