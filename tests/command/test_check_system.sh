#!/bin/bash
# SPDX-License-Identifier: MIT
# tlsrpt check without --server: the servers of the system, in a network namespace that has its own.
# usage: test_check_system.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need_python
need unshare ip mount
# A user who is not root is root in a namespace of their own.
unshare -rmn sh -c 'ip link set lo up && mount --bind /dev/null /etc/resolv.conf' 2>/dev/null ||
  skip 'no network namespace with its own /etc/resolv.conf'

# within NAMESERVERS COMMAND: with these lines in /etc/resolv.conf, the odd server on 127.0.0.2, and $0 as the command
within() {
  local servers
  read -ra servers <<<"$1"
  printf 'nameserver %s\n' "${servers[@]}" >"$work/resolv.conf"
  # shellcheck disable=SC2016
  limited unshare -rmn sh -c 'ip link set lo up && mount --bind "$2" /etc/resolv.conf || exit 99
    python3 "$1" 127.0.0.2 53 >"$2.port" & server=$!
    until [ -s "$2.port" ]; do kill -0 $server || exit 98; sleep 0.1; done
    eval "$3"; status=$?
    kill $server
    exit $status' "$tlsrpt" "$source/tests/dns/odd_server.py" "$work/resolv.conf" "$2"
}
# asks NAME STATUS NAMESERVERS ARGUMENTS
asks() {
  local name=$1 want=$2 got=0
  wanted "$name" || return 0
  rm -f "$work/resolv.conf.port"
  within "$3" "\"\$0\" check --format json $4" >"$work/out" 2>"$work/err" || got=$?
  [[ $got == "$want" ]] || fail "$name: status $got, not $want: $(cat "$work/out" "$work/err")"
}
asks one 0 127.0.0.2 good.example
asks second 0 '127.0.0.1 127.0.0.2' '--timeout 60 good.example'
asks none 3 127.0.0.1 '--timeout 5 good.example'
asks instead 3 127.0.0.2 '--server 127.0.0.1 --timeout 5 good.example'

finish
