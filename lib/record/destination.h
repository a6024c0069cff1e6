/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DESTINATION_H
#define TRPT_LIB_DESTINATION_H

/* One URI of a rua field. */

#include <stdbool.h>

#include <tlsrpt/record.h>

#include "../uri/uri.h"

/* True for a tlsrpt-uri of RFC 8460 s3, whether usable or not. Otherwise `*bad` is its first byte after which it could not become
   one. */
bool trpt_destination_read(trpt_str uri, trpt_rua *out, trpt_uri *parts, size_t *bad);

#endif
