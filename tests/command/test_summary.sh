#!/bin/bash
# SPDX-License-Identifier: MIT
# What reports say, taken together: tlsrpt summary. usage: test_summary.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

awk -f tests/command/summary_reports.awk >"$work/month"
lines="summary --input lines"

# The page has the time of its creation.
export SOURCE_DATE_EPOCH=1775304000

# same NAME FILE FILE
same() {
  wanted "$1" || return 0
  cmp "$2" "$3" || fail "$1"
}
sum() { "$tlsrpt" summary "$@" 2>"$work/errors"; }

# Each format over the same month.
input=$work/month
# shellcheck disable=SC2086
for format in text json csv html prometheus; do check "summary-$format" 0 $lines --format $format; done
# shellcheck disable=SC2086
{
  check summary-days 0 $lines --since 2026-03-30 --until 2026-03-31T23:00:00Z --domain broken.example
  check summary-only-failures 0 $lines --only-failures
  check summary-all-well 0 $lines --only-failures --domain young.example
  check summary-rate-above 4 $lines --fail-if-failures 5% --format csv --domain broken.example --since 2026-04-03
  check summary-rate-below 0 $lines --fail-if-failures 0.2 --only-failures --domain young.example
  check summary-rules 0 $lines --days 3 --reporters 1 --domain young.example
  check summary-cap 0 $lines --max-rows 2
}
# --only-failures leaves out the domain without failures in each format. The tables and keys in JSON are for --add alone.
for format in text csv html json prometheus; do
  wanted "only-failures-$format" || continue
  sum --input lines --format $format --only-failures <"$work/month" >"$work/output" || fail "only-failures-$format: status $?"
  sed 's/<wbr>//g; s/"tables":.*//' "$work/output" >"$work/failing" # the page lets long names wrap
  grep -q 'broken\.example' "$work/failing" || fail "only-failures-$format: no domain with failures"
  if grep -q 'young\.example' "$work/failing"; then fail "only-failures-$format: a domain without failures"; fi
done
# Ready to enforce? The least that is enough, and one less: reports on 14 days, on 7 of the last 14, from 2 organizations.
# reports_of ORGANIZATION DAY...: a report of each day of March 2026.
reports_of() {
  local organization=$1 day
  shift
  for day; do
    printf '{"organization-name":"%s","report-id":"%s %s","date-range":{"start-datetime":"2026-03-%02dT00:00:00Z",' \
      "$organization" "$organization" "$day" "$day"
    printf '"end-datetime":"2026-03-%02dT23:59:59Z"},"policies":[{"policy":{"policy-type":"sts","policy-domain":"a.example",' "$day"
    printf '"policy-string":["version: STSv1","mode: testing","mx: a.example","max_age: 86400"]},'
    printf '"summary":{"total-successful-session-count":5,"total-failure-session-count":0}}]}\n'
  done
}
# ready NAME ANSWER MISSING OPTION...: what the summary of standard input says.
ready() {
  local name=$1 expected="\"answer\":\"$2\" \"missing\":[$3]"
  shift 3
  wanted "$name" || return
  sum --input lines --format json "$@" >"$work/output" || fail "$name: status $?"
  local found
  found=$(grep -oE '"(answer":"[^"]*"|missing":\[[^]]*\])' "$work/output" | tr '\n' ' ')
  [[ ${found% } == "$expected" ]] || fail "$name: $found"
}
missing() { printf '{"what":"%s","have":%d,"required":%d}' "$@"; }
late=(25 26 27 28 29 30 31)
reports_of one {1..7} "${late[@]}" >"$work/one-reporter"
reports_of two 31 >"$work/second"
cat "$work/one-reporter" "$work/second" >"$work/enough"
sed 1d "$work/enough" >"$work/thirteen-days"
{
  reports_of one {1..8} "${late[@]:1}"
  cat "$work/second"
} >"$work/six-recent-days"
ready ready-enough ready '' <"$work/enough"
ready ready-days 'cannot tell' "$(missing days 14 15),$(missing recent_days 7 8)" --days 15 <"$work/enough"
ready ready-reporters 'cannot tell' "$(missing reporters 2 3)" --reporters 3 <"$work/enough"
ready ready-default-days 'cannot tell' "$(missing days 13 14)" <"$work/thirteen-days"
ready ready-fewer-days ready '' --days 13 <"$work/thirteen-days"
ready ready-default-reporters 'cannot tell' "$(missing reporters 1 2)" <"$work/one-reporter"
ready ready-one-reporter ready '' --reporters 1 <"$work/one-reporter"
undated() { reports_of "$@" | sed 's/"date-range":{[^}]*},//'; }
ready ready-undated 'cannot tell' "$(missing days 13 14),$(missing reporters 1 2)" < <(sed 1d "$work/one-reporter" && undated two 1)
ready ready-recent-days 'cannot tell' "$(missing recent_days 6 7)" <"$work/six-recent-days"
# A report of up to 31 days covers them all, and a longer one its first day. One that ends as a day begins does not cover that day.
period() { reports_of one 1 | sed "s/\(end-datetime\":\"\)[^\"]*/\1$1Z/"; }
gaps() {
  wanted "$1" || return 0
  { period "$2" && reports_of one 31; } | sum --input lines --format text >"$work/output" || fail "$1: status $?"
  grep -qE "$3" "$work/output" || fail "$1: $(grep -A 3 '^  Reporters' "$work/output")"
}
gaps period-31 2026-03-31T23:59:59 'one: 2 reports from 2026-03-01 to 2026-03-31$'
gaps period-32 2026-04-01T23:59:59 'one: 2 reports from 2026-03-01 to 2026-03-31, none on 29 days'
gaps period-midnight 2026-03-02T00:00:00 'one: 2 reports from 2026-03-01 to 2026-03-31, none on 29 days'
gaps period-second 2026-03-02T00:00:01 'one: 2 reports from 2026-03-01 to 2026-03-31, none on 28 days'
# says NAME TEXT OPTION...: what the summary of standard input has, up to the end of the line if the text ends with $.
says() {
  local name=$1 text=$2
  shift 2
  if wanted "$name"; then
    sum --input lines "$@" | sed 's/$/$/' >"$work/output" || fail "$name: status $?"
    grep -qF -- "$text" "$work/output" || fail "$name: $(sed 's/$$//' "$work/output")"
  fi
}
# Two days without a report are more than a late one. No report is expected in the future, and until a day that is not.
says late ' one: 30 reports from 2026-03-01 to 2026-03-30, none on 1 day (2026-03-31)$' < <(reports_of one {1..30} && reports_of two {1..31})
says stopped ' (2026-03-30 to 2026-03-31); no report since 2026-03-29$' < <(reports_of one {1..29} && reports_of two {1..31})
says until-future ' one: 3 reports from 2026-03-01 to 2026-03-03$' --until 2999-01-01 < <(reports_of one {1..3})
says until-past ' (2026-03-04 to 2026-03-05); no report since 2026-03-03$' --until 2026-03-05 < <(reports_of one {1..3})
# failing FAILED RESULT=FAILED...: a report of each day from 1 to 14, each with these failures.
failing() {
  local all=$1 details='' result
  shift
  for result; do details+=",{\"result-type\":\"${result%=*}\",\"failed-session-count\":${result#*=}}"; done
  reports_of one {1..14} | sed "s/failure-session-count\":0}/failure-session-count\":$all},\"failure-details\":[${details#,}]/"
}
# The result with most failures of all days together, and no more sessions than failed. Those without a policy would not be lost.
says loss-worst 'have lost up to 98 of 168 sessions from 2026-03-01 to 2026-03-14, mostly because of certificate-expired.' \
  < <(failing 7 certificate-expired=4 certificate-host-mismatch=3)
says loss-last 'mostly because of certificate-host-mismatch.' < <(failing 7 certificate-expired=3 certificate-host-mismatch=4)
says loss-twice 'have lost up to 28 of 98 sessions' < <(failing 2 certificate-expired=2 starttls-not-supported=2)
says loss-none 'have lost none of 84 sessions' < <(failing 1 sts-policy-fetch-error=1)
says loss-unprotected 'In 14 sessions the sender could not get the policy' < <(failing 1 sts-policy-fetch-error=1)
# What explains the failures, and whether there was any session.
ready ready-details 'cannot tell' "$(missing details 14 28)" --reporters 1 < <(failing 2 sts-policy-fetch-error=1)
ready ready-explained ready '' --reporters 1 < <(failing 2 sts-policy-fetch-error=2)
ready ready-sessions 'cannot tell' "$(missing sessions 0 1)" --reporters 1 < <(reports_of one {1..14} | sed 's/count":5/count":0/')
ready ready-session ready '' --reporters 1 < <(reports_of one {1..14} | sed 's/count":5/count":0/; 1s/successful-session-count":0/successful-session-count":1/')
# A reporter counts that reported in the last 14 days.
ready ready-past 'cannot tell' "$(missing reporters 1 2)" < <(reports_of one {1..28} && reports_of two 14)
ready ready-present ready '' < <(reports_of one {1..28} && reports_of two 15)
# More hosts, senders and reasons of a cause, and more causes, than are shown.
{
  printf '{"organization-name":"a","report-id":"1","date-range":{"start-datetime":"2026-03-01T00:00:00Z",'
  printf '"end-datetime":"2026-03-01T23:59:59Z"},"policies":[{"policy":{"policy-type":"sts","policy-domain":"a.example"},'
  printf '"summary":{"total-successful-session-count":5,"total-failure-session-count":135},"failure-details":['
  for i in {1..15}; do
    printf '{"result-type":"certificate-expired","receiving-mx-hostname":"mx%d.a.example","sending-mta-ip":"192.0.2.%d",' "$i" "$i"
    printf '"failure-reason-code":"reason %d","failed-session-count":%d},{"result-type":"type-%d","failed-session-count":1},' "$i" "$i" "$i"
  done
  printf '{}]}]}\n'
} >"$work/many"
input=$work/many
check summary-many 0 summary --input lines
check summary-many-html 0 summary --input lines --format html
input=/dev/null
# others NAME FORMAT MOST TEXT FORM: as many are shown, and of one more that it is there.
hosts() {
  reports_of one 1 | sed 's/}}\]}$/},"failure-details":[/' | tr -d '\n'
  for ((i = 1; i <= $1; i++)); do
    printf '{"result-type":"certificate-expired","receiving-mx-hostname":"mx%d.a.example","failed-session-count":1},' "$i"
  done
  echo '{"failed-session-count":0}]}]}'
}
# shellcheck disable=SC2317 # called by their names
ranges() { reports_of one $(seq 1 2 $((2 * $1))); }
# shellcheck disable=SC2317
reporters() { for ((i = 1; i <= $1; i++)); do reports_of "reporter $i" 1; done; }
others() {
  wanted "others-$1" || return 0
  local more
  for more in 0 1; do
    "$5" $(($3 + more)) | sum --input lines --format "$2" --days 14 >"$work/output" || fail "others-$1: status $?"
    [[ $(grep -cF -- "$4" "$work/output") == $((more)) ]] || fail "others-$1: $(($3 + more)) are shown as $(grep -F "$4" "$work/output")"
    if grep -qF 'and 0 others' "$work/output"; then fail "others-$1: none"; fi
  done
}
others hosts-text text 5 'and 1 other' hosts
others hosts-html html 10 'and 1 other' hosts
others ranges text 4 ', ....' ranges
others gaps text 4 ', ...)' ranges
others reporters text 5 'and 1 other' reporters
# Where the sum has no failures, those of the details count: here 5 beside 5 sessions.
if wanted rate-of-details; then
  for row in 99%:4 100%:0; do
    hosts 5 | sum --input lines --fail-if-failures "${row%:*}" >"$work/output"
    [[ $? == "${row#*:}" ]] || fail "rate-of-details: $row"
  done
fi
# A report that begins tomorrow is dated, as clocks and zones differ, and a later one counts as undated. Not with a clock that was
# never set.
now=$(date -u +%s)
begins() { # DAYS FUTURE
  reports_of one 1 | sed "s/2026-03-01/$(date -u -d "@$((now + $1 * 86400))" +%F)/g" | sum --input lines --format json >"$work/output"
  grep -q "\"future\":$2," "$work/output" || fail "future: in $1 days"
}
if wanted future && ((now > 1793491200)); then
  begins 1 0
  begins 2 1
fi
# Names are cut at 255 bytes, before a character that would be cut.
if wanted long-names; then
  reports_of "$(printf 'é%.0s' {1..200})" 1 | sum --input lines --format json >"$work/output"
  grep -qF "\"$(printf 'é%.0s' {1..127})\"" "$work/output" || fail "long-names: $(grep -oE '"(é)+[^"]*"' "$work/output" | head -n 1)"
fi
# A NUL becomes U+FFFD, if its three bytes have room.
for row in 251:$'\xef\xbf\xbdb' 252:$'\xef\xbf\xbd' 253: 254: 255:; do
  wanted "long-nul-${row%%:*}" || continue
  text=$(printf "%${row%%:*}s" '' | tr ' ' a)
  reports_of one 1 | sed "s/\"one\"/\"$text\\\\u0000b\"/" | sum --input lines --format json >"$work/output"
  grep -qF "\"$text${row#*:}\"" "$work/output" || fail "long-nul-${row%%:*}: $(grep -oE '"aaa[^"]*"' "$work/output" | head -n 1)"
done
input=/dev/null
check summary-no-input 1 summary
check summary-bad-day 2 summary --since yesterday -
check summary-bad-rate 2 summary --fail-if-failures 120% -
check summary-bad-days 2 summary --days 0 -
check summary-bad-format 2 summary --format pdf -

# Lines in any order, and each report twice, give the same; what was left out is reported.
sort "$work/month" >"$work/sorted"
sum --input lines --format json <"$work/month" >"$work/all.json"
sum --input lines --format json <"$work/sorted" >"$work/sorted.json"
same order "$work/all.json" "$work/sorted.json"
cat "$work/month" "$work/month" >"$work/twice"
sum --input lines <"$work/twice" >"$work/twice.text"
if wanted repeated; then
  grep -q '^167 duplicate reports left out\.$' "$work/twice.text" || fail 'repeated: not reported'
  diff "$expected/summary-text" <(grep -v 'left out' "$work/twice.text") || fail 'repeated: counted'
fi

# The same report-id with another content is another report, so that a forged one cannot displace it.
sed 's/"total-successful-session-count":/&1/g' "$work/month" >"$work/forged"
cat "$work/forged" "$work/month" "$work/forged" >"$work/both"
if wanted forged; then
  sum --input lines --format json <"$work/both" | grep -q '"reports":334,"repeated":167,' || fail 'forged: another content is not counted'
fi

# Of three contents each is there once.
if wanted forged-thrice; then
  line=$(reports_of one 1)
  for i in 5 6 7 7; do echo "${line/count\":5/count\":$i}"; done | sum --input lines --format json >"$work/output"
  found=$(sed 's/.*"conflicts":\[\[/[/' "$work/output" | grep -oE '\["one","one 1","[0-9a-f]*","",0,0,1,' | sort -u | wc -l)
  [[ $found == 3 ]] || fail "forged-thrice: $found: $(grep -o '"conflicts".*' "$work/output")"
fi

# Also of many others, each with its two contents.
if wanted forged-many; then
  line=$(reports_of one 1)
  for i in {1..1100}; do echo "${line/one 1/one $i}"; done >"$work/ids"
  sum --input lines --fail-if-conflicts <"$work/ids" >"$work/output" || fail "forged-many: $(tail -n 3 "$work/output")"
  sed 's/count":5/count":6/' "$work/ids" | cat "$work/ids" - | sum --input lines --format json >"$work/output"
  found=$(sed 's/.*"conflicts":\[//' "$work/output" | grep -oE '"one [0-9]+"' | wc -l)
  [[ $found == 2200 ]] || fail "forged-many: $found"
fi

# A policy that is no object may have failures that nobody can count: the summary says so in each format that has a place for it, the
# rate is unknown, and --add carries it over.
if wanted unreadable; then
  head -1 "$work/month" >"$work/good"
  for broken in '7,' '"x",{}' 'null,[],'; do
    sed "s/\"policies\":\[/&${broken%,},/" "$work/good" >"$work/odd"
    sum --input lines --format json <"$work/odd" >"$work/odd.json"
    grep -q '"unreadable":1,' "$work/odd.json" || fail "unreadable: $broken: JSON"
    for format in text html; do
      sum --input lines --only-failures --format $format <"$work/odd" |
        grep -q '1 report with a policy in a form that cannot be read' || fail "unreadable: $broken: $format"
    done
    sum --input lines --fail-if-failures 99% <"$work/odd" >"$work/out"
    [[ $? == 4 ]] || fail "unreadable: $broken: the rate"
    if sum --format json --add "$work/odd.json" >"$work/out" 2>"$work/err"; then same unreadable-add "$work/odd.json" "$work/out"; fi
  done
  sum --input lines --format json <"$work/good" | grep -q '"unreadable":0,' || fail 'unreadable: a good report'
fi

# Some senders write all lines of the policy into one string; its mode counts too.
sed 's/"version: STSv1","mode: /"version: STSv1\\nmode: /g' "$work/month" >"$work/joined"
grep -q 'STSv1.nmode' "$work/joined" || fail 'joined: no lines were joined'
sum --input lines <"$work/joined" >"$work/joined.text"
same joined "$work/joined.text" "$expected/summary-text"

# The domain with most failures comes first, whatever its name is.
if wanted worst-first; then
  sed 's/[Bb]roken/zz-broken/g' "$work/month" | sum --input lines >"$work/worst"
  [[ $(sed -n '2s/ .*//p' "$work/worst") == zz-broken.example ]] || fail "worst-first: $(head -4 "$work/worst")"
  [[ $(grep -n '^[a-z.-]*$' "$work/worst" | grep -m 1 '[a-z]') == *:zz-broken.example ]] || fail 'worst-first: the sections'
fi
# The change needs eight days.
if wanted change; then
  for since in 2026-03-27:0.00 2026-03-28:null; do
    sum --input lines --format json --domain broken.example --since "${since%:*}" <"$work/month" |
      grep -q "\"policy_type\":\"sts\".*\"change\":${since#*:},.*\"policy_type\":\"tlsa\"" || fail "change: since $since"
  done
fi
# SOURCE_DATE_EPOCH is a number of seconds, and nothing else.
if wanted epoch; then
  while IFS='=' read -r epoch day; do
    SOURCE_DATE_EPOCH=$epoch sum --input lines --format html <"$work/month" >"$work/page"
    grep -qF "created on <span class=\"day\">$day" "$work/page" || fail "epoch: '$epoch': $(grep -o 'created on .*' "$work/page")"
  done <<END
0=1970-01-01
1583020799=2020-02-29
-1=$(date -u +%F)
+1=$(date -u +%F)
 1=$(date -u +%F)
1x=$(date -u +%F)
=$(date -u +%F)
END
fi
# One domain needs no overview.
if wanted no-overview; then
  sum --input lines --domain broken.example <"$work/month" | head -1 | grep -qx 'broken\.example' || fail no-overview
fi

# What a summary wrote is read again to the same, and shards make the whole, in any order and any format. Without yajl this is an
# error that says so.
if sum --format json --add "$work/all.json" >"$work/again.json"; then
  same read-again "$work/all.json" "$work/again.json"
  # Names of the greatest length, of which bytes take one, two or three in JSON, and the greatest counts.
  for unit in a 'é' $'\xff' '\u0001'; do reports_of "$(printf "%s$unit" {1..300} | tr -d 0-9)" 1; done >"$work/longest"
  for name in "$work/longest" tests/data/summary/hostile.lines; do
    sum --input lines --format json <"$name" >"$work/first.json"
    sum --format json --add "$work/first.json" >"$work/again.json"
    same "read-again-${name##*/}" "$work/first.json" "$work/again.json"
  done
  split -n r/4 "$work/month" "$work/shard."
  for shard in "$work"/shard.??; do sum --input lines --format json <"$shard" >"$shard.json"; done
  # add FILE...: the options that add these summaries.
  add() { adds=("${@/#/--add=}"); }
  add "$work"/shard.*.json
  sum --format json "${adds[@]}" >"$work/merged.json"
  same shards "$work/all.json" "$work/merged.json"
  add "$work"/shard.ad.json "$work"/shard.a[cba].json
  sum "${adds[@]}" >"$work/merged.text"
  same shards-text "$expected/summary-text" "$work/merged.text"
  # Shards and reports, in any order of the arguments.
  add "$work"/shard.a[abc].json
  sum --input lines --format json - "${adds[@]}" <"$work/shard.ad" >"$work/mixed.json"
  same shards-and-reports "$work/all.json" "$work/mixed.json"
  # Reports that are in an added summary are not counted again.
  sum --input lines --format json --add "$work/all.json" <"$work/month" >"$work/known.json"
  grep -q '"reports":167,"repeated":167,' "$work/known.json" || fail "known: $(head -c 200 "$work/known.json")"
  # --domain selects rows. Conflicts have no domain, so they stay.
  sum --format json --input lines <"$work/both" >"$work/conflicts.json"
  status=0
  sum --format json --domain young.example --fail-if-conflicts --add "$work/conflicts.json" >"$work/one.json" || status=$?
  [[ $status == 4 ]] || fail "added-conflicts: status $status"
  grep -q '"policy_domain":"young.example"' "$work/one.json" || fail 'added-domain: nothing selected'
  if grep -q '"policy_domain":"broken.example"' "$work/one.json"; then fail 'added-domain: another one'; fi
  # From standard input and from a FIFO.
  sum --format json --add - <"$work/all.json" >"$work/again.json"
  same add-stdin "$work/all.json" "$work/again.json"
  sum --format json --add <(cat "$work/all.json") >"$work/again.json"
  same add-fifo "$work/all.json" "$work/again.json"
  # The same shard twice is an error.
  check summary-overlap 1 summary --add "$work/shard.aa.json" --add "$work/shard.aa.json"
  # One that is cut or changed adds nothing.
  head -c 3000 "$work/all.json" >"$work/cut.json"
  sed 's/"causes":\[\["broken.example","sts",/&"more",/' "$work/all.json" >"$work/changed.json"
  sed 's/"modes":\[/"other&/' "$work/all.json" >"$work/missing.json"
  sed 's/"tables":{"days":\[/&1,/' "$work/all.json" >"$work/scalar.json"
  sed 's/"tlsrpt-summary":1/"tlsrpt-summary":2/' "$work/all.json" >"$work/newer.json"
  add "$work"/{cut,changed,missing,scalar,newer,shard.aa}.json
  check summary-bad-summary 1 summary "${adds[@]}"
  # A summary that could not store all keys says so in each sum that it is part of.
  sed 's/"keys_are_missing":0/"keys_are_missing":1/' "$work/all.json" >"$work/part.json"
  sum --add "$work/part.json" >"$work/out"
  grep -q '^Too many reports to recognize all duplicates\.$' "$work/out" || fail 'keys-missing: text'
  sum --format json --add "$work/part.json" >"$work/out"
  grep -q '"keys_are_missing":1' "$work/out" || fail 'keys-missing: json'
  # One that was written anew is still known.
  sed 's/{"tlsrpt-summary":1,/ {\n  "tlsrpt-summary" : 1,\n/' "$work/all.json" >"$work/spaced.json"
  sum --format json --add "$work/spaced.json" >"$work/again.json"
  same spaced "$work/all.json" "$work/again.json"
  check summary-narrow 1 summary --since 2026-03-01 --add "$work/shard.aa.json"
else
  grep -q 'no yajl' "$work/errors" || fail "read-again: $(<"$work/errors")"
fi

# Only --add adds a summary. Anyone can send one in a mail, so a summary counts nothing anywhere else: in a folder, on standard input,
# in an item of it, or compressed.
mkdir "$work/folder"
cp "$work/all.json" "$work/folder/forged.json"
cp tests/data/reports/week.json "$work/folder/week.json"
check summary-in-folder 1 summary --format csv "$work/folder"
input=$work/all.json
check summary-in-stdin 1 summary --format csv -
check summary-in-lines 1 summary --format csv --input lines
input=/dev/null
gzip -c "$work/all.json" >"$work/forged.json.gz"
check summary-in-gzip 1 summary --format csv "$work/forged.json.gz"
# What --add cannot read is an error, and the reports are counted all the same.
check summary-add-other 1 summary --format csv --add "$work/folder/week.json" --add "$work/folder" --add "$work/none" --add "" \
  --add /dev/null "$work/folder/week.json"
check summary-add-nothing 2 summary --add

# Counts that cannot be read are not taken for none.
sed 's/"total-failure-session-count":[0-9]*/"total-failure-session-count":"three"/' "$work/month" >"$work/untold"
input=$work/untold
# shellcheck disable=SC2086
check summary-untold 4 $lines --domain ready.example --fail-if-failures 1%
# An unknown number is not 0 in any format: a domain of which no count can be read, and another where that is so on one day of two.
{
  reports_of one 1 2 | sed 's/a\.example/unknown.example/; s/"total-failure-session-count":0/"total-failure-session-count":-1/'
  reports_of two 1 | sed 's/a\.example/partly.example/; s/,"total-failure-session-count":0//'
  reports_of two 2 | sed 's/a\.example/partly.example/'
} >"$work/uncounted"
input=$work/uncounted
# shellcheck disable=SC2086
for format in text csv json html prometheus; do check "summary-uncounted-$format" 0 $lines --format $format; done
# shellcheck disable=SC2086
check summary-uncounted-failures 0 $lines --format csv --only-failures
# The share of the last week is not better than before, only less known.
{
  reports_of one {1..7} | sed 's/"total-failure-session-count":0/"total-failure-session-count":5/'
  reports_of one {8..14} | sed 's/"total-failure-session-count":0/"total-failure-session-count":"?"/'
} >"$work/uncounted-week"
if wanted uncounted-week; then
  sum --input lines <"$work/uncounted-week" >"$work/output" || fail "uncounted-week: status $?"
  if grep -E 'better|no change|last seven days' "$work/output"; then fail 'uncounted-week: a change'; fi
  grep -q 'at least 35 failed' "$work/output" || fail "uncounted-week: $(<"$work/output")"
fi
input=/dev/null
# Without a count of successful sessions the number of sessions is too low.
{
  reports_of one 1 2 | sed 's/"total-successful-session-count":5,"total-failure-session-count":0/"total-failure-session-count":3/'
  reports_of one 3
} >"$work/no-successes"
if wanted no-successes; then
  for format in text html json; do
    case $format in
    json) text='"entries_without_successful_count":2' ;;
    *) text='2 policies have no readable count of successful sessions, so the number of sessions is too low.' ;;
    esac
    sum --input lines --format $format <"$work/no-successes" >"$work/output" || fail "no-successes-$format: status $?"
    grep -qF "$text" "$work/output" || fail "no-successes-$format: $(head -c 1000 "$work/output")"
  done
  sum --input lines --format json <"$work/no-successes" >"$work/first.json"
  if sum --format json --add "$work/first.json" >"$work/again.json"; then same no-successes-added "$work/first.json" "$work/again.json"; fi
fi
# So are details without a count: a domain with such a failure is never ready, whatever the totals say.
failing() { sed 's/\(failure-session-count":0}\)}/\1,"failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.1"'"$1"'}]}/'; }
{
  reports_of one {1..14} | failing ''
  reports_of two 14
} >"$work/uncounted-details"
input=$work/uncounted-details
# shellcheck disable=SC2086
for format in text csv json html prometheus; do check "summary-uncounted-details-$format" 0 $lines --format $format --only-failures; done
input=/dev/null
failing ',"failed-session-count":0' <"$work/enough" >"$work/zero-details"
ready ready-uncounted-details 'cannot tell' "$(missing detail_counts 0 14)" <"$work/uncounted-details"
ready ready-zero-details ready '' <"$work/zero-details"
# One of several details of a cause lacks it.
{
  reports_of one 1 | failing ''
  reports_of two 2 | failing ',"failed-session-count":3'
} >"$work/some-details"
if wanted some-details; then
  sum --input lines <"$work/some-details" >"$work/output" || fail "some-details: status $?"
  for text in 'certificate-expired, at least 3 sessions' 'from 192.0.2.1 (at least 3)'; do
    grep -qF "$text" "$work/output" || fail "some-details: $(<"$work/output")"
  done
fi
# The days are also known after a summary was added. One of an earlier version has no days without a count.
sum --input lines --format json <"$work/uncounted" >"$work/first.json"
if sum --format json --add "$work/first.json" >"$work/again.json"; then
  same uncounted-added "$work/first.json" "$work/again.json"
  sed 's/,"uncounted_days":\[[^}]*}/}/' "$work/first.json" >"$work/earlier.json"
  cmp -s "$work/first.json" "$work/earlier.json" && fail 'uncounted-earlier: nothing is left out'
  sum --format json --add "$work/earlier.json" >"$work/again.json" || fail "uncounted-earlier: $(<"$work/errors")"
  grep -q '"entries_without_failed_count":2' "$work/again.json" || fail 'uncounted-earlier: no counts'
fi

# What could not be read may have had failures, so each format that has a place for it counts the bad inputs, also of an added summary.
reports_of one 1 2 >"$work/some-bad"
printf '{"policies":[\n\n42\n' >>"$work/some-bad"
# bad_inputs NAME COUNT OPTION...
bad_inputs() {
  local name=$1 count=$2 format wanted
  shift 2
  for format in text html json prometheus; do
    wanted "$name-$format" || continue
    sum --format $format "$@" <"$work/some-bad" >"$work/output" && fail "$name-$format: status 0"
    case $format in
    text) wanted="^$count inputs left out: unreadable or refused\.$" ;;
    html) wanted="^<p>$count inputs left out: unreadable or refused\.</p>$" ;;
    json) wanted="\"bad_inputs\":$count," ;;
    prometheus) wanted="^trpt_bad_inputs $count$" ;;
    esac
    grep -q "$wanted" "$work/output" || fail "$name-$format: $(tail -n 5 "$work/output")"
  done
}
bad_inputs bad-inputs 4 --input lines - "$work/no-such-folder"
bad_inputs bad-add 2 --add "$work/none" --add tests/data/reports/week.json
sum --input lines --format json <"$work/some-bad" >"$work/some-bad.json"
if sum --format json --add "$work/some-bad.json" >"$work/again.json"; then same bad-inputs-added "$work/some-bad.json" "$work/again.json"; fi

# Names from strangers: markup, control characters, formulas, quotes; counts near 2^64; dates before and after all others.
input=tests/data/summary/hostile.lines
# shellcheck disable=SC2086
for format in text json csv html prometheus; do check "summary-hostile-$format" 1 $lines --format $format; done
# shellcheck disable=SC2086
check summary-no-formula-guard 1 $lines --format csv --no-formula-guard # for a database
if wanted markup; then
  sed '/^--- stderr/,$d' "$expected/summary-hostile-html" >"$work/page"
  if grep -aE '<(script|img|b)[ >]|</svg><script' "$work/page"; then fail 'markup: the page has elements of the reports'; fi
  grep -q '</html>' "$work/page" || fail 'markup: no page'
fi
input=/dev/null

# Output that cannot be written.
for format in text json csv html prometheus; do unwritable "unwritable-$format" 2 summary --format $format "$work/month"; done
for i in {1..40}; do sed -n "s/roken/&$i/gp" "$work/month"; done >"$work/domains"
input=$work/domains
# shellcheck disable=SC2086
leaves leaves-json $lines --format json

finish
