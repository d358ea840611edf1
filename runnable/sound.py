"""A trace that can be drawn: without what makes no sense in it, and without the tasks that teach nothing.

Two kinds of tasks are left out, by rule: `shutdown_asyncgens` and `shutdown_default_executor`, which `asyncio.run`
itself creates when the program's own tasks are done. They are shown where they failed or took 50 ms or more, since then
the program waited for them.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import get_args

from runnable.lanes import BLOCKS
from runnable.trace import Outcome, Task, Trace

_MACHINERY = ("shutdown_asyncgens", "shutdown_default_executor")
_OUTCOMES = get_args(Outcome)
_WORKERS = ("thread", "process", "interpreter")
_LEAST = 0.01
"""Seconds of waiting that are worth a picture."""


def teaches(trace: Trace | None) -> bool:
    """Whether a timeline shows what the output does not: tasks that take turns, a wait, a thread, a loop that blocks.

    One task that runs from its beginning to its end, or waits for less than 10 ms in all, is not worth a picture.
    """
    if trace is None:
        return False
    trace = sound(trace)
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
    count = len(trace.tasks)
    tasks = [_sound_task(task, number, count) for number, task in enumerate(trace.tasks)]
    steps = [
        replace(
            step,
            waits=str(step.waits),
            line=step.line if isinstance(step.line, int) else None,
            woken_by=step.woken_by if _is_one_of(step.woken_by, count) else None,
        )
        for step in trace.steps
        if _is_one_of(step.task, count) and finite(step.start, step.end)
    ]
    callbacks = [
        replace(one, name=str(one.name), loop=one.loop if isinstance(one.loop, int) else 0)
        for one in trace.callbacks
        if finite(one.start, one.end)
    ]
    jobs = [
        replace(
            one,
            name=str(one.name),
            worker=str(one.worker),
            kind=one.kind if one.kind in _WORKERS else "thread",
            task=one.task if _is_one_of(one.task, count) else None,
        )
        for one in trace.jobs
        if finite(one.asked, *(second for second in (one.start, one.end) if second is not None))
    ]
    said = [
        replace(one, task=one.task if _is_one_of(one.task, count) else None) for one in trace.said if finite(one.second)
    ]
    before = len(trace.steps) + len(trace.callbacks) + len(trace.jobs) + len(trace.said)
    lost = before - len(steps) - len(callbacks) - len(jobs) - len(said)
    notes = tuple(map(str, trace.notes))
    if lost:
        notes += (f"{lost} {'entry' if lost == 1 else 'entries'} of the trace made no sense, and are left out.",)
    return Trace(tuple(tasks), tuple(steps), tuple(callbacks), tuple(jobs), tuple(said), notes)


def _sound_task(task: Task, number: int, count: int) -> Task:
    dropped = finite(task.steps_dropped, task.seconds_dropped)
    return replace(
        task,
        name=str(task.name),
        coroutine=str(task.coroutine),
        detail=str(task.detail),
        outcome=task.outcome if task.outcome in _OUTCOMES else "",
        loop=task.loop if isinstance(task.loop, int) else 0,
        created=task.created if finite(task.created) else 0.0,
        ended=task.ended if task.ended is not None and finite(task.ended) else None,
        # No task is made by one that came later, nor by itself.
        parent=task.parent if _is_one_of(task.parent, number) else None,
        cancelled_by=task.cancelled_by if _is_one_of(task.cancelled_by, count) else None,
        steps_dropped=int(task.steps_dropped) if dropped else 0,
        seconds_dropped=task.seconds_dropped if dropped else 0.0,
    )
