// SPDX-License-Identifier: MIT

//go:build !trpt_installed

package trpt

//go:generate ./sources.sh

// libtrpt.c compiles libtrpt with this package.

// #cgo CFLAGS: -DTRPT_STATIC
// #cgo LDFLAGS: -lz
import "C"
