/* SPDX-License-Identifier: MIT */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

/* Time and memory of this process. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Stays on the processor it runs on; false where that is not possible. */
bool measure_pin(void);

/* From now on malloc keeps what is freed, so that nobody's time depends on what another gave back to the system. */
void measure_keep_memory(void);

/* To be called before each measurement: does what those before left to be done. malloc sorts what was freed only when it is next
   asked for much; and some x86-64 processors run SSE at half the speed as long as there is anything in the upper halves of
   the vector registers, where not all libraries clean up. */
void measure_settle(void);

/* Processor time, of which others on the machine take nothing. */
double measure_seconds(void);

/* Memory that is in use now, in bytes. */
size_t measure_resident(void);

/* Of all that is allocated between start and stop, by whatever library. 0 where malloc cannot be watched. */
typedef struct heap_use {
  uint64_t allocations;
  size_t peak; /* bytes */
} heap_use;

void measure_heap_start(void);
heap_use measure_heap_stop(void);

double measure_best(const double *seconds, size_t count);
double measure_median(double *seconds, size_t count); /* sorts them */

#endif
