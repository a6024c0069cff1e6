/* SPDX-License-Identifier: MIT */
#include "mail_domain.h"

#include "../base/hostname.h"
#include "../base/text.h"

static bool is_too_long(trpt_str name) { return trpt_host_without_dot(name).len > TRPT_HOST_MAX_LEN; }

bool trpt_domain_equal(trpt_str a, trpt_str b) { return !is_too_long(a) && trpt_host_equal(a, b); }

bool trpt_domain_is_within(trpt_str domain, trpt_str parent) {
  const trpt_str name = trpt_host_without_dot(parent);
  if (is_too_long(name)) return false;
  const bool has_two_labels = name.len && memchr(name.ptr, '.', name.len);
  return has_two_labels ? trpt_host_is_within(domain, name) : trpt_host_equal(domain, name);
}

typedef struct address_reader {
  bool quoted;
  unsigned comments; /* nesting depth */
  bool in_domain;
  bool ended; /* anything that follows is another address */
  trpt_str domain;
} address_reader;

/* Returns false at a second address. */
static bool read_address_character(address_reader *r, const char *at) {
  switch (*at) {
  case '"': r->quoted = true; break;
  case '<': /* the text before it is a name */
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
