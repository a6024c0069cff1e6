// SPDX-License-Identifier: MIT

package trpt

// #include <stdlib.h>
// #include "bridge.h"
import "C"

import "unsafe"

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
	var copies copier
	bytes := m.text(text)
	if C.trpt_record_parse(bytes.ptr, bytes.len, flags, &parsed, &failure) != C.TRPT_OK {
		return nil, errorOf(&failure)
	}
	record := &Record{}
	var cursor C.size_t
	for rua := (C.trpt_rua{}); C.trpt_record_next_rua(&parsed, &cursor, &rua) == C.TRPT_OK; {
		record.Ruas = append(record.Ruas, Rua{copies.text(rua.uri), Scheme(rua.scheme), rua.usable != 0, copies.text(rua.address)})
	}
	cursor = 0
	for name, value := (C.trpt_str{}), (C.trpt_str{}); C.trpt_record_next_extension(&parsed, &cursor, &name, &value) == C.TRPT_OK; {
		record.Extensions = append(record.Extensions, Extension{copies.text(name), copies.text(value)})
	}
	return record, nil
}

// DiagnoseRecord returns all diagnostics of a record, in order of offset. The record may be valid or invalid.
func DiagnoseRecord(text string) ([]Diagnostic, error) {
	var m memory
	defer m.free()
	copies := copier{static: map[*C.char]string{}}
	found := (*C.trpt_go)(m.zeroed(C.sizeof_trpt_go))
	defer func() { C.free(unsafe.Pointer(found.out)) }()
	bytes := m.text(text)
	err := statusError(C.trpt_go_diagnose(bytes.ptr, bytes.len, found))
	var diagnostics []Diagnostic
	for _, d := range unsafe.Slice((*C.trpt_go_diagnostic)(unsafe.Pointer(found.out)), int(found.out_size)/C.sizeof_trpt_go_diagnostic) {
		d.diagnostic.where = &d.where[0]
		diagnostics = append(diagnostics, copies.diagnostic(&d.diagnostic))
	}
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
