"""A program that brews tea: what it may print, and what tests ask about its transcript."""

from __future__ import annotations

import random
from pathlib import Path

from packaging.specifiers import SpecifierSet

from runnable import comparison
from runnable.acceptance import accepted
from runnable.difference import drift
from runnable.header import Header
from runnable.recording import Recording, Write
from runnable.snippet import Snippet
from runnable.transcript import AnyLines, Directive, Pattern, Transcript, printed

PLACE = "snippets/tea/brew.py"
OUT = "snippets/tea/brew.out"
COMMAND = f"$ python {PLACE}\n"
ANY = "#: lines in any order\n"
DONE = "#: lines in order\n"
MANY = 20_000
"""How many lines a large output has."""


def program(place: str = PLACE, requires_python: str = ">=3.11") -> Snippet:
    """The program in the file `place`."""
    return Snippet(
        slug=place.removeprefix("snippets/").removesuffix(".py"),
        path=Path(place),
        place=place,
        source="",
        header=Header(requires_python=SpecifierSet(requires_python)),
        header_lines=range(0),
        sections={},
        marker_lines=frozenset(),
    )


SNIPPET = program()


def recorded(*writes: str, exit: int = 0) -> Recording:
    """A recording that wrote these, each a line; those that begin with `2> ` on stderr."""
    pieces = [Write(0.0, "err", w[3:] + "\n") if w.startswith("2> ") else Write(0.0, "out", w + "\n") for w in writes]
    return of_writes(*pieces, exit=exit)


def of_writes(*writes: Write, exit: int = 0) -> Recording:
    """A recording of these writes."""
    return Recording(
        slug=SNIPPET.slug, digest="", key="", interpreter="CPython 3.11.7", exit=exit, seconds=1.0, writes=writes
    )


def parsed(text: str) -> Transcript:
    """The transcript of the program with `text` below its command."""
    return Transcript.parse(COMMAND + text, OUT)


def fits(text: str, *lines: str, ordered: bool = True) -> bool:
    """Whether a program that prints `lines` fits the transcript `text`."""
    return comparison.fits(parsed(text).items, printed(recorded(*lines)), ordered=ordered)


def drifted(text: str | None, *lines: str, exit: int = 0, ordered: bool = True) -> str:
    """What drift() says of a program that prints `lines`, as text."""
    whole = None if text is None else COMMAND + text
    problem = drift(SNIPPET, whole, recorded(*lines, exit=exit), ordered=ordered)
    return str(problem)


def kept(old: str, *lines: str, exit: int = 0, ordered: bool = True) -> str:
    """What accepted() makes of the transcript `old` of a program that prints `lines`; without the command."""
    new = accepted(SNIPPET, COMMAND + old, recorded(*lines, exit=exit), ordered=ordered)
    assert new.startswith(COMMAND)
    return new.removeprefix(COMMAND)


def some_items(chance: random.Random) -> list[Pattern | AnyLines | Directive]:
    """What may stand in a transcript, by chance."""
    pieces = [("a",), ("b",), ("ab",), ("", ""), ("a", ""), ("", "b"), ("", "a", "")]
    items: list[Pattern | AnyLines | Directive] = []
    free = False
    for _ in range(chance.randrange(7)):
        kind = chance.random()
        if kind < 0.2:
            free = not free
            items.append(Directive("lines in any order" if free else "lines in order"))
        elif kind < 0.4:
            items.append(AnyLines(only_stderr=chance.random() < 0.5))
        else:
            items.append(Pattern("err" if chance.random() < 0.25 else "out", chance.choice(pieces)))
    return items


def some_lines(chance: random.Random, most: int = 6) -> list[str]:
    """Lines that these may match."""
    stream = ["", "", "2> "]
    return [chance.choice(stream) + chance.choice(["a", "b", "ab", "ba", "c"]) for _ in range(chance.randrange(most))]
