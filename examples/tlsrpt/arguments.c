/* SPDX-License-Identifier: MIT */
#include "arguments.h"

#include <stddef.h>
#include <string.h>

#include "../../lib/base/text.h"
#include "color.h"
#include "escape.h"
#include "help.h"
#include "nearest.h"
#include "standard_output.h"

void arguments_begin(arguments *a, const char *command, const option *options, int argc, char **argv) {
  *a = (arguments){.values = argv, .end = argc, .command = command, .options = options};
}

/* Whether the argument is this option. If so, sets `*value` to the text after "=", or to NULL. */
static bool is_option(const char *argument, const char *name, const char **value) {
  const size_t len = strlen(name);
  if (strncmp(argument, name, len) != 0 || (argument[len] != '\0' && argument[len] != '=')) return false;
  *value = argument[len] == '=' ? argument + len + 1 : NULL;
  return true;
}

/* Sets `a->value` to the text after "=" or to the next argument. Returns false after printing a usage error if the
   value is missing or not allowed. */
static bool take_value(arguments *a, const option *o, const char *value) {
  if (!o->has_value && value) {
    arguments_reject(a->command, "this option takes no value:", o->name);
    return false;
  }
  if (o->has_value && !value) {
    if (a->at == a->end) {
      arguments_reject(a->command, "this option needs a value:", o->name);
      return false;
    }
    value = a->values[a->at++];
  }
  a->value = value;
  return true;
}

/* An option of every command. */
static const option color_option = {"--color", true};

static bool take_color(arguments *a, const char *value) {
  if (!take_value(a, &color_option, value)) return false;
  const int choice = arguments_choose(a->command, color_option.name, a->value, color_choices);
  if (choice >= 0) color_choose(choice);
  return choice >= 0;
}

static const char *nearest_option(const option *options, const char *argument) {
  nearest n;
  nearest_begin(&n, argument, '=');
  for (size_t i = 0; options[i].name; i++) nearest_try(&n, options[i].name);
  nearest_try(&n, color_option.name);
  nearest_try(&n, "--help");
  return n.name;
}

int arguments_next(arguments *a) {
  while (a->at < a->end) {
    char *const argument = a->values[a->at++];
    const char *value = NULL;
    if (argument[0] != '-' || argument[1] == '\0') {
      a->values[a->count++] = argument;
      continue;
    }
    if (strcmp(argument, "--") == 0) {
      while (a->at < a->end) a->values[a->count++] = a->values[a->at++];
      break;
    }
    if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0) return ARGUMENTS_HELP;
    if (is_option(argument, color_option.name, &value)) {
      if (!take_color(a, value)) return ARGUMENTS_ERROR;
      continue;
    }
    for (int i = 0; a->options[i].name; i++)
      if (is_option(argument, a->options[i].name, &value))
        return take_value(a, &a->options[i], value) ? i : ARGUMENTS_ERROR;
    arguments_reject_name(a->command, "unknown option", argument, nearest_option(a->options, argument));
    return ARGUMENTS_ERROR;
  }
  return ARGUMENTS_END;
}

int arguments_reject(const char *command, const char *message, const char *what) {
  return arguments_reject_name(command, message, what, NULL);
}

int arguments_reject_name(const char *command, const char *message, const char *what, const char *meant) {
  buffer text = {0};
  buffer_text(&text, message);
  if (what) {
    buffer_text(&text, " '");
    escape_terminal(&text, what, strlen(what));
    buffer_text(&text, "'");
  }
  if (meant) {
    buffer_text(&text, "; did you mean: ");
    buffer_text(&text, meant);
  }
  message_buffer(&text);
  buffer_free(&text);
  help_usage(command);
  return STATUS_FAILED;
}

int arguments_reject_value(const char *command, const char *option_name, const char *what, const char *value) {
  buffer message = {0};
  buffer_text(&message, option_name);
  buffer_text(&message, " needs ");
  buffer_text(&message, what);
  buffer_text(&message, ", not");
  buffer_add(&message, "", 1);
  if (message.failed) output_no_memory();
  arguments_reject(command, message.data, value);
  buffer_free(&message);
  return STATUS_FAILED;
}

int64_t arguments_number(const char *command, const char *option_name, const char *value, int64_t max) {
  enum { BASE = 10 };
  uint64_t number = 0;
  const char *at = value;
  /* One digit more never overflows. Where digits are left, the number is larger than any `max`. */
  while (trpt_is_digit((unsigned char)*at) && number < UINT64_MAX / BASE)
    number = BASE * number + (unsigned)(*at++ - '0');
  if (*value && !*at && number >= 1 && number <= (uint64_t)max) return (int64_t)number;
  buffer range = {0};
  buffer_text(&range, "a number from 1 to ");
  buffer_number(&range, (uint64_t)max);
  buffer_add(&range, "", 1);
  if (range.failed) output_no_memory();
  arguments_reject_value(command, option_name, range.data, value);
  buffer_free(&range);
  return -1;
}

int arguments_choose(const char *command, const char *option_name, const char *value, const char *const *names) {
  for (int i = 0; names[i]; i++)
    if (strcmp(value, names[i]) == 0) return i;
  buffer text = {0};
  buffer_text(&text, option_name);
  buffer_text(&text, " must be one of");
  for (int i = 0; names[i]; i++) {
    buffer_text(&text, i ? ", " : " ");
    buffer_text(&text, names[i]);
  }
  buffer_text(&text, ", not");
  buffer_add(&text, "", 1);
  if (text.failed) output_no_memory();
  arguments_reject(command, text.data, value);
  buffer_free(&text);
  return -1;
}
