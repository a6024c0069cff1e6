// SPDX-License-Identifier: MIT

package trpt

/*
#include <stdlib.h>
#include "bridge.h"

static trpt_status trpt_go_writer(trpt_writer **out, void *memory, uint32_t flags, trpt_go *to) {
  return trpt_writer_init(out, memory, trpt_writer_size(), flags, trpt_go_append, to);
}
*/
import "C"

import (
	"io"
	"math"
	"time"
	"unsafe"
)

func secondsOf(t *time.Time) C.int64_t {
	if t == nil {
		return math.MinInt64
	}
	return C.int64_t(t.Unix())
}

func unixSeconds(t time.Time) C.int64_t {
	if t.IsZero() {
		return 0
	}
	return C.int64_t(t.Unix())
}

func setBit(present *C.uint32_t, bit C.uint32_t, isSet bool) {
	if isSet {
		*present |= bit
	}
}

func setNumber(to *C.uint64_t, present *C.uint32_t, bit C.uint32_t, from *uint64) {
	if from != nil {
		*to = C.uint64_t(*from)
		*present |= bit
	}
}

// write passes each part of a report to the library. The library needs the memory of a part only during the call.
func write(writer *C.trpt_writer, report *Report) error {
	part := func(call func(m *memory) C.trpt_status) error {
		var m memory
		defer m.free()
		return statusError(call(&m))
	}
	err := part(func(m *memory) C.trpt_status { return C.trpt_writer_metadata(writer, m.metadata(&report.Metadata)) })
	for i := range report.Policies {
		policy := &report.Policies[i]
		if err == nil {
			err = part(func(m *memory) C.trpt_status { return C.trpt_writer_policy(writer, m.policy(policy)) })
		}
		for j := range policy.Failures {
			if err == nil {
				err = part(func(m *memory) C.trpt_status { return C.trpt_writer_failure(writer, m.failure(&policy.Failures[j])) })
			}
		}
	}
	if err != nil {
		return err
	}
	return statusError(C.trpt_writer_end(writer))
}

// WriteReport writes the JSON text of a report at once, with line breaks and indentation if pretty. Members that are nil are omitted, and
// so are the diagnostics. Errors are those of the io.Writer, and *Error.
func WriteReport(to io.Writer, report *Report, pretty bool) error {
	var flags C.uint32_t
	if pretty {
		flags = C.TRPT_PRETTY
	}
	var m memory
	defer m.free()
	text := (*C.trpt_go)(m.zeroed(C.sizeof_trpt_go))
	defer func() { C.free(unsafe.Pointer(text.out)) }()
	var writer *C.trpt_writer
	if err := statusError(C.trpt_go_writer(&writer, m.zeroed(int(C.trpt_writer_size())), flags, text)); err != nil {
		return err
	}
	if err := write(writer, report); err != nil {
		return err
	}
	_, err := to.Write(output(text))
	return err
}
