/* SPDX-License-Identifier: MIT */
#ifndef TRPT_PYTHON_NATIVE_H
#define TRPT_PYTHON_NATIVE_H

/*
 * The extension of the package trpt, with libtrpt inside. It has what needs speed or memory of the library; the classes that programs
 * see are Python's, in members.py. It uses the limited API of Python 3.9, so one wheel serves all later versions.
 *
 *   convert.c  errors, text               members.c  the members of reports     reader.c   reading
 *   batches.c  tables                     module.c   the module                 writing.c  options, writing
 *
 * Functions that return objects return NULL with an exception. Those that return int return 0, or -1 with an exception.
 */
#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x03090000
#include <stdbool.h>

#include <Python.h>
#include <structmember.h>

#include "trpt.h"

/* A function or a constant table as Python's slots want it. */
#define SLOT(pointer) (void *)(uintptr_t)(pointer)
#define COUNT(array)  (sizeof(array) / sizeof((array)[0]))

/* ---- module.c ---- */

/* The objects of a module: first what members.py passes to setup(), in this order, then the types of the extension. */
typedef enum {
  REPORT, /* the classes of a report's objects come first */
  POLICY,
  FAILURE,
  METADATA,
  DIAGNOSTIC,
  CLASS_COUNT,
  OPTIONS = CLASS_COUNT, /* a table of members without a class */
  ERROR = CLASS_COUNT,
  POLICY_TYPES,
  RESULT_TYPES,
  SEVERITIES,
  SECONDS,
  SETUP_COUNT,
  PARSER = SETUP_COUNT,
  BATCH,
  OBJECT_COUNT
} Index;

/* A text that may come again: two lines of the processor's cache, of which texts of up to WORDS_LEN bytes need one. */
enum { TEXT_COUNT = 512, TEXT_MAX_LEN = 92, WORDS_LEN = 24, STATIC_COUNT = 256 };
typedef struct {
  uint64_t first, middle, last;
} TextWords;
typedef struct {
  PyObject *object; /* NULL: none */
  TextWords words;
  uint32_t len;
  char bytes[TEXT_MAX_LEN];
} CachedText;

/* A text of static lifetime. */
typedef struct {
  PyObject *object; /* NULL: none */
  const char *address;
} StaticText;

typedef struct {
  PyObject *objects[OBJECT_COUNT];
  trpt_parser *parser; /* kept between calls of parse_report, with its options; NULL while one of them uses it */
  trpt_options parser_options;
  CachedText texts[TEXT_COUNT];
  StaticText static_texts[STATIC_COUNT];
} State;

static inline State *state_of(PyObject *module) { return PyModule_GetState(module); }

/* Py_XNewRef of Python 3.10. */
static inline PyObject *new_ref(PyObject *object) {
  Py_XINCREF(object);
  return object;
}

/* How each object begins that owns others, and what Python's collector of garbage needs. */
enum { MAX_HELD = 12 };
typedef struct {
  PyObject_HEAD PyObject *module; /* may be NULL */
  PyObject *held[MAX_HELD];       /* may refer to anything */
} Owner;
int owner_traverse(PyObject *self, visitproc visit, void *arg);
int owner_clear(PyObject *self);
void owner_free(PyObject *self);                      /* the last step of tp_dealloc */
void replace(PyObject **reference, PyObject *object); /* takes the object */

/* ---- convert.c ---- */

PyObject *raise_error(State *state, const trpt_error *error);
PyObject *raise_status(State *state, trpt_status status); /* without a position */

PyObject *static_text(const char *text);             /* None for NULL */
PyObject *encoded(PyObject *module, PyObject *text); /* the bytes of a str, or the same bytes; `module` may be NULL */
trpt_str bytes_of(PyObject *bytes);

/* What the library writes, also without the lock of the interpreter. */
typedef struct {
  char *data;
  size_t len, capacity;
} Text;
int write_text(void *text, const char *data, size_t len);
/* The text as bytes, or an exception if the status is an error. Frees it. */
PyObject *end_text(State *state, Text *text, trpt_status status);

PyObject *report_bytes(PyObject *data, const char *who);    /* the bytes of a report */
PyObject *read_chunk(PyObject *module, PyObject *function); /* what `read` of a file returns; `module` may be NULL */

/* ---- members.c ---- */

/* How a member is created, and for those that programs set how it is read. */
typedef enum {
  TEXT,      /* trpt_str */
  TEXTS,     /* array of trpt_str; `more` is the offset of the count */
  NUMBER_IF, /* uint64_t with a bit in `more` */
  IS_SET,    /* a bit in `more` */
  IS_UNSET,  /* a bit in `more` */
  TIME,      /* int64_t, INT64_MIN if absent */
  DATE,      /* int64_t, from a datetime */
  NUMBER,    /* uint32_t */
  OFFSET,    /* uint64_t */
  ASCII,     /* const char * */
  STATIC,    /* const char *, of static lifetime */
  ENUM,      /* int32_t; `bit` is the index of its values in State.objects */
  CHILDREN,  /* list of objects: `bit` is the class */
  KEY,
  VALUE /* only programs set it */
} Kind;

typedef struct {
  const char *name;
  Kind kind;
  size_t offset;
  uint32_t bit;
  size_t more;
  bool is_lazy; /* created when it is read; others with the object */
} Member;

/* The members of a class, or of a struct. */
typedef struct {
  const Member *members;
  uint32_t count;
} Class;

extern const Class classes[];

void clear_texts(State *state);
int add_object_types(PyObject *module);
PyObject *new_report(PyObject *module, trpt_report *report);     /* takes the report */
PyObject *new_copy(State *state, Index class, const void *from); /* an object of something that will not last */

/* ---- types and functions of the other files ---- */

extern PyType_Spec parser_spec, batch_spec;

/* What libtrpt-mail has made, at addresses that mail.py has. */
PyObject *report_at(PyObject *module, PyObject *args);
PyObject *diagnostic_at(PyObject *module, PyObject *address);
PyObject *error_at(PyObject *module, PyObject *address);

PyObject *parse_report(PyObject *module, PyObject *args, PyObject *keywords);
PyObject *report_json(PyObject *module, PyObject *args, PyObject *keywords);
PyObject *begin_parser(PyObject *module, PyObject *args, PyObject *keywords);
int read_options(State *state, PyObject *keywords, trpt_options *options); /* `keywords` may be NULL */
PyObject *new_options(PyObject *module, PyObject *args, PyObject *keywords);

PyObject *record_json(PyObject *module, PyObject *args);
PyObject *write_record(PyObject *module, PyObject *uris);
PyObject *write_report(PyObject *module, PyObject *args, PyObject *keywords);

PyObject *new_batch(PyObject *module, PyObject *args, PyObject *keywords);

#endif
