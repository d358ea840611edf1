"""The spans of a lane: turns and waits, those too short for the scale drawn together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from runnable.lanes import BLOCKS, Kind, Span
from runnable.trace import Job, Step, Task


def turn_kind(length: float, scale: float) -> Kind:
    """How a turn of so many seconds is drawn where `scale` are the fewest that can be drawn to scale."""
    if length >= BLOCKS:
        return "block"
    return "run" if length >= scale else "short"


def spans_of(task: Task, steps: Sequence[Step], end: float, scale: float) -> list[Span]:
    """The spans of one task that ended, or was seen last, at `end`."""
    spans: list[Span] = []
    if steps and steps[0].start - task.created >= scale:
        spans.append(Span("ready", task.created, steps[0].start))
    elif not steps and not task.steps_dropped and end > task.created:
        spans.append(Span("ready", task.created, end))
    for place, step in enumerate(steps):
        length = step.end - step.start
        spans.append(Span(turn_kind(length, scale), step.start, step.end, line=step.line, ran=length))
        last = place + 1 == len(steps)
        if last and task.steps_dropped:
            spans.append(Span("lost", step.end, end, turns=task.steps_dropped, ran=task.seconds_dropped))
        elif not last or step.waits or task.ended is None:
            until = end if last else steps[place + 1].start
            spans.append(Span("wait", step.end, max(step.end, until), step.waits, step.line))
    if not steps and task.steps_dropped:
        spans.append(Span("lost", task.created, end, turns=task.steps_dropped, ran=task.seconds_dropped))
    return merged(spans, scale)


def spans_of_jobs(jobs: Sequence[Job], end: float, scale: float) -> list[Span]:
    """The spans of one thread or process, in a run that ended at `end`."""
    spans: list[Span] = []
    for job in sorted(jobs, key=lambda job: job.asked if job.start is None else job.start):
        until = end if job.end is None else job.end
        begun = job.asked if job.start is None and job.end is not None else job.start
        if begun is None:
            spans.append(Span("queued", job.asked, until, job.name))
            continue
        if begun - job.asked >= scale and not any(span.end > job.asked for span in spans):
            spans.append(Span("queued", job.asked, begun, job.name))
        spans.append(Span("job", begun, max(begun, until), job.name, ran=max(0.0, until - begun)))
    return spans


def merged(spans: Iterable[Span], scale: float) -> list[Span]:
    """Turns that are too short for the scale, drawn together where what lies between them is, too."""
    found: list[Span] = []
    for each in spans:
        span = each
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
