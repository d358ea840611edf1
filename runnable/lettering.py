"""The words in a picture: as many as have room where they stand, on a phone and on a page.

SVG neither breaks nor shortens a text, so that is decided when the picture is drawn: where a phone has less room than
a page there are two texts, and the style sheet shows the one that fits (`TIGHT` on a phone, `ROOMY` on a page).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from runnable.axis import spoken
from runnable.lanes import Lane, Span
from runnable.sentences import counted, short

NARROW, WIDE = 46, 96
"""How many characters have room in the whole width, on a phone and on a page."""
TIGHT, ROOMY = "tl-tight", "tl-roomy"

_LEAST_CUT = 9
"""A word of which fewer characters would be left says nothing."""
_BOLD = 1.13
_GAP = 1.0
_STEP = 1.8
"""Bold letters, the gap between two words, and one step of indentation, in characters."""
DEEPEST = 6
"""How many steps a lane is indented at most."""
_LEAST_END = 18
"""What became of a task is not cut below this for the sake of its number."""
_NUMBERED = 14
"""An aside of so many characters is a number, as in `Task-12, loop 2`: it is shown whole or not at all."""


@dataclass(frozen=True)
class Label:
    """What stands above a lane."""

    name: str
    aside: str = ""
    ends: str = ""

    def within(self, room: float) -> Label:
        """As much of it as has room in so many characters.

        What the name leaves goes to the end, which says what became of the task, then to the aside. But a number, by
        which others speak of the task, is worth the end of a long message.
        """
        least = _bold(min(len(self.ends), _LEAST_END))
        name = _cut(self.name, int((room - least) / _BOLD))
        room -= _BOLD * len(name)
        numbered = len(self.aside) <= _NUMBERED
        spare = room - (least if numbered else _bold(len(self.ends))) - _GAP
        aside = self.aside if len(self.aside) <= spare else "" if numbered else _cut(self.aside, int(spare))
        if aside:
            room -= len(aside) + _GAP
        return Label(name, aside, _cut(self.ends, int((room - _GAP) / _BOLD)))


def _bold(letters: int) -> float:
    """The room of so many bold letters and the gap before them, in characters."""
    return _BOLD * letters + _GAP if letters else 0.0


def _cut(text: str, most: int) -> str:
    """A text, or its beginning, or nothing where too little would be left of it."""
    return text if len(text) <= most else short(text, most) if most >= _LEAST_CUT else ""


def labels(lane: Lane) -> list[tuple[Label, str]]:
    """What is written above a lane, and the class that shows it: "" where phone and page have room for the same."""
    whole = Label(short(lane.name), short(lane.aside), short(_ending(lane), 80))
    indent = _STEP * min(lane.depth, DEEPEST)
    tight, roomy = (whole.within(room - indent) for room in (NARROW, WIDE))
    return [(roomy, "")] if tight == roomy else [(tight, TIGHT), (roomy, ROOMY)]


def fitting(span: Span, share: float) -> list[tuple[str, str]]:
    """What is written into a span that takes this share of the axis: each text with its class, as in `labels`."""
    words = _words(span)
    tight, roomy = (next((word for word in words if len(word) + 1 <= share * room), "") for room in (NARROW, WIDE))
    room = int(share * WIDE) - 1
    if not roomy and room >= _LEAST_CUT and span.kind not in {"block", "lost"} and words:
        roomy = short(_bare(words[0]), room)
    if tight == roomy:
        return [(roomy, "")] if roomy else []
    return [(word, kind) for word, kind in ((tight, TIGHT), (roomy, ROOMY)) if word]


def anchor(share: float) -> float:
    """Which part of a name lies left of its place on the axis, so that it does not leave the picture at the edges."""
    return 0.0 if share < 0.02 else 1.0 if share > 0.95 else 0.5


def crowded(named: Sequence[tuple[float, str]]) -> bool:
    """Whether names along the axis, each with its share of it, have room on a page only."""
    end = -1.0
    for share, name in named:
        start = share * NARROW - anchor(share) * len(name)
        if start < end + 1:
            return True
        end = start + len(name)
    return False


def _ending(lane: Lane) -> str:
    if lane.kind == "fold":
        return lane.detail
    if lane.kind != "task":
        return ""
    if not lane.ended:
        return "not ended"
    if lane.outcome == "exception":
        return lane.detail or "exception"
    if lane.outcome == "cancelled":
        return f"cancelled by {lane.cancelled_by}" if lane.cancelled_by else "cancelled"
    return ""


def _words(span: Span) -> list[str]:
    """What could be written into a span, the longest first."""
    if span.kind == "block":
        length = spoken(span.end - span.start)
        named = [f"{span.what}: blocks {length}"] if span.what else []
        return [*named, f"blocks {length}", length]
    if span.kind == "lost":
        return [counted(span.turns, "more turn"), "…"]
    if span.kind in {"wait", "job", "queued"} and span.what:
        what = short(span.what)
        bare = _bare(what)
        return list(dict.fromkeys(word for word in (what, bare, bare.rpartition(".")[2]) if word))
    return []


def _bare(what: str) -> str:
    """`sleep` for `sleep(0.4)`."""
    return what.partition("(")[0] or what
