#!/bin/bash
# SPDX-License-Identifier: MIT
# tlsrpt check with a server that has an IPv6 address. usage: test_check_ipv6.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
# shellcheck source=tests/dns/servers.sh
source "${0%/*}/../dns/servers.sh"
need_python
python3 -c 'import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).bind(("::1", 0))' 2>/dev/null || skip 'there is no ::1'
start_servers odd6 || exit 1

# asks NAME STATUS OPTION...
asks() {
  local name=$1 want=$2 got=0
  wanted "$name" || return 0
  shift 2
  limited "$tlsrpt" check --format json "$@" >"$work/out" 2>"$work/err" || got=$?
  [[ $got == "$want" ]] || fail "$name: status $got, not $want: $(cat "$work/out" "$work/err")"
}
asks udp 0 --server "$odd6" good.example
asks tcp 0 --server "$odd6" --tcp good.example
asks again-over-tcp 0 --server "$odd6" truncated.example
asks failure 3 --server "$odd6" servfail.example
# Of two servers, the first of which does not answer with its port.
asks next 0 --server "[::1]:$(free_port)" --server "$odd6" --timeout 60 good.example
# Without a port, and with a zone or a name that is none.
asks short 3 --server ::1 --timeout 1 good.example
asks brackets 3 --server '[::1]' --timeout 1 good.example
for server in '[::1' '::1]' '[::g]:53' '[::1]:0' '[]:53' '[::1]53'; do asks "bad $server" 2 --server "$server" good.example; done

finish
