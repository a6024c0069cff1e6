/* SPDX-License-Identifier: MIT */
#include "jobs.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "allocate.h"
#include "buffer.h"
#include "folder.h"
#include "standard_output.h"
#include "system_calls.h"

/* WAKE: a sleeping thread is woken once this many inputs wait, because waking it takes longer than reading a small one.
   FOLDERS_MAX: at most this many folders, each of which takes a descriptor, are open for inputs that are not read yet. */
enum { BATCHES_PER_THREAD = 3, LISTS_PER_THREAD = 4, WAKE = 8, FOLDERS_MAX = 48 };

/* Inputs that follow each other. */
typedef struct input_list {
  unsigned count;
  job_input inputs[JOB_BATCH_MAX];
  size_t names[JOB_BATCH_MAX]; /* where they begin in `text`, which moves until the list is complete */
  buffer text;
} input_list;

typedef struct batch {
  bool is_read;
  input_list *list;
  void *state;
} batch;

struct jobs {
  jobs_work work;
  pthread_mutex_t lock;
  pthread_cond_t is_filled; /* threads wait for inputs */
  pthread_cond_t is_next;   /* threads wait for their turn, or for a free batch */
  pthread_cond_t is_empty;  /* the main thread waits for room in the queue, or for the end of all batches */
  unsigned idle;            /* threads that wait for inputs */
  bool main_waits;
  /* Numbers of lists, which are used in a ring: taken <= added. */
  uint64_t added;
  uint64_t taken;
  unsigned waiting; /* inputs in these lists */
  /* Numbers of batches, which are used in a ring: turn <= begun. */
  uint64_t begun;
  uint64_t turn;
  bool is_finishing; /* a thread finishes batches, beginning with `turn` */
  bool is_ending;
  bool is_stopped; /* an input was interrupted, so no later one may be written */
  pthread_t threads[JOBS_MAX];
  unsigned thread_count; /* that were started */
  /* Used by the main thread alone. */
  input_list *next;               /* the list that is being filled */
  uint64_t all_count;             /* inputs so far */
  unsigned folders;               /* that may be open for inputs */
  const open_folder *last_folder; /* of the last input; only compared */
  unsigned list_count;
  input_list **lists;
  unsigned batch_count;
  batch batches[];
};

/* Global because there is only one standard output. Only the main thread changes it, while no other thread runs. */
static jobs *current;

/* The state of the calling thread. */
static _Thread_local struct {
  bool is_worker;
  batch *batch; /* that it reads; NULL in the main thread, unless no other thread reads */
  uint64_t number;
  bool has_turn;   /* saves the lock */
  bool is_stopped; /* as in jobs, when the turn began */
} self;

static batch *batch_of(jobs *j, uint64_t number) { return &j->batches[number % j->batch_count]; }

static input_list **list_of(jobs *j, uint64_t number) { return &j->lists[number % j->list_count]; }

static bool is_drained(const jobs *j) { return j->taken == j->added && j->turn == j->begun; }

/* Whether there is enough room in the ring for the main thread to continue. So it is not woken for each list. */
static bool is_low(const jobs *j) { return j->added - j->taken <= j->list_count / 4; }

static void wake_idle(jobs *j) {
  if (j->idle && j->taken < j->added) pthread_cond_broadcast(&j->is_filled);
}

/* Finishes what was read of the batch that has its turn. The lock is held, but not while the state is finished. */
static void finish_batch(jobs *j, batch *b) {
  self.has_turn = true;
  self.is_stopped = j->is_stopped;
  pthread_mutex_unlock(&j->lock);
  if (self.is_stopped)
    j->work.drop(b->state);
  else
    j->work.finish(b->state);
  pthread_mutex_lock(&j->lock);
}

/* Inputs of the same folder that follow each other hold it once. */
static bool has_new_folder(const input_list *l, const open_folder *next) {
  return next && !(l->count && l->inputs[l->count - 1].folder == next);
}

static void clear_list(input_list *l) {
  while (l->count) {
    open_folder *held = l->inputs[--l->count].folder;
    if (has_new_folder(l, held)) folder_release(held);
  }
  buffer_clear(&l->text);
}

/* Ends the batch that has its turn. The lock is held. */
static void end_batch(jobs *j, batch *b) {
  clear_list(b->list);
  b->is_read = false;
  if (input_interrupted()) j->is_stopped = true;
  j->turn++;
  pthread_cond_broadcast(&j->is_next);
}

/* Finishes all batches that can be. The lock is held. */
static void finish_batches(jobs *j) {
  if (j->is_finishing || j->turn == j->begun || !batch_of(j, j->turn)->is_read) return;
  j->is_finishing = true;
  for (batch *b; j->turn < j->begun && (b = batch_of(j, j->turn))->is_read;) {
    finish_batch(j, b);
    end_batch(j, b);
  }
  self.has_turn = false;
  j->is_finishing = false;
  pthread_cond_broadcast(&j->is_next); /* the batch that has its turn now may be waiting for it */
  if (j->main_waits && is_drained(j)) pthread_cond_signal(&j->is_empty);
}

/* Takes the next list, and puts its own empty one into the ring. The lock is held. */
static void take_batch(jobs *j) {
  self.number = j->begun++;
  self.batch = batch_of(j, self.number);
  input_list **list = list_of(j, j->taken++);
  input_list *empty = self.batch->list;
  self.batch->list = *list;
  *list = empty;
  j->waiting -= self.batch->list->count;
  if (j->main_waits && is_low(j)) pthread_cond_signal(&j->is_empty);
}

/* Waits for inputs, and for a free batch. Returns false if there will be none. The lock is held. */
static bool next_batch(jobs *j) {
  while (j->taken == j->added || j->begun - j->turn == j->batch_count) {
    const bool is_empty = j->taken == j->added;
    if (is_empty && j->is_ending) return false;
    j->idle += is_empty;
    pthread_cond_wait(is_empty ? &j->is_filled : &j->is_next, &j->lock);
    j->idle -= is_empty;
  }
  take_batch(j);
  return true;
}

/* Reads a batch. The lock is held, but not while inputs are read. */
static void read_batch(jobs *j, void *tools) {
  batch *b = self.batch;
  pthread_mutex_unlock(&j->lock);
  j->work.read(b->state, tools, b->list->inputs, b->list->count);
  pthread_mutex_lock(&j->lock);
  self.batch = NULL;
  self.has_turn = false;
  b->is_read = true;
  finish_batches(j);
}

static void *run(void *user) {
  jobs *j = user;
  self.is_worker = true;
  void *tools = j->work.begin_thread(j->work.user);
  pthread_mutex_lock(&j->lock);
  while (next_batch(j)) read_batch(j, tools);
  pthread_mutex_unlock(&j->lock);
  j->work.end_thread(tools);
  return NULL;
}

/* The lock is held. SIGINT interrupts the main thread only. */
static void start_threads(jobs *j) {
  const bool was_blocked = system_block_interrupt(true);
  while (j->thread_count < j->work.threads && pthread_create(&j->threads[j->thread_count], NULL, run, j) == 0)
    j->thread_count++;
  if (!was_blocked) system_block_interrupt(false);
}

/* Makes sure that the queued inputs are read. If there is only one, or no other thread, the main thread reads them. The
   lock is held. */
static void begin_reading(jobs *j) {
  if (!j->thread_count && j->added - j->taken > 1) start_threads(j);
  if (j->thread_count) {
    wake_idle(j);
    return;
  }
  if (j->taken == j->added) return;
  pthread_mutex_unlock(&j->lock);
  void *tools = j->work.begin_thread(j->work.user);
  pthread_mutex_lock(&j->lock);
  while (j->taken < j->added) {
    take_batch(j);
    read_batch(j, tools);
  }
  pthread_mutex_unlock(&j->lock);
  j->work.end_thread(tools);
  pthread_mutex_lock(&j->lock);
}

static void wait_in_main(jobs *j) {
  j->main_waits = true;
  pthread_cond_wait(&j->is_empty, &j->lock);
  j->main_waits = false;
}

/* Passes the list of the main thread to the other threads. Waits until the ring has room. The lock is held. */
static void pass_list(jobs *j) {
  input_list *l = j->next;
  if (!l->count) return;
  if (j->added - j->taken == j->list_count) {
    begin_reading(j);
    while (!is_low(j)) wait_in_main(j);
  }
  for (unsigned i = 0; i < l->count; i++) l->inputs[i].name = l->text.data + l->names[i];
  j->waiting += l->count;
  input_list **list = list_of(j, j->added++);
  j->next = *list;
  *list = l;
  if (j->waiting < WAKE) return;
  if (!j->thread_count)
    start_threads(j);
  else if (j->idle)
    pthread_cond_signal(&j->is_filled);
}

/* The main thread has its turn when all other inputs are finished. */
static void wait_for_all(jobs *j) {
  pass_list(j);
  begin_reading(j);
  while (!is_drained(j)) wait_in_main(j);
  j->folders = 0;
  j->last_folder = NULL;
  self.has_turn = true;
  self.is_stopped = j->is_stopped;
}

static void wait_for_turn(jobs *j) {
  while (j->turn != self.number || j->is_finishing) pthread_cond_wait(&j->is_next, &j->lock);
  finish_batch(j, self.batch);
}

bool jobs_take_turn(void) {
  jobs *j = current;
  if (!j) return true;
  if (self.has_turn) return !self.is_stopped;
  if (self.is_worker && !self.batch) return false; /* it has no memory to begin with */
  pthread_mutex_lock(&j->lock);
  if (self.batch)
    wait_for_turn(j);
  else
    wait_for_all(j);
  pthread_mutex_unlock(&j->lock);
  return !self.is_stopped;
}

bool jobs_have_turn(void) { return !current || self.has_turn; }

static input_list *new_list(void) { return allocate_zeros(1, sizeof(input_list)); }

static void free_list(input_list *l) {
  buffer_free(&l->text);
  free(l);
}

jobs *jobs_begin(const jobs_work *work) {
  const unsigned count = work->threads * BATCHES_PER_THREAD;
  jobs *j = allocate_zeros(1, sizeof *j + count * sizeof *j->batches);
  j->work = *work;
  j->batch_count = count;
  j->list_count = work->threads * LISTS_PER_THREAD;
  j->lists = allocate_zeros(j->list_count, sizeof(input_list *));
  j->next = new_list();
  for (unsigned i = 0; i < j->list_count; i++) j->lists[i] = new_list();
  for (unsigned i = 0; i < count; i++) j->batches[i] = (batch){.list = new_list(), .state = work->begin(work->user)};
  pthread_mutex_init(&j->lock, NULL);
  pthread_cond_init(&j->is_filled, NULL);
  pthread_cond_init(&j->is_next, NULL);
  pthread_cond_init(&j->is_empty, NULL);
  output_wait_with(jobs_take_turn);
  current = j;
  return j;
}

/* Lists are short at first, so that few inputs, which may be large, are shared by all threads. */
static unsigned list_capacity(const jobs *j) {
  const uint64_t share = j->all_count / (16 * (uint64_t)j->work.threads);
  return share < 1 ? 1 : share < JOB_BATCH_MAX ? (unsigned)share : JOB_BATCH_MAX;
}

static void add_to_list(input_list *l, const job_input *input) {
  job_input *copy = &l->inputs[l->count];
  if (has_new_folder(l, input->folder)) folder_hold(input->folder);
  *copy = *input;
  l->names[l->count] = l->text.len;
  buffer_add(&l->text, input->name, strlen(input->name) + 1);
  if (l->text.failed) output_no_memory();
  l->count++;
}

static void count_folder(jobs *j, const open_folder *next) {
  if (!next || next == j->last_folder) return;
  if (j->folders == FOLDERS_MAX) jobs_take_turn();
  j->last_folder = next;
  j->folders++;
}

void jobs_add(jobs *j, const job_input *input) {
  count_folder(j, input->folder);
  self.has_turn = false;
  add_to_list(j->next, input);
  j->all_count++;
  if (j->next->count < list_capacity(j)) return;
  pthread_mutex_lock(&j->lock);
  pass_list(j);
  pthread_mutex_unlock(&j->lock);
}

void jobs_end(jobs *j) {
  pthread_mutex_lock(&j->lock);
  wait_for_all(j);
  j->is_ending = true;
  pthread_cond_broadcast(&j->is_filled);
  pthread_mutex_unlock(&j->lock);
  for (unsigned i = 0; i < j->thread_count; i++) pthread_join(j->threads[i], NULL);
  output_wait_with(NULL);
  current = NULL;
  self.has_turn = false;
  for (unsigned i = 0; i < j->batch_count; i++) {
    j->work.end(j->batches[i].state);
    free_list(j->batches[i].list);
  }
  for (unsigned i = 0; i < j->list_count; i++) free_list(j->lists[i]);
  free_list(j->next);
  pthread_cond_destroy(&j->is_empty);
  pthread_cond_destroy(&j->is_next);
  pthread_cond_destroy(&j->is_filled);
  pthread_mutex_destroy(&j->lock);
  free(j->lists);
  free(j);
}

/* Each thread has one open file at a time. The main thread has at most FOLDER_DEPTH_MAX open folders, one in each level,
   and queued inputs have FOLDERS_MAX. */
static bool has_descriptors(void) {
  enum { ENOUGH = 256 };
  _Static_assert(JOBS_MAX + FOLDER_DEPTH_MAX + FOLDERS_MAX + 16 <= ENOUGH, "too many descriptors");
  return system_allows_descriptors(ENOUGH);
}

unsigned jobs_count(unsigned wanted) {
  enum { DEFAULT_MAX = 8 };
  const long processors = wanted ? (long)wanted : sysconf(_SC_NPROCESSORS_ONLN);
  if (processors < 1 || !has_descriptors()) return 1;
  return !wanted && processors > DEFAULT_MAX ? DEFAULT_MAX : (unsigned)processors;
}
