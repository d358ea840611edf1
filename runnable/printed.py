"""Who printed what: the lines of output, each with the task in whose turn it was begun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from runnable.sound import finite
from runnable.trace import Said

Printed = tuple[float, str, int]
"""The second of a line, its stream, and its place in the output."""


def who_printed(
    said: Sequence[Said],
    lines: Sequence[tuple[float | None, str]],
    writes: Sequence[tuple[float, str]],
    shown: Collection[int],
) -> dict[int | None, list[Printed]]:
    """For each task in `shown`, and for None, what it printed: the lines that its writes began.

    `lines` and `writes` are the output: second (None where it is not known) and stream of each.
    """
    found: dict[int | None, list[Printed]] = defaultdict(list)
    for stream in ("out", "err"):
        own = [one for one in said if one.stream == stream]
        seconds = [second for second, where in writes if where == stream]
        if len(seconds) != len(own):  # something else wrote, too: a thread, another process
            seconds = [one.second for one in own]
        place = -1
        before: float | None = None
        for number, (second, where) in enumerate(lines):
            if where != stream or second is None or not finite(second):
                continue
            if second != before:  # what begins at the same instant was one write
                place = _nearest(seconds, second, place + 1)
                before = second
            who = own[place].task if 0 <= place < len(own) else None
            found[who if who in shown else None].append((second, stream, number))
    for one in found.values():
        one.sort()
    return found


def _nearest(seconds: Sequence[float], second: float, first: int) -> int:
    """The place of the value nearest to `second`, from place `first` on; the last place where that is beyond."""
    place = first
    while place + 1 < len(seconds) and abs(seconds[place + 1] - second) < abs(seconds[place] - second):
        place += 1
    return min(place, len(seconds) - 1)
