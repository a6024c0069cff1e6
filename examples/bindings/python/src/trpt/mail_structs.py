# SPDX-License-Identifier: MIT
"""What mail.h declares, for ctypes. Pointers are addresses. Made by docs/generate."""

from __future__ import annotations

import ctypes
from typing import Any

VERSION_NUMBER = 256
MAIL_REQUIRE_DKIM = 1
MAIL_TRUST_UNNAMED = 2
SIGNER_IS_FROM = 1
SIGNER_IS_SUBMITTER = 2
SIGNER_IS_CONTACT = 4


class Text(ctypes.Structure):
    _fields_ = [("ptr", ctypes.POINTER(ctypes.c_char)), ("len", ctypes.c_size_t)]

    @property
    def value(self) -> str | None:
        return self.ptr[:self.len].decode(errors="replace") if self.ptr else None


class MailOptionsStruct(ctypes.Structure):
    _fields_ = [
        ("struct_size", ctypes.c_size_t),
        ("flags", ctypes.c_uint32),
        ("max_parts", ctypes.c_uint32),
        ("max_nesting", ctypes.c_uint32),
        ("max_entries", ctypes.c_uint32),
        ("max_reports", ctypes.c_uint32),
        ("max_ratio", ctypes.c_uint32),
        ("max_header", ctypes.c_uint64),
        ("max_message", ctypes.c_uint64),
        ("max_inflated", ctypes.c_uint64),
        ("report", ctypes.c_void_p),
        ("authserv_ids", ctypes.c_void_p),
        ("authserv_id_count", ctypes.c_size_t),
        ("verify", ctypes.c_void_p),
        ("verify_user", ctypes.c_void_p),
    ]


class MailItemStruct(ctypes.Structure):
    _fields_ = [
        ("report", ctypes.c_void_p),
        ("error", ctypes.c_void_p),
        ("number", ctypes.c_uint64),
        ("offset", ctypes.c_uint64),
        ("kind", ctypes.c_int32),
        ("container", ctypes.c_int32),
        ("entry", Text),
        ("part", Text),
        ("media_type", Text),
        ("filename", Text),
        ("sender", Text),
        ("subject", Text),
        ("date_text", Text),
        ("message_id", Text),
        ("report_domain", Text),
        ("report_submitter", Text),
        ("date_seconds", ctypes.c_int64),
        ("dkim", ctypes.c_int32),
        ("signer", ctypes.c_uint32),
        ("dkim_domain", Text),
        ("diagnostic_count", ctypes.c_uint32),
        ("is_other_content", ctypes.c_uint32),
    ]


MAIL_LIMITS = {
    "max_parts": 4294967295,
    "max_nesting": 4294967295,
    "max_entries": 4294967295,
    "max_reports": 4294967295,
    "max_ratio": 4294967295,
    "max_header": 18446744073709551615,
    "max_message": 18446744073709551615,
    "max_inflated": 18446744073709551615,
}
"""The highest value of each."""
FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "trpt_status_name": (ctypes.c_char_p, [ctypes.c_int32]),
    "trpt_status_message": (ctypes.c_char_p, [ctypes.c_int32]),
    "trpt_version_number": (ctypes.c_uint32, []),
    "trpt_mail_kind_of": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_size_t]),
    "trpt_mail_kind_name": (ctypes.c_char_p, [ctypes.c_int32]),
    "trpt_mail_is_report": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_size_t]),
    "trpt_dkim_result_name": (ctypes.c_char_p, [ctypes.c_int32]),
    "trpt_mail_new": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_void_p]),
    "trpt_mail_free": (None, [ctypes.c_void_p]),
    "trpt_mail_open": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]),
    "trpt_mail_open_bytes": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]),
    "trpt_mail_feed": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]),
    "trpt_mail_finish": (ctypes.c_int32, [ctypes.c_void_p]),
    "trpt_mail_reset": (None, [ctypes.c_void_p]),
    "trpt_mail_next": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_void_p]),
    "trpt_mail_error": (ctypes.c_void_p, [ctypes.c_void_p]),
    "trpt_mail_diagnostic": (ctypes.c_void_p, [ctypes.c_void_p, ctypes.c_uint32]),
    "trpt_mail_take": (ctypes.c_void_p, [ctypes.c_void_p]),
}
"""Type of the result, and types of the parameters."""


def values_of(item: MailItemStruct, library: Any) -> dict[str, Any]:
    """Those members of a MailItem that are not objects."""
    return {
        "is_other_content": item.is_other_content != 0,
        "number": item.number,
        "offset": item.offset,
        "kind": library.trpt_mail_kind_name(item.kind).decode(),
        "container": library.trpt_mail_kind_name(item.container).decode(),
        "entry": item.entry.value,
        "part": item.part.value,
        "media_type": item.media_type.value,
        "filename": item.filename.value,
        "sender": item.sender.value,
        "subject": item.subject.value,
        "date_text": item.date_text.value,
        "date_seconds": None if item.date_seconds == -1 << 63 else item.date_seconds,
        "message_id": item.message_id.value,
        "report_domain": item.report_domain.value,
        "report_submitter": item.report_submitter.value,
        "dkim": library.trpt_dkim_result_name(item.dkim).decode(),
        "dkim_domain": item.dkim_domain.value,
        "signer_is_sender": item.signer & SIGNER_IS_FROM != 0,
        "signer_is_submitter": item.signer & SIGNER_IS_SUBMITTER != 0,
        "signer_is_contact": item.signer & SIGNER_IS_CONTACT != 0,
    }
