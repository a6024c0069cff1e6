// SPDX-License-Identifier: MIT

package trpt

// #include <tlsrpt/trpt.h>
import "C"

import (
	"errors"
	"io"
	"math"
	"runtime"
	"sync"
	"time"
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
	Policies []Policy
	Findings []Finding
	Key      string // equal for two deliveries of one report
}

// Event is one of *Failure, *Policy, *Finding and *Metadata.
type Event interface{ isEvent() }

func (*Failure) isEvent()  {}
func (*Policy) isEvent()   {}
func (*Finding) isEvent()  {}
func (*Metadata) isEvent() {}

// Options for reading; the zero value has all defaults. A limit of 0 means the default of trpt_options.
type Options struct {
	Strict      bool      // fail at the first diagnostic of severity Bad
	NoFindings  bool      // report no diagnostics, which is faster
	Now         time.Time // to report periods in the future
	MaxInput    uint64    // bytes
	MaxInflated uint64    // bytes after decompression
	MaxFailures uint64
	MaxPolicies uint32
}

func (o *Options) native() *C.trpt_options {
	options := &C.trpt_options{struct_size: C.sizeof_trpt_options}
	if o == nil {
		return options
	}
	if o.Strict {
		options.flags |= C.TRPT_STRICT
	}
	if o.NoFindings {
		options.flags |= C.TRPT_NO_DIAGNOSTICS
	}
	if !o.Now.IsZero() {
		options.now = C.int64_t(o.Now.Unix())
	}
	options.max_input = C.uint64_t(o.MaxInput)
	options.max_inflated = C.uint64_t(o.MaxInflated)
	options.max_failures = C.uint64_t(o.MaxFailures)
	options.max_policies = C.uint32_t(o.MaxPolicies)
	return options
}

func number(has bool, n C.uint64_t) *uint64 {
	if !has {
		return nil
	}
	copied := uint64(n)
	return &copied
}

func timeOf(seconds C.int64_t) *time.Time {
	if seconds == math.MinInt64 {
		return nil
	}
	t := time.Unix(int64(seconds), 0).UTC()
	return &t
}

func copyFailure(f *C.trpt_failure) *Failure {
	return &Failure{ResultType(f._type), copyOptional(f.type_name), copyOptional(f.sending_mta_ip),
		copyOptional(f.receiving_mx_hostname), copyOptional(f.receiving_mx_helo), copyOptional(f.receiving_ip),
		number(f.present&C.TRPT_FAILURE_HAS_FAILED_SESSIONS != 0, f.failed_sessions), copyOptional(f.additional_information),
		copyOptional(f.failure_reason_code), uint32(f.policy_index)}
}

func copyPolicy(p *C.trpt_policy) *Policy {
	policy := &Policy{Type: PolicyType(p._type), TypeName: copyOptional(p.type_name), Domain: copyOptional(p.domain),
		SuccessfulSessions: number(p.present&C.TRPT_POLICY_HAS_SUCCESSFUL != 0, p.successful_sessions),
		FailedSessions:     number(p.present&C.TRPT_POLICY_HAS_FAILED != 0, p.failed_sessions),
		HasPolicy:          p.present&C.TRPT_POLICY_HAS_POLICY != 0,
		HasFailures:        p.present&C.TRPT_POLICY_HAS_FAILURES != 0,
		Index:              uint32(p.index)}
	if p.present&C.TRPT_POLICY_HAS_STRINGS != 0 {
		policy.Strings = copyList(p.strings, p.string_count)
	}
	if p.present&C.TRPT_POLICY_HAS_MX_HOSTS != 0 {
		policy.MXHosts = copyList(p.mx_hosts, p.mx_host_count)
	}
	return policy
}

func copyMetadata(m *C.trpt_metadata) *Metadata {
	return &Metadata{copyOptional(m.organization_name), copyOptional(m.contact_info), copyOptional(m.report_id), timeOf(m.start),
		timeOf(m.end), uint32(m.error_count), uint32(m.warning_count), uint32(m.info_count)}
}

// Reader reads a report in chunks and in constant memory.
type Reader struct {
	lock   sync.Mutex
	source io.Reader
	parser *C.trpt_parser // nil after Close
	chunk  []byte
	rest   []byte // the part of the chunk that is not yet consumed
	ended  bool
}

// ErrClosed is returned by Next of a Reader that was closed.
var ErrClosed = errors.New("trpt: the reader is closed")

// NewReader reads plain JSON or gzip. Options may be nil.
func NewReader(source io.Reader, options *Options) (*Reader, error) {
	r := &Reader{source: source, chunk: make([]byte, 65536)}
	if err := statusError(C.trpt_parser_new(&r.parser, options.native())); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(r, func(r *Reader) { r.Close() })
	return r, nil
}

// Close frees the parser. Events that were returned remain valid. Closing again has no effect.
func (r *Reader) Close() error {
	r.lock.Lock()
	defer r.lock.Unlock()
	C.trpt_parser_free(r.parser)
	r.parser = nil
	runtime.SetFinalizer(r, nil)
	return nil
}

// Next returns the next event. A Failure precedes its Policy, and a Finding precedes the event that it concerns. Metadata is the last
// event, and comes only if the whole report was read; io.EOF follows. Other errors are *Error, ErrClosed and those of the source.
func (r *Reader) Next() (Event, error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	if r.parser == nil {
		return nil, ErrClosed
	}
	for {
		var event *C.trpt_event
		var used C.size_t
		data := bytesOf(r.rest)
		if r.ended {
			data = nil
		}
		status := C.trpt_parser_read(r.parser, data, C.size_t(len(r.rest)), &used, &event)
		r.rest = r.rest[used:]
		switch {
		case status == C.TRPT_END:
			return nil, io.EOF
		case status == C.TRPT_MORE:
			if err := r.fill(); err != nil {
				return nil, err
			}
		case status < 0:
			return nil, errorOf(C.trpt_parser_error(r.parser))
		default:
			if copied := copyEvent(event); copied != nil {
				return copied, nil
			}
		}
	}
}

func (r *Reader) fill() error {
	n, err := r.source.Read(r.chunk)
	r.rest = r.chunk[:n]
	if err == io.EOF && n == 0 {
		r.ended = true
	} else if err != nil && err != io.EOF {
		return err
	}
	return nil
}

func copyEvent(e *C.trpt_event) Event {
	switch e._type {
	case C.TRPT_EVENT_FAILURE:
		return copyFailure(e.failure)
	case C.TRPT_EVENT_POLICY:
		return copyPolicy(e.policy)
	case C.TRPT_EVENT_DIAGNOSTIC:
		diagnostic := diagnosticOf(e.diagnostic)
		return &diagnostic
	case C.TRPT_EVENT_REPORT:
		return copyMetadata(e.metadata)
	}
	return nil // an event type of a later version
}

// ParseReport parses a complete report in memory, plain JSON or gzip. Options may be nil. Errors are *Error.
func ParseReport(data []byte, options *Options) (*Report, error) {
	var tree *C.trpt_report
	var failure C.trpt_error
	if C.trpt_report_parse(bytesOf(data), C.size_t(len(data)), options.native(), &tree, &failure) != C.TRPT_OK {
		return nil, errorOf(&failure)
	}
	defer C.trpt_report_free(tree)
	report := &Report{Metadata: *copyMetadata(C.trpt_report_metadata(tree))}
	for i := C.uint32_t(0); i < C.trpt_report_policy_count(tree); i++ {
		policy := copyPolicy(C.trpt_report_policy(tree, i))
		for j := C.uint32_t(0); j < C.trpt_report_failure_count(tree, i); j++ {
			policy.Failures = append(policy.Failures, *copyFailure(C.trpt_report_failure(tree, i, j)))
		}
		report.Policies = append(report.Policies, *policy)
	}
	for i := C.uint32_t(0); i < C.trpt_report_diagnostic_count(tree); i++ {
		report.Findings = append(report.Findings, diagnosticOf(C.trpt_report_diagnostic(tree, i)))
	}
	key, err := textOf(func(buffer *C.char, capacity C.size_t, needed *C.size_t) C.trpt_status {
		return C.trpt_report_key(tree, buffer, capacity, needed)
	})
	report.Key = key
	return report, err
}
