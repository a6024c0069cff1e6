# SPDX-License-Identifier: MIT
"""Sizes and offsets where pointers and long have 64 bits (LP64), as on every 64-bit Unix."""

import re

from headers import Alias, Callback, Struct, Wrong

SIZES = {"char": 1, "int": 4, "size_t": 8} | {f"{u}int{bits}_t": bits // 8 for u in ("", "u") for bits in (8, 16, 32, 64)}


class Layout:
    def __init__(self, headers):
        self.pointers = {d.name for h in headers for d in h.of(Callback)}
        self.aliases = {d.name: d.type for h in headers for d in h.of(Alias)}
        self.structs = {d.name: d for h in headers for d in h.of(Struct) if d.members}

    def size_and_alignment(self, member):
        if member.callback or member.type.endswith("*") or member.type in self.pointers:
            return 8, 8
        base, count = re.fullmatch(r"([^\[]*)(?:\[(\d+)\])?", member.type).groups()
        base = self.aliases.get(base.removeprefix("const "), base.removeprefix("const "))
        if base in self.structs:
            size, alignment = self.of_struct(self.structs[base])[1:]
        elif base in SIZES:
            size = alignment = SIZES[base]
        else:
            raise Wrong(f"{member.name}: the size of {base} is not known")
        return size * int(count or 1), alignment

    def of_struct(self, struct):
        """(offset, size) of each member, then size and alignment of the whole."""
        places, end, widest = [], 0, 1
        for member in struct.members:
            size, alignment = self.size_and_alignment(member)
            offset = -(-end // alignment) * alignment
            places.append((offset, size))
            end, widest = offset + size, max(widest, alignment)
        return places, -(-end // widest) * widest, widest
