/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ENTRY_NAME_H
#define TRPT_LIB_ENTRY_NAME_H

/* Names of the entries of folders and archives. */

#include "text.h"

/* Whether an entry is hidden, or was added by a file manager: it is never a report. `path` is the name of the entry, and
   the names of the folders around it may precede it. Folders whose names begin with a dot do not count here, because the
   subfolders of a Maildir have such names. */
static inline bool trpt_entry_is_hidden(trpt_str path) {
  static const trpt_str names[] = {TRPT_STR("Thumbs.db"), TRPT_STR("desktop.ini")};
  static const trpt_str folder = TRPT_STR("__MACOSX");
  for (const char *slash; (slash = path.len ? memchr(path.ptr, '/', path.len) : NULL);) {
    if (trpt_str_equal((trpt_str){path.ptr, (size_t)(slash - path.ptr)}, folder.ptr, folder.len)) return true;
    path = trpt_str_from(path, (size_t)(slash - path.ptr) + 1);
  }
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (trpt_str_equal(path, names[i].ptr, names[i].len)) return true;
  return (path.len && *path.ptr == '.') || trpt_str_equal(path, folder.ptr, folder.len);
}

/* Whether a name ends with `suffix`, ignoring case, and has more before it. */
static inline bool trpt_entry_ends_in(trpt_str name, const char *suffix) {
  const size_t len = strlen(suffix);
  return name.len > len && trpt_equal_nocase(name.ptr + name.len - len, suffix, len);
}

/* Whether a name says that the entry is a report, RFC 8460 s5.1. */
static inline bool trpt_entry_is_report(trpt_str name) {
  return trpt_entry_ends_in(name, ".json") || trpt_entry_ends_in(name, ".json.gz");
}

/* Whether a name is that of XML text, as reports of DMARC have it, RFC 7489 s7.2.1.1. */
static inline bool trpt_entry_is_xml(trpt_str name) {
  return trpt_entry_ends_in(name, ".xml") || trpt_entry_ends_in(name, ".xml.gz");
}

#endif
