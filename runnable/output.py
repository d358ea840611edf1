"""What a program printed as HTML: each line with its second, stderr told apart, nothing in it acted upon.

Seconds and labels are no part of the text: they cannot be selected, so readers copy what the program printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from runnable.literal import attribute, escaped
from runnable.recording import Recording, Stream
from runnable.transcript import Transcript, ending

MOST_LINES = 40
"""Longer output is folded, but for its first and last lines."""
_FIRST, _LAST = 24, 8

_PAUSES = (0.1, 0.3, 0.75, 1.5)
"""Seconds from which on a pause before a line is drawn, and drawn wider."""


class OutputLine(NamedTuple):
    """A line of output; `second` is None where nobody knows it."""

    second: float | None
    stream: Stream
    text: str
    drawn_over: bool = False


@dataclass(frozen=True)
class Output:
    """All that a program printed, and how it ended."""

    lines: tuple[OutputLine, ...]
    ending: str
    """`exit status 1` or `ended by SIGKILL`; empty for exit status 0."""
    seconds: float | None
    """How long it ran; None where nobody knows."""

    @classmethod
    def recorded(cls, recording: Recording) -> Output:
        """The output in a recording."""
        lines = [
            OutputLine(line.second, line.stream, line.text.removesuffix("\r"), line.text.endswith("\r"))
            for line in recording.lines
        ]
        return cls(_drawn(lines), _spoken(ending(recording.exit)), recording.seconds)

    @classmethod
    def committed(cls, transcript: Transcript) -> Output:
        """The output in a transcript, which knows no times."""
        lines = [
            OutputLine(None, line.stream, line.text.removesuffix("␍"), line.text.endswith("␍"))
            for line in transcript.lines
        ]
        return cls(_drawn(lines), _spoken(transcript.ending), None)

    def html(self, name: str, link: Callable[[str], str] = lambda text: text) -> str:
        """Regions called `name`, folded where output is long. `link` gets the HTML of each line and may add links."""
        rows = list(self._rows(link))
        end = self._end()
        if len(rows) <= MOST_LINES:
            return self._region(rows, name, end)
        first_of_last = len(rows) - _LAST + 1
        hidden = rows[_FIRST:-_LAST]
        return (
            self._region(rows[:_FIRST], f"{name}, lines 1 to {_FIRST}")
            + folded(
                self._region(hidden, f"{name}, lines {_FIRST + 1} to {first_of_last - 1}"), f"{len(hidden)} more lines"
            )
            + self._region(rows[-_LAST:], f"{name}, lines {first_of_last} to {len(rows)}", end)
        )

    def _region(self, rows: Sequence[str], name: str, end: str = "") -> str:
        kind = "program-output" if self.seconds is not None else "program-output program-untimed"
        printed = f"<samp>{''.join(rows)}</samp>" if rows else ""
        # No line comes later than the end, so no time is longer.
        width = len(spoken_seconds(self.seconds or 0.0))
        wide = f' style="--program-time:{width}ch"' if width > len("0.00 s") else ""
        return (
            f'<pre class="{kind}"{wide} tabindex="0" role="group" aria-label="{attribute(name)}" data-search-exclude>'
            f"{printed}{end}</pre>"
        )

    def _rows(self, link: Callable[[str], str]) -> Iterator[str]:
        """Each line as HTML. Where the stream changes, a label says which it is; output begins on stdout."""
        before: float | None = None
        for turn, (stream, run) in enumerate(groupby(self.lines, key=lambda line: line.stream)):
            label = f'<span class="program-stream">std{stream}</span>' if turn or stream == "err" else ""
            for line in run:
                kind = "program-line"
                if stream == "err":
                    kind += " program-err"
                if line.drawn_over:
                    kind += " program-over"
                sign = '<span class="program-sign" title="drawn over">↵</span>' if line.drawn_over else ""
                yield (
                    f'<span class="{kind}{_pause(before, line.second)}">{label}{_time(line.second)}'
                    f"{link(escaped(line.text))}{sign}\n</span>"
                )
                before, label = line.second, ""

    def _end(self) -> str:
        if not self.ending:
            return ""
        before = self.lines[-1].second if self.lines else None
        kind = f"program-line program-end{_pause(before, self.seconds)}"
        return f'<span class="{kind}">{_time(self.seconds)}<span>{escaped(self.ending)}</span></span>'


def folded(body: str, summary: str, *, searched: bool = True) -> str:
    """HTML that is shown when the reader asks for it. `searched` is whether the site's search finds what is in it."""
    search = "" if searched else " data-search-exclude"
    return f'<details class="program-fold"{search}><summary>{escaped(summary)}</summary>{body}</details>'


def spoken_seconds(second: float) -> str:
    """`1.00 s`, to the hundredth, with a space that does not break."""
    return f"{second:.2f}\u00a0s"


def _drawn(lines: Sequence[OutputLine]) -> tuple[OutputLine, ...]:
    """Without lines on which nothing was drawn over: to draw over nothing changes nothing."""
    return tuple(line for line in lines if line.text or not line.drawn_over)


def _spoken(ended: str) -> str:
    return ended.replace("exit ", "exit status ").replace("signal ", "ended by ", 1)


def _pause(before: float | None, second: float | None) -> str:
    """The class of a line by the time since the one `before`, or since the start: `same` where both read the same."""
    if second is None:
        return ""
    width = sum(second - (before or 0.0) >= least for least in _PAUSES)
    if width:
        return f" program-pause-{width}"
    return " program-same" if before is not None and spoken_seconds(second) == spoken_seconds(before) else ""


def _time(second: float | None) -> str:
    return "" if second is None else f'<time datetime="PT{second:.3f}S">{spoken_seconds(second)}</time>'
