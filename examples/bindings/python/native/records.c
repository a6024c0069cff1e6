/* SPDX-License-Identifier: MIT */
/* Records. */
#include "native.h"

PyObject *parse_record(PyObject *module, PyObject *args) {
  PyObject *text, *bytes, *ruas = NULL, *extensions = NULL;
  int is_strict, failed = 0;
  trpt_record record;
  trpt_error error;
  trpt_rua rua;
  trpt_str name, value;
  size_t cursor = 0;
  if (!PyArg_ParseTuple(args, "Op", &text, &is_strict) || !(bytes = encoded(text))) return NULL;
  const trpt_str data = bytes_of(bytes);
  if (trpt_record_parse(data.ptr, data.len, is_strict ? TRPT_STRICT : 0, &record, &error)) {
    Py_DECREF(bytes);
    return raise_error(state_of(module), &error);
  }
  failed = !(ruas = PyList_New(0)) || !(extensions = PyList_New(0));
  while (!failed && trpt_record_next_rua(&record, &cursor, &rua) == TRPT_OK)
    failed = keep(ruas, Py_BuildValue("NiNN", text_of(rua.uri), (int)rua.scheme, PyBool_FromLong(rua.usable),
                                      text_of(rua.address)));
  cursor = 0;
  while (!failed && trpt_record_next_extension(&record, &cursor, &name, &value) == TRPT_OK)
    failed = keep(extensions, Py_BuildValue("NN", text_of(name), text_of(value)));
  Py_DECREF(bytes);
  if (!failed) return Py_BuildValue("NN", ruas, extensions);
  Py_XDECREF(ruas);
  Py_XDECREF(extensions);
  return NULL;
}

typedef struct {
  State *state;
  PyObject *list;
} Diagnostics;

static int append_diagnostic(void *user, const trpt_diagnostic *diagnostic) {
  Diagnostics *diagnostics = user;
  return keep(diagnostics->list, new_copy(diagnostics->state, DIAGNOSTIC, diagnostic));
}

PyObject *diagnose_record(PyObject *module, PyObject *text) {
  Diagnostics diagnostics = {state_of(module), PyList_New(0)};
  PyObject *bytes = diagnostics.list ? encoded(text) : NULL;
  trpt_status status = TRPT_E_CANCELED;
  if (bytes) {
    const trpt_str data = bytes_of(bytes);
    status = trpt_record_diagnose(data.ptr, data.len, append_diagnostic, &diagnostics);
    Py_DECREF(bytes);
  }
  if (status) Py_CLEAR(diagnostics.list);
  return status == TRPT_OK || PyErr_Occurred() ? diagnostics.list : raise_status(diagnostics.state, status);
}

PyObject *suggest_record(PyObject *module, PyObject *text) {
  char buffer[TRPT_SUGGESTION_MAX_LEN + 1];
  PyObject *bytes = encoded(text);
  trpt_status status;
  trpt_str data;
  (void)module;
  if (!bytes) return NULL;
  data = bytes_of(bytes);
  status = trpt_record_suggest(data.ptr, data.len, buffer, sizeof buffer, NULL);
  Py_DECREF(bytes);
  return static_text(status == TRPT_OK ? buffer : NULL);
}

/* `kept` owns the texts, too. */
const trpt_str *make_array(PyObject *kept, PyObject *texts, uint32_t *count) {
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
    PyObject *text = PySequence_GetItem(texts, i), *bytes = text ? encoded(text) : NULL;
    Py_XDECREF(text);
    if (keep(kept, new_ref(bytes))) {
      Py_XDECREF(bytes);
      return NULL;
    }
    array[i] = bytes_of(bytes);
    Py_DECREF(bytes);
  }
  *count = (uint32_t)len;
  return array;
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
