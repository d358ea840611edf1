r"""What must not change when a program runs. A transcript is committed beside its program and read in reviews:

    $ python snippets/core-concepts/cancellation/cleaning_up.py
    chopping onions
    2> snippets/core-concepts/cancellation/cleaning_up.py:5: RuntimeWarning: coroutine 'greet' was never awaited
    #: lines in any order
    0x[..] finished in [..] ms
    [...]
    #: lines in order
    #: exit 1

The first line is the command. Every other line is a line of output, in the order in which they began, or one of these:

    2> text                   a line on stderr (`2>` where it is empty)
    [..]                      within a line: any text, also none
    [...]                     alone: any number of lines of both streams, also none; `2> [...]` the same of stderr only
    #: lines in any order     from here on, until
    #: lines in order         puts an end to it
    #: exit 1                 last, where the exit status is not 0; `#: signal SIGKILL` where a signal ended the program

A backslash before a line takes its meaning away: `\#: exit 1` is a line that the program printed; so is `\[...]`, and a
line that itself begins with a backslash gets a second one. Within a line, `[\..]` is what a program printed as `[..]`.

What a terminal or an editor would act on, hide or cut off is made visible: control characters by their pictures
(`␛`, and `␍` at the end of a line that the program drew over), blanks at the end of a line as `␠` and `␉`, an empty
line at the very end as a lone backslash, and other characters that move or hide text by number (`<U+202E>`). To a
transcript, a character and its visible form are the same.

Nothing here reads or writes files.
"""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple, TypeAlias

from runnable.problem import Problem, ProblemsError, listed, nearest
from runnable.recording import Recording, Stream
from runnable.snippet import Snippet
from runnable.visible import visible

STREAMS: tuple[Stream, Stream] = ("out", "err")
ANY_ORDER = "lines in any order"
IN_ORDER = "lines in order"
_KNOWN = (ANY_ORDER, IN_ORDER, "exit 1", "signal SIGKILL")

_ENDING = re.compile(r"exit \d+|signal (SIG[A-Z0-9]+|\d+)")
_WILDCARD = re.compile(r"\[(\\*)\.\.\]")
_RESERVED = ("\\", "$ ", "2>", "#:")

_BLANKS = str.maketrans(" \t", "␠␉")

_MEND = "Correct it, or run “make accept” to make the transcript anew."
_IF_PRINTED = "If the program prints this line, put a backslash before it."


def ending(status: int) -> str:
    """How a program ended, in the words of a transcript: `exit 1`, `signal SIGKILL`, or nothing for exit status 0."""
    if status >= 0:
        return f"exit {status}" if status else ""
    try:
        return f"signal {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"


class Printed(NamedTuple):
    """One line of output, made visible."""

    stream: Stream
    text: str

    @classmethod
    def of(cls, stream: Stream, text: str) -> Printed:
        """The line `text` as a transcript knows it."""
        text = visible(text)
        body = text.rstrip(" \t")
        return cls(stream, body + text[len(body) :].translate(_BLANKS))


@dataclass(frozen=True)
class Pattern:
    """One line of output that is expected: `pieces` of text, with any text between each and the next."""

    stream: Stream
    pieces: tuple[str, ...]
    number: int = field(default=0, compare=False)
    """Its line in the transcript, counted from 1."""

    @classmethod
    def exactly(cls, line: Printed) -> Pattern:
        """The pattern that matches no line but `line`."""
        return cls(line.stream, (line.text,))

    @property
    def is_exact(self) -> bool:
        """Whether it has no wildcard."""
        return len(self.pieces) == 1

    def takes(self, stream: Stream) -> bool:
        """Whether it is about lines of `stream`."""
        return stream == self.stream

    def matches(self, line: Printed) -> bool:
        """Whether `line` is such a line. Takes time in proportion to its length, however many wildcards there are."""
        stream, text = line
        if stream != self.stream:
            return False
        first, *rest = self.pieces
        if not rest:
            return text == first
        last = rest.pop()
        at, end = len(first), len(text) - len(last)
        if at > end or not (text.startswith(first) and text.endswith(last)):
            return False
        for piece in rest:
            at = text.find(piece, at, end)
            if at < 0:
                return False
            at += len(piece)
        return True

    def __str__(self) -> str:
        body = "[..]".join(_WILDCARD.sub(r"[\\\1..]", piece) for piece in self.pieces)
        if body.startswith(_RESERVED if self.stream == "out" else "\\") or body == "[...]":
            body = f"\\{body}"
        return body if self.stream == "out" else f"2> {body}" if body else "2>"


@dataclass(frozen=True)
class AnyLines:
    """Any number of lines, also none: of both streams, or of stderr only."""

    only_stderr: bool = False
    number: int = field(default=0, compare=False)

    def takes(self, stream: Stream) -> bool:
        """Whether lines of `stream` are among them."""
        return stream == "err" or not self.only_stderr

    def __str__(self) -> str:
        return "2> [...]" if self.only_stderr else "[...]"


@dataclass(frozen=True)
class Directive:
    """Where free order begins or ends: `text` is ANY_ORDER or IN_ORDER."""

    text: str
    number: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"#: {self.text}"


Item: TypeAlias = Pattern | AnyLines | Directive


@dataclass(frozen=True)
class Transcript:
    """The part of a recording that must not change unnoticed. `str()` gives the text of its file."""

    command: str
    items: tuple[Item, ...]
    ending: str = ""
    """`exit 1` or `signal SIGKILL`; empty for exit status 0."""
    height: int = field(default=0, compare=False)
    """The number of lines in the file it was read from."""

    @classmethod
    def parse(cls, text: str, place: str) -> Transcript:
        """The transcript that the file `place` holds as `text`. Raises ProblemsError, with every problem in it.

        Harmless traces of editors are let pass: a byte order mark, CRLF, no newline at the end, blanks at the end of
        a line that only structures the transcript, control characters that were pasted as they are.
        """
        rows = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
        if rows[-1] == "":
            rows.pop()
        if not rows:
            raise ProblemsError([Problem(place, None, "the transcript is empty. Run “make accept” to make it anew.")])
        problems: list[Problem] = []

        def wrong(number: int, what: str) -> None:
            problems.append(Problem(place, number, what))

        if not rows[0].startswith("$ "):
            program = PurePosixPath(place).with_suffix(".py")
            wrong(1, f"the first line must be the command, as in “$ python {program}”. {_MEND}")
        items: list[Item] = []
        free_since = 0
        ended = ""
        for number, row in enumerate(rows[1:], 2):
            if ended:
                wrong(number - 1, f"“#: {ended}” must be the last line. Move it to the end, or delete it.")
                ended = ""
            try:
                item = _item(row, number)
            except ValueError as error:
                wrong(number, str(error))
                continue
            if isinstance(item, Directive):
                if _ENDING.fullmatch(item.text):
                    ended = item.text
                    continue
                if (item.text == ANY_ORDER) == bool(free_since):
                    since = f"their order is free since line {free_since}" if free_since else "lines are in order here"
                    wrong(number, f"“{item}” changes nothing: {since}. Delete it.")
                free_since = number if item.text == ANY_ORDER else 0
            items.append(item)
        if problems:
            raise ProblemsError(problems)
        return cls(rows[0][2:].strip(), tuple(items), _canonical(ended), len(rows))

    @classmethod
    def of(cls, snippet: Snippet, recording: Recording) -> Transcript:
        """All that `recording` printed, without a wildcard."""
        items = tuple(Pattern.exactly(line) for line in printed(recording))
        return cls(snippet.command, items, ending(recording.exit))

    @property
    def lines(self) -> list[Printed]:
        """The expected output, as it may be shown to a reader where there is no recording; wildcards are kept."""
        shown = []
        for item in self.items:
            if isinstance(item, Pattern):
                shown.append(Printed(item.stream, "[..]".join(item.pieces)))
            elif isinstance(item, AnyLines):
                shown.append(Printed("err" if item.only_stderr else "out", "[...]"))
        return shown

    def __str__(self) -> str:
        rows = [f"$ {self.command}", *map(str, self.items)]
        if self.ending:
            rows.append(f"#: {self.ending}")
        elif not rows[-1]:
            rows[-1] = "\\"  # Editors delete empty lines at the end of a file.
        return "\n".join(rows) + "\n"


def printed(recording: Recording) -> list[Printed]:
    """The output of a recording as a transcript knows it, in the order in which the lines began."""
    return [Printed.of(line.stream, line.text) for line in recording.lines]


def render(snippet: Snippet, recording: Recording) -> str:
    """The text of a new transcript."""
    return str(Transcript.of(snippet, recording))


def transcript_place(snippet: Snippet) -> str:
    """The path of a program's transcript as shown to people."""
    return PurePosixPath(snippet.place).with_suffix(".out").as_posix()


def _item(row: str, number: int) -> Item:
    """What one line of a transcript says. Raises ValueError with what is wrong and what to do."""
    bare = row.rstrip(" \t")
    if bare in {"[...]", "2> [...]"}:
        return AnyLines(bare.startswith("2>"), number)
    if row.startswith("#:"):
        text = " ".join(bare[2:].split())
        if text not in (ANY_ORDER, IN_ORDER) and not _ENDING.fullmatch(text):
            meant = nearest(text, _KNOWN, most=1)
            hint = f"Did you mean “#: {meant[0]}”? " if meant else ""
            known = listed(f"“#: {name}”" for name in _KNOWN)
            raise ValueError(f"unknown directive “{visible(bare)}”. {hint}Known: {known}. {_IF_PRINTED}")
        return Directive(text, number)
    if row.startswith("$ "):
        raise ValueError(f"only the first line may be a command. Delete this one. {_IF_PRINTED}")
    stream: Stream = "out"
    if row.startswith("2>"):
        if bare != "2>" and row[2] != " ":
            raise ValueError(f"a line on stderr is written with a blank after “2>”. Add it. {_IF_PRINTED}")
        stream, row = "err", "" if bare == "2>" else row[3:]
    return Pattern(stream, _pieces(Printed.of(stream, row.removeprefix("\\")).text), number)


def _pieces(body: str) -> tuple[str, ...]:
    pieces = [""]
    at = 0
    for wildcard in _WILDCARD.finditer(body):
        pieces[-1] += body[at : wildcard.start()]
        if wildcard[1]:
            pieces[-1] += f"[{wildcard[1][1:]}..]"
        else:
            pieces.append("")
        at = wildcard.end()
    pieces[-1] += body[at:]
    return tuple(pieces)


def _canonical(ended: str) -> str:
    kind, _, value = ended.partition(" ")
    if not value.isdecimal():
        return ended
    return ending(int(value) if kind == "exit" else -int(value))
