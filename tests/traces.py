"""Traces made by hand, for tests of timelines."""

from __future__ import annotations

import random
from dataclasses import replace

from runnable.trace import Callback, Job, Said, Step, Task, Trace


def kitchen() -> Trace:
    """Two cooks in a group: soup fails after 0.2 s, and main cancels bread."""
    return Trace(
        tasks=(
            Task("Task-1", "main", None, 0, 0.01, 0.2104, "result"),
            Task("soup", "cook", 0, 0, 0.0101, 0.2101, "exception", "ValueError: no eggs"),
            Task("bread", "cook", 0, 0, 0.0102, 0.2102, "cancelled", "", 1),
        ),
        steps=(
            Step(0, 0.0101, 0.0103, "TaskGroup", 12),
            Step(1, 0.0103, 0.0104, "sleep(0.2)", 5),
            Step(2, 0.0104, 0.0105, "sleep(1)", 5),
            Step(1, 0.21, 0.2101),
            Step(2, 0.2101, 0.2102),
            Step(0, 0.2103, 0.2104, woken_by=2),
        ),
        said=(Said(0.0103, "out", 1), Said(0.0104, "out", 2), Said(0.2104, "err", None)),
    )


def many(tasks: int, steps: int = 2_000, seed: int = 1) -> Trace:
    """Tasks that take turns at random: `steps` turns, each of 20 µs to 4 ms."""
    dice = random.Random(seed)
    made = [Task("Task-1", "main", None, 0, 0.0, 10.0, "result")]
    made += [Task(f"Task-{n + 2}", "work", 0, 0, min(1.0, 0.001 * n), 9.9, "result") for n in range(tasks - 1)]
    turns, now = [], 0.1
    for _ in range(steps):
        length = dice.choice([2e-5, 1e-4, 1e-3, 4e-3])
        waits = dice.choice(["sleep(0.1)", "Queue.get", "Lock.acquire"])
        by = dice.randrange(tasks) if dice.random() < 0.3 else None
        turns.append(Step(dice.randrange(tasks), now, now + length, waits, dice.randrange(1, 40), by))
        now += length + dice.random() * 0.004
    return Trace(tuple(made), tuple(turns))


def threads() -> Trace:
    """A task that blocks, two jobs on one thread, one that never began, one in a process that has not ended."""
    return Trace(
        tasks=(Task("Task-1", "main", None, 0, 0.0, 1.0, "result"),),
        steps=(Step(0, 0.0, 0.001, "to_thread", 3), Step(0, 0.5, 0.6, "gather", 4), Step(0, 0.99, 1.0)),
        callbacks=(Callback(0, 0.7, 0.78, "tick"),),
        jobs=(
            Job("zip_photos", "asyncio_0", "thread", 0, 0.001, 0.002, 0.49),
            Job("upload", "asyncio_0", "thread", 0, 0.1, 0.49, 0.9),
            Job("never", "", "thread", 0, 0.2, None, None),
            Job("count", "process 1", "process", 0, 0.6, 0.61, None),
        ),
    )


def named(text: str) -> Trace:
    """A trace in which every text is this one."""
    trace = kitchen()
    tasks = tuple(replace(task, name=text, coroutine=text, detail=text) for task in trace.tasks)
    steps = tuple(replace(step, waits=text) for step in trace.steps)
    jobs = (Job(text, text, "thread", 0, 0.05, 0.06, 0.1),)
    return replace(trace, tasks=tasks, steps=steps, jobs=jobs, callbacks=(Callback(0, 0.1, 0.2, text),), notes=(text,))
