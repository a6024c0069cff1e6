#!/bin/bash
# SPDX-License-Identifier: MIT
# What the tests of the command share. A test sources this file and is called with SOURCE_DIR BUILD_DIR.
# TRPT_UPDATE=1 writes the recorded outputs that differ. A check whose output was written fails, so that such a run never passes;
# the next one does.
# shellcheck source=tests/tools/shell.sh
source "${BASH_SOURCE[0]%/*}/../tools/shell.sh"

tlsrpt=$build/bin/tlsrpt
expected=$source/tests/data/command

# Whether the command is a script that starts it in valgrind, which needs descriptors and files of its own.
in_valgrind() { head -c 100 "$tlsrpt" | grep -aq valgrind; }

# compare NAME FILE: with the recorded output.
compare() {
  local name=$1 file=$2
  if cmp -s "$expected/$name" "$file"; then return; fi
  if [[ -n ${TRPT_UPDATE-} ]]; then
    cp "$file" "$expected/$name"
    fail "$name: written anew: tests/data/command/$name"
  else
    diff "$expected/$name" "$file"
    fail "$name"
  fi
}

# check NAME STATUS ARGUMENT...: runs the command and compares its status, output and messages. Standard input is $input.
input=/dev/null
check() {
  local name=$1 status=$2 got=0
  wanted "$name" || return 0
  shift 2
  limited "$tlsrpt" "$@" <"$input" >"$work/out" 2>"$work/err" || got=$?
  if ((got == 124)); then
    fail "$name: no end after $limit seconds; TRPT_TEST_TIMEOUT allows more"
    return
  fi
  [[ $got == "$status" ]] || fail "$name: status $got, not $status"
  {
    cat "$work/out"
    if [[ -s $work/err ]]; then
      echo '--- stderr'
      sed "s|$work|WORK|g" "$work/err"
    fi
    # Two of the system's messages have other words in musl.
  } | sed "s|$work|WORK|g; s|Symbolic link loop|Too many levels of symbolic links|; s|I/O error|Input/output error|" >"$work/both"
  compare "$name" "$work/both"
  # Control characters of the input never reach a terminal. A CR may precede a line feed, as in CSV.
  if grep -lP '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!$)|\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]' \
    "$work/both"; then
    fail "$name: raw control characters"
  fi
}

# cannot_write NAME STATUS WANTED_STATUS: the command ended with this status and reported in $work/err that it could not write.
cannot_write() {
  local name=$1 status=$2 want=$3
  [[ $status == "$want" ]] || fail "$name: status $status, not $want"
  grep -q '^tlsrpt: cannot write the output: ' "$work/err" || fail "$name: $(<"$work/err")"
}

# unwritable NAME STATUS ARGUMENT...: the command cannot write: to a full disk, to a closed standard output, to a file of which one
# more byte fits, and to a pipe that nobody reads, which ends it silently unless a mail server waits for its status.
unwritable() {
  local name=$1 want=$2 got
  wanted "$name" || return 0
  shift 2
  got=0
  limited "$tlsrpt" "$@" <"$input" >/dev/full 2>"$work/err" || got=$?
  cannot_write "$name: full disk" $got "$want"
  got=0
  # A preloaded library, such as one that changes the clock, may open a file that takes the place of the closed output.
  limited env -u LD_PRELOAD "$tlsrpt" "$@" <"$input" >&- 2>"$work/err" || got=$?
  cannot_write "$name: closed output" $got "$want"
  # The limit must not hold for the messages too.
  printf '%1023s' '' >"$work/almost-full"
  (ulimit -f 1 && limited "$tlsrpt" "$@" <"$input") 2>&1 >>"$work/almost-full" | cat >"$work/err"
  cannot_write "$name: one byte" "${PIPESTATUS[0]}" "$want"
  cmp -n 1023 "$work/almost-full" <(printf '%1023s' '') || fail "$name: one byte: what was there before changed"
  rm -f "$work/gate"
  mkfifo "$work/gate"
  {
    read -r _ <"$work/gate"
    limited "$tlsrpt" "$@" <"$input" 2>"$work/err"
    echo $? >"$work/status"
  } | { exec <&- && echo >"$work/gate"; }
  if ((want == 75)); then
    cannot_write "$name: closed pipe" "$(<"$work/status")" 75
  else
    [[ $(<"$work/status") == 141 && ! -s $work/err ]] || fail "$name: closed pipe: $(cat "$work/status" "$work/err")"
  fi
}

# leaves NAME ARGUMENT...: a reader that leaves after the first byte ends the command, without a message about that. The output must
# be longer than what a pipe holds.
leaves() {
  local name=$1
  wanted "$name" || return 0
  shift
  {
    limited "$tlsrpt" "$@" <"$input" 2>"$work/err"
    echo $? >"$work/status"
  } | head -c 1 >"$work/head"
  if [[ $(<"$work/status") != 141 ]] || grep -q 'output' "$work/err"; then fail "$name: $(cat "$work/status" "$work/err")"; fi
}

# needs_memory_of_its_own: skips the test if memory that was freed is kept.
needs_memory_of_its_own() {
  if grep -q __asan_init "$tlsrpt" || in_valgrind; then skip 'AddressSanitizer and valgrind keep memory that was freed'; fi
}
# peak ARGUMENT...: sets $kib to the memory that the command had at its peak.
peak() {
  kib=0
  limited "$build/tests/peak_memory" "$work/peak" "$tlsrpt" "$@" >/dev/null 2>"$work/err" || fail "$*: status $?: $(head -n 3 "$work/err")"
  kib=$(<"$work/peak")
}
# bounded NAME GENERATOR ARGUMENT...: memory does not grow with the input. `GENERATOR COUNT` writes one, of 2 MB and of 20 MB.
bounded() {
  local name=$1 generator=$2 few kib
  wanted "$name" || return 0
  shift 2
  peak "$@" < <("$generator" 2)
  few=$kib
  peak "$@" < <("$generator" 20)
  ((few > 0 && kib < few + 1024)) || fail "$name: $few KiB for 2 MB, $kib KiB for 20 MB"
}

# mail FILE [FIELD...]: a mail as RFC 8460 has it, with the file as its report.
mail() {
  local file=$1 type=application/tlsrpt+gzip
  shift
  [[ $file == *.gz ]] || type=application/tlsrpt+json
  printf '%s\n' "$@" 'From: TLS reports <tlsrpt@google.example>' 'Date: Mon, 2 Mar 2026 03:04:05 +0000' \
    'Subject: Report Domain: example.com Submitter: google.example Report-ID: <1@google.example>' \
    'Message-ID: <1@google.example>' 'TLS-Report-Domain: example.com' 'TLS-Report-Submitter: google.example' \
    'MIME-Version: 1.0' 'Content-Type: multipart/report; report-type=tlsrpt; boundary=b' '' \
    '--b' 'Content-Type: text/plain' '' 'This is a report.' '--b' "Content-Type: $type" \
    'Content-Transfer-Encoding: base64' "Content-Disposition: attachment; filename=\"${file##*/}\"" ''
  base64 "$file"
  printf '%s\n' '--b--'
}
