/* SPDX-License-Identifier: MIT */
/* Reads reports: whole ones in memory, and files in chunks. */
#include "native.h"

/* ---- whole inputs ---- */

/* A call that reads one. */
typedef struct {
  State *state;
  PyObject *bytes;
  trpt_str data;
  trpt_options options;
  trpt_parser *parser;
  PyThreadState *thread; /* while the interpreter is unlocked */
} Call;

/* Takes the kept parser if it has these options, or else makes one: another thread may use the kept one. A long input is parsed
   without the lock of the interpreter, which costs more than it gives for others. end_call comes after it in any case. */
static int begin_call(Call *call, PyObject *module, PyObject *data, const char *who, PyObject *keywords,
                      uint32_t flags) {
  enum { LONG_INPUT = 65536 };
  State *state = state_of(module);
  *call = (Call){.state = state, .bytes = report_bytes(data, who)};
  if (!call->bytes || read_options(state, keywords, &call->options)) return -1;
  call->options.flags |= flags;
  call->data = bytes_of(call->bytes);
  call->parser = state->parser;
  if (call->parser && !memcmp(&call->options, &state->parser_options, sizeof call->options)) {
    state->parser = NULL;
  } else {
    const trpt_status status = trpt_parser_new(&call->parser, &call->options);
    if (status) {
      raise_status(state, status);
      return -1;
    }
  }
  if (call->data.len >= LONG_INPUT) call->thread = PyEval_SaveThread();
  return 0;
}

static void lock(Call *call) {
  if (call->thread) PyEval_RestoreThread(call->thread);
}

static void end_call(Call *call) {
  if (call->parser) {
    trpt_parser_reset(call->parser);
    trpt_parser_free(call->state->parser);
    call->state->parser = call->parser;
    memcpy(&call->state->parser_options, &call->options, sizeof call->options); /* with its padding, for memcmp */
  }
  Py_XDECREF(call->bytes);
}

PyObject *parse_report(PyObject *module, PyObject *args, PyObject *keywords) {
  trpt_report *report = NULL;
  PyObject *result = NULL;
  Call call;
  if (PyTuple_Size(args) != 1)
    return PyErr_Format(PyExc_TypeError, "parse_report needs one argument, the bytes of a report, and options by name");
  if (!begin_call(&call, module, PyTuple_GetItem(args, 0), "parse_report", keywords, 0)) {
    const trpt_status status = trpt_reports_next(call.parser, &call.data, &report);
    lock(&call);
    result = status ? raise_error(call.state, trpt_parser_error(call.parser)) : new_report(module, report);
  }
  end_call(&call);
  return result;
}

PyObject *report_json(PyObject *module, PyObject *args, PyObject *keywords) {
  PyObject *data, *name = Py_None, *encoded_name = NULL, *result = NULL;
  trpt_source source = {.struct_size = sizeof source};
  Text lines = {0};
  Call call;
  if (!PyArg_ParseTuple(args, "O|O:report_json", &data, &name)) return NULL;
  if (name != Py_None && !(encoded_name = encoded(NULL, name))) return NULL;
  if (encoded_name) source.name = bytes_of(encoded_name);
  if (!begin_call(&call, module, data, "report_json", keywords, TRPT_SEQUENCE)) {
    const trpt_status status =
        trpt_reports_json(call.parser, call.data.ptr, call.data.len, &source, 0, write_text, &lines);
    lock(&call);
    result = end_text(call.state, &lines, status);
  }
  end_call(&call);
  Py_XDECREF(encoded_name);
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
  Parser *self;
  int is_sequence;
  trpt_options options;
  trpt_status status;
  if (!PyArg_ParseTuple(args, "O!p:begin_parser", state->objects[PARSER], &self, &is_sequence) ||
      read_options(state, keywords, &options) || check_idle(self))
    return NULL;
  if (is_sequence) options.flags |= TRPT_SEQUENCE;
  forget(self);
  trpt_parser_free(self->parser);
  replace(&self->owner.module, new_ref(module));
  status = trpt_parser_new(&self->parser, &options);
  return status ? raise_status(state, status) : new_ref(Py_None);
}

/* open(read): begins an input; None frees the parser. */
static PyObject *parser_open(PyObject *object, PyObject *read) {
  Parser *self = (Parser *)object;
  if (check_idle(self)) return NULL;
  forget(self);
  if (read == Py_None) {
    trpt_parser_free(self->parser);
    self->parser = NULL;
  } else {
    trpt_parser_reset(self->parser);
    self->owner.held[READ] = new_ref(read);
  }
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
static PyObject *parser_next(Parser *self, int is_event) {
  const trpt_event *event = NULL;
  trpt_report *report = NULL;
  PyObject *module = self->owner.module, *result = NULL;
  trpt_status status;
  if (check_idle(self)) return NULL;
  if (!self->parser || !self->owner.held[READ]) return PyErr_Format(PyExc_ValueError, "the reader is closed");
  if (self->has_ended) return NULL;
  self->is_busy = 1;
  Py_INCREF((PyObject *)self);
  status = read_on(self, is_event ? &event : NULL, is_event ? NULL : &report);
  if (status == TRPT_OK) {
    result = is_event ? new_event(state_of(module), event) : new_report(module, report);
  } else {
    self->has_ended = trpt_parser_has_ended(self->parser) || PyErr_Occurred();
    if (status < 0 && !PyErr_Occurred()) raise_error(state_of(module), trpt_parser_error(self->parser));
  }
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

static PyMethodDef parser_methods[] = {
    {"open", parser_open, METH_O, NULL}, {"next_report", parser_next_report, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static PyType_Slot parser_slots[] = {{Py_tp_dealloc, SLOT(parser_dealloc)}, {Py_tp_traverse, SLOT(owner_traverse)},
                                     {Py_tp_clear, SLOT(owner_clear)},      {Py_tp_methods, parser_methods},
                                     {Py_tp_iter, SLOT(PyObject_SelfIter)}, {Py_tp_iternext, SLOT(parser_iternext)},
                                     {Py_tp_new, SLOT(PyType_GenericNew)},  {0, NULL}};
PyType_Spec parser_spec = {"trpt._trpt.Parser", sizeof(Parser), 0,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, parser_slots};
