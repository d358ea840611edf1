"""What several runs of one program have shown, as those are told who keep its transcript."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from runnable.problem import Problem, listed

_EXAMPLES = 3
_MOST_CHARACTERS = 100


@dataclass(frozen=True)
class Change:
    """One way in which output varied."""

    what: str
    """One clause that says it: `line 3 has 4 texts`."""
    advice: str
    """One sentence that says what to do where the transcript does not allow for it."""
    allowed: bool
    """Whether the transcript allows for it."""
    examples: tuple[tuple[str, int], ...] = ()
    """What was printed, as a transcript would say it, and in how many runs; the most frequent first."""
    suggestion: str = ""
    """The line that would make a transcript allow for it: one with wildcards, or a directive."""

    def __str__(self) -> str:
        rows = [f"{self.what}: {'the transcript allows it.' if self.allowed else self.advice}"]
        width = max((len(str(runs)) for _, runs in self.examples), default=0)
        for text, runs in self.examples[:_EXAMPLES]:
            shown = text if len(text) <= _MOST_CHARACTERS else f"{text[:_MOST_CHARACTERS]}…"
            rows.append(f"    {runs:>{width}} × {shown}".rstrip())
        more = len(self.examples) - _EXAMPLES
        return "\n".join([*rows, f"    … and {more} more"] if more > 0 else rows)


@dataclass(frozen=True)
class Variation:
    """What several runs of one program have shown. `str()` gives it as text."""

    place: str
    """The program, as shown to people."""
    runs: int
    """How often it ran, whatever came of it."""
    changes: tuple[Change, ...] = ()
    """How the output varied; nothing where it was the same each time."""
    drifted: int = 0
    """The number of runs that drifted from the transcript,"""
    drifted_busy: int = 0
    """and of those among them in which the cores were busy."""
    drift: Problem | None = None
    """The first drift."""
    failures: tuple[Problem, ...] = ()
    """For each run that failed, and so has no recording, what was wrong."""
    has_transcript: bool = True

    @property
    def flaky(self) -> bool:
        """Whether a reader or CI may see something other than the transcript."""
        return bool(self.drifted or self.failures)

    @property
    def verdict(self) -> str:
        """The finding in a few words."""
        if not self.runs:
            return "did not run here"
        found = []
        if self.failures:
            found.append(f"fails in {len(self.failures)} of {runs_of(self.runs)}")
        if self.drifted and self.has_transcript:
            busy = f" ({self.drifted_busy} of them with busy cores)" if self.drifted_busy else ""
            found.append(f"drifts from its transcript in {self.drifted} of {runs_of(self.runs)}{busy}")
        elif self.drifted:
            found.append("has no transcript")
        if found:
            return listed(found)
        as_allowed = f"varies in {runs_of(self.runs)} as its transcript allows"
        return as_allowed if self.changes else f"stable in {runs_of(self.runs)}"

    def __str__(self) -> str:
        rows = [f"{self.place}: {self.verdict}"]
        rows += _indented(str(change) for change in self.changes)
        failures = Counter(str(problem) for problem in self.failures)
        rows += _indented(f"{count} × {problem}" for problem, count in failures.most_common(_EXAMPLES))
        # Where something varies that is not allowed, it has been told above.
        if self.drift is not None and self.has_transcript and all(change.allowed for change in self.changes):
            rows += _indented([str(self.drift)])
        return "\n".join(rows)


def runs_of(count: int) -> str:
    """`count` runs, in words."""
    return "1 run" if count == 1 else f"{count} runs"


def _indented(texts: Iterable[str]) -> list[str]:
    return [f"    {row}" for text in texts for row in text.splitlines()]
