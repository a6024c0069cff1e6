# SPDX-License-Identifier: MIT
"""Finds reports in mails, mailboxes and archives, through libtrpt-mail where it is installed."""

from __future__ import annotations

import ctypes
import functools
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, BinaryIO

from . import _trpt, mail_structs as native
from .bases import Error
from .members import MailItem
from .reading import Source, open_source

_ADVICE = "Install libtrpt-mail (libtrpt-mail0 on Debian, or cmake --install of libtrpt) to read mails"
_Read = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_size_t))


@functools.lru_cache(maxsize=None)
def _library() -> tuple[ctypes.PyDLL, bytes]:
    """The library, and the addresses of the functions of its libtrpt that read reports: their layout may differ from that of the
    libtrpt inside. It stays loaded, since GMime cannot be unloaded."""
    try:
        library = ctypes.PyDLL("libtrpt-mail.0.dylib" if sys.platform == "darwin" else "libtrpt-mail.so.0")
    except OSError as error:
        raise ImportError(f"{_ADVICE}: {error}") from None
    try:
        for name, (result, parameters) in native.FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, parameters
        addresses = [ctypes.cast(getattr(library, name), ctypes.c_void_p) for name in _trpt.REPORT_FUNCTIONS.split()]
    except AttributeError as error:
        raise ImportError(f"{_ADVICE}. The library is too old: {error}") from None
    if library.trpt_version_number() < native.VERSION_NUMBER:
        raise ImportError(f"{_ADVICE}. The library is too old: it is not of version {_trpt.VERSION}")
    return library, bytes((ctypes.c_void_p * len(addresses))(*addresses))


class _Mail(ctypes.c_void_p):
    """A trpt_mail, which is freed with the object."""

    def __init__(self, library: ctypes.PyDLL, report_functions: bytes, options: native.MailOptionsStruct) -> None:
        super().__init__()
        self.library, self.report_functions = library, report_functions
        if status := self.library.trpt_mail_new(ctypes.byref(self), ctypes.byref(options)):
            raise Error(library.trpt_status_name(status).decode(), library.trpt_status_message(status).decode())

    def __del__(self) -> None:
        self.library.trpt_mail_free(self)

    def item(self, values: native.MailItemStruct) -> MailItem:
        report = values.report and _trpt.report_at(self.library.trpt_mail_take(self), self.report_functions)
        return MailItem(
            report=report, error=values.error and _trpt.error_at(values.error),
            diagnostics=[_trpt.diagnostic_at(self.library.trpt_mail_diagnostic(self, i)) for i in range(values.diagnostic_count)],
            kind=self.library.trpt_mail_kind_name(values.kind).decode(),
            container=self.library.trpt_mail_kind_name(values.container).decode(),
            dkim=self.library.trpt_dkim_result_name(values.dkim).decode(), **native.values_of(values))


def _set_limit(options: native.MailOptionsStruct, name: str, value: int) -> None:
    setattr(options, name, value)
    if getattr(options, name) != value:
        most = 256 ** getattr(native.MailOptionsStruct, name).size - 1
        raise OverflowError(f"{name} is at most {most}" if value > most else f"{name} is at least 0")


def read_mails(source: Source, *, authserv_ids: Iterable[str] = (), require_dkim: bool = False, trust_unnamed: bool = False,
               strict: bool = False, diagnostics: bool = True, now: datetime | None = None, **limits: int) -> Iterator[MailItem]:
    """Returns the reports of a mail, a mailbox (mbox), an archive (zip, tar) or a report, one by one.

    Raises ImportError if libtrpt-mail is not installed. authserv_ids: names of your own mail servers, whose Authentication-Results
    fields are trusted. require_dkim and trust_unnamed are TRPT_MAIL_REQUIRE_DKIM and TRPT_MAIL_TRUST_UNNAMED. Limits are those of
    trpt_mail_options and trpt_options. Other options are those of Reader.
    """
    if isinstance(authserv_ids, str):
        raise TypeError("authserv_ids needs a list of names, not one str")
    options = native.MailOptionsStruct(struct_size=ctypes.sizeof(native.MailOptionsStruct))
    options.flags = bool(require_dkim) * native.MAIL_REQUIRE_DKIM | bool(trust_unnamed) * native.MAIL_TRUST_UNNAMED
    for name in limits.keys() & {name for name, _ in options._fields_ if name.startswith("max_")}:
        _set_limit(options, name, limits.pop(name))
    report_options = ctypes.c_char_p(_trpt.new_options(strict=strict, diagnostics=diagnostics, now=now, **limits))
    names = [ctypes.create_string_buffer(_trpt.encoded(name)) for name in authserv_ids]
    texts = (native.Text * len(names))(*[native.Text(name, len(name) - 1) for name in names])
    options.report, options.authserv_ids = ctypes.cast(report_options, ctypes.c_void_p), ctypes.cast(texts, ctypes.c_void_p)
    options.authserv_id_count = len(names)
    return _items(_Mail(*_library(), options), open_source(source))


def _items(mail: _Mail, source: AbstractContextManager[BinaryIO]) -> Iterator[MailItem]:
    failures: list[BaseException] = []
    chunk = b""

    def read(user: object, data: Any, length: Any) -> int:
        nonlocal chunk
        try:
            chunk = _trpt.read_chunk(file.read)
        except BaseException as error:
            failures.append(error)
            return -1
        data[0], length[0] = ctypes.cast(ctypes.c_char_p(chunk), ctypes.c_void_p).value, len(chunk)
        return 0

    function = _Read(read)
    values = ctypes.POINTER(native.MailItemStruct)()
    with source as file:
        mail.library.trpt_mail_open(mail, function, None)
        while (status := mail.library.trpt_mail_next(mail, ctypes.byref(values))) == 0:
            yield mail.item(values.contents)
        if status < 0:
            raise failures.pop() if failures else _trpt.error_at(mail.library.trpt_mail_error(mail))
