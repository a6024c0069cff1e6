// SPDX-License-Identifier: MIT

//go:build !trpt_installed

package trpt

//go:generate sh -c "python3 ../../../lib/amalgamation.py ../../.. . && mv trpt.c libtrpt.hh && sed -i '1i // clang-format off\\n' trpt.h"

// libtrpt.c compiles libtrpt with this package.

// #cgo CFLAGS: -DTRPT_STATIC
// #cgo LDFLAGS: -lz
import "C"
