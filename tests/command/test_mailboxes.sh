#!/bin/bash
# SPDX-License-Identifier: MIT
# Mailboxes and folders with other files and other mail in them. usage: test_mailboxes.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

gzipped='examples/reports/google.example!example.com!1772323200!1772409599!001.json.gz'
week=tests/data/reports/week.json
google=tests/data/reports/google.json

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

# Other content is passed over and counted by kind, and what claims to be a report and cannot be read is bad.
echo '<?xml version="1.0"?><feedback></feedback>' >"$work/dmarc.xml"
gzip -n <"$work/dmarc.xml" >"$work/a!b!1!2.xml.gz"
ordinary() { printf 'From: a@example.net\nSubject: %s\n\n%s\n' "$@"; }
# dmarc: a mail with a report of DMARC
dmarc() {
  printf '%s\n' 'Subject: Report Domain: example.com Submitter: a Report-ID: 1' 'Content-Type: application/gzip' \
    'Content-Disposition: attachment; filename="a!b!1!2.xml.gz"' 'Content-Transfer-Encoding: base64' ''
  base64 "$work/a!b!1!2.xml.gz"
}
box=$work/mixed
maildir "$box"
mail "$week" >"$box/cur/1:2,S"
ordinary lunch 'At noon?' >"$box/cur/2:2,"
ordinary '[list]' '[EXTERNAL] {' >"$box/new/3"
dmarc >"$box/new/4"
ordinary lunch 'At one.' | gzip -n >"$box/new/5.json"
check mailbox-mixed-name 1 report --format csv --no-header "$box"
rm "$box/new/5.json"
check mailbox-mixed 0 report --format csv --no-header "$box"
check mailbox-mixed-quiet 0 report --quiet --format json "$box"
check mailbox-mixed-lint 0 lint --severity error "$box"
check mailbox-mixed-summary 0 summary --format csv "$box"
check mailbox-mixed-dkim 1 report --require-dkim --authserv-id a.example --format csv --no-header "$box"
# A folder of files. Each of them named is bad input.
files=$work/files
mkdir "$files"
cp "$week" "$work/dmarc.xml" "$work/a!b!1!2.xml.gz" "$files"
head -c 30 "$work/a!b!1!2.xml.gz" >"$files/cut.xml.gz"
echo 'Dear all' >"$files/notes.txt"
echo '<!doctype html><p>' >"$files/index.html"
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0' >"$files/mail.msg"
printf '\xfd7zXZ\0\0' >"$files/old.xz"
: >"$files/empty"
printf '%5000s\n' '' >"$files/blanks"
{ printf '%3000s' '' && cat "$week"; } >"$files/padded"
mkfifo "$files/fifo"
check mailbox-files 1 report --format csv --no-header "$files"
rm "$files/blanks"
check mailbox-files-good 0 report --format csv --no-header "$files"
check mailbox-files-named 1 report --format csv --no-header "$files"/{dmarc.xml,a*.gz,cut.xml.gz,notes.txt,index.html,mail.msg,old.xz,empty}
# By content and by name.
claims=$work/claims
mkdir "$claims"
printf '{"policies":' >"$claims/by-brace"
printf '\xef\xbb\xbf\n[' >"$claims/by-bracket"
printf '\xff\xfe{\0"\0' >"$claims/by-utf16"
printf '{\0"\0' >"$claims/by-utf16-without-mark"
gzip -n <"$week" | head -c 100 >"$claims/by-gzip"
printf '{"policies":' | gzip -n >"$claims/by-content-of-gzip"
: >"$claims/empty.json"
echo 'Dear all' >"$claims/text.JSON.gz"
ordinary lunch 'At noon?' >"$claims/mail.json"
check mailbox-claims 1 report --format csv --no-header "$claims"
# In an archive and in an mbox, which need not hold a report where they are named.
tar -C "$work" --sort=name -cf "$work/files.tar" files/{dmarc.xml,notes.txt,index.html,week.json}
check mailbox-tar 0 report --format csv --no-header "$work/files.tar"
gzip -nc "$work/files.tar" | gzip -n >"$work/files.tar.gz.gz"
check mailbox-tar-gzip-twice 0 report --format csv --no-header "$work/files.tar.gz.gz"
tar -C "$work" --sort=name -cf "$work/notes.tar" files/notes.txt
check mailbox-tar-none 0 report "$work/notes.tar"
{ for file in "$box"/cur/2* "$box"/new/*; do echo 'From a@example.net Mon Mar  2 03:04:05 2026' && cat "$file" && echo; done; } >"$work/none.mbox"
check mailbox-mbox-none 0 report "$work/none.mbox"
# Large numbers are grouped.
for row in 999:999 12345:12,345 1000:1,000; do
  wanted "grouped-${row%:*}" || continue
  for ((i = 0; i < ${row%:*}; i++)); do echo $'From a@b.example Mon Mar  2 03:04:05 2026\nSubject: hello\n\n'; done |
    "$tlsrpt" report --input mbox - >"$work/out" 2>&1
  grep -qF ": ${row#*:} mails." "$work/out" || fail "grouped-${row%:*}: $(<"$work/out")"
done
# An item of standard input must hold one.
for file in notes.tar none.mbox files.tar mail.eml; do
  [[ $file == mail.eml ]] && ordinary lunch 'At noon?' >"$work/$file"
  printf '%s\t%s\n' "$file" "$(base64 -w0 "$work/$file")"
done >"$work/items"
printf 'text\t%s\n' "$(base64 -w0 "$files/notes.txt")" >>"$work/items"
input=$work/items
check mailbox-items 1 report --input lines --format csv --no-header
input=/dev/null
printf '%s\0' "$files/notes.txt" "$work/notes.tar" "$week" >"$work/names"
input=$work/names
check mailbox-list 1 report --input files0 --format csv --no-header
input=/dev/null

# A summary of the same reports is the same, whatever holds them.
boxes=$work/boxes
mkdir "$boxes" "$boxes/folder"
maildir "$boxes/Maildir"
cp "$week" "$boxes/folder/week.json"
cp "$google" "$boxes/folder/google.json"
mail "$week" >"$boxes/Maildir/new/1"
mail "$google" >"$boxes/Maildir/cur/2:2,S"
for file in "$boxes/Maildir/new/1" "$boxes/Maildir/cur/2:2,S"; do echo 'From a Mon Mar  2 03:04:05 2026' && cat "$file" && echo; done >"$boxes/box.mbox"
tar -C "$boxes" -cf "$boxes/reports.tar" folder
tar -C "$boxes" -cf "$boxes/mails.tar" Maildir
gzip -nc "$boxes/mails.tar" >"$boxes/mails.tar.gz"
if wanted mailbox-summaries; then
  "$tlsrpt" summary "$boxes/folder" >"$work/expected" || fail "mailbox-summaries: status $?"
  grep -q '^2 reports counted\.$' "$work/expected" || fail "mailbox-summaries: $(tail -n 1 "$work/expected")"
  for name in Maildir box.mbox reports.tar mails.tar mails.tar.gz; do
    "$tlsrpt" summary "$boxes/$name" >"$work/out" || fail "mailbox-summaries: $name: status $?"
    cmp "$work/expected" "$work/out" || fail "mailbox-summaries: $name"
  done
  "$tlsrpt" summary tests/data/mails/reports.zip >"$work/out" || fail "mailbox-summaries: zip: status $?"
  grep -q '^[1-9][0-9]* reports\? counted' "$work/out" || fail "mailbox-summaries: zip: $(tail -n 1 "$work/out")"
fi

# One line of JSON for each item, whatever it holds: several reports, one in an archive, none, one that is left out.
mkdir "$work/zip"
cp "$week" "$work/zip/week.json"
cp tests/data/reports/google.json "$work/zip/google.json"
echo '{' >"$work/zip/broken.json"
tar -C "$work/zip" --sort=name -cf "$work/three.tar" .
tar -C "$work/zip" -cf "$work/one.tar" week.json
{
  cat "$box/cur/1:2,S"
  printf '%s\n' '--b' 'Content-Type: application/tlsrpt+json' ''
  cat tests/data/reports/google.json
  printf '%s\n' '--b--'
} | sed '0,/^--b--$/{/^--b--$/d}' >"$work/two.eml"
{
  printf '%s\n' "$(tr -d '\n' <"$week")"
  for file in three.tar one.tar two.eml notes.tar; do printf '%s\t%s\n' "$file" "$(base64 -w0 "$work/$file")"; done
  printf 'key\t{"policies":[{]}\n'
} >"$work/items"
# What each line has: its source, its parts and the report-ids or errors in them.
outline() {
  python3 -c '
import json, sys
for line in sys.stdin:
    item = json.loads(line)
    assert next(iter(item)) == "source", line
    one = lambda o: o.get("report-id") or o["error"]["status"]
    print(item["source"], [(o["part"], one(o)) for o in item["reports"]] if "reports" in item else one(item))'
}
if wanted mailbox-one-line; then
  need_python
  for framing in lines u32; do
    if [[ $framing == u32 ]]; then
      python3 -c '
import base64, struct, sys
for line in open(sys.argv[1], "rb"):
    key, tab, text = line.rstrip(b"\n").rpartition(b"\t")
    text = text if text.startswith(b"{") else base64.b64decode(text)
    sys.stdout.buffer.write(struct.pack(">I", len(text)) + text)' "$work/items" >"$work/frames"
    else
      cp "$work/items" "$work/frames"
    fi
    "$tlsrpt" report --quiet --input $framing --format json <"$work/frames" 2>/dev/null | outline >"$work/outline"
    compare "mailbox-one-line-$framing" "$work/outline"
    "$tlsrpt" report --quiet --input $framing --format json --domain example.com <"$work/frames" 2>/dev/null | outline >"$work/outline"
    compare "mailbox-one-line-$framing-filter" "$work/outline"
  done
fi

# Bad input as rows, with all columns; the key tells sources and codes apart.
input=$work/items
check mailbox-bad-rows 1 report --quiet --input lines --format csv --bad-rows
check mailbox-bad-rows-ndjson 1 report --quiet --input lines --format ndjson --no-header --bad-rows
input=/dev/null
check mailbox-bad-rows-usage 2 report --bad-rows "$week"
check mailbox-bad-rows-missing 1 report --bad-rows --format tsv --no-header tests/data/missing
# For engines that fail a job on status 1. Wrong usage and output that cannot be written keep their status.
check mailbox-exit-zero 0 report --exit-zero --format csv --no-header "$work/missing"
check mailbox-exit-zero-lint 0 lint --exit-zero "$work/missing"
check mailbox-exit-zero-rate 0 summary --exit-zero --fail-if-failures 1% --format csv tests/data/reports/google.json
check mailbox-exit-zero-usage 2 report --exit-zero --unknown
unwritable mailbox-exit-zero-unwritable 2 report --exit-zero --format csv "$week"
# After 20 messages with one code, messages are counted. The output still has all of them.
{
  for i in {1..25}; do echo "key $i	{"; done
  for i in {1..21}; do echo "twice $i	$(tr -d '\n' <"$week")"; done
  for i in {1..20}; do echo "schema $i	{}"; done
} >"$work/items"
input=$work/items
check mailbox-many 1 report --input lines --format csv --no-header
check lint-mailbox-many 1 lint --severity error --input lines --format json
if wanted mailbox-many-verbose; then
  "$tlsrpt" report --verbose --input lines --format csv <"$work/items" >/dev/null 2>"$work/err"
  [[ $(wc -l <"$work/err") == 65 ]] || fail "mailbox-many-verbose: $(wc -l <"$work/err") messages"
fi
input=/dev/null

# A stranger who knows the report-id of a genuine report cannot remove it: both count, with their signers.
conflict=$work/conflict
mkdir "$conflict"
signed() { printf 'Authentication-Results: mx.example.com; dkim=%s header.d=%s' "$1" "$2"; }
sed 's/"total-failure-session-count":12/"total-failure-session-count":0/' "$google" >"$work/forged.json"
mail "$google" "$(signed pass google.example)" >"$conflict/1-genuine"
mail "$work/forged.json" "$(signed pass evil.example)" |
  sed 's/google\.example>/evil.example>/; s/^TLS-Report-Submitter:.*/TLS-Report-Submitter: evil.example/' >"$conflict/2-forged"
mail "$google" "$(signed pass google.example)" 'X-Again: yes' >"$conflict/3-again"
trusting=(--authserv-id mx.example.com)
check mailbox-conflict 0 summary "${trusting[@]}" "$conflict"
check mailbox-conflict-json 0 summary "${trusting[@]}" --format json "$conflict"
check mailbox-conflict-dkim 0 summary "${trusting[@]}" --require-dkim "$conflict"
check mailbox-conflict-unsigned 4 summary --fail-if-conflicts "$conflict"
check mailbox-conflict-none 0 summary --fail-if-conflicts "$conflict/1-genuine" "$conflict/3-again" "$week"
check mailbox-conflict-only-failures 0 summary --only-failures --domain example.net "$conflict"
check mailbox-conflict-rows 0 report --format csv --no-header "$conflict"
check mailbox-conflict-lint 0 lint --severity error "$conflict"
if wanted mailbox-conflict-html; then
  "$tlsrpt" summary "${trusting[@]}" --format html "$conflict" >"$work/page"
  sed 's|<wbr>||g' "$work/page" | grep -q 'signed by evil.example, google.example' ||
    fail 'mailbox-conflict-html: no conflict'
fi
if wanted mailbox-conflict-add; then
  "$tlsrpt" summary "${trusting[@]}" --format json "$conflict" >"$work/part.json"
  "$tlsrpt" summary "${trusting[@]}" --add "$work/part.json" >"$work/added"
  grep -q '^Conflict: ' "$work/added" || fail 'mailbox-conflict-add: no conflict'
fi

finish
