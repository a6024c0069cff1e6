/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_SETJMP_H
#define TRPT_TESTS_SETJMP_H

/* For cmocka, which jumps after a failure, and after a test that was skipped. WebAssembly cannot jump, so the program ends there. */

#include <stdlib.h>

typedef int jmp_buf[1];

#define setjmp(environment) ((void)(environment), 0)

/* cmocka.c has the variable. */
#define longjmp(environment, value) exit(global_skip_test ? 0 : 1)

#endif
