/* SPDX-License-Identifier: MIT */
#include "framing.h"

#include <string.h>

#include "../../lib/base/text.h"
#include "arguments.h"
#include "base64.h"
#include "mail_reader.h"
#include "standard_output.h"
#include "stdin_reader.h"

/* The default of the parser's max_input, and limits of keys and file names. */
enum { REPORT_MAX_LEN = 64 * 1024 * 1024, KEY_MAX_LEN = 16 * 1024, NAME_MAX_LEN = 64 * 1024 };
/* Base64 of a report, a key, TAB, CR. */
enum { LINE_MAX_LEN = REPORT_MAX_LEN / 3 * 4 + 4 + KEY_MAX_LEN + 2 };

typedef struct items {
  stdin_reader in;
  const input_visitor *visitor;
  uint64_t number; /* of the current item, from 1 */
  buffer name;
} items;

static const char *end_name(items *i) {
  buffer_add(&i->name, "", 1);
  if (i->name.failed) output_no_memory();
  return i->name.data;
}

/* "stdin:N" and not "-:N", which a spreadsheet could take for a formula. */
static input_source numbered(items *i) {
  buffer_clear(&i->name);
  buffer_text(&i->name, "stdin:");
  buffer_number(&i->name, i->number);
  return (input_source){.name = end_name(i), .origin = INPUT_ITEM, .fd = -1};
}

/* A source named by a key or a file name. Each NUL becomes U+FFFD, and a name that is too long is truncated. */
static input_source keyed(items *i, const char *key, size_t len) {
  buffer_clear(&i->name);
  for (size_t at = 0; at < len && at < NAME_MAX_LEN; at++) {
    if (key[at]) {
      buffer_add(&i->name, &key[at], 1);
    } else {
      buffer_text(&i->name, "\xEF\xBF\xBD");
    }
  }
  return (input_source){.name = end_name(i), .origin = INPUT_ITEM, .item = i->number, .fd = -1};
}

static void read_item(items *i, input_source s, const char *data, size_t len) {
  s.data = data;
  s.len = len;
  i->visitor->read(i->visitor->user, &s);
}

static void fail_item(items *i, input_source s, problem p) { i->visitor->fail(i->visitor->user, &s, &p); }

/* An array of reports. The first byte alone may belong to a key. */
static bool begins_array(const char *text, size_t len) {
  size_t at = 1;
  while (at < len && trpt_is_space(text[at])) at++;
  return text[0] == '[' && at < len && text[at] == '{';
}

/* A line that begins with an object or an array has no key, because JSON text may contain a TAB. */
static size_t key_len(const char *line, size_t len) {
  size_t blanks = 0;
  while (blanks < len && line[blanks] == ' ') blanks++;
  const bool is_text = blanks < len && (line[blanks] == '{' || begins_array(line + blanks, len - blanks));
  const char *tab = is_text ? NULL : memchr(line, '\t', len);
  return tab ? (size_t)(tab - line) : 0;
}

static void visit_line(items *i, stdin_item line) {
  if (line.len && line.data[line.len - 1] == '\r') line.len--;
  const size_t key = key_len(line.data, line.len);
  input_source s = key ? keyed(i, line.data, key) : numbered(i);
  if (key > KEY_MAX_LEN) {
    fail_item(i, s, problem_framing("The key is longer than 16 KiB.", 0));
    return;
  }
  const char *nul = key ? memchr(line.data, '\0', key) : NULL;
  if (nul) {
    fail_item(i, s, problem_framing("The key contains a NUL byte.", (uint64_t)(nul - line.data) + 1));
    return;
  }
  if (!line.is_complete) {
    fail_item(i, s, problem_limit("The line is too long: a report may have at most 64 MiB."));
    return;
  }
  const bool has_tab = key || (line.len && line.data[0] == '\t');
  char *text = line.data + key + has_tab;
  size_t len = line.len - key - has_tab;
  /* Leave text that cannot be base64 to the parser, which reports what is wrong with it. */
  if (!len || !base64_has(text[0])) {
    read_item(i, s, text, len);
    return;
  }
  const int decoded = base64_decode(text, &len);
  if (decoded == BASE64_GOOD) {
    read_item(i, s, text, len);
  } else if (decoded == BASE64_INCOMPLETE) {
    fail_item(i, s, problem_framing("The base64 text is incomplete.", 0));
  } else {
    fail_item(i, s, problem_framing("The line is neither JSON nor base64.", (uint64_t)(text - line.data) + len + 1));
  }
}

static void visit_lines(items *i) {
  stdin_item line;
  for (i->number = 1; stdin_reader_until(&i->in, '\n', LINE_MAX_LEN, &line); i->number++) visit_line(i, line);
}

static uint32_t big_endian(const char *bytes) {
  uint32_t number = 0;
  for (int i = 0; i < 4; i++) number = number << 8 | (unsigned char)bytes[i];
  return number;
}

static void visit_frames(items *i) {
  const uint32_t no_value = UINT32_MAX; /* a Kafka message without a value */
  for (i->number = 1;; i->number++) {
    const stdin_item head = stdin_reader_bytes(&i->in, 4);
    if (head.len == 0 || i->in.error) return;
    if (!head.is_complete) {
      fail_item(i, numbered(i), problem_framing("The input ends within the length of a frame.", 0));
      return;
    }
    const uint32_t len = big_endian(head.data);
    if (len == no_value) continue;
    if (len > REPORT_MAX_LEN) {
      fail_item(i, numbered(i),
                problem_limit("The frame is longer than 64 MiB. The rest of the input cannot be read."));
      return;
    }
    const stdin_item frame = stdin_reader_bytes(&i->in, len);
    if (i->in.error) return;
    if (!frame.is_complete) {
      fail_item(i, numbered(i), problem_framing("The input ends within the frame.", 0));
      return;
    }
    read_item(i, numbered(i), frame.data, frame.len);
  }
}

static void visit_files(items *i) {
  stdin_item name;
  for (i->number = 1; stdin_reader_until(&i->in, '\0', NAME_MAX_LEN, &name); i->number++) {
    if (!name.len) {
      fail_item(i, numbered(i), problem_framing("The name is empty.", 0));
    } else if (!name.is_complete) {
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
  if (i.in.error) fail_item(&i, input_stdin(), problem_io(strerror(i.in.error)));
  stdin_reader_end(&i.in);
  buffer_free(&i.name);
}

int framing_from_option(const char *command, const char *value) {
  static const char *const names[] = {"auto", "lines", "u32", "files0", "tar", "mbox", NULL};
  const int i = arguments_choose(command, "--input", value, names);
  if (i >= FRAMING_TAR && !mail_reader_is_available()) {
    arguments_reject(command, "this build lacks libtrpt-mail, which is needed for --input", value);
    return -1;
  }
  return i;
}
