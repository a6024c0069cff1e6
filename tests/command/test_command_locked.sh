#!/bin/bash
# SPDX-License-Identifier: MIT
# Folders and files that the user may not read. usage: test_command_locked.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
[[ $(id -u) != 0 ]] || skip 'root may read everything'

mkdir -m 000 "$work/locked"
check folder-locked 1 report "$work/locked"
# The rest is read.
mkdir "$work/folder" "$work/folder/b"
cp tests/data/reports/week.json "$work/folder/a.json"
cp tests/data/reports/week.json "$work/folder/c.json"
chmod 000 "$work/folder/b" "$work/folder/c.json"
check folder-locked-part 1 report "$work/folder"
check folder-locked-json 1 report --format json "$work/folder"
check folder-locked-lint 1 lint "$work/folder"
check folder-locked-summary 1 summary "$work/folder"
chmod 700 "$work/folder/b" # which the shell removes at the end

finish
