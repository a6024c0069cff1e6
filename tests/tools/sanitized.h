/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_SANITIZED_H
#define TRPT_TESTS_SANITIZED_H

/* Defines SANITIZED if a sanitizer replaces malloc, so that nothing else can. */

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#endif

#endif
