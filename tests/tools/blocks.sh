#!/bin/bash
# SPDX-License-Identifier: MIT
# Blocks of the documents, for tests that source this file. The test `documents` runs most blocks; documents.txt says where the others
# are tested, or why they are not.
# shellcheck disable=SC2016,SC2154

# block PAGE ID [NUMBER]: prints the block, or the NUMBERth one with this ID. ID is what follows the three backquotes: a language, and
# where a page needs it a name.
block() {
  awk -v fence="\`\`\`$2" -v number="${3:-1}" '
    /^```/ && inside { inside = 0; next }
    inside && wanted { print; found = 1 }
    /^```/ { inside = 1; wanted = $0 == fence && ++seen == number }
    END { exit !found }' "$1" || {
    echo "$1 has no such block: $2" >&2
    return 1
  }
}

# stub FOLDER NAME: makes a program of the shell text on standard input.
stub() {
  mkdir -p "$1"
  (echo '#!/bin/bash' && cat) >"$1/$2"
  chmod +x "$1/$2"
}

# make_home FOLDER: a folder with reports, some of them of yesterday, and with what else the blocks name. Programs that need a server,
# or that not everybody has, are stubs in FOLDER/stubs.
make_home() {
  local home=$1 recent=$1/today/recent.json
  mkdir -p "$home"/{Maildir/.tls-reports/{cur,new,tmp},tmp,today,var/{mail/tlsrpt,spool/reports,www,lib/prometheus/node-exporter}}
  cp -r "$source/examples/reports" "$home/reports"
  sed "s/2026-03-01T/$(date -u -d yesterday +%F)T/; s/2026-03-02T/$(date -u +%F)T/" "$source/examples/reports/mail.ru.json" >"$recent"
  cp "$recent" "$home/Maildir/.tls-reports/new/1"
  cp "$recent" "$home/var/mail/tlsrpt"
  cp "$recent" "$home/var/spool/reports"
  "$build/bin/tlsrpt" summary --format json "$home/reports" >"$home/until-yesterday.json"
  base64 -w0 "$recent" >"$home/reports.base64"
  # shellcheck disable=SC2059
  (printf "$(printf '%08x' "$(stat -c %s "$recent")" | sed 's/../\\x&/g')" && cat "$recent") >"$home/frames"
  echo good.plain.example >"$home/domains"
  stub "$home/stubs" mail <<<'(echo "mail $*" && cat) >>"$HOME/mailed"'
  stub "$home/stubs" kcat <<<'cat "$HOME/frames"'
  stub "$home/stubs" parallel <<'END'
if [[ $1 == --pipe ]]; then exec sh -c "${!#}"; fi
number=0
while read -r line; do
  number=$((number + 1)) command=${1//\{\}/$line}
  sh -c "${command//\{#\}/$number}"
done
END
}

# run_shell HOME BLOCK_FILE [OPTION OF BASH...]: runs a block in this home, which also has the folders of the system that it names.
run_shell() {
  local home=$1 file=$2
  shift 2
  sed -E "s#(^|[ \"'<>=])/(var|tmp)/#\1$home/\2/#g" "$file" >"$home/block"
  (cd "$home" && HOME=$home PATH=$home/stubs:$build/bin:$PATH exec bash "$@" block </dev/null)
}
