/* SPDX-License-Identifier: MIT */
/* The module: its functions and its state. */
#include "native.h"

/* ---- objects that own others ---- */

int owner_traverse(PyObject *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(self));
  for (int i = 0; i < MAX_HELD; i++) Py_VISIT(((Owner *)self)->held[i]);
  return 0;
}

int owner_clear(PyObject *self) {
  for (int i = 0; i < MAX_HELD; i++) Py_CLEAR(((Owner *)self)->held[i]);
  return 0;
}

void owner_free(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  owner_clear(self);
  Py_XDECREF(((Owner *)self)->module);
  PyObject_GC_Del(self);
  Py_DECREF(type);
}

void replace(PyObject **reference, PyObject *object) {
  PyObject *old = *reference;
  *reference = object;
  Py_XDECREF(old);
}

/* ---- functions ---- */

static PyObject *format_time(PyObject *module, PyObject *seconds) {
  const long long number = PyLong_AsLongLong(seconds);
  char buffer[64];
  trpt_status status;
  if (PyErr_Occurred()) return NULL;
  status = trpt_time_format(number, buffer, sizeof buffer, NULL);
  return status ? raise_status(state_of(module), status) : static_text(buffer);
}

static PyObject *diagnostic_advice(PyObject *module, PyObject *args) {
  const char *code;
  (void)module;
  return PyArg_ParseTuple(args, "s", &code) ? static_text(trpt_diagnostic_advice(code)) : NULL;
}

static PyObject *result_type_description(PyObject *module, PyObject *args) {
  int type;
  (void)module;
  return PyArg_ParseTuple(args, "i", &type) ? static_text(trpt_result_type_description(type)) : NULL;
}

static PyObject *setup(PyObject *module, PyObject *args) {
  State *state = state_of(module);
  if (PyTuple_Size(args) != SETUP_COUNT) return PyErr_Format(PyExc_TypeError, "setup needs %d arguments", SETUP_COUNT);
  for (int i = 0; i < SETUP_COUNT; i++) replace(&state->objects[i], new_ref(PyTuple_GetItem(args, i)));
  return new_ref(Py_None);
}

#define WITH_KEYWORDS(function) (PyCFunction)(void (*)(void)) function, METH_VARARGS | METH_KEYWORDS
static PyMethodDef methods[] = {
    {"setup", setup, METH_VARARGS, NULL},
    {"parse_report", WITH_KEYWORDS(parse_report),
     "Parses a complete report in memory, plain JSON or gzip. Options are those of Reader. Raises Error.\n\n"
     "Members are created when they are read."},
    {"report_json", WITH_KEYWORDS(report_json),
     "report_json(data, source=None, **options): what `tlsrpt report --format json` prints: a line for each "
     "report,\nwhether it can be read or not, without the last line break. source: its name, str or bytes. Options are "
     "those of Reader."},
    {"begin_parser", WITH_KEYWORDS(begin_parser), NULL},
    {"new_batch", WITH_KEYWORDS(new_batch), NULL},
    {"new_options", WITH_KEYWORDS(new_options), NULL},
    {"report_at", report_at, METH_VARARGS, NULL},
    {"diagnostic_at", diagnostic_at, METH_O, NULL},
    {"error_at", error_at, METH_O, NULL},
    {"encoded", encoded, METH_O, NULL},
    {"read_chunk", read_chunk, METH_O, NULL},
    {"record_json", record_json, METH_VARARGS, NULL},
    {"write_record", write_record, METH_O, NULL},
    {"write_report", WITH_KEYWORDS(write_report),
     "write_report($module, report, *, pretty=False)\n--\n\n"
     "Returns the JSON text of a report. Members that are None are omitted, and so are the diagnostics.\n\n"
     "pretty: with line breaks and indentation."},
    {"format_time", format_time, METH_O,
     "Formats Unix seconds as RFC 3339 in UTC. Raises Error outside the years 0 to 9999."},
    {"diagnostic_advice", diagnostic_advice, METH_VARARGS, NULL},
    {"result_type_description", result_type_description, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}};

static int exec_module(PyObject *module) {
  State *state = state_of(module);
  if (!(state->objects[PARSER] = PyType_FromSpec(&parser_spec))) return -1;
  if (!(state->objects[BATCH] = PyType_FromSpec(&batch_spec))) return -1;
  if (add_object_types(module) || PyModule_AddObject(module, "Parser", new_ref(state->objects[PARSER]))) return -1;
  return PyModule_AddStringConstant(module, "VERSION", trpt_version());
}

static int traverse_module(PyObject *module, visitproc visit, void *arg) {
  State *state = state_of(module);
  for (int i = 0; i < OBJECT_COUNT; i++) Py_VISIT(state->objects[i]);
  return 0;
}

static int clear_module(PyObject *module) {
  State *state = state_of(module);
  for (int i = 0; i < OBJECT_COUNT; i++) Py_CLEAR(state->objects[i]);
  clear_texts(state);
  return 0;
}

static void free_module(void *module) {
  State *state = state_of(module);
  clear_module(module);
  trpt_parser_free(state->parser);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, SLOT(exec_module)}, {0, NULL}};
static PyModuleDef module_def = {PyModuleDef_HEAD_INIT, "trpt._trpt",    NULL,         sizeof(State), methods,
                                 module_slots,          traverse_module, clear_module, free_module};

PyMODINIT_FUNC PyInit__trpt(void);
PyMODINIT_FUNC PyInit__trpt(void) { return PyModuleDef_Init(&module_def); }
