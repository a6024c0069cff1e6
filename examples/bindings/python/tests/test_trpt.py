# SPDX-License-Identifier: MIT
"""Tests the public interface with the reports in the repository. Needs nothing outside the standard library."""

import collections
import contextlib
import copy
import ctypes
import errno
import gc
import gzip
import importlib
import io
import json
import os
import pickle
import tempfile
import threading
import unittest
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import trpt

ROOT = Path(__file__).resolve().parents[4]
REPORTS = sorted((ROOT / "tests/data/reports").iterdir()) + sorted((ROOT / "examples/reports").iterdir())
MAILS = ROOT / "tests/data/mails"
GOOGLE = ROOT / "tests/data/reports/google.json"


def fail(size: int) -> bytes:
    """The function `read` of a file that fails."""
    raise OSError("gone")


class Memory(unittest.TestCase):
    """Each allocation of a call fails in turn: there is MemoryError, and nothing else happens.

    The interpreter itself raises SystemError, or crashes, if memory runs out where a function of Python raises within another
    iterator. So reading is a loop of the extension, and Error is made without a generator. Its json may crash, too, so a record is
    read without it."""

    def test_every_allocation(self) -> None:
        try:
            memory = importlib.import_module("_testcapi")  # of the interpreter's own tests
        except ImportError:
            self.skipTest("this interpreter has no _testcapi")
        native = importlib.import_module("trpt._trpt")
        data = GOOGLE.read_bytes()
        report = trpt.parse_report(data)

        def read(text: bytes) -> None:
            with contextlib.suppress(trpt.Error):
                collections.deque(trpt.Reader(io.BytesIO(text)), maxlen=0)

        calls: dict[str, Callable[[], object]]
        calls = {"events": lambda: read(data), "error": lambda: read(b'{"policies":[{"policy":1}],"x":'),
                 "tree": lambda: trpt.parse_report(data).policies[0].failures, "json": lambda: trpt.report_json(data + data, "x"),
                 "record": lambda: native.record_json("v=TLSRPTv1; rua = a", False), "write": lambda: trpt.write_report(report),
                 "rows": lambda: trpt.Rows([data, b"x"]).rows.__arrow_c_stream__()}
        for name, call in calls.items():
            failures = 0
            for number in range(1, 300):
                memory.set_nomemory(number, number + 1)
                try:
                    call()
                except MemoryError:
                    failures += 1
                except BaseException as error:
                    memory.remove_mem_hooks()
                    self.fail(f"{name}, allocation {number}: {error!r}")
                finally:
                    memory.remove_mem_hooks()
            self.assertGreater(failures, 1, name)


class Records(unittest.TestCase):
    def test_parts(self) -> None:
        record = trpt.parse_record("v=TLSRPTv1; rua=mailto:a%40@example.com?x,https://example.net/t,ftp://b; x=1;")
        self.assertEqual([(rua.uri, rua.scheme, rua.usable) for rua in record.ruas],
                         [("mailto:a%40@example.com?x", trpt.Scheme.MAILTO, True),
                          ("https://example.net/t", trpt.Scheme.HTTPS, True), ("ftp://b", trpt.Scheme.OTHER, False)])
        self.assertEqual(record.ruas[0].address, "a%40@example.com")
        self.assertIsNone(record.ruas[1].address)
        self.assertEqual(record.extensions, [trpt.Extension("x", "1")])

    def test_errors(self) -> None:
        with self.assertRaises(trpt.Error) as caught:
            trpt.parse_record("v=TLSRPTv1; rua = mailto:a@b.example", strict=True)
        error = caught.exception
        self.assertEqual((error.status, error.code, error.where, error.offset), ("TRPT_E_RECORD", "record.ws-around-equals", "rua[0]", 15))
        diagnostics = trpt.diagnose_record("v=TLSRPTv1; rua = ftp://example.com")
        self.assertEqual([diagnostic.code for diagnostic in diagnostics],
                         ["record.no-usable-rua", "record.ws-around-equals", "record.unsupported-scheme"])
        self.assertEqual(diagnostics[1].severity, trpt.Severity.ERROR)
        self.assertIn("equals sign", diagnostics[1].advice)

    def test_suggested(self) -> None:
        self.assertEqual(trpt.suggest_record("v=tlsrptv1; rua = a@b.example"), "v=TLSRPTv1; rua=mailto:a@b.example")
        self.assertIsNone(trpt.suggest_record("v=TLSRPTv1; rua=mailto:a@b.example"))

    def test_written(self) -> None:
        text = trpt.write_record(["mailto:a@example.com", "https://example.com/t;v=1"])
        self.assertEqual(text, "v=TLSRPTv1; rua=mailto:a@example.com,https://example.com/t%3Bv=1")
        trpt.parse_record(text, strict=True)
        self.assertRaises(trpt.Error, trpt.write_record, [])
        self.assertRaises(trpt.Error, trpt.write_record, ["no uri"])

    def test_any_text(self) -> None:
        for text in ("", "\0", "v=TLSRPTv1; rua=mailto:\0@b", "\ud800", "\U0001f600" * 1000):
            with self.subTest(text[:10]):
                trpt.diagnose_record(text)
                trpt.suggest_record(text)


class Reports(unittest.TestCase):
    def test_members(self) -> None:
        report = trpt.parse_report(GOOGLE.read_bytes())
        self.assertEqual(report.start, datetime(2026, 3, 1, tzinfo=timezone.utc))
        self.assertEqual(report.end, datetime(2026, 3, 1, 23, 59, 59, tzinfo=timezone.utc))
        policy = report.policies[0]
        self.assertEqual(policy.type, trpt.PolicyType.STS)
        self.assertEqual(policy.failures[0].type, trpt.ResultType.CERTIFICATE_EXPIRED)
        self.assertIn("certificate has expired", policy.failures[0].type.description)

    def test_whole_is_the_same_as_events(self) -> None:
        for path in REPORTS:
            slow = io.BytesIO(path.read_bytes())
            for source in (path, io.BytesIO(path.read_bytes()), SimpleNamespace(read=lambda size: slow.read(1))):
                with self.subTest(path.name, source=type(source)):
                    self.assertEqual(outcome(lambda: events_of(source)), outcome(lambda: expected_events(path)))

    def test_errors(self) -> None:
        with self.assertRaises(trpt.Error) as caught:
            trpt.parse_report((ROOT / "tests/data/reports/cut.json").read_bytes())
        error = caught.exception
        self.assertEqual(str(error), "line 45, column 26: policies[0].failure-details[1]: The text is not valid JSON, or it is truncated.")
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((str(again), again.column), (str(error), error.column))

    def test_options(self) -> None:
        data = GOOGLE.read_bytes()
        self.assertRaisesRegex(trpt.Error, r"max_input \(100 bytes\)", trpt.parse_report, data, max_input=100)
        self.assertRaises(trpt.Error, trpt.parse_report, b'{"policies":[null]}', strict=True)
        self.assertEqual(trpt.parse_report(b'{"policies":[null]}', diagnostics=False).diagnostics, [])
        early = trpt.parse_report(data, now=datetime(2020, 1, 1, tzinfo=timezone.utc))
        self.assertIn("report.future-window", [diagnostic.code for diagnostic in early.diagnostics])
        self.assertRaises(ValueError, trpt.parse_report, data, now=datetime(2020, 1, 1))

    def test_read_reports(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "a.json").write_bytes(GOOGLE.read_bytes())
            (folder / "b.json").write_bytes(b"{")
            (folder / "c.json.gz").write_bytes(gzip.compress(GOOGLE.read_bytes()))
            bad: list[tuple[str, str]] = []
            reports = list(trpt.read_reports(folder, on_error=lambda path, error: bad.append((path, error.status))))
            self.assertEqual([report.source for report in reports], [str(folder / "a.json"), str(folder / "c.json.gz")])
            reports[1].source = reports[0].source
            self.assertEqual(reports[0], reports[1])
            self.assertEqual(bad, [(str(folder / "b.json"), "TRPT_E_TRUNCATED")])
            with self.assertRaises(trpt.Error) as caught:
                list(trpt.read_reports(folder))
            self.assertEqual(getattr(caught.exception, "__notes__"), [f"in {folder / 'b.json'}"])
        with open(GOOGLE, "rb") as file:
            self.assertEqual(len(list(trpt.read_reports(file))), 1)
            self.assertFalse(file.closed)
        self.assertRaises(FileNotFoundError, list, trpt.read_reports("/nowhere"))

    def test_many_reports_in_one_input(self) -> None:
        report = GOOGLE.read_bytes()
        for data, expected in ((report + report, [None, None]), (b"[" + report + b",{}]", [None, "TRPT_E_SCHEMA"]), (b"[]", []),
                               (report + b'\n{"policies":[}\n' + report, [None, "TRPT_E_JSON", None]),
                               (report + gzip.compress(report), [None, "TRPT_E_JSON"]),
                               (gzip.compress(report) + gzip.compress(report)[:-9], [None, "TRPT_E_TRUNCATED"])):
            with self.subTest(data[:10], expected=expected):
                found: list[str | None] = []
                for each in trpt.read_reports(io.BytesIO(data), on_error=lambda path, error: found.append(error.status)):
                    found.append(None)
                self.assertEqual(found, expected)
                lines = [json.loads(line) for line in trpt.report_json(data, "a").splitlines()]
                self.assertEqual([line.get("error", {}).get("status") for line in lines], expected or ["TRPT_E_NO_REPORT"])
                self.assertEqual([line["source"] for line in lines], ["a", "a#2", "a#3"][:len(lines)])

    def test_texts_that_come_again(self) -> None:
        """Texts are stored between reports: each must be found again, and no other in its place."""
        edges = [f"the beginning {i} and the end" for i in range(50)]
        many = [str(i) for i in range(3000)]
        lengths = [letter * length for length in (0, 1, 7, 8, 9, 115, 116, 117, 5000) for letter in "ab"]
        texts = [text.encode() for text in edges + many + lengths] + [b"\xff", b"\xfe", b"a\xff", "\xe4\U0001f600".encode(), b"\\u0000"]
        for text in texts * 2:
            report = trpt.parse_report(b'{"organization-name":"%s","policies":[{"policy":{"mx-host":["%s"]}}]}' % (text, text))
            expected = "\0" if text == b"\\u0000" else text.decode(errors="replace")
            self.assertEqual((report.organization_name, report.policies[0].mx_hosts), (expected, [expected]))

    def test_pickled_and_copied(self) -> None:
        report = trpt.parse_report(GOOGLE.read_bytes())
        for again in (pickle.loads(pickle.dumps(report)), copy.copy(report), copy.deepcopy(report)):
            self.assertEqual(again, report)
        self.assertIs(report.policies, report.policies)
        self.assertIsNot(copy.deepcopy(report).policies[0], report.policies[0])

    def test_members_outlive_the_report(self) -> None:
        policy = trpt.parse_report(GOOGLE.read_bytes()).policies[0]
        gc.collect()
        self.assertEqual(policy.failures[0].receiving_mx_hostname, "mx1.example.com")
        report = trpt.parse_report(GOOGLE.read_bytes())
        self.assertRaises(TypeError, delattr, report, "policies")

    def test_cycles_are_collected(self) -> None:
        class Domain(str):
            pass

        report = trpt.parse_report(GOOGLE.read_bytes())
        domain = Domain("a")
        gone = weakref.ref(domain)
        setattr(domain, "report", report)
        report.policies[0].domain = domain
        del report, domain
        gc.collect()
        self.assertIsNone(gone())

    def test_json_has_the_members(self) -> None:
        """The members, and what is written of them, are those of the library's JSON, which is what the command prints."""
        for path in REPORTS:
            if path.name in ("trailing.json", "empty.json"):
                continue  # two reports, and none
            line = json.loads(trpt.report_json(path.read_bytes(), str(path)))
            report = whole(path)
            with self.subTest(path.name):
                self.assertEqual(line.pop("source"), str(path))
                if not isinstance(report, trpt.Report):
                    self.assertEqual(line["error"], dict(zip(("status", "message", "code", "where", "line", "column", "offset"), report)))
                    continue
                diagnostics = [{**asdict(diagnostic), "severity": diagnostic.severity.name.lower()} for diagnostic in report.diagnostics]
                members = {"report_key": report.key, "diagnostics": diagnostics}
                for pretty in (False, True):
                    self.assertEqual({**json.loads(trpt.write_report(report, pretty=pretty)), **members}, line)

    def test_wrong_arguments_say_what_to_pass(self) -> None:
        calls: list[tuple[Any, str]]
        calls = [(lambda: trpt.parse_report("{}"), r"bytes of a report.*not <class 'str'>"),  # type: ignore[arg-type]
                 (trpt.parse_report, "one argument"),
                 (lambda: trpt.parse_report(b"", minimum=1), "no option 'minimum'; use strict"),
                 (lambda: trpt.Reader(b"{}"), "for bytes call parse_report"),  # type: ignore[arg-type]
                 (lambda: list(trpt.Reader(io.StringIO("{}"))), "mode 'rb'"),  # type: ignore[arg-type]
                 (lambda: trpt.parse_record(b"".join), "a str"),  # type: ignore[arg-type]
                 (lambda: trpt.write_record("mailto:a@b.example"), "a list of URIs")]
        for call, words in calls:
            with self.subTest(words), self.assertRaisesRegex(TypeError, words):
                call()
        for data in (bytearray(GOOGLE.read_bytes()), memoryview(GOOGLE.read_bytes())):
            self.assertEqual(trpt.parse_report(data).organization_name, "Google Inc.")

    def test_many_threads(self) -> None:
        """Long inputs are parsed at the same time, each with a parser of its own."""
        data = GOOGLE.read_bytes() + b" " * 100000
        expected = trpt.parse_report(data)
        with ThreadPoolExecutor(4) as pool:
            self.assertEqual(list(pool.map(trpt.parse_report, [data] * 200)), [expected] * 200)

    def test_years_that_datetime_does_not_have(self) -> None:
        report = trpt.parse_report(b'{"date-range":{"start-datetime":"0000-01-01T00:00:00Z","end-datetime":"x"},"policies":[]}')
        self.assertIsNone(report.start)
        self.assertEqual(trpt.format_time(report.start_seconds or 0), "0000-01-01T00:00:00Z")
        self.assertIsNone(report.end_seconds)


class Mails(unittest.TestCase):
    """TRPT_TEST_MAIL=missing or present says whether libtrpt-mail is to be found."""

    def setUp(self) -> None:
        try:
            trpt.read_mails(io.BytesIO())
            found = "present"
        except ImportError as error:
            self.assertRegex(str(error), "^Install libtrpt-mail .*libtrpt-mail")
            found = "missing"
        self.assertIn(os.environ.get("TRPT_TEST_MAIL"), (None, found))
        if found == "missing":
            self.skipTest("there is no libtrpt-mail")

    def test_mailbox(self) -> None:
        items = list(trpt.read_mails(MAILS / "inbox.mbox", authserv_ids=["mx.example.com"]))
        self.assertEqual([(item.number, item.container, item.is_other_content, item.dkim) for item in items],
                         [(1, "mbox", False, "pass"), (2, "mbox", True, "unknown"), (3, "mbox", False, "pass")])
        self.assertEqual(items[1].error and items[1].error.code, "mail.no-report-part")
        first = items[0]
        del items  # a report outlives its reader
        gc.collect()
        assert first.report
        self.assertEqual(first.report.organization_name, "Google Inc.")
        self.assertEqual(trpt.parse_report(trpt.write_report(first.report)).key, first.report.key)
        self.assertEqual((first.report_domain, first.date, first.dkim_domain, first.signer_is_sender, first.media_type),
                         ("example.com", datetime(2026, 3, 2, 11, 10, 6, tzinfo=timezone.utc), "google.example", True, "application/tlsrpt+gzip"))
        self.assertEqual([diagnostic.code for diagnostic in first.diagnostics], ["mail.report-id-mismatch"])

    def test_archive_and_file(self) -> None:
        with open(MAILS / "reports.zip", "rb") as file:
            self.assertEqual([item.entry for item in trpt.read_mails(file)], ["company-x.json", "google.json.gz"])
        self.assertEqual([item.kind for item in trpt.read_mails(GOOGLE)], ["json"])

    def test_options(self) -> None:
        item, = trpt.read_mails(MAILS / "google.eml", require_dkim=True)
        self.assertEqual(item.error and item.error.code, "mail.no-dkim")
        item, = trpt.read_mails(MAILS / "google.eml", max_parts=1)
        self.assertEqual(item.error and item.error.status, "TRPT_E_LIMIT")
        self.assertRaises(TypeError, trpt.read_mails, GOOGLE, max_mails=1)
        self.assertRaises(TypeError, trpt.read_mails, GOOGLE, authserv_ids="mx.example.com")
        self.assertRaises(TypeError, trpt.read_mails, GOOGLE, authserv_ids=[1])

    def test_source_that_fails(self) -> None:
        self.assertRaisesRegex(OSError, "gone", list, trpt.read_mails(SimpleNamespace(read=fail)))


class Written(unittest.TestCase):
    def test_made(self) -> None:
        report = trpt.Report(organization_name="Sender", report_id="1")
        report.start = datetime(2026, 3, 1, 1, tzinfo=timezone(timedelta(hours=1)))
        report.policies.append(trpt.Policy(trpt.PolicyType.STS, domain="a\ud800", successful_sessions=1, failures=[
            trpt.Failure(trpt.ResultType.CERTIFICATE_EXPIRED, failed_sessions=2**64 - 1)]))
        self.assertEqual(
            trpt.write_report(report).decode(),
            '{"organization-name":"Sender","date-range":{"start-datetime":"2026-03-01T00:00:00Z"},"report-id":"1","policies":'
            '[{"policy":{"policy-type":"sts","policy-domain":"a\ufffd\ufffd\ufffd"},"summary":{"total-successful-session-count":1},'
            '"failure-details":[{"result-type":"certificate-expired","failed-session-count":18446744073709551615}]}]}')

    def test_refused(self) -> None:
        self.assertRaises(OverflowError, trpt.write_report, trpt.Report(policies=[trpt.Policy(failed_sessions=-1)]))


class Lifetimes(unittest.TestCase):
    def test_events_outlive_the_reader(self) -> None:
        reader = trpt.Reader(GOOGLE)
        events, copies = [], []
        for event in reader:  # each is copied at once, and must not change when later ones are read
            events.append(event)
            copies.append(copy.deepcopy(event))
        reader.close()
        del reader
        gc.collect()
        for _ in range(20):
            trpt.parse_report(GOOGLE.read_bytes()).policies
        self.assertEqual(events, copies)

    def test_closed(self) -> None:
        reader = trpt.Reader(GOOGLE)
        next(reader)
        reader.close()
        reader.close()
        self.assertRaises(ValueError, next, reader)

    def test_after_the_end_and_after_an_error(self) -> None:
        with trpt.Reader(GOOGLE) as reader:
            list(reader)
            self.assertEqual(list(reader), [])
        broken = trpt.Reader(io.BytesIO(b"{"))
        self.assertRaises(trpt.Error, list, broken)
        self.assertEqual(list(broken), [])

    def test_abandoned_before_the_end(self) -> None:
        for _ in range(200):  # half a MiB each
            next(trpt.Reader(io.BytesIO(GOOGLE.read_bytes())))
        gc.collect()

    def test_two_threads(self) -> None:
        """One thread waits for the source, and a second one uses the same reader."""
        inside, go_on = threading.Event(), threading.Event()

        def read(size: int) -> bytes:
            inside.set()
            go_on.wait()
            return b""

        reader = trpt.Reader(SimpleNamespace(read=read))

        with ThreadPoolExecutor() as pool:
            waiting = pool.submit(reader.__next__)
            inside.wait()
            try:
                self.assertRaises(ValueError, next, reader)
                self.assertRaises(ValueError, reader.close)
            finally:
                go_on.set()
            self.assertRaises(trpt.Error, waiting.result)

    def test_source_that_fails(self) -> None:
        self.assertRaisesRegex(OSError, "gone", list, trpt.Reader(SimpleNamespace(read=fail)))


def outcome(read: Callable[[], object]) -> Any:
    """What a call returns, or what its error consists of."""
    try:
        return read()
    except trpt.Error as error:
        return error.__reduce__()[1]


def whole(path: Path) -> Any:
    return outcome(lambda: trpt.parse_report(path.read_bytes()))


def expected_events(path: Path) -> list[trpt.Event]:
    """What a Reader returns, but the diagnostics come first."""
    report = trpt.parse_report(path.read_bytes())
    policies: list[trpt.Event] = []
    for policy in report.policies:
        policies += [*policy.failures, replace(policy, failures=[])]
    metadata = trpt.Metadata(*[getattr(report, member.name) for member in fields(trpt.Metadata)])
    return [*report.diagnostics, *policies, metadata]


def events_of(source: Any) -> list[trpt.Event]:
    with trpt.Reader(source) as reader:
        return sorted(reader, key=lambda event: not isinstance(event, trpt.Diagnostic))


class ArrowArray(ctypes.Structure):
    _fields_ = [("length", ctypes.c_int64), ("counts", ctypes.c_int64 * 4), ("buffers", ctypes.POINTER(ctypes.c_void_p)),
                ("children", ctypes.POINTER(ctypes.c_void_p)), ("dictionary", ctypes.c_void_p),
                ("release", ctypes.CFUNCTYPE(None, ctypes.c_void_p)), ("private_data", ctypes.c_void_p)]


class ArrowArrayStream(ctypes.Structure):
    _fields_ = [("get_schema", ctypes.c_void_p), ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)),
                ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.c_void_p)),
                ("release", ctypes.CFUNCTYPE(None, ctypes.c_void_p)), ("private_data", ctypes.c_void_p)]


def first_text(array: ArrowArray) -> bytes:
    """The texts of the first column of an array, one after another."""
    _, offsets, texts = ArrowArray.from_address(array.children[0]).buffers[:3]
    return ctypes.string_at(texts, ctypes.c_int32.from_address(offsets + 4 * array.length).value)


def draw(table: trpt.Table, texts: list[bytes] | None = None) -> list[int]:
    """Reads a stream to its end, as a consumer does. Returns the number of rows of each array; raises OSError for an error."""
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    capsule = table.__arrow_c_stream__()
    address = pointer(capsule, b"arrow_array_stream")
    stream, array = ArrowArrayStream.from_address(address), ArrowArray()
    lengths: list[int] = []
    try:
        while True:
            if status := stream.get_next(address, ctypes.byref(array)):
                raise OSError(status, stream.get_last_error(address).decode())
            if not array.release:
                return lengths
            lengths.append(array.length)
            if texts is not None:
                texts.append(first_text(array))
            array.release(ctypes.byref(array))
    finally:
        stream.release(address)


class Tables(unittest.TestCase):
    def test_counts(self) -> None:
        reports = [report for report in map(whole, REPORTS) if isinstance(report, trpt.Report)]
        rows = sum(1 + len(policy.failures) for report in reports for policy in report.policies)
        for max_table in (0, 1 << 20):
            tables = trpt.Rows(((str(path), path.read_bytes()) for path in REPORTS), max_table=max_table)
            found, more = [0, 0, 0], [1]
            while any(more):
                more = [sum(draw(table)) for table in (tables.rows, tables.diagnostics, tables.bad)]
                found = [a + b for a, b in zip(found, more)]
            self.assertEqual((found[0], found[2]), (rows, len(REPORTS) - len(reports)))
            self.assertGreaterEqual(found[1], sum(len(report.diagnostics) for report in reports))

    def test_no_diagnostics(self) -> None:
        tables = trpt.Rows([GOOGLE.read_bytes(), b"", b"x"], diagnostics=False)
        self.assertTrue(draw(tables.rows))
        self.assertEqual((draw(tables.diagnostics), draw(tables.bad)), ([], [2]))

    def test_sources(self) -> None:
        texts: list[bytes] = []
        items: list[Any] = [b"a", b"b", ("name", b"c"), (b"bytes", b"d"), bytearray(b"e")]
        draw(trpt.Rows(items).bad, texts)
        self.assertEqual(texts, [b"01namebytes4"])

    def test_overflow(self) -> None:
        tables = trpt.Rows([b'{"policies":[{"summary":{"total-failure-session-count":9223372036854775808}}]}'])
        self.assertEqual((draw(tables.rows), tables.overflow_count), ([1], 1))

    def test_everything_is_freed(self) -> None:
        class Items(list[bytes]):
            pass

        for draws in (False, True):
            items = Items([b"x"])
            gone = weakref.ref(items)
            tables = trpt.Rows(items)
            capsule = tables.rows.__arrow_c_stream__()
            if draws:
                self.assertEqual(draw(tables.bad), [1])
            del tables, items
            if not draws:
                self.assertIsNotNone(gone())  # the capsule can still be read
            del capsule
            gc.collect()
            self.assertIsNone(gone())

    def test_exceptions(self) -> None:
        def items() -> Any:
            yield GOOGLE.read_bytes()
            raise KeyError("why")

        tables = trpt.Rows(items())
        self.assertRaisesRegex(OSError, r"failed: KeyError\('why'\)", draw, tables.rows)
        self.assertIsInstance(tables.exception, KeyError)
        tables = trpt.Rows([1])  # type: ignore[list-item]
        self.assertRaises(OSError, draw, tables.bad)
        self.assertIsInstance(tables.exception, TypeError)

    def test_full(self) -> None:
        tables = trpt.Rows(([GOOGLE.read_bytes()] * 10000), max_table=65536)
        with self.assertRaises(OSError) as raised:
            draw(tables.bad)
        self.assertEqual(raised.exception.errno, errno.ENOBUFS)

    def test_options(self) -> None:
        self.assertRaises(TypeError, trpt.Rows, [], min_table=1)
        self.assertRaises(trpt.Error, trpt.Rows, [], strict=True, diagnostics=False)


if __name__ == "__main__":
    unittest.main()
