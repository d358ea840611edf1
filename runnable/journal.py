"""Reads what a tracer wrote, and makes a trace of it. Like `trace.py` it needs nothing but the standard library."""

from __future__ import annotations

import bisect
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from runnable import tracer
from runnable.trace import Callback, Job, Outcome, Said, Step, Task, Trace

Stream = Literal["out", "err"]

_KINDS_OF_WORKER: tuple[Literal["thread", "process", "interpreter"], ...] = ("thread", "process", "interpreter")
_ROUNDED = 6e-7
"""Seconds by which the rounding of times may move a piece of output out of the step in which it was written."""
_OUTCOMES: tuple[Outcome, ...] = ("result", "exception", "cancelled")
_KINDS: Mapping[bytes, struct.Struct] = {
    b"S": tracer.STRING,
    b"T": tracer.TASK,
    b"N": tracer.NAME,
    b"G": tracer.EAGER,
    b"E": tracer.END,
    b"C": tracer.CALLBACK,
    b"J": tracer.JOB,
    b"B": tracer.BEGUN,
    b"D": tracer.DONE,
    b"n": tracer.NOTE,
}


def read(data: bytes, began_ns: int, ended_ns: int) -> Trace | None:
    """The trace that is in a buffer, of which `data` are the used bytes; None where no event loop ran.

    The times are those of the run, in nanoseconds of `time.time_ns`.
    """
    if len(data) < tracer.RECORDS:
        return None
    reader = _Reader(data, began_ns, ended_ns)
    reader.read()
    return reader.trace() if reader.tasks else None


class _Reader:
    def __init__(self, data: bytes, began_ns: int, ended_ns: int) -> None:
        self._data, self._began, self._ended = data, began_ns, ended_ns
        self._texts: dict[int, str] = {0: ""}
        self.tasks: list[Task] = []
        self.steps: list[Step] = []
        self._unended: list[tuple[int, int]] = []
        """Steps without an end: the task, and the start."""
        self.callbacks: list[Callback] = []
        self.jobs: list[Job] = []
        self.notes: list[str] = []

    def read(self) -> None:
        """Takes all records."""
        for kind, values in self._records():
            self._take(kind, values)
        taken = len(self._data[tracer.STEPS : tracer.RECORDS].rstrip(b"\0"))  # one after another, and mostly few
        for at in range(tracer.STEPS, tracer.STEPS + taken, tracer.PLACE):
            kind, task, start, end, waits, line, by = tracer.STEP.unpack_from(self._data, at)
            if task >= len(self.tasks):
                continue  # What tells of the task is lost.
            if kind == b"s" and end:
                begin, finish = self._span(start, end)
                self.steps.append(Step(task, begin, finish, self._text(waits), _line(line), _known(by)))
            elif kind == b"s":
                self._unended.append((task, start))

    def _records(self) -> Iterator[tuple[bytes, Sequence[Any]]]:
        at = tracer.RECORDS
        while at < len(self._data):
            layout = _KINDS.get(self._data[at : at + 1])
            size = tracer.PLACE
            if layout is tracer.STRING:
                _, length, number = layout.unpack_from(self._data, at)
                text = at + layout.size
                self._texts[number] = self._data[text : text + length].decode("utf-8", "replace")
                size = -(-(layout.size + length) // size) * size
            elif layout is not None and at + size <= len(self._data):
                kind, *values = layout.unpack_from(self._data, at)
                yield kind, values
            at += size

    def _take(self, kind: bytes, values: Sequence[Any]) -> None:
        match kind, values:
            case b"T", (task, parent, loop, time, name, coroutine):
                self.tasks += [Task("", "", None, 0, 0.0)] * (task + 1 - len(self.tasks))
                created = self._second(time)
                self.tasks[task] = Task(self._text(name), self._text(coroutine), _known(parent), loop, created)
            case b"N", (task, name):
                self._change(task, name=self._text(name))
            case b"G", (task, time):
                self._change(task, created=self._second(time), eager=True)
            case b"E", (outcome, task, time, detail, by):
                self._change(
                    task,
                    ended=self._second(time),
                    outcome=_OUTCOMES[outcome],
                    detail=self._text(detail),
                    cancelled_by=_known(by),
                )
            case b"C", (loop, start, end, name):
                self.callbacks.append(Callback(loop, *self._span(start, end), self._text(name)))
            case b"J", (worker, _, name, task, time):
                asked = self._second(time)
                self.jobs.append(Job(self._text(name), "", _KINDS_OF_WORKER[worker], _known(task), asked, None, None))
            case b"B", (number, worker, time):
                self.jobs[number] = replace(self.jobs[number], worker=self._text(worker), start=self._second(time))
            case b"D", (number, time):
                self.jobs[number] = replace(self.jobs[number], end=self._second(time))
            case b"n", (text,):
                self.notes.append(self._text(text))

    def _change(self, number: int, **values: Any) -> None:
        self.tasks[number] = replace(self.tasks[number], **values)

    def _text(self, number: int) -> str:
        return self._texts.get(number, "")

    def _second(self, time_ns: int) -> float:
        return round(max(0, min(time_ns, self._ended) - self._began) / 1e9, 7)

    def _span(self, start: int, end: int) -> tuple[float, float]:
        return self._second(start), self._second(max(start, end))

    def trace(self) -> Trace:
        """All that was read."""
        self._unfinished()
        self._sums()
        magic, _, tasks = tracer.HEADER.unpack_from(self._data)
        if tasks > len(self.tasks):
            self.notes.append(f"Of {tasks:,} tasks, the first {len(self.tasks):,} are in the trace.")
        if magic & tracer.FULL:
            self.notes.append("There was more than the tracer could keep; the rest is not in the trace.")
        return Trace(
            tasks=tuple(self.tasks),
            steps=tuple(sorted(self.steps, key=lambda step: (step.start, step.end))),
            callbacks=tuple(self.callbacks),
            jobs=tuple(self.jobs),
            notes=tuple(self.notes),
        )

    def _unfinished(self) -> None:
        """Adds the steps in which the process ended."""
        for slot in range(tracer.SLOTS):
            task, start = tracer.SLOT.unpack_from(self._data, tracer.HEADER.size + slot * tracer.SLOT.size)
            self._unended.append((task - 1, start))
        for task, start in self._unended:
            if 0 <= task < len(self.tasks):
                self.steps.append(Step(task, *self._span(start, self._ended)))
                self.notes.append(f"The program ended in the middle of a step of {self.tasks[task].name}.")

    def _sums(self) -> None:
        """Adds to each task what is known of steps that are not kept."""
        if not self._data[tracer.SUMS : tracer.STEPS].strip(b"\0"):
            return  # All are kept, as nearly always.
        dropped = 0
        for number in range(tracer.MOST_TASKS + 1):
            count, nanoseconds = tracer.SLOT.unpack_from(self._data, tracer.SUMS + number * tracer.SLOT.size)
            if count and number < len(self.tasks):
                self._change(number, steps_dropped=count, seconds_dropped=round(nanoseconds / 1e9, 7))
            dropped += count
        if dropped:
            self.notes.append(
                f"Of {len(self.steps) + dropped:,} steps, the first {len(self.steps):,} are in the trace; of the "
                "others it is known how many there were in each task, and how long they took."
            )


def _known(number: int) -> int | None:
    return number if number >= 0 else None


def _line(number: int) -> int | None:
    return number if number > 0 else None


def said(writes: Sequence[tuple[float, Stream]], trace: Trace) -> Trace:
    """The trace with who wrote each piece of output, from the second and the stream of each.

    Both clocks are the kernel's, so a piece belongs to the task in whose step it was written; where an eager task ran
    within another's step, to that. Where tasks of two loops had their turns then, or a job ran on a thread at the same
    time, either may have written it, and none is named.
    """
    jobs = [(job.start, job.end) for job in trace.jobs if job.start is not None and job.kind == "thread"]
    longest = max((step.end - step.start for step in trace.steps), default=0.0)
    starts = [step.start for step in trace.steps]
    found = []
    for second, stream in writes:
        latest = bisect.bisect_right(starts, second + _ROUNDED)
        earliest = bisect.bisect_left(starts, second - longest - _ROUNDED)
        then = [step for step in trace.steps[earliest:latest] if second <= step.end + _ROUNDED]
        # Those that really hold it, unless it lies at the very edge of one.
        then = [step for step in then if step.start <= second <= step.end] or then[-1:]
        alone = len({trace.tasks[step.task].loop for step in then}) == 1 and not any(
            start <= second <= (second if end is None else end) for start, end in jobs
        )
        found.append(Said(second, stream, then[-1].task if alone else None))
    return replace(trace, said=tuple(found))
