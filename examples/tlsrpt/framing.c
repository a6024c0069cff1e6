/* SPDX-License-Identifier: MIT */
#include "framing.h"

#include <string.h>

#include "arguments.h"
#include "base64.h"
#include "mail_reader.h"
#include "standard_output.h"
#include "stdin_reader.h"

/* Bytes of a report as the parser's max_input has them, of a key and of a file's name. */
enum { MAX_REPORT = 64 * 1024 * 1024, MAX_KEY = 16 * 1024, MAX_NAME = 64 * 1024 };
/* Base64 of a report, a key, TAB, CR. */
enum { MAX_LINE = MAX_REPORT / 3 * 4 + 4 + MAX_KEY + 2 };

typedef struct items {
  stdin_reader in;
  const input_visitor *visitor;
  uint64_t number; /* of the item, from 1 */
  buffer name;
} items;

static const char *end_name(items *i) {
  buffer_add(&i->name, "", 1);
  if (i->name.failed) output_no_memory();
  return i->name.data;
}

/* "stdin:N", which unlike "-:N" no spreadsheet could take for a formula. */
static input_source numbered(items *i) {
  buffer_clear(&i->name);
  buffer_text(&i->name, "stdin:");
  buffer_number(&i->name, i->number);
  return (input_source){.name = end_name(i), .fd = -1};
}

/* A key or a file's name, with U+FFFD for each NUL; its beginning where it is too long. */
static input_source keyed(items *i, const char *key, size_t len) {
  buffer_clear(&i->name);
  for (size_t at = 0; at < len && at < MAX_NAME; at++) {
    if (key[at]) {
      buffer_add(&i->name, &key[at], 1);
    } else {
      buffer_text(&i->name, "\xEF\xBF\xBD");
    }
  }
  return (input_source){.name = end_name(i), .item = i->number, .fd = -1};
}

static void read_item(items *i, input_source s, const char *data, size_t len) {
  s.data = data;
  s.len = len;
  i->visitor->read(i->visitor->user, &s);
}

static void fail_item(items *i, input_source s, problem p) { i->visitor->fail(i->visitor->user, &s, &p); }

/* A line that begins as an object has no key: JSON text may hold a TAB. */
static size_t key_length(const char *line, size_t len) {
  size_t blanks = 0;
  while (blanks < len && line[blanks] == ' ') blanks++;
  const char *tab = blanks < len && line[blanks] == '{' ? NULL : memchr(line, '\t', len);
  return tab ? (size_t)(tab - line) : 0;
}

static void visit_line(items *i, stdin_item line) {
  if (line.len && line.data[line.len - 1] == '\r') line.len--;
  const size_t key = key_length(line.data, line.len);
  input_source s = key ? keyed(i, line.data, key) : numbered(i);
  if (key > MAX_KEY) {
    fail_item(i, s, problem_framing("The key is longer than 16 KiB.", 0));
    return;
  }
  const char *nul = key ? memchr(line.data, '\0', key) : NULL;
  if (nul) {
    fail_item(i, s, problem_framing("The key holds a NUL.", (uint64_t)(nul - line.data) + 1));
    return;
  }
  if (!line.whole) {
    fail_item(i, s, problem_limit("The line is longer than base64 of 64 MiB."));
    return;
  }
  const bool has_tab = key || (line.len && line.data[0] == '\t');
  char *text = line.data + key + has_tab;
  size_t len = line.len - key - has_tab;
  /* What cannot be base64 is left to the parser, which says what is wrong with it. */
  if (!len || !base64_has(text[0])) {
    read_item(i, s, text, len);
    return;
  }
  const int decoded = base64_decode(text, &len);
  if (decoded == BASE64_GOOD) {
    read_item(i, s, text, len);
  } else if (decoded == BASE64_CUT) {
    fail_item(i, s, problem_framing("The base64 breaks off.", 0));
  } else {
    fail_item(i, s, problem_framing("This is neither JSON text nor base64.", (uint64_t)(text - line.data) + len + 1));
  }
}

static void visit_lines(items *i) {
  stdin_item line;
  for (i->number = 1; stdin_reader_until(&i->in, '\n', MAX_LINE, &line); i->number++) visit_line(i, line);
}

static uint32_t big_endian(const char *bytes) {
  uint32_t number = 0;
  for (int i = 0; i < 4; i++) number = number << 8 | (unsigned char)bytes[i];
  return number;
}

static void visit_frames(items *i) {
  const uint32_t nothing = UINT32_MAX; /* where Kafka has a message without a value */
  for (i->number = 1;; i->number++) {
    const stdin_item head = stdin_reader_bytes(&i->in, 4);
    if (head.len == 0 || i->in.why) return;
    if (!head.whole) {
      fail_item(i, numbered(i), problem_framing("The input ends inside the length of a frame.", 0));
      return;
    }
    const uint32_t len = big_endian(head.data);
    if (len == nothing) continue;
    if (len > MAX_REPORT) {
      fail_item(i, numbered(i), problem_limit("The frame's length is above 64 MiB; what follows cannot be read."));
      return;
    }
    const stdin_item frame = stdin_reader_bytes(&i->in, len);
    if (i->in.why) return;
    if (!frame.whole) {
      fail_item(i, numbered(i), problem_framing("The input ends inside the frame.", 0));
      return;
    }
    read_item(i, numbered(i), frame.data, frame.len);
  }
}

static void visit_files(items *i) {
  stdin_item name;
  for (i->number = 1; stdin_reader_until(&i->in, '\0', MAX_NAME, &name); i->number++) {
    if (!name.len) {
      fail_item(i, numbered(i), problem_framing("The name is empty.", 0));
    } else if (!name.whole) {
      fail_item(i, keyed(i, name.data, name.len), problem_framing("The name is longer than 64 KiB.", 0));
    } else {
      const input_source s = keyed(i, name.data, name.len);
      input_visit_file(s.name, i->number, i->visitor);
    }
  }
}

void framing_visit(framing input, const input_visitor *visitor) {
  items i = {.visitor = visitor};
  if (input >= FRAMING_TAR) {
    input_source s = input_stdin();
    visitor->read(visitor->user, &s);
    return;
  }
  stdin_reader_begin(&i.in);
  switch (input) {
  case FRAMING_LINES: visit_lines(&i); break;
  case FRAMING_U32: visit_frames(&i); break;
  default: visit_files(&i); break;
  }
  if (i.in.why) fail_item(&i, input_stdin(), problem_io(strerror(i.in.why)));
  stdin_reader_end(&i.in);
  buffer_free(&i.name);
}

int framing_from_option(const char *command, const char *value) {
  static const char *const names[] = {"auto", "lines", "u32", "files0", "tar", "mbox", NULL};
  int i = arguments_choose(command, "--input", value, names);
  if (i >= FRAMING_TAR && !mail_reader_is_available()) {
    arguments_wrong(command, "this build, which has no libtrpt-mail, cannot read --input", value);
    return -1;
  }
  return i;
}
