"""How what a program prints now differs from its transcript, to be read by whoever has to decide which is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from runnable.alignment import Step, align
from runnable.comparison import fits
from runnable.effort import TooHardError
from runnable.problem import Problem, ProblemsError
from runnable.recording import Recording
from runnable.snippet import Snippet
from runnable.transcript import (
    ANY_ORDER,
    AnyLines,
    Directive,
    Pattern,
    Printed,
    Transcript,
    ending,
    printed,
    render,
    transcript_place,
)

_CONTEXT = 3
_MOST_ROWS = 60
_MOST_CHARACTERS = 200


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
        same = fits(transcript.items, lines, ordered=ordered)
    except TooHardError:
        what = "this takes too long to compare: too many lines with wildcards may stand for one another. "
        return Problem(place, None, what + "Put one “[...]” in place of some of them.")
    if same and transcript.command == snippet.command and transcript.ending == ended:
        return None
    if same:
        steps = [Step(item, None, True) for item in transcript.items]
    else:
        steps = align(transcript.items, lines, ordered=ordered)
    rows = _rows(_pairs(transcript, steps, snippet.command, ended), transcript.height)
    line = next(row.number for row in rows if row.mark != " ")
    if not same and _only_order_differs(transcript, lines):
        what = (
            f"the same lines come in another order. If any order is right, put “#: {ANY_ORDER}” above them; "
            f"if only the new one is, run “make accept”; if neither, correct {snippet.place}."
        )
    elif same and transcript.ending == ended:
        what = "this is the transcript of another command. Run “make accept” to put it right."
    else:
        now = f"ended with {_spoken(ended)}, not with {_spoken(transcript.ending)}" if same else "no longer prints this"
        what = f"the program {now}. If that is right, run “make accept”; if not, correct {snippet.place}."
    heads = ["- the transcript", f"+ what {recording.interpreter} printed"]
    return Problem(place, line, what, "\n".join([*heads, *_limited(_hunks(rows, transcript.height))]))


def _only_order_differs(transcript: Transcript, lines: Sequence[Printed]) -> bool:
    if any(isinstance(item, AnyLines) for item in transcript.items):
        return False
    patterns = [item for item in transcript.items if isinstance(item, Pattern)]
    try:
        return fits([Directive(ANY_ORDER), *patterns], lines)
    except TooHardError:
        return False


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
    for item, line, same in steps:
        old = None if item is None else str(item)
        new = None if line is None else str(Pattern.exactly(line))
        yield 0 if item is None else item.number, old, old if same else new
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
