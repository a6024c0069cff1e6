/* SPDX-License-Identifier: MIT */
#include "input_visit.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../lib/base/entry_name.h"
#include "folder.h"
#include "jobs.h"
#include "maildir.h"
#include "standard_output.h"

static void fail(const input_visitor *v, const char *path, uint64_t item, const char *why) {
  const problem p = problem_io(why);
  v->fail(v->user, &(input_source){.name = path, .item = item, .fd = -1}, &p);
}

static const char *unreadable_reason(mode_t mode) {
  if (S_ISDIR(mode)) return "This is a folder. Name a file.";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "This is a device. Devices are not read.";
  if (S_ISFIFO(mode)) return "This is a FIFO. Within a list, FIFOs are not read.";
  if (S_ISSOCK(mode)) return "This is a socket. Sockets are not read.";
  return "This is not a file, a folder or a FIFO.";
}

/* What is not read: a failure, unless it is in a folder. */
static void skip(const input_visitor *v, const input_source *s, mode_t mode) {
  if (s->origin != INPUT_FOUND || S_ISDIR(mode))
    fail(v, s->name, s->item, unreadable_reason(mode));
  else if (v->skip)
    v->skip(v->user);
}

/* `name` is relative to the folder `at`. `is_operand`: it may be a FIFO that the user named. Other files are opened without
   blocking, because they may have been replaced by a FIFO since their type was checked, and its writer must not be
   waited for. Returns -1 with errno. */
static int open_file(int at, const char *name, bool is_operand) {
  const int flags = O_RDONLY | O_NOCTTY | O_CLOEXEC | (is_operand ? 0 : O_NONBLOCK);
  const int fd = openat(at, name, flags);
  if (fd >= 0 || errno != EMFILE) return fd;
  jobs_take_turn(); /* after which other threads have closed earlier inputs */
  return openat(at, name, flags);
}

/* Visits a source whose file was opened, and closes it. The descriptor may be -1 with errno. */
static void visit_opened(input_source s, bool is_operand, const input_visitor *v) {
  struct stat status;
  if (s.fd < 0 || fstat(s.fd, &status)) {
    fail(v, s.name, s.item, strerror(errno));
  } else if (S_ISREG(status.st_mode) || (is_operand && S_ISFIFO(status.st_mode))) {
    s.can_block = !S_ISREG(status.st_mode);
    s.remaining = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
    v->read(v->user, &s);
  } else {
    skip(v, &s, status.st_mode);
  }
  if (s.fd >= 0) close(s.fd);
}

static void visit_file(const input_source *s, bool is_operand, const input_visitor *v) {
  input_source opened = *s;
  opened.fd = open_file(folder_fd(s->folder), folder_name(s->folder, s->name), is_operand);
  visit_opened(opened, is_operand, v);
}

static bool is_taken(const input_visitor *v, const input_source *s) { return v->found && v->found(v->user, s); }

/* Visits a file that is not open yet. FIFOs are not left to other threads. */
static void visit_found(const input_source *s, bool is_fifo, const input_visitor *v) {
  if (is_fifo || !is_taken(v, s)) visit_file(s, is_fifo, v);
}

static void visit(const char *path, unsigned depth, const input_visitor *v);

/* A path of which only the last part changes. */
typedef struct entry_path {
  buffer text;
  size_t prefix_len;
} entry_path;

static void entry_path_begin(entry_path *p, const char *folder_path) {
  *p = (entry_path){0};
  buffer_text(&p->text, folder_path);
  if (p->text.len && folder_path[p->text.len - 1] != '/') buffer_text(&p->text, "/");
  p->prefix_len = p->text.len;
}

static const char *entry_path_of(entry_path *p, const char *name) {
  p->text.len = p->prefix_len;
  buffer_add(&p->text, name, strlen(name) + 1);
  if (p->text.failed) output_no_memory();
  return p->text.data;
}

typedef struct maildir_reader {
  int fd; /* of the Maildir */
  entry_path path;
  const input_visitor *visitor;
} maildir_reader;

static bool read_message(void *user, const char *name) {
  maildir_reader *r = user;
  input_source s = {.name = entry_path_of(&r->path, name), .origin = INPUT_FOUND, .fd = open_file(r->fd, name, false)};
  if (s.fd < 0 && errno == ENOENT) return false;
  if (s.fd < 0 || !is_taken(r->visitor, &s)) visit_opened(s, false, r->visitor);
  return true;
}

static void fail_message(void *user, const char *name, int error) {
  maildir_reader *r = user;
  fail(r->visitor, entry_path_of(&r->path, name), 0, strerror(error));
}

static void visit_messages(const char *path, int fd, const input_visitor *v) {
  maildir_reader r = {.fd = fd, .visitor = v};
  /* Messages are opened here, since they move. No thread that has yet to open an earlier input may find too many files open. */
  jobs_take_turn();
  entry_path_begin(&r.path, path);
  maildir_visit(path, &(maildir_visitor){read_message, fail_message, &r});
  buffer_free(&r.path.text);
}

/* Whether an entry of a folder is visited at all. */
static bool is_visited(const folder *f, const folder_entry *entry, bool is_in_maildir) {
  const bool is_skipped = is_in_maildir || trpt_entry_is_hidden(trpt_str_of(entry->name));
  return !is_skipped || (!entry->is_file && maildir_is_at(f->open->fd, entry->name));
}

static void visit_folder(const char *path, unsigned depth, const input_visitor *v) {
  if (depth == FOLDER_DEPTH_MAX) {
    fail(v, path, 0, "Folders are nested more than 128 levels deep.");
    return;
  }
  folder f;
  int error = folder_open(&f, path);
  if (error == EMFILE) {
    jobs_take_turn();
    folder_close(&f);
    error = folder_open(&f, path);
  }
  if (error) fail(v, path, 0, strerror(error));
  if (!f.open) return;
  const bool is_maildir = maildir_is_at(f.open->fd, ".");
  entry_path entry;
  if (is_maildir) visit_messages(path, f.open->fd, v);
  entry_path_begin(&entry, path);
  for (size_t i = 0; i < f.count; i++) {
    if (!is_visited(&f, &f.entries[i], is_maildir)) continue;
    const char *name = entry_path_of(&entry, f.entries[i].name);
    if (f.entries[i].is_file)
      visit_found(&(input_source){.name = name, .origin = INPUT_FOUND, .folder = f.open, .fd = -1}, false, v);
    else
      visit(name, depth + 1, v);
  }
  buffer_free(&entry.text);
  folder_close(&f);
}

/* `depth` is 0 if the user named this path. */
static void visit(const char *path, unsigned depth, const input_visitor *v) {
  struct stat s;
  if (stat(path, &s)) {
    fail(v, path, 0, strerror(errno));
  } else if (S_ISDIR(s.st_mode)) {
    struct stat link;
    if (depth && lstat(path, &link) == 0 && S_ISLNK(link.st_mode)) {
      fail(v, path, 0, "This is a symbolic link to a folder. Such links are not followed.");
    } else {
      visit_folder(path, depth, v);
    }
  } else if (S_ISREG(s.st_mode) || (depth == 0 && S_ISFIFO(s.st_mode))) {
    visit_found(&(input_source){.name = path, .origin = depth ? INPUT_FOUND : INPUT_NAMED, .fd = -1},
                S_ISFIFO(s.st_mode), v);
  } else {
    skip(v, &(input_source){.name = path, .origin = depth ? INPUT_FOUND : INPUT_NAMED}, s.st_mode);
  }
}

static void visit_stdin(const input_visitor *v) {
  input_source s = input_stdin();
  v->read(v->user, &s);
}

void input_visit(const char *path, const input_visitor *visitor) {
  if (strcmp(path, "-") == 0)
    visit_stdin(visitor);
  else
    visit(path, 0, visitor);
}

void input_visit_named_file(const char *path, const input_visitor *visitor) {
  if (strcmp(path, "-") == 0)
    visit_stdin(visitor);
  else
    visit_file(&(input_source){.name = path}, true, visitor);
}

void input_visit_found(const input_source *s, const input_visitor *visitor) {
  if (s->fd < 0)
    visit_file(s, false, visitor);
  else
    visit_opened(*s, false, visitor);
}

void input_visit_file(const char *path, uint64_t item, const input_visitor *visitor) {
  visit_file(&(input_source){.name = path, .origin = INPUT_ITEM, .item = item}, false, visitor);
}
