/* SPDX-License-Identifier: MIT */
/* Writes reports. */
#include "native.h"

/* Sets a member of a struct from the value of a Python object's. */
static int set_member(void *to, const Member *member, PyObject *value, PyObject *kept) {
  char *at = (char *)to + member->offset, *more = (char *)to + member->more;
  PyObject *bytes;
  switch (member->kind) {
  case TEXT:
    bytes = encoded(value);
    if (bytes) *(trpt_str *)at = bytes_of(bytes);
    return keep(kept, bytes);
  case TEXTS:
    *(const trpt_str **)at = make_array(kept, value, (uint32_t *)more);
    ((trpt_policy *)to)->present |= member->bit;
    return *(const trpt_str **)at ? 0 : -1;
  case NUMBER_IF:
    *(uint64_t *)at = PyLong_AsUnsignedLongLong(value);
    *(uint32_t *)more |= member->bit;
    break;
  case IS_SET:
    if (PyObject_IsTrue(value) == 1) *(uint32_t *)more |= member->bit;
    break;
  case TIME: *(int64_t *)at = PyLong_AsLongLong(value); break;
  case ENUM: *(int32_t *)at = (int32_t)PyLong_AsLong(value); break;
  default: break; /* the writer counts for itself */
  }
  return PyErr_Occurred() ? -1 : 0;
}

static int set_members(void *to, const Class *class, PyObject *object, PyObject *kept) {
  int failed = 0;
  for (uint32_t i = 0; !failed && i < class->count; i++) {
    const Member *member = &class->members[i];
    PyObject *value = PyObject_GetAttrString(object, member->name);
    failed = !value || (value != Py_None && set_member(to, member, value, kept));
    Py_XDECREF(value);
  }
  return failed;
}

/* Writes an object and what it contains. Returns a status, or TRPT_E_CANCELED with an exception. */
static trpt_status write_each(trpt_writer *writer, PyObject *object, const char *name, Index class);

static trpt_status write_object(trpt_writer *writer, PyObject *object, Index class) {
  trpt_metadata metadata = {.start = INT64_MIN, .end = INT64_MIN};
  trpt_policy policy = {0};
  trpt_failure failure = {0};
  void *to = class == METADATA ? (void *)&metadata : class == POLICY ? (void *)&policy : (void *)&failure;
  PyObject *kept = PyList_New(0); /* owns the texts */
  trpt_status status = TRPT_E_CANCELED;
  if (kept && !set_members(to, &classes[class], object, kept))
    status = class == METADATA ? trpt_writer_metadata(writer, &metadata)
             : class == POLICY ? trpt_writer_policy(writer, &policy)
                               : trpt_writer_failure(writer, &failure);
  Py_XDECREF(kept);
  if (status == TRPT_OK && class == METADATA) status = write_each(writer, object, "policies", POLICY);
  if (status == TRPT_OK && class == POLICY) status = write_each(writer, object, "failures", FAILURE);
  return status;
}

static trpt_status write_each(trpt_writer *writer, PyObject *object, const char *name, Index class) {
  PyObject *list = PyObject_GetAttrString(object, name), *iterator = list ? PyObject_GetIter(list) : NULL, *element;
  trpt_status status = TRPT_OK;
  while (iterator && status == TRPT_OK && (element = PyIter_Next(iterator))) {
    status = write_object(writer, element, class);
    Py_DECREF(element);
  }
  Py_XDECREF(iterator);
  Py_XDECREF(list);
  return PyErr_Occurred() ? TRPT_E_CANCELED : status;
}

PyObject *write_report(PyObject *module, PyObject *args) {
  PyObject *report;
  Text text = {0};
  int is_pretty;
  trpt_status status;
  trpt_writer *writer;
  void *memory;
  if (!PyArg_ParseTuple(args, "Op", &report, &is_pretty)) return NULL;
  memory = PyMem_Malloc(trpt_writer_size());
  if (!memory) return PyErr_NoMemory();
  status = trpt_writer_init(&writer, memory, trpt_writer_size(), is_pretty ? TRPT_PRETTY : 0, write_text, &text);
  if (status == TRPT_OK) status = write_object(writer, report, METADATA);
  if (status == TRPT_OK) status = trpt_writer_end(writer);
  PyMem_Free(memory);
  return end_text(state_of(module), &text, status);
}
