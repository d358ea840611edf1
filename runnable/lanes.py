"""What a timeline shows of a trace, before it is drawn: lanes, the spans in them, and who woke whom.

It needs nothing but the standard library and `runnable.trace`: it runs in the reader's browser, too.

Two kinds of tasks are left out where they teach nothing, by rule: `shutdown_asyncgens` and `shutdown_default_executor`,
which `asyncio.run` itself creates when the program's own tasks are done. They are shown where they took 50 ms or
more, since then the program waited for them. Three or more tasks of libraries (whose coroutines neither the program nor
asyncio's public interface defines) share a lane.
"""

from __future__ import annotations

import asyncio
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from runnable.trace import Callback, Job, Outcome, Step, Task, Trace

BLOCKS = 0.05
"""Seconds from which on a turn is said to block the event loop."""
MOST_LANES = 12
"""More tasks than these are folded."""
SCALE = 0.004
"""The share of the axis from which on a turn is drawn to scale; a shorter one is a mark of fixed width."""
MOST_SPANS = 600
"""More than these are drawn coarser."""
_ALIKE = 2
_UNLIKE = 3
_SMALL = 0.25
"""Where all happens in less than this share of the run, nothing else is shown."""
_AROUND = 0.04
_FOREIGN = 3
"""So many tasks of libraries share a lane."""
_LIBRARIES = "libraries"
_DEFINITION = re.compile(r"\b(?:def|class) +(\w+)")
_MACHINERY = ("shutdown_asyncgens", "shutdown_default_executor")

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


@dataclass(frozen=True)
class Tie:
    """From one lane to another: it created it, woke it, cancelled it, asked for it, answered it."""

    kind: Literal["created", "woke", "cancelled", "asked", "answered"]
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
    loops: int = 1
    notes: tuple[str, ...] = ()
    tasks: int = 0
    """How many tasks are shown, alone or folded."""
    window: tuple[float, float] | None = None
    """From when to when it is worth looking, where that is a small part of the run."""
    coarse: bool = False
    """Whether turns were drawn together because there are so many."""


def laid_out(
    trace: Trace,
    seconds: float,
    lines: Sequence[tuple[float | None, str]] = (),
    writes: Sequence[tuple[float, str]] = (),
    source: str = "",
    axis: float = 0.0,
) -> Lanes:
    """The lanes of a run that took `seconds`, for an axis that ends at the second `axis` if that is later.

    `lines` and `writes` are its output: the second of each line (None where it is not known) or write, and the stream.
    `source` is the text of the program, by which its tasks are told from those of libraries.
    """
    return _Layout(trace, seconds, lines, writes, source, axis).result()


def teaches(trace: Trace | None) -> bool:
    """Whether a timeline shows what the output does not: tasks that take turns, a wait, a thread, a loop that blocks.

    One task that runs from its beginning to its end, or waits for less than 10 ms in all, is not worth a picture.
    """
    if trace is None:
        return False
    tasks = {number for number, task in enumerate(trace.tasks) if not _is_machinery(task)}
    steps = [step for step in trace.steps if step.task in tasks]
    if len({step.task for step in steps}) > 1 or trace.jobs or trace.callbacks:
        return True
    if any(step.end - step.start >= BLOCKS for step in steps):
        return True
    waited = sum(max(0.0, after.start - before.end) for before, after in zip(steps, steps[1:], strict=False))
    return waited >= 0.01


def _is_machinery(task: Task) -> bool:
    ends = task.created if task.ended is None else task.ended
    return task.coroutine.endswith(_MACHINERY) and task.outcome != "exception" and ends - task.created < BLOCKS


def _finite(*values: object) -> bool:
    return all(isinstance(value, (int, float)) and math.isfinite(value) for value in values)


def _checked(trace: Trace) -> Trace:
    """The trace without what cannot be drawn, and with a note of that."""
    numbers = range(len(trace.tasks))
    tasks = [
        replace(
            task,
            created=task.created if _finite(task.created) else 0.0,
            ended=task.ended if task.ended is not None and _finite(task.ended) else None,
            parent=task.parent if task.parent in range(number) else None,
            cancelled_by=task.cancelled_by if task.cancelled_by in numbers else None,
        )
        for number, task in enumerate(trace.tasks)
    ]
    steps = [step for step in trace.steps if step.task in numbers and _finite(step.start, step.end)]
    callbacks = [one for one in trace.callbacks if _finite(one.start, one.end)]
    jobs = [one for one in trace.jobs if _finite(one.asked, *(v for v in (one.start, one.end) if v is not None))]
    said = [one for one in trace.said if _finite(one.second)]
    lost = sum(map(len, (trace.steps, trace.callbacks, trace.jobs, trace.said)))
    lost -= sum(map(len, (steps, callbacks, jobs, said)))
    notes = trace.notes
    if lost:
        notes += (f"{lost} {'entry' if lost == 1 else 'entries'} of the trace made no sense, and are left out.",)
    return Trace(tuple(tasks), tuple(steps), tuple(callbacks), tuple(jobs), tuple(said), notes)


class _Layout:
    def __init__(
        self,
        trace: Trace,
        seconds: float,
        lines: Sequence[tuple[float | None, str]],
        writes: Sequence[tuple[float, str]],
        source: str,
        axis: float,
    ) -> None:
        self._defined = frozenset(_DEFINITION.findall(source))
        self._trace = trace = _checked(trace)
        last = [step.end for step in trace.steps]
        last += [task.ended if task.ended is not None else task.created for task in trace.tasks]
        last += [job.end for job in trace.jobs if job.end is not None] + [job.asked for job in trace.jobs]
        self._seconds = max([seconds if _finite(seconds) else 0.0, *last])
        self._steps: dict[int, list[Step]] = defaultdict(list)
        for step in sorted(trace.steps, key=lambda step: step.start):
            self._steps[step.task].append(step)
        self._starts = {task: [step.start for step in steps] for task, steps in self._steps.items()}
        self._shown = [number for number, task in enumerate(trace.tasks) if not _is_machinery(task)]
        self._names = self._told_apart()
        self._said = self._who_said(lines, writes)
        self._window = None if axis else self._look()
        length = self._window[1] - self._window[0] if self._window else max(axis, self._seconds)
        self._scale = SCALE * length

    def result(self) -> Lanes:
        trace = self._trace
        order, depths = self._nested()
        rows, fold_of = self._folded(order)
        coarse = False
        while True:
            lanes: list[Lane] = []
            place: dict[int, int] = {}
            for row in rows:
                if len(row) == 1 and row[0] not in fold_of:
                    lanes.append(self._task(row[0], depths[row[0]]))
                else:
                    lanes.append(self._fold(row, depths[row[0]]))
                place.update(dict.fromkeys(row, len(lanes) - 1))
            lanes += self._callbacks()
            workers = len(lanes)
            jobs = self._jobs()
            lanes += [lane for lane, _ in jobs]
            if sum(len(lane.spans) for lane in lanes) <= MOST_SPANS or self._scale > self._seconds:
                break
            coarse, self._scale = True, self._scale * 2
        folded = tuple(
            (lanes[place[row[0]]], tuple(self._task(number, 0) for number in row)) for row in rows if row[0] in fold_of
        )
        ties = self._ties(lanes, place) + self._errands(jobs, workers, place)
        return Lanes(
            seconds=self._seconds,
            lanes=tuple(lanes),
            ties=tuple(ties),
            folded=folded,
            said=tuple(self._said[None]),
            loops=len({lane.loop for lane in lanes if lane.kind in {"task", "fold"}}),
            notes=trace.notes,
            tasks=len(self._shown),
            window=self._window,
            coarse=coarse,
        )

    def _told_apart(self) -> dict[int, str]:
        """What each task is called where another speaks of it."""
        labels = {number: label(self._trace.tasks[number]) for number in self._shown}
        alike = Counter(name for name, _ in labels.values())
        return {
            number: name if alike[name] == 1 or not aside else f"{name} ({aside})"
            for number, (name, aside) in labels.items()
        }

    def _look(self) -> tuple[float, float] | None:
        """From when to when anything happens, and a little more, where that is a small part of the run."""
        trace = self._trace
        first = [trace.tasks[number].created for number in self._shown] + [job.asked for job in trace.jobs]
        if not first:
            return None
        last = [self._end(number) for number in self._shown]
        last += [self._seconds if job.end is None else job.end for job in trace.jobs]
        last += [callback.end for callback in trace.callbacks]
        start, end = min(first), max(last)
        if not 0 < end - start < _SMALL * self._seconds:
            return None
        more = _AROUND * (end - start)
        return max(0.0, start - more), min(self._seconds, end + more)

    def _nested(self) -> tuple[list[int], dict[int, int]]:
        """The tasks, each behind its parent and what that created before; and how deep each is nested."""
        children: dict[int | None, list[int]] = defaultdict(list)
        shown = set(self._shown)
        for number in self._shown:
            parent = self._trace.tasks[number].parent
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
        """The tasks of each lane, and which of them share one.

        Of many that run the same for the same parent, the first two are shown, and the first three of those that ended
        in another way than most or blocked the loop.
        """
        tasks = self._trace.tasks
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
            alike, unlike = members[:_ALIKE], []
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
        known = self._defined.intersection((first, *rest)) or hasattr(asyncio, first)
        return bool(self._defined) and not known and not first.startswith("<")

    def _end(self, number: int) -> float:
        task = self._trace.tasks[number]
        return self._seconds if task.ended is None else max(task.ended, task.created)

    def _task(self, number: int, depth: int) -> Lane:
        task = self._trace.tasks[number]
        name, aside = label(task)
        steps = self._steps[number]
        end = self._end(number)
        spans = self._spans(task, steps, end)
        return Lane(
            kind="task",
            name=name,
            aside=aside,
            called=self._names[number],
            depth=depth,
            loop=task.loop,
            start=task.created,
            end=end,
            spans=tuple(spans),
            outcome=task.outcome,
            detail=task.detail,
            cancelled_by=self._names.get(-1 if task.cancelled_by is None else task.cancelled_by, ""),
            ended=task.ended is not None,
            turns=len(steps) + task.steps_dropped,
            ran=sum(step.end - step.start for step in steps) + task.seconds_dropped,
            waited=sum(span.end - span.start for span in spans if span.kind == "wait"),
            tasks=(number,),
            said=tuple(self._said[number]),
        )

    def _spans(self, task: Task, steps: list[Step], end: float) -> list[Span]:
        spans: list[Span] = []
        if steps and steps[0].start - task.created >= self._scale:
            spans.append(Span("ready", task.created, steps[0].start))
        elif not steps and not task.steps_dropped and end > task.created:
            spans.append(Span("ready", task.created, end))
        for place, step in enumerate(steps):
            length = step.end - step.start
            kind: Kind = "block" if length >= BLOCKS else "run" if length >= self._scale else "short"
            spans.append(Span(kind, step.start, step.end, line=step.line, ran=length))
            last = place + 1 == len(steps)
            if last and task.steps_dropped:
                spans.append(Span("lost", step.end, end, turns=task.steps_dropped, ran=task.seconds_dropped))
            elif not last or step.waits or task.ended is None:
                until = end if last else steps[place + 1].start
                spans.append(Span("wait", step.end, max(step.end, until), step.waits, step.line))
        if not steps and task.steps_dropped:
            spans.append(Span("lost", task.created, end, turns=task.steps_dropped, ran=task.seconds_dropped))
        return _merged(spans, self._scale)

    def _fold(self, row: tuple[int, ...], depth: int) -> Lane:
        """Many tasks as one lane: its spans are the turns of all."""
        tasks = [self._trace.tasks[number] for number in row]
        steps = sorted((step for number in row for step in self._steps[number]), key=lambda step: step.start)
        kinds: dict[str, None] = dict.fromkeys(task.coroutine for task in tasks)
        outcomes = Counter(
            task.outcome if task.ended is not None else "unfinished" for task in tasks if task.outcome != "result"
        )
        words = {"exception": "failed", "cancelled": "cancelled", "unfinished": "not ended", "": "ended"}
        spans = [
            Span(
                "block" if step.end - step.start >= BLOCKS else "run" if step.end - step.start >= self._scale else "short",
                step.start,
                step.end,
                ran=step.end - step.start,
            )
            for step in steps
        ]
        dropped = sum(task.steps_dropped for task in tasks)
        return Lane(
            kind="fold",
            name=self._crowd_name(tasks),
            aside=", ".join(list(kinds)[:3]) + (", …" if len(kinds) > 3 else ""),
            depth=depth,
            loop=tasks[0].loop,
            start=min(task.created for task in tasks),
            end=max(self._end(number) for number in row),
            spans=tuple(_merged(spans, self._scale)),
            detail=", ".join(f"{count:,} {words[outcome]}" for outcome, count in outcomes.items()),
            turns=len(steps) + dropped,
            ran=sum(step.end - step.start for step in steps) + sum(task.seconds_dropped for task in tasks),
            tasks=row,
            said=tuple(sorted(one for number in row for one in self._said[number])),
        )

    def _crowd_name(self, tasks: list[Task]) -> str:
        tasks_of = "tasks of libraries" if all(map(self._is_foreign, tasks)) else "more tasks"
        return f"{len(tasks):,} {tasks_of if len(tasks) > 1 else tasks_of.replace('tasks', 'task', 1)}"

    def _callbacks(self) -> list[Lane]:
        """A lane for each loop that had callbacks which took long."""
        lanes: list[Lane] = []
        by_loop: dict[int, list[Callback]] = defaultdict(list)
        for callback in self._trace.callbacks:
            by_loop[callback.loop].append(callback)
        for loop, callbacks in sorted(by_loop.items()):
            spans = []
            for one in sorted(callbacks, key=lambda one: one.start):
                length = one.end - one.start
                kind: Kind = "block" if length >= BLOCKS else "run" if length >= self._scale else "short"
                spans.append(Span(kind, one.start, one.end, one.name, ran=length))
            lanes.append(
                Lane(
                    kind="loop",
                    name="event loop",
                    aside="callbacks that are no task’s",
                    loop=loop,
                    start=spans[0].start,
                    end=spans[-1].end,
                    spans=tuple(_merged(spans, self._scale)),
                    turns=len(spans),
                    ran=sum(span.ran for span in spans),
                )
            )
        return lanes

    def _jobs(self) -> list[tuple[Lane, list[Job]]]:
        """A lane for each thread or process, in the order in which they were first asked for something."""
        by_worker: dict[tuple[str, str], list[Job]] = defaultdict(list)
        for job in sorted(self._trace.jobs, key=lambda job: job.asked):
            by_worker[job.kind, job.worker].append(job)
        lanes = []
        for (kind, worker), jobs in by_worker.items():
            spans: list[Span] = []
            for job in sorted(jobs, key=lambda job: job.asked if job.start is None else job.start):
                end = self._seconds if job.end is None else job.end
                begun = job.asked if job.start is None and job.end is not None else job.start
                if begun is None:
                    spans.append(Span("queued", job.asked, end, job.name))
                    continue
                if begun - job.asked >= self._scale and not any(span.end > job.asked for span in spans):
                    spans.append(Span("queued", job.asked, begun, job.name))
                spans.append(Span("job", begun, max(begun, end), job.name, ran=max(0.0, end - begun)))
            lanes.append(
                (
                    Lane(
                        kind=kind,  # type: ignore[arg-type]
                        name=worker or kind,
                        aside="" if worker.startswith(kind) else kind,
                        start=min(span.start for span in spans),
                        end=max(span.end for span in spans),
                        spans=tuple(spans),
                        turns=len(jobs),
                        ran=sum(span.ran for span in spans),
                        ended=all(job.end is not None for job in jobs),
                    ),
                    jobs,
                )
            )
        return lanes

    def _ties(self, lanes: list[Lane], place: dict[int, int]) -> list[Tie]:
        """Who created, woke and cancelled whom, where the two have lanes of their own; a pair once in a place."""
        ties: dict[tuple[str, int, int, int], Tie] = {}

        def add(kind: Literal["created", "woke", "cancelled"], source: int, target: int, left: float, at: float) -> None:
            one, other = place.get(source), place.get(target)
            if one is None or other is None or one == other or "fold" in {lanes[one].kind, lanes[other].kind}:
                return
            tie = Tie(kind, one, other, min(left, at), at)
            ties.setdefault((kind, one, other, int(at / (self._scale or 1.0))), tie)

        for number in self._shown:
            task = self._trace.tasks[number]
            if task.parent is not None:
                add("created", task.parent, number, task.created, task.created)
            steps = self._steps[number]
            by = task.cancelled_by
            for step in steps[1:]:
                if step.woken_by is not None and not (step is steps[-1] and task.outcome == "cancelled" and by is not None):
                    add("woke", step.woken_by, number, self._turn_before(step.woken_by, step.start), step.start)
            if task.outcome == "cancelled" and by is not None:
                at = steps[-1].start if steps else self._end(number)
                add("cancelled", by, number, self._turn_before(by, at), at)
        return list(ties.values())

    def _turn_before(self, number: int, second: float) -> float:
        """The end of the last turn that a task began before `second`."""
        steps = self._steps[number]
        found = bisect_right(self._starts.get(number, []), second) - 1
        return min(steps[found].end, second) if found >= 0 else second

    def _errands(self, jobs: list[tuple[Lane, list[Job]]], first: int, place: dict[int, int]) -> list[Tie]:
        """From the task that asked for a job to the thread, and back with the answer."""
        ties: dict[tuple[str, int, int, int], Tie] = {}

        def add(kind: Literal["asked", "answered"], one: int, other: int, left: float, at: float) -> None:
            ties.setdefault((kind, one, other, int(at / (self._scale or 1.0))), Tie(kind, one, other, left, at))

        for number, (_, asked) in enumerate(jobs):
            for job in asked:
                if job.task not in place:
                    continue
                lane = place[job.task]
                start = job.asked if job.start is None else job.start
                add("asked", lane, first + number, job.asked, start)
                answer = self._answer(job)
                if answer is not None and job.end is not None:
                    add("answered", first + number, lane, job.end, answer)
        return list(ties.values())

    def _answer(self, job: Job) -> float | None:
        """When the task that asked had its next turn after the end of the job, if it went on because of that."""
        if job.end is None or job.task is None:
            return None
        turn = next((step for step in self._steps[job.task] if step.start >= job.end), None)
        soon = max(0.05, self._scale)
        return turn.start if turn is not None and turn.woken_by is None and turn.start - job.end < soon else None

    def _who_said(
        self, lines: Sequence[tuple[float | None, str]], writes: Sequence[tuple[float, str]]
    ) -> dict[int | None, list[tuple[float, str, int]]]:
        """For each task (None: for none) what it printed: the lines of output that its writes began."""
        shown = set(self._shown)
        found: dict[int | None, list[tuple[float, str, int]]] = defaultdict(list)
        for stream in ("out", "err"):
            said = [one for one in self._trace.said if one.stream == stream]
            seconds = [second for second, where in writes if where == stream]
            if len(seconds) != len(said):  # something else wrote, too: a thread, another process
                seconds = [one.second for one in said]
            place = -1
            before: float | None = None
            for number, (second, where) in enumerate(lines):
                if where != stream or second is None or not _finite(second):
                    continue
                if second != before:  # what begins at the same instant was one write
                    place = _nearest(seconds, second, place + 1)
                    before = second
                who = said[place].task if 0 <= place < len(said) else None
                found[who if who in shown else None].append((second, stream, number))
        for one in found.values():
            one.sort()
        return found


def _nearest(seconds: Sequence[float], second: float, first: int) -> int:
    """The place of the value nearest to `second`, from place `first` on; the last place where that is beyond."""
    place = first
    while place + 1 < len(seconds) and abs(seconds[place + 1] - second) < abs(seconds[place] - second):
        place += 1
    return min(place, len(seconds) - 1)


def label(task: Task) -> tuple[str, str]:
    """How a task is called, and what else is worth saying: by its name if it was given one, else by its coroutine."""
    coroutine = task.coroutine.replace(".<locals>", "")
    number = task.name.removeprefix("Task-")
    if number != task.name and number.isascii() and number.isdecimal():
        return coroutine, task.name
    return task.name, coroutine


def _merged(spans: Iterable[Span], scale: float) -> list[Span]:
    """Turns that are too short for the scale, drawn together where what lies between them is, too."""
    found: list[Span] = []
    for span in spans:
        if span.kind == "wait" and span.end - span.start < scale and found and found[-1].kind in {"short", "many"}:
            found.append(span)
            continue
        if span.kind == "short":
            before = next((one for one in reversed(found[-2:]) if one.kind in {"short", "many"}), None)
            if before is not None and span.start - before.end < scale:
                while found.pop() is not before:
                    pass
                kind: Kind = "short" if span.end - before.start < scale else "many"
                turns, ran = before.turns + span.turns, before.ran + span.ran
                span = Span(kind, before.start, span.end, line=span.line, turns=turns, ran=ran)
        found.append(span)
    return found
