/* SPDX-License-Identifier: MIT */
/* Tables: batches of rows, and streams of them for engines. */
#include "native.h"

typedef struct Input Input;

typedef struct {
  Owner owner; /* holds what the iterable raised, or NULL */
  trpt_batch *batch;
  Input *input;
} Batch;

/* The items of a batch. It exists until the batch and all its streams are gone. */
struct Input {
  Batch *batch; /* NULL if the Python object is gone */
  PyObject *iterator;
  PyObject *name, *data; /* what the current item points to */
  trpt_source source;
  size_t count;
  char message[256]; /* of the exception of the iterable; "" without one */
};

/* Takes the current exception. */
static void store_exception(Input *input) {
  PyObject *type, *value, *traceback, *text, *bytes = NULL;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  if (value && traceback) PyException_SetTraceback(value, traceback);
  text = value ? PyObject_Repr(value) : NULL;
  bytes = text ? PyUnicode_AsEncodedString(text, "ascii", "backslashreplace") : NULL;
  PyOS_snprintf(input->message, sizeof input->message, "The iterable of trpt.Rows failed: %s",
                bytes ? PyBytes_AsString(bytes) : "its exception has no text");
  PyErr_Clear();
  if (input->batch) {
    PyObject *old = input->batch->owner.held;
    input->batch->owner.held = new_ref(value);
    Py_XDECREF(old);
  }
  Py_XDECREF(bytes);
  Py_XDECREF(text);
  Py_XDECREF(type);
  Py_XDECREF(value);
  Py_XDECREF(traceback);
}

/* Sets name and data from bytes, or from a pair (source, bytes). */
static int set_item(Input *input, PyObject *value) {
  PyObject *source = NULL, *data = value;
  Py_CLEAR(input->name);
  Py_CLEAR(input->data);
  if (PyTuple_Check(value) &&
      !PyArg_ParseTuple(value, "OO;trpt.Rows needs bytes, or pairs (source, bytes)", &source, &data))
    return -1;
  input->name = source ? encoded(source) : PyBytes_FromFormat("%zu", input->count);
  input->count++;
  input->data = report_bytes(data, "trpt.Rows");
  return input->name && input->data ? 0 : -1;
}

static trpt_status next_item(void *user, trpt_batch_item *item) {
  Input *input = user;
  PyObject *value = PyIter_Next(input->iterator);
  const int failed = value ? set_item(input, value) : PyErr_Occurred() != NULL;
  Py_XDECREF(value);
  if (failed) {
    store_exception(input);
    return TRPT_E_CANCELED;
  }
  if (!value) return TRPT_END;
  input->source = (trpt_source){.struct_size = sizeof input->source, .name = bytes_of(input->name)};
  item->source = &input->source;
  item->data = bytes_of(input->data).ptr;
  item->len = bytes_of(input->data).len;
  return TRPT_OK;
}

static void input_done(void *user) {
  Input *input = user;
  if (input->batch) input->batch->input = NULL;
  Py_XDECREF(input->iterator);
  Py_XDECREF(input->name);
  Py_XDECREF(input->data);
  PyMem_Free(input);
}

/* A stream for engines, which call it without the lock of the interpreter. The lock also keeps two of them apart. */
typedef struct {
  struct ArrowArrayStream inner;
  Input *input;
} Stream;

static int stream_get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out) {
  Stream *stream = self->private_data;
  const PyGILState_STATE lock = PyGILState_Ensure();
  const int result = stream->inner.get_schema(&stream->inner, out);
  PyGILState_Release(lock);
  return result;
}

static int stream_get_next(struct ArrowArrayStream *self, struct ArrowArray *out) {
  Stream *stream = self->private_data;
  const PyGILState_STATE lock = PyGILState_Ensure();
  PyObject *batch =
      new_ref((PyObject *)stream->input->batch); /* the iterable may give it up, and the library is not done */
  const int result = stream->inner.get_next(&stream->inner, out);
  Py_XDECREF(batch);
  PyGILState_Release(lock);
  return result;
}

static const char *stream_get_last_error(struct ArrowArrayStream *self) {
  Stream *stream = self->private_data;
  const char *message = stream->inner.get_last_error(&stream->inner);
  return message && stream->input->message[0] ? stream->input->message : message;
}

static void stream_release(struct ArrowArrayStream *self) {
  Stream *stream = self->private_data;
  PyObject *type, *value, *traceback;
  const PyGILState_STATE lock = PyGILState_Ensure();
  PyErr_Fetch(&type, &value, &traceback); /* one may be pending where a capsule is freed */
  stream->inner.release(&stream->inner);
  PyMem_Free(stream);
  self->release = NULL;
  PyErr_Restore(type, value, traceback);
  PyGILState_Release(lock);
}

static const char capsule_name[] = "arrow_array_stream";

static void free_capsule(PyObject *capsule) {
  struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, capsule_name);
  if (stream && stream->release) stream->release(stream); /* no consumer took it */
  PyMem_Free(stream);
}

/* stream(table): a capsule with a stream of the table's rows. */
static PyObject *batch_stream(PyObject *self, PyObject *number) {
  Batch *batch = (Batch *)self;
  const long table = PyLong_AsLong(number);
  struct ArrowArrayStream *outer;
  PyObject *capsule;
  Stream *stream;
  trpt_status status;
  if (PyErr_Occurred()) return NULL;
  outer = PyMem_Calloc(1, sizeof *outer);
  stream = PyMem_Calloc(1, sizeof *stream);
  status = outer && stream ? trpt_batch_stream(batch->batch, (trpt_table)table, &stream->inner) : TRPT_E_MEMORY;
  if (status) {
    PyMem_Free(outer);
    PyMem_Free(stream);
    return raise_status(state_of(batch->owner.module), status);
  }
  stream->input = batch->input;
  *outer = (struct ArrowArrayStream){stream_get_schema, stream_get_next, stream_get_last_error, stream_release, stream};
  capsule = PyCapsule_New(outer, capsule_name, free_capsule);
  if (capsule) return capsule;
  stream_release(outer);
  PyMem_Free(outer);
  return NULL;
}

static PyObject *batch_overflow_count(PyObject *self, PyObject *none) {
  (void)none;
  return PyLong_FromUnsignedLongLong(trpt_batch_overflow_count(((Batch *)self)->batch));
}

static PyObject *batch_exception(PyObject *self, PyObject *none) {
  PyObject *exception = ((Owner *)self)->held;
  (void)none;
  return new_ref(exception ? exception : Py_None);
}

static void batch_dealloc(PyObject *self) {
  Batch *batch = (Batch *)self;
  PyObject_GC_UnTrack(self);
  if (batch->input) batch->input->batch = NULL;
  if (batch->batch)
    trpt_batch_free(batch->batch); /* calls input_done, now or with the last stream */
  else if (batch->input)
    input_done(batch->input);
  owner_free(self);
}

PyObject *new_batch(PyObject *module, PyObject *args, PyObject *keywords) {
  State *state = state_of(module);
  static const Limit limits[] = {LIMIT(trpt_batch_options, max_table)};
  trpt_options report;
  trpt_batch_options options = {
      .struct_size = sizeof options, .report = &report, .next = next_item, .done = input_done};
  const MoreLimits more = {limits, COUNT(limits), &options};
  PyObject *items;
  Batch *self;
  trpt_status status;
  if (!PyArg_ParseTuple(args, "O", &items) || read_options(state, keywords, &report, &more)) return NULL;
  self = (Batch *)new_owner(module, BATCH);
  if (!self) return NULL;
  options.user = self->input = PyMem_Calloc(1, sizeof *self->input);
  if (!self->input) {
    PyErr_NoMemory();
  } else if ((self->input->batch = self, self->input->iterator = PyObject_GetIter(items))) {
    status = trpt_batch_new(&self->batch, &options);
    if (status == TRPT_OK) return (PyObject *)self;
    raise_status(state, status);
  }
  Py_DECREF((PyObject *)self);
  return NULL;
}

static PyMethodDef batch_methods[] = {{"stream", batch_stream, METH_O, NULL},
                                      {"overflow_count", batch_overflow_count, METH_NOARGS, NULL},
                                      {"exception", batch_exception, METH_NOARGS, NULL},
                                      {NULL, NULL, 0, NULL}};
static PyType_Slot batch_slots[] = {{Py_tp_dealloc, SLOT(batch_dealloc)},
                                    {Py_tp_traverse, SLOT(owner_traverse)},
                                    {Py_tp_clear, SLOT(owner_clear)},
                                    {Py_tp_methods, batch_methods},
                                    {0, NULL}};
PyType_Spec batch_spec = {"trpt._trpt.Batch", sizeof(Batch), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, batch_slots};
