# SPDX-License-Identifier: MIT
"""Finds reports in mails, mailboxes and archives, through libtrpt-mail where it is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import BinaryIO

from . import _trpt
from .members import MailItem
from .reading import Source, open_source


def read_mails(source: Source, *, authserv_ids: Iterable[str] = (), require_dkim: bool = False, trust_unnamed: bool = False,
               strict: bool = False, diagnostics: bool = True, now: datetime | None = None, **limits: int) -> Iterator[MailItem]:
    """Returns the reports of a mail, a mailbox (mbox), an archive (zip, tar) or a report, one by one.

    Raises ImportError if libtrpt-mail is not installed. authserv_ids: names of your own mail servers, whose Authentication-Results
    fields are trusted. require_dkim and trust_unnamed are TRPT_MAIL_REQUIRE_DKIM and TRPT_MAIL_TRUST_UNNAMED. Limits are those of
    trpt_mail_options and trpt_options. Other options are those of Reader.
    """
    if isinstance(authserv_ids, str):
        raise TypeError("authserv_ids needs a list of names, not one str")
    file, is_ours = open_source(source)
    try:
        mail = _trpt.new_mail(file.read, list(authserv_ids), require_dkim, trust_unnamed, strict=strict, diagnostics=diagnostics, now=now,
                              **limits)
    except BaseException:
        if is_ours:
            file.close()
        raise
    return _items(mail, file if is_ours else None)


def _items(mail: _trpt.Mail, file: BinaryIO | None) -> Iterator[MailItem]:
    try:
        for members in mail:
            yield MailItem(**members)
    finally:
        if file:
            file.close()
