// SPDX-License-Identifier: MIT

package trpt

// #include "bridge.h"
import "C"

import (
	"math"
	"time"
	"unsafe"
)

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
	return pointer(time.Unix(int64(seconds), 0).UTC())
}

// copyReport copies a report, and returns the size of its texts too.
func copyReport(from *C.trpt_go_report, static map[*C.char]string) (*Report, int) {
	parts := unsafe.Slice((*unsafe.Pointer)(unsafe.Pointer(from.parts)), int(from.part_count))
	metadata := (*C.trpt_metadata)(parts[0])
	policies := parts[1 : 1+metadata.policy_count]
	failures := parts[1+len(policies):][:metadata.failure_count]
	diagnostics := parts[1+len(policies)+len(failures):]

	c := copier{static: static}
	c.countMetadata(metadata)
	for _, policy := range policies {
		c.countPolicy((*C.trpt_policy)(policy))
	}
	for _, failure := range failures {
		c.countFailure((*C.trpt_failure)(failure))
	}
	for _, diagnostic := range diagnostics {
		c.countDiagnostic((*C.trpt_diagnostic)(diagnostic))
	}
	c.allocate()

	report := &Report{Metadata: c.metadata(metadata), Key: C.GoStringN(&from.key[0], C.int(len(from.key)-1))}
	if len(policies) > 0 {
		report.Policies = make([]Policy, len(policies))
	}
	all := make([]Failure, len(failures))
	for i, failure := range failures {
		all[i] = c.failure((*C.trpt_failure)(failure))
	}
	for i := range policies {
		policy := (*C.trpt_policy)(policies[i])
		report.Policies[i] = c.policy(policy)
		if count := int(policy.failure_count); count > 0 {
			report.Policies[i].Failures = all[:count:count]
			all = all[count:]
		}
	}
	if len(diagnostics) > 0 {
		report.Diagnostics = make([]Diagnostic, len(diagnostics))
	}
	for i, diagnostic := range diagnostics {
		report.Diagnostics[i] = c.diagnostic((*C.trpt_diagnostic)(diagnostic))
	}
	return report, c.bytes.Len()
}
