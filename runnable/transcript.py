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

import difflib
import re
import signal
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from pathlib import PurePosixPath
from typing import NamedTuple, TypeAlias

from runnable.problem import Problem, ProblemsError, listed, nearest
from runnable.recording import Recording, Stream
from runnable.snippet import Snippet

ANY_ORDER = "lines in any order"
IN_ORDER = "lines in order"
_KNOWN = (ANY_ORDER, IN_ORDER, "exit 1", "signal SIGKILL")

_ENDING = re.compile(r"exit \d+|signal (SIG[A-Z0-9]+|\d+)")
_WILDCARD = re.compile(r"\[(\\*)\.\.\]")
_RESERVED = ("\\", "$ ", "2>", "#:")
_WORD = re.compile(r"\w+")

# Characters without a picture that move, hide or reorder text, end a line in some editors, or do not exist in UTF-8.
# Joiners (U+200C, U+200D) are not among them: scripts and emoji need them.
_NAMED = (
    *range(0x80, 0xA0), 0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2060, 0x2070),
    *range(0xD800, 0xE000), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
)  # fmt: skip
_VISIBLE: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20) if chr(code) != "\t"},
    0x7F: 0x2421,
    **{code: f"<U+{code:04X}>" for code in _NAMED},
}
_BLANKS = str.maketrans(" \t", "␠␉")


def visible(text: str) -> str:
    """`text` with everything that a terminal, a browser or an editor would act on or hide made visible; tabs stay."""
    return text.translate(_VISIBLE)


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


class Step(NamedTuple):
    """One item of a transcript beside one line of output; either may be missing."""

    item: Item | None
    line: Printed | None
    fits: bool


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

    def fits(self, lines: Sequence[Printed], *, ordered: bool = True) -> bool:
        """Whether `lines` are as expected. Raises TooHardError.

        Where `ordered` is false, it is not known how lines of stdout and stderr followed each other: each stream is
        compared by itself.
        """
        effort = _Effort()
        if ordered:
            return _fits(_parts(self.items), lines, effort)
        return all(
            _fits(_parts(_of_stream(self.items, stream)), [line for line in lines if line.stream == stream], effort)
            for stream in _STREAMS
        )

    def compare(self, lines: Sequence[Printed], *, ordered: bool = True) -> list[Step]:
        """Which line stands for which item, where they do not fit; items in their order, and few changes."""
        effort = _Effort()
        if not ordered:
            lines = _interleaved(self.items, lines, effort)
        steps: list[Step] = []
        for part, taken in _laid(_parts(self.items), lines, effort):
            if part is None:
                steps += [Step(None, line, False) for line in taken]
            elif isinstance(part, FreeOrder):
                steps += _settled(part, taken, effort)
            elif isinstance(part, AnyLines):
                steps.append(Step(part, None, True))
            else:
                line = taken[0] if taken else None
                steps.append(Step(part, line, line is not None and part.matches(line)))
        return steps

    def __str__(self) -> str:
        rows = [f"$ {self.command}", *map(str, self.items)]
        if self.ending:
            rows.append(f"#: {self.ending}")
        elif not rows[-1]:
            rows[-1] = "\\"  # Editors delete empty lines at the end of a file.
        return "\n".join(rows) + "\n"


class TooHardError(Exception):
    """So many lines with wildcards may stand for one another that comparing would take too long."""


def printed(recording: Recording) -> list[Printed]:
    """The output of a recording as a transcript knows it, in the order in which the lines began."""
    return [Printed.of(line.stream, line.text) for line in recording.lines]


def render(snippet: Snippet, recording: Recording) -> str:
    """The text of a new transcript."""
    return str(Transcript.of(snippet, recording))


def drift(snippet: Snippet, text: str | None, recording: Recording, *, ordered: bool = True) -> Problem | None:
    """What in `recording` differs from the transcript `text`; None where nothing does.

    `text` is None where there is no transcript. A transcript that cannot be read is a Problem too. `ordered` is false
    where the recorder could not tell in which order lines of stdout and stderr were written.
    """
    place = transcript_place(snippet)
    if text is None:
        what = f"there is no transcript of {snippet.place}. Read what it printed, then keep it with “make accept”."
        fresh = render(snippet, recording).splitlines()
        return Problem(place, None, what, "\n".join(_limited([f"+ {_cut(row)}" for row in fresh])))
    try:
        transcript = Transcript.parse(text, place)
    except ProblemsError as error:
        first, *others = error.problems
        return Problem(place, first.line, first.what, "\n".join(map(str, others)))
    lines, ended = printed(recording), ending(recording.exit)
    try:
        fits = transcript.fits(lines, ordered=ordered)
    except TooHardError:
        what = "this takes too long to compare: too many lines with wildcards may stand for one another. "
        return Problem(place, None, what + "Put one “[...]” in place of some of them.")
    if fits and transcript.command == snippet.command and transcript.ending == ended:
        return None
    if fits:
        steps = [Step(item, None, True) for item in transcript.items]
    else:
        steps = transcript.compare(lines, ordered=ordered)
    rows = _rows(_pairs(transcript, steps, snippet.command, ended), transcript.height)
    line = next(row.number for row in rows if row.mark != " ")
    if not fits and _only_order_differs(transcript, lines):
        what = (
            f"the same lines come in another order. If any order is right, put “#: {ANY_ORDER}” above them; "
            f"if only the new one is, run “make accept”; if neither, correct {snippet.place}."
        )
    elif fits and transcript.ending == ended:
        what = "this is the transcript of another command. Run “make accept” to put it right."
    else:
        now = f"ended with {_spoken(ended)}, not with {_spoken(transcript.ending)}" if fits else "no longer prints this"
        what = f"the program {now}. If that is right, run “make accept”; if not, correct {snippet.place}."
    heads = ["- the transcript", f"+ what {recording.interpreter} printed"]
    return Problem(place, line, what, "\n".join([*heads, *_limited(_hunks(rows, transcript.height))]))


def accepted(snippet: Snippet, old_text: str | None, recording: Recording, *, ordered: bool = True) -> str:
    """The text of the transcript that keeps what `recording` printed.

    Wildcards and directives of the old one stay where they still fit; where a line around them was reworded, they move
    along. An old one that cannot be read is replaced. The result never drifts from `recording`, and accepting it again
    changes nothing.
    """
    if old_text is not None:
        try:
            old = Transcript.parse(old_text, transcript_place(snippet))
            lines = printed(recording)
            items = old.items if old.fits(lines, ordered=ordered) else _kept(old.compare(lines, ordered=ordered))
            new = Transcript(snippet.command, items, ending(recording.exit))
            if new.fits(lines, ordered=ordered):
                return str(new)
        except (ProblemsError, TooHardError):
            pass
    return render(snippet, recording)


def transcript_place(snippet: Snippet) -> str:
    """The path of a program's transcript as shown to people."""
    return PurePosixPath(snippet.place).with_suffix(".out").as_posix()


# Reading.

_STREAMS: tuple[Stream, Stream] = ("out", "err")
_MEND = "Correct it, or run “make accept” to make the transcript anew."
_IF_PRINTED = "If the program prints this line, put a backslash before it."


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


# Comparing. `parts` are the items of a transcript with those in free order gathered.


@dataclass(frozen=True)
class FreeOrder:
    """Lines whose order is free, with the directives before and, unless the transcript ends there, after them."""

    begin: Directive
    items: tuple[Pattern | AnyLines, ...]
    end: Directive | None

    @property
    def number(self) -> int:
        """The line in the transcript at which it begins."""
        return self.begin.number

    def takes(self, stream: Stream) -> bool:
        """Whether it says that any number of lines of `stream` may stand among its own."""
        return any(item.takes(stream) for item in self.any_lines)

    @cached_property
    def any_lines(self) -> set[AnyLines]:
        """The `[...]` and `2> [...]` among its lines."""
        return {item for item in self.items if isinstance(item, AnyLines)}

    @cached_property
    def patterns(self) -> Counter[Pattern]:
        """Its lines without `[...]`, and how many of each there are."""
        return Counter(item for item in self.items if isinstance(item, Pattern))

    @cached_property
    def size(self) -> int:
        """The number of its lines."""
        return self.patterns.total()

    @cached_property
    def wild(self) -> list[Pattern]:
        """Its lines with wildcards, equal ones once."""
        return [pattern for pattern in self.patterns if not pattern.is_exact]


Part: TypeAlias = Pattern | AnyLines | FreeOrder


def _parts(items: Iterable[Item]) -> list[Part]:
    parts: list[Part] = []
    begin: Directive | None = None
    inside: list[Pattern | AnyLines] = []
    for item in items:
        if isinstance(item, Directive):
            if begin is not None:
                parts.append(FreeOrder(begin, tuple(inside), item))
            begin = item if item.text == ANY_ORDER else None
            inside = []
        elif begin is not None:
            inside.append(item)
        else:
            parts.append(item)
    if begin is not None:
        parts.append(FreeOrder(begin, tuple(inside), None))
    return parts


def _of_stream(items: Iterable[Item], stream: Stream) -> list[Item]:
    return [
        item
        for item in items
        if (item.stream == stream if isinstance(item, Pattern) else isinstance(item, Directive) or item.takes(stream))
    ]


class _Effort:
    """How much work a comparison may still be: about a second of it."""

    def __init__(self, most: int = 500_000) -> None:
        self.left = most

    def spend(self, amount: int = 1) -> None:
        self.left -= amount
        if self.left < 0:
            raise TooHardError

    def allows(self, amount: int) -> bool:
        if amount > self.left:
            return False
        self.left -= amount
        return True


def _agreeing(parts: Sequence[Part], lines: Sequence[Printed]) -> int:
    """How many parts from the first on are lines that match, one by one."""
    count = 0
    for part, line in zip(parts, lines, strict=False):
        if not isinstance(part, Pattern) or not part.matches(line):
            break
        count += 1
    return count


def _ends_agreeing(parts: Sequence[Part], lines: Sequence[Printed]) -> tuple[int, int]:
    """How many lines match one by one at the beginning, and how many of the others at the end."""
    before = _agreeing(parts, lines)
    return before, _agreeing(parts[before:][::-1], lines[before:][::-1])


def _fits(parts: Sequence[Part], lines: Sequence[Printed], effort: _Effort) -> bool:
    """Whether `parts` describe `lines` as a whole.

    The places in `lines` that may be reached are the bits of one number: bit n stands for the place before line n. So
    each part moves all of them at once, and there is nothing to go back to.
    """
    before, after = _ends_agreeing(parts, lines)
    parts, lines = parts[before : len(parts) - after], lines[before : len(lines) - after]
    if not parts:
        return not lines
    if isinstance(parts[0], Pattern) or isinstance(parts[-1], Pattern):
        return False
    reach = 1
    places = _Places(lines, effort)
    for part in parts:
        if isinstance(part, Pattern):
            reach = places.after(part, reach)
        elif isinstance(part, AnyLines):
            reach = places.beyond(part, reach)
        else:
            reach = places.around(part, reach)
        if not reach:
            return False
    return bool(reach >> len(lines) & 1)


class _Places:
    """Where in `lines` one gets from a set of places."""

    def __init__(self, lines: Sequence[Printed], effort: _Effort) -> None:
        self._lines = lines
        self._effort = effort
        self._masks: dict[Pattern, int] = {}
        self._at: dict[Printed, list[int]] = _positions(lines)

    def after(self, pattern: Pattern, reach: int) -> int:
        """Past one line that `pattern` matches."""
        if pattern not in self._masks and reach.bit_count() < 16:
            reached = 0
            for place in _bits(reach):
                self._effort.spend()
                if place < len(self._lines) and pattern.matches(self._lines[place]):
                    reached |= 2 << place
            return reached
        if pattern not in self._masks:
            self._masks[pattern] = self._mask(pattern)
        self._effort.spend(1 + len(self._lines) // 1000)
        return (reach & self._masks[pattern]) << 1

    def beyond(self, any_lines: AnyLines, reach: int) -> int:
        """Past any number of lines."""
        if not any_lines.only_stderr:
            return self._from(_lowest(reach))
        done = 0
        for place in _bits(reach):
            self._effort.spend()
            if done >> place & 1:
                continue
            end = place
            while end < len(self._lines) and self._lines[end].stream == "err":
                end += 1
            self._effort.spend(end - place)
            done |= (2 << end) - (1 << place)
        return done

    def around(self, block: FreeOrder, reach: int) -> int:
        """Past the lines of `block`, in any order."""
        if block.takes("out"):
            # What is found from the first place is found from it whatever lies between.
            end = next(self._ends(block, _lowest(reach)), None)
            return 0 if end is None else self._from(end)
        reached = 0
        for place in _bits(reach):
            for end in self._ends(block, place):
                reached |= 1 << end
        return reached

    def _ends(self, block: FreeOrder, start: int) -> Iterator[int]:
        pairing = _Pairing(block, self._effort)
        for end in range(start, len(self._lines) + 1):
            if not pairing.missing:
                yield end
                if not block.takes("err"):
                    return
            if end == len(self._lines):
                return
            line = self._lines[end]
            if not pairing.add(line) and not block.takes(line.stream):
                return

    def _from(self, place: int) -> int:
        return (2 << len(self._lines)) - (1 << place)

    def _mask(self, pattern: Pattern) -> int:
        if pattern.is_exact:
            found = self._at.get(Printed(pattern.stream, pattern.pieces[0]), [])
        else:
            self._effort.spend(len(self._lines))
            found = [place for place, line in enumerate(self._lines) if pattern.matches(line)]
        bits = bytearray(len(self._lines) // 8 + 1)
        for place in found:
            bits[place // 8] |= 1 << place % 8
        return int.from_bytes(bits, "little")


def _positions(lines: Sequence[Printed]) -> dict[Printed, list[int]]:
    found: dict[Printed, list[int]] = {}
    for place, line in enumerate(lines):
        found.setdefault(line, []).append(place)
    return found


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _bits(bits: int) -> Iterator[int]:
    while bits:
        lowest = _lowest(bits)
        yield lowest
        bits ^= 1 << lowest


class _Pairing:
    """Gives each pattern of a FreeOrder a line of its own, moving those given before where that makes room.

    A line goes to a pattern without wildcards if one is free: no other text could take that place. For the rest these
    are the augmenting paths of bipartite matching, with equal patterns as one that has room for several lines.
    """

    def __init__(self, block: FreeOrder, effort: _Effort) -> None:
        self._block = block
        self._effort = effort
        self._held: dict[Pattern, list[Printed]] = {}
        self._wild = block.wild
        self.missing = block.size
        """How many patterns have no line yet."""

    def add(self, line: Printed) -> bool:
        """Whether there is a pattern for `line` too."""
        self._effort.spend()
        exact = Pattern.exactly(line)
        if self._has_room(exact):
            self._held.setdefault(exact, []).append(line)
        elif not self._place(line):
            return False
        self.missing -= 1
        return True

    def by_item(self) -> list[Printed | None]:
        """For each item of the block its line; None for `[...]` and for what is missing."""
        waiting = {pattern: deque(lines) for pattern, lines in self._held.items()}
        return [
            waiting[item].popleft() if isinstance(item, Pattern) and waiting.get(item) else None
            for item in self._block.items
        ]

    def _has_room(self, pattern: Pattern) -> bool:
        return len(self._held.get(pattern, ())) < self._block.patterns[pattern]

    def _place(self, line: Printed) -> bool:
        came: dict[Pattern, tuple[Printed, Pattern | None]] = {}
        waiting: deque[tuple[Printed, Pattern | None]] = deque([(line, None)])
        while waiting:
            moving, source = waiting.popleft()
            for pattern in self._wild:
                self._effort.spend()
                if not pattern.matches(moving) or pattern in came:
                    continue
                came[pattern] = moving, source
                if self._has_room(pattern):
                    self._shift(pattern, came)
                    return True
                self._effort.spend(len(self._held[pattern]))
                waiting.extend((held, pattern) for held in dict.fromkeys(self._held[pattern]))
        if came:  # Nothing in there can ever move out: not to be searched again.
            self._wild = [pattern for pattern in self._wild if pattern not in came]
        return False

    def _shift(self, pattern: Pattern, came: dict[Pattern, tuple[Printed, Pattern | None]]) -> None:
        goal: Pattern | None = pattern
        while goal is not None:
            moving, source = came[goal]
            self._held.setdefault(goal, []).append(moving)
            if source is not None:
                self._held[source].remove(moving)
            goal = source


# Aligning: which line stands for which item, where a transcript and an output do not fit.


Layout: TypeAlias = list[tuple[Part | None, Sequence[Printed]]]
"""Parts in their order, each with its lines; None for lines that belong to none."""

# Costs of an alignment. Lines that `[...]` takes cost next to nothing, whatever their number.
_CHANGE = 1 << 24
_TAKE = 1
# The most cells that one table of costs may have.
_CELLS = 400_000
_DROP, _PAIR, _RIGHT = range(3)


def _interleaved(items: Sequence[Item], lines: Sequence[Printed], effort: _Effort) -> list[Printed]:
    """`lines` with stdout and stderr following each other as in the transcript, as far as the two allow."""
    ranked: list[tuple[int, Printed]] = []
    for stream in _STREAMS:
        rank = 0
        own = [line for line in lines if line.stream == stream]
        for part, taken in _laid(_parts(_of_stream(items, stream)), own, effort):
            rank = rank if part is None else part.number
            ranked += [(rank, line) for line in taken]
    return [line for _, line in sorted(ranked, key=itemgetter(0))]


def _laid(parts: Sequence[Part], lines: Sequence[Printed], effort: _Effort, depth: int = 8) -> Layout:
    """A layout with few changes: with the fewest where that can be found in reasonable time."""
    before, after = _ends_agreeing(parts, lines)
    first: Layout = [(part, [line]) for part, line in zip(parts[:before], lines[:before], strict=True)]
    last: Layout = [
        (part, [line]) for part, line in zip(parts[len(parts) - after :], lines[len(lines) - after :], strict=True)
    ]
    parts, lines = parts[before : len(parts) - after], lines[before : len(lines) - after]
    size = sum(1 + len(part.wild) if isinstance(part, FreeOrder) else 1 for part in parts) * (len(lines) + 1)
    if size <= _CELLS and effort.allows(size):
        return first + _cheapest(parts, lines) + last
    anchors = _anchors(parts, lines) if depth else []
    if not anchors:
        return first + _walked(parts, lines) + last
    middle: Layout = []
    part_at = line_at = 0
    for part, line in [*anchors, (len(parts), len(lines))]:
        middle += _laid(parts[part_at:part], lines[line_at:line], effort, depth - 1)
        middle += [(part, [line]) for part, line in zip(parts[part : part + 1], lines[line : line + 1], strict=True)]
        part_at, line_at = part + 1, line + 1
    return first + middle + last


def _anchors(parts: Sequence[Part], lines: Sequence[Printed]) -> list[tuple[int, int]]:
    """Lines that stand once in the transcript and once in the output: the longest row of them in the same order."""
    at = _positions(lines)
    wanted = Counter(parts)
    common = [
        (index, found[0])
        for index, part in enumerate(parts)
        if isinstance(part, Pattern) and part.is_exact and wanted[part] == 1
        for found in [at.get(Printed(part.stream, part.pieces[0]), [])]
        if len(found) == 1
    ]
    # Patience sorting: each pile's top, and what lay on the pile to the left when a pair was added.
    tops: list[int] = []
    piles: list[int] = []
    below: list[int | None] = []
    for order, (_, place) in enumerate(common):
        pile = bisect_left(tops, place)
        tops[pile : pile + 1] = [place]
        piles[pile : pile + 1] = [order]
        below.append(piles[pile - 1] if pile else None)
    chain: list[tuple[int, int]] = []
    last = piles[-1] if piles else None
    while last is not None:
        chain.append(common[last])
        last = below[last]
    return chain[::-1]


def _cheapest(parts: Sequence[Part], lines: Sequence[Printed]) -> Layout:
    """The layout with the lowest cost, from a table of the costs of all."""
    words = [_words(line.text) for line in lines]
    above = [_CHANGE * count for count in range(len(lines) + 1)]
    moves: list[bytearray] = []
    for part in parts:
        drop, pair, right = _costs(part, lines, words)
        row, move = [above[0] + drop], bytearray([_DROP])
        for column in range(len(lines)):
            best, way = above[column] + pair[column], _PAIR
            if above[column + 1] + drop < best:
                best, way = above[column + 1] + drop, _DROP
            if row[column] + right[column] < best:
                best, way = row[column] + right[column], _RIGHT
            row.append(best)
            move.append(way)
        moves.append(move)
        above = row
    return _traced(parts, lines, moves)


def _costs(
    part: Part, lines: Sequence[Printed], words: Sequence[frozenset[str]]
) -> tuple[int, Sequence[int], Sequence[int]]:
    """What it costs to leave `part` without a line, to pair it with each line, and to put each line in or after it."""
    never = [4 * _CHANGE] * len(lines)
    if isinstance(part, AnyLines):
        return 0, never, [_TAKE if part.takes(line.stream) else _CHANGE for line in lines]
    if isinstance(part, FreeOrder):
        exact = {Printed(item.stream, item.pieces[0]) for item in part.patterns if item.is_exact}
        wild = part.wild
        own = (
            line in exact or part.takes(line.stream) or any(pattern.matches(line) for pattern in wild) for line in lines
        )
        return 0, never, [_TAKE if yes else _CHANGE - _TAKE for yes in own]
    mine = _words("".join(part.pieces))

    def cost(line: Printed, theirs: frozenset[str]) -> int:
        if part.matches(line):
            return 0
        if part.stream != line.stream:
            return 4 * _CHANGE
        return _CHANGE if _alike(part, mine, theirs) else 2 * (_CHANGE - _TAKE)

    return _CHANGE, [cost(line, theirs) for line, theirs in zip(lines, words, strict=True)], [_CHANGE] * len(lines)


def _traced(parts: Sequence[Part], lines: Sequence[Printed], moves: Sequence[bytearray]) -> Layout:
    layout: Layout = []
    taken: list[Printed] = []
    row, column = len(parts), len(lines)
    while row or column:
        part = parts[row - 1] if row else None
        way = moves[row - 1][column] if row else _RIGHT
        if way == _RIGHT:
            column -= 1
            if isinstance(part, FreeOrder) or (isinstance(part, AnyLines) and part.takes(lines[column].stream)):
                taken.append(lines[column])
                continue
            if taken:  # `[...]` goes on behind a line that is not its own.
                layout.append((part, taken[::-1]))
                taken = []
            layout.append((None, [lines[column]]))
            continue
        if way == _PAIR:
            column -= 1
            taken.append(lines[column])
        layout.append((part, taken[::-1]))
        taken = []
        row -= 1
    return layout[::-1]


def _walked(parts: Sequence[Part], lines: Sequence[Printed]) -> Layout:
    """A layout for what is too large to weigh: line by line, `[...]` up to the next line that is known to follow it."""
    at = _positions(lines)
    place = 0
    layout: Layout = []
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        end = place + isinstance(part, Pattern)
        if not isinstance(part, Pattern):
            if following is None:
                end = len(lines)
            elif isinstance(following, Pattern) and following.is_exact:
                found = at.get(Printed(following.stream, following.pieces[0]), [])
                index = bisect_left(found, place)
                end = found[index] if index < len(found) else place
        taken = lines[place:end]
        if isinstance(part, AnyLines):
            foreign = (index for index, line in enumerate(taken) if not part.takes(line.stream))
            taken = taken[: next(foreign, len(taken))]
        layout.append((part, taken))
        place += len(taken)
    layout += [(None, [line]) for line in lines[place:]]
    return layout


def _settled(block: FreeOrder, lines: Sequence[Printed], effort: _Effort) -> list[Step]:
    """The items of `block` in their order, each with its line; then the lines that have no item."""
    pairing = _Pairing(block, effort)
    loose: dict[int, frozenset[str]] = {}
    for index, line in enumerate(lines):
        try:
            if pairing.add(line):
                continue
        except TooHardError:
            pass
        loose[index] = _words(line.text)
    steps = [Step(block.begin, None, True)]
    candidates = loose if effort.allows(pairing.missing * len(loose)) else {}
    for item, own in zip(block.items, pairing.by_item(), strict=True):
        if isinstance(item, AnyLines) or own is not None:
            steps.append(Step(item, own, True))
            continue
        mine = _words("".join(item.pieces))
        alike = (index for index, theirs in candidates.items() if _alike(item, mine, theirs))
        mate = next((index for index in alike if lines[index].stream == item.stream), None)
        steps.append(Step(item, None if mate is None else lines[mate], False))
        if mate is not None:
            del loose[mate]
    extra = (lines[index] for index in loose)
    steps += [Step(None, line, False) for line in extra if not block.takes(line.stream)]
    if block.end is not None:
        steps.append(Step(block.end, None, True))
    return steps


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text[:500]))


def _alike(pattern: Pattern, mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether a line with the words `theirs` may be the line of `pattern`, reworded: half of the words are common."""
    size = max(len(mine), len(theirs)) if pattern.is_exact else len(mine)
    return 0 < size <= 2 * len(mine & theirs)


# Accepting.


def _kept(steps: Iterable[Step]) -> tuple[Item, ...]:
    """The items that fit, and the lines that had none."""
    effort = _Effort()
    items: list[Item] = []
    for item, line, fits in steps:
        if fits and item is not None:
            items.append(item)
        elif line is not None:
            new = Pattern.exactly(line)
            items.append(_reworded(item, line, effort) if isinstance(item, Pattern) else new)
    return tuple(items)


def _reworded(old: Pattern, line: Printed, effort: _Effort) -> Pattern:
    """`line` with the wildcards of `old` whose neighbours on both sides are still there."""
    new = Pattern.exactly(line)
    written = "\n".join(old.pieces)  # A line break stands for a wildcard: no line contains one.
    alike = _alike(old, _words("".join(old.pieces)), _words(line.text))
    if old.is_exact or not alike or not effort.allows(len(written) * len(line.text)):
        return new
    there = {-1: -1, len(written): len(line.text)}
    for block in difflib.SequenceMatcher(None, written, line.text, autojunk=False).get_matching_blocks():
        there.update(zip(range(block.a, block.a + block.size), range(block.b, block.b + block.size), strict=True))
    pieces = []
    at = 0
    for index, character in enumerate(written):
        left, right = there.get(index - 1), there.get(index + 1)
        if character == "\n" and left is not None and right is not None:
            pieces.append(line.text[at : left + 1])
            at = right
    return Pattern(line.stream, (*pieces, line.text[at:]))


# Showing.

_CONTEXT = 3
_MOST_ROWS = 60
_MOST_CHARACTERS = 200


class _Row(NamedTuple):
    """One row of a diff: the line in the old file, where it is or would be; ` `, `-` or `+`; and the text."""

    number: int
    mark: str
    text: str


def _pairs(
    transcript: Transcript, steps: Iterable[Step], command: str, ended: str
) -> Iterator[tuple[int, str | None, str | None]]:
    """For each row of a diff its line in the transcript, what stands there, and what should, as a file would say it."""
    yield 1, f"$ {transcript.command}", f"$ {command}"
    for item, line, fits in steps:
        old = None if item is None else str(item)
        new = None if line is None else str(Pattern.exactly(line))
        yield 0 if item is None else item.number, old, old if fits else new
    yield (
        transcript.height,
        f"#: {transcript.ending}" if transcript.ending else None,
        f"#: {ended}" if ended else None,
    )


def _rows(pairs: Iterable[tuple[int, str | None, str | None]], height: int) -> list[_Row]:
    """The rows of a diff of a file of `height` lines: what goes before what comes, wherever rows in a row differ."""
    rows: list[_Row] = []
    added: list[_Row] = []
    for number, old, new in pairs:
        if old == new and old is not None:
            rows += [*added, _Row(number, " ", _cut(old))]
            added = []
            continue
        same = 0 if old is None or new is None else _common_start(old, new)
        if old is not None:
            rows.append(_Row(number, "-", _cut(old, same)))
        if new is not None:
            added.append(_Row(0, "+", _cut(new, same)))
    return _numbered([*rows, *added], height)


def _common_start(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return next((index for index in range(shorter) if one[index] != other[index]), shorter)


def _numbered(rows: list[_Row], height: int) -> list[_Row]:
    """`rows` with those that were added numbered as the row that they stand in for or before."""
    numbered: list[_Row] = []
    following = height
    for row in reversed(rows):
        following = row.number or following
        numbered.append(row._replace(number=following))
    return numbered[::-1]


def _hunks(rows: Sequence[_Row], height: int) -> list[str]:
    """The rows that changed with those around them; `⋮` where rows are left out."""
    width = len(str(height))
    near = {
        index
        for changed, row in enumerate(rows)
        if row.mark != " "
        for index in range(changed - _CONTEXT, changed + _CONTEXT + 1)
    }
    shown: list[str] = []
    last = -1
    for index, row in enumerate(rows):
        if index in near:
            if index > last + 1:
                shown.append(f"{'⋮':>{width}}")
            number = "" if row.mark == "+" else row.number
            shown.append(f"{number:>{width}} {row.mark} {row.text}".rstrip())
            last = index
    return shown if last == len(rows) - 1 else [*shown, f"{'⋮':>{width}}"]


def _limited(rows: list[str]) -> list[str]:
    if len(rows) <= _MOST_ROWS:
        return rows
    return [*rows[:_MOST_ROWS], f"… and {len(rows) - _MOST_ROWS} more lines"]


def _cut(text: str, difference: int = 0) -> str:
    """A part of `text` that shows where the difference begins, where all of it is too long to read."""
    if len(text) <= _MOST_CHARACTERS:
        return text
    start = max(0, difference - _MOST_CHARACTERS // 2)
    end = start + _MOST_CHARACTERS
    more = f"… ({len(text) - end} more characters)" if end < len(text) else ""
    return f"{'…' if start else ''}{text[start:end]}{more}"


def _spoken(ended: str) -> str:
    return ended.replace("exit", "exit status", 1) if ended else "exit status 0"


def _only_order_differs(transcript: Transcript, lines: Sequence[Printed]) -> bool:
    lines_of = tuple(item for item in transcript.items if not isinstance(item, Directive))
    block = FreeOrder(Directive(ANY_ORDER), lines_of, None)
    try:
        return not block.any_lines and _fits([block], lines, _Effort())
    except TooHardError:
        return False
