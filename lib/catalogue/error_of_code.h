/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ERROR_OF_CODE_H
#define TRPT_LIB_ERROR_OF_CODE_H

#include "../base/error.h"
#include "catalogue.h"

/* Fills `error`, which may be NULL, and returns `status`. Takes the code and message from the catalogue. For
   TRPT_CODE_NONE there is no code, and the message is that of the status. */
trpt_status trpt_error_set(trpt_error *error, trpt_status status, trpt_code code, trpt_position position,
                           const char *where);

#endif
