// SPDX-License-Identifier: MIT

package trpt

// #include <stdlib.h>
// #include "bridge.h"
import "C"

import (
	"bytes"
	"runtime/cgo"
	"unsafe"
)

// memory holds allocations for the library, since structs that are passed to it must not contain pointers to Go's own memory.
type memory struct {
	all   []unsafe.Pointer
	users []cgo.Handle
}

func (m *memory) free() {
	for _, p := range m.all {
		C.free(p)
	}
	for _, user := range m.users {
		user.Delete()
	}
	m.all, m.users = m.all[:0], nil
}

func (m *memory) zeroed(size int) unsafe.Pointer {
	p := C.calloc(1, C.size_t(size+1)) // never NULL, since cgo aborts instead
	m.all = append(m.all, p)
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
	p := (*C.trpt_str)(m.zeroed(len(list) * C.sizeof_trpt_str))
	texts := unsafe.Slice(p, len(list))
	for i, s := range list {
		texts[i] = m.text(s)
	}
	return p
}

// user makes an address for the library, which passes it to callbacks.
func (m *memory) user(value any) unsafe.Pointer {
	user := (*cgo.Handle)(m.zeroed(int(unsafe.Sizeof(cgo.Handle(0)))))
	*user = cgo.NewHandle(value)
	m.users = append(m.users, *user)
	return unsafe.Pointer(user)
}

//export trpt_go_write
func trpt_go_write(user unsafe.Pointer, data *C.trpt_go_bytes, size C.size_t) C.int {
	(*cgo.Handle)(user).Value().(*bytes.Buffer).Write(unsafe.Slice((*byte)(unsafe.Pointer(data)), int(size)))
	return 0
}

//export trpt_go_diagnostic
func trpt_go_diagnostic(user unsafe.Pointer, found *C.trpt_go_found) C.int {
	all, copies := (*cgo.Handle)(user).Value().(*[]Diagnostic), copier{static: map[*C.char]string{}}
	*all = append(*all, copies.diagnostic(found))
	return 0
}
