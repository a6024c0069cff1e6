/* SPDX-License-Identifier: MIT */
/* The layout of each public struct on three kinds of machine, checked as this file is compiled: programs hand structs over as bytes,
   so no member may ever move. LP64 has 64-bit pointers; on i386 a uint64_t is aligned to 4 bytes, on armhf to 8. Once a version
   is released a line may be added here, and none may change.
   It needs no C library: clang --target=i386-linux-gnu -ffreestanding -fsyntax-only -I include tests/abi/layout.c */
#include <stddef.h>
#include <stdint.h>

#include <tlsrpt/mail.h>
#include <tlsrpt/trpt.h>

#if UINTPTR_MAX > 0xFFFFFFFF
#define ON(lp64, i386, armhf) (lp64)
#elif defined(__i386__)
#define ON(lp64, i386, armhf) (i386)
#else
#define ON(lp64, i386, armhf) (armhf)
#endif

#define SIZE(type, lp64, i386, armhf) _Static_assert(sizeof(type) == ON(lp64, i386, armhf), #type)
#define PLACE(type, member, lp64, i386, armhf)                                                                         \
  _Static_assert(offsetof(type, member) == ON(lp64, i386, armhf), #type "." #member)

/* ---- status.h ---- */

SIZE(trpt_str, 16, 8, 8);
PLACE(trpt_str, ptr, 0, 0, 0);
PLACE(trpt_str, len, 8, 4, 4);

SIZE(trpt_error, 288, 284, 288);
PLACE(trpt_error, status, 0, 0, 0);
PLACE(trpt_error, line, 4, 4, 4);
PLACE(trpt_error, column, 8, 8, 8);
PLACE(trpt_error, reserved, 12, 12, 12);
PLACE(trpt_error, offset, 16, 16, 16);
PLACE(trpt_error, code, 24, 24, 24);
PLACE(trpt_error, where, 32, 28, 28);
PLACE(trpt_error, message, 160, 156, 156);

/* ---- diagnostic.h ---- */

SIZE(trpt_diagnostic, 56, 40, 48);
PLACE(trpt_diagnostic, code, 0, 0, 0);
PLACE(trpt_diagnostic, severity, 8, 4, 4);
PLACE(trpt_diagnostic, line, 12, 8, 8);
PLACE(trpt_diagnostic, column, 16, 12, 12);
PLACE(trpt_diagnostic, reserved, 20, 16, 16);
PLACE(trpt_diagnostic, offset, 24, 20, 24);
PLACE(trpt_diagnostic, where, 32, 28, 32);
PLACE(trpt_diagnostic, message, 40, 32, 36);
PLACE(trpt_diagnostic, section, 48, 36, 40);

/* ---- record.h ---- */

SIZE(trpt_record, 64, 56, 56);
PLACE(trpt_record, text, 0, 0, 0);
PLACE(trpt_record, rua_count, 16, 8, 8);
PLACE(trpt_record, usable_rua_count, 20, 12, 12);
PLACE(trpt_record, extension_count, 24, 16, 16);
PLACE(trpt_record, flags, 28, 20, 20);
PLACE(trpt_record, reserved, 32, 24, 24);

SIZE(trpt_rua, 56, 40, 40);
PLACE(trpt_rua, uri, 0, 0, 0);
PLACE(trpt_rua, scheme, 16, 8, 8);
PLACE(trpt_rua, usable, 20, 12, 12);
PLACE(trpt_rua, address, 24, 16, 16);
PLACE(trpt_rua, reserved, 40, 24, 24);

SIZE(trpt_conclusion, 136, 116, 120);
PLACE(trpt_conclusion, record, 0, 0, 0);
PLACE(trpt_conclusion, index, 64, 56, 56);
PLACE(trpt_conclusion, code, 72, 60, 60);
PLACE(trpt_conclusion, reason, 80, 64, 64);
PLACE(trpt_conclusion, status, 88, 68, 68);
PLACE(trpt_conclusion, verdict, 92, 72, 72);
PLACE(trpt_conclusion, tlsrpt_count, 96, 76, 76);
PLACE(trpt_conclusion, intended_count, 100, 80, 80);
PLACE(trpt_conclusion, unrelated_count, 104, 84, 84);
PLACE(trpt_conclusion, reserved, 108, 88, 88);

/* ---- policy.h ---- */

SIZE(trpt_tlsa, 32, 24, 24);
PLACE(trpt_tlsa, usage, 0, 0, 0);
PLACE(trpt_tlsa, selector, 4, 4, 4);
PLACE(trpt_tlsa, matching_type, 8, 8, 8);
PLACE(trpt_tlsa, reserved, 12, 12, 12);
PLACE(trpt_tlsa, data, 16, 16, 16);

/* ---- parser.h ---- */

SIZE(trpt_policy, 88, 64, 64);
PLACE(trpt_policy, index, 0, 0, 0);
PLACE(trpt_policy, type, 4, 4, 4);
PLACE(trpt_policy, type_name, 8, 8, 8);
PLACE(trpt_policy, domain, 24, 16, 16);
PLACE(trpt_policy, strings, 40, 24, 24);
PLACE(trpt_policy, mx_hosts, 48, 28, 28);
PLACE(trpt_policy, string_count, 56, 32, 32);
PLACE(trpt_policy, mx_host_count, 60, 36, 36);
PLACE(trpt_policy, successful_sessions, 64, 40, 40);
PLACE(trpt_policy, failed_sessions, 72, 48, 48);
PLACE(trpt_policy, failure_count, 80, 56, 56);
PLACE(trpt_policy, present, 84, 60, 60);

SIZE(trpt_failure, 136, 80, 80);
PLACE(trpt_failure, policy_index, 0, 0, 0);
PLACE(trpt_failure, index, 4, 4, 4);
PLACE(trpt_failure, type, 8, 8, 8);
PLACE(trpt_failure, present, 12, 12, 12);
PLACE(trpt_failure, type_name, 16, 16, 16);
PLACE(trpt_failure, sending_mta_ip, 32, 24, 24);
PLACE(trpt_failure, receiving_mx_hostname, 48, 32, 32);
PLACE(trpt_failure, receiving_mx_helo, 64, 40, 40);
PLACE(trpt_failure, receiving_ip, 80, 48, 48);
PLACE(trpt_failure, additional_information, 96, 56, 56);
PLACE(trpt_failure, failure_reason_code, 112, 64, 64);
PLACE(trpt_failure, failed_sessions, 128, 72, 72);

SIZE(trpt_metadata, 128, 88, 88);
PLACE(trpt_metadata, organization_name, 0, 0, 0);
PLACE(trpt_metadata, contact_info, 16, 8, 8);
PLACE(trpt_metadata, report_id, 32, 16, 16);
PLACE(trpt_metadata, start_text, 48, 24, 24);
PLACE(trpt_metadata, end_text, 64, 32, 32);
PLACE(trpt_metadata, start, 80, 40, 40);
PLACE(trpt_metadata, end, 88, 48, 48);
PLACE(trpt_metadata, failure_count, 96, 56, 56);
PLACE(trpt_metadata, policy_count, 104, 64, 64);
PLACE(trpt_metadata, present, 108, 68, 68);
PLACE(trpt_metadata, error_count, 112, 72, 72);
PLACE(trpt_metadata, warning_count, 116, 76, 76);
PLACE(trpt_metadata, info_count, 120, 80, 80);
PLACE(trpt_metadata, reserved, 124, 84, 84);

SIZE(trpt_allocator, 32, 16, 16);
PLACE(trpt_allocator, struct_size, 0, 0, 0);
PLACE(trpt_allocator, allocate, 8, 4, 4);
PLACE(trpt_allocator, release, 16, 8, 8);
PLACE(trpt_allocator, user, 24, 12, 12);

SIZE(trpt_options, 96, 88, 96);
PLACE(trpt_options, struct_size, 0, 0, 0);
PLACE(trpt_options, flags, 8, 4, 4);
PLACE(trpt_options, tokenizer, 12, 8, 8);
PLACE(trpt_options, max_depth, 16, 12, 12);
PLACE(trpt_options, max_string, 20, 16, 16);
PLACE(trpt_options, max_strings, 24, 20, 20);
PLACE(trpt_options, max_entry, 28, 24, 24);
PLACE(trpt_options, max_held, 32, 28, 28);
PLACE(trpt_options, max_policies, 36, 32, 32);
PLACE(trpt_options, max_diagnostics, 40, 36, 36);
PLACE(trpt_options, max_ratio, 44, 40, 40);
PLACE(trpt_options, max_failures, 48, 44, 48);
PLACE(trpt_options, max_input, 56, 52, 56);
PLACE(trpt_options, max_inflated, 64, 60, 64);
PLACE(trpt_options, max_memory, 72, 68, 72);
PLACE(trpt_options, now, 80, 76, 80);
PLACE(trpt_options, allocator, 88, 84, 88);

SIZE(trpt_event, 40, 24, 24);
PLACE(trpt_event, type, 0, 0, 0);
PLACE(trpt_event, reserved, 4, 4, 4);
PLACE(trpt_event, policy, 8, 8, 8);
PLACE(trpt_event, failure, 16, 12, 12);
PLACE(trpt_event, metadata, 24, 16, 16);
PLACE(trpt_event, diagnostic, 32, 20, 20);

SIZE(trpt_handler, 48, 24, 24);
PLACE(trpt_handler, struct_size, 0, 0, 0);
PLACE(trpt_handler, on_failure, 8, 4, 4);
PLACE(trpt_handler, on_policy, 16, 8, 8);
PLACE(trpt_handler, on_report, 24, 12, 12);
PLACE(trpt_handler, on_diagnostic, 32, 16, 16);
PLACE(trpt_handler, on_fault, 40, 20, 20);

/* ---- key.h ---- */

SIZE(trpt_key, 192, 192, 192);
PLACE(trpt_key, state, 0, 0, 0);
PLACE(trpt_key, policies, 8, 8, 8);
PLACE(trpt_key, failures, 16, 16, 16);
PLACE(trpt_key, policy, 24, 24, 24);
PLACE(trpt_key, report, 64, 64, 64);
PLACE(trpt_key, reserved, 104, 104, 104);

/* ---- report.h ---- */

SIZE(trpt_source, 152, 76, 76);
PLACE(trpt_source, struct_size, 0, 0, 0);
PLACE(trpt_source, name, 8, 4, 4);
PLACE(trpt_source, key, 24, 12, 12);
PLACE(trpt_source, error_status, 40, 20, 20);
PLACE(trpt_source, diagnostics, 56, 28, 28);
PLACE(trpt_source, diagnostic_count, 64, 32, 32);
PLACE(trpt_source, report_domain, 72, 36, 36);
PLACE(trpt_source, report_submitter, 88, 44, 44);
PLACE(trpt_source, message_id, 104, 52, 52);
PLACE(trpt_source, dkim, 120, 60, 60);
PLACE(trpt_source, dkim_domain, 136, 68, 68);

/* ---- rows.h ---- */

SIZE(trpt_rows_options, 16, 12, 12);
PLACE(trpt_rows_options, struct_size, 0, 0, 0);
PLACE(trpt_rows_options, format, 8, 4, 4);
PLACE(trpt_rows_options, flags, 12, 8, 8);

SIZE(trpt_batch_item, 48, 24, 24);
PLACE(trpt_batch_item, struct_size, 0, 0, 0);
PLACE(trpt_batch_item, source, 8, 4, 4);
PLACE(trpt_batch_item, data, 16, 8, 8);
PLACE(trpt_batch_item, len, 24, 12, 12);
PLACE(trpt_batch_item, report, 32, 16, 16);
PLACE(trpt_batch_item, error, 40, 20, 20);

SIZE(trpt_batch_options, 48, 28, 32);
PLACE(trpt_batch_options, struct_size, 0, 0, 0);
PLACE(trpt_batch_options, max_table, 8, 4, 8);
PLACE(trpt_batch_options, report, 16, 12, 16);
PLACE(trpt_batch_options, next, 24, 16, 20);
PLACE(trpt_batch_options, done, 32, 20, 24);
PLACE(trpt_batch_options, user, 40, 24, 28);

SIZE(struct ArrowSchema, 72, 44, 48);
SIZE(struct ArrowArray, 80, 60, 64);
SIZE(struct ArrowArrayStream, 40, 20, 20);

/* ---- writer.h ---- */

SIZE(trpt_submission, 96, 60, 64);
PLACE(trpt_submission, struct_size, 0, 0, 0);
PLACE(trpt_submission, submitter, 8, 4, 4);
PLACE(trpt_submission, domain, 24, 12, 12);
PLACE(trpt_submission, start, 40, 20, 24);
PLACE(trpt_submission, end, 48, 28, 32);
PLACE(trpt_submission, unique_id, 56, 36, 40);
PLACE(trpt_submission, report_id, 72, 44, 48);
PLACE(trpt_submission, flags, 88, 52, 56);
PLACE(trpt_submission, reserved, 92, 56, 60);

/* ---- mail.h ---- */

SIZE(trpt_dkim_signature, 48, 28, 28);
PLACE(trpt_dkim_signature, struct_size, 0, 0, 0);
PLACE(trpt_dkim_signature, result, 8, 4, 4);
PLACE(trpt_dkim_signature, reserved, 12, 8, 8);
PLACE(trpt_dkim_signature, domain, 16, 12, 12);
PLACE(trpt_dkim_signature, key_services, 32, 20, 20);

SIZE(trpt_mail_options, 96, 72, 80);
PLACE(trpt_mail_options, struct_size, 0, 0, 0);
PLACE(trpt_mail_options, flags, 8, 4, 4);
PLACE(trpt_mail_options, max_parts, 12, 8, 8);
PLACE(trpt_mail_options, max_nesting, 16, 12, 12);
PLACE(trpt_mail_options, max_entries, 20, 16, 16);
PLACE(trpt_mail_options, max_reports, 24, 20, 20);
PLACE(trpt_mail_options, max_ratio, 28, 24, 24);
PLACE(trpt_mail_options, max_header, 32, 28, 32);
PLACE(trpt_mail_options, max_message, 40, 36, 40);
PLACE(trpt_mail_options, max_inflated, 48, 44, 48);
PLACE(trpt_mail_options, report, 56, 52, 56);
PLACE(trpt_mail_options, authserv_ids, 64, 56, 60);
PLACE(trpt_mail_options, authserv_id_count, 72, 60, 64);
PLACE(trpt_mail_options, verify, 80, 64, 68);
PLACE(trpt_mail_options, verify_user, 88, 68, 72);

SIZE(trpt_mail_item, 240, 144, 144);
PLACE(trpt_mail_item, report, 0, 0, 0);
PLACE(trpt_mail_item, error, 8, 4, 4);
PLACE(trpt_mail_item, number, 16, 8, 8);
PLACE(trpt_mail_item, offset, 24, 16, 16);
PLACE(trpt_mail_item, kind, 32, 24, 24);
PLACE(trpt_mail_item, container, 36, 28, 28);
PLACE(trpt_mail_item, entry, 40, 32, 32);
PLACE(trpt_mail_item, part, 56, 40, 40);
PLACE(trpt_mail_item, media_type, 72, 48, 48);
PLACE(trpt_mail_item, filename, 88, 56, 56);
PLACE(trpt_mail_item, from, 104, 64, 64);
PLACE(trpt_mail_item, subject, 120, 72, 72);
PLACE(trpt_mail_item, date_text, 136, 80, 80);
PLACE(trpt_mail_item, message_id, 152, 88, 88);
PLACE(trpt_mail_item, report_domain, 168, 96, 96);
PLACE(trpt_mail_item, report_submitter, 184, 104, 104);
PLACE(trpt_mail_item, date, 200, 112, 112);
PLACE(trpt_mail_item, dkim, 208, 120, 120);
PLACE(trpt_mail_item, signer, 212, 124, 124);
PLACE(trpt_mail_item, dkim_domain, 216, 128, 128);
PLACE(trpt_mail_item, diagnostic_count, 232, 136, 136);
PLACE(trpt_mail_item, is_other_content, 236, 140, 140);
