"""What a timeline shows of a trace: lanes, the spans in them, and what ties one lane to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from runnable.trace import Outcome, Task

BLOCKS = 0.05
"""Seconds from which on a turn is said to block the event loop."""

Kind = Literal["run", "block", "short", "many", "wait", "ready", "lost", "job", "queued"]


@dataclass(frozen=True)
class Span:
    """A stretch of a lane in which one thing is the case.

    `run`: a turn, drawn to scale; `block`: one of BLOCKS or more; `short`: turns too short for the scale, in one place;
    `many`: short turns with short waits between them, one after the other; `wait`; `ready`: created, not begun;
    `lost`: turns that the tracer only counted; `job`: a function on a thread; `queued`: it waits for a thread.
    """

    kind: Kind
    start: float
    end: float
    what: str = ""
    """What is waited for, or the function that runs."""
    line: int | None = None
    """The line of the program at which the task stands when the span is over; in a wait, all the time."""
    turns: int = 1
    ran: float = 0.0
    """Seconds of running in it."""


@dataclass(frozen=True)
class Lane:
    """One task, one thread, the event loop's callbacks, or many tasks together."""

    kind: Literal["task", "fold", "thread", "process", "interpreter", "loop"]
    name: str
    aside: str = ""
    """What runs in it, where the name does not say so."""
    called: str = ""
    """What it is called where its name alone could be that of another; empty where it cannot."""
    depth: int = 0
    loop: int = 0
    start: float = 0.0
    end: float = 0.0
    spans: tuple[Span, ...] = ()
    outcome: Outcome = ""
    detail: str = ""
    cancelled_by: str = ""
    ended: bool = True
    turns: int = 0
    ran: float = 0.0
    waited: float = 0.0
    tasks: tuple[int, ...] = ()
    """The numbers of the tasks in it, in order of creation."""
    said: tuple[tuple[float, str, int], ...] = ()
    """What was printed here: second, stream, and which line of output it began (-1 where that is not known)."""


TieKind = Literal["created", "woke", "cancelled", "asked", "answered"]


@dataclass(frozen=True)
class Tie:
    """From one lane to another: it created it, woke it, cancelled it, asked for it, answered it."""

    kind: TieKind
    source: int
    """The place of the lane among all."""
    target: int
    left: float
    """The second at which it leaves the source."""
    arrives: float


@dataclass(frozen=True)
class Lanes:
    """All that is drawn."""

    seconds: float
    """The end of the run."""
    lanes: tuple[Lane, ...]
    ties: tuple[Tie, ...] = ()
    folded: tuple[tuple[Lane, tuple[Lane, ...]], ...] = ()
    """Each lane of many tasks, and the tasks in it as lanes of their own."""
    said: tuple[tuple[float, str, int], ...] = ()
    """What was printed outside of any task."""
    notes: tuple[str, ...] = ()
    tasks: int = 0
    """How many tasks are shown, alone or folded."""
    window: tuple[float, float] | None = None
    """From when to when it is worth looking, where that is a small part of the run."""
    coarse: bool = False
    """Whether turns were drawn together because there are so many."""


def label(task: Task) -> tuple[str, str]:
    """How a task is called, and what else is worth saying: by its name if it was given one, else by its coroutine."""
    coroutine = task.coroutine.replace(".<locals>", "") or "?"
    number = task.name.removeprefix("Task-")
    if number != task.name and number.isascii() and number.isdecimal():
        return coroutine, task.name
    return task.name or "?", coroutine
