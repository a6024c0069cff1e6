/* SPDX-License-Identifier: MIT */
/* Tables of the members of objects. Made by docs/generate. */
/* clang-format off */

enum { METADATA_COUNT = 8 }; /* those of a report come after */

static const Member failure_members[] = {
    {"type", ENUM, offsetof(trpt_failure, type), RESULT_TYPES, 0},
    {"type_name", TEXT, offsetof(trpt_failure, type_name), 0, 0},
    {"sending_mta_ip", TEXT, offsetof(trpt_failure, sending_mta_ip), 0, 0},
    {"receiving_mx_hostname", TEXT, offsetof(trpt_failure, receiving_mx_hostname), 0, 0},
    {"receiving_mx_helo", TEXT, offsetof(trpt_failure, receiving_mx_helo), 0, 0},
    {"receiving_ip", TEXT, offsetof(trpt_failure, receiving_ip), 0, 0},
    {"failed_sessions", NUMBER_IF, offsetof(trpt_failure, failed_sessions), TRPT_FAILURE_HAS_FAILED_SESSIONS, offsetof(trpt_failure, present)},
    {"additional_information", TEXT, offsetof(trpt_failure, additional_information), 0, 0},
    {"failure_reason_code", TEXT, offsetof(trpt_failure, failure_reason_code), 0, 0},
    {"policy_index", NUMBER, offsetof(trpt_failure, policy_index), 0, 0},
};

static const Member policy_members[] = {
    {"failures", CHILDREN, 0, FAILURE, 0},
    {"type", ENUM, offsetof(trpt_policy, type), POLICY_TYPES, 0},
    {"type_name", TEXT, offsetof(trpt_policy, type_name), 0, 0},
    {"domain", TEXT, offsetof(trpt_policy, domain), 0, 0},
    {"strings", TEXTS, offsetof(trpt_policy, strings), TRPT_POLICY_HAS_STRINGS, offsetof(trpt_policy, string_count)},
    {"mx_hosts", TEXTS, offsetof(trpt_policy, mx_hosts), TRPT_POLICY_HAS_MX_HOSTS, offsetof(trpt_policy, mx_host_count)},
    {"successful_sessions", NUMBER_IF, offsetof(trpt_policy, successful_sessions), TRPT_POLICY_HAS_SUCCESSFUL, offsetof(trpt_policy, present)},
    {"failed_sessions", NUMBER_IF, offsetof(trpt_policy, failed_sessions), TRPT_POLICY_HAS_FAILED, offsetof(trpt_policy, present)},
    {"has_policy", IS_SET, 0, TRPT_POLICY_HAS_POLICY, offsetof(trpt_policy, present)},
    {"has_failures", IS_SET, 0, TRPT_POLICY_HAS_FAILURES, offsetof(trpt_policy, present)},
    {"index", NUMBER, offsetof(trpt_policy, index), 0, 0},
};

static const Member metadata_members[] = {
    {"organization_name", TEXT, offsetof(trpt_metadata, organization_name), 0, 0},
    {"contact_info", TEXT, offsetof(trpt_metadata, contact_info), 0, 0},
    {"report_id", TEXT, offsetof(trpt_metadata, report_id), 0, 0},
    {"start_seconds", TIME, offsetof(trpt_metadata, start), 0, 0},
    {"end_seconds", TIME, offsetof(trpt_metadata, end), 0, 0},
    {"error_count", NUMBER, offsetof(trpt_metadata, error_count), 0, 0},
    {"warning_count", NUMBER, offsetof(trpt_metadata, warning_count), 0, 0},
    {"info_count", NUMBER, offsetof(trpt_metadata, info_count), 0, 0},
    {"policies", CHILDREN, 0, POLICY, 0},
    {"diagnostics", CHILDREN, 0, DIAGNOSTIC, 0},
    {"key", KEY, 0, 0, 0},
    {"source", VALUE, 0, 0, 0},
};

static const Member diagnostic_members[] = {
    {"code", STATIC, offsetof(trpt_diagnostic, code), 0, 0},
    {"severity", ENUM, offsetof(trpt_diagnostic, severity), SEVERITIES, 0},
    {"message", STATIC, offsetof(trpt_diagnostic, message), 0, 0},
    {"section", STATIC, offsetof(trpt_diagnostic, section), 0, 0},
    {"where", ASCII, offsetof(trpt_diagnostic, where), 0, 0},
    {"line", NUMBER, offsetof(trpt_diagnostic, line), 0, 0},
    {"column", NUMBER, offsetof(trpt_diagnostic, column), 0, 0},
    {"offset", OFFSET, offsetof(trpt_diagnostic, offset), 0, 0},
};

static const Member options_members[] = {
    {"strict", IS_SET, 0, TRPT_STRICT, offsetof(trpt_options, flags)},
    {"diagnostics", IS_UNSET, 0, TRPT_NO_DIAGNOSTICS, offsetof(trpt_options, flags)},
    {"now", DATE, offsetof(trpt_options, now), 0, 0},
    {"max_depth", NUMBER, offsetof(trpt_options, max_depth), 0, 0},
    {"max_string", NUMBER, offsetof(trpt_options, max_string), 0, 0},
    {"max_strings", NUMBER, offsetof(trpt_options, max_strings), 0, 0},
    {"max_entry", NUMBER, offsetof(trpt_options, max_entry), 0, 0},
    {"max_held", NUMBER, offsetof(trpt_options, max_held), 0, 0},
    {"max_policies", NUMBER, offsetof(trpt_options, max_policies), 0, 0},
    {"max_diagnostics", NUMBER, offsetof(trpt_options, max_diagnostics), 0, 0},
    {"max_ratio", NUMBER, offsetof(trpt_options, max_ratio), 0, 0},
    {"max_failures", OFFSET, offsetof(trpt_options, max_failures), 0, 0},
    {"max_input", OFFSET, offsetof(trpt_options, max_input), 0, 0},
    {"max_inflated", OFFSET, offsetof(trpt_options, max_inflated), 0, 0},
    {"max_memory", OFFSET, offsetof(trpt_options, max_memory), 0, 0},
};
