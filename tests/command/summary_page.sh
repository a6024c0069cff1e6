#!/bin/bash
# SPDX-License-Identifier: MIT
# The page of tlsrpt summary in a real browser: it renders, says nothing on the console, has the numbers of the JSON, and a report full
# of markup puts nothing into it. Needs chromium and jq. usage: summary_page.sh SOURCE_DIR BUILD_DIR [SCREENSHOT]
set -eu

source=$1
tlsrpt=$2/bin/tlsrpt
screenshot=${3-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$source"

browse() {
  timeout 600 chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --user-data-dir="$work/profile" \
    --enable-logging=stderr --log-level=0 "$@" 2>"$work/log"
  if grep CONSOLE "$work/log"; then
    echo 'the browser says the above about the page'
    exit 1
  fi
}

awk -f tests/command/summary_reports.awk >"$work/month"
cat tests/data/summary/hostile.lines >>"$work/month"
"$tlsrpt" summary --input lines --format html <"$work/month" >"$work/page.html" 2>/dev/null || (($? == 1))
"$tlsrpt" summary --input lines --format json <"$work/month" >"$work/page.json" 2>/dev/null || (($? == 1))
browse --dump-dom "file://$work/page.html" >"$work/dom"

# What the browser made of it has only elements that the command writes.
elements=$(grep -oE '<[a-zA-Z][a-zA-Z0-9]*' "$work/dom" | tr -d '<' | sort -u | paste -sd' ')
for element in $elements; do
  case $element in
    html | head | meta | title | style | body | main | footer | h1 | h2 | h3 | h4 | p | a | span | div | section | br | wbr) ;;
    figure | figcaption | svg | g | rect | details | summary | table | thead | tbody | tr | th | td) ;;
    *)
      echo "the page has an element that it should not have: $element"
      exit 1
      ;;
  esac
done
if grep -qE ' on[a-z]+=[^ ]*[>"]' <(grep -oE '<[a-z]+ [^>]*>' "$work/dom"); then
  echo 'the page has a handler of events'
  exit 1
fi

# Each domain, policy type and day has the numbers of the JSON.
text=$(sed 's/<wbr>//g; s/<[^>]*>/ /g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g' "$work/dom" | tr -s ' \n' '  ')
checked=0
while read -r phrase; do
  checked=$((checked + 1))
  if [[ $text != *"$phrase"* ]]; then
    echo "not in the page: $phrase"
    exit 1
  fi
done < <(jq -r '.domains[].policies[] | select(.successful + (.failed // 0) < 9007199254740991) |
  "\(if (.failed // 0) > 0 then .failed elif .entries_without_failed_count > 0 then "An unknown number" else "None" end) of \(
      .successful + (.failed // 0)) session\(if .successful + (.failed // 0) == 1 then "" else "s" end) failed",
  (.days | select(length > 1)[] | "\(.day // "undated") \(.successful) \(.failed)",
    if .day then "\(.day): \(.successful + .failed) session" else empty end)' "$work/page.json")
((checked > 100)) || { echo "only $checked numbers were compared"; exit 1; }

# SCREENSHOT-light.png, -dark.png, -narrow.png, to look at.
if [[ -n $screenshot ]]; then
  browse "--screenshot=$screenshot-light.png" --window-size=900,2600 "file://$work/page.html"
  browse "--screenshot=$screenshot-dark.png" --window-size=900,2600 --blink-settings=preferredColorScheme=0 "file://$work/page.html"
  browse "--screenshot=$screenshot-narrow.png" --window-size=400,2600 "file://$work/page.html"
fi
echo "the page is as it should be: $checked numbers compared"
