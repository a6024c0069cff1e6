/* SPDX-License-Identifier: MIT */
/*
 * Mails, mailboxes and archives, through libtrpt-mail. It is loaded when it is needed, with the libtrpt that it uses: its reports are
 * read by that one, since their layout may differ from that of the libtrpt inside.
 */
#include "native.h"

#include "mail.h"
#include "mail_members.h"

/* ---- the library ---- */

/* clang-format off */
#define MAIL_FUNCTIONS(X)                                                                                              \
  X(trpt_version_number) X(trpt_mail_new) X(trpt_mail_free) X(trpt_mail_open) X(trpt_mail_next) X(trpt_mail_error)     \
  X(trpt_mail_diagnostic) X(trpt_mail_take) X(trpt_mail_kind_name) X(trpt_dkim_result_name)
/* clang-format on */

struct MailLibrary {
  ReportFunctions report;
  MAIL_FUNCTIONS(FUNCTION_POINTER)
};

static const char advice[] =
    "Install libtrpt-mail (libtrpt-mail0 on Debian, or cmake --install of libtrpt) to read mails";

#if defined(_WIN32)

static MailLibrary *load_library(void) {
  PyErr_Format(PyExc_ImportError, "Mails cannot be read on Windows");
  return NULL;
}

#else

#include <dlfcn.h>

#ifdef __APPLE__
#define MAIL_LIBRARY "libtrpt-mail.0.dylib"
#else
#define MAIL_LIBRARY "libtrpt-mail.so.0"
#endif

/* Finds a function in the library or in what it depends on. */
static int find(void *handle, const char *name, void *function) {
  void *const found = dlsym(handle, name);
  if (!found) PyErr_Format(PyExc_ImportError, "%s. The library is too old: %s", advice, dlerror());
  memcpy(function, &found, sizeof found);
  return found ? 0 : -1;
}

/* The library stays loaded as long as the process runs, since GMime cannot be unloaded. */
static MailLibrary *load_library(void) {
  void *const handle = dlopen(MAIL_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  MailLibrary *library;
  if (!handle) return (MailLibrary *)PyErr_Format(PyExc_ImportError, "%s: %s", advice, dlerror());
  library = PyMem_Calloc(1, sizeof *library);
  if (!library) return (MailLibrary *)PyErr_NoMemory();
#define FIND_IN_REPORT(name) || find(handle, #name, &library->report.name)
#define FIND(name)           || find(handle, #name, &library->name)
  int failed = 0 REPORT_FUNCTIONS(FIND_IN_REPORT) MAIL_FUNCTIONS(FIND);
  if (!failed && library->trpt_version_number() < TRPT_VERSION_NUMBER) {
    PyErr_Format(PyExc_ImportError, "%s. The library is too old: it is not of version %s", advice, TRPT_VERSION_STRING);
    failed = 1;
  }
  if (!failed) return library;
  PyMem_Free(library);
  return NULL;
}

#endif

void free_mail_library(MailLibrary *library) { PyMem_Free(library); }

/* ---- Mail ---- */

typedef struct {
  Owner owner;
  const MailLibrary *library;
  trpt_mail *mail;
} Mail;

static void mail_dealloc(PyObject *self) {
  Mail *mail = (Mail *)self;
  PyObject_GC_UnTrack(self);
  if (mail->mail) mail->library->trpt_mail_free(mail->mail);
  owner_free(self);
}

static int next_chunk(void *user, const void **data, size_t *len) {
  Mail *self = user;
  trpt_str chunk;
  if (read_chunk(self->owner.held, &self->owner.chunk, &chunk)) return -1;
  *data = chunk.ptr;
  *len = chunk.len;
  return 0;
}

/* ---- items ---- */

/* Takes the value. */
static int put(PyObject *dict, const char *name, PyObject *value) {
  const int failed = value ? PyDict_SetItemString(dict, name, value) : -1;
  Py_XDECREF(value);
  return failed;
}

static PyObject *mail_diagnostics(const Mail *self, const trpt_mail_item *item) {
  PyObject *list = PyList_New(0);
  for (uint32_t i = 0; list && i < item->diagnostic_count; i++)
    if (keep(list,
             new_copy(state_of(self->owner.module), DIAGNOSTIC, self->library->trpt_mail_diagnostic(self->mail, i))))
      Py_CLEAR(list);
  return list;
}

static PyObject *take_report(const Mail *self, const trpt_mail_item *item) {
  if (!item->report) return new_ref(Py_None);
  return new_report(self->owner.module, self->library->trpt_mail_take(self->mail), &self->library->report);
}

static PyObject *new_item(const Mail *self, const trpt_mail_item *item) {
  const MailLibrary *library = self->library;
  State *state = state_of(self->owner.module);
  PyObject *dict = PyDict_New();
  int failed = !dict;
  for (size_t i = 0; !failed && i < COUNT(mail_item_members); i++)
    failed = put(dict, mail_item_members[i].name, make_member(state, item, &mail_item_members[i]));
  failed = failed || put(dict, "kind", static_text(library->trpt_mail_kind_name(item->kind))) ||
           put(dict, "container", static_text(library->trpt_mail_kind_name(item->container))) ||
           put(dict, "dkim", static_text(library->trpt_dkim_result_name(item->dkim))) ||
           put(dict, "error", item->error ? new_error(state, item->error) : new_ref(Py_None)) ||
           put(dict, "diagnostics", mail_diagnostics(self, item)) || put(dict, "report", take_report(self, item));
  if (failed) Py_CLEAR(dict);
  return dict;
}

static PyObject *next_item(Mail *self) {
  const trpt_mail_item *item;
  const trpt_status status = self->library->trpt_mail_next(self->mail, &item);
  if (status == TRPT_OK) return new_item(self, item);
  if (status < 0 && !PyErr_Occurred()) {
    const trpt_error *error = self->library->trpt_mail_error(self->mail);
    if (error->status)
      raise_error(state_of(self->owner.module), error);
    else
      raise_status(state_of(self->owner.module), status);
  }
  return NULL;
}

/* The members of the next item as a dict. */
static PyObject *mail_iternext(PyObject *object) {
  Mail *self = (Mail *)object;
  PyObject *item;
  if (!self->owner.held || check_idle(&self->owner, "mail")) return NULL;
  self->owner.is_busy = 1;
  Py_INCREF(object);
  item = next_item(self);
  self->owner.is_busy = 0;
  Py_DECREF(object);
  return item;
}

static PyType_Slot mail_slots[] = {{Py_tp_dealloc, SLOT(mail_dealloc)},   {Py_tp_traverse, SLOT(owner_traverse)},
                                   {Py_tp_clear, SLOT(owner_clear)},      {Py_tp_iter, SLOT(PyObject_SelfIter)},
                                   {Py_tp_iternext, SLOT(mail_iternext)}, {0, NULL}};
PyType_Spec mail_spec = {"trpt._trpt.Mail", sizeof(Mail), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, mail_slots};

/* ---- making one ---- */

#define MAIL_LIMIT(name) LIMIT(trpt_mail_options, name)
static const Limit mail_limits[] = {
    MAIL_LIMIT(max_parts), MAIL_LIMIT(max_nesting), MAIL_LIMIT(max_entries), MAIL_LIMIT(max_reports),
    MAIL_LIMIT(max_ratio), MAIL_LIMIT(max_header),  MAIL_LIMIT(max_message), MAIL_LIMIT(max_inflated),
};

static int open_mail(Mail *self, trpt_mail_options *options, PyObject *ids) {
  PyObject *kept = PyList_New(0);
  uint32_t count = 0;
  trpt_status status = TRPT_E_CANCELED;
  if (kept && (options->authserv_ids = make_array(kept, ids, &count))) {
    options->authserv_id_count = count;
    status = self->library->trpt_mail_new(&self->mail, options);
    if (status == TRPT_OK) status = self->library->trpt_mail_open(self->mail, next_chunk, self);
    if (status) raise_status(state_of(self->owner.module), status);
  }
  Py_XDECREF(kept);
  return status ? -1 : 0;
}

/* new_mail(read, authserv_ids, require_dkim, trust_unnamed, **options): an iterator over the items of an input. */
PyObject *new_mail(PyObject *module, PyObject *args, PyObject *keywords) {
  State *state = state_of(module);
  trpt_options report;
  trpt_mail_options options = {.struct_size = sizeof options, .report = &report};
  const MoreLimits more = {mail_limits, COUNT(mail_limits), &options};
  PyObject *read, *ids;
  int needs_dkim, trusts_unnamed;
  Mail *self;
  if (!PyArg_ParseTuple(args, "OOpp:new_mail", &read, &ids, &needs_dkim, &trusts_unnamed) ||
      read_options(state, keywords, &report, &more) || (!state->mail && !(state->mail = load_library())))
    return NULL;
  if (needs_dkim) options.flags |= TRPT_MAIL_REQUIRE_DKIM;
  if (trusts_unnamed) options.flags |= TRPT_MAIL_TRUST_UNNAMED;
  self = (Mail *)new_owner(module, MAIL);
  if (!self) return NULL;
  self->library = state->mail;
  self->owner.held = new_ref(read);
  if (!open_mail(self, &options, ids)) return (PyObject *)self;
  Py_DECREF((PyObject *)self);
  return NULL;
}
