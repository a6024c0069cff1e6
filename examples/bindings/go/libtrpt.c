/* SPDX-License-Identifier: MIT */
//go:build !trpt_installed

/* libtrpt in one file, as lib/amalgamation.py writes it. Go takes .hh for a header and rebuilds when it changes, and tools that
   format and check C do not read 18,000 generated lines. */
#include "libtrpt.hh"
