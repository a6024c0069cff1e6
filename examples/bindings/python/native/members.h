/* SPDX-License-Identifier: MIT */
/* Tables of the members of objects. Made by docs/generate. */
/* clang-format off */

static const Member failure_members[] = {
    {"type", ENUM, offsetof(trpt_failure, type), RESULT_TYPES, 0, 0},
    {"type_name", TEXT, offsetof(trpt_failure, type_name), 0, 0, 0},
    {"sending_mta_ip", TEXT, offsetof(trpt_failure, sending_mta_ip), 0, 0, 0},
    {"receiving_mx_hostname", TEXT, offsetof(trpt_failure, receiving_mx_hostname), 0, 0, 0},
    {"receiving_mx_helo", TEXT, offsetof(trpt_failure, receiving_mx_helo), 0, 0, 0},
    {"receiving_ip", TEXT, offsetof(trpt_failure, receiving_ip), 0, 0, 0},
    {"failed_sessions", NUMBER_IF, offsetof(trpt_failure, failed_sessions), TRPT_FAILURE_HAS_FAILED_SESSIONS, offsetof(trpt_failure, present), 0},
    {"additional_information", TEXT, offsetof(trpt_failure, additional_information), 0, 0, 0},
    {"failure_reason_code", TEXT, offsetof(trpt_failure, failure_reason_code), 0, 0, 0},
    {"policy_index", NUMBER, offsetof(trpt_failure, policy_index), 0, 0, 0},
};

static const Member policy_members[] = {
    {"failures", CHILDREN, 0, FAILURE, 0, 1},
    {"type", ENUM, offsetof(trpt_policy, type), POLICY_TYPES, 0, 0},
    {"type_name", TEXT, offsetof(trpt_policy, type_name), 0, 0, 0},
    {"domain", TEXT, offsetof(trpt_policy, domain), 0, 0, 0},
    {"strings", TEXTS, offsetof(trpt_policy, strings), TRPT_POLICY_HAS_STRINGS, offsetof(trpt_policy, string_count), 0},
    {"mx_hosts", TEXTS, offsetof(trpt_policy, mx_hosts), TRPT_POLICY_HAS_MX_HOSTS, offsetof(trpt_policy, mx_host_count), 0},
    {"successful_sessions", NUMBER_IF, offsetof(trpt_policy, successful_sessions), TRPT_POLICY_HAS_SUCCESSFUL, offsetof(trpt_policy, present), 0},
    {"failed_sessions", NUMBER_IF, offsetof(trpt_policy, failed_sessions), TRPT_POLICY_HAS_FAILED, offsetof(trpt_policy, present), 0},
    {"has_policy", IS_SET, 0, TRPT_POLICY_HAS_POLICY, offsetof(trpt_policy, present), 0},
    {"has_failures", IS_SET, 0, TRPT_POLICY_HAS_FAILURES, offsetof(trpt_policy, present), 0},
    {"index", NUMBER, offsetof(trpt_policy, index), 0, 0, 0},
};

static const Member metadata_members[] = {
    {"organization_name", TEXT, offsetof(trpt_metadata, organization_name), 0, 0, 1},
    {"contact_info", TEXT, offsetof(trpt_metadata, contact_info), 0, 0, 1},
    {"report_id", TEXT, offsetof(trpt_metadata, report_id), 0, 0, 1},
    {"start_seconds", TIME, offsetof(trpt_metadata, start), 0, 0, 1},
    {"end_seconds", TIME, offsetof(trpt_metadata, end), 0, 0, 1},
    {"error_count", NUMBER, offsetof(trpt_metadata, error_count), 0, 0, 0},
    {"warning_count", NUMBER, offsetof(trpt_metadata, warning_count), 0, 0, 0},
    {"info_count", NUMBER, offsetof(trpt_metadata, info_count), 0, 0, 0},
    {"policies", CHILDREN, 0, POLICY, 0, 1},
    {"diagnostics", CHILDREN, 0, DIAGNOSTIC, 0, 1},
    {"key", KEY, 0, 0, 0, 1},
    {"source", VALUE, 0, 0, 0, 1},
};

static const Member diagnostic_members[] = {
    {"code", STATIC, offsetof(trpt_diagnostic, code), 0, 0, 0},
    {"severity", ENUM, offsetof(trpt_diagnostic, severity), SEVERITIES, 0, 0},
    {"message", STATIC, offsetof(trpt_diagnostic, message), 0, 0, 0},
    {"section", STATIC, offsetof(trpt_diagnostic, section), 0, 0, 0},
    {"where", ASCII, offsetof(trpt_diagnostic, where), 0, 0, 0},
    {"line", NUMBER, offsetof(trpt_diagnostic, line), 0, 0, 0},
    {"column", NUMBER, offsetof(trpt_diagnostic, column), 0, 0, 0},
    {"offset", OFFSET, offsetof(trpt_diagnostic, offset), 0, 0, 0},
};

static const Member options_members[] = {
    {"strict", IS_SET, 0, TRPT_STRICT, offsetof(trpt_options, flags), 0},
    {"diagnostics", IS_UNSET, 0, TRPT_NO_DIAGNOSTICS, offsetof(trpt_options, flags), 0},
    {"now", DATE, offsetof(trpt_options, now), 0, 0, 0},
    {"max_depth", NUMBER, offsetof(trpt_options, max_depth), 0, 0, 0},
    {"max_string", NUMBER, offsetof(trpt_options, max_string), 0, 0, 0},
    {"max_strings", NUMBER, offsetof(trpt_options, max_strings), 0, 0, 0},
    {"max_entry", NUMBER, offsetof(trpt_options, max_entry), 0, 0, 0},
    {"max_held", NUMBER, offsetof(trpt_options, max_held), 0, 0, 0},
    {"max_policies", NUMBER, offsetof(trpt_options, max_policies), 0, 0, 0},
    {"max_diagnostics", NUMBER, offsetof(trpt_options, max_diagnostics), 0, 0, 0},
    {"max_ratio", NUMBER, offsetof(trpt_options, max_ratio), 0, 0, 0},
    {"max_failures", OFFSET, offsetof(trpt_options, max_failures), 0, 0, 0},
    {"max_input", OFFSET, offsetof(trpt_options, max_input), 0, 0, 0},
    {"max_inflated", OFFSET, offsetof(trpt_options, max_inflated), 0, 0, 0},
    {"max_memory", OFFSET, offsetof(trpt_options, max_memory), 0, 0, 0},
};

const Class classes[] = {
    [FAILURE] = {failure_members, 10},
    [POLICY] = {policy_members, 11},
    [METADATA] = {metadata_members, 8},
    [DIAGNOSTIC] = {diagnostic_members, 8},
    [REPORT] = {metadata_members, 12},
    [OPTIONS] = {options_members, COUNT(options_members)},
};

static PyMemberDef failure_slots[] = {
    {"type", T_OBJECT_EX, offsetof(Owner, held[0]), 0, NULL},
    {"type_name", T_OBJECT_EX, offsetof(Owner, held[1]), 0, NULL},
    {"sending_mta_ip", T_OBJECT_EX, offsetof(Owner, held[2]), 0, NULL},
    {"receiving_mx_hostname", T_OBJECT_EX, offsetof(Owner, held[3]), 0, NULL},
    {"receiving_mx_helo", T_OBJECT_EX, offsetof(Owner, held[4]), 0, NULL},
    {"receiving_ip", T_OBJECT_EX, offsetof(Owner, held[5]), 0, NULL},
    {"failed_sessions", T_OBJECT_EX, offsetof(Owner, held[6]), 0, NULL},
    {"additional_information", T_OBJECT_EX, offsetof(Owner, held[7]), 0, NULL},
    {"failure_reason_code", T_OBJECT_EX, offsetof(Owner, held[8]), 0, NULL},
    {"policy_index", T_OBJECT_EX, offsetof(Owner, held[9]), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyGetSetDef failure_lazy[] = {
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot failure_type[] = {
    {Py_tp_new, SLOT(PyType_GenericNew)},
    {Py_tp_dealloc, SLOT(object_dealloc)},
    {Py_tp_traverse, SLOT(owner_traverse)},
    {Py_tp_clear, SLOT(owner_clear)},
    {Py_tp_members, failure_slots},
    {Py_tp_getset, failure_lazy},
    {0, NULL},
};

static PyMemberDef policy_slots[] = {
    {"type", T_OBJECT_EX, offsetof(Owner, held[1]), 0, NULL},
    {"type_name", T_OBJECT_EX, offsetof(Owner, held[2]), 0, NULL},
    {"domain", T_OBJECT_EX, offsetof(Owner, held[3]), 0, NULL},
    {"strings", T_OBJECT_EX, offsetof(Owner, held[4]), 0, NULL},
    {"mx_hosts", T_OBJECT_EX, offsetof(Owner, held[5]), 0, NULL},
    {"successful_sessions", T_OBJECT_EX, offsetof(Owner, held[6]), 0, NULL},
    {"failed_sessions", T_OBJECT_EX, offsetof(Owner, held[7]), 0, NULL},
    {"has_policy", T_OBJECT_EX, offsetof(Owner, held[8]), 0, NULL},
    {"has_failures", T_OBJECT_EX, offsetof(Owner, held[9]), 0, NULL},
    {"index", T_OBJECT_EX, offsetof(Owner, held[10]), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyGetSetDef policy_lazy[] = {
    {"failures", object_get, object_set, NULL, SLOT(0)},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot policy_type[] = {
    {Py_tp_new, SLOT(PyType_GenericNew)},
    {Py_tp_dealloc, SLOT(object_dealloc)},
    {Py_tp_traverse, SLOT(owner_traverse)},
    {Py_tp_clear, SLOT(owner_clear)},
    {Py_tp_members, policy_slots},
    {Py_tp_getset, policy_lazy},
    {0, NULL},
};

static PyMemberDef metadata_slots[] = {
    {"error_count", T_OBJECT_EX, offsetof(Owner, held[5]), 0, NULL},
    {"warning_count", T_OBJECT_EX, offsetof(Owner, held[6]), 0, NULL},
    {"info_count", T_OBJECT_EX, offsetof(Owner, held[7]), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyGetSetDef metadata_lazy[] = {
    {"organization_name", object_get, object_set, NULL, SLOT(0)},
    {"contact_info", object_get, object_set, NULL, SLOT(1)},
    {"report_id", object_get, object_set, NULL, SLOT(2)},
    {"start_seconds", object_get, object_set, NULL, SLOT(3)},
    {"end_seconds", object_get, object_set, NULL, SLOT(4)},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot metadata_type[] = {
    {Py_tp_new, SLOT(PyType_GenericNew)},
    {Py_tp_dealloc, SLOT(object_dealloc)},
    {Py_tp_traverse, SLOT(owner_traverse)},
    {Py_tp_clear, SLOT(owner_clear)},
    {Py_tp_members, metadata_slots},
    {Py_tp_getset, metadata_lazy},
    {0, NULL},
};

static PyMemberDef diagnostic_slots[] = {
    {"code", T_OBJECT_EX, offsetof(Owner, held[0]), 0, NULL},
    {"severity", T_OBJECT_EX, offsetof(Owner, held[1]), 0, NULL},
    {"message", T_OBJECT_EX, offsetof(Owner, held[2]), 0, NULL},
    {"section", T_OBJECT_EX, offsetof(Owner, held[3]), 0, NULL},
    {"where", T_OBJECT_EX, offsetof(Owner, held[4]), 0, NULL},
    {"line", T_OBJECT_EX, offsetof(Owner, held[5]), 0, NULL},
    {"column", T_OBJECT_EX, offsetof(Owner, held[6]), 0, NULL},
    {"offset", T_OBJECT_EX, offsetof(Owner, held[7]), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};
static PyGetSetDef diagnostic_lazy[] = {
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot diagnostic_type[] = {
    {Py_tp_new, SLOT(PyType_GenericNew)},
    {Py_tp_dealloc, SLOT(object_dealloc)},
    {Py_tp_traverse, SLOT(owner_traverse)},
    {Py_tp_clear, SLOT(owner_clear)},
    {Py_tp_members, diagnostic_slots},
    {Py_tp_getset, diagnostic_lazy},
    {0, NULL},
};

static PyMemberDef report_slots[] = {
    {NULL, 0, 0, 0, NULL},
};
static PyGetSetDef report_lazy[] = {
    {"policies", object_get, object_set, NULL, SLOT(8)},
    {"diagnostics", object_get, object_set, NULL, SLOT(9)},
    {"key", object_get, object_set, NULL, SLOT(10)},
    {"source", object_get, object_set, NULL, SLOT(11)},
    {NULL, NULL, NULL, NULL, NULL},
};
static PyType_Slot report_type[] = {
    {Py_tp_new, SLOT(PyType_GenericNew)},
    {Py_tp_dealloc, SLOT(object_dealloc)},
    {Py_tp_traverse, SLOT(owner_traverse)},
    {Py_tp_clear, SLOT(owner_clear)},
    {Py_tp_members, report_slots},
    {Py_tp_getset, report_lazy},
    {0, NULL},
};

enum { OBJECT_FLAGS = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC };
static PyType_Spec specs[] = {
    [FAILURE] = {"trpt._trpt.Failure", sizeof(Object), 0, OBJECT_FLAGS, failure_type},
    [POLICY] = {"trpt._trpt.Policy", sizeof(Object), 0, OBJECT_FLAGS, policy_type},
    [METADATA] = {"trpt._trpt.Metadata", sizeof(Object), 0, OBJECT_FLAGS, metadata_type},
    [DIAGNOSTIC] = {"trpt._trpt.Diagnostic", sizeof(Object), 0, OBJECT_FLAGS, diagnostic_type},
    [REPORT] = {"trpt._trpt.Report", sizeof(Object), 0, OBJECT_FLAGS, report_type},
};
