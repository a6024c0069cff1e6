// SPDX-License-Identifier: MIT

package trpt

/*
#include <stdlib.h>
#include <tlsrpt/trpt.h>

// A handle is a number. Go must not treat it as a pointer.
int trptGoDiagnostic(uintptr_t user, trpt_diagnostic *diagnostic);
static inline int trpt_go_diagnostic(void *user, const trpt_diagnostic *diagnostic) {
  return trptGoDiagnostic((uintptr_t)user, (trpt_diagnostic *)diagnostic);
}
static inline trpt_status trpt_go_diagnose(const char *text, size_t len, uintptr_t user) {
  return trpt_record_diagnose(text, len, trpt_go_diagnostic, (void *)user);
}
*/
import "C"

import "runtime/cgo"

// Scheme of a report URI.
type Scheme int

// Schemes.
const (
	Other  Scheme = C.TRPT_SCHEME_OTHER
	Mailto Scheme = C.TRPT_SCHEME_MAILTO
	HTTPS  Scheme = C.TRPT_SCHEME_HTTPS
)

// String is "other", "mailto" or "https".
func (s Scheme) String() string {
	return C.GoString(C.trpt_scheme_name(C.trpt_scheme(s)))
}

// Rua is one destination for reports.
type Rua struct {
	URI     string // as published, still percent-encoded
	Scheme  Scheme
	Usable  bool   // whether a sender can report to it
	Address string // of a mailto URI, still percent-encoded
}

// Extension is a field that RFC 8460 does not define.
type Extension struct{ Name, Value string }

// Record is a parsed TXT record.
type Record struct {
	Ruas       []Rua // usable or not
	Extensions []Extension
}

// ParseRecord parses the text of one TXT record. If strict, it rejects everything that the grammar does not allow. Errors are *Error.
func ParseRecord(text string, strict bool) (*Record, error) {
	var flags C.uint32_t
	if strict {
		flags = C.TRPT_STRICT
	}
	var m memory
	defer m.free()
	var parsed C.trpt_record
	var failure C.trpt_error
	bytes := m.text(text)
	if C.trpt_record_parse(bytes.ptr, bytes.len, flags, &parsed, &failure) != C.TRPT_OK {
		return nil, errorOf(&failure)
	}
	record := &Record{}
	var cursor C.size_t
	for rua := (C.trpt_rua{}); C.trpt_record_next_rua(&parsed, &cursor, &rua) == C.TRPT_OK; {
		record.Ruas = append(record.Ruas, Rua{copyText(rua.uri), Scheme(rua.scheme), rua.usable != 0, copyText(rua.address)})
	}
	cursor = 0
	for name, value := (C.trpt_str{}), (C.trpt_str{}); C.trpt_record_next_extension(&parsed, &cursor, &name, &value) == C.TRPT_OK; {
		record.Extensions = append(record.Extensions, Extension{copyText(name), copyText(value)})
	}
	return record, nil
}

//export trptGoDiagnostic
func trptGoDiagnostic(user C.uintptr_t, d *C.trpt_diagnostic) C.int {
	diagnostics := cgo.Handle(user).Value().(*[]Finding)
	*diagnostics = append(*diagnostics, diagnosticOf(d))
	return 0
}

// DiagnoseRecord returns all diagnostics of a record, in order of offset. The record may be valid or invalid.
func DiagnoseRecord(text string) ([]Finding, error) {
	var diagnostics []Finding
	handle := cgo.NewHandle(&diagnostics)
	defer handle.Delete()
	var m memory
	defer m.free()
	bytes := m.text(text)
	err := statusError(C.trpt_go_diagnose(bytes.ptr, bytes.len, C.uintptr_t(handle)))
	return diagnostics, err
}

// WriteRecord returns the record that requests reports to these URIs.
func WriteRecord(uris ...string) (string, error) {
	var m memory
	defer m.free()
	list := m.list(uris)
	return textOf(func(buffer *C.char, capacity C.size_t, needed *C.size_t) C.trpt_status {
		return C.trpt_record_write(list, C.size_t(len(uris)), buffer, capacity, needed)
	})
}
