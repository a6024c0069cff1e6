// SPDX-License-Identifier: MIT

package trpt

// #include "bridge.h"
import "C"

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
	setBit(&flags, C.TRPT_STRICT, strict)
	var m memory
	defer m.free()
	var parsed C.trpt_record
	var failure C.trpt_error
	var copies copier
	native := m.text(text)
	if C.trpt_record_parse(native.ptr, native.len, flags, &parsed, &failure) != C.TRPT_OK {
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
func DiagnoseRecord(text string) (diagnostics []Diagnostic, err error) {
	var m memory
	defer m.free()
	native := m.text(text)
	fn := C.trpt_diagnostic_fn(C.trpt_go_diagnostic)
	err = statusError(C.trpt_record_diagnose(native.ptr, native.len, fn, m.user(&diagnostics)))
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
