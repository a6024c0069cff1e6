#!/bin/bash
# SPDX-License-Identifier: MIT
# Reports in mails and archives: tlsrpt report. usage: test_mail_command.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

reports=tests/data/reports
gzipped='examples/reports/google.example!example.com!1772323200!1772409599!001.json.gz'

mkdir -p "$work"/maildir/{cur,new,tmp}
mail "$gzipped" >"$work/maildir/cur/1.google:2,S"
mail "$reports/week.json" >"$work/maildir/new/2.week"
mail "$reports/cut.json" >"$work/maildir/new/3.cut"
printf 'Subject: hello\n\nThis is no report.\n' >"$work/maildir/new/4.other"
check mail-folder 1 report "$work/maildir"
check mail-folder-json 1 report --format json "$work/maildir"
check mail-folder-rows 1 report --format csv "$work/maildir"

# A mail is read as its report alone is, but for the findings about the mail.
if wanted mail-alone; then
  content() { sed 's/^{"source":"[^"]*",//; s/,"\(report_domain\|diagnostics\)".*//' "$1"; }
  "$tlsrpt" report --format json "$reports/week.json" >"$work/alone" || fail "mail-alone: status $?"
  "$tlsrpt" report --format json "$work/maildir/new/2.week" >"$work/mailed" || fail "mail-alone: status $?"
  cmp <(content "$work/alone") <(content "$work/mailed") || fail 'mail-alone: another content'
fi

# Two mails with something else in between: each has its own number.
{
  echo 'From google@google.example Mon Mar  2 03:04:05 2026'
  cat "$work/maildir/cur/1.google:2,S"
  echo
  echo 'From someone Mon Mar  2 03:04:05 2026'
  cat "$work/maildir/new/4.other"
  echo
  echo 'From google@google.example Mon Mar  2 03:04:05 2026'
  cat "$work/maildir/new/2.week"
} >"$work/all.mbox"
check mail-mbox 0 report --format csv --no-header "$work/all.mbox"
input=$work/all.mbox
check mail-mbox-stdin 0 report --input mbox --format csv --no-header
check mail-mbox-auto 0 report --format csv --no-header -
input=/dev/null
check mail-mbox-empty 0 report --input mbox --format csv
check mail-tar-empty 0 report --input tar --format csv
head -c 10240 /dev/zero >"$work/zeros.tar"
input=$work/zeros.tar
check mail-tar-zeros 0 report --input tar --format csv

# Several reports in one mail: each but the first one has its number behind that of the mail.
{
  echo 'From google@google.example Mon Mar  2 03:04:05 2026'
  cat "$work/maildir/cur/1.google:2,S"
  echo
  echo 'From google@google.example Mon Mar  2 03:04:05 2026'
  sed '$d' "$work/maildir/new/2.week"
  for file in google.json cut.json week.json; do
    printf '%s\n' '--b' 'Content-Type: application/tlsrpt+json' ''
    cat "$reports/$file"
    echo
  done
  echo '--b--'
} >"$work/several.mbox"
check mail-several 1 report --format csv --no-header "$work/several.mbox"
check mail-several-text 1 report "$work/several.mbox"
check mail-several-lint 1 lint --severity error "$work/several.mbox"
check mail-several-summary 1 summary --format csv "$work/several.mbox"

# Archives. Names in them are shown and never used.
mkdir "$work/archive"
cp "$gzipped" "$work/archive/a.json.gz"
cp "$reports/week.json" "$work/archive/=week.json"
cp "$work/maildir/cur/1.google:2,S" "$work/archive/mail.eml"
tar -C "$work/archive" -cf "$work/all.tar" a.json.gz =week.json mail.eml
check mail-tar 0 report --format csv --no-header "$work/all.tar"
cat "$work/all.tar" "$work/all.tar" >"$work/two.tar"
check mail-tar-two 0 report --format csv --no-header "$work/two.tar"
head -c 1500 "$work/all.tar" >"$work/cut.tar"
check mail-tar-cut 1 report --format csv --no-header "$work/cut.tar"
input=$work/all.tar
check mail-tar-stdin 0 report --input tar --format csv --no-header
# gzip around them: a file, a pipe that is slow, an item.
gzip -c "$work/all.tar" >"$work/all.tar.gz"
check mail-tar-gzip 0 report --format csv --no-header "$work/all.tar.gz"
gzip -c "$work/all.mbox" >"$work/all.mbox.gz"
check mail-mbox-gzip 0 report --format csv --no-header "$work/all.mbox.gz"
gzip -c "$work/maildir/cur/1.google:2,S" >"$work/stored"
check mail-stored-gzip 0 report --format csv --no-header "$work/stored"
gzip -nc "$gzipped" >"$work/twice.json.gz"
check mail-gzip-twice 0 lint --severity warning "$work/twice.json.gz"
gzip -c "$reports/cut.json" >"$work/cut.json.gz"
check lint-gzip-cut 1 lint --format json "$work/cut.json.gz"
# What a first attempt as JSON found is not about the mail, the archive or the DMARC report that the second one finds, nor about text that
# is none of them.
mkdir "$work/marked"
printf '\xef\xbb\xbfhello\n' | gzip -nc >"$work/marked/text.json.gz"
printf '\xef\xbb\xbf<?xml version="1.0"?><feedback></feedback>\n' | gzip -nc >"$work/marked/dmarc.gz"
for format in text json; do check lint-gzip-bom-$format 1 lint --format $format "$work/marked"; done
# The name of the first file looks like the beginning of JSON.
if wanted mail-tar-gzip-name; then
  for name in 2026-03-01.json true.json '"a".json' '[1].json' '{1}.json'; do
    tar -C "$work/archive" --transform "s|.*|$name|" -cf - a.json.gz | gzip -c >"$work/name.tar.gz"
    [ "$("$tlsrpt" report --format csv --no-header "$work/name.tar.gz" | wc -l)" = 3 ] || fail "mail-tar-gzip-name: $name"
  done
fi
if wanted mail-gzip-pipe; then
  "$tlsrpt" report --format json "$work/all.tar.gz" | sed 's/"source":"[^"]*:/"source":"stdin:/' >"$work/file.out"
  for first in 1 2 100 300; do
    { head -c $first "$work/all.tar.gz"; sleep 0.1; tail -c +$((first + 1)) "$work/all.tar.gz"; } |
      "$tlsrpt" report --format json - >"$work/pipe.out" || fail "mail-gzip-pipe: status $?"
    cmp "$work/file.out" "$work/pipe.out" || fail "mail-gzip-pipe: another output with $first bytes first"
  done
fi
{ printf 'stored\t'; base64 -w 0 "$work/stored"; echo; } >"$work/lines"
input=$work/lines
check mail-gzip-lines 0 report --input lines --format csv --no-header
input=/dev/null
tar -C "$work/archive" --transform $'s|.*|../\x1b[2Jevil|' -cf "$work/evil.tar" a.json.gz
check mail-tar-evil 0 report "$work/evil.tar"

# As a line of base64, key and all.
printf 'key\t%s\n' "$(base64 -w0 "$work/maildir/cur/1.google:2,S")" >"$work/lines"
input=$work/lines
check mail-lines 0 report --input lines --format csv --no-header
input=/dev/null

# DKIM: what one's own server found, and nobody else.
mail "$gzipped" 'Authentication-Results: mx.example.com; dkim=pass header.d=google.example' >"$work/signed.eml"
mail "$gzipped" 'Authentication-Results: mx.example.com; dkim=fail header.d=google.example' \
  'Authentication-Results: mx.example.org; dkim=pass header.d=google.example' >"$work/forged.eml"
check mail-dkim 0 report --authserv-id mx.example.com --require-dkim "$work/signed.eml"
check mail-dkim-forged 1 report --authserv-id mx.example.com --require-dkim "$work/forged.eml"
check mail-dkim-marked 0 report --authserv-id mx.example.com "$work/forged.eml"
check mail-dkim-none 1 report --authserv-id mx.example.com --require-dkim "$work/maildir/cur/1.google:2,S" "$reports/week.json"
check mail-dkim-nobody 2 report --require-dkim "$work/signed.eml"
check mail-dkim-no-name 2 report --authserv-id '' "$work/signed.eml"

# Several servers, and servers that write no authserv-id. "named" has such a field, but not as its first one.
mail "$gzipped" 'Authentication-Results: mx2.example.com; dkim=pass header.d=google.example' >"$work/second.eml"
unnamed='Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=google.example; dkim=pass (signature
 was verified) header.d=google.example;dmarc=pass action=none header.from=google.example;compauth=pass reason=100'
mail "$gzipped" "$unnamed" >"$work/unnamed.eml"
mail "$gzipped" 'Authentication-Results: mx.example.org; spf=pass' "$unnamed" >"$work/named.eml"
servers=(--authserv-id mx.example.com --authserv-id=mx2.example.com)
mails=("$work"/{signed,second,unnamed,named}.eml)
check mail-dkim-servers 1 report "${servers[@]}" --require-dkim --format csv --no-header "${mails[@]}"
check mail-dkim-topmost 1 report --trust-topmost-results --require-dkim --format csv --no-header "${mails[@]}"
check mail-dkim-lint 1 lint "${servers[@]}" --trust-topmost-results --severity error "${mails[@]}"
check mail-dkim-lint-signed 0 lint "${servers[@]}" --require-dkim --severity error "${mails[@]:0:2}"
if wanted mail-dkim-lint-unsigned; then
  status=0
  "$tlsrpt" lint "${servers[@]}" --require-dkim --severity error "$work/unnamed.eml" >"$work/output" 2>&1 || status=$?
  [[ $status == 1 ]] || fail "mail-dkim-lint-unsigned: status $status"
  [[ $(grep -c '\[mail\.no-dkim\]$' "$work/output") == 1 ]] || fail "mail-dkim-lint-unsigned: not named once"
fi
check mail-dkim-summary 1 summary "${servers[@]}" --trust-topmost-results --require-dkim --quiet "${mails[@]}"

# Strict reading includes the mail: an error there rejects the report, a warning does not.
grep -v '^TLS-Report-Submitter' "$work/signed.eml" >"$work/no-submitter.eml"
sed 's/^Subject: Report/Subject: A report/' "$work/signed.eml" >"$work/subject.eml"
check mail-strict 1 report --strict --format csv --no-header "$work/no-submitter.eml" "$work/subject.eml"
check mail-not-strict 0 report --format csv --no-header "$work/no-submitter.eml"

# Reports about other domains are marked, in a mail or not, and not dropped.
check mail-domain 0 report --mark-domain Example.COM. --mark-domain example.net "$gzipped" "$work/maildir/cur/1.google:2,S"
check mail-domain-other 0 report --mark-domain example.net --mark-domain le.com "$gzipped" "$work/maildir/cur/1.google:2,S"
check mail-domain-rows 0 report --mark-domain example.net --format csv --no-header "$gzipped"

# DANE at a hoster: the policy domain of a tlsa policy is an MX host, and only the mail says whose report it is. Other policies
# keep their policy domain, and so does a tlsa policy without a usable field.
policy() {
  printf '{"policy":{"policy-type":"%s","policy-domain":"%s"},"summary":{"total-successful-session-count":%d,' "$1" "$2" "$3"
  printf '"total-failure-session-count":%d}}' "$4"
}
{
  printf '{"organization-name":"Sender","date-range":{"start-datetime":"2026-03-01T00:00:00Z",'
  printf '"end-datetime":"2026-03-01T23:59:59Z"},"contact-info":"a@google.example","report-id":"dane","policies":['
  policy tlsa MX1.hoster.example. 5 2
  printf ,
  policy tlsa mx2.hoster.example 7 3
  printf ,
  policy sts example.net 1 0
  printf ']}'
} >"$work/dane.json"
mail "$work/dane.json" >"$work/dane.eml"
sed 's/^TLS-Report-Domain:.*/TLS-Report-Domain: not a domain/' "$work/dane.eml" >"$work/no-domain.eml"
check mail-dane 0 summary "$work/dane.eml"
check mail-dane-json 0 summary --format json --domain example.com "$work/dane.eml"
check mail-dane-other 0 summary --domain hoster.example "$work/dane.eml"
check mail-dane-no-domain 0 summary "$work/no-domain.eml"
check mail-dane-plain 0 summary "$work/dane.json"
check mail-dane-filter 0 report --format csv --no-header --domain example.com "$work/dane.eml"
check mail-dane-mark 0 report --format csv --no-header --mark-domain example.com --mark-domain example.net "$work/dane.eml" "$work/dane.json"
if wanted mail-dane-add; then
  "$tlsrpt" summary --format json "$work/dane.eml" >"$work/part.json"
  "$tlsrpt" summary "$work/dane.eml" >"$work/direct"
  if "$tlsrpt" summary --add "$work/part.json" >"$work/added" 2>"$work/errors"; then
    cmp "$work/added" "$work/direct" || fail 'mail-dane-add: another summary'
  else
    grep -q 'no yajl' "$work/errors" || fail "mail-dane-add: $(<"$work/errors")"
  fi
fi

# For a mail server: nothing goes back to the sender, and what could not be written is tried again.
input=$work/maildir/new/3.cut
check mail-delivery-bad 0 report --delivery -
input=$work/maildir/cur/1.google:2,S
check mail-delivery 0 report --delivery --format csv --no-header -
check mail-delivery-usage 75 report --unknown --delivery -
unwritable mail-delivery-unwritable 75 report --delivery -

# Reports in mails are left out by their days.
check filter-mail 0 report --since 2026-03-02 tests/data/mails/google.eml tests/data/mails/mails.tar

finish
