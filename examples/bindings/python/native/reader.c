/* SPDX-License-Identifier: MIT */
/* Reads reports: whole ones in memory, and files in chunks. */
#include "native.h"

/* ---- whole inputs ---- */

/* Inputs of at least this length are parsed without the lock of the interpreter, which costs more than it gives for others. */
enum { LONG_INPUT = 65536 };

/* The kept parser if it has these options, or else a new one. While one is taken, another thread makes its own. */
static trpt_parser *take_parser(State *state, const trpt_options *options) {
  trpt_parser *parser = state->parser;
  if (parser && !memcmp(options, &state->parser_options, sizeof *options)) {
    state->parser = NULL;
    return parser;
  }
  const trpt_status status = trpt_parser_new(&parser, options);
  if (status) raise_status(state, status);
  return status ? NULL : parser;
}

static void give_parser(State *state, trpt_parser *parser, const trpt_options *options) {
  trpt_parser_reset(parser);
  trpt_parser_free(state->parser);
  state->parser = parser;
  memcpy(&state->parser_options, options, sizeof *options); /* with its padding, for memcmp */
}

/* Unlocks the interpreter while a long input is read. */
static PyThreadState *unlock(trpt_str data) { return data.len >= LONG_INPUT ? PyEval_SaveThread() : NULL; }
static void lock(PyThreadState *thread) {
  if (thread) PyEval_RestoreThread(thread);
}

static PyObject *only_argument(PyObject *args, const char *who) {
  if (PyTuple_Size(args) == 1) return report_bytes(PyTuple_GetItem(args, 0), who);
  return PyErr_Format(PyExc_TypeError, "%s needs one argument, the bytes of a report, and options by name", who);
}

PyObject *parse_report(PyObject *module, PyObject *args, PyObject *keywords) {
  State *state = state_of(module);
  trpt_options options;
  trpt_report *report = NULL;
  trpt_parser *parser = NULL;
  PyObject *result = NULL, *bytes = only_argument(args, "parse_report");
  if (bytes && !read_options(state, keywords, &options) && (parser = take_parser(state, &options))) {
    trpt_str data = bytes_of(bytes);
    PyThreadState *thread = unlock(data);
    const trpt_status status = trpt_reports_next(parser, &data, &report);
    lock(thread);
    if (status == TRPT_OK)
      result = new_report(module, report);
    else
      raise_error(state, trpt_parser_error(parser));
    give_parser(state, parser, &options);
  }
  Py_XDECREF(bytes);
  return result;
}

/* ---- JSON ---- */

PyObject *report_json(PyObject *module, PyObject *args, PyObject *keywords) {
  State *state = state_of(module);
  PyObject *data, *name = NULL, *encoded_name = NULL, *bytes = NULL, *result = NULL;
  trpt_source source = {.struct_size = sizeof source};
  trpt_options options;
  trpt_parser *parser = NULL;
  if (!PyArg_ParseTuple(args, "O|O:report_json", &data, &name)) return NULL;
  if (name == Py_None) name = NULL;
  if ((bytes = report_bytes(data, "report_json")) && (!name || (encoded_name = encoded(NULL, name))) &&
      !read_options(state, keywords, &options)) {
    options.flags |= TRPT_SEQUENCE;
    parser = take_parser(state, &options);
  }
  if (parser) {
    const trpt_str input = bytes_of(bytes);
    Text lines = {0};
    if (encoded_name) source.name = bytes_of(encoded_name);
    PyThreadState *thread = unlock(input);
    const trpt_status status = trpt_reports_json(parser, input.ptr, input.len, &source, 0, write_text, &lines);
    lock(thread);
    give_parser(state, parser, &options);
    result = end_text(state, &lines, status);
  }
  Py_XDECREF(encoded_name);
  Py_XDECREF(bytes);
  return result;
}

/* ---- Parser: files ---- */

enum { READ, CHUNK }; /* what it holds: the function `read` of a file, and what that returned */

typedef struct {
  Owner owner;
  trpt_parser *parser; /* NULL: closed */
  trpt_str rest;       /* of the chunk; NULL at the end */
  int has_ended;
  int is_busy; /* a call is in progress, maybe of another thread */
} Parser;

static int check_idle(const Parser *self) {
  if (self->is_busy) PyErr_SetString(PyExc_ValueError, "the reader is in use, maybe by another thread");
  return self->is_busy ? -1 : 0;
}

/* Forgets the input. */
static void forget(Parser *self) {
  owner_clear((PyObject *)self);
  self->rest = (trpt_str){0};
  self->has_ended = 0;
}

static void parser_dealloc(PyObject *self) {
  PyObject_GC_UnTrack(self);
  trpt_parser_free(((Parser *)self)->parser);
  owner_free(self);
}

/* begin_parser(parser, is_sequence, **options): gives a Parser its options. */
PyObject *begin_parser(PyObject *module, PyObject *args, PyObject *keywords) {
  State *state = state_of(module);
  PyObject *object;
  Parser *self;
  int is_sequence;
  trpt_options options;
  trpt_status status;
  if (!PyArg_ParseTuple(args, "O!p:begin_parser", state->objects[PARSER], &object, &is_sequence) ||
      read_options(state, keywords, &options) || check_idle((Parser *)object))
    return NULL;
  self = (Parser *)object;
  if (is_sequence) options.flags |= TRPT_SEQUENCE;
  forget(self);
  trpt_parser_free(self->parser);
  status = trpt_parser_new(&self->parser, &options);
  if (status) return raise_status(state, status);
  if (!self->owner.module) self->owner.module = new_ref(module);
  return new_ref(Py_None);
}

/* open(read): begins an input. */
static PyObject *parser_open(PyObject *object, PyObject *read) {
  Parser *self = (Parser *)object;
  if (check_idle(self)) return NULL;
  forget(self);
  trpt_parser_reset(self->parser);
  self->owner.held[READ] = new_ref(read);
  return new_ref(Py_None);
}

static PyObject *parser_stop(PyObject *object, PyObject *none) {
  Parser *self = (Parser *)object;
  (void)none;
  if (check_idle(self)) return NULL;
  forget(self);
  trpt_parser_free(self->parser);
  self->parser = NULL;
  return new_ref(Py_None);
}

/* Reads on to the next event or report: the one of `event` and `report` that is not NULL. TRPT_E_CANCELED: an exception is set. */
static trpt_status read_on(Parser *self, const trpt_event **event, trpt_report **report) {
  for (;;) {
    size_t used = 0;
    trpt_status status = TRPT_MORE;
    PyObject *chunk;
    if (self->owner.held[CHUNK])
      status = event ? trpt_parser_read(self->parser, self->rest.ptr, self->rest.len, &used, event)
                     : trpt_report_next(self->parser, self->rest.ptr, self->rest.len, &used, report);
    if (self->rest.ptr) self->rest = (trpt_str){self->rest.ptr + used, self->rest.len - used};
    if (status != TRPT_MORE) return status;
    if (!(chunk = read_chunk(NULL, self->owner.held[READ]))) return TRPT_E_CANCELED;
    self->rest = PyBytes_Size(chunk) ? bytes_of(chunk) : (trpt_str){0};
    replace(&self->owner.held[CHUNK], chunk);
  }
}

static PyObject *new_event(State *state, const trpt_event *event) {
  switch (event->type) {
  case TRPT_EVENT_FAILURE: return new_copy(state, FAILURE, event->failure);
  case TRPT_EVENT_POLICY: return new_copy(state, POLICY, event->policy);
  case TRPT_EVENT_REPORT: return new_copy(state, METADATA, event->metadata);
  case TRPT_EVENT_DIAGNOSTIC: return new_copy(state, DIAGNOSTIC, event->diagnostic);
  }
  return new_ref(Py_None); /* of a later version */
}

/* Returns NULL without an exception at the end. */
static PyObject *next_of(Parser *self, int is_event) {
  const trpt_event *event = NULL;
  trpt_report *report = NULL;
  const trpt_status status = read_on(self, is_event ? &event : NULL, is_event ? NULL : &report);
  State *state = state_of(self->owner.module);
  if (status == TRPT_OK) return is_event ? new_event(state, event) : new_report(self->owner.module, report);
  self->has_ended = trpt_parser_has_ended(self->parser) || PyErr_Occurred();
  if (status < 0 && !PyErr_Occurred()) raise_error(state, trpt_parser_error(self->parser));
  return NULL;
}

static PyObject *parser_next(Parser *self, int is_event) {
  PyObject *result;
  if (check_idle(self)) return NULL;
  if (!self->parser || !self->owner.held[READ]) {
    PyErr_SetString(PyExc_ValueError, "the reader is closed");
    return NULL;
  }
  if (self->has_ended) return NULL;
  self->is_busy = 1;
  Py_INCREF((PyObject *)self);
  result = next_of(self, is_event);
  self->is_busy = 0;
  Py_DECREF((PyObject *)self);
  return result;
}

static PyObject *parser_iternext(PyObject *self) { return parser_next((Parser *)self, 1); }

/* next_report(): the next one, or None. */
static PyObject *parser_next_report(PyObject *self, PyObject *none) {
  PyObject *report = parser_next((Parser *)self, 0);
  (void)none;
  return report || PyErr_Occurred() ? report : new_ref(Py_None);
}

static PyMethodDef parser_methods[] = {{"open", parser_open, METH_O, NULL},
                                       {"stop", parser_stop, METH_NOARGS, NULL},
                                       {"next_report", parser_next_report, METH_NOARGS, NULL},
                                       {NULL, NULL, 0, NULL}};
static PyType_Slot parser_slots[] = {{Py_tp_dealloc, SLOT(parser_dealloc)}, {Py_tp_traverse, SLOT(owner_traverse)},
                                     {Py_tp_clear, SLOT(owner_clear)},      {Py_tp_methods, parser_methods},
                                     {Py_tp_iter, SLOT(PyObject_SelfIter)}, {Py_tp_iternext, SLOT(parser_iternext)},
                                     {Py_tp_new, SLOT(PyType_GenericNew)},  {0, NULL}};
PyType_Spec parser_spec = {"trpt._trpt.Parser", sizeof(Parser), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, parser_slots};
