// SPDX-License-Identifier: MIT

package trpt

// #include "bridge.h"
import "C"

import (
	"math"
	"time"
	"unsafe"
)

// PolicyType is `policy-type`, RFC 8460 s4.4.
type PolicyType int

// Policy types.
const (
	UnknownPolicy PolicyType = C.TRPT_POLICY_UNKNOWN
	TLSA          PolicyType = C.TRPT_POLICY_TLSA
	STS           PolicyType = C.TRPT_POLICY_STS
	NoPolicyFound PolicyType = C.TRPT_POLICY_NO_POLICY_FOUND
)

// String is the name as in reports, "sts"; "" for UnknownPolicy.
func (p PolicyType) String() string {
	return C.GoString(C.trpt_policy_type_name(C.trpt_policy_type(p)))
}

// ResultType is `result-type`, RFC 8460 s4.3: a number of TRPT_RESULT_*, 0 for an unknown one.
type ResultType int

// ResultTypeFromName returns 0 for an unknown name.
func ResultTypeFromName(name string) ResultType {
	var m memory
	defer m.free()
	text := m.text(name)
	return ResultType(C.trpt_result_type_from_name(text.ptr, text.len))
}

// Description explains the type to the owner of the domain, and says what to do.
func (r ResultType) Description() string {
	return C.GoString(C.trpt_result_type_description(C.trpt_result_type(r)))
}

// Failure is an element of `failure-details`. Nil: the member is missing, or its value cannot be read.
type Failure struct {
	Type                  ResultType
	TypeName              *string // as written
	SendingMTAIP          *string
	ReceivingMXHostname   *string
	ReceivingMXHelo       *string
	ReceivingIP           *string
	FailedSessions        *uint64
	AdditionalInformation *string
	FailureReasonCode     *string
	PolicyIndex           uint32
}

// Policy is an element of `policies`. Nil: the member is missing, or its value cannot be read.
type Policy struct {
	Type               PolicyType
	TypeName           *string // as written
	Domain             *string
	Strings            []string
	MXHosts            []string
	SuccessfulSessions *uint64
	FailedSessions     *uint64
	Failures           []Failure // set by ParseReport; a Reader returns them as events
	HasPolicy          bool      // the object `policy` is present, even if empty
	HasFailures        bool      // the array `failure-details` is present, even if empty
	Index              uint32
}

// Metadata has the top-level members of a report. Nil: the member is missing, or its value cannot be read.
type Metadata struct {
	OrganizationName *string
	ContactInfo      *string
	ReportID         *string
	Start, End       *time.Time // UTC
	ErrorCount       uint32     // diagnostics of severity Bad
	WarningCount     uint32
	InfoCount        uint32
}

// Report is a complete report.
type Report struct {
	Metadata
	Policies    []Policy
	Diagnostics []Diagnostic
	Key         string // equal for two deliveries of one report
}

func (c *copier) failure(f *C.trpt_failure) Failure {
	return Failure{ResultType(f._type), c.optional(f.type_name), c.optional(f.sending_mta_ip), c.optional(f.receiving_mx_hostname),
		c.optional(f.receiving_mx_helo), c.optional(f.receiving_ip),
		c.number(f.present&C.TRPT_FAILURE_HAS_FAILED_SESSIONS != 0, f.failed_sessions), c.optional(f.additional_information),
		c.optional(f.failure_reason_code), uint32(f.policy_index)}
}

func (c *copier) policy(p *C.trpt_policy) Policy {
	has := func(bit C.uint32_t) bool { return p.present&bit != 0 }
	return Policy{Type: PolicyType(p._type), TypeName: c.optional(p.type_name), Domain: c.optional(p.domain),
		Strings:            c.list(has(C.TRPT_POLICY_HAS_STRINGS), p.strings, p.string_count),
		MXHosts:            c.list(has(C.TRPT_POLICY_HAS_MX_HOSTS), p.mx_hosts, p.mx_host_count),
		SuccessfulSessions: c.number(has(C.TRPT_POLICY_HAS_SUCCESSFUL), p.successful_sessions),
		FailedSessions:     c.number(has(C.TRPT_POLICY_HAS_FAILED), p.failed_sessions),
		HasPolicy:          has(C.TRPT_POLICY_HAS_POLICY),
		HasFailures:        has(C.TRPT_POLICY_HAS_FAILURES),
		Index:              uint32(p.index)}
}

func timeOf(seconds C.int64_t) *time.Time {
	if seconds == math.MinInt64 {
		return nil
	}
	t := time.Unix(int64(seconds), 0).UTC()
	return &t
}

func (c *copier) metadata(m *C.trpt_metadata) Metadata {
	return Metadata{c.optional(m.organization_name), c.optional(m.contact_info), c.optional(m.report_id), timeOf(m.start), timeOf(m.end),
		uint32(m.error_count), uint32(m.warning_count), uint32(m.info_count)}
}

// copyReport copies what trpt_go_next has found.
func copyReport(c *C.trpt_go, static map[*C.char]string) *Report {
	metadata := c.metadata
	policies, failures := int(metadata.policy_count), int(metadata.failure_count)
	copies := copier{static: static}
	copies.bytes.Grow(int(c.text_size))
	copies.texts = make([]string, 0, c.text_count)
	copies.numbers = make([]uint64, 0, 2*policies+failures)
	parts := unsafe.Slice((*unsafe.Pointer)(unsafe.Pointer(c.parts)), int(c.part_count))
	report := &Report{Metadata: copies.metadata(metadata), Key: C.GoStringN(&c.key[0], C.int(len(c.key)-1))}
	if policies > 0 {
		report.Policies = make([]Policy, policies)
	}
	all := make([]Failure, failures)
	for i := range report.Policies {
		policy := (*C.trpt_policy)(parts[0])
		count := int(policy.failure_count)
		report.Policies[i] = copies.policy(policy)
		for j, part := range parts[1 : 1+count] {
			all[j] = copies.failure((*C.trpt_failure)(part))
		}
		if count > 0 {
			report.Policies[i].Failures = all[:count:count]
		}
		parts, all = parts[1+count:], all[count:]
	}
	if len(parts) > 0 {
		report.Diagnostics = make([]Diagnostic, len(parts))
	}
	for i, part := range parts {
		report.Diagnostics[i] = copies.diagnostic((*C.trpt_diagnostic)(part))
	}
	return report
}
