#!/bin/bash
# SPDX-License-Identifier: MIT
# Each line of JSON that the command printed for the other tests is JSON. usage: test_command_json.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/command/command.sh
source "${0%/*}/command.sh"
need jq

for file in "$expected"/*-json; do
  wanted "${file##*/}" || continue
  sed '/^--- stderr$/,$d' "$file" | jq -es length >"$work/out" || fail "${file##*/}: not JSON"
done

finish
