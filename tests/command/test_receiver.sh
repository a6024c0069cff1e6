#!/bin/bash
# SPDX-License-Identifier: MIT
# The HTTPS receiver of docs/cookbook.md: what it answers, and what it stores. usage: test_receiver.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
# shellcheck source=tests/tools/blocks.sh
source "$source/tests/tools/blocks.sh"
need python3

# The program of the page, on a free port, which it prints.
spool=$work/spool
mkdir "$spool"
: >"$work/port" # the shell of the server may create it later than it is read
block docs/cookbook.md 'python receiver' | sed "s|8460|0|; s|/var/spool/tlsrpt|$spool|
  s|^server.serve_forever|print(server.server_port, flush=True)\n&|" >"$work/receiver.py" || exit 1
PATH=$build/bin:$PATH python3 "$work/receiver.py" >"$work/port" 2>"$work/log" &
server=$!
trap 'kill $server; rm -rf "$work"' EXIT
for ((i = 0; i < limit && ! $(wc -l <"$work/port"); i++)); do
  kill -0 $server || exit 1
  sleep 1
done

# expect NAME STATUS TEXT FIELD...: the server answers with this status, and with this text in the body. The request has the body
# $body, and these header fields.
expect() {
  local name=$1 status=$2 text=$3
  wanted "$name" || return 0
  shift 3
  timeout "$limit" python3 - "$(<"$work/port")" "$body" "$@" >"$work/answer" <<'END' || fail "$name: no answer"
import http.client, pathlib, sys
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
body = pathlib.Path(sys.argv[2]).read_bytes()
connection.putrequest("POST", "/")
fields = dict(field.split(": ") for field in sys.argv[3:]) or {"Content-Length": len(body)}
for field in fields.items():
    connection.putheader(*field)
connection.endheaders(body)
answer = connection.getresponse()
print(answer.status)
print(answer.read().decode())
END
  [[ $(head -n 1 "$work/answer") == "$status" ]] || fail "$name: $(<"$work/answer"), not $status: $(<"$work/log")"
  grep -qF -- "$text" "$work/answer" || fail "$name: the body lacks '$text': $(<"$work/answer")"
}

gzipped='examples/reports/google.example!example.com!1772323200!1772409599!001.json.gz'
body=examples/reports/mail.ru.json
expect plain 201 ''
body=$gzipped
expect gzip 201 ''
body=tests/data/reports/cut.json
expect cut 400 'json.not-json'
body=/dev/null
expect empty 400 'The input is empty.'
expect no-length 411 '' 'Host: localhost'
expect bad-length 411 '' 'Content-Length: -1'
expect large 413 '' 'Content-Length: 10485761'
if [[ -z ${TRPT_ONLY-} ]]; then
  {
    "$tlsrpt" report --format ndjson - <examples/reports/mail.ru.json
    "$tlsrpt" report --format ndjson - <"$gzipped"
  } >"$work/rows"
  cmp "$work/rows" "$spool/rows.ndjson" || fail 'rows: other rows'
fi
rm -r "$spool"
body=$gzipped
expect unwritable 503 'cannot write'
finish
