// SPDX-License-Identifier: MIT

package trpt

// #include "bridge.h"
import "C"

import "io"

// Reader reads a report in chunks and in constant memory. Close it as a Parser.
type Reader struct {
	*handle
	source io.Reader
	chunk  []byte
	rest   []byte // the part of the chunk that is not yet consumed
	ended  bool
}

// NewReader reads plain JSON or gzip. Options may be nil.
func NewReader(source io.Reader, options *Options) (*Reader, error) {
	h, err := newHandle(options)
	return &Reader{handle: h, source: source, chunk: make([]byte, 65536)}, err
}

// Next returns the next event. A Failure precedes its Policy, and a Diagnostic precedes the event that it concerns. Metadata is the last
// event of a report, and comes only if the whole report was read; io.EOF follows, or with Options.Sequence the next report. Other errors
// are *Error, ErrClosed and those of the source.
func (r *Reader) Next() (event Event, err error) {
	err = r.use(func() (err error) {
		for event == nil && err == nil {
			event, err = r.step()
		}
		return err
	})
	return event, err
}

// step returns neither an event nor an error if it has only read from the source.
func (r *Reader) step() (Event, error) {
	var event *C.trpt_event
	var used C.size_t
	data := bytesOf(r.rest)
	if r.ended {
		data = nil
	}
	status := C.trpt_parser_read(r.native, data, C.size_t(len(r.rest)), &used, &event)
	r.rest = r.rest[used:]
	switch {
	case status == C.TRPT_END:
		return nil, io.EOF
	case status == C.TRPT_MORE:
		return nil, r.fill()
	case status < 0:
		return nil, errorOf(C.trpt_parser_error(r.native))
	}
	copies := copier{static: r.static}
	return copies.event(event), nil
}

func (r *Reader) fill() error {
	n, err := r.source.Read(r.chunk)
	r.rest, r.ended = r.chunk[:n], n == 0 && err == io.EOF
	if err == io.EOF {
		return nil
	}
	return err
}

func pointer[T any](value T) *T { return &value }
