/* SPDX-License-Identifier: MIT */
/*
 * The extension of the package trpt, with libtrpt inside. It has what needs speed or memory of the library; the classes that programs
 * see are Python's, in model.py. It uses the limited API of Python 3.9, so one wheel serves all later versions.
 */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x03090000
#include <Python.h>

#include "trpt.h"

/* A function as Python's tables want it. */
#define SLOT(function) (void *)(uintptr_t)(function)
#define COUNT(array)   (sizeof(array) / sizeof((array)[0]))

/* Inputs of at least this length are parsed without the lock of the interpreter, which costs more than it gives for others. */
#define LONG_INPUT 65536

/* What model.py hands over, in the order of the arguments of setup(). */
enum {
  REPORT,
  POLICY,
  FAILURE,
  METADATA,
  FINDING,
  ERROR,
  POLICY_TYPES,
  RESULT_TYPES,
  SEVERITIES,
  SECONDS,
  THING_COUNT
};

typedef struct {
  PyObject *things[THING_COUNT];
  PyObject *tree_type, *parser_type, *batch_type;
  trpt_parser *parser; /* kept between calls of parse_report, with its options; NULL while one of them uses it */
  trpt_options parser_options;
} State;

/* Py_XNewRef of Python 3.10. */
static PyObject *new_ref(PyObject *object) {
  Py_XINCREF(object);
  return object;
}

/* ---- errors and options ---- */

static PyObject *new_error(State *state, const trpt_error *e) {
  if (e->status == TRPT_E_MEMORY) return PyErr_NoMemory();
  return PyObject_CallFunction(state->things[ERROR], "sszsIIK", trpt_status_name(e->status), e->message, e->code,
                               e->where, e->line, e->column, (unsigned long long)e->offset);
}

static PyObject *raise_error(State *state, const trpt_error *e) {
  PyObject *error = new_error(state, e);
  if (error) PyErr_SetObject(state->things[ERROR], error);
  Py_XDECREF(error);
  return NULL;
}

/* Raises an error without a position. */
static PyObject *raise_status(State *state, trpt_status status) {
  trpt_error error = {.status = status};
  PyOS_snprintf(error.message, sizeof error.message, "%s", trpt_status_message(status));
  return raise_error(state, &error);
}

static const struct {
  const char *name;
  size_t offset, size;
} limits[] = {
#define LIMIT(name)                                                                                                    \
  { #name, offsetof(trpt_options, name), sizeof(((trpt_options *)0)->name) }
    LIMIT(max_depth),    LIMIT(max_string),   LIMIT(max_strings),     LIMIT(max_entry),
    LIMIT(max_held),     LIMIT(max_policies), LIMIT(max_diagnostics), LIMIT(max_ratio),
    LIMIT(max_failures), LIMIT(max_input),    LIMIT(max_inflated),    LIMIT(max_memory),
#undef LIMIT
};

static int set_limit(void *to, size_t size, PyObject *value) {
  const unsigned long long number = PyLong_AsUnsignedLongLong(value);
  if (PyErr_Occurred()) return -1;
  if (size == sizeof(uint64_t)) {
    *(uint64_t *)to = number;
  } else if (number <= UINT32_MAX) {
    *(uint32_t *)to = (uint32_t)number;
  } else {
    PyErr_SetString(PyExc_OverflowError, "a limit of this kind is at most 4294967295");
    return -1;
  }
  return 0;
}

static int set_now(State *state, trpt_options *options, PyObject *value) {
  PyObject *seconds;
  if (value == Py_None) return 0;
  seconds = PyObject_CallFunctionObjArgs(state->things[SECONDS], value, NULL);
  if (!seconds) return -1;
  options->now = PyLong_AsLongLong(seconds);
  Py_DECREF(seconds);
  return PyErr_Occurred() ? -1 : 0;
}

static int set_flag(trpt_options *options, uint32_t flag, PyObject *value, int if_true) {
  const int is_true = PyObject_IsTrue(value);
  if (is_true < 0) return -1;
  if (is_true == if_true) options->flags |= flag;
  return 0;
}

static int set_option(State *state, trpt_options *options, uint64_t *max_table, PyObject *name, PyObject *value) {
  if (!PyUnicode_CompareWithASCIIString(name, "strict")) return set_flag(options, TRPT_STRICT, value, 1);
  if (!PyUnicode_CompareWithASCIIString(name, max_table ? "diagnostics" : "findings"))
    return set_flag(options, TRPT_NO_DIAGNOSTICS, value, 0);
  if (!max_table && !PyUnicode_CompareWithASCIIString(name, "now")) return set_now(state, options, value);
  if (max_table && !PyUnicode_CompareWithASCIIString(name, "max_table"))
    return set_limit(max_table, sizeof *max_table, value);
  for (size_t i = 0; i < COUNT(limits); i++)
    if (!PyUnicode_CompareWithASCIIString(name, limits[i].name))
      return set_limit((char *)options + limits[i].offset, limits[i].size, value);
  PyErr_Format(PyExc_TypeError, "no option %R; use strict, %s, or a limit such as max_input", name,
               max_table ? "diagnostics, max_table" : "findings, now");
  return -1;
}

/* `max_table`: NULL unless the options are those of Rows. */
static int read_options(State *state, PyObject *keywords, trpt_options *options, uint64_t *max_table) {
  PyObject *name, *value;
  Py_ssize_t i = 0;
  memset(options, 0, sizeof *options);
  options->struct_size = sizeof *options;
  while (keywords && PyDict_Next(keywords, &i, &name, &value))
    if (set_option(state, options, max_table, name, value)) return -1;
  return 0;
}

/* ---- text ---- */

static PyObject *text_of(trpt_str text) {
  if (!text.ptr) return new_ref(Py_None);
  return PyUnicode_DecodeUTF8(text.ptr, (Py_ssize_t)text.len, "replace");
}

static PyObject *static_text(const char *text) {
  if (!text) return new_ref(Py_None);
  return PyUnicode_FromString(text);
}

/* Encodes text. The library replaces each byte of a lone surrogate by U+FFFD. Bytes are taken as they are. */
static PyObject *encoded(PyObject *text) {
  if (PyBytes_Check(text)) return new_ref(text);
  if (PyUnicode_Check(text)) return PyUnicode_AsEncodedString(text, "utf-8", "surrogatepass");
  return PyErr_Format(PyExc_TypeError, "text is needed here, a str, not %R", (PyObject *)Py_TYPE(text));
}

static trpt_str bytes_of(PyObject *bytes) { return (trpt_str){PyBytes_AsString(bytes), (size_t)PyBytes_Size(bytes)}; }

/* Appends the text of `bytes` to `kept`, which then owns them. */
static int keep(PyObject *kept, PyObject *bytes) {
  const int failed = bytes ? PyList_Append(kept, bytes) : -1;
  Py_XDECREF(bytes);
  return failed;
}

static int write_to_list(void *list, const char *data, size_t len) {
  return keep(list, PyBytes_FromStringAndSize(data, (Py_ssize_t)len));
}

static PyObject *joined(PyObject *list) {
  PyObject *empty = PyBytes_FromStringAndSize("", 0), *text = NULL;
  if (empty) text = PyObject_CallMethod(empty, "join", "O", list);
  Py_XDECREF(empty);
  return text;
}

/* The bytes of a report. Others than bytes are copied, since the limited API of 3.9 has no buffers. */
static PyObject *report_bytes(PyObject *data, const char *who) {
  if (PyBytes_Check(data)) return new_ref(data);
  if (PyByteArray_Check(data) || PyMemoryView_Check(data)) return PyBytes_FromObject(data);
  return PyErr_Format(PyExc_TypeError, "%s needs the bytes of a report, such as open(path, 'rb').read(), not %R", who,
                      (PyObject *)Py_TYPE(data));
}

/* ---- objects with members that are created on access ---- */

/* Owns what the library has parsed. */
typedef struct {
  PyObject_HEAD PyObject *module;
  State *state;
  trpt_report *report;
} Tree;

static void tree_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  trpt_report_free(((Tree *)self)->report);
  Py_XDECREF(((Tree *)self)->module);
  PyObject_Free(self);
  Py_DECREF(type);
}

static PyType_Slot tree_slots[] = {{Py_tp_dealloc, SLOT(tree_dealloc)}, {0, NULL}};
static PyType_Spec tree_spec = {"trpt._trpt.Tree", sizeof(Tree), 0, Py_TPFLAGS_DEFAULT, tree_slots};

enum { MAX_MEMBERS = 12 };

/* An object of any class of a report. A member that is NULL is created from `from` when it is needed, if there is one. */
typedef struct {
  PyObject_HEAD Tree *tree; /* owns `from`; NULL if all members are set, or for an object that a program made */
  const void *from;         /* trpt_metadata, trpt_policy, trpt_failure or trpt_diagnostic */
  PyObject *members[MAX_MEMBERS];
} Object;

/* How a member is created, and for those that the writer needs how it is read. */
typedef enum {
  TEXT,      /* trpt_str */
  TEXTS,     /* array of trpt_str; `more` is the offset of the count */
  NUMBER_IF, /* uint64_t with a bit in `more` */
  IS_SET,    /* a bit in `more` */
  TIME,      /* int64_t, INT64_MIN if absent */
  NUMBER,    /* uint32_t */
  OFFSET,    /* uint64_t */
  ASCII,     /* const char * */
  ENUM,      /* int32_t; `bit` is the index of the members in State.things */
  CHILDREN,  /* list of policies, failures or findings: `bit` is the class */
  KEY,
  VALUE /* only programs set it */
} Kind;

typedef struct {
  const char *name;
  Kind kind;
  uint32_t slot, bit;
  size_t offset, more;
} Member;

#define POLICY_AT(member)     offsetof(trpt_policy, member)
#define FAILURE_AT(member)    offsetof(trpt_failure, member)
#define METADATA_AT(member)   offsetof(trpt_metadata, member)
#define DIAGNOSTIC_AT(member) offsetof(trpt_diagnostic, member)

static const Member policy_members[] = {
    {"type", ENUM, 0, POLICY_TYPES, POLICY_AT(type), 0},
    {"type_name", TEXT, 1, 0, POLICY_AT(type_name), 0},
    {"domain", TEXT, 2, 0, POLICY_AT(domain), 0},
    {"strings", TEXTS, 3, TRPT_POLICY_HAS_STRINGS, POLICY_AT(strings), POLICY_AT(string_count)},
    {"mx_hosts", TEXTS, 4, TRPT_POLICY_HAS_MX_HOSTS, POLICY_AT(mx_hosts), POLICY_AT(mx_host_count)},
    {"successful_sessions", NUMBER_IF, 5, TRPT_POLICY_HAS_SUCCESSFUL, POLICY_AT(successful_sessions),
     POLICY_AT(present)},
    {"failed_sessions", NUMBER_IF, 6, TRPT_POLICY_HAS_FAILED, POLICY_AT(failed_sessions), POLICY_AT(present)},
    {"failures", CHILDREN, 7, FAILURE, 0, 0},
    {"has_policy", IS_SET, 8, TRPT_POLICY_HAS_POLICY, 0, POLICY_AT(present)},
    {"has_failures", IS_SET, 9, TRPT_POLICY_HAS_FAILURES, 0, POLICY_AT(present)},
    {"index", NUMBER, 10, 0, POLICY_AT(index), 0},
};
static const Member failure_members[] = {
    {"type", ENUM, 0, RESULT_TYPES, FAILURE_AT(type), 0},
    {"type_name", TEXT, 1, 0, FAILURE_AT(type_name), 0},
    {"sending_mta_ip", TEXT, 2, 0, FAILURE_AT(sending_mta_ip), 0},
    {"receiving_mx_hostname", TEXT, 3, 0, FAILURE_AT(receiving_mx_hostname), 0},
    {"receiving_mx_helo", TEXT, 4, 0, FAILURE_AT(receiving_mx_helo), 0},
    {"receiving_ip", TEXT, 5, 0, FAILURE_AT(receiving_ip), 0},
    {"failed_sessions", NUMBER_IF, 6, TRPT_FAILURE_HAS_FAILED_SESSIONS, FAILURE_AT(failed_sessions),
     FAILURE_AT(present)},
    {"additional_information", TEXT, 7, 0, FAILURE_AT(additional_information), 0},
    {"failure_reason_code", TEXT, 8, 0, FAILURE_AT(failure_reason_code), 0},
    {"policy_index", NUMBER, 9, 0, FAILURE_AT(policy_index), 0},
};
static const Member metadata_members[] = {
    {"organization_name", TEXT, 0, 0, METADATA_AT(organization_name), 0},
    {"contact_info", TEXT, 1, 0, METADATA_AT(contact_info), 0},
    {"report_id", TEXT, 2, 0, METADATA_AT(report_id), 0},
    {"start_seconds", TIME, 3, 0, METADATA_AT(start), 0},
    {"end_seconds", TIME, 4, 0, METADATA_AT(end), 0},
    {"error_count", NUMBER, 5, 0, METADATA_AT(error_count), 0},
    {"warning_count", NUMBER, 6, 0, METADATA_AT(warning_count), 0},
    {"info_count", NUMBER, 7, 0, METADATA_AT(info_count), 0},
};
static const Member report_members[] = {
    {"policies", CHILDREN, 8, POLICY, 0, 0},
    {"findings", CHILDREN, 9, FINDING, 0, 0},
    {"key", KEY, 10, 0, 0, 0},
    {"source", VALUE, 11, 0, 0, 0},
};
static const Member diagnostic_members[] = {
    {"code", ASCII, 0, 0, DIAGNOSTIC_AT(code), 0},       {"severity", ENUM, 1, SEVERITIES, DIAGNOSTIC_AT(severity), 0},
    {"message", ASCII, 2, 0, DIAGNOSTIC_AT(message), 0}, {"section", ASCII, 3, 0, DIAGNOSTIC_AT(section), 0},
    {"where", ASCII, 4, 0, DIAGNOSTIC_AT(where), 0},     {"line", NUMBER, 5, 0, DIAGNOSTIC_AT(line), 0},
    {"column", NUMBER, 6, 0, DIAGNOSTIC_AT(column), 0},  {"offset", OFFSET, 7, 0, DIAGNOSTIC_AT(offset), 0},
};

/* Makes an object of a class of model.py without a call of its __init__. */
static PyObject *new_object(State *state, int class, Tree *tree, const void *from) {
  Object *object = (Object *)PyType_GenericAlloc((PyTypeObject *)state->things[class], 0);
  if (!object) return NULL;
  object->tree = (Tree *)new_ref((PyObject *)tree);
  object->from = from;
  return (PyObject *)object;
}

static PyObject *make_texts(const trpt_str *texts, uint32_t count) {
  PyObject *list = PyList_New((Py_ssize_t)count);
  for (uint32_t i = 0; list && i < count; i++) {
    PyObject *text = PyUnicode_DecodeUTF8(texts[i].ptr, (Py_ssize_t)texts[i].len, "replace");
    if (!text || PyList_SetItem(list, (Py_ssize_t)i, text)) Py_CLEAR(list);
  }
  return list;
}

static PyObject *make_children(State *state, Tree *tree, const void *from, int class) {
  const trpt_report *report = tree ? tree->report : NULL; /* an event has no children, and their counts are 0 then */
  const uint32_t policy = class == FAILURE ? ((const trpt_policy *)from)->index : 0;
  const uint32_t count = class == POLICY    ? trpt_report_policy_count(report)
                         : class == FAILURE ? trpt_report_failure_count(report, policy)
                                            : trpt_report_diagnostic_count(report);
  PyObject *list = PyList_New((Py_ssize_t)count);
  for (uint32_t i = 0; list && i < count; i++) {
    const void *child = class == POLICY    ? (const void *)trpt_report_policy(report, i)
                        : class == FAILURE ? (const void *)trpt_report_failure(report, policy, i)
                                           : (const void *)trpt_report_diagnostic(report, i);
    PyObject *object = new_object(state, class, tree, child);
    if (!object || PyList_SetItem(list, (Py_ssize_t)i, object)) Py_CLEAR(list);
  }
  return list;
}

static PyObject *make_key(State *state, const trpt_report *report) {
  char key[64];
  size_t len = 0;
  const trpt_status status = trpt_report_key(report, key, sizeof key, &len);
  if (status) return raise_status(state, status);
  return PyUnicode_DecodeUTF8(key, (Py_ssize_t)len, NULL);
}

static PyObject *make_enum(PyObject *values, int32_t number) {
  const int32_t known = number >= 0 && number < PyTuple_Size(values) ? number : 0; /* a number of a later version */
  return new_ref(PyTuple_GetItem(values, (Py_ssize_t)known));
}

/* Creates a member. */
static PyObject *make(State *state, Tree *tree, const void *from, const Member *member) {
  const char *at = (const char *)from + member->offset, *more = (const char *)from + member->more;
  switch (member->kind) {
  case TEXT: return text_of(*(const trpt_str *)at);
  case TEXTS:
    if (!*(const trpt_str *const *)at) return new_ref(Py_None);
    return make_texts(*(const trpt_str *const *)at, *(const uint32_t *)more);
  case NUMBER_IF:
    if (!(*(const uint32_t *)more & member->bit)) return new_ref(Py_None);
    return PyLong_FromUnsignedLongLong(*(const uint64_t *)at);
  case IS_SET: return PyBool_FromLong((*(const uint32_t *)more & member->bit) != 0);
  case TIME:
    if (*(const int64_t *)at == INT64_MIN) return new_ref(Py_None);
    return PyLong_FromLongLong(*(const int64_t *)at);
  case NUMBER: return PyLong_FromUnsignedLong(*(const uint32_t *)at);
  case OFFSET: return PyLong_FromUnsignedLongLong(*(const uint64_t *)at);
  case ASCII: return static_text(*(const char *const *)at);
  case ENUM: return make_enum(state->things[member->bit], *(const int32_t *)at);
  case CHILDREN: return make_children(state, tree, from, (int)member->bit);
  case KEY: return make_key(state, tree->report);
  case VALUE: break;
  }
  return new_ref(Py_None);
}

/* Creates all members from something that will not last. */
static PyObject *copy_object(State *state, int class, const void *from, const Member *members, size_t count) {
  Object *object = (Object *)new_object(state, class, NULL, NULL);
  for (size_t i = 0; object && i < count; i++)
    if (!(object->members[members[i].slot] = make(state, NULL, from, &members[i]))) Py_CLEAR(object);
  return (PyObject *)object;
}

static PyObject *object_get(PyObject *self, void *closure) {
  Object *object = (Object *)self;
  const Member *member = closure;
  PyObject **value = &object->members[member->slot];
  if (!*value) {
    if (!object->tree) return new_ref(Py_None);
    *value = make(object->tree->state, object->tree, object->from, member);
  }
  return new_ref(*value);
}

static int object_set(PyObject *self, PyObject *value, void *closure) {
  const Member *member = closure;
  PyObject **at = &((Object *)self)->members[member->slot], *old = *at;
  if (!value) {
    PyErr_Format(PyExc_TypeError, "%s cannot be deleted; set it to None", member->name);
    return -1;
  }
  *at = new_ref(value);
  Py_XDECREF(old);
  return 0;
}

static PyObject *object_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
  (void)args, (void)keywords; /* those of __init__ */
  return PyType_GenericAlloc(type, 0);
}

static int object_traverse(PyObject *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(self));
  for (int i = 0; i < MAX_MEMBERS; i++) Py_VISIT(((Object *)self)->members[i]);
  return 0;
}

/* A member that is NULL can be created again. */
static int object_clear(PyObject *self) {
  for (int i = 0; i < MAX_MEMBERS; i++) Py_CLEAR(((Object *)self)->members[i]);
  return 0;
}

static void object_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  object_clear(self);
  Py_XDECREF((PyObject *)((Object *)self)->tree);
  PyObject_GC_Del(self);
  Py_DECREF(type);
}

/* A base class of a class of model.py, with its members. `getset` lives as long as the module. */
static int add_object_type(PyObject *module, const char *name, const Member *members, size_t count, PyGetSetDef *getset,
                           PyObject *base) {
  PyType_Slot slots[] = {{Py_tp_new, SLOT(object_new)},
                         {Py_tp_dealloc, SLOT(object_dealloc)},
                         {Py_tp_traverse, SLOT(object_traverse)},
                         {Py_tp_clear, SLOT(object_clear)},
                         {Py_tp_getset, getset},
                         {0, NULL}};
  PyType_Spec spec = {name, sizeof(Object), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, slots};
  PyObject *type;
  for (size_t i = 0; i < count; i++)
    getset[i] = (PyGetSetDef){members[i].name, object_get, object_set, NULL, (void *)(uintptr_t)&members[i]};
  type = PyType_FromSpecWithBases(&spec, base);
  if (!type) return -1;
  if (!PyModule_AddObject(module, strrchr(name, '.') + 1, type)) return 0;
  Py_DECREF(type);
  return -1;
}

/* ---- reading ---- */

/* Takes the report. */
static PyObject *new_report(PyObject *module, trpt_report *report) {
  State *state = PyModule_GetState(module);
  Tree *tree = PyObject_New(Tree, (PyTypeObject *)state->tree_type);
  PyObject *object;
  if (!tree) {
    trpt_report_free(report);
    return NULL;
  }
  tree->module = new_ref(module);
  tree->state = state;
  tree->report = report;
  object = new_object(state, REPORT, tree, trpt_report_metadata(report));
  Py_DECREF((PyObject *)tree);
  return object;
}

static PyObject *new_event(State *state, const trpt_event *event) {
  switch (event->type) {
  case TRPT_EVENT_FAILURE: return copy_object(state, FAILURE, event->failure, failure_members, COUNT(failure_members));
  case TRPT_EVENT_POLICY: return copy_object(state, POLICY, event->policy, policy_members, COUNT(policy_members));
  case TRPT_EVENT_REPORT:
    return copy_object(state, METADATA, event->metadata, metadata_members, COUNT(metadata_members));
  case TRPT_EVENT_DIAGNOSTIC:
    return copy_object(state, FINDING, event->diagnostic, diagnostic_members, COUNT(diagnostic_members));
  }
  return new_ref(Py_None); /* of a later version */
}

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

/* Reads a whole report. The bytes object must be kept. */
static trpt_status read_whole(trpt_parser *parser, PyObject *bytes, trpt_report **report) {
  const trpt_str data = bytes_of(bytes);
  PyThreadState *thread = data.len >= LONG_INPUT ? PyEval_SaveThread() : NULL;
  trpt_status status = trpt_report_read(parser, data.ptr, data.len, report);
  if (status == TRPT_MORE) status = trpt_report_read(parser, NULL, 0, report);
  if (thread) PyEval_RestoreThread(thread);
  return status;
}

static PyObject *only_argument(PyObject *args, const char *who) {
  if (PyTuple_Size(args) == 1) return report_bytes(PyTuple_GetItem(args, 0), who);
  return PyErr_Format(PyExc_TypeError, "%s needs one argument, the bytes of a report, and options by name", who);
}

static PyObject *parse_report(PyObject *module, PyObject *args, PyObject *keywords) {
  State *state = PyModule_GetState(module);
  trpt_options options;
  trpt_report *report = NULL;
  trpt_parser *parser = NULL;
  PyObject *result = NULL, *data = only_argument(args, "parse_report");
  if (data && !read_options(state, keywords, &options, NULL) && (parser = take_parser(state, &options))) {
    if (read_whole(parser, data, &report) == TRPT_OK)
      result = new_report(module, report);
    else
      raise_error(state, trpt_parser_error(parser));
    give_parser(state, parser, &options);
  }
  Py_XDECREF(data);
  return result;
}

static trpt_status write_json(PyObject *source, trpt_parser *parser, PyObject *data, PyObject *list) {
  trpt_report *report = NULL;
  trpt_source about = {.struct_size = sizeof about};
  trpt_status status = read_whole(parser, data, &report);
  if (source) about.name = bytes_of(source);
  if (status == TRPT_OK) {
    status = trpt_report_json(report, NULL, &about, 0, write_to_list, list);
    trpt_report_free(report);
    return status;
  }
  trpt_error error = *trpt_parser_error(parser);
  if (error.status == TRPT_E_TRUNCATED && error.offset == 0) /* the command says it so, too */
    PyOS_snprintf(error.message, sizeof error.message, "The input is empty.");
  return trpt_report_json(trpt_report_unfinished(parser), &error, &about, 0, write_to_list, list);
}

static PyObject *report_json(PyObject *module, PyObject *args, PyObject *keywords) {
  State *state = PyModule_GetState(module);
  PyObject *data, *source = NULL, *bytes = NULL, *name = NULL, *list = NULL, *result = NULL;
  trpt_options options;
  trpt_parser *parser = NULL;
  if (!PyArg_ParseTuple(args, "O|O:report_json", &data, &source)) return NULL;
  if (source == Py_None) source = NULL;
  if ((bytes = report_bytes(data, "report_json")) && (!source || (name = encoded(source))) && (list = PyList_New(0)) &&
      !read_options(state, keywords, &options, NULL) && (parser = take_parser(state, &options))) {
    const trpt_status status = write_json(name, parser, bytes, list);
    give_parser(state, parser, &options);
    if (status == TRPT_OK)
      result = joined(list);
    else if (!PyErr_Occurred())
      raise_status(state, status);
  }
  Py_XDECREF(list);
  Py_XDECREF(name);
  Py_XDECREF(bytes);
  return result;
}

/* ---- Parser: chunks ---- */

typedef struct {
  PyObject_HEAD PyObject *module;
  trpt_parser *parser;
} Parser;

static PyObject *new_parser(PyObject *module, PyObject *args, PyObject *keywords) {
  State *state = PyModule_GetState(module);
  trpt_options options;
  trpt_status status;
  Parser *self;
  if (!PyArg_ParseTuple(args, ":new_parser") || read_options(state, keywords, &options, NULL)) return NULL;
  self = PyObject_New(Parser, (PyTypeObject *)state->parser_type);
  if (!self) return NULL;
  self->module = new_ref(module);
  status = trpt_parser_new(&self->parser, &options);
  if (status == TRPT_OK) return (PyObject *)self;
  Py_DECREF((PyObject *)self);
  return raise_status(state, status);
}

static void parser_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  trpt_parser_free(((Parser *)self)->parser);
  Py_XDECREF(((Parser *)self)->module);
  PyObject_Free(self);
  Py_DECREF(type);
}

/* feed(chunk): the events of a chunk, and the Error that ended them or None. An empty chunk ends the input. */
static PyObject *parser_feed(PyObject *self, PyObject *chunk) {
  State *state = PyModule_GetState(((Parser *)self)->module);
  trpt_parser *parser = ((Parser *)self)->parser;
  PyObject *bytes = report_bytes(chunk, "Reader"), *list = PyList_New(0), *error = NULL;
  const trpt_event *event;
  trpt_str data;
  size_t used;
  trpt_status status;
  if (!bytes || !list) goto done;
  data = bytes_of(bytes);
  if (!data.len) data.ptr = NULL;
  while ((status = trpt_parser_read(parser, data.ptr, data.len, &used, &event)) == TRPT_OK) {
    if (data.ptr) data = (trpt_str){data.ptr + used, data.len - used};
    if (keep(list, new_event(state, event))) goto done;
  }
  error = status < 0 ? new_error(state, trpt_parser_error(parser)) : new_ref(Py_None);
done:
  Py_XDECREF(bytes);
  if (error) return Py_BuildValue("NN", list, error);
  Py_XDECREF(list);
  return NULL;
}

/* feed_whole(chunk): None, or at the end of the input a Report. */
static PyObject *parser_feed_whole(PyObject *self, PyObject *chunk) {
  PyObject *module = ((Parser *)self)->module, *bytes = report_bytes(chunk, "read_reports");
  trpt_parser *parser = ((Parser *)self)->parser;
  trpt_report *report;
  trpt_status status;
  trpt_str data;
  if (!bytes) return NULL;
  data = bytes_of(bytes);
  status = trpt_report_read(parser, data.len ? data.ptr : NULL, data.len, &report);
  Py_DECREF(bytes);
  if (status == TRPT_OK) return new_report(module, report);
  if (status < 0) return raise_error(PyModule_GetState(module), trpt_parser_error(parser));
  return new_ref(Py_None);
}

static PyObject *parser_reset(PyObject *self, PyObject *none) {
  (void)none;
  trpt_parser_reset(((Parser *)self)->parser);
  return new_ref(Py_None);
}

static PyMethodDef parser_methods[] = {{"feed", parser_feed, METH_O, NULL},
                                       {"feed_whole", parser_feed_whole, METH_O, NULL},
                                       {"reset", parser_reset, METH_NOARGS, NULL},
                                       {NULL, NULL, 0, NULL}};
static PyType_Slot parser_slots[] = {{Py_tp_dealloc, SLOT(parser_dealloc)}, {Py_tp_methods, parser_methods}, {0, NULL}};
static PyType_Spec parser_spec = {"trpt._trpt.Parser", sizeof(Parser), 0, Py_TPFLAGS_DEFAULT, parser_slots};

/* ---- records ---- */

static PyObject *parse_record(PyObject *module, PyObject *args) {
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
    return raise_error(PyModule_GetState(module), &error);
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
} Findings;

static int append_finding(void *user, const trpt_diagnostic *diagnostic) {
  Findings *findings = user;
  return keep(findings->list,
              copy_object(findings->state, FINDING, diagnostic, diagnostic_members, COUNT(diagnostic_members)));
}

static PyObject *diagnose_record(PyObject *module, PyObject *text) {
  Findings findings = {PyModule_GetState(module), PyList_New(0)};
  PyObject *bytes = findings.list ? encoded(text) : NULL;
  trpt_status status = TRPT_E_CANCELED;
  if (bytes) {
    const trpt_str data = bytes_of(bytes);
    status = trpt_record_diagnose(data.ptr, data.len, append_finding, &findings);
    Py_DECREF(bytes);
  }
  if (status) Py_CLEAR(findings.list);
  return status == TRPT_OK || PyErr_Occurred() ? findings.list : raise_status(findings.state, status);
}

static PyObject *suggest_record(PyObject *module, PyObject *text) {
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

/* Makes an array of trpt_str, in memory that `kept` owns as it owns the texts. */
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

static PyObject *write_record(PyObject *module, PyObject *uris) {
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
      result = status ? raise_status(PyModule_GetState(module), status) : static_text(buffer);
    PyMem_Free(buffer);
  }
  Py_XDECREF(kept);
  return result;
}

/* ---- writing ---- */

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

static int set_members(void *to, const Member *members, size_t count, PyObject *object, PyObject *kept) {
  int failed = 0;
  for (size_t i = 0; !failed && i < count; i++) {
    PyObject *value = PyObject_GetAttrString(object, members[i].name);
    failed = !value || (value != Py_None && set_member(to, &members[i], value, kept));
    Py_XDECREF(value);
  }
  return failed;
}

/* Sets the members of a struct from an object. Returns what owns its texts, or NULL with an exception. */
static PyObject *filled(void *to, const Member *members, size_t count, PyObject *object) {
  PyObject *kept = PyList_New(0);
  if (kept && set_members(to, members, count, object, kept)) Py_CLEAR(kept);
  return kept;
}

/* These return a status, or TRPT_E_CANCELED with an exception. */
static trpt_status write_failure(trpt_writer *writer, PyObject *object) {
  trpt_failure failure = {0};
  PyObject *kept = filled(&failure, failure_members, COUNT(failure_members), object);
  const trpt_status status = kept ? trpt_writer_failure(writer, &failure) : TRPT_E_CANCELED;
  Py_XDECREF(kept);
  return status;
}

static trpt_status write_policy(trpt_writer *writer, PyObject *object) {
  trpt_policy policy = {0};
  PyObject *kept = filled(&policy, policy_members, COUNT(policy_members), object);
  const trpt_status status = kept ? trpt_writer_policy(writer, &policy) : TRPT_E_CANCELED;
  Py_XDECREF(kept);
  return status;
}

static trpt_status write_metadata(trpt_writer *writer, PyObject *object) {
  trpt_metadata metadata = {.start = INT64_MIN, .end = INT64_MIN};
  PyObject *kept = filled(&metadata, metadata_members, COUNT(metadata_members), object);
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

static PyObject *write_report(PyObject *module, PyObject *args) {
  PyObject *report, *list = NULL, *result = NULL;
  int is_pretty;
  trpt_status status;
  trpt_writer *writer;
  void *memory;
  if (!PyArg_ParseTuple(args, "Op", &report, &is_pretty)) return NULL;
  memory = PyMem_Malloc(trpt_writer_size());
  if (!memory) return PyErr_NoMemory();
  if ((list = PyList_New(0))) {
    status = trpt_writer_init(&writer, memory, trpt_writer_size(), is_pretty ? TRPT_PRETTY : 0, write_to_list, list);
    if (status == TRPT_OK) status = write_metadata(writer, report);
    if (status == TRPT_OK) status = write_each(writer, report, "policies", write_policy_and_failures);
    if (status == TRPT_OK) status = trpt_writer_end(writer);
    if (status == TRPT_OK)
      result = joined(list);
    else if (!PyErr_Occurred())
      raise_status(PyModule_GetState(module), status);
  }
  Py_XDECREF(list);
  PyMem_Free(memory);
  return result;
}

/* ---- Batch: tables ---- */

typedef struct Input Input;

typedef struct {
  PyObject_HEAD PyObject *module;
  trpt_batch *batch;
  Input *input;
  PyObject *exception; /* what the iterable raised, or NULL */
} Batch;

/* The items of a batch. It exists until the batch and all its streams are gone. */
struct Input {
  Batch *batch; /* NULL if the Python object is gone */
  PyObject *iterator;
  PyObject *name, *data; /* what the current item points to */
  trpt_source source;
  unsigned long long count;
  char message[256]; /* of the exception of the iterable; "" without one */
};

/* Takes the current exception. */
static void store_exception(Input *input) {
  PyObject *type, *value, *traceback, *text, *bytes = NULL;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  if (value && traceback) PyException_SetTraceback(value, traceback);
  text = value ? PyObject_Repr(value) : NULL;
  bytes = text ? PyUnicode_AsEncodedString(text, "ascii", "backslashreplace") : NULL;
  PyOS_snprintf(input->message, sizeof input->message, "The iterable of trpt.Rows failed: %s",
                bytes ? PyBytes_AsString(bytes) : "its exception has no text");
  PyErr_Clear();
  if (input->batch) {
    PyObject *old = input->batch->exception;
    input->batch->exception = new_ref(value);
    Py_XDECREF(old);
  }
  Py_XDECREF(bytes);
  Py_XDECREF(text);
  Py_XDECREF(type);
  Py_XDECREF(value);
  Py_XDECREF(traceback);
}

/* Sets name and data from bytes, or from a pair (source, bytes). */
static int set_item(Input *input, PyObject *value) {
  PyObject *source = NULL, *data = value;
  Py_CLEAR(input->name);
  Py_CLEAR(input->data);
  if (PyTuple_Check(value) &&
      !PyArg_ParseTuple(value, "OO;trpt.Rows needs bytes, or pairs (source, bytes)", &source, &data))
    return -1;
  input->name = source ? encoded(source) : PyBytes_FromFormat("%llu", input->count);
  input->count++;
  input->data = report_bytes(data, "trpt.Rows");
  return input->name && input->data ? 0 : -1;
}

static trpt_status next_item(void *user, trpt_batch_item *item) {
  Input *input = user;
  PyObject *value = PyIter_Next(input->iterator);
  const int failed = value ? set_item(input, value) : PyErr_Occurred() != NULL;
  Py_XDECREF(value);
  if (failed) {
    store_exception(input);
    return TRPT_E_CANCELED;
  }
  if (!value) return TRPT_END;
  input->source = (trpt_source){.struct_size = sizeof input->source, .name = bytes_of(input->name)};
  item->source = &input->source;
  item->data = bytes_of(input->data).ptr;
  item->len = bytes_of(input->data).len;
  return TRPT_OK;
}

static void input_done(void *user) {
  Input *input = user;
  if (input->batch) input->batch->input = NULL;
  Py_XDECREF(input->iterator);
  Py_XDECREF(input->name);
  Py_XDECREF(input->data);
  PyMem_Free(input);
}

/* A stream for engines, which call it without the lock of the interpreter. The lock also keeps two of them apart. */
typedef struct {
  struct ArrowArrayStream inner;
  Input *input;
} Stream;

static int stream_get_schema(struct ArrowArrayStream *self, struct ArrowSchema *out) {
  Stream *stream = self->private_data;
  const PyGILState_STATE lock = PyGILState_Ensure();
  const int result = stream->inner.get_schema(&stream->inner, out);
  PyGILState_Release(lock);
  return result;
}

static int stream_get_next(struct ArrowArrayStream *self, struct ArrowArray *out) {
  Stream *stream = self->private_data;
  const PyGILState_STATE lock = PyGILState_Ensure();
  PyObject *batch =
      new_ref((PyObject *)stream->input->batch); /* the iterable may give it up, and the library is not done */
  const int result = stream->inner.get_next(&stream->inner, out);
  Py_XDECREF(batch);
  PyGILState_Release(lock);
  return result;
}

static const char *stream_get_last_error(struct ArrowArrayStream *self) {
  Stream *stream = self->private_data;
  const char *message = stream->inner.get_last_error(&stream->inner);
  return message && stream->input->message[0] ? stream->input->message : message;
}

static void stream_release(struct ArrowArrayStream *self) {
  Stream *stream = self->private_data;
  PyObject *type, *value, *traceback;
  const PyGILState_STATE lock = PyGILState_Ensure();
  PyErr_Fetch(&type, &value, &traceback); /* one may be pending where a capsule is freed */
  stream->inner.release(&stream->inner);
  PyMem_Free(stream);
  self->release = NULL;
  PyErr_Restore(type, value, traceback);
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
    return raise_status(PyModule_GetState(batch->module), status);
  }
  stream->input = batch->input;
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

static PyObject *batch_exception(PyObject *self, PyObject *none) {
  PyObject *exception = ((Batch *)self)->exception;
  (void)none;
  return new_ref(exception ? exception : Py_None);
}

static int batch_traverse(PyObject *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(self));
  Py_VISIT(((Batch *)self)->exception);
  return 0;
}

static int batch_clear(PyObject *self) {
  Py_CLEAR(((Batch *)self)->exception);
  return 0;
}

static void batch_dealloc(PyObject *self) {
  Batch *batch = (Batch *)self;
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  if (batch->input) batch->input->batch = NULL;
  if (batch->batch)
    trpt_batch_free(batch->batch); /* calls input_done, now or with the last stream */
  else if (batch->input)
    input_done(batch->input);
  Py_XDECREF(batch->exception);
  Py_XDECREF(batch->module);
  PyObject_GC_Del(self);
  Py_DECREF(type);
}

static PyObject *new_batch(PyObject *module, PyObject *args, PyObject *keywords) {
  State *state = PyModule_GetState(module);
  trpt_options report;
  trpt_batch_options options = {
      .struct_size = sizeof options, .report = &report, .next = next_item, .done = input_done};
  PyObject *items;
  Batch *self;
  trpt_status status;
  if (!PyArg_ParseTuple(args, "O", &items) || read_options(state, keywords, &report, &options.max_table)) return NULL;
  self = (Batch *)PyType_GenericAlloc((PyTypeObject *)state->batch_type, 0);
  if (!self) return NULL;
  self->module = new_ref(module);
  options.user = self->input = PyMem_Calloc(1, sizeof *self->input);
  if (!self->input) {
    PyErr_NoMemory();
  } else if ((self->input->batch = self, self->input->iterator = PyObject_GetIter(items))) {
    status = trpt_batch_new(&self->batch, &options);
    if (status == TRPT_OK) return (PyObject *)self;
    raise_status(state, status);
  }
  Py_DECREF((PyObject *)self);
  return NULL;
}

static PyMethodDef batch_methods[] = {{"stream", batch_stream, METH_O, NULL},
                                      {"overflow_count", batch_overflow_count, METH_NOARGS, NULL},
                                      {"exception", batch_exception, METH_NOARGS, NULL},
                                      {NULL, NULL, 0, NULL}};
static PyType_Slot batch_slots[] = {{Py_tp_dealloc, SLOT(batch_dealloc)},
                                    {Py_tp_traverse, SLOT(batch_traverse)},
                                    {Py_tp_clear, SLOT(batch_clear)},
                                    {Py_tp_methods, batch_methods},
                                    {0, NULL}};
static PyType_Spec batch_spec = {"trpt._trpt.Batch", sizeof(Batch), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
                                 batch_slots};

/* ---- the module ---- */

static PyObject *format_time(PyObject *module, PyObject *seconds) {
  const long long number = PyLong_AsLongLong(seconds);
  char buffer[64];
  trpt_status status;
  if (PyErr_Occurred()) return NULL;
  status = trpt_time_format(number, buffer, sizeof buffer, NULL);
  return status ? raise_status(PyModule_GetState(module), status) : static_text(buffer);
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

/* names(): the names of policy types, result types, severities and schemes from a first number on, for the tests. */
static PyObject *names_of(const char *(*name)(int32_t), int32_t first) {
  PyObject *list = PyList_New(0);
  for (int32_t i = first; list && name(i); i++)
    if (keep(list, static_text(name(i)))) Py_CLEAR(list);
  return list;
}

static PyObject *names(PyObject *module, PyObject *none) {
  (void)module, (void)none;
  return Py_BuildValue("NNNN", names_of(trpt_policy_type_name, 1), names_of(trpt_result_type_name, 1),
                       names_of(trpt_severity_name, 0), names_of(trpt_scheme_name, 0));
}

static PyObject *setup(PyObject *module, PyObject *args) {
  State *state = PyModule_GetState(module);
  if (PyTuple_Size(args) != THING_COUNT) return PyErr_Format(PyExc_TypeError, "setup needs %d arguments", THING_COUNT);
  for (int i = 0; i < THING_COUNT; i++) {
    PyObject *old = state->things[i];
    state->things[i] = new_ref(PyTuple_GetItem(args, i));
    Py_XDECREF(old);
  }
  return new_ref(Py_None);
}

#define WITH_KEYWORDS(function) (PyCFunction)(void (*)(void)) function, METH_VARARGS | METH_KEYWORDS
static PyMethodDef methods[] = {
    {"setup", setup, METH_VARARGS, NULL},
    {"names", names, METH_NOARGS, NULL},
    {"parse_report", WITH_KEYWORDS(parse_report),
     "Parses a complete report in memory, plain JSON or gzip. Options are those of Reader. Raises Error.\n\n"
     "Members are created when they are read."},
    {"report_json", WITH_KEYWORDS(report_json),
     "report_json(data, source=None, **options): the line that `tlsrpt report --format json` prints for a report, "
     "whether it can\n"
     "be read or not. source: its name, str or bytes. Options are those of Reader."},
    {"new_parser", WITH_KEYWORDS(new_parser), NULL},
    {"new_batch", WITH_KEYWORDS(new_batch), NULL},
    {"parse_record", parse_record, METH_VARARGS, NULL},
    {"diagnose_record", diagnose_record, METH_O,
     "Returns all diagnostics of a record, in order of offset. The record may be valid or invalid."},
    {"suggest_record", suggest_record, METH_O,
     "Suggests the record that the owner of a broken or doubtful one probably meant, or returns None."},
    {"write_record", write_record, METH_O, NULL},
    {"write_report", write_report, METH_VARARGS, NULL},
    {"format_time", format_time, METH_O,
     "Formats Unix seconds as RFC 3339 in UTC. Raises Error outside the years 0 to 9999."},
    {"diagnostic_advice", diagnostic_advice, METH_VARARGS, NULL},
    {"result_type_description", result_type_description, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL}};

static PyGetSetDef policy_getset[COUNT(policy_members) + 1], failure_getset[COUNT(failure_members) + 1],
    metadata_getset[COUNT(metadata_members) + 1], report_getset[COUNT(report_members) + 1],
    diagnostic_getset[COUNT(diagnostic_members) + 1];

static int exec_module(PyObject *module) {
  State *state = PyModule_GetState(module);
#define ADD(name, class, base)                                                                                         \
  add_object_type(module, "trpt._trpt." name, class##_members, COUNT(class##_members), class##_getset, base)
  if (!(state->tree_type = PyType_FromSpec(&tree_spec)) || !(state->parser_type = PyType_FromSpec(&parser_spec)) ||
      !(state->batch_type = PyType_FromSpec(&batch_spec)) || ADD("Policy", policy, NULL) ||
      ADD("Failure", failure, NULL) || ADD("Metadata", metadata, NULL) || ADD("Finding", diagnostic, NULL))
    return -1;
  PyObject *metadata = PyObject_GetAttrString(module, "Metadata"), *bases = metadata ? PyTuple_Pack(1, metadata) : NULL;
  const int failed = !bases || ADD("Report", report, bases);
#undef ADD
  Py_XDECREF(bases);
  Py_XDECREF(metadata);
  return failed ? -1 : PyModule_AddStringConstant(module, "VERSION", trpt_version());
}

static int traverse_module(PyObject *module, visitproc visit, void *arg) {
  State *state = PyModule_GetState(module);
  for (int i = 0; i < THING_COUNT; i++) Py_VISIT(state->things[i]);
  Py_VISIT(state->tree_type);
  Py_VISIT(state->parser_type);
  Py_VISIT(state->batch_type);
  return 0;
}

static int clear_module(PyObject *module) {
  State *state = PyModule_GetState(module);
  for (int i = 0; i < THING_COUNT; i++) Py_CLEAR(state->things[i]);
  Py_CLEAR(state->tree_type);
  Py_CLEAR(state->parser_type);
  Py_CLEAR(state->batch_type);
  return 0;
}

static void free_module(void *module) {
  State *state = PyModule_GetState(module);
  clear_module(module);
  trpt_parser_free(state->parser);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, SLOT(exec_module)}, {0, NULL}};
static PyModuleDef module_def = {PyModuleDef_HEAD_INIT, "trpt._trpt",    NULL,         sizeof(State), methods,
                                 module_slots,          traverse_module, clear_module, free_module};

PyMODINIT_FUNC PyInit__trpt(void);
PyMODINIT_FUNC PyInit__trpt(void) { return PyModuleDef_Init(&module_def); }
