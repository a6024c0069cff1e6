/* SPDX-License-Identifier: MIT */
/* Tables: batches of rows, and streams of them for engines. */
#include "native.h"

/* What a batch holds: what the iterable raised, its iterator, and what the current item points to. */
enum { EXCEPTION, ITERATOR, NAME, DATA };

/* It exists until all its streams are gone. */
typedef struct {
  Owner owner;
  trpt_batch *batch;
  trpt_source source;
  size_t count;
  char message[256]; /* of the exception of the iterable; "" without one */
} Batch;

/* Takes the current exception. */
static void store_exception(Batch *self) {
  PyObject *type, *value, *traceback, *text, *bytes = NULL;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  if (value && traceback) PyException_SetTraceback(value, traceback);
  text = value ? PyObject_ASCII(value) : NULL;
  bytes = text ? PyUnicode_AsASCIIString(text) : NULL;
  PyOS_snprintf(self->message, sizeof self->message, "The iterable of trpt.Rows failed: %s",
                bytes ? PyBytes_AsString(bytes) : "its exception has no text");
  PyErr_Clear();
  replace(&self->owner.held[EXCEPTION], value);
  Py_XDECREF(bytes);
  Py_XDECREF(text);
  Py_XDECREF(type);
  Py_XDECREF(traceback);
}

/* The name of an item without a source. A format would take a twentieth of the time of the rows. */
static PyObject *name_of(size_t number) {
  char digits[24], *const end = digits + sizeof digits, *begin = end;
  do *--begin = (char)('0' + number % 10);
  while (number /= 10);
  return PyBytes_FromStringAndSize(begin, end - begin);
}

/* Sets name and data from bytes, or from a pair (source, bytes). */
static int set_item(Batch *self, PyObject *value) {
  PyObject *source = NULL, *data = value, **held = self->owner.held;
  if (PyTuple_Check(value) &&
      !PyArg_ParseTuple(value, "OO;trpt.Rows needs bytes, or pairs (source, bytes)", &source, &data))
    return -1;
  replace(&held[NAME], source ? encoded(NULL, source) : name_of(self->count));
  self->count++;
  replace(&held[DATA], report_bytes(data, "trpt.Rows"));
  return held[NAME] && held[DATA] ? 0 : -1;
}

static trpt_status next_item(void *user, trpt_batch_item *item) {
  Batch *self = user;
  PyObject **held = self->owner.held, *value = held[ITERATOR] ? PyIter_Next(held[ITERATOR]) : NULL;
  const int failed = value ? set_item(self, value) : PyErr_Occurred() != NULL;
  Py_XDECREF(value);
  if (failed) {
    store_exception(self);
    return TRPT_E_CANCELED;
  }
  if (!value) return TRPT_END;
  self->source = (trpt_source){.struct_size = sizeof self->source, .name = bytes_of(held[NAME])};
  item->source = &self->source;
  item->data = bytes_of(held[DATA]).ptr;
  item->len = bytes_of(held[DATA]).len;
  return TRPT_OK;
}

/* A stream for engines, which call it without the lock of the interpreter. The lock also keeps two of them apart. */
typedef struct {
  struct ArrowArrayStream inner;
  Batch *batch;
} Stream;

static int stream_get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out) {
  Stream *stream = self->private_data;
  return stream->inner.get_schema(&stream->inner, out); /* reads nothing that changes */
}

static int stream_get_next(struct ArrowArrayStream *self, struct ArrowArray *out) {
  Stream *stream = self->private_data;
  const PyGILState_STATE lock = PyGILState_Ensure();
  const int result = stream->inner.get_next(&stream->inner, out);
  PyGILState_Release(lock);
  return result;
}

static const char *stream_get_last_error(struct ArrowArrayStream *self) {
  Stream *stream = self->private_data;
  const char *message = stream->inner.get_last_error(&stream->inner);
  return message && stream->batch->message[0] ? stream->batch->message : message;
}

static void stream_release(struct ArrowArrayStream *self) {
  Stream *stream = self->private_data;
  const PyGILState_STATE lock = PyGILState_Ensure();
  stream->inner.release(&stream->inner);
  Py_DECREF((PyObject *)stream->batch);
  PyMem_Free(stream);
  self->release = NULL;
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
  stream->batch = (Batch *)new_ref(self);
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

static void batch_dealloc(PyObject *self) {
  PyObject_GC_UnTrack(self);
  trpt_batch_free(((Batch *)self)->batch);
  owner_free(self);
}

/* new_batch(items, max_table, **options) */
PyObject *new_batch(PyObject *module, PyObject *args, PyObject *keywords) {
  State *state = state_of(module);
  trpt_options report;
  trpt_batch_options options = {.struct_size = sizeof options, .report = &report, .next = next_item};
  PyObject *items, *max_table;
  Batch *self;
  trpt_status status;
  if (!PyArg_ParseTuple(args, "OO", &items, &max_table) || read_options(state, keywords, &report)) return NULL;
  options.max_table = PyLong_AsUnsignedLongLong(max_table);
  if (PyErr_Occurred()) return NULL;
  self = (Batch *)PyType_GenericAlloc((PyTypeObject *)state->objects[BATCH], 0);
  if (!self) return NULL;
  self->owner.module = new_ref(module);
  options.user = self;
  if ((self->owner.held[ITERATOR] = PyObject_GetIter(items))) {
    status = trpt_batch_new(&self->batch, &options);
    if (status == TRPT_OK) return (PyObject *)self;
    raise_status(state, status);
  }
  Py_DECREF((PyObject *)self);
  return NULL;
}

static PyMemberDef batch_members[] = {{"exception", T_OBJECT, offsetof(Owner, held[EXCEPTION]), READONLY, NULL},
                                      {NULL, 0, 0, 0, NULL}};
static PyMethodDef batch_methods[] = {{"stream", batch_stream, METH_O, NULL},
                                      {"overflow_count", batch_overflow_count, METH_NOARGS, NULL},
                                      {NULL, NULL, 0, NULL}};
static PyType_Slot batch_slots[] = {{Py_tp_dealloc, SLOT(batch_dealloc)}, {Py_tp_traverse, SLOT(owner_traverse)},
                                    {Py_tp_clear, SLOT(owner_clear)},     {Py_tp_methods, batch_methods},
                                    {Py_tp_members, batch_members},       {0, NULL}};
PyType_Spec batch_spec = {"trpt._trpt.Batch", sizeof(Batch), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, batch_slots};
