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

/* Sets the members of a struct from an object. Returns what owns its texts, or NULL with an exception. */
static PyObject *filled(void *to, Index class, PyObject *object) {
  PyObject *kept = PyList_New(0);
  if (kept && set_members(to, &classes[class], object, kept)) Py_CLEAR(kept);
  return kept;
}

/* These return a status, or TRPT_E_CANCELED with an exception. */
static trpt_status write_failure(trpt_writer *writer, PyObject *object) {
  trpt_failure failure = {0};
  PyObject *kept = filled(&failure, FAILURE, object);
  const trpt_status status = kept ? trpt_writer_failure(writer, &failure) : TRPT_E_CANCELED;
  Py_XDECREF(kept);
  return status;
}

static trpt_status write_policy(trpt_writer *writer, PyObject *object) {
  trpt_policy policy = {0};
  PyObject *kept = filled(&policy, POLICY, object);
  const trpt_status status = kept ? trpt_writer_policy(writer, &policy) : TRPT_E_CANCELED;
  Py_XDECREF(kept);
  return status;
}

static trpt_status write_metadata(trpt_writer *writer, PyObject *object) {
  trpt_metadata metadata = {.start = INT64_MIN, .end = INT64_MIN};
  PyObject *kept = filled(&metadata, METADATA, object);
  const trpt_status status = kept ? trpt_writer_metadata(writer, &metadata) : TRPT_E_CANCELED;
  Py_XDECREF(kept);
  return status;
}

/* Calls a function for each element of the list that is this attribute. */
static trpt_status write_each(trpt_writer *writer, PyObject *object, const char *name,
                              trpt_status (*write)(trpt_writer *, PyObject *)) {
  PyObject *list = PyObject_GetAttrString(object, name), *iterator = list ? PyObject_GetIter(list) : NULL, *element;
  trpt_status status = TRPT_OK;
  while (iterator && status == TRPT_OK && (element = PyIter_Next(iterator))) {
    status = write(writer, element);
    Py_DECREF(element);
  }
  Py_XDECREF(iterator);
  Py_XDECREF(list);
  return PyErr_Occurred() ? TRPT_E_CANCELED : status;
}

static trpt_status write_policy_and_failures(trpt_writer *writer, PyObject *policy) {
  const trpt_status status = write_policy(writer, policy);
  return status == TRPT_OK ? write_each(writer, policy, "failures", write_failure) : status;
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
  if (status == TRPT_OK) status = write_metadata(writer, report);
  if (status == TRPT_OK) status = write_each(writer, report, "policies", write_policy_and_failures);
  if (status == TRPT_OK) status = trpt_writer_end(writer);
  PyMem_Free(memory);
  return end_text(state_of(module), &text, status);
}
