#!/bin/bash
# SPDX-License-Identifier: MIT
# What bash offers after `tlsrpt`, for all that the manuals name; and that the files for zsh and fish name all options too.
# usage: test_completion.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
folder=$source/examples/tlsrpt/completion

# A fresh shell, in which the script is all there is. compopt works for a line that is being typed only.
# shellcheck disable=SC2016
in_bash='source "$1"; shift; compopt() { :; }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_tlsrpt
printf "%s\n" "${COMPREPLY[@]}"'

# offers EXPECTED WORD...: all that bash offers for the last word, in order. The words are the name of the check.
offers() {
  local want=$1
  shift
  wanted "$*" || return 0
  bash --norc --noprofile -c "$in_bash" - "$folder/tlsrpt.bash" "$@" 2>"$work/err" | sort >"$work/offered"
  [[ $(tr '\n' ' ' <"$work/offered") == "$want "* && ! -s $work/err ]] || fail "$*: $(cat "$work/offered" "$work/err")"
}

if wanted complete; then
  bash --norc --noprofile -c 'source "$1"; complete -p tlsrpt' - "$folder/tlsrpt.bash" | grep -qx 'complete -F _tlsrpt tlsrpt' ||
    fail 'complete: bash has no completion for tlsrpt'
fi
commands=$("$tlsrpt" help | sed -nE 's/^  tlsrpt ([a-z]+) .*/\1/p')
all=$(sort <<<"$commands"$'\n--help\n--version' | tr '\n' ' ')
offers "${all% }" tlsrpt ''
offers record tlsrpt rec
offers '--help --version' tlsrpt --
offers "$(sort <<<"$commands" | tr '\n' ' ' | sed 's/ $//')" tlsrpt help ''
offers '--require-dkim' tlsrpt report a.json --req
# Values, behind a blank and behind an equals sign, also for an option that was given before.
offers 'csv json ndjson text tsv' tlsrpt report --format ''
offers 'csv' tlsrpt report --format c
offers 'csv json ndjson text tsv' tlsrpt report --strict --format =
offers 'tsv' tlsrpt report --format = ts
offers 'json text' tlsrpt record --format ''
offers '' tlsrpt report --domain ''
offers '' tlsrpt report --format nothing
# Files, with names of any kind; behind "--" nothing is an option.
mkdir "$work/files"
touch "$work/files/a b.json" "$work/files/--odd.json"
offers "$work/files/a b.json" tlsrpt report "$work/files/a"
offers "$work/files/--odd.json $work/files/a b.json" tlsrpt report "$work/files/"
offers "$work/files/a b.json" tlsrpt report --format -- "$work/files/a"
cd "$work/files" || exit 1
offers '--odd.json' tlsrpt lint -- --
offers '' tlsrpt record a
cd - >/dev/null || exit 1

# Every option of every manual, for all three shells.
for command in $commands; do
  for option in $("$tlsrpt" help "$command" | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
    # One that a manual speaks of may be another command's.
    "$tlsrpt" help "$command" | grep -qE -- "^  $option\b|\[$option\b" || continue
    offers "$option" tlsrpt "$command" "$option"
    wanted "files, $command $option" || continue
    grep -qF -- "'__tlsrpt_is $command' -l ${option#--} " "$folder/tlsrpt.fish" || fail "files, $command $option: not for fish"
    sed -n "/^  $command)/,/;;/p" "$folder/_tlsrpt" | grep -qE -- "'\*?${option}[=[]" || fail "files, $command $option: not for zsh"
  done
done

finish
