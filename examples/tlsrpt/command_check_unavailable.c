/* SPDX-License-Identifier: MIT */
/* Replaces check/ in builds without c-ares or libidn2. */
#include "command.h"
#include "standard_output.h"

int command_check(int argc, char **argv) {
  (void)argc;
  (void)argv;
  message_text("check is not available: this tlsrpt was built without c-ares or libidn2");
  return STATUS_FAILED;
}
