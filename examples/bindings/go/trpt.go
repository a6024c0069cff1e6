// SPDX-License-Identifier: MIT

// Package trpt reads and writes SMTP TLS Reporting (TLS-RPT, RFC 8460): records and reports, plain JSON or gzip.
//
// A Parser reads whole reports, a Reader returns their parts in constant memory, and Rows writes them for databases. Returned values are
// copies that belong to the caller. Strings have unchanged bytes, which may be invalid UTF-8. Several goroutines may share a
// Parser, a Reader or Rows; a lock admits one at a time.
package trpt

//go:generate ./sources.sh

// libtrpt.c compiles libtrpt with this package, unless the tag trpt_installed asks for the installed one.

/*
#cgo !trpt_installed CFLAGS: -DTRPT_STATIC
#cgo !trpt_installed LDFLAGS: -lz
#cgo trpt_installed CFLAGS: -DTRPT_INSTALLED
#cgo trpt_installed pkg-config: trpt
#include <stdlib.h>
#include "bridge.h"
*/
import "C"

import (
	"fmt"
	"strings"
	"unsafe"
)

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
	position := ""
	if e.Line != 0 {
		position = fmt.Sprintf("line %d, column %d: ", e.Line, e.Column)
	}
	if e.Where != "" {
		position += e.Where + ": "
	}
	return position + e.Message
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

// copier copies texts and numbers of the library. Few allocations serve all of a report whose parts were counted.
type copier struct {
	static  map[*C.char]string // static texts by their address
	counted struct{ bytes, texts, numbers int }
	bytes   strings.Builder
	texts   []string
	numbers []uint64
}

func (c *copier) count(texts *C.trpt_str, count C.uint32_t) {
	for _, text := range unsafe.Slice(texts, int(count)) {
		if text.ptr != nil {
			c.counted.bytes += int(text.len)
			c.counted.texts++
		}
	}
}

func (c *copier) allocate() {
	c.bytes.Grow(c.counted.bytes)
	c.texts = make([]string, 0, c.counted.texts)
	c.numbers = make([]uint64, 0, c.counted.numbers)
}

func (c *copier) text(s C.trpt_str) string {
	start := c.bytes.Len()
	c.bytes.Write(unsafe.Slice((*byte)(unsafe.Pointer(s.ptr)), int(s.len)))
	return c.bytes.String()[start:]
}

// length is that of a short text that ends with a NUL; C.strlen would cost more.
func length(s *C.char) (n int) {
	for *(*byte)(unsafe.Add(unsafe.Pointer(s), n)) != 0 {
		n++
	}
	return n
}

func (c *copier) cString(s *C.char) string { return c.text(C.trpt_str{s, C.size_t(length(s))}) }

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
	write(nil, 0, &needed)
	buffer := make([]byte, needed+1)
	err := statusError(write((*C.char)(unsafe.Pointer(&buffer[0])), needed+1, &needed))
	return string(buffer[:needed]), err
}

// FormatTime formats Unix seconds as RFC 3339 in UTC.
func FormatTime(seconds int64) (string, error) {
	return textOf(func(buffer *C.char, capacity C.size_t, needed *C.size_t) C.trpt_status {
		return C.trpt_time_format(C.int64_t(seconds), buffer, capacity, needed)
	})
}
