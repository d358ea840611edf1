"""Lines that may come in any order, and which of them is which."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from runnable.effort import Effort
from runnable.recording import Stream
from runnable.transcript import ANY_ORDER, AnyLines, Directive, Item, Pattern, Printed


@dataclass(frozen=True)
class FreeOrder:
    """Lines whose order is free, with the directives before and, unless the transcript ends there, after them."""

    begin: Directive
    items: tuple[Pattern | AnyLines, ...]
    end: Directive | None

    @property
    def number(self) -> int:
        """The line in the transcript at which it begins."""
        return self.begin.number

    def takes(self, stream: Stream) -> bool:
        """Whether it says that any number of lines of `stream` may stand among its own."""
        return any(item.takes(stream) for item in self.any_lines)

    @cached_property
    def any_lines(self) -> set[AnyLines]:
        """The `[...]` and `2> [...]` among its lines."""
        return {item for item in self.items if isinstance(item, AnyLines)}

    @cached_property
    def patterns(self) -> Counter[Pattern]:
        """Its lines without `[...]`, and how many of each there are."""
        return Counter(item for item in self.items if isinstance(item, Pattern))

    @cached_property
    def size(self) -> int:
        """The number of its lines."""
        return self.patterns.total()

    @cached_property
    def wild(self) -> list[Pattern]:
        """Its lines with wildcards, equal ones once."""
        return [pattern for pattern in self.patterns if not pattern.is_exact]


Part: TypeAlias = Pattern | AnyLines | FreeOrder
"""What a transcript is compared by, in its order."""


def gathered(items: Iterable[Item], stream: Stream | None = None) -> list[Part]:
    """The items of a transcript with those in free order gathered; where `stream` is given, those of it alone."""
    parts: list[Part] = []
    begin: Directive | None = None
    inside: list[Pattern | AnyLines] = []
    for item in items:
        if isinstance(item, Directive):
            if begin is not None:
                parts.append(FreeOrder(begin, tuple(inside), item))
            begin = item if item.text == ANY_ORDER else None
            inside = []
        elif stream is not None and not item.takes(stream):
            continue
        elif begin is None:
            parts.append(item)
        else:
            inside.append(item)
    if begin is not None:
        parts.append(FreeOrder(begin, tuple(inside), None))
    return parts


class Pairing:
    """Gives each pattern of a FreeOrder a line of its own, moving those given before where that makes room.

    A line goes to a pattern without wildcards if one is free: no other text could take that place. For the rest these
    are the augmenting paths of bipartite matching, with equal patterns as one that has room for several lines.
    """

    def __init__(self, block: FreeOrder, effort: Effort) -> None:
        self._block = block
        self._effort = effort
        self._held: dict[Pattern, list[Printed]] = {}
        self._wild = block.wild
        self.missing = block.size
        """How many patterns have no line yet."""

    def add(self, line: Printed) -> bool:
        """Whether there is a pattern for `line` too."""
        self._effort.spend()
        exact = Pattern.exactly(line)
        if self._has_room(exact):
            self._held.setdefault(exact, []).append(line)
        elif not self._place(line):
            return False
        self.missing -= 1
        return True

    def by_item(self) -> list[Printed | None]:
        """For each item of the block its line; None for `[...]` and for what is missing."""
        waiting = {pattern: deque(lines) for pattern, lines in self._held.items()}
        return [
            waiting[item].popleft() if isinstance(item, Pattern) and waiting.get(item) else None
            for item in self._block.items
        ]

    def _has_room(self, pattern: Pattern) -> bool:
        return len(self._held.get(pattern, ())) < self._block.patterns[pattern]

    def _place(self, line: Printed) -> bool:
        came: dict[Pattern, tuple[Printed, Pattern | None]] = {}
        waiting: deque[tuple[Printed, Pattern | None]] = deque([(line, None)])
        while waiting:
            moving, source = waiting.popleft()
            for pattern in self._wild:
                self._effort.spend()
                if not pattern.matches(moving) or pattern in came:
                    continue
                came[pattern] = moving, source
                if self._has_room(pattern):
                    self._shift(pattern, came)
                    return True
                self._effort.spend(len(self._held[pattern]))
                waiting.extend((held, pattern) for held in dict.fromkeys(self._held[pattern]))
        if came:  # Nothing in there can ever move out: not to be searched again.
            self._wild = [pattern for pattern in self._wild if pattern not in came]
        return False

    def _shift(self, pattern: Pattern, came: dict[Pattern, tuple[Printed, Pattern | None]]) -> None:
        goal: Pattern | None = pattern
        while goal is not None:
            moving, source = came[goal]
            self._held.setdefault(goal, []).append(moving)
            if source is not None:
                self._held[source].remove(moving)
            goal = source
