/* SPDX-License-Identifier: MIT */
#include <tlsrpt/writer.h>

#include "../base/hostname.h"
#include "../base/text.h"
#include "../base/versioned.h"

/* A field of a mail has at most 998 bytes in a line, RFC 5322 s2.1.1. A report-id cannot be folded. */
enum { REPORT_ID_MAX_LEN = 900 };

/* ---- output ---- */

/* Concatenates texts to the caller's buffer, with a NUL. */
static trpt_status write_parts(const trpt_str *parts, size_t count, char *buffer, size_t capacity, size_t *needed) {
  size_t len = 0;
  for (size_t i = 0; i < count; i++) len += parts[i].len;
  const trpt_status status = trpt_text_check_buffer(len, buffer, capacity, needed);
  if (status != TRPT_OK) return status;
  for (size_t i = 0; i < count; i++) {
    if (parts[i].len) memcpy(buffer, parts[i].ptr, parts[i].len);
    buffer += parts[i].len;
  }
  *buffer = '\0';
  return TRPT_OK;
}

/* ---- arguments ---- */

/* Removes the final dot of a domain. Returns false if it is not a host name. */
static bool take_domain(trpt_str *domain) {
  if (!domain->ptr) return false;
  *domain = trpt_host_without_dot(*domain);
  return trpt_host_is_valid(*domain);
}

static bool copy_submission(trpt_submission *out, const trpt_submission *submission) {
  if (!submission || !trpt_versioned_copy(out, sizeof *out, submission)) return false;
  if (out->flags & ~(uint32_t)TRPT_SUBMISSION_PLAIN || out->reserved) return false;
  return take_domain(&out->submitter) && take_domain(&out->domain);
}

static bool is_unique_id(trpt_str text) {
  if (!text.ptr) return true;
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (!trpt_is_alpha(c) && !trpt_is_digit(c)) return false;
  }
  return text.len != 0;
}

/* dot-atom-text of RFC 5322 s3.2.3 */
static bool is_dot_atom(trpt_str text) {
  bool is_in_atom = false;
  for (size_t i = 0; i < text.len; i++) {
    const bool is_dot = text.ptr[i] == '.';
    if (is_dot ? !is_in_atom : !trpt_is_atext(text.ptr[i])) return false;
    is_in_atom = !is_dot;
  }
  return is_in_atom;
}

/* Splits a report-id at its "@". `*right` becomes `submitter` if there is none. */
static bool split_report_id(trpt_str id, trpt_str submitter, trpt_str *left, trpt_str *right) {
  *left = id;
  *right = submitter;
  if (!id.ptr || id.len > REPORT_ID_MAX_LEN) return false;
  const char *at = memchr(id.ptr, '@', id.len);
  if (at) {
    left->len = (size_t)(at - id.ptr);
    *right = trpt_str_from(id, left->len + 1);
  }
  return is_dot_atom(*left) && is_dot_atom(*right);
}

/* ---- interface ---- */

trpt_status trpt_report_filename(const trpt_submission *submission, char *buffer, size_t capacity, size_t *needed) {
  char start[TRPT_DECIMAL_SIZE], end[TRPT_DECIMAL_SIZE];
  trpt_submission copy;
  if (needed) *needed = 0;
  if (!copy_submission(&copy, submission) || !is_unique_id(copy.unique_id)) return TRPT_E_ARGUMENT;
  if (copy.start < 0 || copy.end < copy.start) return TRPT_E_ARGUMENT;
  const trpt_str mark = TRPT_STR("!");
  const trpt_str extension = trpt_str_of(copy.flags & TRPT_SUBMISSION_PLAIN ? ".json" : ".json.gz");
  const trpt_str none = {NULL, 0};
  const trpt_str parts[] = {copy.submitter,
                            mark,
                            copy.domain,
                            mark,
                            trpt_decimal((uint64_t)copy.start, start),
                            mark,
                            trpt_decimal((uint64_t)copy.end, end),
                            copy.unique_id.ptr ? mark : none,
                            copy.unique_id.ptr ? copy.unique_id : none,
                            extension};
  return write_parts(parts, sizeof parts / sizeof parts[0], buffer, capacity, needed);
}

/* The domain-name of RFC 8460 s5.3 has at least two labels, RFC 6376 s3.5. */
static bool has_two_labels(trpt_str name) { return memchr(name.ptr, '.', name.len) != NULL; }

trpt_status trpt_report_subject(const trpt_submission *submission, char *buffer, size_t capacity, size_t *needed) {
  trpt_submission copy;
  trpt_str left, right;
  if (needed) *needed = 0;
  if (!copy_submission(&copy, submission) || !has_two_labels(copy.submitter) || !has_two_labels(copy.domain))
    return TRPT_E_ARGUMENT;
  if (!split_report_id(copy.report_id, copy.submitter, &left, &right)) return TRPT_E_ARGUMENT;
  const trpt_str parts[] = {TRPT_STR("Report Domain: "),
                            copy.domain,
                            TRPT_STR(" Submitter: "),
                            copy.submitter,
                            TRPT_STR(" Report-ID: <"),
                            left,
                            TRPT_STR("@"),
                            right,
                            TRPT_STR(">")};
  return write_parts(parts, sizeof parts / sizeof parts[0], buffer, capacity, needed);
}
