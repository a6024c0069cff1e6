#!/bin/bash
# SPDX-License-Identifier: MIT
# The recipes of docs/engines.md, run as they stand there on many items with bad ones among them: sums and bad items must be those of
# the command. Prints the reports for each second of processor time, start of the engine included. .ci/run full does it.
# usage: engines.sh SOURCE_DIR BUILD_DIR PYTHON [COUNT]    PYTHON has pyspark, pyarrow, duckdb, polars, pandas, chdb and trpt
set -euo pipefail

source=$(cd "$1" && pwd)
# shellcheck source=tests/tools/blocks.sh
source "$source/tests/tools/blocks.sh"
build=$(cd "$2" && pwd)
python=$(cd "$(dirname "$3")" && pwd)/${3##*/}
count=${4:-20000}
work=$(mktemp -d)
# PostgreSQL does not run as root, and its user must see the folder.
chmod 755 "$work"
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

export PATH=$build/bin:$postgres:$PATH
export PYSPARK_PYTHON=$python SPARK_LOCAL_IP=127.0.0.1
export PGHOST=$work/pg PGUSER=postgres PSQLRC=/dev/null PGOPTIONS='-c client_min_messages=warning'
cd "$work"
python3 "$source/tests/command/engine_reports.py" "$count"

same() {
  if ! diff "$2" "$3" >differences; then
    head -n 20 differences
    echo "FAILED: $1"
    exit 1
  fi
}

# What the command finds: the sums of both kinds of rows, and the sources of bad items.
# shellcheck disable=SC2094
tlsrpt report --input lines --format json <lines >all.json 2>/dev/null || (($? == 1))
# shellcheck disable=SC2016
jq -rs '[.[] | select(.error | not) | .policies[]] |
  [([.[].summary["total-successful-session-count"]] | add), ([.[].summary["total-failure-session-count"]] | add),
   ([.[]["failure-details"][]?["failed-session-count"]] | add)] | @tsv' all.json >expected.sums
jq -r 'select(.error).source' all.json | sort >expected.bad
[[ $(wc -l <expected.bad) == $((count / 100)) ]]
good=$((count - count / 100))
sums="SELECT sum(CASE WHEN kind = 'policy' THEN successful_sessions END), sum(CASE WHEN kind = 'policy' THEN failed_sessions END),
  sum(CASE WHEN kind = 'failure' THEN failed_sessions END)"

# recipe NAME: runs the block of docs/engines.md that has this name. Fails with what it printed.
recipe() {
  local name=$1 language runner
  language=$(sed -n "s/^\`\`\`\([a-z]*\) $name\$/\1/p" "$source/docs/engines.md")
  block "$source/docs/engines.md" "$language $name" >"recipe.$name"
  runner=(bash -euo pipefail)
  if [[ $language == python ]]; then runner=("$python"); fi
  python3 "$source/tests/command/measure.py" figures "${runner[@]}" "recipe.$name" >log 2>&1 || {
    tail -n 30 log
    echo "FAILED: $name"
    exit 1
  }
}

# passed NAME [SUMS BAD]: compares, and prints the figures.
passed() {
  same "$1: sums" expected.sums "${2:-found}"
  sort "${3:-found.bad}" | same "$1: bad items" expected.bad /dev/stdin
  awk -v name="$1" -v good=$good -v sums="$(tr '\t' ' ' <expected.sums)" -v bad="$(wc -l <expected.bad)" \
    '{printf "passed: %-14s sums %s, %d bad; %.2f s, %d reports/s, %d MiB\n", name, sums, bad, $1, good / $1, $2 / 1024}' figures
}

recipe bad
jq -r .source bad.ndjson | sort | same 'bad: sources' expected.bad /dev/stdin

recipe sqlite
sqlite3 -separator $'\t' tlsrpt.db "$sums FROM tlsrpt" >found
sqlite3 tlsrpt.db "SELECT source FROM tlsrpt WHERE kind = 'error'" >found.bad
passed sqlite

mkdir pg
if [[ $(id -u) == 0 ]]; then chown postgres pg; fi
"${as_server[@]}" "$postgres/initdb" -D "$work/pg/data" -A trust -U postgres -E UTF8 --locale=C >/dev/null
"${as_server[@]}" "$postgres/pg_ctl" -D "$work/pg/data" -w -l "$work/pg/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$work/pg'" start >/dev/null
recipe postgresql
psql -At -F $'\t' -c "$sums FROM tlsrpt" >found
psql -At -c "SELECT source FROM tlsrpt WHERE kind = 'error'" >found.bad
passed postgresql

# Values of Parquet files and of DuckDB, read by DuckDB. query FILE SQL
query() { "$python" -c 'import duckdb, sys
for row in duckdb.connect(sys.argv[1]).execute(sys.argv[2]).fetchall(): print(*row, sep="\t")' "$@"; }

# keyed NAME FILES: each row of the Parquet files has a key that no other row has.
keyed() {
  query :memory: "SELECT count(*) FROM '$2' GROUP BY report_key, kind, policy_index, failure_index
    HAVING count(*) > 1 OR report_key IS NULL OR policy_index IS NULL OR failure_index IS NULL" | same "$1: keys" /dev/null /dev/stdin
}

recipe duckdb
query tlsrpt.duckdb "$sums FROM tlsrpt" >found
query tlsrpt.duckdb 'SELECT source FROM bad' >found.bad
passed duckdb

recipe polars
query :memory: "$sums FROM 'rows.parquet'" >found
query :memory: "SELECT source FROM 'bad.parquet'" >found.bad
passed polars

# What the package's own page shows.
{
  printf 'from pathlib import Path\n\nimport trpt\n\npaths = sorted(Path("reports").iterdir())\n'
  block "$source/examples/bindings/python/README.md" 'python frames'
  printf 'print(len(rows), len(bad))\n'
} >frames.py
"$python" frames.py >frames
awk -v bad="$(wc -l <expected.bad)" '{exit !($1 > 0 && $2 == bad)}' frames || {
  echo "FAILED: examples/bindings/python/README.md: $(<frames)"
  exit 1
}

recipe pandas
query :memory: "$sums FROM 'pandas-rows.parquet'" >found
query :memory: "SELECT source FROM 'pandas-bad.parquet'" >found.bad
passed pandas

recipe clickhouse
"$python" - "$sums" <<'END'
import sys

import chdb

database = chdb.connect("clickhouse")
for name, sql in (("found", sys.argv[1] + " FROM tlsrpt FINAL"), ("found.bad", "SELECT source FROM tlsrpt WHERE kind = 'error'")):
    with open(name, "w") as file:
        file.write(str(database.query(sql, "TabSeparated")))
END
passed clickhouse

recipe spark-columns
query :memory: "$sums FROM 'spark-rows/*.parquet'" >found
query :memory: "SELECT source FROM 'spark-rows/*.parquet' WHERE kind = 'error'" >found.bad
keyed spark-columns 'spark-rows/*.parquet'
passed spark-columns

recipe spark-pipe
query :memory: "$sums FROM 'spark-pipe-rows/*.parquet'" >found
query :memory: "SELECT source FROM 'spark-pipe-rows/*.parquet' WHERE kind = 'error'" >found.bad
keyed spark-pipe 'spark-pipe-rows/*.parquet'
passed spark-pipe

# A broker that librdkafka plays itself, in a process that lives as long as something may come on its input. kcat cannot send an
# empty message from a file, so those bad items are taken for found.
mkfifo broker
kcat -P -b unused -X test.mock.num.brokers=1 -d mock -t reports <broker >/dev/null 2>broker.log &
exec {kafka_in}>broker
BROKER=
for _ in {1..100}; do
  BROKER=$(grep -oE '127\.0\.0\.1:[0-9]+' broker.log | head -n 1 || true)
  [[ -z $BROKER ]] || break
  sleep 0.1
done
export BROKER PARTITION
# Such a broker stores at most 5 MB in a partition.
find reports -type f -size +0 | sort >files
for PARTITION in 0 1 2 3; do
  awk -v partition=$PARTITION 'NR % 4 == partition' files >"files.$PARTITION"
  xargs kcat -P -b "$BROKER" -t reports -p $PARTITION <"files.$PARTITION" 2>kcat.log
done
find reports -type f -size 0 -printf '%f\n' >found.bad
: >all.figures
for PARTITION in 0 1 2 3; do
  recipe kafka
  cat figures >>all.figures
  # The message with this number had this name.
  jq -r 'select(.kind == "error") | .source' "rows.$PARTITION.ndjson" | sed 's/^stdin://' >numbers
  awk 'NR == FNR {bad[$1] = 1; next} FNR in bad {sub("reports/", ""); print}' numbers "files.$PARTITION" >>found.bad
done
awk '{sum += $1; if ($2 > most) most = $2} END {print sum, most}' all.figures >figures
query :memory: "$sums FROM read_json('rows.*.ndjson')" >found
passed kafka
