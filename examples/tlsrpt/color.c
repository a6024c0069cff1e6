/* SPDX-License-Identifier: MIT */
#include "color.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

const char *const color_choices[] = {"auto", "always", "never", NULL};

/* Global because there is only one standard output. */
static atomic_int chosen = COLOR_AUTO; /* several threads may find the same value */

void color_choose(int choice) { chosen = choice; }

static bool is_wanted(void) {
  const char *no_color = getenv("NO_COLOR");
  const char *terminal = getenv("TERM");
  return !(no_color && no_color[0]) && !(terminal && strcmp(terminal, "dumb") == 0) && isatty(STDOUT_FILENO);
}

/* Checks the terminal and the environment once, when the first coloured word is printed. */
static bool is_on(void) {
  if (chosen == COLOR_AUTO) chosen = is_wanted() ? COLOR_ALWAYS : COLOR_NEVER;
  return chosen == COLOR_ALWAYS;
}

void color_text(buffer *out, color_sense sense, const char *text) {
  /* From the eight basic colours, which users may have configured in their terminal: green, yellow, red, cyan. */
  static const char *const begin[] = {"\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[36m"};
  if (is_on()) buffer_text(out, begin[sense]);
  buffer_text(out, text);
  if (is_on()) buffer_text(out, "\x1b[0m");
}

color_sense color_of_severity(trpt_severity severity) {
  return severity == TRPT_ERROR ? COLOR_BAD : severity == TRPT_WARNING ? COLOR_DOUBTFUL : COLOR_NOTE;
}
