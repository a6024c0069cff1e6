#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Breaks the library in many small ways, one at a time, and counts how many of them the tests catch.

  tests/mutation/mutation.py [--area core|mail|command] [--count N] [--seed S] [--only REGEX] [--jobs N]
                             [--slowest SECONDS] [--build FOLDER] [--least PERCENT] [--list]

A copy of the source is changed in the build folder, never the source itself. What is changed is chosen by the seed alone: from
each file of an area (without what this build leaves out) in proportion to the square root of what can be changed in it. A change
that does not compile, or to the same machine code, is passed over for the next. Tests run until one check fails: first those that
caught a change in the same file or folder, those named like it, those that caught most, and the fastest. Survivors are listed, but for those of docs/maintainers/mutation.md, which change nothing that can be seen.
"""
import argparse
import contextlib
import dataclasses
import hashlib
import heapq
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@dataclasses.dataclass(frozen=True)
class Area:
    """A part of the source, what is built of it, and the tests that may catch a change. Tests that measure time are left out, and
    those of other files."""

    files: str  # a regular expression
    targets: tuple
    products: tuple
    with_mail: bool
    tests: str


AREAS = {
    "core": Area(r"^lib/(?!mail/)(?!.*_mail)", ("trpt_static", "trpt"), ("lib/libtrpt.a",), False,
                 r"^(?!.*(cliffs|readme|examples|mail))"),
    "mail": Area(r"^lib/(mail/|.*_mail)", ("trpt_mail_static", "trpt_mail"), ("lib/libtrpt.a", "lib/libtrpt-mail.a"), True,
                 r"^(?!.*cliffs).*(mail|catalogue|diagnostics_document|dependencies|rows|framing|summary|exit_status)"),
    "command": Area(r"^examples/tlsrpt/.*\.(c|h|def)$", ("tlsrpt",), ("bin/tlsrpt",), True,
                    r"^(?!.*(cliffs|generated_))(command|options|jobs|maildir|key_|duplicates|color|framing|rows|summary|completion|"
                    r"exit_status|filters|output|reason_codes|schemas|terminal|check|mail_command|mail_memory|mailboxes|"
                    r"diagnostics_document|generated$|documents)"),
}  # fmt: skip
SKIPPED = 77
HANGS = 20  # seconds of a processor: a process that takes more than that and ten times as long as its whole test did hangs
WAITS = 300  # seconds of a clock: the same for a test that waits, since the machine may have other things to do
TEST_MEMORY = 4 << 30
TEST_OUTPUT = 256 << 20

SWAPS = {
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
    "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["+"], "/": ["*"], "%": ["*"], "&": ["|"], "|": ["&"],
    "^": ["|"], "<<": [">>"], ">>": ["<<"], "+=": ["-="], "-=": ["+="], "|=": ["&="], "&=": ["|="],
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Mutant:
    file: str
    begin: int
    end: int
    text: str  # what stands there instead
    kind: str

    def apply(self, source):
        return source[: self.begin] + self.text + source[self.end :]

    def line(self, source):
        return source.count("\n", 0, self.begin) + 1

    def lines(self, source):
        """The first line that it changes, as it was and as it is."""
        start = source.rfind("\n", 0, self.begin) + 1
        stop = source.find("\n", self.end)
        after = source[start : self.begin] + self.text + source[self.end : stop]
        return source[start:stop].strip(), after.strip()


def masked(source):
    """The source with blanks for comments, texts, directives and assertions, so that places stay the same."""

    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())

    source = re.sub(r"/\*.*?\*/", blank, source, flags=re.S)
    source = re.sub(r'"(\\.|[^"\\\n])*"', blank, source)
    source = re.sub(r"'(\\.|[^'\\\n])+'", blank, source)
    source = re.sub(r"^[ \t]*#(\\\n|.)*$", blank, source, flags=re.M)
    return re.sub(r"\b(static_)?assert\((.|\n)*?\);", blank, source)


def find(file, source):
    code = masked(source)
    without_comments = re.sub(r"/\*.*?\*/|^[ \t]*#include.*$", lambda m: re.sub(r"[^\n]", " ", m.group()), source,
                              flags=re.S | re.M)  # fmt: skip

    def mutant(kind, match, text, group=0):
        return Mutant(file, match.start(group), match.end(group), text, kind)

    for match in re.finditer(r"(?<=\s)(?:[<>=!]=|[-+|&]=|&&|\|\||<<|>>|[-+*/%&|^<>])(?=\s)", code):
        for other in SWAPS[match.group()]:
            kind = "bound" if match.group() in ("<", "<=", ">", ">=") else match.group()
            yield mutant(kind, match, other)
    for match in re.finditer(r"\+\+|--", code):
        yield mutant("step", match, "--" if match.group() == "++" else "++")
    for match in re.finditer(r"(?<![\w.])(0x[0-9A-Fa-f]+|0|[1-9]\d*)(?=[uUlL]*(?![\w.]))", code):
        value = int(match.group(), 0)
        for other in (value + 1, value - 1):
            if other >= 0:
                yield mutant("constant", match, hex(other) if "x" in match.group() else str(other))
    for match in re.finditer(r"'([^'\\])'", without_comments):
        yield mutant("character", match, chr(ord(match.group(1)) ^ 1), 1) if match.group(1) not in "&#" else None
    for match in re.finditer(r"\b(true|false)\b", code):
        yield mutant("flag", match, "false" if match.group() == "true" else "true")
    for match in re.finditer(r"!(?=[\w(*])", code):
        yield mutant("not", match, "")
    for match in re.finditer(r"\b(ERROR|WARNING|INFO)\b", code if file.endswith(".def") else ""):
        yield mutant("severity", match, "INFO" if match.group() == "WARNING" else "WARNING")
    for match in re.finditer(r'"((\\.|[^"\\\n])+)"', without_comments):
        letters = [i for i in range(match.start(1), match.end(1)) if source[i].isalnum() and source[i - 1] not in "\\x%"]
        if letters:
            place = letters[len(letters) // 2]
            yield Mutant(file, place, place + 1, "q" if source[place] != "q" else "j", "text")
    # Statements on one line that are neither declarations nor returns of a value, and rows of tables.
    for match in re.finditer(r"^ +((?:if|while|for) \(.*\) )?([^\s{}#][^{}\n]*;)$", code, flags=re.M):
        if not re.match(r"(?:return .|(?:\w+ )*?(?:const |struct )?\w+ \*?\w+(?:\[|,|;| =)|else )", match.group(2)):
            yield mutant("statement", match, ";", 2)
    for match in re.finditer(r"^ +(?:\[\w+\] = .*|\{.*\}|[A-Z]+\(.*\)),$", code, flags=re.M):
        yield mutant("row", match, "")


def candidates(source_folder, area, only, seed):
    """All mutants, those that come first spread over the files, and in each over the kinds."""
    order = []
    folders = sorted(entry for top in ("lib", "examples/tlsrpt") for entry in os.walk(os.path.join(source_folder, top)))
    for folder, _, names in folders:
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), source_folder)
            if not re.search(r"\.(c|h|def)$", name) or not re.search(area.files, path):
                continue
            with open(os.path.join(source_folder, path), encoding="utf-8") as file:
                source = file.read()
            chance = random.Random(f"{seed} {path}")
            kinds = {}
            for mutant in find(path, source):
                if mutant:
                    kinds.setdefault(mutant.kind, []).append(mutant)
            count = sum(map(len, kinds.values()))
            ranked = []
            for mutants in kinds.values():
                chance.shuffle(mutants)
                weight = len(mutants) ** 0.5
                ranked += [((i + chance.random()) / weight, mutant) for i, mutant in enumerate(mutants)]
            ranked.sort(key=lambda pair: pair[0])
            first = chance.random()
            order += [((i + first) / count**0.5, mutant) for i, (_, mutant) in enumerate(ranked)]
    order.sort(key=lambda pair: (pair[0], pair[1].file))
    return [mutant for _, mutant in order if re.search(only, mutant.file)]


def known_equivalents():
    """Pairs of lines in docs/maintainers/mutation.md: what stands in a file, and what may stand there as well."""
    pairs = set()
    with open(os.path.join(ROOT, "docs/maintainers/mutation.md"), encoding="utf-8") as file:
        for block in re.findall(r"```diff[^\n]*\n(.*?)```", file.read(), flags=re.S):
            where = None
            for line in block.splitlines():
                if line.startswith("@@ "):
                    where = line[3:].strip()
                elif line.startswith("-"):
                    before = line[1:].strip()
                elif line.startswith("+"):
                    pairs.add((where, before, line[1:].strip()))
    if not pairs:
        sys.exit("docs/maintainers/mutation.md has no list of known survivors")
    return pairs


def source_files():
    """The files of the source, also new ones, without what builds leave behind, which tests of the source would read."""
    listing = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                             check=True, capture_output=True, text=True).stdout  # fmt: skip
    return [path for path in listing.split("\0") if path and os.path.exists(os.path.join(ROOT, path))]


class Workplace:
    """A copy of the source and its build."""

    def __init__(self, folder, area):
        self.area = area
        self.source = os.path.join(folder, "source")
        self.build = os.path.join(folder, "build")
        self.restore = None
        shutil.rmtree(folder, ignore_errors=True)
        for path in source_files():
            os.makedirs(os.path.dirname(os.path.join(self.source, path)), exist_ok=True)
            shutil.copy2(os.path.join(ROOT, path), os.path.join(self.source, path))
        self.run("cmake", "-S", self.source, "-B", self.build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                 "-DCMAKE_C_FLAGS_DEBUG=-O1 -w", "-DTRPT_BUILD_TESTS=ON",
                 "-DTRPT_BUILD_MAIL=" + ("ON" if area.with_mail else "OFF"),
                 "-DCMAKE_LINK_DEPENDS_NO_SHARED=ON")  # fmt: skip
        if not self.make("all"):
            sys.exit("the source does not build")
        self.machine_code = self.hash()
        self.tests = self.list_tests()

    @staticmethod
    def run(*command):
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def make(self, target):
        command = ["ninja", "-C", self.build, target]
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0

    def hash(self):
        code = hashlib.sha256()
        for product in self.area.products:
            with open(os.path.join(self.build, product), "rb") as file:
                code.update(file.read())
        return code.digest()

    def list_tests(self):
        output = subprocess.run(["ctest", "--test-dir", self.build, "--show-only=json-v1"], check=True, capture_output=True)
        tests = []
        for test in json.loads(output.stdout)["tests"]:
            if re.search(self.area.tests, test["name"]):
                folder = next(p["value"] for p in test["properties"] if p["name"] == "WORKING_DIRECTORY")
                tests.append((test["name"], test["command"], folder))
        return tests

    def status(self, test, timeout, processor=resource.RLIM_INFINITY):
        """Builds a test and runs it: its exit status, or -1 where it is not built or does not end. Seconds: `timeout` for the test,
        `processor` for each of its processes."""

        def limit():
            resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
            resource.setrlimit(resource.RLIMIT_AS, (TEST_MEMORY, TEST_MEMORY))
            resource.setrlimit(resource.RLIMIT_FSIZE, (TEST_OUTPUT, TEST_OUTPUT))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        _, command, folder = test
        program = os.path.relpath(command[0], self.build)
        if not self.make("all" if program.startswith("..") else program):
            return -1
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, preexec_fn=limit, start_new_session=True,
                                   env={**os.environ, "TRPT_STOP": "1"})  # fmt: skip
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            return -1
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)  # also what a test that stopped has left running
            process.wait()

    def write(self, path, text):
        with open(os.path.join(self.source, path), "w", encoding="utf-8") as file:
            file.write(text)

    def break_with(self, mutant, source):
        """Builds what a mutant changes: False where it does not compile or is the same machine code."""
        if self.restore:
            self.write(*self.restore)
        self.restore = (mutant.file, source)
        self.write(mutant.file, mutant.apply(source))
        return all(map(self.make, self.area.targets)) and self.hash() != self.machine_code


class Run:
    def __init__(self, options):
        self.options = options
        self.lock = threading.Lock()
        self.results = {}  # place in the order: None (passed over), or name of the test that fails, "" if none does
        self.catchers = {}  # the tests that caught changes in a file, and in a folder, the last one at the end
        self.catches = {}  # how many changes each test caught

    def measure(self, workplace):
        self.tests = []
        for test in workplace.tests:
            begin = time.monotonic()
            status = workplace.status(test, self.options.slowest)
            seconds = time.monotonic() - begin
            if status == 0:
                self.tests.append((seconds, test))
            elif status != SKIPPED and seconds < self.options.slowest:
                sys.exit(f"the test {test[0]} fails without any change")
        self.tests.sort(key=lambda pair: pair[0])

    def take(self):
        """The next place, unless enough were taken."""
        with self.lock:
            if sum(result is not None for result in self.results.values()) >= self.options.count:
                return None
            self.place += 1
            return self.place if self.place < len(self.order) else None

    def likely_first(self, file):
        words = [word for word in re.split(r"[/_.]", file) if len(word) > 2]

        def rank(place, name):
            catchers = self.catchers.get(place, [])
            return -catchers.index(name) if name in catchers else 1

        def key(pair):
            name = pair[1][0]
            is_named = any(word in name for word in words)
            return rank(file, name), rank(os.path.dirname(file), name), not is_named, -self.catches.get(name, 0), pair[0]

        return sorted(self.tests, key=key)

    def work(self, workplace):
        while (place := self.take()) is not None:
            mutant = self.order[place]
            result = None
            if workplace.break_with(mutant, self.sources[mutant.file]):
                commands = {test[0]: test for test in workplace.tests}
                result = next((test[0] for seconds, test in self.likely_first(mutant.file)
                               if workplace.status(commands[test[0]], 10 * seconds + WAITS, int(10 * seconds + HANGS)) != 0), "")
            with self.lock:
                self.results[place] = result
                if result:
                    self.catches[result] = self.catches.get(result, 0) + 1
                    for place in mutant.file, os.path.dirname(mutant.file):
                        caught = self.catchers.get(place, [])
                        self.catchers[place] = [name for name in caught if name != result] + [result]
                if result is not None:
                    self.tell(mutant, result)

    def show(self, verdict, mutant):
        source = self.sources[mutant.file]
        before, after = mutant.lines(source)
        print(f"{verdict}{mutant.file}:{mutant.line(source)}: {mutant.kind}\n    - {before}\n    + {after}", flush=True)

    def tell(self, mutant, result):
        if result:
            print(f"caught by {result}: {mutant.file}:{mutant.line(self.sources[mutant.file])}: {mutant.kind}", flush=True)
        else:
            self.show("known: " if self.is_known(mutant) else "SURVIVES: ", mutant)

    def is_known(self, mutant):
        return (mutant.file, *mutant.lines(self.sources[mutant.file])) in self.known

    def main(self):
        folders = [os.path.join(self.options.build, str(i)) for i in range(self.options.jobs)]
        self.known = known_equivalents()
        self.place = -1
        self.area = AREAS[self.options.area]
        if self.options.list:
            workplaces, source = [], ROOT
        else:
            workplaces = [Workplace(os.path.abspath(folder), self.area) for folder in folders]
            source = workplaces[0].source
        self.order = candidates(source, self.area, self.options.only, self.options.seed)
        self.sources = {}
        for path in {mutant.file for mutant in self.order}:
            with open(os.path.join(source, path), encoding="utf-8") as file:
                self.sources[path] = file.read()
        if self.options.list:
            for mutant in self.order[: self.options.count]:
                self.show("", mutant)
            return 0
        self.measure(workplaces[0])
        threads = [threading.Thread(target=self.work, args=(workplace,)) for workplace in workplaces]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.sum_up()

    def sum_up(self):
        places = heapq.nsmallest(self.options.count, (p for p, result in self.results.items() if result is not None))
        broken = [place for place in places if self.results[place] or not self.is_known(self.order[place])]
        survivors = [self.order[place] for place in broken if not self.results[place]]
        files = {self.order[place].file for place in places}
        caught = len(broken) - len(survivors)
        percent = 100 * caught / len(broken) if broken else 0
        print(f"{len(places)} changes in {len(files)} files, {len(places) - len(broken)} of them known to change nothing;")
        print(f"of the other {len(broken)} the tests catch {caught} ({percent:.1f} %). {len(survivors)} survive:")
        for mutant in sorted(survivors, key=lambda mutant: (mutant.file, mutant.begin)):
            self.show("", mutant)
        return 0 if percent >= self.options.least else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--area", choices=AREAS, default="core", help="what is changed [core]")
    parser.add_argument("--count", type=int, default=300, help="how many changes [300]")
    parser.add_argument("--seed", default="8460", help="chooses them [8460]")
    parser.add_argument("--only", default="", help="files whose path matches this regular expression")
    parser.add_argument("--jobs", type=int, default=1, help="copies of the source, and changes at the same time [1]")
    parser.add_argument("--slowest", type=float, default=600, help="seconds; tests that take longer are left out [600]")
    parser.add_argument("--build", default="build-mutation", help="folder for the copies [build-mutation]")
    parser.add_argument("--least", type=float, default=95, help="percent that must be caught [95]")
    parser.add_argument("--list", action="store_true", help="list the changes, and make none")
    return Run(parser.parse_args()).main()


if __name__ == "__main__":
    sys.exit(main())
