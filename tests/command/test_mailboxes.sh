#!/bin/bash
# SPDX-License-Identifier: MIT
# Mailboxes and folders with other files and other mail in them. usage: test_mailboxes.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

gzipped='examples/reports/google.example!example.com!1772323200!1772409599!001.json.gz'
week=tests/data/reports/week.json

# maildir FOLDER: makes one.
maildir() { mkdir -p "$1"/{cur,new,tmp}; }

# What Dovecot, Courier and isync write, messages that are not delivered yet, and Maildir++ subfolders. An invalid file
# that is opened would change the status.
box=$work/Maildir
maildir "$box"
maildir "$box/.Archive.2026"
maildir "$box/Reports"
mkdir "$box"/{sieve,.notmuch}
mail "$gzipped" >"$box/cur/1.one:2,S"
mail "$week" >"$box/.Archive.2026/new/2.two"
mail "$gzipped" 'X-Copy: yes' >"$box/Reports/cur/3.three:2,RS"
for file in dovecot-uidlist dovecot.index dovecot.index.log dovecot-keywords subscriptions maildirsize maildirfolder \
  courierimapuiddb .mbsyncstate .uidvalidity tmp/4.four sieve/report.json .notmuch/report.json cur/.nfs0001; do
  echo '{' >"$box/$file"
done
check mailbox-maildir 0 report --format csv --no-header "$box"
# A folder that is no Maildir: only hidden entries are skipped, and what was named is read.
plain=$work/plain
mkdir -p "$plain"/{__MACOSX,.git,sub}
cp "$week" "$plain/sub/week.json"
for file in __MACOSX/a.json .git/b.json .DS_Store ._week.json .hidden.json Thumbs.db desktop.ini sub/Thumbs.db; do
  echo '{' >"$plain/$file"
done
maildir "$plain/.mail"
mail "$gzipped" >"$plain/.mail/new/1"
check mailbox-hidden 0 report --format csv --no-header "$plain"
check mailbox-hidden-named 1 report --format csv --no-header "$plain/.hidden.json" "$plain/.git" "$plain/__MACOSX"
printf '%s\0' "$plain/.hidden.json" >"$work/names"
input=$work/names
check mailbox-hidden-list 1 report --format csv --no-header --input files0
input=/dev/null
# The same entries in an archive. The Maildir is in a folder with a hidden name there.
tar -C "$work" --sort=name -cf "$work/plain.tar" plain
check mailbox-hidden-tar 1 report --format csv --no-header "$work/plain.tar"

finish
