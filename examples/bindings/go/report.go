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

// Report is a complete report.
type Report struct {
	Metadata
	Policies    []Policy
	Diagnostics []Diagnostic
	Key         string // equal for two deliveries of one report
}

func timeOf(seconds C.int64_t) *time.Time {
	if seconds == math.MinInt64 {
		return nil
	}
	t := time.Unix(int64(seconds), 0).UTC()
	return &t
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
