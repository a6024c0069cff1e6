/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DESTINATION_H
#define TRPT_LIB_DESTINATION_H

/* One URI of a rua field. */

#include <stdbool.h>

#include <tlsrpt/record.h>

#include "../uri/uri.h"

/* Whether `uri` is a tlsrpt-uri of RFC 8460 s3, usable or not. If not, `*bad` is the first byte after which no
   continuation could make it one. */
bool trpt_destination_read(trpt_str uri, trpt_rua *out, trpt_uri *parts, size_t *bad);

#endif
