/* SPDX-License-Identifier: MIT */
/* Records. */
#include "native.h"

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
