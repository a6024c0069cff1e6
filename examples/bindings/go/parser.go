// SPDX-License-Identifier: MIT

package trpt

// #include "bridge.h"
import "C"

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"sync"
	"unsafe"
)

// ErrClosed is returned by functions of a Parser, a Reader or Rows after Close.
var ErrClosed = errors.New("trpt: it is closed")

// handle owns a parser of the library.
type handle struct {
	lock   sync.Mutex
	native *C.trpt_parser // nil after Close
	found  C.trpt_go_report
	static map[*C.char]string
	memory memory
	text   *bytes.Buffer  // what the library has written
	user   unsafe.Pointer // text for the callbacks
}

func newHandle(options *Options) (*handle, error) {
	h := &handle{static: map[*C.char]string{}, text: &bytes.Buffer{}}
	if err := statusError(C.trpt_parser_new(&h.native, options.native())); err != nil {
		return nil, err
	}
	h.user = h.memory.user(h.text)
	runtime.SetFinalizer(h, (*handle).Close)
	return h, nil
}

// Close frees the memory of the library. What was returned remains valid. Closing again has no effect.
func (h *handle) Close() error {
	h.lock.Lock()
	defer h.lock.Unlock()
	C.trpt_go_free(&h.found)
	C.trpt_parser_free(h.native)
	h.native = nil
	h.memory.free()
	runtime.SetFinalizer(h, nil)
	return nil
}

// use calls f under the lock.
func (h *handle) use(f func() error) error {
	h.lock.Lock()
	defer h.lock.Unlock()
	if h.native == nil {
		return ErrClosed
	}
	return f()
}

// print lets the library write all reports of an input to text, as rows, or as JSON if rows is nil.
func (h *handle) print(rows *C.trpt_rows, data []byte, source string) error {
	h.text.Reset()
	name := []byte(source)
	return statusError(C.trpt_go_print(rows, h.native, bytesOf(data), C.size_t(len(data)), (*C.char)(bytesOf(name)),
		C.size_t(len(name)), h.user))
}

// Parser parses reports one after another in memory that it keeps, half a MiB. Close it when you are done; if you forget, it is
// closed when it is collected.
type Parser struct{ *handle }

// NewParser makes a parser. Options may be nil.
func NewParser(options *Options) (*Parser, error) {
	h, err := newHandle(options)
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

// next returns the next report of an input, which begins if first is 1, and the number of bytes that were consumed; io.EOF at the end.
func (p *Parser) next(first C.int, data []byte) (*Report, int, error) {
	var used C.size_t
	status := C.trpt_go_next(p.native, first, bytesOf(data), C.size_t(len(data)), &used, &p.found)
	switch {
	case status == C.TRPT_END:
		return nil, int(used), io.EOF
	case status < 0:
		if err := C.trpt_parser_error(p.native); err.status == status {
			return nil, int(used), errorOf(err)
		}
		return nil, int(used), statusError(status)
	}
	report, size := copyReport(&p.found, p.static)
	if size > keptText {
		C.trpt_go_free(&p.found)
	}
	return report, int(used), nil
}

// Parse parses a report, plain JSON or gzip. With Options.Sequence, it returns the first one. Errors are *Error and ErrClosed.
func (p *Parser) Parse(data []byte) (report *Report, err error) {
	err = p.use(func() error {
		report, _, err = p.next(1, data)
		return err
	})
	return report, err
}

// Each calls f with each report of an input, or with the *Error of one that cannot be read, until f returns an error. It returns that
// error or ErrClosed. f must not use the parser.
func (p *Parser) Each(data []byte, f func(*Report, error) error) error {
	return p.use(func() error {
		for first := C.int(1); ; first = 0 {
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
	err = p.use(func() error {
		err := p.print(nil, data, source)
		lines = append(lines, p.text.Bytes()...)
		return err
	})
	return lines, err
}

// Rows writes the rows that `tlsrpt report --bad-rows` prints: one for each policy, one for each failure, and one of kind `error` for a
// report that cannot be read. Close it as a Parser.
type Rows struct {
	*handle
	rows *C.trpt_rows
	to   io.Writer
}

// NewRows makes a writer of rows. Options may be nil.
func NewRows(to io.Writer, format Format, options *Options) (*Rows, error) {
	h, err := newHandle(options)
	if err != nil {
		return nil, err
	}
	r := &Rows{handle: h, to: to}
	native := C.trpt_rows_options{struct_size: C.sizeof_trpt_rows_options, format: C.trpt_rows_format(format)}
	size := C.trpt_rows_size()
	return r, statusError(C.trpt_rows_init(&r.rows, h.memory.zeroed(int(size)), size, &native, C.trpt_write_fn(C.trpt_go_write), h.user))
}

// Header writes the names of the columns; nothing for NDJSON.
func (r *Rows) Header() error {
	return r.write(func() error {
		r.text.Reset()
		return statusError(C.trpt_rows_header(r.rows))
	})
}

// Add writes the rows of an input, plain JSON or gzip, all at once. Source is its name, for the column of that name. Errors are those of
// the io.Writer, ErrClosed and a lack of memory.
func (r *Rows) Add(data []byte, source string) error {
	return r.write(func() error { return r.print(r.rows, data, source) })
}

// write passes the text that the library writes during a call to the io.Writer.
func (r *Rows) write(call func() error) error {
	return r.use(func() error {
		err := call()
		if err == nil {
			_, err = r.to.Write(r.text.Bytes())
		}
		return err
	})
}
