"""How the tasks of one run took turns: what the tracer writes, a recording keeps, and a timeline draws.

It needs nothing but the standard library of any Python from 3.11 on: it is read in the reader's browser, too. Every
second is counted from the start of the program, as those of its output are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

MOST_STEPS = 2_000
"""A tracer keeps no more steps than these; of later ones it keeps, for each task, how many there were and their sum."""

Outcome = Literal["result", "exception", "cancelled", ""]
"""How a task ended; "" where it had not ended when the trace did."""


@dataclass(frozen=True)
class Task:
    """One task. Its number is its place in `Trace.tasks`, which is the order of creation."""

    name: str
    """What `get_name` gave last: any text at all."""
    coroutine: str
    """The qualified name of what it runs, `main` or `Kitchen.serve`."""
    parent: int | None
    """The task that created it; None where that was no task."""
    loop: int
    """The event loop it belongs to, counted from 0 in order of their first task."""
    created: float
    ended: float | None = None
    outcome: Outcome = ""
    detail: str = ""
    """The exception as `ValueError: no eggs`, or the argument of the cancellation."""
    cancelled_by: int | None = None
    """The task that asked for its cancellation, where one did."""
    eager: bool = False
    """Whether its first step ran before `create_task` returned."""
    steps_dropped: int = 0
    """How many of its steps came after MOST_STEPS, and are not in the trace."""
    seconds_dropped: float = 0.0
    """How long these ran, in all."""


@dataclass(frozen=True)
class Step:
    """One turn of a task: it ran from `start` to `end`, and then waited for something, or ended."""

    task: int
    start: float
    end: float
    waits: str = ""
    """What it waits for from now on: `sleep(0.5)`, `Lock.acquire`, `Queue.get`, `Task-3`, …; "" where it ended."""
    line: int | None = None
    """The line of the program at which it stands now; None where it is in none."""
    woken_by: int | None = None
    """The task in whose turn what it waited for came true; None where that was a timer, a socket, a thread."""


@dataclass(frozen=True)
class Callback:
    """A callback of the event loop that was no step of a task and took long enough to be noticed (10 ms)."""

    loop: int
    start: float
    end: float
    name: str


@dataclass(frozen=True)
class Job:
    """A function that ran on a thread or in a process for a task."""

    name: str
    """The qualified name of the function."""
    worker: str
    """The name of the thread, or `process 1`."""
    kind: Literal["thread", "process", "interpreter"]
    task: int | None
    """Who asked for it."""
    asked: float
    start: float | None
    """None where it never began, or nobody can see when."""
    end: float | None
    """None where it had not ended when the trace did."""


@dataclass(frozen=True)
class Said:
    """Who wrote a piece of output: the n-th write of the program to a stream, and the task that had its turn."""

    second: float
    stream: Literal["out", "err"]
    task: int | None


@dataclass(frozen=True)
class Trace:
    """All of it. `notes` says in sentences what is missing, and why: `The program was killed; …`."""

    tasks: tuple[Task, ...] = ()
    steps: tuple[Step, ...] = ()
    """In order of their starts."""
    callbacks: tuple[Callback, ...] = ()
    jobs: tuple[Job, ...] = ()
    said: tuple[Said, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain values, for `json.dumps`."""
        # What `dataclasses.asdict` gives, in a tenth of its time: nothing here is deeper than this.
        return {
            name: [dict(vars(each)) for each in values] if name != "notes" else list(values)
            for name, values in vars(self).items()
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Trace:
        """What `to_json` gave. Raises TypeError or KeyError where it is something else."""
        return cls(
            tasks=tuple(Task(**task) for task in values["tasks"]),
            steps=tuple(Step(**step) for step in values["steps"]),
            callbacks=tuple(Callback(**callback) for callback in values["callbacks"]),
            jobs=tuple(Job(**job) for job in values["jobs"]),
            said=tuple(Said(**said) for said in values["said"]),
            notes=tuple(map(str, values["notes"])),
        )
