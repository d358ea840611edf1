"""A trace that can be drawn: without what makes no sense in it, and without the tasks that teach nothing.

Two kinds of tasks are left out, by rule: `shutdown_asyncgens` and `shutdown_default_executor`, which `asyncio.run`
itself creates when the program's own tasks are done. They are shown where they failed or took 50 ms or more, since then
the program waited for them.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

from runnable.lanes import BLOCKS
from runnable.trace import Task, Trace

_MACHINERY = ("shutdown_asyncgens", "shutdown_default_executor")
_LEAST = 0.01
"""Seconds of waiting that are worth a picture."""


def teaches(trace: Trace | None) -> bool:
    """Whether a timeline shows what the output does not: tasks that take turns, a wait, a thread, a loop that blocks.

    One task that runs from its beginning to its end, or waits for less than 10 ms in all, is not worth a picture.
    """
    if trace is None:
        return False
    tasks = {number for number, task in enumerate(trace.tasks) if not is_machinery(task)}
    steps = [step for step in trace.steps if step.task in tasks]
    if len({step.task for step in steps}) > 1 or trace.jobs or trace.callbacks:
        return True
    if any(step.end - step.start >= BLOCKS for step in steps):
        return True
    waited = sum(max(0.0, after.start - before.end) for before, after in pairwise(steps))
    return waited >= _LEAST


def is_machinery(task: Task) -> bool:
    """Whether asyncio made this task for itself, and it took no time to speak of."""
    ends = task.created if task.ended is None else task.ended
    return task.coroutine.endswith(_MACHINERY) and task.outcome != "exception" and ends - task.created < BLOCKS


def finite(*values: object) -> bool:
    """Whether all of these are numbers, and none of them is infinite or none at all."""
    return all(isinstance(value, (int, float)) and math.isfinite(value) for value in values)


def _is_one_of(number: object, count: int) -> bool:
    """Whether this is the number of one of `count` tasks."""
    return isinstance(number, int) and 0 <= number < count


def sound(trace: Trace) -> Trace:
    """The trace without what cannot be drawn, and with a note of that."""
    tasks = [
        replace(
            task,
            created=task.created if finite(task.created) else 0.0,
            ended=task.ended if task.ended is not None and finite(task.ended) else None,
            parent=task.parent if _is_one_of(task.parent, number) else None,
            cancelled_by=task.cancelled_by if _is_one_of(task.cancelled_by, len(trace.tasks)) else None,
        )
        for number, task in enumerate(trace.tasks)
    ]
    steps = [step for step in trace.steps if _is_one_of(step.task, len(trace.tasks)) and finite(step.start, step.end)]
    callbacks = [one for one in trace.callbacks if finite(one.start, one.end)]
    jobs = [one for one in trace.jobs if finite(one.asked, *(v for v in (one.start, one.end) if v is not None))]
    said = [one for one in trace.said if finite(one.second)]
    before = len(trace.steps) + len(trace.callbacks) + len(trace.jobs) + len(trace.said)
    lost = before - len(steps) - len(callbacks) - len(jobs) - len(said)
    notes = trace.notes
    if lost:
        notes += (f"{lost} {'entry' if lost == 1 else 'entries'} of the trace made no sense, and are left out.",)
    return Trace(tuple(tasks), tuple(steps), tuple(callbacks), tuple(jobs), tuple(said), notes)
