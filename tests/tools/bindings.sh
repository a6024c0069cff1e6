#!/bin/bash
# SPDX-License-Identifier: MIT
# Tests each of examples/bindings whose toolchain is here, and says which it left out and why. Each prints all reports of the
# repository, and published ones, byte for byte as `tlsrpt report --format json` does.
# usage: bindings.sh SOURCE_DIR BUILD_DIR
set -u

source=$(cd "$1" && pwd) || exit 2
# shellcheck source=tests/tools/blocks.sh
source "$source/tests/tools/blocks.sh"
build=$(cd "$2" && pwd) || exit 2
bindings=$source/examples/bindings
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
passed=() skipped=() failed=()

export TRPT_LIBRARY=$build/lib/libtrpt.so
export LD_LIBRARY_PATH=$build/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
for needed in "$TRPT_LIBRARY" "$build/lib/libtrpt-mail.so" "$build/bin/tlsrpt"; do
  [[ -e $needed ]] || {
    echo "$needed was not built"
    exit 2
  }
done

# What all must print, also for a name that must not reach a terminal as it is.
odd=$work/$'odd \e[1m \\ "\xe2\x80\xae name.json'
worse=$work/$'odd \xff\xe2\x82 \xed\xa0\x80 name.json'
cp "$source/tests/data/reports/google.json" "$odd"
cp "$odd" "$worse"
# Several reports in an input, and errors between, after and in place of them.
many=$work/many
mkdir "$many"
bad='{"policies":1}'
good() { printf '{"report-id":"%s","policies":[{}]}' "$@"; }
printf '%s\n%s\n{x}\n%s\n' "$(good a)" "$bad" "$(good b)" >"$many/lines.json"
printf '%s\n%s\n%s\n' "$bad" "$bad" "$(good 3 4 5 6 7 8 9 10 11)" >"$many/eleven.json"
printf '[%s,%s]' "$(good a)" "$(good b)" >"$many/array.json"
printf '[]' >"$many/none.json"
: >"$many/empty.json"
printf '%s{"policies":[{},1,' "$(good a)" >"$many/cut.json"
{
  good a | gzip
  printf '%s%s' "$bad" "$(good b)" | gzip
} >"$many/members.json.gz"
head -c 50 "$many/members.json.gz" >"$many/cut.json.gz"
{
  cat "$many/members.json.gz"
  printf '\x1f\x8b\x09broken'
} >"$many/broken.json.gz"
inputs=("$source"/tests/data/reports/* "$source"/examples/reports/* "$many"/* "$odd" "$worse" "$source"/../shared/corpus/reports/*.json)
[[ -e ${inputs[-1]} ]] || unset 'inputs[-1]' # published reports lie beside the repository
# One at a time, since together a report told twice is a diagnostic more. Some inputs have several reports.
mkdir "$work/lines" "$work/rows"
for i in "${!inputs[@]}"; do
  "$build/bin/tlsrpt" report --format json "${inputs[i]}" 2>/dev/null >"$work/lines/$i"
  "$build/bin/tlsrpt" report --format ndjson --bad-rows "${inputs[i]}" 2>/dev/null >"$work/rows/$i"
  case $(wc -l <"$work/lines/$i"):${inputs[i]} in
  1:* | [2-9]:*/trailing.json | [1-9]*:*/corpus/* | [1-9]*:"$many"/*) ;;
  *)
    echo "tlsrpt did not print one line for ${inputs[i]}"
    exit 1
    ;;
  esac
done

# expected FOLDER: what tlsrpt printed about the inputs.
expected() {
  local i
  for i in "${!inputs[@]}"; do cat "$work/$1/$i"; done
}
# same COMMAND...: it prints what tlsrpt prints.
same() {
  "$@" "${inputs[@]}" >"$work/printed" && cmp <(expected lines) "$work/printed" && echo "  ${#inputs[@]} inputs as tlsrpt prints them"
}
# same_all COMMAND...: rows too.
same_all() {
  same "$@" && "$@" --rows "${inputs[@]}" >"$work/printed" && cmp <(expected rows) "$work/printed" && echo '  and their rows'
}

# skip REASON
skip() {
  echo "  SKIPPED: $1"
  return 77
}
# example LANGUAGE [PAGE]: the program that docs/bindings.md, or another page, shows for it.
example() { block "${2-$source/docs/bindings.md}" "$1"; }
# shows COMMAND...: the example's program reads what it should, seen from the root of the repository.
shows() {
  (cd "$source" && "$@") >"$work/shown" || return
  if ! { grep -q 'Google Inc' "$work/shown" && grep -q 'json.not-json.*45.*26.*policies\[0\].failure-details\[1\]' "$work/shown"; }; then
    cat "$work/shown"
    return 1
  fi
  echo '  the example of its page'
}
have() { command -v "$1" >/dev/null; }

# What others would install: a wheel from the source package of a checkout, in a fresh environment without an installed library.
python_binding() (
  here=$work/source/examples/bindings/python
  if ! { [[ -f /usr/include/zlib.h ]] && /usr/bin/python3 -c 'import build, setuptools, venv, wheel' 2>/dev/null; }; then
    skip 'there is no zlib1g-dev, python3-build, python3-setuptools, python3-venv or python3-wheel'
    return
  fi
  unset LD_LIBRARY_PATH TRPT_LIBRARY
  mkdir -p "$work/source/examples/bindings" || return
  cp -r "$source/include" "$source/lib" "$source/LICENSE" "$work/source" || return
  cp -r "$bindings/python" "$work/source/examples/bindings" || return
  (cd "$here" && CFLAGS='-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wno-missing-field-initializers -Werror' \
    /usr/bin/python3 -m build --no-isolation --outdir "$work/wheel" .) >"$work/log" 2>&1 || {
    tail "$work/log"
    return 1
  }
  /usr/bin/python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q --no-index "$work"/wheel/*.whl || return
  python=$work/venv/bin/python
  cd "$work" || return
  # Once without libtrpt-mail, unless it is installed, and once with it.
  mail=missing
  if /sbin/ldconfig -p | grep 'libtrpt-mail\.so\.0' >/dev/null; then mail=present; fi
  TRPT_TEST_MAIL=$mail "$python" -W error "$bindings/python/tests/test_trpt.py" 2>&1 | tail -n 30 || return
  TRPT_TEST_MAIL=present LD_LIBRARY_PATH=$build/lib "$python" -W error "$bindings/python/tests/test_trpt.py" 2>&1 | tail -n 30 || return
  audit "$work"/wheel/*.whl || return
  if have mypy; then
    (cd "$here" && MYPYPATH=src mypy --cache-dir "$work/mypy" src report_json.py benchmark.py tests/test_trpt.py) || return
  else
    echo "  there is no mypy: types were not checked"
  fi
  example python >"$work/example.py"
  shows "$python" "$work/example.py" || return
  example 'python mails' >"$work/mails.py"
  (cd "$source" && LD_LIBRARY_PATH=$build/lib "$python" "$work/mails.py") >"$work/shown" || return
  diff "$work/shown" - <<'END' || return
Google Inc. example.com 0 failed, signed by google.example
Microsoft Corporation example.com 1 failed, signed by microsoft.example
END
  block "$bindings/python/README.md" python | sed "s|/var/spool/tlsrpt|$source/examples/reports|" >"$work/readme.py"
  "$python" "$work/readme.py" | grep '^   sts-policy-fetch-error' >/dev/null || return
  same "$python" "$bindings/python/report_json.py"
)

# audit WHEEL: it needs no other library than those that every Linux has, and only what Python 3.9 promises to keep.
audit() {
  if ! "$work/venv/bin/pip" install -q auditwheel==6.8.2 abi3audit==0.0.26 >"$work/log" 2>&1; then
    echo "  auditwheel and abi3audit cannot be installed: the wheel was not checked: $(tail -n 1 "$work/log")"
    return 1
  fi
  # This reads all of the output, since a program whose reader ends early fails.
  "$work/venv/bin/auditwheel" show "$1" 2>/dev/null |
    awk 'match($0, /manylinux_[0-9a-z_]*/) && !n++ { print "  auditwheel: " substr($0, RSTART, RLENGTH) } END { exit !n }' || return
  "$work/venv/bin/abi3audit" --strict --summary "$1" 2>&1 | sed 's/^/  abi3audit: /'
}

# Each compiler that is here must have nothing to say.
cpp_binding() {
  local compiler last=
  local flags=(-std=c++17 -O1 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -I "$source/include" -I "$bindings/cpp")
  for compiler in g++ clang++; do
    have $compiler || continue
    last=$compiler
    $compiler "${flags[@]}" -fsanitize=address,undefined -fno-sanitize-recover=undefined "$bindings/cpp/test.cpp" -o "$work/test" \
      "$TRPT_LIBRARY" || return
    "$work/test" "$source" || return
    $compiler "${flags[@]}" "$bindings/cpp/report_json.cpp" -o "$work/report_json" "$TRPT_LIBRARY" || return
    same_all "$work/report_json" || return
  done
  if [[ ! $last ]]; then
    skip 'there is no g++ or clang++'
    return
  fi
  example cpp "$bindings/cpp/README.md" >"$work/example.cpp"
  $last "${flags[@]}" "$work/example.cpp" -o "$work/example" "$TRPT_LIBRARY" || return
  shows "$work/example"
}

# With the sources in the package, in a copy without the rest of the repository, and with the library as it was built.
go_binding() {
  if ! have go; then
    skip 'there is no golang-go'
    return
  fi
  if [[ ! -f /usr/include/zlib.h ]]; then
    skip 'there is no zlib1g-dev'
    return
  fi
  local here=$work/source/examples/bindings/go
  mkdir -p "$work/pkgconfig" "$work/go" "$work/source/examples/bindings" || return
  cp -r "$bindings/go" "$work/source/examples/bindings" || return
  printf 'Name: trpt\nDescription: as built\nVersion: 0\nCflags: -I"%s"\nLibs: -L"%s" -ltrpt\n' "$source/include" "$build/lib" \
    >"$work/pkgconfig/trpt.pc"
  export PKG_CONFIG_PATH=$work/pkgconfig GOCACHE=$work/go/cache GOPATH=$work/go/path GOPROXY=off GOFLAGS='' GOTOOLCHAIN=local
  export TRPT_SOURCE=$source
  cd "$here" || return
  [[ -z $(gofmt -l .) ]] || {
    gofmt -d .
    return 1
  }
  go vet ./... && go test -count=1 . || return
  go test -count=1 -race -tags trpt_installed . || return
  go build -o "$work/report-json" ./cmd/report-json || return
  same_all "$work/report-json" || return
  printf 'module example\n\ngo 1.19\n\nrequire trpt.example/trpt v0.0.0\n\nreplace trpt.example/trpt => %s\n' "$here" >"$work/go/go.mod"
  example go README.md >"$work/go/main.go"
  (cd "$work/go" && go build -o "$work/example") || return
  shows "$work/example"
}

# In a copy, since cargo writes beside its sources: from the sources in the package, with the library as it was built, and as the
# package that others would download. Its dependencies are Debian's.
rust_binding() {
  if ! { have cargo && have rustc; }; then
    skip 'there is no cargo or rustc'
    return
  fi
  if ! [[ -d /usr/share/cargo/registry/libz-sys-1.1.8 && -d /usr/share/cargo/registry/cc-1.0.73 ]]; then
    skip 'there is no librust-libz-sys-dev or librust-cc-dev'
    return
  fi
  local here=$work/source/examples/bindings/rust
  export TRPT_LIBRARY_DIR=$build/lib TRPT_SOURCE=$source CARGO_TARGET_DIR=$work/cargo CARGO_HOME=$work/cargo-home
  mkdir -p "$work/source/examples/bindings" "$CARGO_HOME" || return
  printf '[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "/usr/share/cargo/registry"\n' \
    >"$CARGO_HOME/config.toml"
  cp -r "$bindings/rust" "$work/source/examples/bindings" && cp -r "$bindings/go" "$work/source/examples/bindings" && cd "$here" || return
  rm -rf target Cargo.lock
  example rust README.md >examples/shown.rs
  local features
  for features in --features=bundled --no-default-features; do
    cargo test --offline --quiet $features >"$work/log" 2>&1 || {
      tail -n 40 "$work/log"
      return 1
    }
    grep '^test result: ok. [1-9]' "$work/log"
    if grep -A5 '^warning' "$work/log"; then return 1; fi
  done
  mkdir native && cp ../go/{libtrpt.c,libtrpt.hh,trpt.h} native || return
  cargo package --offline --quiet --allow-dirty >"$work/log" 2>&1 || {
    tail -n 40 "$work/log"
    return 1
  }
  cargo build --offline --quiet --examples || return
  same_all "$work/cargo/debug/examples/report_json" || return
  shows "$work/cargo/debug/examples/shown"
}

luajit_binding() {
  if ! have luajit; then
    skip 'there is no luajit'
    return
  fi
  luajit "$bindings/luajit/test.lua" "${inputs[@]}" || return
  same_all luajit "$bindings/luajit/report_json.lua" || return
  example lua "$bindings/luajit/README.md" >"$work/example.lua"
  shows luajit "$work/example.lua"
}

# Packed in a copy, since npm writes beside package.json, and installed in another folder, as others would.
javascript_binding() {
  if ! { have node && have npm && have clang && have wasm-ld && [[ -d /usr/include/wasm32-wasi ]]; }; then
    skip 'there is no nodejs, npm, clang, lld, wasi-libc or libclang-rt-14-dev-wasm32'
    return
  fi
  here=$work/source/examples/bindings/javascript
  mkdir -p "$work/source/examples/bindings" "$work/source/tests" "$work/installed" || return
  cp -r "$source/include" "$source/lib" "$source/LICENSE" "$work/source" || return
  cp -r "$source/tests/tools" "$work/source/tests" || return
  cp -r "$bindings/javascript" "$work/source/examples/bindings" || return
  if [[ ! ${ZLIB_SOURCE-} ]]; then
    "$source/tests/tools/debian_source.sh" "$work/debian" zlib >"$work/log" 2>&1 || {
      skip "the source of zlib cannot be fetched: $(tail -n 1 "$work/log")"
      return
    }
    export ZLIB_SOURCE
    ZLIB_SOURCE=$(echo "$work"/debian/zlib-*/)
  fi
  (cd "$here" && npm pack --silent --pack-destination "$work") >"$work/log" 2>&1 || {
    tail "$work/log"
    return 1
  }
  cd "$work/installed" && echo '{"private":true,"type":"module"}' >package.json || return
  npm install --silent --offline --ignore-scripts --no-audit --no-fund "$work"/trpt-*.tgz || return
  cp "$bindings"/javascript/{report_json,test}.js "$bindings/javascript/types_test.ts" . || return
  TRPT_SOURCE=$source node --expose-gc --test test.js >"$work/log" 2>&1 || {
    cat "$work/log"
    return 1
  }
  grep '^# pass' "$work/log"
  if npm install --silent --no-audit --no-fund --no-save typescript@5.9.3 >"$work/log" 2>&1; then
    npx tsc --noEmit --strict --target es2022 --module nodenext types_test.ts || return
  else
    echo "  typescript cannot be installed: types were not checked: $(tail -n 1 "$work/log")"
  fi
  # Node knows arguments only as text, so the name that is no UTF-8 is left out.
  local inputs=("${inputs[@]}") i
  for i in "${!inputs[@]}"; do
    if [[ ${inputs[i]} == "$worse" ]]; then unset 'inputs[i]'; fi
  done
  same node report_json.js || return
  example js >example.mjs
  shows node "$work/installed/example.mjs"
}

for binding in python cpp go rust luajit javascript; do
  echo "-- $binding"
  (
    set -o pipefail
    "${binding}_binding"
  )
  case $? in
  0) passed+=("$binding") ;;
  77) skipped+=("$binding") ;;
  *)
    echo "  FAILED"
    failed+=("$binding")
    ;;
  esac
done
echo "passed: ${passed[*]:-none}; skipped: ${skipped[*]:-none}; failed: ${failed[*]:-none}"
((${#failed[@]} == 0))
