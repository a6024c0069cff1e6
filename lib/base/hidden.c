/* SPDX-License-Identifier: MIT */
#include "hidden.h"

#include <stddef.h>

typedef struct range {
  uint32_t first, last;
} range;

static const range hidden[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x115F, 0x1160},   {0x17B4, 0x17B5},
    {0x180B, 0x180F}, {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF},
};

/* C0; DEL and C1; then the characters with the Unicode property Bidi_Control. */
static const range controls[] = {
    {0x00, 0x1F}, {0x7F, 0x9F}, {0x61C, 0x61C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069},
};

static bool is_in(const range *list, size_t count, uint32_t code) {
  for (size_t i = 0; i < count; i++)
    if (code >= list[i].first && code <= list[i].last) return true;
  return false;
}

bool trpt_is_hidden(uint32_t code) { return is_in(hidden, sizeof hidden / sizeof hidden[0], code); }

bool trpt_is_control(uint32_t code) { return is_in(controls, sizeof controls / sizeof controls[0], code); }
