// SPDX-License-Identifier: MIT

// Package trpt reads and writes SMTP TLS Reporting (TLS-RPT, RFC 8460): records and reports, plain JSON or gzip.
//
// A Parser reads whole reports, a Reader returns their parts in constant memory, and Rows writes them for databases. Returned values are
// copies that belong to the caller. Strings have unchanged bytes, which may be invalid UTF-8. Several goroutines may share a
// Parser, a Reader or Rows; a lock admits one at a time.
package trpt

/*
#include <stdlib.h>
#include "bridge.h"
*/
import "C"

import (
	"fmt"
	"strings"
	"unsafe"
)

// Severity is the severity of a diagnostic.
type Severity int

// Severities.
const (
	Info    Severity = C.TRPT_INFO
	Warning Severity = C.TRPT_WARNING
	Bad     Severity = C.TRPT_ERROR // violates the RFC
)

// String is "info", "warning" or "error".
func (s Severity) String() string {
	return C.GoString(C.trpt_severity_name(C.trpt_severity(s)))
}

// Advice says how to fix the problem.
func (f Diagnostic) Advice() string {
	code := C.CString(f.Code)
	defer C.free(unsafe.Pointer(code))
	return C.GoString(C.trpt_diagnostic_advice(code))
}

// Error is why a record or a report cannot be read, and where.
type Error struct {
	Status  string // "TRPT_E_JSON"
	Code    string // code of the diagnostic, or ""
	Message string
	Where   string // path of the member; "" for the top level
	Line    uint32
	Column  uint32
	Offset  uint64
}

func (e *Error) Error() string {
	var parts []string
	if e.Line != 0 {
		parts = append(parts, fmt.Sprintf("line %d, column %d", e.Line, e.Column))
	}
	if e.Where != "" {
		parts = append(parts, e.Where)
	}
	return strings.Join(append(parts, e.Message), ": ")
}

func errorOf(e *C.trpt_error) *Error {
	return &Error{C.GoString(C.trpt_status_name(e.status)), C.GoString(e.code), C.GoString(&e.message[0]), C.GoString(&e.where[0]),
		uint32(e.line), uint32(e.column), uint64(e.offset)}
}

// statusError returns nil unless the status is an error. Such an error has no position.
func statusError(status C.trpt_status) error {
	if status >= 0 {
		return nil
	}
	return &Error{Status: C.GoString(C.trpt_status_name(status)), Message: C.GoString(C.trpt_status_message(status))}
}

// copier copies texts and numbers of the library. Few allocations serve all of a report if their capacities are sufficient.
type copier struct {
	static  map[*C.char]string // static texts by their address
	bytes   strings.Builder
	texts   []string
	numbers []uint64
}

func (c *copier) text(s C.trpt_str) string {
	start := c.bytes.Len()
	c.bytes.Write(unsafe.Slice((*byte)(unsafe.Pointer(s.ptr)), int(s.len)))
	return c.bytes.String()[start:]
}

// cString copies a short text that ends with a NUL; C.strlen would cost more.
func (c *copier) cString(s *C.char) string {
	n := 0
	for *(*byte)(unsafe.Add(unsafe.Pointer(s), n)) != 0 {
		n++
	}
	return c.text(C.trpt_str{s, C.size_t(n)})
}

func (c *copier) staticText(s *C.char) string {
	text, ok := c.static[s]
	if !ok {
		text = C.GoString(s)
		c.static[s] = text
	}
	return text
}

func (c *copier) optional(s C.trpt_str) *string {
	if s.ptr == nil {
		return nil
	}
	c.texts = append(c.texts, c.text(s))
	return &c.texts[len(c.texts)-1]
}

func (c *copier) list(texts *C.trpt_str, count C.uint32_t) []string {
	if texts == nil {
		return nil
	}
	start := len(c.texts)
	for _, text := range unsafe.Slice(texts, int(count)) {
		c.texts = append(c.texts, c.text(text))
	}
	return c.texts[start:len(c.texts):len(c.texts)]
}

func (c *copier) number(has bool, n C.uint64_t) *uint64 {
	if !has {
		return nil
	}
	c.numbers = append(c.numbers, uint64(n))
	return &c.numbers[len(c.numbers)-1]
}

// memory holds allocations for the library, since structs that are passed to it must not contain pointers to Go's own memory.
type memory []unsafe.Pointer

func (m *memory) free() {
	for _, p := range *m {
		C.free(p)
	}
}

func (m *memory) zeroed(size int) unsafe.Pointer {
	p := C.calloc(1, C.size_t(size+1)) // never NULL, since cgo aborts instead
	*m = append(*m, p)
	return p
}

func (m *memory) text(s string) C.trpt_str {
	p := m.zeroed(len(s))
	copy(unsafe.Slice((*byte)(p), len(s)), s)
	return C.trpt_str{(*C.char)(p), C.size_t(len(s))}
}

func (m *memory) optional(s *string) C.trpt_str {
	if s == nil {
		return C.trpt_str{}
	}
	return m.text(*s)
}

func (m *memory) list(list []string) *C.trpt_str {
	if list == nil {
		return nil
	}
	p := (*C.trpt_str)(m.zeroed(len(list) * C.sizeof_trpt_str))
	texts := unsafe.Slice(p, len(list))
	for i, s := range list {
		texts[i] = m.text(s)
	}
	return p
}

// bytesOf never returns NULL, which would mark the end of the input.
func bytesOf(data []byte) unsafe.Pointer {
	if len(data) == 0 {
		data = []byte{0}
	}
	return unsafe.Pointer(&data[0])
}

// textOf returns the text that a function with the parameters `buffer, capacity, needed` writes.
func textOf(write func(buffer *C.char, capacity C.size_t, needed *C.size_t) C.trpt_status) (string, error) {
	var needed C.size_t
	if status := write(nil, 0, &needed); status != C.TRPT_E_BUFFER {
		return "", statusError(status)
	}
	buffer := make([]byte, needed+1)
	if err := statusError(write((*C.char)(unsafe.Pointer(&buffer[0])), needed+1, &needed)); err != nil {
		return "", err
	}
	return string(buffer[:needed]), nil
}

// FormatTime formats Unix seconds as RFC 3339 in UTC.
func FormatTime(seconds int64) (string, error) {
	return textOf(func(buffer *C.char, capacity C.size_t, needed *C.size_t) C.trpt_status {
		return C.trpt_time_format(C.int64_t(seconds), buffer, capacity, needed)
	})
}
