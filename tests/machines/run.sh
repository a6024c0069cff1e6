#!/bin/bash
# SPDX-License-Identifier: MIT
# Builds libtrpt for other machines and systems, and under other instruments, and runs its tests there. machines.txt lists them; each links
# yajl, zlib and cmocka built for it from Debian's source packages. On Debian 12, as root or with sudo.
#   usage: run.sh NAME... [-- ARGUMENTS OF CTEST]      status 77: a package or source could not be fetched
#   TRPT_MACHINES_WORK   keeps what was fetched and built (a folder that is removed at the end)
set -euo pipefail

source=$(cd "$(dirname "$0")/../.." && pwd)
work=${TRPT_MACHINES_WORK:-$(mktemp -d)}
[[ -n ${TRPT_MACHINES_WORK-} ]] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"

# log FILE COMMAND...: what it prints is shown only where it fails.
log() {
  local file=$work/$1
  shift
  "$@" >"$file" 2>&1 || {
    tail -n 60 "$file"
    return 1
  }
}

install_packages() {
  local sudo=()
  [[ $(id -u) == 0 ]] || sudo=(sudo)
  log apt.log "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq \
    --no-install-recommends "$@"
}

# Shell tests start the programs by their names.
wrap() {
  local program
  for program in "$@"; do
    [[ -f $program && $program != *.real && $(file -bL "$program") =~ ^(ELF|WebAssembly) ]] || continue
    mv "$program" "$program.real"
    printf '#!/bin/sh\nexec %s %s.real "$@"\n' "$runner" "$program" >"$program"
    chmod +x "$program"
  done
}

run_machine() {
  local name=$1 system packages compiler flags own_flags runner
  shift
  IFS='|' read -r _ system packages compiler flags own_flags runner < <(grep -E "^$name\|" "$source/tests/machines/machines.txt") || {
    echo "$name: none of the machines in machines.txt"
    return 2
  }
  runner=${runner//SOURCE/$source}
  # Here set -e has no force, so that each function says itself whether it failed.
  # shellcheck disable=SC2015,SC2086
  install_packages $packages dpkg-dev cmake ninja-build pkg-config file &&
    log apt.log "$source/tests/tools/debian_source.sh" "$work/apt" yajl zlib cmocka || {
    echo "$name: a package or a source could not be fetched"
    exit 77
  }

  local folder=$work/$name options=()
  if [[ $system == Windows ]]; then
    options=(-DTRPT_WITH_CARES=OFF -DCMAKE_RC_COMPILER="${compiler%gcc}windres")
    export WINEPREFIX=$work/wine WINEDEBUG=-all WINEPATH="Z:$folder/build/lib;Z:/usr/x86_64-w64-mingw32/lib"
    # Started once, not for each test; several tests cannot set it up at the same time.
    mkdir -p "$WINEPREFIX"
    /usr/lib/wine/wineserver64 -p300 || [[ $? == 2 ]] # 2: it runs
    log "$name.log" "$runner" wineboot --init
  elif [[ $system == Generic ]]; then
    # Reports nest deeper than the 64 KiB of stack that programs for WASI have otherwise.
    # WebAssembly cannot jump, which the yajl tokenizer does.
    options=(-DTRPT_BUILD_COMMAND=OFF -DTRPT_WITH_YAJL=OFF '-DCMAKE_EXE_LINKER_FLAGS=-lwasi-emulated-signal -Wl,-z,stack-size=1048576')
  fi
  log "$name.log" cmake -S "$source/tests/machines/dependencies" -B "$folder/dependencies" -G Ninja -DSOURCES="$work/apt" \
    -DCMAKE_SYSTEM_NAME="$system" -DCMAKE_C_COMPILER="$compiler" -DCMAKE_C_FLAGS="$flags"
  log "$name.log" cmake --build "$folder/dependencies"
  PKG_CONFIG_LIBDIR=$folder/dependencies log "$name.log" cmake -S "$source" -B "$folder/build" -G Ninja \
    -DCMAKE_SYSTEM_NAME="$system" -DCMAKE_C_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DZLIB_LIBRARY="$folder/dependencies/libz.a" -DZLIB_INCLUDE_DIR="$folder/dependencies/include" \
    -DCMAKE_C_FLAGS="$flags ${own_flags//SOURCE/$source}" -DCMAKE_CROSSCOMPILING_EMULATOR="${runner// /;}" \
    -DTRPT_WERROR=ON -DTRPT_BUILD_TESTS=ON -DTRPT_BUILD_MAIL=OFF "${options[@]}"
  log "$name.log" cmake --build "$folder/build"
  case $system in
  Windows)
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nexec %s "$0.exe" "$@"\n' "$runner" >"$folder/build/bin/tlsrpt"
    chmod +x "$folder/build/bin/tlsrpt"
    ;;
  *) [[ -z $runner ]] || wrap "$folder/build"/bin/tlsrpt "$folder/build"/examples/example-* "$folder/build/tests"/{blind_faults,diagnostics_document} ;;
  esac
  printf -- '-- %s: %s\n' "$name" "$(find "$folder/build/lib" -maxdepth 1 \( -name '*.so' -o -name '*.dll' \) -exec file -bL {} +)"
  ctest --test-dir "$folder/build" --output-on-failure -j "$(nproc)" "$@"
  [[ $name != musl ]] || static_command
}

# tlsrpt as one file, as docs/building.md shows it, and its tests.
static_command() {
  local build=$folder/static test
  PKG_CONFIG_LIBDIR=$folder/dependencies log "$name.log" cmake -S "$source" -B "$build" -G Ninja -DCMAKE_C_COMPILER="$compiler" \
    -DCMAKE_BUILD_TYPE=MinSizeRel -DZLIB_LIBRARY="$folder/dependencies/libz.a" -DZLIB_INCLUDE_DIR="$folder/dependencies/include" \
    -DCMAKE_EXE_LINKER_FLAGS='-static -s' -DTRPT_WERROR=ON -DTRPT_BUILD_TESTS=OFF -DTRPT_BUILD_MAIL=OFF -DTRPT_WITH_CARES=OFF
  log "$name.log" cmake --build "$build" --target tlsrpt
  readelf -d "$build/bin/tlsrpt" >"$work/dynamic" || return 1
  if grep NEEDED "$work/dynamic"; then return 1; fi
  for test in command filters reason_codes rows_strings summary; do "$source/tests/command/test_$test.sh" "$source" "$build"; done
  printf -- '-- %s: tlsrpt in one file, %d bytes\n' "$name" "$(stat -c %s "$build/bin/tlsrpt")"
}

names=()
while (($#)) && [[ $1 != -- ]]; do
  names+=("$1")
  shift
done
(($# == 0)) || shift
for name in "${names[@]}"; do run_machine "$name" "$@"; done
