/* SPDX-License-Identifier: MIT */
#include "choice.h"

#include <string.h>
#include <strings.h>

static size_t length_without_dot(const char *domain, size_t len) {
  return len && domain[len - 1] == '.' ? len - 1 : len;
}

bool choice_has_domain(const choice *c, trpt_str domain) {
  const size_t len = length_without_dot(domain.ptr, domain.len);
  for (int i = 0; i < c->domain_count; i++) {
    const size_t asked = length_without_dot(c->domains[i], strlen(c->domains[i]));
    if (asked > len || strncasecmp(domain.ptr + len - asked, c->domains[i], asked) != 0) continue;
    if (asked == len || domain.ptr[len - asked - 1] == '.') return true;
  }
  return !c->domain_count;
}

trpt_diagnostic choice_other_domain(void) {
  static const char code[] = "report.other-domain";
  return (trpt_diagnostic){.code = code,
                           .severity = trpt_diagnostic_severity(code),
                           .where = "",
                           .message = "The report is about a domain that was not asked for.",
                           .section = trpt_diagnostic_section(code)};
}
