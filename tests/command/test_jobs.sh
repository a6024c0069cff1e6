#!/bin/bash
# SPDX-License-Identifier: MIT
# --jobs: output, messages and exit status are the same for every number of threads. usage: test_jobs.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"

# Folders with everything that is read: good, bad and repeated reports, gzip, several reports in a file, mails, an mbox, a tar,
# a zip, other content, files that cannot be read, an empty folder, and a Maildir. Two reports are too large to wait in memory.
many=$work/many
mkdir -p "$many"/{a,b,empty,Maildir/{cur,new,tmp}}
for i in {10..17}; do
  for report in tests/data/reports/*.json; do
    case $((i % 4)) in
    0) sed "s/\"report-id\": *\"/&$i-/" "$report" >"$many/a/$i-${report##*/}" ;;
    1) gzip -nc "$report" >"$many/b/$i-${report##*/}.gz" ;;
    2) cat "$report" "$report" >"$many/b/$i-${report##*/}" ;;
    3) head -c $((i * 9)) "$report" >"$many/a/$i-cut-${report##*/}" ;;
    esac
  done
done
cp tests/data/mails/* "$many/a"
for mail in tests/data/mails/*.eml; do cp "$mail" "$many/Maildir/cur/${mail##*/}:2,S"; done
echo 'no report' >"$many/b/README"
echo '<feedback/>' >"$many/b/dmarc.xml"
gzip -nc "$many/b/dmarc.xml" >"$many/b/dmarc.xml.gz"
: >"$many/b/empty.json"
cp tests/data/reports/week.json "$many/b/secret.json"
chmod 0 "$many/b/secret.json" # root reads it
ln -s nowhere "$many/b/broken.json"
ln -s ../a "$many/b/folder.json"
mkfifo "$many/b/fifo"
# large FAILURES
large() {
  awk -v count="$1" 'BEGIN { print "{\"organization-name\":\"X\",\"report-id\":\"ID\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\"},\"failure-details\":["
    for (i = 0; i < count; i++) print (i ? "," : "") "{\"result-type\":\"odd\",\"failed-session-count\":" i ",\"sending-mta-ip\":\"" i "\"}"
    print "]}]}" }'
}
large 5000 >"$many/a/12-large.json"
cp "$many/a/12-large.json" "$many/b/16-large-again.json"

# run JOBS NAME ARGUMENT...
run() {
  local jobs=$1 name=$2 status=0
  shift 2
  limited "$tlsrpt" "$@" --jobs "$jobs" >"$work/$name.out" 2>"$work/$name.err" || status=$?
  echo "status $status" >>"$work/$name.err"
}
# same NAME ARGUMENT...: the same with 1, 2, 3 and 8 threads, and something was printed.
same() {
  local name=$1 jobs
  wanted "$name" || return 0
  shift
  run 1 one "$@"
  [[ -s $work/one.out ]] || fail "$name: no output"
  for jobs in 2 3 8; do
    run "$jobs" several "$@"
    cmp "$work/one.out" "$work/several.out" || fail "$name: another output with $jobs jobs"
    diff "$work/one.err" "$work/several.err" || fail "$name: other messages or another status with $jobs jobs"
  done
}

export SOURCE_DATE_EPOCH=1800000000
for format in text json ndjson csv tsv; do
  same "report-$format" report --format $format "$many"
done
for format in text json ndjson; do
  same "report-$format-failures" report --format $format --only-failures --verbose "$many"
  same "report-$format-limits" report --format $format --max-failures 100 --max-input 3000 --max-string 20 "$many"
  same "report-$format-paths" report --format $format "$many/a" "$many/nothing" "$many"/b/*.gz "$many/Maildir" tests/data/reports/google.json
done
same report-bad-rows report --format ndjson --bad-rows "$many"
same report-strict report --strict --format ndjson "$many"
same report-exit-zero report --exit-zero --quiet "$many"
for format in text json; do
  same "lint-$format" lint --format $format "$many"
  same "lint-$format-warnings" lint --format $format --severity warning --verbose --mark-domain example.net "$many"
  same "lint-$format-since" lint --format $format --since 2018-01-01 "$many"
done
for format in text json csv html prometheus; do
  same "summary-$format" summary --format $format "$many"
done
same summary-rows summary --max-rows 3 --until 2020-01-01 --fail-if-failures 1% "$many"

# Standard input, which the main thread reads, between folders that other threads read.
if wanted stdin; then
  base64 -w0 tests/data/reports/week.json >"$work/lines"
  for format in json text ndjson; do
    for jobs in 1 4; do
      limited "$tlsrpt" report --format $format --input lines --jobs $jobs "$many/b" - "$many/a" <"$work/lines" >"$work/out.$jobs" 2>"$work/err.$jobs"
    done
    { cmp "$work/out.1" "$work/out.4" && cmp "$work/err.1" "$work/err.4" && grep -q stdin:1 "$work/out.1"; } || fail "stdin: $format"
  done
fi

# A mailbox with more messages than descriptors, more folders than descriptors, folders in folders, and hardly any descriptors at all.
if wanted descriptors; then
  mkdir -p "$work/box"/{cur,new,tmp}
  tr -d '\n' <tests/data/reports/week.json >"$work/line"
  echo >>"$work/line"
  yes "$(cat "$work/line")" | head -n 400 | split -l 1 -a 3 - "$work/box/cur/m"
  folder=$work/box/nested
  for i in {100..400}; do
    mkdir -p "$folder" "$work/box/folders/$i"
    cp "$work/line" "$work/box/folders/$i"
    cp "$work/line" "$folder/$i.json"
    cp "$work/line" "$folder/z.json" # after the folder in it
    ((i >= 220)) || folder+=/$i
  done
  boxes=("$many/b" "$work/box" "$work/box/folders" "$many/a")
  (
    run 1 one report --format ndjson "${boxes[@]}"
    run 1 nested-one report --format ndjson "${boxes[@]}" "$work/box/nested"
    ulimit -n 256
    run 64 nested report --format ndjson "${boxes[@]}" "$work/box/nested"
    if in_valgrind; then ulimit -n 24; else ulimit -n 16; fi
    run 8 few report --format ndjson "${boxes[@]}"
  )
  { cmp "$work/one.out" "$work/few.out" && cmp "$work/one.err" "$work/few.err"; } || fail 'descriptors: few'
  { cmp "$work/nested-one.out" "$work/nested.out" && cmp "$work/nested-one.err" "$work/nested.err"; } || fail 'descriptors: nested'
fi

# What a folder has when it is listed is read, although its path then leads elsewhere, or is too long with the name of a file.
if wanted moved; then
  mkdir "$work/theirs"
  for i in {100..700}; do sed "s/\"report-id\": *\"/&theirs-$i-/" tests/data/reports/week.json >"$work/theirs/$i.json"; done
  mkfifo "$work/moved"
  for jobs in 1 4; do
    mkdir "$work/ours"
    for i in {100..700}; do sed "s/\"report-id\": *\"/&ours-$i-/" tests/data/reports/week.json >"$work/ours/$i.json"; done
    "$tlsrpt" report --format ndjson --jobs $jobs "$work/ours" >"$work/moved" 2>"$work/err" &
    pid=$!
    exec 8<"$work/moved"
    read -r line <&8
    mv "$work/ours" "$work/moved-$jobs" # the pipe is full before the last file is open
    ln -s theirs "$work/ours"
    { echo "$line" && limited cat <&8; } >"$work/rows"
    wait $pid || fail "moved: $jobs jobs: $(head -n 1 "$work/err")"
    exec 8<&-
    rm "$work/ours"
    ! grep -q theirs- "$work/rows" || fail "moved: $jobs jobs: files of another folder"
    [[ $(grep -o '"report_id":"ours-[0-9]*' "$work/rows" | sort -u | wc -l) == 601 ]] || fail "moved: $jobs jobs: not all files"
  done
fi
if wanted long; then
  report=$(realpath tests/data/reports/week.json)
  (
    cd "$work" || exit
    folder=$(printf '%0150d' 1)
    while ((${#PWD} < 3900)); do mkdir "$folder" && cd "$folder" || exit; done
    for i in {1000..1020}; do cp "$report" "$(printf '%0220d' "$i").json" || exit; done
  )
  for jobs in 1 4; do
    run $jobs long report --format ndjson "$work"/0*
    [[ $(sort -u "$work/long.out" | wc -l) == 21 && $(tail -n 1 "$work/long.err") == 'status 0' ]] || fail "long: $jobs jobs: $(head -n 1 "$work/long.err")"
  done
fi

if wanted output; then
  "$tlsrpt" report --format csv "$many" >"$work/printed" 2>"$work/messages"
  for jobs in 1 4; do
    rm -f "$work/rows"
    "$tlsrpt" report --format csv --jobs $jobs --output "$work/rows" "$many" 2>"$work/err"
    cmp "$work/printed" "$work/rows" || fail "output: $jobs jobs"
  done
fi

# A full disk and a closed pipe end the command as they do with one job, with the same messages.
if wanted full; then
  for jobs in 1 4; do
    status=0
    limited "$tlsrpt" report --format ndjson --jobs $jobs "$many" >/dev/full 2>"$work/err.$jobs" || status=$?
    { [[ $status == 2 ]] && grep -q 'cannot write the output: No space left on device' "$work/err.$jobs"; } || fail "full: $jobs jobs: status $status"
  done
  cmp "$work/err.1" "$work/err.4" || fail 'full: other messages'
fi
if wanted pipe; then
  for jobs in 1 4; do
    limited "$tlsrpt" report --format ndjson --jobs $jobs "$many" 2>"$work/err" | head -c 1 >"$work/out"
    status=${PIPESTATUS[0]}
    [[ $status == 141 || $status == 13 ]] || fail "pipe: $jobs jobs: status $status"
    ! grep -q 'cannot write' "$work/err" || fail "pipe: $jobs jobs: a message"
  done
fi

# A signal in the middle: the pipe for the output is full when its first line is read here. What is printed has no gap.
# stopped SIGNAL JOBS STATUS
stopped() {
  local pid status=0
  rm -f "$work/pipe"
  mkfifo "$work/pipe"
  "$tlsrpt" report --format ndjson --jobs "$2" "$many" "$many" "$many" >"$work/pipe" 2>"$work/err" &
  pid=$!
  exec 8<"$work/pipe"
  read -r line <&8
  kill "-$1" $pid
  { echo "$line" && limited cat <&8; } >"$work/stopped"
  wait $pid || status=$?
  exec 8<&-
  [[ $status == "$3" ]] || fail "$1: $2 jobs: status $status"
  (($(stat -c %s "$work/stopped") < $(stat -c %s "$work/whole"))) || fail "$1: $2 jobs: it did not stop"
  cmp -n "$(stat -c %s "$work/stopped")" "$work/stopped" "$work/whole" || fail "$1: $2 jobs: a gap"
}
if wanted signals; then
  "$tlsrpt" report --format ndjson --jobs 1 "$many" "$many" "$many" >"$work/whole" 2>"$work/err"
  for jobs in 1 4; do
    stopped TERM $jobs 143
    stopped INT $jobs 130
    [[ $(tail -c 1 "$work/stopped" | wc -l) == 1 ]] || fail "INT: $jobs jobs: half a line"
    grep -q 'interrupted after' "$work/err" || fail "INT: $jobs jobs: no message"
  done
fi

# SIGINT while the main thread reads a FIFO: everything before it is printed, nothing after it, and the messages are the same.
if wanted interrupt; then
  mkfifo "$work/fifo" "$work/lines-out"
  mkdir "$work/few" # a pipe holds all output about it
  for i in {10..40}; do sed "s/\"report-id\": *\"/&$i-/" tests/data/reports/week.json >"$work/few/$i.json"; done
  for jobs in 1 4; do
    "$tlsrpt" report --format ndjson --quiet --jobs $jobs "$work/few" "$work/fifo" "$many" >"$work/lines-out" 2>"$work/err.$jobs" &
    pid=$!
    exec 8<"$work/lines-out" 9>"$work/fifo"
    cat tests/data/reports/{week,google}.json >&9 # the first is complete when the second one begins
    while read -r line <&8; do
      echo "$line"
      [[ $line != *"$work/fifo"* ]] || break
    done >"$work/interrupted.$jobs"
    kill -INT $pid
    status=0
    wait $pid || status=$?
    cat <&8 >>"$work/interrupted.$jobs"
    exec 8<&- 9>&-
    [[ $status == 130 ]] || fail "interrupt: $jobs jobs: status $status"
    grep -q 'interrupted after' "$work/err.$jobs" || fail "interrupt: $jobs jobs: no message"
  done
  { cmp "$work/interrupted.1" "$work/interrupted.4" && diff "$work/err.1" "$work/err.4"; } || fail "interrupt: not the same"
fi

# While a large file is read, other threads do not read ahead without bound.
if wanted memory && ! grep -q -e __asan_init -e __tsan_init "$tlsrpt"; then
  large 100000 >"$work/slow.json"
  large 100 | gzip -n >"$work/fast.json.gz"
  paths=("$work/slow.json")
  for i in {1..3000}; do paths+=("$work/fast.json.gz"); done
  # peak FORMAT JOBS PATH...: KiB
  peak() {
    limited "$build/tests/peak_memory" "$work/peak" "$tlsrpt" report --format "$1" --quiet --jobs "$2" "${@:3}" >/dev/null 2>&1
    cat "$work/peak"
  }
  for format in json ndjson; do
    one=$(peak $format 1 "${paths[@]}")
    several=$(peak $format 4 "${paths[@]}")
    ((several < one + 4 * 9 * 1024)) || fail "memory: $format: $one KiB with one job, $several KiB with 4"
  done
fi

for value in 0 65 x; do
  status=0
  "$tlsrpt" report --jobs $value "$many" >"$work/out" 2>&1 || status=$?
  [[ $status == 2 ]] || fail "--jobs $value: status $status"
done

finish
