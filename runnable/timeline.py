"""The timeline: the picture of what the tasks of one run did, as HTML that needs no script.

It needs nothing but the standard library and modules of ours that need no more: it is drawn in the reader's browser,
too. What tasks are left out, and when tasks are folded, is said in `runnable.lanes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from runnable.axis import Axis, moment, spoken
from runnable.lanes import Lanes
from runnable.layout import MOST_ROWS, SCALE, Layout
from runnable.literal import attribute, escaped
from runnable.picture import Picture
from runnable.sentences import lane_sentence, short, span_sentence
from runnable.trace import Trace

MOST_TOLD = 60
"""A table has no more rows than these."""


@dataclass(frozen=True)
class Timeline:
    """A trace, and what else is known of the run. Seconds are counted from the start of the program."""

    trace: Trace
    seconds: float
    """How long it ran."""
    name: str
    """What ran, as in `together.py`."""
    lines: Sequence[tuple[float | None, str]] = ()
    """Its output: for each line the second at which it began, where known, and its stream, `out` or `err`."""
    writes: Sequence[tuple[float, str]] = ()
    """Its writes: second and stream."""
    source: str = ""
    """The text of the program, by which its tasks are told from those of libraries."""

    def html(self, ident: str, seconds: float = 0.0) -> str:
        """The picture, its signs explained, what is missing in it, and the same as a table.

        All ids begin with `ident`. The axis ends at `seconds`, or where the run ended if that was later.
        """
        lanes = Layout(
            self.trace,
            self.seconds,
            lines=self.lines,
            writes=self.writes,
            source=self.source,
            axis=seconds,
        ).lanes()
        start, end = lanes.window or (0.0, max(seconds, lanes.seconds))
        axis = Axis(end, start)
        name = short(self.name, 200)
        picture = Picture(lanes, axis, ident, name)
        parts = [
            f'<div class="tl-picture" data-search-exclude data-start="{axis.start:.6f}" data-axis="{axis.seconds:.6f}" '
            f'data-end="{min(axis.seconds, lanes.seconds):.6f}">{picture.svg()}</div>',
            _legend(lanes, ident),
        ]
        parts += [f'<p class="program-note" data-search-exclude>{escaped(note)}</p>' for note in _notes(lanes)]
        for fold, inside in lanes.folded:
            parts.append(
                f'<details class="program-fold tl-unfolded" data-search-exclude>'
                f"<summary>{escaped(fold.name)}, one by one</summary>"
                f'<div class="tl-picture">{picture.rows(inside)}</div>{_more(len(inside))}</details>'
            )
        parts.append(
            f'<details class="program-fold tl-told" data-search-exclude><summary>The same as a table</summary>'
            f"{_table(lanes, name)}</details>"
        )
        return "".join(parts)


def _more(count: int) -> str:
    if count <= MOST_ROWS:
        return ""
    more = f"The first {MOST_ROWS} are drawn; {count - MOST_ROWS:,} more are in the lane above."
    return f'<p class="program-note">{more}</p>'


def _notes(lanes: Lanes) -> list[str]:
    notes = [short(note, 400) for note in lanes.notes]
    if not lanes.tasks:
        notes.append("No task was seen.")
    if lanes.window:
        start, end = lanes.window
        both = f"{moment(start)} to {moment(end)}" if end >= 0.1 else f"{1000 * start:.1f} to {1000 * end:.1f}\u00a0ms"
        notes.append(f"The axis shows {both}, when there were tasks; the whole run took {spoken(lanes.seconds)}.")
    if lanes.coarse:
        notes.append("There are so many turns that those close to each other are drawn as one.")
    return notes


# Each sign: what it is called, and how it is drawn in a box of 22 by 12.
_SIGNS = {
    "run": ("runs", '<g class="tl-run"><rect x="1" y="1" width="20" height="10"/></g>'),
    "short": ("runs, too briefly for the scale", '<g class="tl-short"><line x1="11" x2="11" y1="0" y2="12"/></g>'),
    "many": (
        "many short turns",
        '<g class="tl-many"><rect x="1" y="1" width="20" height="10"/>'
        '<rect class="tl-on" x="1" y="1" width="20" height="10" fill="url(#{id}-stripes)"/></g>',
    ),
    "block": (
        "blocks the loop for 50 ms or more",
        '<g class="tl-block"><rect x="1" y="1" width="20" height="10"/>'
        '<rect class="tl-on" x="1" y="1" width="20" height="10" fill="url(#{id}-hatch)"/></g>',
    ),
    "wait": ("waits", '<g class="tl-wait"><rect x="1" y="1" width="20" height="10"/></g>'),
    "ready": ("waits for its first turn", '<g class="tl-ready"><line x1="1" x2="21" y1="6" y2="6"/></g>'),
    "lost": (
        "turns that were only counted",
        '<g class="tl-lost"><rect x="1" y="1" width="20" height="10"/>'
        '<rect class="tl-on" x="1" y="1" width="20" height="10" fill="url(#{id}-dots)"/></g>',
    ),
    "job": (
        "a function on a thread or in a process",
        '<g class="tl-job"><rect x="1" y="1" width="20" height="10"/>'
        '<rect class="tl-on" x="1" y="1" width="20" height="10" fill="url(#{id}-rows)"/></g>',
    ),
    "queued": (
        "waits for a free thread or process",
        '<g class="tl-queued"><rect x="1" y="1" width="20" height="10"/></g>',
    ),
    "out": ("prints", '<g class="tl-said tl-out"><circle cx="11" cy="6" r="3.2"/></g>'),
    "err": ("writes to stderr", '<g class="tl-said tl-err"><rect x="8" y="3" width="6" height="6"/></g>'),
    "woke": (
        "wakes",
        '<g class="tl-tie tl-woke"><line x1="3" x2="14" y1="6" y2="6"/><path d="M20 6 13 2.6v6.8z"/></g>',
    ),
    "cancelled": (
        "cancels",
        '<g class="tl-tie tl-cancelled"><line x1="1" x2="14" y1="6" y2="6"/><path d="M20 6 13 2.6v6.8z"/></g>',
    ),
}


def _legend(lanes: Lanes, ident: str) -> str:
    """The signs that occur, explained."""
    seen = SCALE * (lanes.window[1] - lanes.window[0] if lanes.window else lanes.seconds)
    kinds: set[str] = set()
    for lane in lanes.lanes:
        kinds.update(span.kind for span in lane.spans if span.kind != "wait" or span.end - span.start >= seen)
        kinds.update(stream for _, stream, _ in lane.said)
    kinds.update(stream for _, stream, _ in lanes.said)
    kinds.update(tie.kind for tie in lanes.ties)
    if not kinds:
        return ""
    safe = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in ident)
    items = "".join(
        f'<li><svg width="22" height="12" aria-hidden="true">{drawn.replace("{id}", safe)}</svg>{escaped(said)}</li>'
        for kind, (said, drawn) in _SIGNS.items()
        if kind in kinds
    )
    return f'<ul class="tl-legend" data-search-exclude>{items}</ul>'


def _table(lanes: Lanes, name: str) -> str:
    """What happened, in the order of time, a row each."""
    rows: list[tuple[float, str, str]] = []
    for lane in lanes.lanes:
        who = short(lane.called or lane.name)
        rows += [
            (span.start, who, span_sentence(span, lane, "").strip())
            for span in lane.spans
            if not (span.kind == "wait" and span.end - span.start < 0.0005)
        ]
        if lane.kind == "task" and lane.ended:
            rows.append((lane.end, who, lane_sentence(lane).rpartition("; ")[2]))
        rows += [(second, who, "prints" if stream == "out" else "writes to stderr") for second, stream, _ in lane.said]
    rows.sort(key=lambda row: row[0])
    body = "".join(
        f"<tr><td>{moment(second)}</td><td>{escaped(who)}</td><td>{escaped(what)}</td></tr>"
        for second, who, what in rows[:MOST_TOLD]
    )
    more = len(rows) - MOST_TOLD
    rest = f'<p class="program-note">{more:,} more rows are left out.</p>' if more > 0 else ""
    return (
        f'<div class="tl-scroll" tabindex="0" role="group" aria-label="Timeline of {attribute(name)} as a table">'
        f'<table class="tl-table"><thead><tr><th scope="col">Second</th><th scope="col">Who</th>'
        f'<th scope="col">What</th></tr></thead><tbody>{body}</tbody></table></div>{rest}'
    )
