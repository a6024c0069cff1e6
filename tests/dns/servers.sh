#!/bin/bash
# SPDX-License-Identifier: MIT
# DNS servers on loopback for the tests of tlsrpt check, which source this after command.sh: Knot DNS for zones, Unbound as a
# validating resolver, and one that answers as no server should. Each takes a free port: $knot, $unbound and $odd are
# "127.0.0.1:PORT", and $odd6 is "[::1]:PORT".
# shellcheck disable=SC2154,SC2034,SC2317

PATH=$PATH:/usr/sbin:/sbin
dns=$source/tests/dns
# A library that is preloaded for the command, such as one that changes the clock, need not suit servers and dig.
alone=(env -u LD_PRELOAD)
server_pids=()
trap 'stop_servers; rm -rf "$work"' EXIT

stop_server() {
  kill "$1" 2>/dev/null
  wait "$1" 2>/dev/null
}
stop_servers() {
  if ((${#server_pids[@]})); then
    kill "${server_pids[@]}" 2>/dev/null
    wait "${server_pids[@]}" 2>/dev/null
  fi
}

# A port that is free for UDP and TCP.
free_port() {
  python3 "$dns/odd_server.py" --free-port
}

has_ended() { ! kill -0 "${server_pids[-1]}" 2>/dev/null; }
answers() { limited "${alone[@]}" dig "@${1%:*}" -p "${1#*:}" +short +time=1 +tries=1 "${@:2}" 2>/dev/null | grep -qv '^;'; }
answers_or_has_ended() { answers "$@" || has_ended; }
# wait_for ADDRESS NAME TYPE: until the server that was started last answers with a record, or has ended
wait_for() { eventually answers_or_has_ended "$@" && ! has_ended; }

start_knot() {
  local folder=$work/knot zone
  mkdir -p "$folder/keys"
  knot=127.0.0.1:$(free_port)
  for zone in root example plain signed bogus; do cat "$dns/$zone.zone" >"$folder/$zone.zone"; done # not cp: the source may be read-only
  cat >"$folder/knot.conf" <<END
server:
    rundir: "$folder"
    listen: 127.0.0.1@${knot#*:}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: "$folder/keys"
    journal-db-max-size: 50M
    kasp-db-max-size: 50M
    timer-db-max-size: 50M
log:
  - target: "$folder/log"
    any: info
policy:
  - id: ours
    manual: on
    single-type-signing: on
    algorithm: ecdsap256sha256
template:
  - id: default
    storage: "$folder"
    zonefile-sync: -1
    journal-content: none
    zonefile-load: whole
zone:
  - domain: example.com
    file: example.zone
  - domain: plain.example
    file: plain.zone
  - domain: bogus.example
    file: bogus.zone
  - domain: signed.example
    file: signed.zone
    dnssec-signing: on
    dnssec-policy: ours
  - domain: .
    file: root.zone
    dnssec-signing: on
    dnssec-policy: ours
END
  {
    for zone in signed.example. .; do "${alone[@]}" keymgr -c "$folder/knot.conf" $zone generate ksk=yes zsk=yes; done
    "${alone[@]}" keymgr -c "$folder/knot.conf" signed.example. ds >"$folder/ds"
    "${alone[@]}" keymgr -c "$folder/knot.conf" . dnskey >"$folder/anchor"
  } >"$folder/keymgr.log" 2>&1
  cat "$folder/ds" >>"$folder/root.zone"
  sed 's/^signed/bogus/' "$folder/ds" >>"$folder/root.zone"
  "${alone[@]}" knotd -c "$folder/knot.conf" >"$folder/out" 2>&1 &
  server_pids+=($!)
  wait_for "$knot" . DNSKEY && wait_for "$knot" signed.example DNSKEY && wait_for "$knot" _smtp._tls.good.plain.example TXT
}

start_unbound() {
  local folder=$work/unbound
  mkdir -p "$folder"
  unbound=127.0.0.1:$(free_port)
  cat >"$folder/unbound.conf" <<END
server:
    interface: 127.0.0.1@${unbound#*:}
    access-control: 127.0.0.0/8 allow
    directory: "$folder"
    chroot: ""
    username: ""
    pidfile: "$folder/pid"
    use-syslog: no
    logfile: "$folder/log"
    do-ip6: no
    do-not-query-localhost: no
    num-threads: 1
    trust-anchor-file: "$work/knot/anchor"
    trust-anchor-signaling: no
remote-control:
    control-enable: no
stub-zone:
    name: "."
    stub-addr: 127.0.0.1@${knot#*:}
END
  "${alone[@]}" unbound -d -c "$folder/unbound.conf" >"$folder/out" 2>&1 &
  server_pids+=($!)
  wait_for "$unbound" _smtp._tls.good.plain.example TXT
}

# start_odd_on ADDRESS: sets $odd_port
start_odd_on() {
  mkdir -p "$work/odd"
  "${alone[@]}" python3 "$dns/odd_server.py" "$1" >"$work/odd/port" 2>"$work/odd/out" &
  server_pids+=($!)
  has_port_or_has_ended() { [[ -s $work/odd/port ]] || has_ended; }
  eventually has_port_or_has_ended && ! has_ended || return 1
  odd_port=$(<"$work/odd/port")
}
start_odd() { start_odd_on 127.0.0.1 && odd=127.0.0.1:$odd_port; }
start_odd6() { start_odd_on ::1 && odd6="[::1]:$odd_port"; }

# start_servers SERVER...: false, with what it said, where one does not answer.
start_servers() {
  local server
  for server; do
    # Once more, since another program may have taken the port that was free.
    if ! "start_$server" && ! { stop_server "${server_pids[-1]}"; "start_$server"; }; then
      echo "$server does not answer"
      tail -n 20 "$work/${server%6}"/{out,log,keymgr.log} 2>/dev/null
      return 1
    fi
  done
}
