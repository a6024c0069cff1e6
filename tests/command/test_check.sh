#!/bin/bash
# SPDX-License-Identifier: MIT
# tlsrpt check against real DNS servers on loopback. usage: test_check.sh SOURCE_DIR BUILD_DIR
# shellcheck disable=SC2317 # functions are called by their names
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
# shellcheck source=tests/dns/servers.sh
source "${0%/*}/../dns/servers.sh"
# shellcheck source=tests/tools/blocks.sh
source "${0%/*}/../tools/blocks.sh"

# Debian: knot unbound bind9-dnsutils python3
need knotd keymgr unbound dig
need_python
start_servers knot unbound odd || exit 1

# ask SERVER NAME STATUS ARGUMENT...
ask() {
  local server=$1 name=$2 status=$3
  shift 3
  check "check-$name" "$status" check --server "$server" "$@"
}

# plain NAME STATUS [OPTION...]: the domain NAME.plain.example, asked of the server that has the zone.
plain() {
  local name=$1 status=$2
  shift 2
  ask "$knot" "$name" "$status" "$name.plain.example" "$@"
}

# The verdict, and what is to be mended.
plain good 0 --mx
ask "$knot" good-json 0 --format json --mx good.plain.example
plain nothing 1
plain nowhere 1
plain wild 1
plain two 1
plain beside 0
plain lost 1
plain dmarc 1
for name in apex only-tls draft short doubled near; do plain $name 1; done
plain both 0
for name in case versionless grammar unusable no-rua empty; do plain $name 1; done
ask "$knot" grammar-json 1 --format json grammar.plain.example case.plain.example

for name in pasted escaped entry marked bang; do plain $name 1; done

# Where reports go.
plain self 0
plain implicit 0
plain destinations 0
plain overfull 0
plain impossible 1
plain takes-none 0
for name in dead dead-null dead-some; do plain $name 1; done
plain half-dead 0
plain aliased 0
ask "$knot" dead-json 1 --format json {dead,half-dead,good,unusable,nothing}.plain.example
plain many 1

# How the record is kept.
plain hour 0
plain minute 0
plain split 0
plain binary 1
ask "$knot" binary-json 1 --format json binary.plain.example
plain long 0
plain longer 0
ask "$knot" longer-tcp 0 --tcp --format json longer.plain.example

# Aliases. A loop and too many of them say nothing of the record.
plain alias 0
plain dangling 1
plain links16 0
plain links17 3
plain loop 3

# A resolver that validates: signed, not signed, and signed wrongly.
# First, since JSON has the TTL, which a cache counts down.
ask "$unbound" aliased-json 0 --format json aliased.signed.example aliased.plain.example
ask "$unbound" signed 0 --mx signed.example
ask "$unbound" signed-alias 0 alias.signed.example
ask "$unbound" signed-aliased 0 aliased.signed.example
ask "$unbound" unsigned 0 good.plain.example
ask "$unbound" cached 0 minute.plain.example
ask "$unbound" bogus 3 bogus.example

# Names.
ask "$knot" names 1 good.plain.example 'bücher.plain.example.' BÜCHER.plain.example under_score.example '' . a..b \
  192.0.2.1 _smtp._tls.good.plain.example "$(printf 'a%.0s' {1..64}).example" "$(printf 'a.%.0s' {1..127})a" \
  "$(printf 'a.%.0s' {1..121})b" $'\xff.example' $'\x1b[31m.example' --format json
ask "$knot" names-text 0 good.plain.example 'bücher.plain.example.' BÜCHER.plain.example
ask "$knot" within 1 https://u@good.plain.example:443/x?y@z mailto:a@good.plain.example?s=b@c a@b@good.plain.example \
  good.plain.example/ a@ https:// mailto:a@192.0.2.1 'https://[2001:db8::1]/' 2001:db8::1 a.1 --format json
for form in zone terraform octodns; do ask "$knot" "publish-$form" 0 {good,two,case}.plain.example --publish $form; done
ask "$knot" publish-none 1 --publish zone nothing.plain.example good.plain.example a..b
ask "$knot" publish-unknown 3 --publish zone loop.plain.example
printf 'good.plain.example\n\n  two.plain.example\t\r\nno name\n%s\ngood.plain.example' \
  "$(head -c 10000000 /dev/zero | tr '\0' a)" >"$work/names"
input=$work/names
ask "$knot" stdin 1 -
ask "$knot" stdin-json 1 --format json nothing.plain.example - two.plain.example
printf 'a\0b.example\ngood.plain.example\n' >"$work/names"
ask "$knot" stdin-nul 1 --format json -
input=tests/data
check check-stdin-folder 1 check -
input=/dev/null
ask "$knot" stdin-empty 0 -

# The order is that of the input, whatever takes longer.
later ask "$odd" order 3 --jobs 3 --timeout 60 --format json {late,good,late,good,servfail,late,good}.example

# Servers that do not answer as they should, odd_server.py. Each failure is reported, and never as a record that is not there.
failures_of() {
  ask "$@"
  [[ ! -s $work/out ]] || ! grep -v '"verdict":"unknown"' "$work/out" || fail "check-$2: a failure became an answer"
}
later failures_of "$odd" odd-failures 3 --timeout 60 --format json {servfail,notimp,refused,formerr,rcode}.example \
  {cut,length,length-less,string-length,no-strings,count,pointer-loop,pointer-forward}.example \
  {alias-pointer-loop,alias-long,alias-loop,truncated-always}.example
later failures_of "$odd" odd-silent 3 --timeout 5 --format json {silent,only-forged,garbage,short,alias-silent}.example
later failures_of "$odd" odd-no-tcp 3 --timeout 60 --format json truncated-closed.example
# Over TCP, a query is not repeated, so it may take all the time that there is.
later ask "$odd" tcp-late 0 --tcp --timeout 60 too-late.example
# The answer to the first name arrives while the second one waits.
later failures_of "$odd" odd-too-late 3 --jobs 1 --timeout 5 --format json {too-late,silent}.example
later ask "$odd" odd-good 0 --timeout 60 {good,late,forged-id,flood,forged-question,no-edns,bad-edns,alias,alias-binary,alias-and-txt,truncated,ttl}.example
ask "$odd" mx-fails 0 --timeout 60 mx-fails.example
# Of several verdicts, none precedes unknown in the exit status.
ask "$odd" bad-first 1 --timeout 5 --format json {silent,control}.example
ask "$odd" odd-none 1 {other-owner,other-class,thousand,control}.example
ask "$odd" odd-json 1 --format json {forged-id,forged-question,other-owner,control}.example
# Where one server fails the next one is asked, also where the first cannot be reached.
ask "$odd" next-server 0 --server "$knot" servfail.plain.example
ask "$odd" next-notimp 0 --server "$knot" notimp.plain.example
ask "$odd" next-refused 0 --server "$knot" refused.plain.example
later ask "$odd" next-silent 0 --server "$knot" --timeout 60 silent.plain.example
check check-server-unreachable 0 check --server "127.0.0.1:$(free_port)" --server "$knot" good.plain.example
ask "$odd" servers-fail 3 --timeout 60 --server "$odd" servfail.example

# What does not arrive in time besides the record does not change the verdict.
later ask "$odd" mute 0 --timeout 5 mute.example
later ask "$odd" mute-json 0 --timeout 5 --format json mute.example

# --timeout bounds all queries for a name together: here one takes six seconds, and then another one.
crawl() {
  local name=$1 timeout=$2 want=$3
  wanted "$name" || return 0
  limited "$tlsrpt" check --server "$odd" --timeout "$timeout" crawl.example >"$work/out"
  grep -q "$want" "$work/out" || fail "$name: $(<"$work/out")"
}
later crawl crawl-cut 9 check.not-found-out
later crawl crawl-whole 60 check.no-mail-host

# With few descriptors there are fewer jobs.
if wanted few-descriptors; then
  for _ in {1..60}; do echo good.plain.example; done >"$work/names"
  (
    ulimit -n 20
    exec "$tlsrpt" check --jobs 256 --server "$knot" --server "$odd" --format json - <"$work/names" >"$work/out" 2>"$work/err"
  ) || fail "few-descriptors: $(<"$work/err")"
  [[ $(grep -c '"verdict":"all"' "$work/out") == 60 ]] || fail "few-descriptors: $(head -n 3 "$work/out")"
fi

# A name that arrives late on standard input does not hold up those before it.
if wanted stdin-late; then
  mkfifo "$work/fifo"
  "$tlsrpt" check --server "$knot" - <"$work/fifo" >"$work/out" &
  exec 3>"$work/fifo"
  echo good.plain.example >&3
  eventually grep -q 'Senders will report' "$work/out" || fail 'stdin-late: the first name waits for the second'
  echo two.plain.example >&3
  exec 3>&-
  wait $! && fail 'stdin-late: two.plain.example is good'
  grep -q '^two.plain.example' "$work/out" || fail 'stdin-late: the second name is lost'
fi

# Colours of verdicts.
if wanted color; then
  for row in '32:good.plain.example:Senders will report:' '31:short.plain.example:Senders will not report' \
    '33:grammar.plain.example:Forgiving senders'; do
    IFS=: read -r code domain verdict <<<"$row"
    "$tlsrpt" check --server "$knot" --color always "$domain" >"$work/out"
    grep -qF $'\x1b['"${code}m$verdict" "$work/out" || fail "color: $domain: $(sed -n 2p "$work/out")"
    "$tlsrpt" check --server "$knot" --color never "$domain" >"$work/plain"
    sed 's/\x1b\[[0-9;]*m//g' "$work/out" | cmp - "$work/plain" || fail "color: $domain: colour changes the text"
  done
fi

# Of a text 50 diagnostics are shown, and those of four texts.
if wanted mistaken; then
  "$tlsrpt" check --server "$knot" --format json mistaken.plain.example >"$work/out"
  found=$(grep -o '"code":"record.bad-ext-name"' "$work/out" | wc -l)
  [[ $found == 200 ]] || fail "mistaken: $found diagnostics"
fi

# MTA-STS is there with one record.
for row in one:true two:false case:false later:false; do
  wanted "sts-${row%:*}" || continue
  "$tlsrpt" check --server "$knot" --format json "sts-${row%:*}.plain.example" >"$work/out"
  grep -qF "\"mta_sts\":${row#*:}," "$work/out" || fail "sts-${row%:*}: $(grep -o '"mta_sts":[a-z]*' "$work/out")"
done

# An alias is signed, and its TTL is what its owner chose, if that holds for all of it.
for row in both:2 neither:0 both-to-both:2 both-to-neither:0 neither-to-both:0; do
  wanted "whole-${row%:*}" || continue
  "$tlsrpt" check --server "$odd" --format json "${row%:*}.example" >"$work/out"
  found=$(grep -oE '"signed":true|"record.low-ttl"' "$work/out" | wc -l)
  [[ $found == "${row#*:}" ]] || fail "whole-${row%:*}: $(<"$work/out")"
done

if wanted badvers; then
  "$tlsrpt" check --server "$odd" --format json badvers.example >"$work/out"
  grep -qF '"verdict":"unknown","reason":"the server answered with an error"' "$work/out" || fail "badvers: $(<"$work/out")"
fi

# After an alias, which only the second server knew, the first one is asked again.
if wanted next-then-first; then
  "$tlsrpt" check --server "$odd" --server "$knot" --format json far.servfail.plain.example >"$work/out"
  grep -qF '"verdict":"all"' "$work/out" || fail "next-then-first: $(<"$work/out")"
fi

# That there are no TLSA records is signed only if all aliases are.
if wanted pointing; then
  "$tlsrpt" check --server "$unbound" --format json pointing.signed.example >"$work/out"
  grep -qF '"host":"alias3.signed.example","tlsa":false,"tlsa_signed":false' "$work/out" || fail "pointing: $(grep -o '"mx":.*' "$work/out")"
fi

# The page shows what it prints.
if wanted page; then
  "$tlsrpt" check --server "$knot" example.com >"$work/out"
  block docs/check.md text | tail -n +2 >"$work/page"
  diff "$work/page" "$work/out" || fail 'page: docs/check.md shows something else'
fi

# The commands of the pages, with our server before others. The domain has no record, so the status is 1, which only a recipe about
# statuses must see.
recipe() {
  wanted "recipe $1 $2" || return 0
  local home
  home=$(mktemp -d "$work/recipe.XXXX")
  make_home "$home"
  stub "$home/stubs" tlsrpt <<<"\"$tlsrpt\" \"\$1\" --server $knot \"\${@:2}\" || ((\$? == ${passed-1}))"
  block "$1" "$2" >"$home/recipe"
  printf '%s\n' two.plain.example dead.plain.example 192.0.2.1 >>"$home/domains"
  run_shell "$home" "$home/recipe" -euo pipefail >"$work/out" 2>"$work/err" || fail "recipe: $1 $2: status $?"
  grep -v ': This is an IP address\.' "$work/err" && fail "recipe: $1 $2: messages"
  cat "$home"/verdicts >>"$work/out" 2>/dev/null
  for text in "${@:3}"; do grep -qF -- "$text" "$work/out" || fail "recipe: $1 $2: no $text"; done
}
recipe docs/check.md sh 'Senders will not report' '"verdict":"all"' 'v=TLSRPTv1; rua=mailto:reports@example.net' 'DANE: 1 of 2 MX hosts'
if have jq || [[ ${TRPT_SKIP-} == fail ]]; then recipe docs/cookbook.md 'sh domains' {two,dead}.plain.example 192.0.2.1; fi
passed=0 recipe docs/cookbook.md 'sh statuses' 'Senders will not report'

# The last lines of several names count what came out, as JSON has it. One name needs no sum, and neither do records to publish.
if wanted totals; then
  printf '%s.plain.example\n' good both grammar dead nothing two loop >"$work/names"
  echo 192.0.2.1 >>"$work/names"
  "$tlsrpt" check --server "$knot" - <"$work/names" 2>/dev/null | sed -n '/^8 names checked$/,$p' >"$work/totals"
  diff - "$work/totals" <<'END' || fail totals
8 names checked
  Senders will report: 2
  Forgiving senders will report, others will not: 1
  Senders would report, but the reports cannot arrive: 1
  Senders will not report: 2
  Could not determine whether senders will report: 1
  Not a domain name: 1
END
  for arguments in good.plain.example '--format json good.plain.example two.plain.example' '--publish zone good.plain.example two.plain.example'; do
    # shellcheck disable=SC2086
    "$tlsrpt" check --server "$knot" $arguments >"$work/out"
    if grep checked "$work/out"; then fail "totals: $arguments"; fi
  done
fi

# Usage.
check check-usage-none 2 check
check check-usage-publish-json 2 check --publish zone --format json example.com
check check-usage-server 2 check --server localhost example.com
for server in 127.0.0.1:0 127.0.0.1:65536 127.0.0.1:18446744073709551669 127.0.0.1: '[::1' '[127.0.0.1]:53' '[::1]53' ::1:x ''; do
  wanted "server $server" || continue
  status=0
  "$tlsrpt" check --server "$server" example.com >"$work/out" 2>&1 || status=$?
  [[ $status == 2 ]] || fail "server $server: status $status"
done
for server in 127.0.0.1:9 127.0.0.1:1 127.0.0.1:65535 127.0.0.1 ::1 '[::1]' '[::1]:9'; do
  wanted "good server $server" || continue
  "$tlsrpt" check --timeout 1 --server "$server" example.com >"$work/out" 2>&1
  [[ $? == 3 ]] || fail "good server $server: $(<"$work/out")"
done
check check-usage-timeout 2 check --timeout 0 example.com
check check-usage-jobs 2 check --jobs 257 example.com
check check-usage-publish 2 check --publish bind example.com
check check-usage-format 2 check --format yaml example.com

# Output that cannot be written.
unwritable check-unwritable 2 check --server "$knot" good.plain.example
unwritable check-unwritable-json 2 check --server "$knot" --format json good.plain.example

# A second opinion on all that the zones have.
if wanted second-opinion; then
  "${alone[@]}" python3 "$dns/second_opinion.py" "$tlsrpt" "$knot" "$unbound" "$dns"/{plain,signed}.zone || fail 'second-opinion: dig differs'
fi

finish
