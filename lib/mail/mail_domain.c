/* SPDX-License-Identifier: MIT */
#include "mail_domain.h"

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

typedef struct address_reader {
  bool quoted;
  unsigned comments; /* how deep */
  bool in_domain;
  bool ended; /* what comes is another address */
  trpt_str domain;
} address_reader;

/* False: there is a second address. */
static bool read_address_character(address_reader *r, const char *at) {
  switch (*at) {
  case '"': r->quoted = true; break;
  case '<': /* what stood before is a name */
    if (r->ended) return false;
    r->domain.len = 0;
    break;
  case '@':
    if (r->ended) return false;
    r->domain = (trpt_str){at + 1, 0};
    r->in_domain = true;
    return true;
  case '>':
  case ',':
  case ';': r->ended = true; break;
  case ' ':
  case '\t': break;
  default:
    if (r->in_domain) r->domain.len++;
    return true;
  }
  r->in_domain = false;
  return true;
}

trpt_str trpt_domain_of_address(trpt_str address) {
  const trpt_str none = {"", 0};
  address_reader r = {.domain = none};
  for (size_t i = 0; i < address.len; i++) {
    const char c = address.ptr[i];
    if ((r.quoted || r.comments) && c == '\\') {
      i++;
    } else if (r.quoted) {
      r.quoted = c != '"';
    } else if (c == '(') {
      r.comments++;
      r.in_domain = false;
    } else if (c == ')' && r.comments) {
      r.comments--;
    } else if (!r.comments && !read_address_character(&r, address.ptr + i)) {
      return none;
    }
  }
  return r.domain;
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
