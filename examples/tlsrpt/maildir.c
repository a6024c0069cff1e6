/* SPDX-License-Identifier: MIT */
#include "maildir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../../lib/base/entry_name.h"
#include "allocate.h"
#include "buffer.h"
#include "folder.h"
#include "standard_output.h"

/* How often the folders are listed. A message that moved each time before it was opened is a failure. */
enum { LISTINGS_MAX = 4 };

/* `new` is listed before `cur`, because messages move in that direction: a message that moves meanwhile is in both lists
   and not in none. */
static const char *const folders[] = {"new", "cur"};
enum { FOLDERS = sizeof folders / sizeof folders[0] };

typedef struct message {
  const char *name;  /* in its folder */
  size_t unique_len; /* of the part that does not change */
  int folder;
} message;

typedef struct listing {
  folder folders[FOLDERS];
  message *messages; /* sorted by the unique part */
  size_t count;
} listing;

bool maildir_is_at(int fd, const char *name) {
  for (int i = 0; i < FOLDERS; i++) {
    struct stat s;
    buffer path = {0};
    buffer_text(&path, name);
    buffer_text(&path, "/");
    buffer_add(&path, folders[i], strlen(folders[i]) + 1);
    if (path.failed) output_no_memory();
    const bool is_folder = fstatat(fd, path.data, &s, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(s.st_mode);
    buffer_free(&path);
    if (!is_folder) return false;
  }
  return true;
}

/* Flags follow ":2,". Where file systems do not allow a colon, programs write ";" or "!" instead. */
static size_t unique_len(const char *name) {
  const char *at = name;
  while ((at = strpbrk(at, ":;!")) && !(trpt_is_digit((unsigned char)at[1]) && at[2] == ',')) at++;
  return at ? (size_t)(at - name) : strlen(name);
}

static int compare_unique(const message *a, const message *b) {
  const size_t len = a->unique_len < b->unique_len ? a->unique_len : b->unique_len;
  const int order = memcmp(a->name, b->name, len);
  return order ? order : (a->unique_len > b->unique_len) - (a->unique_len < b->unique_len);
}

/* Of messages with the same unique part, the later listed one comes first. */
static int compare(const void *a, const void *b) {
  const message *x = a;
  const message *y = b;
  const int order = compare_unique(x, y);
  if (order) return order;
  return x->folder != y->folder ? (x->folder < y->folder ? 1 : -1) : strcmp(x->name, y->name);
}

static void add_messages(listing *l, int index) {
  const folder *f = &l->folders[index];
  for (size_t i = 0; i < f->count; i++) {
    const folder_entry *e = &f->entries[i];
    struct stat s;
    if (trpt_entry_is_hidden(trpt_str_of(e->name))) continue;
    if (!e->is_file && fstatat(f->open->fd, e->name, &s, 0) == 0 && S_ISDIR(s.st_mode)) continue;
    l->messages[l->count++] = (message){e->name, unique_len(e->name), index};
  }
}

static void list(listing *l, const char *path, const maildir_visitor *v) {
  *l = (listing){0};
  size_t entries = 0;
  for (int i = 0; i < FOLDERS; i++) {
    buffer name = {0};
    buffer_text(&name, path);
    buffer_text(&name, "/");
    buffer_add(&name, folders[i], strlen(folders[i]) + 1);
    if (name.failed) output_no_memory();
    const int error = folder_open(&l->folders[i], name.data);
    if (error) v->fail(v->user, folders[i], error);
    buffer_free(&name);
    entries += l->folders[i].count;
  }
  l->messages = allocate_zeros(entries + 1, sizeof *l->messages);
  for (int i = 0; i < FOLDERS; i++) add_messages(l, i);
  if (l->count) qsort(l->messages, l->count, sizeof *l->messages, compare);
  /* The same message in both folders is one that moved. Two in one folder are two, whatever their names. */
  size_t kept = 0;
  for (size_t i = 0; i < l->count; i++) {
    const message *last = kept ? &l->messages[kept - 1] : NULL;
    if (!last || compare_unique(last, &l->messages[i]) != 0 || last->folder == l->messages[i].folder)
      l->messages[kept++] = l->messages[i];
  }
  l->count = kept;
}

static void close_listing(listing *l) {
  for (int i = 0; i < FOLDERS; i++) folder_close(&l->folders[i]);
  free(l->messages);
}

/* Whether a sorted listing has a message with this unique part. */
static bool has(const listing *l, const message *m) {
  size_t low = 0;
  size_t high = l->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (compare_unique(&l->messages[middle], m) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low < l->count && compare_unique(&l->messages[low], m) == 0;
}

static void keep_only(listing *l, const listing *wanted) {
  size_t kept = 0;
  for (size_t i = 0; i < l->count; i++)
    if (has(wanted, &l->messages[i])) l->messages[kept++] = l->messages[i];
  l->count = kept;
}

/* Reads the messages and keeps those that are not there any more. */
static void read_messages(listing *l, const maildir_visitor *v, bool is_last) {
  size_t kept = 0;
  buffer name = {0};
  for (size_t i = 0; i < l->count; i++) {
    const message m = l->messages[i];
    buffer_clear(&name);
    buffer_text(&name, folders[m.folder]);
    buffer_text(&name, "/");
    buffer_add(&name, m.name, strlen(m.name) + 1);
    if (name.failed) output_no_memory();
    if (v->read(v->user, name.data)) continue;
    if (is_last) v->fail(v->user, name.data, ENOENT);
    l->messages[kept++] = m;
  }
  l->count = kept;
  buffer_free(&name);
}

void maildir_visit(const char *path, const maildir_visitor *v) {
  listing missing;
  list(&missing, path, v);
  read_messages(&missing, v, false);
  for (int i = 1; i < LISTINGS_MAX && missing.count; i++) {
    listing again;
    list(&again, path, v);
    keep_only(&again, &missing);
    close_listing(&missing);
    missing = again;
    read_messages(&missing, v, i == LISTINGS_MAX - 1);
  }
  close_listing(&missing);
}
