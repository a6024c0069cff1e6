/* SPDX-License-Identifier: MIT */
/* Fills structs of the library: options, and what is written. */
#include "native.h"

/* ---- structs of the library ---- */

/* Appends an object and drops its reference; fails for NULL. */
static int keep(PyObject *list, PyObject *item) {
  const int failed = item ? PyList_Append(list, item) : -1;
  Py_XDECREF(item);
  return failed;
}

static const trpt_str *make_array(PyObject *kept, PyObject *texts, uint32_t *count) {
  const Py_ssize_t len = PySequence_Size(texts);
  PyObject *memory;
  trpt_str *array;
  if (len < 0) return NULL;
  if (len > UINT32_MAX || (size_t)len >= PY_SSIZE_T_MAX / sizeof *array) {
    PyErr_SetString(PyExc_OverflowError, "the list is too long");
    return NULL;
  }
  memory = PyBytes_FromStringAndSize(NULL, (len + 1) * (Py_ssize_t)sizeof *array);
  if (keep(kept, memory)) return NULL;
  array = (trpt_str *)(void *)PyBytes_AsString(memory);
  for (Py_ssize_t i = 0; i < len; i++) {
    PyObject *text = PySequence_GetItem(texts, i), *bytes = text ? encoded(NULL, text) : NULL;
    Py_XDECREF(text);
    if (keep(kept, bytes)) return NULL;
    array[i] = bytes_of(bytes);
  }
  *count = (uint32_t)len;
  return array;
}

static int set_uint32(uint32_t *to, const Member *member, PyObject *value) {
  const unsigned long long number = PyLong_AsUnsignedLongLong(value);
  if (!PyErr_Occurred() && number > UINT32_MAX)
    PyErr_Format(PyExc_OverflowError, "%s is at most 4294967295", member->name);
  *to = (uint32_t)number;
  return PyErr_Occurred() ? -1 : 0;
}

/* Sets a member of a struct. `kept`, a list, owns the texts. */
static int set_member(State *state, void *to, const Member *member, PyObject *value, PyObject *kept) {
  char *at = (char *)to + member->offset, *more = (char *)to + member->more;
  PyObject *object;
  switch (member->kind) {
  case TEXT:
    object = encoded(NULL, value);
    if (object) *(trpt_str *)at = bytes_of(object);
    return keep(kept, object);
  case TEXTS:
    *(const trpt_str **)at = make_array(kept, value, (uint32_t *)more);
    ((trpt_policy *)to)->present |= member->bit;
    return *(const trpt_str **)at ? 0 : -1;
  case NUMBER_IF:
    *(uint64_t *)at = PyLong_AsUnsignedLongLong(value);
    *(uint32_t *)more |= member->bit;
    break;
  case IS_SET:
  case IS_UNSET:
    if (PyObject_IsTrue(value) == (member->kind == IS_SET)) *(uint32_t *)more |= member->bit;
    break;
  case DATE:
    if (value == Py_None) break;
    object = PyObject_CallFunctionObjArgs(state->objects[SECONDS], value, NULL);
    if (object) *(int64_t *)at = PyLong_AsLongLong(object);
    Py_XDECREF(object);
    break;
  case TIME: *(int64_t *)at = PyLong_AsLongLong(value); break;
  case ENUM: *(int32_t *)at = (int32_t)PyLong_AsLong(value); break;
  case NUMBER: return set_uint32((uint32_t *)at, member, value);
  case OFFSET: *(uint64_t *)at = PyLong_AsUnsignedLongLong(value); break;
  default: break;
  }
  return PyErr_Occurred() ? -1 : 0;
}

/* ---- options ---- */

static const Member *find_option(PyObject *name) {
  const Class *options = &classes[OPTIONS];
  for (uint32_t i = 0; i < options->count; i++)
    if (!PyUnicode_CompareWithASCIIString(name, options->members[i].name)) return &options->members[i];
  PyErr_Format(PyExc_TypeError, "no option %R; use strict, diagnostics, now, or a limit such as max_input", name);
  return NULL;
}

int read_options(State *state, PyObject *keywords, trpt_options *options) {
  PyObject *name, *value;
  Py_ssize_t i = 0;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  while (keywords && PyDict_Next(keywords, &i, &name, &value)) {
    const Member *option = find_option(name);
    if (!option || set_member(state, options, option, value, NULL)) return -1;
  }
  return 0;
}

/* new_options(**options): the struct as bytes. */
PyObject *new_options(PyObject *module, PyObject *args, PyObject *keywords) {
  trpt_options options;
  (void)args;
  if (read_options(state_of(module), keywords, &options)) return NULL;
  return PyBytes_FromStringAndSize((const char *)&options, sizeof options);
}

/* ---- records ---- */

/* record_json(text, is_strict): all about a record. */
PyObject *record_json(PyObject *module, PyObject *args) {
  PyObject *text, *bytes;
  Text json = {0};
  int is_strict;
  if (!PyArg_ParseTuple(args, "Op", &text, &is_strict) || !(bytes = encoded(NULL, text))) return NULL;
  const trpt_str data = bytes_of(bytes);
  const trpt_status status = trpt_record_json(data.ptr, data.len, is_strict ? TRPT_STRICT : 0, 0, write_text, &json);
  Py_DECREF(bytes);
  return end_text(state_of(module), &json, status);
}

PyObject *write_record(PyObject *module, PyObject *uris) {
  PyObject *kept = PyList_New(0), *result = NULL;
  const trpt_str *array;
  uint32_t count;
  size_t needed = 0;
  if (kept && (array = make_array(kept, uris, &count))) {
    trpt_status status = trpt_record_write(array, count, NULL, 0, &needed);
    char *buffer = status == TRPT_E_BUFFER ? PyMem_Malloc(needed + 1) : NULL;
    if (buffer) status = trpt_record_write(array, count, buffer, needed + 1, &needed);
    if (status == TRPT_E_BUFFER)
      PyErr_NoMemory();
    else
      result = status ? raise_status(state_of(module), status) : static_text(buffer);
    PyMem_Free(buffer);
  }
  Py_XDECREF(kept);
  return result;
}

/* ---- reports ---- */

static int set_members(State *state, void *to, const Class *class, PyObject *object, PyObject *kept) {
  enum { WRITTEN = 1 << TEXT | 1 << TEXTS | 1 << NUMBER_IF | 1 << IS_SET | 1 << TIME | 1 << ENUM };
  int failed = 0;
  for (uint32_t i = 0; !failed && i < class->count; i++) {
    const Member *member = &class->members[i];
    PyObject *value;
    if (!(WRITTEN >> member->kind & 1)) continue; /* the writer counts for itself */
    value = PyObject_GetAttrString(object, member->name);
    failed = !value || (value != Py_None && set_member(state, to, member, value, kept));
    Py_XDECREF(value);
  }
  return failed;
}

typedef struct {
  State *state;
  trpt_writer *writer;
} Output;

static trpt_status write_each(const Output *output, PyObject *object, const char *name, Index class);

/* Writes an object and what it contains. Returns a status, or TRPT_E_CANCELED with an exception. */
static trpt_status write_object(const Output *output, PyObject *object, Index class) {
  trpt_metadata metadata = {.start = INT64_MIN, .end = INT64_MIN};
  trpt_policy policy = {0};
  trpt_failure failure = {0};
  void *to = class == METADATA ? (void *)&metadata : class == POLICY ? (void *)&policy : (void *)&failure;
  PyObject *kept = PyList_New(0); /* owns the texts */
  trpt_status status = TRPT_E_CANCELED;
  if (kept && !set_members(output->state, to, &classes[class], object, kept))
    status = class == METADATA ? trpt_writer_metadata(output->writer, &metadata)
             : class == POLICY ? trpt_writer_policy(output->writer, &policy)
                               : trpt_writer_failure(output->writer, &failure);
  Py_XDECREF(kept);
  if (status == TRPT_OK && class == METADATA) status = write_each(output, object, "policies", POLICY);
  if (status == TRPT_OK && class == POLICY) status = write_each(output, object, "failures", FAILURE);
  return status;
}

static trpt_status write_each(const Output *output, PyObject *object, const char *name, Index class) {
  PyObject *list = PyObject_GetAttrString(object, name), *iterator = list ? PyObject_GetIter(list) : NULL, *element;
  trpt_status status = TRPT_OK;
  while (iterator && status == TRPT_OK && (element = PyIter_Next(iterator))) {
    status = write_object(output, element, class);
    Py_DECREF(element);
  }
  Py_XDECREF(iterator);
  Py_XDECREF(list);
  return PyErr_Occurred() ? TRPT_E_CANCELED : status;
}

PyObject *write_report(PyObject *module, PyObject *args, PyObject *keywords) {
  static char *names[] = {"report", "pretty", NULL};
  PyObject *report;
  Text text = {0};
  int is_pretty = 0;
  trpt_status status;
  Output output = {state_of(module), NULL};
  void *memory;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O|$p:write_report", names, &report, &is_pretty)) return NULL;
  memory = PyMem_Malloc(trpt_writer_size());
  if (!memory) return PyErr_NoMemory();
  status = trpt_writer_init(&output.writer, memory, trpt_writer_size(), is_pretty ? TRPT_PRETTY : 0, write_text, &text);
  if (status == TRPT_OK) status = write_object(&output, report, METADATA);
  if (status == TRPT_OK) status = trpt_writer_end(output.writer);
  PyMem_Free(memory);
  return end_text(output.state, &text, status);
}
