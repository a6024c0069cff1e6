/* SPDX-License-Identifier: MIT */
#include "callback.h"

trpt_status trpt_callback_cancel(trpt_parser *parser, trpt_event event) {
  return trpt_fail_at_event(parser, TRPT_E_CANCELED, &event);
}
