#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs a build into a staging folder and links programs with the installed files, as a distribution and its users would.
# usage: run.sh BUILD_DIR
set -eu

build=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$(sed -n 's/^CMAKE_INSTALL_PREFIX:PATH=//p' "$build/CMakeCache.txt")
stage=$work/stage

DESTDIR=$stage cmake --install "$build" >"$work/install.log"
pc=$(find "$stage" -name trpt.pc)
libdir=$(dirname "$(dirname "$pc")")
test -n "$pc"

# No file names the build or the staging folder, and nothing has a run path.
if grep -rlF -e "$work" "$stage" >&2; then
  echo "the files above name the staging folder" >&2
  exit 1
fi
# lacks BINARY PATTERN: its dynamic section has nothing like this.
lacks() {
  readelf -d "$1" >"$work/dynamic" || exit 1
  if grep -E "$2" "$work/dynamic" >&2; then
    echo "$1 should lack this" >&2
    exit 1
  fi
}
for binary in "$libdir"/libtrpt*.so.* "$stage$prefix"/bin/*; do lacks "$binary" 'RPATH|RUNPATH'; done
readelf -d "$libdir/libtrpt.so" | grep -qF 'Library soname: [libtrpt.so.0]'

# The staged tree has another prefix than the build was told, so this also shows that an installed tree may be moved. The
# flags of trpt must not need the .pc files of its dependencies.
export PKG_CONFIG_PATH="$libdir/pkgconfig"
pkg_config=pkg-config
PKG_CONFIG_LIBDIR=$libdir/pkgconfig $pkg_config --cflags --libs trpt >/dev/null
$pkg_config --validate trpt
version=$($pkg_config --modversion trpt)
flags="-Wall -Wextra -Wpedantic -Werror"

run() {
  test "$(LD_LIBRARY_PATH=$libdir "$1")" = "libtrpt $version"
  echo "ok: ${1##*/}"
}

# shellcheck disable=SC2046,SC2086
{
  shared="$($pkg_config --cflags --libs trpt)"
  # The archive stands beside the shared library, which -ltrpt would prefer.
  static="$($pkg_config --cflags --static --libs trpt | sed 's/-ltrpt\b/-l:libtrpt.a/')"
  ${CC:-cc} -std=c11 $flags "$here/consumer.c" -o "$work/pc-c-shared" $shared
  ${CXX:-c++} -std=c++17 $flags "$here/consumer.cpp" -o "$work/pc-cxx-shared" $shared
  ${CC:-cc} -std=c11 $flags "$here/consumer.c" -o "$work/pc-c-static" $static
  ${CXX:-c++} -std=c++17 $flags "$here/consumer.cpp" -o "$work/pc-cxx-static" $static
  # A program without any shared object, as docs/building.md shows it.
  ${CC:-cc} -std=c11 $flags -static "$here/consumer.c" -o "$work/pc-c-full-static" $($pkg_config --static --cflags --libs trpt)
}
for program in pc-c-shared pc-cxx-shared pc-c-static pc-cxx-static pc-c-full-static; do run "$work/$program"; done
readelf -d "$work/pc-c-shared" | grep -qF libtrpt.so.0
lacks "$work/pc-c-static" libtrpt

programs="c-trpt cxx-trpt c-static cxx-static"
if [ -e "$libdir/pkgconfig/trpt-mail.pc" ]; then
  $pkg_config --validate trpt-mail
  readelf -d "$libdir/libtrpt-mail.so" | grep -qF 'Library soname: [libtrpt-mail.so.0]'
  # shellcheck disable=SC2046,SC2086
  {
    ${CC:-cc} -std=c11 $flags "$here/consumer_mail.c" -o "$work/pc-c-mail" $($pkg_config --cflags --libs trpt-mail)
    # Not --static for GMime: that names libraries of which only few have the files for linking.
    static="-l:libtrpt-mail.a $static $($pkg_config --libs gmime-3.0 libarchive)"
    ${CC:-cc} -std=c11 $flags "$here/consumer_mail.c" -o "$work/pc-c-mail-static" $static
  }
  for program in pc-c-mail pc-c-mail-static; do run "$work/$program"; done
  readelf -d "$work/pc-c-mail" | grep -qF libtrpt-mail.so.0
  lacks "$work/pc-c-mail-static" libtrpt
  # The core drags in neither.
  lacks "$libdir/libtrpt.so" 'gmime|glib|archive'
  programs="$programs c-mail c-mail_static"
fi

cmake -S "$here" -B "$work/cmake" -DCMAKE_PREFIX_PATH="$stage$prefix" >"$work/cmake.log"
cmake --build "$work/cmake" >>"$work/cmake.log" || {
  cat "$work/cmake.log" >&2
  exit 1
}
for program in $programs; do run "$work/cmake/$program"; done

# CMake says why a component is missing.
mkdir "$work/missing"
printf '%s\n' 'cmake_minimum_required(VERSION 3.22)' 'project(missing C)' 'find_package(trpt REQUIRED COMPONENTS other)' >"$work/missing/CMakeLists.txt"
if cmake -S "$work/missing" -B "$work/missing/build" -DCMAKE_PREFIX_PATH="$stage$prefix" >"$work/missing.log" 2>&1; then exit 1; fi
grep -q 'component other: trpt has no such component' "$work/missing.log"

"$stage$prefix/bin/tlsrpt" --version | grep -qF "$version"

# A prefix that is chosen only when the build is installed.
case $(sed -n 's/^CMAKE_INSTALL_LIBDIR:[A-Z]*=//p' "$build/CMakeCache.txt") in
/*) ;;
*)
  cmake --install "$build" --prefix "$work/chosen" >>"$work/install.log"
  PKG_CONFIG_PATH=$(dirname "$(find "$work/chosen" -name trpt.pc)")
  pkg-config --cflags trpt | grep -qF "$work/chosen"
  cmake -S "$here" -B "$work/cmake-chosen" -DCMAKE_PREFIX_PATH="$work/chosen" >"$work/cmake.log"
  grep -qF "$work/chosen" "$work/cmake-chosen/CMakeCache.txt"
  ;;
esac
