// SPDX-License-Identifier: MIT

package trpt

/*
#include <stdlib.h>
#include "bridge.h"

static trpt_status trpt_go_writer(trpt_writer **out, void *memory, uint32_t flags, trpt_go *to) {
  return trpt_writer_init(out, memory, trpt_writer_size(), flags, trpt_go_append, to);
}
*/
import "C"

import (
	"io"
	"math"
	"time"
	"unsafe"
)

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

// WriteReport writes the JSON text of a report at once, with line breaks and indentation if pretty. Members that are nil are omitted, and
// so are the diagnostics. Errors are those of the io.Writer, and *Error.
func WriteReport(to io.Writer, report *Report, pretty bool) error {
	var flags C.uint32_t
	if pretty {
		flags = C.TRPT_PRETTY
	}
	var m memory
	defer m.free()
	text := (*C.trpt_go)(m.zeroed(C.sizeof_trpt_go))
	defer func() { C.free(unsafe.Pointer(text.out)) }()
	var writer *C.trpt_writer
	if err := statusError(C.trpt_go_writer(&writer, m.zeroed(int(C.trpt_writer_size())), flags, text)); err != nil {
		return err
	}
	if err := write(writer, report); err != nil {
		return err
	}
	_, err := to.Write(output(text))
	return err
}
