"""Which tasks have a lane of their own, in which order, and which share one.

Many tasks that run the same for the same parent are folded: the first two are shown, and the first three of those that
ended in another way than most or blocked the loop. Three or more tasks of libraries, whose coroutines neither the
program nor asyncio's public interface defines, are folded, too.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from runnable.lanes import BLOCKS
from runnable.trace import Step, Task

MOST_LANES = 12
"""More tasks than these are folded."""
_ALIKE = 2
_UNLIKE = 3
_FOREIGN = 3
_LIBRARIES = "libraries"
_DEFINITION = re.compile(r"\b(?:def|class) +(\w+)")
_OWN = frozenset(asyncio.__all__)


class Folding:
    """How tasks are put into lanes. `shown` are the numbers of those that are; `source` is the text of the program."""

    def __init__(
        self, tasks: Sequence[Task], shown: Sequence[int], steps: Mapping[int, Sequence[Step]], source: str
    ) -> None:
        self._tasks, self._steps = tasks, steps
        self._defined = frozenset(_DEFINITION.findall(source))
        order, self.depths = self._nested(shown)
        """How deep each task is nested."""
        self.rows, self.together = self._folded(order)
        """The tasks of each lane, and all those that share one."""

    def name(self, row: Sequence[int]) -> str:
        """What a lane of several tasks is called."""
        what = "tasks of libraries" if all(self._is_foreign(self._tasks[number]) for number in row) else "more tasks"
        return f"{len(row):,} {what if len(row) > 1 else what.replace('tasks', 'task', 1)}"

    def _nested(self, numbers: Sequence[int]) -> tuple[list[int], dict[int, int]]:
        """The tasks, each behind its parent and what that created before; and how deep each is nested."""
        children: dict[int | None, list[int]] = defaultdict(list)
        shown = set(numbers)
        for number in numbers:
            parent = self._tasks[number].parent
            children[parent if parent in shown else None].append(number)
        order: list[int] = []
        depths: dict[int, int] = {}
        waiting = [(number, 0) for number in reversed(children[None])]
        while waiting:
            number, depth = waiting.pop()
            order.append(number)
            depths[number] = depth
            waiting += [(child, depth + 1) for child in reversed(children[number])]
        return order, depths

    def _folded(self, order: list[int]) -> tuple[list[tuple[int, ...]], set[int]]:
        tasks = self._tasks
        key_of: dict[int, object] = {}
        foreign = [number for number in order if self._is_foreign(tasks[number])]
        if len(foreign) >= _FOREIGN:
            key_of.update(dict.fromkeys(foreign, _LIBRARIES))
        if len(order) - len(key_of) <= MOST_LANES:
            return self._rows(order, key_of), set(key_of)
        groups: dict[tuple[int | None, str], list[int]] = defaultdict(list)
        for number in order:
            if number not in key_of:
                groups[tasks[number].parent, tasks[number].coroutine].append(number)
        for key, members in groups.items():
            if len(members) <= _ALIKE + 2:
                continue
            usual = Counter(tasks[number].outcome for number in members).most_common(1)[0][0]
            alike = members[:_ALIKE]
            unlike: list[int] = []
            for number in members[_ALIKE:]:
                odd = tasks[number].outcome != usual
                odd = odd or any(step.end - step.start >= BLOCKS for step in self._steps[number])
                if odd and len(unlike) < _UNLIKE:
                    unlike.append(number)
            kept = {*alike, *unlike}
            key_of.update((number, key) for number in members if number not in kept)
        for number in order:  # what a folded task created is folded with it
            parent = tasks[number].parent
            if number not in key_of and parent in key_of:
                key_of[number] = key_of[parent]
        rows = self._rows(order, key_of)
        if len(rows) > MOST_LANES + 4:
            for row in rows[MOST_LANES:]:
                key_of.update(dict.fromkeys(row, "rest"))
            rows = self._rows(order, key_of)
        return rows, set(key_of)

    def _rows(self, order: list[int], key_of: dict[int, object]) -> list[tuple[int, ...]]:
        rows: dict[object, list[int]] = {}
        for number in order:
            rows.setdefault(("fold", key_of[number]) if number in key_of else number, []).append(number)
        libraries = rows.pop(("fold", _LIBRARIES), None)
        return [tuple(row) for row in (*rows.values(), *([libraries] if libraries else []))]

    def _is_foreign(self, task: Task) -> bool:
        """Whether a task is neither the program's nor made of asyncio's own functions, but a library's."""
        first, *rest = task.coroutine.replace(".<locals>", "").split(".")
        known = self._defined.intersection((first, *rest)) or first in _OWN
        return bool(self._defined) and not known and not first.startswith("<")
