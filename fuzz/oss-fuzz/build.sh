#!/bin/bash -eu
# SPDX-License-Identifier: MIT
# OSS-Fuzz sets the flags and the engine. It has no GMime and no libarchive, so libtrpt-mail is left out. The targets run on a system
# without yajl and zlib, so both are linked statically.
cmake -S . -B build -G Ninja -DTRPT_BUILD_FUZZERS=ON -DTRPT_FUZZ_FLAGS= -DTRPT_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" -DTRPT_BUILD_TESTS=OFF \
  -DTRPT_BUILD_MAIL=OFF -DTRPT_WITH_CARES=OFF -DCMAKE_EXE_LINKER_FLAGS=-Wl,-Bstatic,-lyajl,-lz,-Bdynamic
cmake --build build
for program in build/fuzz/fuzz_*; do
  [[ -x $program && -f $program ]] || continue
  target=${program##*/fuzz_}
  cp "$program" "$OUT/"
  fuzz/seeds "$target" "seeds-$target"
  zip -jqr "$OUT/fuzz_${target}_seed_corpus.zip" "seeds-$target"
  dictionary=fuzz/$target.dict
  [[ -f $dictionary ]] || dictionary=fuzz/report.dict
  cp "$dictionary" "$OUT/fuzz_$target.dict"
done
