// SPDX-License-Identifier: MIT

package trpt

// #include "bridge.h"
import "C"

import (
	"bytes"
	"io"
	"math"
	"time"
)

func secondsOf(t *time.Time) C.int64_t {
	if t == nil {
		return math.MinInt64
	}
	return C.int64_t(t.Unix())
}

func setBit(present *C.uint32_t, bit C.uint32_t, isSet bool) {
	if isSet {
		*present |= bit
	}
}

// WriteReport writes the JSON text of a report at once, with line breaks and indentation if pretty. Members that are nil are omitted, and
// so are the diagnostics. Errors are those of the io.Writer, and *Error.
func WriteReport(to io.Writer, report *Report, pretty bool) (err error) {
	var m, part memory // the library needs the memory of a part only during the call
	defer m.free()
	check := func(status C.trpt_status) {
		part.free()
		if err == nil {
			err = statusError(status)
		}
	}
	var text bytes.Buffer
	var writer *C.trpt_writer
	var flags C.uint32_t
	setBit(&flags, C.TRPT_PRETTY, pretty)
	size := C.trpt_writer_size()
	check(C.trpt_writer_init(&writer, m.zeroed(int(size)), size, flags, C.trpt_write_fn(C.trpt_go_write), m.user(&text)))
	check(C.trpt_writer_metadata(writer, part.metadata(&report.Metadata)))
	for i := range report.Policies {
		policy := &report.Policies[i]
		check(C.trpt_writer_policy(writer, part.policy(policy)))
		for j := range policy.Failures {
			check(C.trpt_writer_failure(writer, part.failure(&policy.Failures[j])))
		}
	}
	check(C.trpt_writer_end(writer))
	if err == nil {
		_, err = to.Write(text.Bytes())
	}
	return err
}
