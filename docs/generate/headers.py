# SPDX-License-Identifier: MIT
"""Reads the public headers, include/tlsrpt/*.h, into a model.

It knows the C that those headers are written in and no more. Whatever it does not know is an error with file and line, so
that nothing can be passed over in silence; tests/tools/test_generated.sh has a compiler compare the model with the headers."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from comments import Comment, read_comment


class Wrong(Exception):
    """A header, or a manual, that the generator cannot read; the message tells where."""


@dataclass
class Named:
    """What all declarations have."""

    name: str
    comment: Comment


@dataclass
class Variable(Named):
    """A parameter or a member of a struct. `type` has "const char *" and "char[128]"; `callback` is set in place of it."""

    type: str
    callback: "Callback | None" = None


@dataclass
class Function(Named):
    returns: str
    parameters: list


@dataclass
class Callback(Function):
    """The type of a function that the caller gives."""


@dataclass
class Struct(Named):
    """A struct; one without members is opaque. One without a typedef is foreign: `struct` belongs to its name."""

    members: list
    is_foreign: bool = False

    @property
    def type(self):
        """What C calls it."""
        return f"struct {self.name}" if self.is_foreign else self.name


@dataclass
class Alias(Named):
    """A name for an integer type, whose values are the constants of the enumeration behind it."""

    type: str


@dataclass
class Constant(Named):
    value: int
    alias: str  # the Alias it is a value of; "" for flags


@dataclass
class Enumeration:
    """An enumeration without a name: its comment speaks of all its constants."""

    alias: str
    comment: Comment
    constants: list


@dataclass
class Macro(Named):
    value: "str | int"


@dataclass
class Header:
    name: str  # "tlsrpt/parser.h"
    comment: Comment
    includes: list  # other public headers
    declarations: list = field(default_factory=list)
    library: str = ""

    def of(self, kind):
        return [d for d in self.declarations if type(d) is kind]


TOKEN = re.compile(
    r"""(?P<doc>/\*\*(?!/).*?\*/) | (?P<comment>/\*.*?\*/) | (?P<directive>^[ \t]*\#(?:[^\n\\]|\\\n|\\.)*)
      | (?P<string>"[^"\\\n]*") | (?P<number>0x[0-9a-fA-F]+|[0-9]+) | (?P<name>[A-Za-z_]\w*) | (?P<sign>[-{}()\[\]*;,=])
      | (?P<blank>\s+)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


@dataclass
class Token:
    kind: str
    text: str
    line: int


def tokens_of(path, text):
    """Tokens, and directives as one token each, without blanks and ordinary comments."""
    tokens, at, line = [], 0, 1
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Wrong(f"{path}:{line}: cannot read {text[at:at + 20]!r}")
        if match.lastgroup not in ("blank", "comment"):
            tokens.append(Token(match.lastgroup, match.group(), line))
        line += match.group().count("\n")
        at = match.end()
    return tokens


def selected(path, tokens):
    """What a C program sees: of #ifdef and #if the last branch (the others are for C++, other systems or the library's own
    build), of #ifndef all."""
    seen, conditions = [], []
    for token in tokens:
        if token.kind != "directive":
            if all(conditions):
                seen.append(token)
            continue
        word = token.text.lstrip(" \t#").split()[0]
        if word in ("if", "ifdef", "ifndef"):
            conditions.append(word == "ifndef")
        elif word == "elif" and conditions:
            conditions[-1] = False
        elif word == "else" and conditions:
            conditions[-1] = not conditions[-1]
        elif word == "endif" and conditions:
            conditions.pop()
        elif word not in ("define", "include"):
            raise Wrong(f"{path}:{token.line}: unknown directive #{word}")
        elif all(conditions):
            seen.append(token)
    return seen


def declared(type_, name):
    """The declaration of a name: stars stand with the name, the length of an array behind it."""
    base, bracket, length = type_.partition("[")
    return base + ("" if base.endswith("*") else " ") + name + bracket + length


class Reader:
    def __init__(self, path, text):
        self.path = path
        self.tokens = selected(path, tokens_of(path, text))
        self.at = 0

    def wrong(self, message):
        token = self.tokens[min(self.at, len(self.tokens) - 1)]
        raise Wrong(f"{self.path}:{token.line}: {message}, at {token.text[:40]!r}")

    def peek(self, text):
        return self.at < len(self.tokens) and self.tokens[self.at].text == text

    def take(self, text):
        if not self.peek(text):
            return False
        self.at += 1
        return True

    def need(self, *texts):
        for text in texts:
            if not self.take(text):
                self.wrong(f"expected {text!r}")

    def take_kind(self, kind):
        if self.at == len(self.tokens) or self.tokens[self.at].kind != kind:
            return None
        self.at += 1
        return self.tokens[self.at - 1].text

    def need_name(self):
        return self.take_kind("name") or self.wrong("expected a name")

    def need_integer(self):
        sign = -1 if self.take("-") else 1
        return sign * int(self.take_kind("number") or self.wrong("expected a number"), 0)

    def before(self):
        """The comment in front of a declaration."""
        text = self.take_kind("doc")
        if text and text.startswith("/**<"):
            self.at -= 1
            self.wrong("a comment that belongs to nothing")
        return read_comment(text) if text else Comment()

    def behind(self, before):
        """The comment behind a member, where none stood in front of it."""
        if self.at < len(self.tokens) and self.tokens[self.at].text.startswith("/**<"):
            if before:
                self.wrong("two comments on one thing")
            return read_comment(self.take_kind("doc"))
        return before

    def words(self):
        """Names and stars, as far as they go."""
        words = []
        while (word := "*" if self.take("*") else self.take_kind("name")) is not None:
            words.append(word)
        return words

    def type_of(self, words):
        """A type is one name, maybe with `struct`, and with `const` and stars: "const char *const *"."""
        if len([word for word in words if word not in ("const", "struct", "*")]) != 1:
            self.wrong("expected a type, which is one name, and a name")
        return " ".join(words).replace("* *", "**").replace("* const", "*const")

    def type_and_name(self):
        words = self.words()
        return self.type_of(words[:-1]), words[-1]

    def parameters(self):
        """Behind the opening parenthesis, up to the closing one."""
        if self.take("void"):
            if self.take(")"):
                return []
            self.at -= 1
        parameters = []
        while True:
            type_, name = self.type_and_name()
            parameters.append(Variable(name, Comment(), type_))
            if self.take(")"):
                return parameters
            self.need(",")

    def callback_or(self, comment):
        """TYPE (*NAME)(PARAMETERS), or TYPE NAME with an array's length."""
        words = self.words()
        if self.take("("):
            self.need("*")
            name = self.need_name()
            self.need(")", "(")
            return Callback(name, comment, self.type_of(words), self.parameters())
        type_, name = self.type_of(words[:-1]), words[-1]
        if self.take("["):
            type_ += f"[{self.need_integer()}]"
            self.need("]")
        return Variable(name, comment, type_)

    def members(self):
        members = []
        while not self.take("}"):
            comment = self.before()
            member = self.callback_or(comment)
            self.need(";")
            comment = self.behind(comment)
            if isinstance(member, Callback):
                member = Variable(member.name, comment, "", member)
            member.comment = comment
            members.append(member)
        return members

    def constants(self, alias):
        constants = []
        while not self.take("}"):
            comment = self.before()
            name = self.need_name()
            self.need("=")
            value = self.need_integer()
            # The comma stands before the comment, but for the last one, which has none.
            comma = self.take(",")
            constants.append(Constant(name, self.behind(comment), value, alias))
            if not comma and not self.peek("}"):
                self.wrong("expected ','")
        return constants

    def typedef(self, comment):
        if self.take("struct"):
            name = self.need_name()
            members = self.members() if self.take("{") else []
            self.need(name, ";")
            return Struct(name, comment, members)
        made = self.callback_or(comment)
        self.need(";")
        return made if isinstance(made, Callback) else Alias(made.name, comment, made.type)

    def function(self, comment):
        returns, name = self.type_and_name()
        self.need("(")
        made = Function(name, comment, returns, self.parameters())
        self.need(";")
        known = {p.name: p for p in made.parameters}
        for parameter, text in comment.parameters.items():
            if parameter not in known:
                self.wrong(f"{name} has no parameter {parameter}")
            known[parameter].comment = Comment(text)
        return made

    def macro(self, comment, directive):
        _, name, value = (directive.split(None, 2) + [""])[:3]
        if not value:
            return None  # the header's guard, or TRPT_API, which a program sees as nothing
        if re.fullmatch(r'"[^"\\]*"', value):
            return Macro(name, comment, value[1:-1])
        if re.fullmatch(r"0x[0-9a-fA-F]+|[1-9][0-9]*|0", value):
            return Macro(name, comment, int(value, 0))
        return self.wrong(f"a macro that is neither text nor number: {name}")

    def header(self, name):
        made = Header(name, Comment(), [])
        alias = ""
        while self.at < len(self.tokens):
            start = self.at
            comment = self.before()
            if comment.is_file:
                made.comment = comment
                continue
            declaration, after = None, ""
            if (directive := self.take_kind("directive")) is not None:
                if include := re.fullmatch(r"#include <(tlsrpt/\w+\.h)>", directive):
                    made.includes.append(include.group(1))
                elif directive.startswith("#define"):
                    declaration = self.macro(comment, directive)
            elif self.take("typedef"):
                declaration = self.typedef(comment)
                after = declaration.name if isinstance(declaration, Alias) else ""
            elif self.take("enum"):
                self.need("{")
                declaration = Enumeration("" if comment else alias, comment, self.constants("" if comment else alias))
                self.need(";")
            elif self.take("struct"):
                declaration = Struct(self.need_name(), comment, [], True)
                self.need("{")
                declaration.members = self.members()
                self.need(";")
            elif self.take("TRPT_API"):
                declaration = self.function(comment)
            else:
                self.wrong("unknown declaration")
            if declaration:
                if not isinstance(declaration, Enumeration) and not declaration.comment:
                    self.at = start
                    self.wrong(f"{declaration.name} has no comment")
                made.declarations.append(declaration)
            alias = after
        if not made.comment:
            self.wrong("no comment with @file")
        return made


def symbols_of(root):
    """The symbols of each library, from its version script: {"libtrpt": {"trpt_version", ...}}."""
    symbols = {}
    for path in sorted(root.glob("lib/**/*.map")):
        symbols[path.stem] = set(re.findall(r"^\s+(trpt_\w+);$", path.read_text(), re.MULTILINE))
    return symbols


def set_libraries(root, headers):
    """The library of a header is the one that exports its functions; one without functions has that of what it includes."""
    libraries = symbols_of(root)
    by_name = {h.name: h for h in headers}
    for header in headers:
        names = {f.name for f in header.of(Function)}
        exporting = [library for library, symbols in libraries.items() if names and names <= symbols]
        if names and len(exporting) != 1:
            raise Wrong(f"{header.name}: no lib/**/*.map has all of its functions: {', '.join(sorted(names))}")
        header.library = exporting[0] if exporting else ""
    for header in headers:
        if not header.library:
            header.library = by_name[header.includes[-1]].library if header.includes else ""
        if not header.library:
            raise Wrong(f"{header.name}: neither functions nor includes tell its library")
    for library, symbols in libraries.items():
        missing = symbols - {f.name for h in headers if h.library == library for f in h.of(Function)}
        if missing:
            raise Wrong(f"{library} exports what no header declares: {', '.join(sorted(missing))}")


def in_order(headers):
    """Each header behind those that it includes."""
    by_name, ordered = {h.name: h for h in headers}, []

    def add(header):
        for name in header.includes:
            if name not in by_name:
                raise Wrong(f"{header.name} includes {name}, which is not here")
            add(by_name[name])
        if header not in ordered:
            ordered.append(header)

    for header in headers:
        add(header)
    return ordered


def read_headers(root):
    """All headers, each behind those that it includes, otherwise in the order of their names."""
    headers = [
        Reader(path.relative_to(root), path.read_text()).header(f"tlsrpt/{path.name}")
        for path in sorted(Path(root).glob("include/tlsrpt/*.h"))
    ]
    set_libraries(Path(root), headers)
    return in_order(headers)
