#!/bin/bash
# SPDX-License-Identifier: MIT
# Rows and framing with the programs that they are for: PostgreSQL, SQLite, jq, GNU parallel, kcat. What docs/rows.md tells to do
# is done as it stands there. Not among the tests of the build, since all of these must be installed: .ci/run does it.
# usage: consumers.sh SOURCE_DIR BUILD_DIR
set -euo pipefail

source=$(cd "$1" && pwd)
# shellcheck source=tests/tools/blocks.sh
source "$source/tests/tools/blocks.sh"
work=$(mktemp -d)
# PostgreSQL does not run as root, and its user must see what is loaded.
chmod 755 "$work"
cp "$2/bin/tlsrpt" "$work/tlsrpt"
PATH=$work:$PATH
postgres=$(find /usr/lib/postgresql/*/bin -maxdepth 0 | sort -V | tail -n 1)
as_server=()
if [[ $(id -u) == 0 ]]; then as_server=(runuser -u postgres --); fi

finish() {
  if [[ -f $work/pg/data/postmaster.pid ]]; then
    "${as_server[@]}" "$postgres/pg_ctl" -D "$work/pg/data" -m immediate -w stop >/dev/null || true
  fi
  exec {kafka_in}>&-
  rm -rf "$work"
}
exec {kafka_in}>/dev/null
trap finish EXIT

same() {
  if ! diff "$2" "$3" >"$work/diff"; then
    head -n 20 "$work/diff"
    echo "FAILED: $1"
    exit 1
  fi
  echo "passed: $1"
}

# Reports, good and bad: those of the tests, and 2000 that differ, some of them with strings that want escaping.
mkdir "$work/reports"
cp "$source"/tests/data/reports/{google,week,many-failures,cut,not-json,empty,bad-times}.json \
  "$source"/tests/data/reports/bad-crc.json.gz "$source"/examples/reports/* "$work/reports/"
python3 - "$work/reports" <<'END'
import gzip, json, random, sys
random.seed(8460)
odd = ["plain", "", "=1+1", 'quote " comma , tab \t', "line\r\nfeed", "\\N", "\\.", "nul \0 here", "'", "\u00fc \u20ac \U0001f600"]
for i in range(2000):
    policies = []
    for _ in range(random.randrange(4)):
        failures = [{"result-type": random.choice(["certificate-expired", "x-" + random.choice(odd)]),
                     "receiving-mx-helo": random.choice(odd), "failure-reason-code": random.choice(odd),
                     "failed-session-count": random.randrange(1000)} for _ in range(random.randrange(4))]
        policies.append({"policy": {"policy-type": "sts", "policy-domain": "example%d.com" % i,
                                    "policy-string": ["version: STSv1", "mode: enforce"], "mx-host": ["a.example", "b.example"]},
                         "summary": {"total-successful-session-count": random.randrange(100000),
                                     "total-failure-session-count": random.randrange(1000)}, "failure-details": failures})
    report = {"organization-name": random.choice(odd), "report-id": "id-%d" % i, "policies": policies,
              "date-range": {"start-datetime": "2026-03-01T00:00:00Z", "end-datetime": "2026-03-01T23:59:59Z"}}
    with open("%s/%04d.json.gz" % (sys.argv[1], i), "wb") as file:
        file.write(gzip.compress(json.dumps(report).encode()))
END
reports=$work/reports

# report FORMAT [ARGUMENT...]: bad reports are among them, so the status is 1.
report() {
  local status=0
  tlsrpt report --format "$@" 2>/dev/null || status=$?
  [[ $status == 1 ]]
}
for format in json ndjson; do report $format "$reports" >"$work/all.$format"; done
for format in csv tsv; do report $format --no-formula-guard "$reports" >"$work/all.$format"; done

# The sums that all consumers must find, from the reports as they are and each report once.
# shellcheck disable=SC2016
jq -rs '[.[] | select(.error | not)] | unique_by(del(.source, .diagnostics)) | [.[].policies[]] |
  [([.[].summary["total-successful-session-count"] // 0] | add), ([.[].summary["total-failure-session-count"] // 0] | add),
   ([.[]["failure-details"][]?["failed-session-count"] // 0] | add)] | @tsv' "$work/all.json" >"$work/sums"
cat "$work/sums"

# jq.
jq -rs 'unique_by([.report_key, .kind, .policy_index, .failure_index]) | (map(select(.kind == "policy"))) as $policies |
  [($policies | map(.successful_sessions // 0) | add), ($policies | map(.failed_sessions // 0) | add),
   (map(select(.kind == "failure") | .failed_sessions // 0) | add)] | @tsv' "$work/all.ndjson" >"$work/found"
same 'jq: sums' "$work/sums" "$work/found"

# The statement of docs/rows.md for a database.
statement() { block "$source/docs/rows.md" "sql $1"; }
sums="SELECT sum(CASE kind WHEN 'policy' THEN successful_sessions END), sum(CASE kind WHEN 'policy' THEN failed_sessions END),
  sum(CASE kind WHEN 'failure' THEN failed_sessions END) FROM tlsrpt;"

# SQLite, twice.
for _ in 1 2; do
  { statement sqlite && printf '.import --csv --skip 1 "%s" tlsrpt_import\n' "$work/all.csv" && echo '.mode tabs' && echo "$sums"; } |
    sqlite3 -bail "$work/sqlite" >"$work/found"
  same 'SQLite: sums' "$work/sums" "$work/found"
done
# An empty cell is null, not a text that is greater than every number.
sqlite3 -separator $'\t' "$work/sqlite" 'SELECT max(successful_sessions), max(failed_sessions) FROM tlsrpt' >"$work/found"
jq -rs '[([.[].successful_sessions // 0] | max), ([.[].failed_sessions // 0] | max)] | @tsv' "$work/all.ndjson" >"$work/expected"
same 'SQLite: maxima' "$work/expected" "$work/found"

# PostgreSQL: from the program, from CSV and from TSV, each twice.
mkdir "$work/pg"
if [[ $(id -u) == 0 ]]; then chown postgres "$work/pg"; fi
"${as_server[@]}" "$postgres/initdb" -D "$work/pg/data" -A trust -U postgres -E UTF8 --locale=C >/dev/null
"${as_server[@]}" "$postgres/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$work/pg'" start >/dev/null
sql() { "$postgres/psql" -X -q -v ON_ERROR_STOP=1 -h "$work/pg" -U postgres -At -F $'\t' "$@"; }
from_program=$(statement new-rows | sed "s|tlsrpt report|$work/tlsrpt report --exit-zero|; s|/var/spool/reports|$reports|")
for from in PROGRAM "'$work/all.csv' WITH (FORMAT csv, HEADER)" "'$work/all.tsv' WITH (FORMAT text, HEADER, NULL '')"; do
  sql -c 'DROP TABLE IF EXISTS tlsrpt' 2>/dev/null
  statement postgresql | sql
  for _ in 1 2; do
    import=$from_program
    [[ $from == PROGRAM ]] || import=${import/PROGRAM*csv, HEADER)/"$from"}
    sql <<<"$import $sums" >"$work/found" 2>"$work/psql.log" || {
      cat "$work/psql.log"
      exit 1
    }
    same "PostgreSQL: sums from ${from%% *}" "$work/sums" "$work/found"
  done
done
# Every text, as ndjson has it; in TSV an empty one is null.
columns='organization_name, receiving_mx_helo, failure_reason_code, result_type'
sql <<<"SELECT json_agg(json_build_array($columns) ORDER BY report_key, kind, policy_index, failure_index) FROM tlsrpt" |
  jq -c '.[]' >"$work/found"
jq -cs 'unique_by([.report_key, .kind, .policy_index, .failure_index]) | sort_by([.report_key, .kind, .policy_index, .failure_index]) |
  .[] | [.organization_name, .receiving_mx_helo, .failure_reason_code, .result_type] |
  map(if . == "" then null else . end)' "$work/all.ndjson" >"$work/expected"
same 'PostgreSQL: texts from TSV' "$work/expected" "$work/found"

# The recipes of docs/cookbook.md, PostgreSQL twice.
sql -c 'DROP TABLE tlsrpt'
block "$source/docs/cookbook.md" 'sh database' | sed "s|/var/mail/tlsrpt|$reports|" >"$work/database.sh"
for _ in 1 2; do
  (cd "$work" && PGHOST=$work/pg PGUSER=postgres PATH=$postgres:$PATH bash -e database.sh 2>/dev/null)
  sql <<<"$sums" >"$work/found"
  same 'PostgreSQL: sums of the cookbook' "$work/sums" "$work/found"
done
# Elasticsearch, played by a program that keeps what it gets: for each row one action, whose identifier is the key of the row.
stub "$work/stubs" curl <<'END'
[[ ${!#} == http://localhost:9200/tlsrpt/_bulk ]] || exit 1
while [[ $# -gt 0 && $1 != --data-binary ]]; do shift; done
cp "${2#@}" kept
echo '{"errors":false}'
END
block "$source/docs/cookbook.md" 'sh elasticsearch' | sed "s|/var/mail/tlsrpt|$reports|" >"$work/elasticsearch.sh"
(cd "$work" && SEARCH=http://localhost:9200 PATH=$work/stubs:$PATH bash -euo pipefail elasticsearch.sh >/dev/null 2>&1)
jq -c 'select(.index | not)' "$work/kept" >"$work/found"
jq -c . "$work/all.ndjson" >"$work/expected"
same 'Elasticsearch: rows' "$work/expected" "$work/found"
jq -r '"\(.report_key)-\(.kind)-\(.policy_index)-\(.failure_index)"' "$work/all.ndjson" >"$work/expected"
jq -r 'select(.index) | .index._id' "$work/kept" >"$work/found"
same 'Elasticsearch: keys' "$work/expected" "$work/found"
block "$source/docs/cookbook.md" 'sh socket' | sed "s|/run/|$work/|; s|^|exec |" >"$work/socket.sh"
bash "$work/socket.sh" &
socket=$!
for _ in {1..100}; do [[ ! -S $work/tlsrpt.sock ]] || break; sleep 0.1; done
"$work/tlsrpt" report --format json - <"$source/tests/data/reports/google.json" >"$work/expected"
socat -t 60 - "UNIX-CONNECT:$work/tlsrpt.sock" <"$source/tests/data/reports/google.json" >"$work/found"
kill $socket
same 'socat: a report through a socket' "$work/expected" "$work/found"

# GNU parallel gives the rows of one process.
find "$reports" -type f | sort | while read -r file; do printf '%s\t%s\n' "$file" "$(base64 -w0 "$file")"; done >"$work/lines"
report ndjson --input lines <"$work/lines" | sort >"$work/expected"
parallel --no-notice --pipe -j2 -N100 'tlsrpt report --input lines --format ndjson --exit-zero' <"$work/lines" 2>/dev/null |
  sort >"$work/found"
same 'GNU parallel: rows' "$work/expected" "$work/found"

# kcat: a broker that librdkafka plays itself, in a process that lives as long as something may come on its input. Messages
# with the key's name go in, frames come out.
mkfifo "$work/broker"
kcat -P -b unused -X test.mock.num.brokers=1 -d mock -t reports <"$work/broker" >/dev/null 2>"$work/broker.log" &
exec {kafka_in}>"$work/broker"
address=
for _ in {1..100}; do
  address=$(grep -oE '127\.0\.0\.1:[0-9]+' "$work/broker.log" | head -n 1 || true)
  [[ -z $address ]] || break
  sleep 0.1
done
find "$reports" -type f -size +0 | sort -r | sed -n '1,300p' >"$work/files"
xargs kcat -P -b "$address" -t reports -p 0 <"$work/files" 2>"$work/kcat.log"
timeout 600 kcat -C -b "$address" -t reports -p 0 -o beginning -c "$(wc -l <"$work/files")" -f '%R%s' >"$work/frames" 2>>"$work/kcat.log"
report ndjson --input u32 <"$work/frames" | jq -c 'del(.source)' >"$work/found"
tr '\n' '\0' <"$work/files" | report ndjson --input files0 | jq -c 'del(.source)' >"$work/expected"
same 'kcat: rows from frames' "$work/expected" "$work/found"
