/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_RECORD_JSON_H
#define TRPT_LIB_RECORD_JSON_H

/* Writes the parts of a record as JSON. */

#include <tlsrpt/record.h>

#include "json_output.h"

/* The members "rua" and "extensions" of an object: empty arrays if the record is zero. */
void trpt_json_record(trpt_json_output *json, const trpt_record *record);

#endif
