"""What is wrong, where, and what to do about it: the only kind of error a contributor sees."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake, as one line that an editor can jump to, with details below it where they help.

    `place` is a file, relative to the project; `line` counts from 1, None where no line is to blame.
    """

    place: str
    line: int | None
    what: str
    details: str = ""

    def __str__(self) -> str:
        where = self.place if self.line is None else f"{self.place}:{self.line}"
        head = f"{where}: {self.what}"
        return head if not self.details else f"{head}\n{_indented(self.details)}"


class ProblemsError(Exception):
    """All the problems that were found, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Sequence[str], *, most: int = 3) -> list[str]:
    """The names in `known` that someone who typed `word` may have meant, best first."""
    return difflib.get_close_matches(word, known, n=most, cutoff=0.5)


def listed(words: Iterable[str], *, last: str = "and") -> str:
    """`a, b and c`, for a sentence."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())
