/* SPDX-License-Identifier: MIT */
/* In place of check/ where c-ares or libidn2 is missing. */
#include "command.h"
#include "standard_output.h"

int command_check(int argc, char **argv) {
  (void)argc;
  (void)argv;
  message_text("this tlsrpt was built without check, which needs c-ares and libidn2");
  return STATUS_FAILED;
}
