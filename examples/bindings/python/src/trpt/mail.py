# SPDX-License-Identifier: MIT
"""Finds reports in mails, mailboxes and archives, through libtrpt-mail where it is installed."""

from __future__ import annotations

import ctypes
import functools
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

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
    for name in native.MAIL_LIMITS.keys() & limits.keys():
        value, most = limits.pop(name), native.MAIL_LIMITS[name]
        if not 0 <= value <= most:
            raise OverflowError(f"{name} is at most {most}" if value > 0 else f"{name} is negative")
        setattr(options, name, value)
    report = ctypes.c_char_p(_trpt.new_options(strict=strict, diagnostics=diagnostics, now=now, **limits))
    names = [ctypes.create_string_buffer(_trpt.encoded(name)) for name in authserv_ids]
    texts = (native.Text * len(names))(*[native.Text(name, len(name) - 1) for name in names])
    options.report, options.authserv_ids = ctypes.cast(report, ctypes.c_void_p), ctypes.cast(texts, ctypes.c_void_p)
    options.authserv_id_count = len(names)
    items = _items(source, options, *_library())
    next(items)
    return items


def _items(source: Source, options: native.MailOptionsStruct, library: ctypes.PyDLL, report_functions: bytes) -> Iterator[Any]:
    """Yields None when the input is open, and then its items."""
    mail, item = ctypes.c_void_p(), ctypes.POINTER(native.MailItemStruct)()
    chunk, failure = b"", None

    def read(user: object, data: Any, length: Any) -> int:
        nonlocal chunk, failure
        try:
            chunk = _trpt.read_chunk(file.read)
        except BaseException as error:
            failure = error
            return -1
        data[0], length[0] = ctypes.cast(ctypes.c_char_p(chunk), ctypes.c_void_p).value, len(chunk)
        return 0

    def check(status: int) -> None:
        if status:
            raise Error(library.trpt_status_name(status).decode(), library.trpt_status_message(status).decode())

    read_function = _Read(read)
    check(library.trpt_mail_new(ctypes.byref(mail), ctypes.byref(options)))
    try:
        with open_source(source) as file:
            check(library.trpt_mail_open(mail, read_function, None))
            yield None
            while (status := library.trpt_mail_next(mail, ctypes.byref(item))) == 0:
                report, error, count = item.contents.report, item.contents.error, item.contents.diagnostic_count
                yield MailItem(
                    report=report and _trpt.report_at(library.trpt_mail_take(mail), report_functions),
                    error=error and _trpt.error_at(error),
                    diagnostics=[_trpt.diagnostic_at(library.trpt_mail_diagnostic(mail, i)) for i in range(count)],
                    **native.values_of(item.contents, library))
            if status < 0:
                raise failure or _trpt.error_at(library.trpt_mail_error(mail))
    finally:
        library.trpt_mail_free(mail)
