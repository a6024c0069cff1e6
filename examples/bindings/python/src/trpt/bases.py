# SPDX-License-Identifier: MIT
"""What the classes in members.py, which are generated, have besides their members."""

from __future__ import annotations

import enum
from dataclasses import dataclass, fields
from datetime import datetime, timedelta, timezone
from typing import Any, Type, TypeVar

from . import _trpt

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_Class = TypeVar("_Class", bound=Type[Any])
_Number = TypeVar("_Number", bound="LaterNumber")


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), tuple(getattr(self, member.name) for member in fields(self))


def stored_by_base(cls: _Class) -> _Class:
    """Removes the default values, which only __init__ needs, from the class: they would hide the members of the base class."""
    for member in fields(cls):
        if member.name in vars(cls):
            delattr(cls, member.name)
    setattr(cls, "__reduce__", _reduce)
    return cls


@dataclass(eq=False, repr=False)
class Error(ValueError):
    """A record or a report that cannot be read, or a value that cannot be written."""

    status: str
    """Name of the status, "TRPT_E_JSON"."""
    message: str
    code: str | None = None
    """Code of the diagnostic, or None."""
    where: str = ""
    """Path of the member, "policies[0].policy"; "" for the top level."""
    line: int = 0
    column: int = 0
    offset: int = 0

    def __post_init__(self) -> None:
        position = ", ".join([f"{name} {number}" for name, number in (("line", self.line), ("column", self.column)) if number])
        super().__init__(": ".join([part for part in (position, self.where, self.message) if part]))

    __reduce__ = _reduce  # by default, pickle stores only the sentence


class LaterNumber(enum.IntEnum):
    """An enumeration whose first value stands for numbers of a later version."""

    @classmethod
    def _missing_(cls: Type[_Number], value: object) -> _Number:
        return cls(0)


class ResultNumber(LaterNumber):
    @property
    def description(self) -> str:
        """Explains the type to the owner of the domain, and says what to do."""
        return _trpt.result_type_description(self)


class Advice:
    __slots__ = ()
    code: str

    @property
    def advice(self) -> str:
        """How to fix the problem."""
        return _trpt.diagnostic_advice(self.code) or ""


def to_datetime(seconds: int | None) -> datetime | None:
    try:
        return None if seconds is None else _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None


def to_seconds(time: datetime | None) -> int | None:
    if time is None:
        return None
    if time.tzinfo is None:
        raise ValueError("a time of a report needs a time zone")
    return (time - _EPOCH) // timedelta(seconds=1)
