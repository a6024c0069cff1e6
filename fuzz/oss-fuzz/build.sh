#!/bin/bash -eu
# SPDX-License-Identifier: MIT
# Builds all fuzz targets with their seeds and dictionaries. OSS-Fuzz sets the compiler, its flags, the engine and the folders.
# Elsewhere: OUT=FOLDER CC=clang CFLAGS=-fsanitize=fuzzer-no-link,address LIB_FUZZING_ENGINE=-fsanitize=fuzzer fuzz/oss-fuzz/build.sh
build=${WORK:-$OUT}/build
# The targets run on a system without the libraries they use, so these are copied to lib/ beside the targets. For C++'s standard library
# the linker takes the flags of C++.
# shellcheck disable=SC2016
cmake -S . -B "$build" -G Ninja -DTRPT_BUILD_FUZZERS=ON -DTRPT_FUZZ_FLAGS= -DTRPT_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" -DTRPT_BUILD_TESTS=OFF \
  -DTRPT_BUILD_MAIL=ON -DTRPT_WITH_CARES=ON -DCMAKE_EXE_LINKER_FLAGS="${CXXFLAGS-} -Wl,-rpath,\$ORIGIN/lib"
cmake --build "$build"

mkdir -p "$OUT/lib"
for program in "$build"/fuzz/fuzz_*; do
  [[ -x $program && -f $program ]] || continue
  target=${program##*/fuzz_}
  cp "$program" "$OUT/"
  ldd "$program" | awk '$3 ~ /^\// {print $3}' | { grep -vE '/lib(c|m|dl|rt|pthread|resolv|gcc_s)\.so' || true; } | xargs -r cp -t "$OUT/lib"

  fuzz/seeds "$target" "$build/seeds-$target"
  zip -jqr "$OUT/fuzz_${target}_seed_corpus.zip" "$build/seeds-$target"
  cp "$(fuzz/seeds --dictionary "$target")" "$OUT/fuzz_$target.dict"
done
