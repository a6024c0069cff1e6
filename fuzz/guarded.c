/* SPDX-License-Identifier: MIT */
#include "guarded.h"

#include <sys/mman.h>
#include <unistd.h>

#include "fuzzing.h"

uint8_t *fuzz_guarded(size_t size) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE), inner = (size + page - 1) / page * page;
  uint8_t *all = mmap(NULL, inner + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(all != MAP_FAILED && mprotect(all + page, inner, PROT_READ | PROT_WRITE) == 0);
  return all + page + inner - size;
}
