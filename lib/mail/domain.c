/* SPDX-License-Identifier: MIT */
#include "domain.h"

#include <string.h>

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static bool is_letter_or_digit(char c) { return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9'); }

trpt_str trpt_mail_string(const char *text) { return (trpt_str){text, text ? strlen(text) : 0}; }

static trpt_str without_dot(trpt_str domain) {
  if (domain.len && domain.ptr[domain.len - 1] == '.') domain.len--;
  return domain;
}

static bool same(const char *a, const char *b, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

bool trpt_domain_same(trpt_str a, trpt_str b) {
  a = without_dot(a);
  b = without_dot(b);
  return a.len && a.len == b.len && same(a.ptr, b.ptr, a.len);
}

bool trpt_domain_is_within(trpt_str domain, trpt_str parent) {
  domain = without_dot(domain);
  parent = without_dot(parent);
  if (trpt_domain_same(domain, parent)) return true;
  if (!parent.len || !memchr(parent.ptr, '.', parent.len) || domain.len <= parent.len) return false;
  const char *tail = domain.ptr + (domain.len - parent.len);
  return tail[-1] == '.' && same(tail, parent.ptr, parent.len);
}

trpt_str trpt_domain_of_address(trpt_str address) {
  size_t begin = 0;
  size_t end = address.len;
  for (size_t i = address.len; i--;)
    if (address.ptr[i] == '<') {
      const char *close = memchr(address.ptr + i, '>', address.len - i);
      begin = i;
      end = close ? (size_t)(close - address.ptr) : end;
      break;
    }
  size_t at = end;
  while (at > begin && address.ptr[at - 1] != '@') at--;
  if (at == begin) return (trpt_str){"", 0};
  trpt_str domain = {address.ptr + at, 0};
  while (at + domain.len < end && strchr(" \t,;()>", domain.ptr[domain.len]) == NULL) domain.len++;
  return domain;
}

bool trpt_domain_is_valid(trpt_str domain, unsigned labels) {
  size_t label = 0;
  unsigned count = 1;
  for (size_t i = 0; i < domain.len; i++) {
    const char c = domain.ptr[i];
    if (c == '.') {
      if (!label || domain.ptr[i - 1] == '-') return false;
      label = 0;
      count++;
    } else if (!is_letter_or_digit(c) && (c != '-' || !label)) {
      return false;
    } else {
      label++;
    }
  }
  return label && domain.ptr[domain.len - 1] != '-' && count >= labels;
}
