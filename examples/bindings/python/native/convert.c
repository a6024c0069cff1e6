/* SPDX-License-Identifier: MIT */
/* Converts errors and text. */
#include "native.h"

#include <stdlib.h>

/* ---- errors ---- */

static PyObject *new_error(State *state, const trpt_error *e) {
  if (e->status == TRPT_E_MEMORY) return PyErr_NoMemory();
  return PyObject_CallFunction(state->objects[ERROR], "sszsIIK", trpt_status_name(e->status), e->message, e->code,
                               e->where, e->line, e->column, (unsigned long long)e->offset);
}

/* Of libtrpt-mail, at an address that mail.py has. */
PyObject *error_at(PyObject *module, PyObject *address) {
  return new_error(state_of(module), PyLong_AsVoidPtr(address));
}

PyObject *raise_error(State *state, const trpt_error *e) {
  PyObject *error = new_error(state, e);
  if (error) PyErr_SetObject(state->objects[ERROR], error);
  Py_XDECREF(error);
  return NULL;
}

PyObject *raise_status(State *state, trpt_status status) {
  trpt_error error = {.status = status};
  PyOS_snprintf(error.message, sizeof error.message, "%s", trpt_status_message(status));
  return raise_error(state, &error);
}

/* ---- text ---- */

PyObject *static_text(const char *text) {
  if (!text) return new_ref(Py_None);
  return PyUnicode_FromString(text);
}

/* The library replaces each byte of a lone surrogate by U+FFFD. */
PyObject *encoded(PyObject *module, PyObject *text) {
  (void)module;
  if (PyBytes_Check(text)) return new_ref(text);
  if (PyUnicode_Check(text)) return PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
  return PyErr_Format(PyExc_TypeError, "text is needed here, a str, not %R", (PyObject *)Py_TYPE(text));
}

trpt_str bytes_of(PyObject *bytes) { return (trpt_str){PyBytes_AsString(bytes), (size_t)PyBytes_Size(bytes)}; }

int write_text(void *user, const char *data, size_t len) {
  Text *text = user;
  if (len > text->capacity - text->len) {
    const size_t needed = text->len + len, capacity = needed > SIZE_MAX / 2 ? needed : needed * 2;
    char *grown = needed < len ? NULL : realloc(text->data, capacity);
    if (!grown) return 1;
    text->data = grown;
    text->capacity = capacity;
  }
  memcpy(text->data + text->len, data, len);
  text->len += len;
  return 0;
}

PyObject *end_text(State *state, Text *text, trpt_status status) {
  PyObject *bytes = NULL;
  if (status == TRPT_OK)
    bytes = PyBytes_FromStringAndSize(text->data, (Py_ssize_t)text->len);
  else if (!PyErr_Occurred())
    raise_status(state, status == TRPT_E_CANCELED ? TRPT_E_MEMORY : status);
  free(text->data);
  return bytes;
}

/* Others than bytes are copied, since the limited API of 3.9 has no buffers. */
PyObject *report_bytes(PyObject *data, const char *who) {
  if (PyBytes_Check(data)) return new_ref(data);
  if (PyByteArray_Check(data) || PyMemoryView_Check(data)) return PyBytes_FromObject(data);
  return PyErr_Format(PyExc_TypeError, "%s needs the bytes of a report, such as open(path, 'rb').read(), not %R", who,
                      (PyObject *)Py_TYPE(data));
}

PyObject *read_chunk(PyObject *module, PyObject *function) {
  enum { CHUNK = 65536 };
  PyObject *chunk = PyObject_CallFunction(function, "i", CHUNK);
  (void)module;
  if (!chunk || PyBytes_Check(chunk)) return chunk;
  if (PyUnicode_Check(chunk))
    PyErr_SetString(PyExc_TypeError, "the file was opened in text mode; open it with mode 'rb'");
  else
    PyErr_Format(PyExc_TypeError, "the file returned %R instead of bytes", (PyObject *)Py_TYPE(chunk));
  Py_DECREF(chunk);
  return NULL;
}
