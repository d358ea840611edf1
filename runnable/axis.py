"""The seconds of a run along a line: where each is, which are named, and how a length of time is spoken."""

from __future__ import annotations

import math
from dataclasses import dataclass

_MOST_TICKS = 6


@dataclass(frozen=True)
class Axis:
    """From the second `start` of a run to the second `seconds`."""

    seconds: float
    start: float = 0.0

    @property
    def length(self) -> float:
        """How many seconds it is long."""
        return self.seconds - self.start

    def has(self, second: float) -> bool:
        """Whether a second is on it."""
        return self.start <= second <= self.seconds

    def share(self, second: float) -> float:
        """Where a second is: 0 at the left edge, 1 at the right one. What lies outside is put on the edge."""
        return min(1.0, max(0.0, (second - self.start) / self.length)) if self.length > 0 else 0.0

    def x(self, second: float) -> str:
        """The same as a percentage, for SVG."""
        return percent(self.share(second))

    def width(self, start: float, end: float) -> str:
        """The length from one second to another as a percentage."""
        return percent(max(0.0, self.share(end) - self.share(start)))

    def ticks(self) -> list[tuple[float, str]]:
        """The seconds that are named, and their names: round numbers, at most seven, the same unit on each."""
        if self.length <= 0:
            return [(self.start, f"{self.start:g}\u00a0s")]
        step = _step(self.length / _MOST_TICKS)
        unit, factor = ("s", 1.0) if self.seconds >= 0.1 and step >= 0.001 else ("ms", 1e3)
        first = math.ceil(self.start / step - 1e-9)
        last = math.floor(self.seconds / step + 1e-9)
        places = max(0, -math.floor(math.log10(step * factor) + 1e-9))
        return [
            (step * number, f"{step * number * factor:.{places if number else 0}f}\u00a0{unit}")
            for number in range(first, last + 1)
        ]


def percent(share: float) -> str:
    """`12.5%` for 0.125: to the thousandth, which is a hundredth of a pixel."""
    text = f"{100 * share:.3f}".rstrip("0").rstrip(".")
    return f"{text}%"


def spoken(seconds: float) -> str:
    """A length of time for people: `0.31 s`, `3.2 ms`, `48 µs`, with a space that does not break."""
    if seconds >= 0.0995:
        return f"{seconds:.2f}\u00a0s"
    if seconds >= 0.000_995:
        return f"{seconds * 1e3:.1f}\u00a0ms"
    return f"{seconds * 1e6:.0f}\u00a0µs"


def moment(second: float) -> str:
    """A point in time for people: `0.310 s`."""
    return f"{second:.3f}\u00a0s"


def _step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, … (or of tenths, hundredths) that is not below `least`."""
    power = 1e-7
    while True:
        for factor in (1, 2, 5):
            if power * factor >= least * (1 - 1e-9):
                return power * factor
        power *= 10
