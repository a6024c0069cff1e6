// SPDX-License-Identifier: MIT

package trpt

/*
#include <stdlib.h>
#include <tlsrpt/trpt.h>

// A handle is a number. Go must not treat it as a pointer.
int trptGoText(uintptr_t user, char *data, size_t len);
static inline int trpt_go_text(void *user, const char *data, size_t len) { return trptGoText((uintptr_t)user, (char *)data, len); }
static inline trpt_status trpt_go_writer(trpt_writer **out, void *memory, size_t size, uint32_t flags, uintptr_t user) {
  return trpt_writer_init(out, memory, size, flags, trpt_go_text, (void *)user);
}
*/
import "C"

import (
	"io"
	"math"
	"runtime/cgo"
	"time"
)

// output stores the error of the writer, which cannot pass through the library.
type output struct {
	to  io.Writer
	err error
}

//export trptGoText
func trptGoText(user C.uintptr_t, data *C.char, size C.size_t) C.int {
	out := cgo.Handle(user).Value().(*output)
	_, out.err = out.to.Write([]byte(copyText(C.trpt_str{data, size})))
	if out.err != nil {
		return 1
	}
	return 0
}

func secondsOf(t *time.Time) C.int64_t {
	if t == nil {
		return math.MinInt64
	}
	return C.int64_t(t.Unix())
}

func (m *memory) metadata(from *Metadata) *C.trpt_metadata {
	to := (*C.trpt_metadata)(m.zeroed(C.sizeof_trpt_metadata))
	to.organization_name = m.optional(from.OrganizationName)
	to.contact_info = m.optional(from.ContactInfo)
	to.report_id = m.optional(from.ReportID)
	to.start, to.end = secondsOf(from.Start), secondsOf(from.End)
	return to
}

func (m *memory) policy(from *Policy) *C.trpt_policy {
	to := (*C.trpt_policy)(m.zeroed(C.sizeof_trpt_policy))
	to._type = C.trpt_policy_type(from.Type)
	to.type_name = m.optional(from.TypeName)
	to.domain = m.optional(from.Domain)
	if from.HasPolicy {
		to.present |= C.TRPT_POLICY_HAS_POLICY
	}
	if from.HasFailures {
		to.present |= C.TRPT_POLICY_HAS_FAILURES
	}
	if from.Strings != nil {
		to.strings, to.string_count = m.list(from.Strings), C.uint32_t(len(from.Strings))
		to.present |= C.TRPT_POLICY_HAS_STRINGS
	}
	if from.MXHosts != nil {
		to.mx_hosts, to.mx_host_count = m.list(from.MXHosts), C.uint32_t(len(from.MXHosts))
		to.present |= C.TRPT_POLICY_HAS_MX_HOSTS
	}
	if from.SuccessfulSessions != nil {
		to.successful_sessions = C.uint64_t(*from.SuccessfulSessions)
		to.present |= C.TRPT_POLICY_HAS_SUCCESSFUL
	}
	if from.FailedSessions != nil {
		to.failed_sessions = C.uint64_t(*from.FailedSessions)
		to.present |= C.TRPT_POLICY_HAS_FAILED
	}
	return to
}

func (m *memory) failure(from *Failure) *C.trpt_failure {
	to := (*C.trpt_failure)(m.zeroed(C.sizeof_trpt_failure))
	to._type = C.trpt_result_type(from.Type)
	to.type_name = m.optional(from.TypeName)
	to.sending_mta_ip = m.optional(from.SendingMTAIP)
	to.receiving_mx_hostname = m.optional(from.ReceivingMXHostname)
	to.receiving_mx_helo = m.optional(from.ReceivingMXHelo)
	to.receiving_ip = m.optional(from.ReceivingIP)
	to.additional_information = m.optional(from.AdditionalInformation)
	to.failure_reason_code = m.optional(from.FailureReasonCode)
	if from.FailedSessions != nil {
		to.failed_sessions = C.uint64_t(*from.FailedSessions)
		to.present |= C.TRPT_FAILURE_HAS_FAILED_SESSIONS
	}
	return to
}

// write passes each part of a report to the library. The library needs the memory of a part only during the call.
func write(writer *C.trpt_writer, report *Report) error {
	part := func(call func(m *memory) C.trpt_status) error {
		var m memory
		defer m.free()
		return statusError(call(&m))
	}
	err := part(func(m *memory) C.trpt_status { return C.trpt_writer_metadata(writer, m.metadata(&report.Metadata)) })
	for i := range report.Policies {
		policy := &report.Policies[i]
		if err == nil {
			err = part(func(m *memory) C.trpt_status { return C.trpt_writer_policy(writer, m.policy(policy)) })
		}
		for j := range policy.Failures {
			if err == nil {
				err = part(func(m *memory) C.trpt_status { return C.trpt_writer_failure(writer, m.failure(&policy.Failures[j])) })
			}
		}
	}
	if err != nil {
		return err
	}
	return statusError(C.trpt_writer_end(writer))
}

// WriteReport writes the JSON text of a report, with line breaks and indentation if pretty. Members that are nil are omitted, and so are
// the diagnostics. Errors are those of the io.Writer, and *Error.
func WriteReport(to io.Writer, report *Report, pretty bool) error {
	var flags C.uint32_t
	if pretty {
		flags = C.TRPT_PRETTY
	}
	out := &output{to: to}
	handle := cgo.NewHandle(out)
	defer handle.Delete()
	var m memory
	defer m.free()
	size := C.trpt_writer_size()
	var writer *C.trpt_writer
	if err := statusError(C.trpt_go_writer(&writer, m.allocate(int(size)), size, flags, C.uintptr_t(handle))); err != nil {
		return err
	}
	err := write(writer, report)
	if out.err != nil {
		return out.err
	}
	return err
}
