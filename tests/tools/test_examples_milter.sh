#!/bin/bash
# SPDX-License-Identifier: MIT
# examples/milter.c reads the mails of a mail server. usage: test_examples_milter.sh SOURCE_DIR BUILD_DIR
set -u
# shellcheck source=tests/tools/shell.sh
source "${0%/*}/shell.sh"

milter=$build/examples/example-milter
[[ -x $milter ]] || skip 'examples/milter.c was not built: it needs libmilter and libtrpt-mail'
need_python

if wanted milter; then
  printf 'Subject: hello\n\nno report\n' >"$work/other.eml"
  "$milter" "unix:$work/socket" mx.example.com >"$work/printed" 2>"$work/errors" &
  server=$!
  trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
  limited python3 tests/tools/milter_client.py "$work/socket" tests/data/mails/google.eml "$work/other.eml" abort \
    tests/data/mails/mail.ru.eml || fail 'milter: the client failed'
  diff - "$work/printed" <<'END' || fail "milter: $(<"$work/errors")"
report of 1 policies, DKIM pass
report of 1 policies, DKIM none
END
fi

finish
