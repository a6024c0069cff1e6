/* SPDX-License-Identifier: MIT */
/* Which messages of a Maildir are visited, while another program moves and deletes them. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "maildir.h"

enum { FILES_MAX = 4 };

/* What another program does when the first message was visited, or each time one was. To NULL: it deletes the file. */
typedef struct change {
  const char *from;
  const char *to;
} change;

typedef struct maildir_case {
  const char *name;
  const char *files[FILES_MAX];
  change changes[FILES_MAX];
  const char *visited; /* each name that was opened, and "!" before one that failed */
} maildir_case;

static const maildir_case cases[] = {
    {"both folders, by name", {"cur/2:2,S", "new/1", "new/3"}, {{0}}, "new/1 cur/2:2,S new/3 "},
    {"a message that has flags and one that lost them",
     {"cur/1:2,", "cur/2:2,", "cur/3:2,S"},
     {{"cur/2:2,", "cur/2:2,S"}, {"cur/3:2,S", "cur/3:2,"}},
     "cur/1:2, cur/2:2,S cur/3:2, "},
    {"a message that moves from new to cur",
     {"new/1", "new/2", "new/3"},
     {{"new/2", "cur/2:2,"}},
     "new/1 new/3 cur/2:2, "},
    {"a message that was deleted", {"new/1", "new/2", "new/3"}, {{"new/2", NULL}}, "new/1 new/3 "},
    {"all others were deleted", {"new/1", "cur/2:2,S"}, {{"cur/2:2,S", NULL}}, "new/1 "},
    {"a message that arrives meanwhile is for the next time",
     {"new/1", "new/2", "tmp/9"},
     {{"new/2", "cur/2:2,"}, {"tmp/9", "new/9"}},
     "new/1 cur/2:2, "},
    {"a file system without colons",
     {"new/1", "cur/2;2,", "cur/3!2,"},
     {{"cur/2;2,", "cur/2;2,S"}, {"cur/3!2,", "cur/3!2,S"}},
     "new/1 cur/2;2,S cur/3!2,S "},
    {"a prefix is another message",
     {"new/1", "cur/12:2,", "new/2"},
     {{"cur/12:2,", "cur/12:2,R"}},
     "new/1 new/2 cur/12:2,R "},
    {"the same message in both folders", {"new/1", "cur/1:2,S"}, {{0}}, "cur/1:2,S "},
    {"two names in one folder", {"cur/1:2,", "cur/1:2,S"}, {{0}}, "cur/1:2, cur/1:2,S "},
    {"hidden files", {"cur/.nfs1", "new/.1", "new/2"}, {{0}}, "new/2 "},
    {"files beside the folders, and tmp", {"tmp/1", "dovecot-uidlist", "maildirsize", "new/2"}, {{0}}, "new/2 "},
    {"an empty Maildir", {NULL}, {{0}}, ""},
};

typedef struct observer {
  int fd;
  const maildir_case *c;
  bool has_changed;
  char visited[256];
} observer;

static void note(observer *o, const char *mark, const char *name) {
  const size_t len = strlen(o->visited);
  snprintf(o->visited + len, sizeof o->visited - len, "%s%s ", mark, name);
}

static bool read_message(void *user, const char *name) {
  observer *o = user;
  const int fd = openat(o->fd, name, O_RDONLY);
  if (fd < 0) return false;
  close(fd);
  note(o, "", name);
  for (size_t i = 0; i < FILES_MAX && o->c->changes[i].from && !o->has_changed; i++) {
    const change *done = &o->c->changes[i];
    if (done->to)
      assert_int_equal(renameat(o->fd, done->from, o->fd, done->to), 0);
    else
      assert_int_equal(unlinkat(o->fd, done->from, 0), 0);
  }
  o->has_changed = true;
  return true;
}

static void fail_message(void *user, const char *name, int error) {
  (void)error;
  note(user, "!", name);
}

static const char *const folders[] = {"cur", "new", "tmp"};

static int make(char *path, const maildir_case *c) {
  assert_non_null(mkdtemp(path));
  const int fd = open(path, O_RDONLY | O_DIRECTORY);
  assert_true(fd >= 0);
  for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) assert_int_equal(mkdirat(fd, folders[i], 0700), 0);
  for (size_t i = 0; i < FILES_MAX && c->files[i]; i++) {
    const int file = openat(fd, c->files[i], O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(file >= 0);
    close(file);
  }
  return fd;
}

static void remove_maildir(const char *path) {
  char command[64];
  snprintf(command, sizeof command, "rm -r '%s'", path);
  assert_int_equal(system(command), 0);
}

static void test_visits(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char path[] = "/tmp/maildir.XXXXXX";
    observer o = {.fd = make(path, &cases[i]), .c = &cases[i]};
    assert_true(maildir_is_at(o.fd, "."));
    maildir_visit(path, &(maildir_visitor){read_message, fail_message, &o});
    close(o.fd);
    remove_maildir(path);
    if (strcmp(o.visited, cases[i].visited) != 0)
      fail_msg("%s: visited \"%s\", not \"%s\"", cases[i].name, o.visited, cases[i].visited);
  }
}

/* A message that can never be opened is reported, not lost and not waited for. */
static bool miss(void *user, const char *name) {
  (void)user;
  (void)name;
  return false;
}

static void test_restless(void **state) {
  static const maildir_case c = {.files = {"new/1"}};
  char path[] = "/tmp/maildir.XXXXXX";
  (void)state;
  observer o = {.fd = make(path, &c), .c = &c};
  maildir_visit(path, &(maildir_visitor){miss, fail_message, &o});
  close(o.fd);
  remove_maildir(path);
  assert_string_equal(o.visited, "!new/1 ");
}

static void test_is_at(void **state) {
  static const maildir_case c = {.files = {NULL}};
  char path[] = "/tmp/maildir.XXXXXX";
  (void)state;
  const int fd = make(path, &c);
  assert_false(maildir_is_at(fd, "cur"));
  assert_int_equal(mkdirat(fd, ".Sub", 0700), 0);
  assert_int_equal(mkdirat(fd, ".Sub/cur", 0700), 0);
  assert_false(maildir_is_at(fd, ".Sub"));
  assert_int_equal(symlinkat("cur", fd, ".Sub/new"), 0);
  assert_false(maildir_is_at(fd, ".Sub"));
  assert_int_equal(unlinkat(fd, ".Sub/new", 0), 0);
  assert_int_equal(mkdirat(fd, ".Sub/new", 0700), 0);
  assert_true(maildir_is_at(fd, ".Sub"));
  close(fd);
  remove_maildir(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_visits),
      cmocka_unit_test(test_restless),
      cmocka_unit_test(test_is_at),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
