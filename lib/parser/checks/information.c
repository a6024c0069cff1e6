/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include "../../base/text.h"
#include "../../uri/uri.h"

/* RFC 8460 s4.4 requires a URI. The text may become a link in a user interface, so a scheme that a browser executes, such as
   "javascript:", is as bad as no URI. Schemes are case-insensitive, RFC 3986 s3.1. */
static bool is_web_scheme(trpt_str scheme) {
  static const char https[] = "https";
  return (scheme.len == 4 || scheme.len == 5) && trpt_equal_nocase(scheme.ptr, https, scheme.len);
}

bool trpt_check_information(trpt_str information, trpt_codes *codes) {
  trpt_uri uri;
  size_t bad;
  if (trpt_uri_parse(information.ptr, information.len, &uri, &bad) && is_web_scheme(uri.scheme))
    return information.len <= TRPT_LONG_STRING;
  trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_ADDITIONAL_INFORMATION);
  return false;
}
