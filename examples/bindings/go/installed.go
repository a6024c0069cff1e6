// SPDX-License-Identifier: MIT

//go:build trpt_installed

package trpt

// #cgo CFLAGS: -DTRPT_INSTALLED
// #cgo pkg-config: trpt
import "C"
