#!/bin/bash
# SPDX-License-Identifier: MIT
# tlsrpt check against real DNS servers on loopback. Output is compared with tests/data/command; TRPT_UPDATE=1 writes it anew.
# usage: test_check.sh SOURCE_DIR BUILD_DIR
#   TRPT_DNS=required   fail, rather than skip the test (status 77), where the servers are not installed
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
dns=$source/tests/dns
# shellcheck source=tests/dns/servers.sh
source "$dns/servers.sh"

missing=$(servers_missing)
if [[ -n $missing ]]; then
  echo "skipped, since these are not installed:$missing (Debian: knot unbound bind9-dnsutils python3)"
  [[ ${TRPT_DNS-} != required ]] || exit 1
  exit 77
fi
trap 'stop_servers; rm -rf "$work"' EXIT
start_servers || exit 1

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
for name in apex only-tls draft short doubled; do plain $name 1; done
plain both 0
for name in case versionless grammar unusable no-rua empty; do plain $name 1; done
ask "$knot" grammar-json 1 --format json grammar.plain.example case.plain.example

# Where reports go.
plain self 0
plain implicit 0
plain destinations 0
plain takes-none 0
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
ask "$unbound" signed 0 --mx signed.example
ask "$unbound" signed-alias 0 alias.signed.example
ask "$unbound" unsigned 0 good.plain.example
ask "$unbound" bogus 3 bogus.example

# Names.
ask "$knot" names 1 good.plain.example 'bücher.plain.example.' BÜCHER.plain.example under_score.example '' . a..b \
  192.0.2.1 _smtp._tls.good.plain.example "$(printf 'a%.0s' {1..64}).example" "$(printf 'a.%.0s' {1..127})a" \
  "$(printf 'a.%.0s' {1..121})b" $'\xff.example' $'\x1b[31m.example' --format json
printf 'good.plain.example\n\n  two.plain.example\t\r\nno name\n%s\ngood.plain.example' \
  "$(head -c 10000000 /dev/zero | tr '\0' a)" >"$work/names"
input=$work/names
ask "$knot" stdin 1 -
ask "$knot" stdin-json 1 --format json nothing.plain.example - two.plain.example
printf 'a\0b.example\ngood.plain.example\n' >"$work/names"
ask "$knot" stdin-nul 1 --format json -
input=/dev/null
ask "$knot" stdin-empty 0 -

# The order is that of the input, whatever takes longer.
ask "$odd" order 3 --jobs 3 --format json {late,good,late,good,servfail,late,good}.example

# Servers that do not answer as they should, odd_server.py. Each failure is told, and never as a record that is not there.
ask "$odd" odd-failures 3 --timeout 3 --format json {silent,too-late,servfail,notimp,refused,rcode,only-forged}.example \
  {garbage,short,cut,length,length-less,string-length,no-strings,count,pointer-loop,pointer-forward}.example \
  {alias-pointer-loop,alias-long,alias-loop,alias-silent,truncated-always}.example
if grep -v '"verdict":"unknown"' "$work/out"; then fail 'a failure became an answer'; fi
ask "$odd" odd-good 0 {good,late,forged-id,forged-question,no-edns,alias,alias-binary,truncated,ttl}.example
ask "$odd" odd-none 1 {other-owner,other-class,thousand,control}.example
ask "$odd" odd-json 1 --format json {forged-id,forged-question,other-owner,control}.example
# Where one server fails the next one is asked; so also where it cannot be reached.
ask "$odd" next-server 0 --server "$knot" servfail.plain.example
check check-server-unreachable 0 check --server "127.0.0.1:$(free_port)" --server "$knot" good.plain.example
ask "$odd" servers-fail 3 --timeout 5 --server "$odd" servfail.example

# What does not come beside the record in time does not change the verdict.
ask "$odd" mute 0 --timeout 2 mute.example
ask "$odd" mute-json 0 --timeout 2 --format json mute.example

# --timeout bounds all look-ups for a name together: here one takes two seconds, and then another one.
ask "$odd" crawl 0 --timeout 3 crawl.example
grep -q check.not-found-out "$work/out" || fail 'two look-ups took longer than one may'
"$tlsrpt" check --server "$odd" --timeout 15 crawl.example | grep -q check.no-mail-host || fail 'two look-ups did not end'

# A name that comes late on standard input does not hold up those before it.
mkfifo "$work/fifo"
"$tlsrpt" check --server "$knot" - <"$work/fifo" >"$work/out" &
exec 3>"$work/fifo"
echo good.plain.example >&3
for ((i = 0; i < 150; i++)); do
  if grep -q 'Senders will report' "$work/out"; then break; fi
  sleep 0.1
done
grep -q 'Senders will report' "$work/out" || fail 'the first name waits for the second'
echo two.plain.example >&3
exec 3>&-
wait $! && fail 'two.plain.example is good'
grep -q '^two.plain.example' "$work/out" || fail 'the second name is lost'

# The README shows what it prints.
"$tlsrpt" check --server "$knot" example.com >"$work/out"
awk '/^```/ {inside = 0} inside; $0 == "$ tlsrpt check example.com" {inside = 1}' README.md >"$work/readme"
diff "$work/readme" "$work/out" || fail 'the README shows something else'

# Usage.
check check-usage-none 2 check
check check-usage-server 2 check --server localhost example.com
for server in 127.0.0.1:0 127.0.0.1:65536 127.0.0.1: '[::1' '[127.0.0.1]:53' '[::1]53' ::1:x ''; do
  status=0
  "$tlsrpt" check --server "$server" example.com >"$work/out" 2>&1 || status=$?
  [[ $status == 2 ]] || fail "--server $server: status $status"
done
check check-usage-timeout 2 check --timeout 0 example.com
check check-usage-jobs 2 check --jobs 257 example.com
check check-usage-format 2 check --format yaml example.com

# A counter on a terminal, and only there.
if command -v script >/dev/null; then
  script -qec "'$tlsrpt' check --server '$odd' late.example >/dev/null" /dev/null >"$work/terminal" </dev/null
  grep -q '0 checked, 1 under way' "$work/terminal" || fail 'no counter on a terminal'
  script -qec "'$tlsrpt' check --quiet --server '$odd' late.example >/dev/null" /dev/null >"$work/terminal" </dev/null
  [[ ! -s $work/terminal ]] || fail 'a counter in spite of --quiet'
fi

# A second opinion on all that the zones have.
python3 "$dns/second_opinion.py" "$tlsrpt" "$knot" "$unbound" "$dns"/{plain,signed}.zone || fail 'dig says otherwise'

finish
