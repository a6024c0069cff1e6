/* SPDX-License-Identifier: MIT */
#include "corpus.h"

#include <stdlib.h>
#include <string.h>

#ifdef BENCH_ZLIB
#include <zlib.h>
#endif

#include "generate.h"

/* Some peers read a little beyond the end of their input. */
enum { PADDING = 128 };

static void finish(corpus *c) {
  text_reserve(&c->bytes, PADDING);
  memset(c->bytes.data + c->bytes.len, 0, PADDING);
}

corpus corpus_large(size_t size, unsigned indent) {
  corpus c = {{NULL, 0, 0}, checked_allocate(sizeof(size_t)), 1, 0};
  text_reserve(&c.bytes, size + 16384);
  generate_report(&c.bytes, 1, STYLE_GOOGLE, (layout){.indent = indent}, size, SIZE_MAX, true);
  c.ends[0] = c.json_bytes = c.bytes.len;
  finish(&c);
  return c;
}

corpus corpus_small(size_t count) {
  static const unsigned indents[STYLES] = {0, 0, 2, 3, 2};
  corpus c = {{NULL, 0, 0}, checked_allocate(count * sizeof(size_t)), count, 0};
  for (size_t i = 0; i < count; i++) {
    const style sender = (style)(i % STYLES);
    generate_report(&c.bytes, i + 1, sender, (layout){.indent = indents[sender]}, 1000 + i * 7919 % 2900, 3900, false);
    c.ends[i] = c.bytes.len;
  }
  c.json_bytes = c.bytes.len;
  finish(&c);
  return c;
}

corpus corpus_senders(size_t count) {
  /* As published reports are laid out: in one line, with the blanks of Python, and indented by 2 to 4, also with CRLF. */
  static const struct {
    style sender;
    layout layout;
  } senders[] = {
      {STYLE_GOOGLE, {0}},
      {STYLE_GOOGLE, {.spaced = true}},
      {STYLE_GOOGLE, {.indent = 4}},
      {STYLE_MICROSOFT, {0}},
      {STYLE_MICROSOFT, {.indent = 2, .crlf = true}},
      {STYLE_APPENDIX_B, {.indent = 2}},
      {STYLE_APPENDIX_B, {.indent = 4, .crlf = true}},
      {STYLE_APPENDIX_B, {.spaced = true}},
      {STYLE_MAIL_RU, {.indent = 3}},
      {STYLE_MAIL_RU, {.spaced = true}},
      {STYLE_POSTFIX, {0}},
      {STYLE_POSTFIX, {.indent = 2}},
  };
  enum { SENDERS = sizeof senders / sizeof *senders };
  corpus c = {{NULL, 0, 0}, checked_allocate(count * sizeof(size_t)), count, 0};
  for (size_t i = 0; i < count; i++) {
    generate_report(&c.bytes, i + 1, senders[i % SENDERS].sender, senders[i % SENDERS].layout, 400 + i * 7919 % 500,
                    1500, false);
    c.ends[i] = c.bytes.len;
  }
  c.json_bytes = c.bytes.len;
  finish(&c);
  return c;
}

corpus corpus_gzip(const corpus *plain) {
  corpus c = {{NULL, 0, 0}, checked_allocate(plain->count * sizeof(size_t)), plain->count, plain->json_bytes};
#ifdef BENCH_ZLIB
  z_stream z;
  memset(&z, 0, sizeof z);
  if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) != Z_OK) die("zlib: no memory");
  for (size_t i = 0; i < plain->count; i++) {
    deflateReset(&z);
    text_reserve(&c.bytes, deflateBound(&z, (uLong)corpus_len(plain, i)));
    z.next_in = (Bytef *)(uintptr_t)corpus_data(plain, i);
    z.avail_in = (uInt)corpus_len(plain, i);
    z.next_out = (Bytef *)c.bytes.data + c.bytes.len;
    z.avail_out = (uInt)(c.bytes.capacity - c.bytes.len);
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) die("zlib: no room");
    c.ends[i] = c.bytes.len += z.total_out;
  }
  deflateEnd(&z);
#else
  c.count = 0;
#endif
  finish(&c);
  return c;
}

void corpus_free(corpus *c) {
  text_free(&c->bytes);
  free(c->ends);
  c->ends = NULL;
  c->count = 0;
}
