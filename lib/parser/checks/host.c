/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include "../../base/hostname.h"
#include "../../model/mx_pattern.h"

/* One final dot, which RFC 8460 does not mention, is reported and left out. A dot alone is not a name with a final dot. */
static trpt_str without_trailing_dot(trpt_str name, trpt_codes *codes) {
  if (name.len < 2 || name.ptr[name.len - 1] != '.') return name;
  trpt_codes_add(codes, TRPT_CODE_REPORT_TRAILING_DOT);
  return trpt_host_without_dot(name);
}

bool trpt_check_policy_domain(trpt_str domain, trpt_codes *codes) {
  if (trpt_host_is_valid(domain)) return true;
  domain = without_trailing_dot(domain, codes);
  if (trpt_host_is_valid(domain)) return true;
  /* RFC 8460 s4.4 speaks of U-labels, so they have a code of their own. */
  trpt_codes_add(codes,
                 trpt_str_is_ascii(domain) ? TRPT_CODE_REPORT_BAD_DOMAIN : TRPT_CODE_REPORT_POLICY_DOMAIN_NOT_A_LABEL);
  return false;
}

bool trpt_check_host(trpt_str host, trpt_codes *codes) {
  if (trpt_host_is_valid(host) || trpt_host_is_valid(without_trailing_dot(host, codes))) return true;
  trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_DOMAIN);
  return false;
}

bool trpt_check_mx_pattern(trpt_str text, trpt_codes *codes) {
  if (trpt_mx_pattern_is_valid(text)) return true;
  const trpt_str pattern = trpt_mx_pattern_without_key(text);
  if (pattern.len < text.len) trpt_codes_add(codes, TRPT_CODE_REPORT_MX_HOST_PREFIX);
  if (!trpt_mx_pattern_is_valid(without_trailing_dot(pattern, codes)))
    trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_DOMAIN);
  return false;
}
