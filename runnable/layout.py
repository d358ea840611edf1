"""From a trace to lanes: what is drawn of it, and how coarsely."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from runnable.folding import Folding
from runnable.lanes import Lane, Lanes, Span, label
from runnable.printed import who_printed
from runnable.sound import finite, is_machinery, sound
from runnable.spans import merged, spans_of, spans_of_jobs, turn_kind
from runnable.ties import Ties
from runnable.trace import Callback, Job, Step, Trace

SCALE = 0.004
"""The share of the axis from which on a turn is drawn to scale; a shorter one is a mark of fixed width."""
MOST_SPANS = 600
"""More than these are drawn coarser."""
MOST_ROWS = 120
"""Of the tasks in a fold, so many are drawn one by one."""
_SMALL = 0.5
"""Where all happens in less than this share of the run, nothing else is shown."""
_AROUND = 0.04
_WORDS = {"exception": "failed", "cancelled": "cancelled", "unfinished": "not ended", "": "ended"}


class Layout:
    """The lanes of a run that took `seconds`, for an axis that ends at the second `axis` if that is later.

    `lines` and `writes` are its output: the second of each line (None where it is not known) or write, and the stream.
    `source` is the text of the program, by which its tasks are told from those of libraries.
    """

    def __init__(
        self,
        trace: Trace,
        seconds: float,
        *,
        lines: Sequence[tuple[float | None, str]] = (),
        writes: Sequence[tuple[float, str]] = (),
        source: str = "",
        axis: float = 0.0,
    ) -> None:
        self._trace = trace = sound(trace)
        self._seconds = _end(trace, seconds)
        self._steps: dict[int, list[Step]] = defaultdict(list)
        for step in sorted(trace.steps, key=lambda step: step.start):
            self._steps[step.task].append(step)
        self._shown = [number for number, task in enumerate(trace.tasks) if not is_machinery(task)]
        self._loops = len({trace.tasks[number].loop for number in self._shown})
        self._names = self._told_apart()
        self._said = who_printed(trace.said, lines, writes, frozenset(self._shown))
        self._folding = Folding(trace.tasks, self._shown, self._steps, source)
        self._window = None if axis else self._look()
        length = self._window[1] - self._window[0] if self._window else max(axis, self._seconds)
        self._scale = SCALE * length

    def lanes(self) -> Lanes:
        """All that is drawn."""
        folding, scale = self._folding, self._scale
        jobs = self._jobs()
        while True:
            tasks = [
                self._fold(row, scale) if row[0] in folding.together else self._task(row[0], scale)
                for row in folding.rows
            ]
            callbacks = self._callbacks(scale)
            lanes = [*tasks, *callbacks, *(self._worker(each, scale) for each in jobs)]
            if sum(len(lane.spans) for lane in lanes) <= MOST_SPANS or scale > self._seconds:
                break
            scale *= 2
        place = {number: place for place, row in enumerate(folding.rows) for number in row}
        ties = Ties(self._trace, lanes, place, self._steps)
        ties.between_tasks()
        ties.with_workers(jobs, len(tasks) + len(callbacks))
        return Lanes(
            seconds=self._seconds,
            lanes=tuple(lanes),
            ties=ties.thinned(scale),
            folded=tuple((lane, self._unfolded(lane.tasks, scale)) for lane in tasks if lane.kind == "fold"),
            said=tuple(self._said[None]),
            notes=self._trace.notes,
            tasks=len(self._shown),
            window=self._window,
            coarse=scale > self._scale,
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
        first = [
            self._steps[number][0].start if self._steps[number] else trace.tasks[number].created
            for number in self._shown
        ]
        first += [job.asked for job in trace.jobs] + [callback.start for callback in trace.callbacks]
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

    def _end(self, number: int) -> float:
        task = self._trace.tasks[number]
        return self._seconds if task.ended is None else max(task.ended, task.created)

    def _task(self, number: int, scale: float) -> Lane:
        task, steps, end = self._trace.tasks[number], self._steps[number], self._end(number)
        name, aside = label(task)
        if self._loops > 1:
            aside = f"{aside}, loop {task.loop + 1}"
        spans = spans_of(task, steps, end, scale)
        return Lane(
            kind="task",
            name=name,
            aside=aside,
            called=self._names[number],
            depth=self._folding.depths[number],
            loop=task.loop,
            start=task.created,
            end=end,
            spans=tuple(spans),
            outcome=task.outcome,
            detail=task.detail,
            cancelled_by="" if task.cancelled_by is None else self._names.get(task.cancelled_by, ""),
            ended=task.ended is not None,
            turns=len(steps) + task.steps_dropped,
            ran=sum(step.end - step.start for step in steps) + task.seconds_dropped,
            waited=sum(span.end - span.start for span in spans if span.kind == "wait"),
            tasks=(number,),
            said=tuple(self._said[number]),
        )

    def _unfolded(self, numbers: Sequence[int], scale: float) -> tuple[Lane, ...]:
        """Each task in a fold as a lane of its own; the first MOST_ROWS with their spans, MOST_SPANS in all or so."""
        shown = numbers[:MOST_ROWS]
        lanes = [self._task(number, scale) for number in shown]
        while sum(len(lane.spans) for lane in lanes) > max(MOST_SPANS, 3 * len(lanes)) and scale < self._seconds:
            scale *= 4
            lanes = [self._task(number, scale) for number in shown]
        rest = numbers[MOST_ROWS:]
        tasks = self._trace.tasks
        lanes += [Lane("task", "", start=tasks[number].created, end=self._end(number)) for number in rest]
        return tuple(lanes)

    def _fold(self, row: tuple[int, ...], scale: float) -> Lane:
        """Many tasks as one lane: its spans are the turns of all."""
        tasks = [self._trace.tasks[number] for number in row]
        steps = sorted((step for number in row for step in self._steps[number]), key=lambda step: step.start)
        kinds = list(dict.fromkeys(task.coroutine for task in tasks))
        outcomes = Counter(
            task.outcome if task.ended is not None else "unfinished" for task in tasks if task.outcome != "result"
        )
        spans = [_turn(step.start, step.end, scale) for step in steps]
        return Lane(
            kind="fold",
            name=self._folding.name(row),
            aside=", ".join(kinds[:3]) + (", …" if len(kinds) > 3 else ""),
            depth=self._folding.depths[row[0]],
            loop=tasks[0].loop,
            start=min(task.created for task in tasks),
            end=max(self._end(number) for number in row),
            spans=tuple(merged(spans, scale)),
            detail=", ".join(f"{count:,} {_WORDS[outcome]}" for outcome, count in outcomes.items()),
            turns=len(steps) + sum(task.steps_dropped for task in tasks),
            ran=sum(span.ran for span in spans) + sum(task.seconds_dropped for task in tasks),
            tasks=row,
            said=tuple(sorted(one for number in row for one in self._said[number])),
        )

    def _callbacks(self, scale: float) -> list[Lane]:
        """A lane for each loop that had callbacks which took long."""
        by_loop: dict[int, list[Callback]] = defaultdict(list)
        for callback in sorted(self._trace.callbacks, key=lambda one: one.start):
            by_loop[callback.loop].append(callback)
        lanes = []
        for loop, callbacks in sorted(by_loop.items()):
            spans = [_turn(one.start, one.end, scale, one.name) for one in callbacks]
            lanes.append(
                Lane(
                    kind="loop",
                    name="event loop",
                    aside="callbacks that are no task’s",
                    loop=loop,
                    start=spans[0].start,
                    end=spans[-1].end,
                    spans=tuple(merged(spans, scale)),
                    turns=len(spans),
                    ran=sum(span.ran for span in spans),
                )
            )
        return lanes

    def _jobs(self) -> list[list[Job]]:
        """The jobs of each thread or process, in the order in which they were first asked for something."""
        by_worker: dict[tuple[str, str], list[Job]] = defaultdict(list)
        for job in sorted(self._trace.jobs, key=lambda job: job.asked):
            by_worker[job.kind, job.worker].append(job)
        return list(by_worker.values())

    def _worker(self, jobs: Sequence[Job], scale: float) -> Lane:
        kind, worker = jobs[0].kind, jobs[0].worker
        spans = spans_of_jobs(jobs, self._seconds, scale)
        return Lane(
            kind=kind,
            name=worker or kind,
            aside="" if worker.startswith(kind) else kind,
            loop=-1,
            start=min(span.start for span in spans),
            end=max(span.end for span in spans),
            spans=tuple(spans),
            ended=all(job.end is not None for job in jobs),
            turns=len(jobs),
            ran=sum(span.ran for span in spans),
        )


def _turn(start: float, end: float, scale: float, what: str = "") -> Span:
    return Span(turn_kind(end - start, scale), start, end, what, ran=end - start)


def _end(trace: Trace, seconds: float) -> float:
    """The end of the run: no earlier than anything in its trace."""
    last = [step.end for step in trace.steps]
    last += [task.created if task.ended is None else task.ended for task in trace.tasks]
    last += [job.asked if job.end is None else job.end for job in trace.jobs]
    return max([seconds if finite(seconds) else 0.0, *last])
