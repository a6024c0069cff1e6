#!/bin/bash
# SPDX-License-Identifier: MIT
# Of an mbox or a tar on standard input, one mail or entry is in memory. usage: test_mail_memory.sh SOURCE_DIR BUILD_DIR
# shellcheck disable=SC2317 # functions are called by their names
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
needs_memory_of_its_own

# Four mails of 250 kB, of which one has a report.
for i in 1 2 3 4; do
  {
    echo 'From a Mon Mar  2 03:04:05 2026'
    if ((i == 1)); then mail tests/data/reports/google.json; else printf 'Subject: %d\n\nText\n' $i; fi
    yes 'A line that has no meaning, but takes memory where all lines are kept.' | head -c 249000
    printf '\n\n'
  } >"$work/$i.eml"
done
mbox() { yes "$work"/{1,2,3,4}.eml | tr ' ' '\n' | head -n $((4 * $1)) | xargs cat; }
mbox_gzip() { mbox "$1" | gzip -1c; }
tar_of_mails() {
  local files=()
  for ((i = 0; i < $1; i++)); do files+=({1,2,3,4}.eml); done
  tar -C "$work" --hard-dereference -cf - "${files[@]}"
}
tar_gzip() { tar_of_mails "$1" | gzip -1c; }

bounded mbox mbox report --input mbox --format tsv
bounded mbox-auto mbox report --format tsv -
bounded mbox-gzip mbox_gzip report --format tsv -
bounded mbox-lint mbox lint --severity error --input mbox
bounded mbox-summary mbox summary --input mbox
bounded tar tar_of_mails report --input tar --format tsv
bounded tar-auto tar_of_mails report --format tsv -
bounded tar-gzip tar_gzip report --format tsv -

finish
