/* SPDX-License-Identifier: MIT */
#include "repair.h"

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "../base/text.h"
#include "header_lines.h"

bool trpt_repair_line_ends(trpt_str mail, char **copy) {
  *copy = NULL;
  size_t end = 0;
  while (end < mail.len && mail.ptr[end] != '\r' && mail.ptr[end] != '\n') end++;
  size_t next = end;
  while (next < mail.len && mail.ptr[next] == '\r') next++;
  /* The first line decides. */
  if (next == end || (next < mail.len && mail.ptr[next] == '\n')) return true;
  *copy = g_try_malloc(mail.len);
  for (size_t i = 0; *copy && i < mail.len; i++) {
    const bool is_line_end = mail.ptr[i] == '\r' && (i + 1 == mail.len || mail.ptr[i + 1] != '\n');
    (*copy)[i] = is_line_end ? '\n' : mail.ptr[i];
  }
  return *copy != NULL;
}

/* RFC 2046 s5.1.1 */
enum { BOUNDARY_MAX_LEN = 70 };

static bool is_boundary(trpt_str line) {
  for (size_t i = 0; i < line.len; i++)
    if (line.ptr[i] < ' ' || line.ptr[i] > '~' || line.ptr[i] == '"' || line.ptr[i] == '\\') return false;
  return line.len > 2 && line.len <= 2 + BOUNDARY_MAX_LEN && line.ptr[0] == '-' && line.ptr[1] == '-';
}

static trpt_str find_boundary(trpt_str rest) {
  while (rest.len && !trpt_header_is_empty_line(trpt_header_take_line(&rest))) continue;
  while (rest.len) {
    const trpt_str line = trpt_trim_trailing_space(trpt_header_take_line(&rest));
    if (is_boundary(line)) return (trpt_str){line.ptr + 2, line.len - 2};
  }
  return (trpt_str){0};
}

/* Disables the Content-Type of the mail, which would conflict with the added one. */
static void rename_type(char *mail, size_t len) {
  trpt_str rest = {mail, len};
  while (rest.len) {
    char *begin = mail + (len - rest.len);
    const trpt_str field = trpt_header_take_field(&rest);
    if (trpt_header_is_empty_line(field)) return;
    if (trpt_header_is_named(field, "Content-Type")) *begin = 'X';
  }
}

char *trpt_repair_boundary(trpt_str mail, size_t *added) {
  char type[BOUNDARY_MAX_LEN + 64];
  const trpt_str boundary = find_boundary(mail);
  const int size = boundary.len ? snprintf(type, sizeof type, "Content-Type: multipart/mixed; boundary=\"%.*s\"\n",
                                           (int)boundary.len, boundary.ptr)
                                : snprintf(type, sizeof type, "Content-Type: application/octet-stream\n");
  *added = (size_t)size;
  char *copy = g_try_malloc(*added + mail.len);
  if (!copy) return NULL;
  memcpy(copy, type, *added);
  memcpy(copy + *added, mail.ptr, mail.len);
  rename_type(copy + *added, mail.len);
  return copy;
}
