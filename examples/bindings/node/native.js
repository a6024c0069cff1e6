// SPDX-License-Identifier: MIT
// The declarations of libtrpt that the binding uses. The tests compare the structs with docs/api.json.
import koffi from "koffi";

const str = koffi.struct("trpt_str", { ptr: "void *", len: "size_t" });

export const structs = {
  trpt_str: str,
  trpt_error: koffi.struct("trpt_error", {
    status: "int32_t", line: "uint32_t", column: "uint32_t", reserved: "uint32_t", offset: "uint64_t", code: "const char *",
    where: koffi.array("char", 128), message: koffi.array("char", 128),
  }),
  trpt_diagnostic: koffi.struct("trpt_diagnostic", {
    code: "const char *", severity: "int32_t", line: "uint32_t", column: "uint32_t", reserved: "uint32_t", offset: "uint64_t",
    where: "const char *", message: "const char *", section: "const char *",
  }),
  trpt_policy: koffi.struct("trpt_policy", {
    index: "uint32_t", type: "int32_t", type_name: str, domain: str, strings: "void *", mx_hosts: "void *",
    string_count: "uint32_t", mx_host_count: "uint32_t", successful_sessions: "uint64_t", failed_sessions: "uint64_t",
    failure_count: "uint32_t", present: "uint32_t",
  }),
  trpt_failure: koffi.struct("trpt_failure", {
    policy_index: "uint32_t", index: "uint32_t", type: "int32_t", present: "uint32_t", type_name: str, sending_mta_ip: str,
    receiving_mx_hostname: str, receiving_mx_helo: str, receiving_ip: str, additional_information: str, failure_reason_code: str,
    failed_sessions: "uint64_t",
  }),
  trpt_metadata: koffi.struct("trpt_metadata", {
    organization_name: str, contact_info: str, report_id: str, start_text: str, end_text: str, start: "int64_t", end: "int64_t",
    failure_count: "uint64_t", policy_count: "uint32_t", present: "uint32_t", error_count: "uint32_t", warning_count: "uint32_t",
    info_count: "uint32_t", reserved: "uint32_t",
  }),
  trpt_options: koffi.struct("trpt_options", {
    struct_size: "size_t", flags: "uint32_t", tokenizer: "int32_t", max_depth: "uint32_t", max_string: "uint32_t",
    max_strings: "uint32_t", max_entry: "uint32_t", max_held: "uint32_t", max_policies: "uint32_t", max_diagnostics: "uint32_t",
    max_ratio: "uint32_t", max_failures: "uint64_t", max_input: "uint64_t", max_inflated: "uint64_t", max_memory: "uint64_t",
    now: "int64_t", allocator: "void *",
  }),
  trpt_event: koffi.struct("trpt_event", {
    type: "int32_t", reserved: "uint32_t", policy: "void *", failure: "void *", metadata: "void *", diagnostic: "void *",
  }),
  trpt_record: koffi.struct("trpt_record", {
    text: str, rua_count: "uint32_t", usable_rua_count: "uint32_t", extension_count: "uint32_t", flags: "uint32_t",
    reserved: koffi.array("uint64_t", 4),
  }),
  trpt_rua: koffi.struct("trpt_rua", {
    uri: str, scheme: "int32_t", usable: "int32_t", address: str, reserved: koffi.array("uint64_t", 2),
  }),
};
export const diagnosticFn = koffi.pointer(koffi.proto("int trpt_diagnostic_fn(void *user, const trpt_diagnostic *diagnostic)"));
export const writeFn = koffi.pointer(koffi.proto("int trpt_write_fn(void *user, void *data, size_t len)"));

const library = koffi.load(process.env.TRPT_LIBRARY ?? "libtrpt.so.0");

export const lib = Object.fromEntries(
  [
    "const char *trpt_version()",
    "const char *trpt_status_name(int32_t status)",
    "const char *trpt_status_message(int32_t status)",
    "const char *trpt_severity_name(int32_t severity)",
    "const char *trpt_scheme_name(int32_t scheme)",
    "const char *trpt_diagnostic_advice(const char *code)",
    "const char *trpt_policy_type_name(int32_t type)",
    "int32_t trpt_policy_type_from_name(const void *name, size_t len)",
    "const char *trpt_result_type_name(int32_t type)",
    "int32_t trpt_result_type_from_name(const void *name, size_t len)",
    "const char *trpt_result_type_description(int32_t type)",
    "int32_t trpt_record_parse(void *text, size_t len, uint32_t flags, _Out_ trpt_record *out, _Out_ trpt_error *error)",
    "int32_t trpt_record_next_rua(const trpt_record *record, _Inout_ size_t *cursor, _Out_ trpt_rua *out)",
    "int32_t trpt_record_next_extension(const trpt_record *record, _Inout_ size_t *cursor, _Out_ trpt_str *name, _Out_ trpt_str *value)",
    "int32_t trpt_record_diagnose(void *text, size_t len, trpt_diagnostic_fn *fn, void *user)",
    "int32_t trpt_record_write(void *uris, size_t count, void *buffer, size_t capacity, _Out_ size_t *needed)",
    "int32_t trpt_parser_new(_Out_ void **out, const trpt_options *options)",
    "void trpt_parser_free(void *parser)",
    "const trpt_error *trpt_parser_error(void *parser)",
    "int32_t trpt_parser_read(void *parser, const void *data, size_t len, _Out_ size_t *used, _Out_ void **event)",
    "int32_t trpt_report_parse(const void *data, size_t len, const trpt_options *options, _Out_ void **out, _Out_ trpt_error *error)",
    "void trpt_report_free(void *report)",
    "void *trpt_report_metadata(void *report)",
    "uint32_t trpt_report_policy_count(void *report)",
    "void *trpt_report_policy(void *report, uint32_t policy)",
    "uint32_t trpt_report_failure_count(void *report, uint32_t policy)",
    "void *trpt_report_failure(void *report, uint32_t policy, uint32_t failure)",
    "uint32_t trpt_report_diagnostic_count(void *report)",
    "void *trpt_report_diagnostic(void *report, uint32_t i)",
    "int32_t trpt_report_key(void *report, void *buffer, size_t capacity, _Out_ size_t *needed)",
    "int32_t trpt_time_format(int64_t seconds, void *buffer, size_t capacity, _Out_ size_t *needed)",
    "size_t trpt_writer_size()",
    "int32_t trpt_writer_init(_Out_ void **out, void *memory, size_t size, uint32_t flags, trpt_write_fn *write, void *user)",
    "int32_t trpt_writer_metadata(void *writer, const trpt_metadata *metadata)",
    "int32_t trpt_writer_policy(void *writer, const trpt_policy *policy)",
    "int32_t trpt_writer_failure(void *writer, const trpt_failure *failure)",
    "int32_t trpt_writer_end(void *writer)",
  ].map((prototype) => [/(trpt_\w+)\(/.exec(prototype)[1], library.func(prototype)]),
);
