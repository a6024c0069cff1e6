#!/bin/bash
# SPDX-License-Identifier: MIT
# What the shells offer behind `tlsrpt`: bash for all that the manuals name, zsh and fish where they are installed.
# usage: test_completion.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
folder=$PWD/examples/tlsrpt/completion # which is $source now

# A fresh shell, in which the script is all there is. compopt works for a line that is being typed only.
# shellcheck disable=SC2016
in_bash='source "$1"; shift; compopt() { :; }
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_tlsrpt
printf "%s\n" "${COMPREPLY[@]}"'

# offers EXPECTED WORD...: all that bash offers for the last word, in order.
offers() {
  local want=$1
  shift
  bash --norc --noprofile -c "$in_bash" - "$folder/tlsrpt.bash" "$@" 2>"$work/err" | LC_ALL=C sort >"$work/offered"
  [[ $(tr '\n' ' ' <"$work/offered") == "$want "* && ! -s $work/err ]] || fail "bash, $*: $(cat "$work/offered" "$work/err")"
}

bash --norc --noprofile -c 'source "$1"; complete -p tlsrpt' - "$folder/tlsrpt.bash" | grep -qx 'complete -F _tlsrpt tlsrpt' ||
  fail 'bash knows of no completion for tlsrpt'
commands=$("$tlsrpt" help | sed -nE 's/^  tlsrpt ([a-z]+) .*/\1/p')
all=$(LC_ALL=C sort <<<"$commands"$'\n--help\n--version' | tr '\n' ' ')
offers "${all% }" tlsrpt ''
offers record tlsrpt rec
offers '--help --version' tlsrpt --
offers "$(LC_ALL=C sort <<<"$commands" | tr '\n' ' ' | sed 's/ $//')" tlsrpt help ''
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

# Every option of every manual, in all three.
for command in $commands; do
  for option in $("$tlsrpt" help "$command" | grep -oE -- '--[a-z][a-z-]*' | sort -u); do
    # One that a manual speaks of may be another command's.
    "$tlsrpt" help "$command" | grep -qE -- "^  $option\b|\[$option\b" || continue
    offers "$option" tlsrpt "$command" "$option"
    grep -qF -- "'__tlsrpt_is $command' -l ${option#--} " "$folder/tlsrpt.fish" || fail "fish, $command: no $option"
    sed -n "/^  $command)/,/;;/p" "$folder/_tlsrpt" | grep -qE -- "'\*?${option}[=[]" || fail "zsh, $command: no $option"
  done
done

if command -v zsh >/dev/null; then
  zsh -n "$folder/_tlsrpt" || fail 'zsh: syntax'
  zsh_offers() {
    timeout 60 zsh -f tests/command/completion.zsh "$folder" "$2" | tr -s ' \r\n' '\n' >"$work/offered"
    for word in $1; do grep -qxF -- "$word" "$work/offered" || fail "zsh, $2: no $word: $(cat "$work/offered")"; done
  }
  zsh_offers "$(tr '\n' ' ' <<<"$commands")" 'tlsrpt '
  zsh_offers 'csv json ndjson text tsv' 'tlsrpt report --format '
  zsh_offers '--format --severity --record --help' 'tlsrpt lint --'
else
  echo 'skipped, since zsh is not here: its syntax'
fi
if command -v fish >/dev/null; then
  fish -n "$folder/tlsrpt.fish" || fail 'fish: syntax'
  # fish_offers EXPECTED LINE: fish tells itself what it would offer.
  fish_offers() {
    HOME=$work fish --no-config -c "source '$folder/tlsrpt.fish'; complete -C '$2'" 2>&1 | cut -f 1 | LC_ALL=C sort | tr '\n' ' ' >"$work/offered"
    [[ $(cat "$work/offered") == "$1 " ]] || fail "fish, $2: $(cat "$work/offered")"
  }
  fish_offers "$(LC_ALL=C sort <<<"$commands" | tr '\n' ' ' | sed 's/ $//')" 'tlsrpt '
  fish_offers 'csv json ndjson text tsv' 'tlsrpt report --format '
  fish_offers '--help' 'tlsrpt help --'
else
  echo 'skipped, since fish is not here: what it offers'
fi

finish
