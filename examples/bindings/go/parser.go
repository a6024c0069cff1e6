// SPDX-License-Identifier: MIT

package trpt

// #include "bridge.h"
import "C"

import (
	"errors"
	"io"
	"runtime"
	"sync"
	"unsafe"
)

// ErrClosed is returned by functions of a Parser, a Reader or Rows after Close.
var ErrClosed = errors.New("trpt: it is closed")

// handle owns memory of the library.
type handle struct {
	lock   sync.Mutex
	native *C.trpt_go // nil after Close
	static map[*C.char]string
}

func newHandle(options *Options, rows C.int32_t) (*handle, error) {
	h := &handle{static: map[*C.char]string{}}
	if err := statusError(C.trpt_go_new(&h.native, options.native(), rows)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(h, (*handle).Close)
	return h, nil
}

// Close frees the memory of the library. What was returned remains valid. Closing again has no effect.
func (h *handle) Close() error {
	h.lock.Lock()
	defer h.lock.Unlock()
	C.trpt_go_free(h.native)
	h.native = nil
	runtime.SetFinalizer(h, nil)
	return nil
}

// use calls f under the lock.
func (h *handle) use(f func(native *C.trpt_go) error) error {
	h.lock.Lock()
	defer h.lock.Unlock()
	if h.native == nil {
		return ErrClosed
	}
	return f(h.native)
}

// Parser parses reports one after another in memory that it keeps, half a MiB. Close it when you are done; if you forget, it is
// closed when it is collected.
type Parser struct{ *handle }

// NewParser makes a parser. Options may be nil.
func NewParser(options *Options) (*Parser, error) {
	h, err := newHandle(options, -1)
	return &Parser{h}, err
}

// ParseReport parses a complete report in memory. Options may be nil. Errors are *Error. For many reports, a Parser is faster.
func ParseReport(data []byte, options *Options) (*Report, error) {
	parser, err := NewParser(options)
	if err != nil {
		return nil, err
	}
	defer parser.Close()
	return parser.Parse(data)
}

// keptText is the size of a report's texts that a Parser keeps until the next report.
const keptText = 1 << 16

// next returns the next report of an input, which begins if first, and the number of bytes that were consumed; io.EOF at the end.
func (p *Parser) next(first bool, data []byte) (*Report, int, error) {
	native := p.native
	var used C.size_t
	var begin C.int
	if first {
		begin = 1
	}
	switch status := C.trpt_go_next(native, begin, bytesOf(data), C.size_t(len(data)), &used); {
	case status == C.TRPT_END:
		return nil, int(used), io.EOF
	case status < 0:
		if err := C.trpt_parser_error(native.parser); err.status == status {
			return nil, int(used), errorOf(err)
		}
		return nil, int(used), statusError(status)
	}
	report := copyReport(native, p.static)
	if native.text_size > keptText {
		C.trpt_go_drop(native)
	}
	return report, int(used), nil
}

// Parse parses a report, plain JSON or gzip. With Options.Sequence, it returns the first one. Errors are *Error and ErrClosed.
func (p *Parser) Parse(data []byte) (report *Report, err error) {
	err = p.use(func(*C.trpt_go) error {
		report, _, err = p.next(true, data)
		return err
	})
	return report, err
}

// Each calls f with each report of an input, or with the *Error of one that cannot be read, until f returns an error. It returns that
// error or ErrClosed. f must not use the parser.
func (p *Parser) Each(data []byte, f func(*Report, error) error) error {
	return p.use(func(*C.trpt_go) error {
		for first := true; ; first = false {
			report, used, err := p.next(first, data)
			if err == io.EOF {
				return nil
			}
			if err := f(report, err); err != nil {
				return err
			}
			data = data[used:]
		}
	})
}

// ReportJSON returns the line that `tlsrpt report --format json` prints for a report, whether it can be read or not. Further reports
// of the input follow, each on a line of its own. Source is its name. Errors are ErrClosed and a lack of memory.
func (p *Parser) ReportJSON(data []byte, source string) (lines []byte, err error) {
	err = p.use(func(native *C.trpt_go) error {
		name := []byte(source)
		status := C.trpt_go_json(native, bytesOf(data), C.size_t(len(data)), (*C.char)(bytesOf(name)), C.size_t(len(name)))
		lines = append(lines, output(native)...)
		return statusError(status)
	})
	return lines, err
}

// output is what the library wrote, valid until the next call.
func output(native *C.trpt_go) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(native.out)), int(native.out_size))
}

// Format is how rows are written.
type Format int

// Formats.
const (
	NDJSON Format = C.TRPT_ROWS_NDJSON
	CSV    Format = C.TRPT_ROWS_CSV
	TSV    Format = C.TRPT_ROWS_TSV
)

// Rows writes the rows that `tlsrpt report --bad-rows` prints: one for each policy, one for each failure, and one of kind `error` for a
// report that cannot be read. Close it as a Parser.
type Rows struct {
	*handle
	to io.Writer
}

// NewRows makes a writer of rows. Options may be nil.
func NewRows(to io.Writer, format Format, options *Options) (*Rows, error) {
	h, err := newHandle(options, C.int32_t(format))
	return &Rows{h, to}, err
}

// Header writes the names of the columns; nothing for NDJSON.
func (r *Rows) Header() error {
	return r.write(func(native *C.trpt_go) C.trpt_status { return C.trpt_go_header(native) })
}

// Add writes the rows of an input, plain JSON or gzip, all at once. Source is its name, for the column of that name. Errors are those of
// the io.Writer, ErrClosed and a lack of memory.
func (r *Rows) Add(data []byte, source string) error {
	name := []byte(source)
	return r.write(func(native *C.trpt_go) C.trpt_status {
		return C.trpt_go_rows(native, bytesOf(data), C.size_t(len(data)), (*C.char)(bytesOf(name)), C.size_t(len(name)))
	})
}

func (r *Rows) write(call func(native *C.trpt_go) C.trpt_status) error {
	return r.use(func(native *C.trpt_go) error {
		if err := statusError(call(native)); err != nil {
			return err
		}
		_, err := r.to.Write(output(native))
		return err
	})
}
