#!/bin/bash
# SPDX-License-Identifier: MIT
# What README.md and docs/guide.md, docs/building.md and docs/bindings.md install, in new Debian 12 systems made by debootstrap that
# have nothing but this repository and apt. As root or with sudo; it needs debootstrap.
# usage: fresh_systems.sh [NAME...]     readme, tests, guide, building, bindings; all without a NAME
set -euo pipefail

source=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=tests/tools/blocks.sh
source "$source/tests/tools/blocks.sh"
work=$(mktemp -d)
sudo=()
[[ $(id -u) == 0 ]] || sudo=(sudo)
trap '"${sudo[@]}" rm -rf --one-file-system "$work"' EXIT

# A new system. Some networks have certificates of their own, which it gets from this machine, and pip's settings about them.
make_base() {
  "${sudo[@]}" debootstrap --variant=minbase --include=ca-certificates,git bookworm "$work/base" >"$work/log" || {
    tail -n 20 "$work/log"
    return 77
  }
  "${sudo[@]}" cp /etc/ssl/certs/ca-certificates.crt "$work/base/etc/ssl/certs/"
  [[ ! -f /etc/pip.conf ]] || "${sudo[@]}" cp /etc/pip.conf "$work/base/etc/"
}

# make_system NAME: a copy of it, with the last commit in /libtrpt.
make_system() {
  [[ -d $work/base ]] || make_base
  "${sudo[@]}" cp -a "$work/base" "$work/$1"
  "${sudo[@]}" mkdir "$work/$1/libtrpt"
  git -C "$source" archive HEAD | "${sudo[@]}" tar -C "$work/$1/libtrpt" -x
}

# run NAME: runs the commands on standard input in the system, in /libtrpt. What is mounted for them disappears with them.
run() {
  "${sudo[@]}" unshare --mount --pid --fork bash -c "mount -t proc proc $work/$1/proc && mount --rbind /dev $work/$1/dev &&
    exec chroot $work/$1 env -i HOME=/root PATH=$PATH TERM=dumb bash -euo pipefail -c 'cd /libtrpt && . /dev/stdin'"
}

# passes NAME TEXT...: runs the commands on standard input. They print each TEXT.
passes() {
  local name=$1 text start=$SECONDS
  shift
  run "$name" >"$work/$name.log" 2>&1 || {
    tail -n 40 "$work/$name.log"
    echo "FAILED: $name"
    return 1
  }
  for text; do
    grep -qF -- "$text" "$work/$name.log" || {
      tail -n 40 "$work/$name.log"
      echo "FAILED: $name: nothing printed: $text"
      return 1
    }
  done
  echo "passed: $name, in $((SECONDS - start)) s"
}

# The output of a program of docs/guide.md is what the page shows.
page() { block "$source/docs/$1" "${@:2}"; }
program() {
  printf 'cat >program.c <<"END"\n'
  page guide.md 'c record.c'
  printf 'END\n'
}
printed='mail: mailto:tls@example.com'

readme() { block README.md sh | passes readme 'Mail.ru, 2026-03-01: failures'; }
tests() { block README.md sh 2 | passes tests '100% tests passed'; }
guide() { { echo 'apt-get update' && program && page guide.md 'sh install' && echo ./program; } | passes guide "$printed"; }
building() {
  {
    echo 'apt-get update' && program && page building.md 'sh install'
    page building.md 'sh link' && echo ./a.out
    page building.md 'sh static' && echo './a.out; ! ldd a.out'
    printf 'mkdir project; cp program.c project; cat >project/CMakeLists.txt <<"END"\n'
    printf 'cmake_minimum_required(VERSION 3.22)\nproject(program C)\nadd_executable(program program.c)\n'
    page building.md cmake
    printf 'END\ncmake -S project -B project/build && cmake --build project/build && project/build/program\n'
    page building.md 'sh static-command' && echo 'build-static/bin/tlsrpt version; ! ldd build-static/bin/tlsrpt'
    # Without what was installed before.
    # shellcheck disable=SC2016
    printf 'xargs rm <build/install_manifest.txt; ldconfig; cmake --install build --prefix "$HOME/trpt"\n'
    page building.md 'sh prefix'
    echo './a.out; echo all programs ran'
  } | passes building "$printed" 'tlsrpt 0.' 'all programs ran'
}
bindings() {
  {
    echo 'apt-get update' && page bindings.md 'sh install'
    printf 'python3 - <<"END"\n'
    page bindings.md python
    printf 'END\n'
  } | passes bindings "Mail.ru" 'json.not-json'
}

cd "$source"
(($#)) || set -- readme tests guide building bindings
for name; do
  make_system "$name"
  "$name"
done
