/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_OTHER_FORM_H
#define TRPT_LIB_OTHER_FORM_H

/* Values of another type than RFC 8460 s4.4 gives them, where no other value can be meant. */

#include "value.h"

/* Reads and reports a count in quotes, or an integer where text belongs. False: the value is neither, and was not read. */
bool trpt_other_form_read(trpt_parser *parser, const trpt_schema *schema);

#endif
