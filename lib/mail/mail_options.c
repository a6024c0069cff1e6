/* SPDX-License-Identifier: MIT */
#include "mail_options.h"

#include "../base/versioned.h"

static const trpt_mail_options defaults = {
    .max_parts = 1000,
    .max_nesting = 16,
    .max_entries = 10000,
    .max_reports = 1000,
    .max_ratio = 200,
    .max_header = UINT64_C(256) << 10,
    .max_message = UINT64_C(64) << 20,
    .max_inflated = UINT64_C(256) << 20,
};

#define DEFAULT(member)                                                                                                \
  if (!out->member) out->member = defaults.member

enum { FLAGS = TRPT_MAIL_REQUIRE_DKIM | TRPT_MAIL_TRUST_UNNAMED };

static bool are_authserv_ids_valid(const trpt_mail_options *options) {
  if (options->authserv_id_count && !options->authserv_ids) return false;
  for (size_t i = 0; i < options->authserv_id_count; i++)
    if (!options->authserv_ids[i].ptr || !options->authserv_ids[i].len) return false;
  return true;
}

bool trpt_mail_options_read(trpt_mail_options *out, const trpt_mail_options *options) {
  *out = (trpt_mail_options){0};
  if (options && !trpt_versioned_copy(out, sizeof *out, options)) return false;
  out->struct_size = sizeof *out;
  DEFAULT(max_parts);
  DEFAULT(max_nesting);
  DEFAULT(max_entries);
  DEFAULT(max_reports);
  DEFAULT(max_ratio);
  DEFAULT(max_header);
  DEFAULT(max_message);
  DEFAULT(max_inflated);
  /* Every level of nesting takes memory, even if it is not used. */
  return !(out->flags & ~(uint32_t)FLAGS) && out->max_nesting <= 1000 && are_authserv_ids_valid(out);
}
