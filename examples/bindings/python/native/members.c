/* SPDX-License-Identifier: MIT */
/* The objects of reports and their members. */
#include "native.h"

/* ---- the library's reports ---- */

/* What reads a report: functions of the libtrpt that made it. */
/* clang-format off */
#define REPORT_FUNCTIONS(X)                                                                                            \
  X(trpt_report_free) X(trpt_report_metadata) X(trpt_report_policy_count) X(trpt_report_policy)                        \
  X(trpt_report_failure_count) X(trpt_report_failure) X(trpt_report_diagnostic_count) X(trpt_report_diagnostic)        \
  X(trpt_report_key)
/* clang-format on */
#define FUNCTION_POINTER(name) __typeof__(name) *name;
#define FUNCTION(name)         name,
#define FUNCTION_NAME(name)    #name " "
typedef struct {
  REPORT_FUNCTIONS(FUNCTION_POINTER)
} ReportFunctions;

/* Owns what the library has parsed. */
typedef struct {
  size_t references;
  PyObject *module;
  State *state;
  trpt_report *report;
  ReportFunctions functions;
} Tree;

static void release_tree(Tree *tree) {
  if (!tree || --tree->references) return;
  tree->functions.trpt_report_free(tree->report);
  Py_DECREF(tree->module);
  PyMem_Free(tree);
}

/* An object of any class of a report. A lazy member that is NULL is created from `from` when it is read. */
typedef struct {
  Owner owner;        /* holds the members */
  Tree *tree;         /* owns `from`; NULL if all members are set, or for an object that a program made */
  const void *from;   /* trpt_metadata, trpt_policy, trpt_failure or trpt_diagnostic */
  const Class *class; /* of `from` */
} Object;

/* ---- texts ---- */

/* Texts that come again and again, such as names of types and of hosts, are created once and looked up after that. */

/* The first, middle and last bytes of a text, which are all of it up to WORDS_LEN. */
static TextWords words_of(trpt_str text) {
  TextWords words = {0, 0, 0};
  const size_t size = sizeof words.first;
  if (text.len < size) {
    memcpy(&words.first, text.ptr, text.len);
  } else {
    memcpy(&words.first, text.ptr, size);
    memcpy(&words.middle, text.ptr + (text.len - size) / 2, size);
    memcpy(&words.last, text.ptr + text.len - size, size);
  }
  return words;
}

/* The place of a text in the table. The words distinguish the texts of reports well enough. Others that share a place replace each
   other. */
static size_t slot_of(TextWords words, size_t len) {
  const uint64_t sum = (words.first ^ len) * UINT64_C(0x9E3779B97F4A7C15) +
                       words.middle * UINT64_C(0xC2B2AE3D27D4EB4F) + words.last * UINT64_C(0x165667B19E3779F9);
  return sum >> 32 & (TEXT_COUNT - 1);
}

static int is_cached(const CachedText *cached, TextWords words, trpt_str text) {
  return cached->object && cached->len == text.len && !memcmp(&cached->words, &words, sizeof words) &&
         (text.len <= WORDS_LEN || !memcmp(cached->bytes, text.ptr, text.len));
}

static PyObject *text_of(trpt_str text) {
  if (!text.ptr) return new_ref(Py_None);
  return PyUnicode_DecodeUTF8(text.ptr, (Py_ssize_t)text.len, "replace");
}

static PyObject *repeated_text(State *state, trpt_str text) {
  if (!text.ptr) return new_ref(Py_None);
  if (text.len > TEXT_MAX_LEN) return text_of(text);
  const TextWords words = words_of(text);
  CachedText *cached = &state->texts[slot_of(words, text.len)];
  if (is_cached(cached, words, text)) return new_ref(cached->object);
  PyObject *object = text_of(text);
  if (!object) return NULL;
  cached->len = (uint32_t)text.len;
  cached->words = words;
  memcpy(cached->bytes, text.ptr, text.len);
  replace(&cached->object, object);
  return new_ref(object);
}

static PyObject *repeated_static(State *state, const char *address) {
  const uint64_t product = (uintptr_t)address * UINT64_C(0x9E3779B97F4A7C15);
  StaticText *cached = &state->static_texts[product >> 32 & (STATIC_COUNT - 1)];
  if (!cached->object || cached->address != address) {
    PyObject *object = static_text(address);
    if (!object) return NULL;
    cached->address = address;
    replace(&cached->object, object);
  }
  return new_ref(cached->object);
}

void clear_texts(State *state) {
  for (int i = 0; i < STATIC_COUNT; i++) Py_CLEAR(state->static_texts[i].object);
  for (int i = 0; i < TEXT_COUNT; i++) Py_CLEAR(state->texts[i].object);
}

/* ---- creating ---- */

static PyObject *make_texts(State *state, const trpt_str *texts, uint32_t count) {
  PyObject *list = PyList_New((Py_ssize_t)count);
  for (uint32_t i = 0; list && i < count; i++) {
    PyObject *text = repeated_text(state, texts[i]);
    if (!text || PyList_SetItem(list, (Py_ssize_t)i, text)) Py_CLEAR(list);
  }
  return list;
}

static PyObject *make_enum(PyObject *values, int32_t number) {
  const int32_t known = number >= 0 && number < PyTuple_Size(values) ? number : 0; /* a number of a later version */
  return new_ref(PyTuple_GetItem(values, (Py_ssize_t)known));
}

static PyObject *make_member(State *state, const void *from, const Member *member) {
  const char *at = (const char *)from + member->offset, *more = (const char *)from + member->more;
  switch (member->kind) {
  case TEXT: return repeated_text(state, *(const trpt_str *)at);
  case TEXTS:
    if (!*(const trpt_str *const *)at) return new_ref(Py_None);
    return make_texts(state, *(const trpt_str *const *)at, *(const uint32_t *)more);
  case NUMBER_IF:
    if (!(*(const uint32_t *)more & member->bit)) return new_ref(Py_None);
    return PyLong_FromUnsignedLongLong(*(const uint64_t *)at);
  case IS_SET: return PyBool_FromLong((*(const uint32_t *)more & member->bit) != 0);
  case TIME:
    if (*(const int64_t *)at == INT64_MIN) return new_ref(Py_None);
    return PyLong_FromLongLong(*(const int64_t *)at);
  case NUMBER: return PyLong_FromUnsignedLong(*(const uint32_t *)at);
  case OFFSET: return PyLong_FromUnsignedLongLong(*(const uint64_t *)at);
  case ASCII: {
    const char *text = *(const char *const *)at;
    return repeated_text(state, (trpt_str){text, text ? strlen(text) : 0});
  }
  case STATIC: return repeated_static(state, *(const char *const *)at);
  case ENUM: return make_enum(state->objects[member->bit], *(const int32_t *)at);
  case CHILDREN: return PyList_New(0); /* the library copies nothing that has some */
  default: return new_ref(Py_None);
  }
}

/* Makes an object without a call of its __init__. Without a tree it gets all of its members. */
static PyObject *new_object(State *state, Index class, Tree *tree, const void *from) {
  const Class *c = &classes[class];
  Object *object = (Object *)PyType_GenericAlloc((PyTypeObject *)state->objects[class], 0);
  if (!object) return NULL;
  object->tree = tree;
  if (tree) tree->references++;
  object->from = from;
  object->class = c;
  for (uint32_t i = 0; i < c->count; i++)
    if (!(tree && c->members[i].is_lazy) && !(object->owner.held[i] = make_member(state, from, &c->members[i]))) {
      Py_DECREF((PyObject *)object);
      return NULL;
    }
  return (PyObject *)object;
}

PyObject *new_copy(State *state, Index class, const void *from) { return new_object(state, class, NULL, from); }

static PyObject *make_children(Tree *tree, const void *from, Index class) {
  const ReportFunctions *f = &tree->functions;
  const trpt_report *report = tree->report;
  const uint32_t policy = class == FAILURE ? ((const trpt_policy *)from)->index : 0;
  const uint32_t count = class == POLICY    ? f->trpt_report_policy_count(report)
                         : class == FAILURE ? f->trpt_report_failure_count(report, policy)
                                            : f->trpt_report_diagnostic_count(report);
  PyObject *list = PyList_New((Py_ssize_t)count);
  for (uint32_t i = 0; list && i < count; i++) {
    const void *child = class == POLICY    ? (const void *)f->trpt_report_policy(report, i)
                        : class == FAILURE ? (const void *)f->trpt_report_failure(report, policy, i)
                                           : (const void *)f->trpt_report_diagnostic(report, i);
    /* Only policies have lazy members. */
    PyObject *object = new_object(tree->state, class, class == POLICY ? tree : NULL, child);
    if (!object || PyList_SetItem(list, (Py_ssize_t)i, object)) Py_CLEAR(list);
  }
  return list;
}

static PyObject *make_key(const Tree *tree) {
  char key[64];
  size_t len = 0;
  const trpt_status status = tree->functions.trpt_report_key(tree->report, key, sizeof key, &len);
  if (status) return raise_status(tree->state, status);
  return PyUnicode_DecodeUTF8(key, (Py_ssize_t)len, NULL);
}

static PyObject *make_lazy(const Object *object, uint32_t number) {
  const Member *member = &object->class->members[number];
  if (member->kind == CHILDREN) return make_children(object->tree, object->from, (Index)member->bit);
  if (member->kind == KEY) return make_key(object->tree);
  return make_member(object->tree->state, object->from, member);
}

/* ---- the types ---- */

static PyObject *object_get(PyObject *self, void *number) {
  Object *object = (Object *)self;
  const uint32_t n = (uint32_t)(uintptr_t)number;
  if (!object->owner.held[n]) {
    if (!object->tree) return new_ref(Py_None);
    PyObject *made = make_lazy(object, n); /* may run any code, by a collection of garbage */
    if (!object->owner.held[n])
      object->owner.held[n] = made;
    else
      Py_XDECREF(made);
  }
  return new_ref(object->owner.held[n]);
}

static int object_set(PyObject *self, PyObject *value, void *number) {
  if (value)
    replace(&((Owner *)self)->held[(uintptr_t)number], new_ref(value));
  else
    PyErr_SetString(PyExc_TypeError, "a member of a report cannot be deleted; set it to None");
  return value ? 0 : -1;
}

static void object_dealloc(PyObject *self) {
  PyObject_GC_UnTrack(self);
  release_tree(((Object *)self)->tree);
  owner_free(self);
}

#include "members.h"

/* Base classes of the classes in members.py. */
int add_object_types(PyObject *module) {
  PyObject *bases = NULL;
  int failed = 0;
  for (int i = CLASS_COUNT - 1; !failed && i >= 0; i--) { /* the base of reports comes first */
    PyObject *type = PyType_FromSpecWithBases(&specs[i], i == REPORT ? bases : NULL);
    failed = !type || PyObject_SetAttrString(module, strrchr(specs[i].name, '.') + 1, type);
    if (!failed && i == METADATA) failed = !(bases = PyTuple_Pack(1, type));
    Py_XDECREF(type);
  }
  Py_XDECREF(bases);
  return failed ? -1 : PyModule_AddStringConstant(module, "REPORT_FUNCTIONS", REPORT_FUNCTIONS(FUNCTION_NAME));
}

/* ---- reports ---- */

static PyObject *new_report_of(PyObject *module, trpt_report *report, const ReportFunctions *functions) {
  Tree *tree = PyMem_Malloc(sizeof *tree);
  PyObject *object;
  if (!tree) {
    functions->trpt_report_free(report);
    return PyErr_NoMemory();
  }
  *tree = (Tree){1, new_ref(module), state_of(module), report, *functions};
  object = new_object(tree->state, REPORT, tree, functions->trpt_report_metadata(report));
  release_tree(tree);
  return object;
}

PyObject *new_report(PyObject *module, trpt_report *report) {
  static const ReportFunctions functions = {REPORT_FUNCTIONS(FUNCTION)};
  return new_report_of(module, report, &functions);
}

/* ---- what libtrpt-mail has made ---- */

/* report_at(address, functions): takes the report. `functions`: the addresses of REPORT_FUNCTIONS. */
PyObject *report_at(PyObject *module, PyObject *args) {
  PyObject *address;
  const char *functions;
  Py_ssize_t len;
  if (!PyArg_ParseTuple(args, "Oy#", &address, &functions, &len)) return NULL;
  if (len != sizeof(ReportFunctions)) return PyErr_Format(PyExc_TypeError, "report_at needs REPORT_FUNCTIONS");
  return new_report_of(module, PyLong_AsVoidPtr(address), (const ReportFunctions *)(const void *)functions);
}

PyObject *diagnostic_at(PyObject *module, PyObject *address) {
  return new_copy(state_of(module), DIAGNOSTIC, PyLong_AsVoidPtr(address));
}
