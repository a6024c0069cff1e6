/* SPDX-License-Identifier: MIT */

#include "fuzzing.h"
#include "uri/uri.h"

/* The input as a URI: its parts make up the text in order. An error has the same offset if the text is cut anywhere after
   it. */

static bool parse(const uint8_t *data, size_t len, size_t *bad) {
  char *text = fuzz_copy(data, len);
  trpt_uri uri;
  bool good = trpt_uri_parse(text, len, &uri, bad);
  if (good) {
    /* RFC 3986 s5.3: the parts and the delimiters between them make up the text. */
    size_t sum = uri.scheme.len + 1 + uri.path.len;
    if (uri.host.ptr) sum += 2 + uri.host.len;
    if (uri.userinfo.ptr) sum += uri.userinfo.len + 1;
    if (uri.port.ptr) sum += uri.port.len + 1;
    if (uri.query.ptr) sum += uri.query.len + 1;
    if (uri.fragment.ptr) sum += uri.fragment.len + 1;
    if (sum != len || uri.scheme.ptr != text) abort();
  }
  free(text);
  return good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  size_t bad, again;
  if (parse(data, size, &bad)) return bad == size ? 0 : (abort(), 0);
  if (bad > size) abort();
  if (!parse(data, bad, &again) && again != bad) abort();
  if (bad < size && (parse(data, bad + 1, &again) || again != bad)) abort();
  return 0;
}
