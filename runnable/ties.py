"""What ties lanes together: who created, woke and cancelled whom, who asked a thread for something, and its answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from runnable.lanes import Lane, Tie, TieKind
from runnable.trace import Job, Step, Task, Trace

MOST_TIES = 150
"""More than these are thinned out: ties of the same two lanes that are close to each other are drawn as one."""
_SOON = 0.05
"""Seconds within which a task goes on after the job it asked for; later, something else will have been the reason."""


class Ties:
    """Finds ties between lanes. `place` is where the lane of each task is; `steps` are the steps of each task."""

    def __init__(
        self, trace: Trace, lanes: Sequence[Lane], place: Mapping[int, int], steps: Mapping[int, Sequence[Step]]
    ) -> None:
        self._trace, self._lanes, self._place, self._steps = trace, lanes, place, steps
        self._starts = {task: [step.start for step in each] for task, each in steps.items()}
        self._found: list[Tie] = []

    def between_tasks(self) -> None:
        """Who created, woke and cancelled whom, where the two have lanes of their own."""
        for number in self._place:
            task = self._trace.tasks[number]
            if task.parent is not None:
                self._add("created", task.parent, number, task.created, task.created)
            steps, by = self._steps[number], task.cancelled_by
            cancelled = task.outcome == "cancelled" and by is not None
            # The last turn of a task that was cancelled came from that, and not from what it waited for.
            for step in steps[1 : -1 if cancelled else None]:
                if step.woken_by is not None:
                    self._add("woke", step.woken_by, number, self._left(step.woken_by, step.start), step.start)
            if cancelled and by is not None:
                at = steps[-1].start if steps else self._end(task)
                self._add("cancelled", by, number, self._left(by, at), at)

    def with_workers(self, jobs: Sequence[Sequence[Job]], first: int) -> None:
        """From the task that asked for a job to the thread, and back. `jobs` are those of each lane from `first` on."""
        for worker, each in enumerate(jobs, first):
            for job in each:
                if job.task is None or job.task not in self._place:
                    continue
                lane = self._place[job.task]
                self._found.append(Tie("asked", lane, worker, job.asked, job.asked if job.start is None else job.start))
                answer = self._answer(job)
                if answer is not None and job.end is not None:
                    self._found.append(Tie("answered", worker, lane, job.end, answer))

    def thinned(self, scale: float) -> tuple[Tie, ...]:
        """Those found; of one kind between two lanes none closer than `scale` seconds, and no more than MOST_TIES."""
        while True:
            kept: dict[tuple[TieKind, int, int, int], Tie] = {}
            for tie in self._found:
                kept.setdefault((tie.kind, tie.source, tie.target, int(tie.arrives / (scale or 1.0))), tie)
            if len(kept) <= MOST_TIES or scale > max(tie.arrives for tie in self._found):
                return tuple(kept.values())
            scale = 2 * scale or 1.0

    def _add(self, kind: TieKind, source: int, target: int, left: float, arrives: float) -> None:
        one, other = self._place.get(source), self._place.get(target)
        if one is None or other is None or one == other or "fold" in {self._lanes[one].kind, self._lanes[other].kind}:
            return
        self._found.append(Tie(kind, one, other, min(left, arrives), arrives))

    def _end(self, task: Task) -> float:
        return task.created if task.ended is None else task.ended

    def _left(self, number: int, second: float) -> float:
        """The end of the last turn that a task began before `second`, in which it must have done what was done then."""
        found = bisect_right(self._starts.get(number, []), second) - 1
        return min(self._steps[number][found].end, second) if found >= 0 else second

    def _answer(self, job: Job) -> float | None:
        """When the task that asked had its next turn after the end of the job, if it went on because of that."""
        if job.end is None or job.task is None:
            return None
        later = bisect_right(self._starts.get(job.task, []), job.end)
        turn = self._steps[job.task][later] if later < len(self._steps[job.task]) else None
        return turn.start if turn and turn.woken_by is None and turn.start - job.end < _SOON else None
