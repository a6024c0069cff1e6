/* SPDX-License-Identifier: MIT */
#include <tlsrpt/status.h>

typedef struct status_entry {
  trpt_status status;
  const char *name;
  const char *message;
} status_entry;

static const status_entry statuses[] = {
    {TRPT_OK, "TRPT_OK", "No error."},
    {TRPT_END, "TRPT_END", "The end was reached."},
    {TRPT_MORE, "TRPT_MORE", "More input is needed."},
    {TRPT_E_ARGUMENT, "TRPT_E_ARGUMENT", "An argument of the call is invalid."},
    {TRPT_E_STATE, "TRPT_E_STATE", "The call is not allowed at this point."},
    {TRPT_E_MEMORY, "TRPT_E_MEMORY", "Not enough memory."},
    {TRPT_E_LIMIT, "TRPT_E_LIMIT", "The input exceeds a limit."},
    {TRPT_E_CANCELED, "TRPT_E_CANCELED", "A callback asked to stop."},
    {TRPT_E_BUFFER, "TRPT_E_BUFFER", "The buffer is too small."},
    {TRPT_E_UNSUPPORTED, "TRPT_E_UNSUPPORTED", "This build of the library does not support this feature."},
    {TRPT_E_SYNTAX, "TRPT_E_SYNTAX", "The text does not have the form that this function expects."},
    {TRPT_E_NOT_TLSRPT, "TRPT_E_NOT_TLSRPT", "The text is not a TLSRPT record."},
    {TRPT_E_NO_RECORD, "TRPT_E_NO_RECORD", "No TLSRPT record exists."},
    {TRPT_E_MANY_RECORDS, "TRPT_E_MANY_RECORDS", "More than one TLSRPT record exists, so senders use none of them."},
    {TRPT_E_RECORD, "TRPT_E_RECORD", "The TLSRPT record violates the grammar of RFC 8460 s3."},
    {TRPT_E_JSON, "TRPT_E_JSON", "The text is not valid JSON, or not the I-JSON that RFC 8460 requires."},
    {TRPT_E_SCHEMA, "TRPT_E_SCHEMA", "The JSON text is not a report as defined in RFC 8460 s4.4."},
    {TRPT_E_TRUNCATED, "TRPT_E_TRUNCATED", "The input is truncated."},
    {TRPT_E_COMPRESSION, "TRPT_E_COMPRESSION", "The gzip data is invalid."},
    {TRPT_E_NO_REPORT, "TRPT_E_NO_REPORT", "The input contains no report."},
    {TRPT_E_MAIL, "TRPT_E_MAIL", "The mail cannot be read."},
};

/* The entry of all numbers that this version does not define. */
static const status_entry unknown = {0, "TRPT_E_UNKNOWN", "This version of the library does not know the status."};

static const status_entry *find(trpt_status status) {
  for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
    if (statuses[i].status == status) return &statuses[i];
  return &unknown;
}

const char *trpt_status_name(trpt_status status) { return find(status)->name; }

const char *trpt_status_message(trpt_status status) { return find(status)->message; }

const char *trpt_version(void) { return TRPT_VERSION_STRING; }

uint32_t trpt_version_number(void) { return TRPT_VERSION_NUMBER; }
