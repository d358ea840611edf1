"""Quantities as people read them: seconds, bytes, ratios; two digits that count, more where a number has more.

The space before a unit does not break.
"""

from __future__ import annotations

_SPACE = "\u00a0"


def seconds(value: float) -> str:
    """A span of time, given in seconds: `1.2 s`, `38 ms`, `2.6 µs`."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size * 0.9995:
            return f"{_digits(value / size)}{_SPACE}{unit}"
    return f"{_digits(value / 1e-9)}{_SPACE}ns"


def size(value: float) -> str:
    """An amount of memory, given in bytes: `1.4 kB`, `17 kB`, `1.4 MB`."""
    for unit, amount in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if value >= amount * 0.9995:
            return f"{_digits(value / amount)}{_SPACE}{unit}"
    return f"{value:.0f}{_SPACE}bytes"


def times(ratio: float) -> str:
    """How many times as much or as fast: `16 ×`, `1.1 ×`."""
    return f"{_digits(ratio)}{_SPACE}×"


def _digits(value: float) -> str:
    """Two digits that count, and all of those before the point, with commas: `0.62`, `1.8`, `19`, `1,200`."""
    if value >= 9.95:
        return f"{value:,.0f}"
    if value >= 0.995:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.0995 else f"{value:.1g}"
