/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_JOBS_H
#define TLSRPT_JOBS_H

/**
 * Several threads read inputs, and everything that others can see happens in the order of the inputs.
 *
 * The main thread adds inputs to a queue. A thread takes some inputs that follow each other, a batch, and reads them. What needs
 * the order waits in the state of the batch until all earlier batches are finished: then the batch has its turn, and one of the
 * threads finishes it. Threads are never more than a few batches ahead of the one that has its turn, which bounds the memory.
 */

#include "input_source.h"

enum { JOBS_MAX = 64, JOB_BATCH_MAX = 16 };

typedef struct jobs jobs;

typedef struct job_input {
  const char *name;
  input_origin origin;
  struct open_folder *folder; /* that it is opened relative to; may be NULL */
  int fd;                     /* -1: it is not open yet. The thread that reads the input closes it. */
} job_input;

typedef struct jobs_work {
  unsigned threads;
  /* Makes the state of a batch, which is used again. Called by the main thread, as `end` is. */
  void *(*begin)(void *user);
  void (*end)(void *state);
  /* Makes what a thread needs to read inputs. */
  void *(*begin_thread)(void *user);
  void (*end_thread)(void *tools);
  /* Reads inputs. Their names are valid until the batch is finished. */
  void (*read)(void *state, void *tools, const job_input *inputs, unsigned count);
  /* Finishes in order what was read so far and is not finished yet. Called when the batch has its turn, by any thread. */
  void (*finish)(void *state);
  /* The same if nothing may be written any more. */
  void (*drop)(void *state);
  void *user;
} jobs_work;

/* Call it in the main thread. There is one `jobs` at a time, because there is only one standard output. */
jobs *jobs_begin(const jobs_work *work);

/* Waits until all inputs are finished. Ends the threads. */
void jobs_end(jobs *j);

/* Adds an input, copies its name, and holds its folder until it is read. Waits while the queue is full. */
void jobs_add(jobs *j, const job_input *input);

/* Waits for the turn of the batch that the calling thread reads, and finishes what was read of it. The main thread waits until all
   inputs that it added are finished. Returns false if nothing may be written any more, because an earlier input was interrupted: the
   output has then no gap. Without `jobs`, it returns true at once. */
bool jobs_take_turn(void);

/* Whether jobs_take_turn would return true at once. */
bool jobs_have_turn(void);

/* The number of threads to use: `wanted`, or the number of processors but at most 8 if it is 0. It is 1 if there are too few
   descriptors. */
unsigned jobs_count(unsigned wanted);

#endif
