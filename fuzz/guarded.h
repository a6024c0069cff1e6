/* SPDX-License-Identifier: MIT */
#ifndef TRPT_FUZZ_GUARDED_H
#define TRPT_FUZZ_GUARDED_H

#include <stddef.h>
#include <stdint.h>

/* Memory for `size` bytes at least, that ends where inaccessible memory begins. If `size` is a multiple of the size of a page, it also
   begins where such memory ends. It is never freed. */
uint8_t *fuzz_guarded(size_t size);

#endif
