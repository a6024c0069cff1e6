# SPDX-License-Identifier: MIT
"""Finds reports in mails, mailboxes and archives, through libtrpt-mail where it is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from . import _trpt
from .bases import to_datetime
from .members import Diagnostic, Report
from .model import Error
from .reading import Source, open_source


@dataclass
class MailItem:
    """A report, or something that should contain one and cannot be read. Text comes from outside: escape it before you show it."""

    report: Report | None
    error: Error | None
    """Why the report cannot be read."""
    diagnostics: list[Diagnostic]
    """About the mail; the report has its own."""
    is_other_content: bool
    """Whether `error` is about content that does not claim to be a report, such as another mail in a mailbox."""
    number: int
    """Of the mail in its mailbox, or of the entry in its archive, from 1; 0 for the input itself."""
    offset: int
    """Where that mail or entry begins."""
    kind: str
    """Of the report, "json" or "gzip"; with an error, of what could not be read."""
    container: str
    """Kind of the input, such as "mbox"."""
    entry: str | None
    part: str | None
    """Number of the part, as in IMAP."""
    media_type: str | None
    filename: str | None
    sender: str | None
    """The field From."""
    subject: str | None
    date_text: str | None
    date_seconds: int | None
    message_id: str | None
    report_domain: str | None
    report_submitter: str | None
    dkim: str
    """Result of the signature of the reporting domain, "pass"; "unknown" if no trusted result is available."""
    dkim_domain: str | None
    signer_is_sender: bool
    signer_is_submitter: bool
    signer_is_contact: bool

    @property
    def date(self) -> datetime | None:
        """In UTC."""
        return to_datetime(self.date_seconds)


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
