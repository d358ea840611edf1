"""What a tracer's buffer tells, whole, cut off or damaged; and who wrote a piece of output."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from runnable import journal, process, tracer
from runnable.trace import Job, Step, Task, Trace


def traced() -> tuple[bytes, int, int]:
    """The used bytes of a buffer, and the begin and the end of the run that it is of."""
    buffer = bytearray(tracer.SIZE)

    async def child() -> None:
        await asyncio.sleep(0.01)

    async def main() -> None:
        await asyncio.gather(*(asyncio.create_task(child(), name=f"child {number}") for number in range(3)))

    began = time.time_ns()
    tracer.start(buffer, __file__)
    try:
        asyncio.run(main())
    finally:
        tracer.stop()
    return bytes(buffer[: tracer.used(buffer)]), began, time.time_ns()


def read(data: bytes, began: int, ended: int) -> Trace:
    trace = journal.read(data, began, ended)
    assert trace is not None
    return trace


def test_a_buffer_is_read() -> None:
    trace = read(*traced())
    assert [task.name for task in trace.tasks if task.coroutine.endswith("child")] == ["child 0", "child 1", "child 2"]
    assert [step.waits for step in trace.steps if step.task == 1] == ["sleep(0.01)", ""]
    assert trace.notes == ()


def test_nothing_in_a_buffer_is_no_trace() -> None:
    assert tracer.used(bytearray(tracer.SIZE)) == 0
    assert journal.read(b"", 0, 1) is None
    buffer = bytearray(tracer.SIZE)
    tracer.start(buffer, __file__)
    tracer.stop()
    assert journal.read(bytes(buffer[: tracer.used(buffer)]), 0, 1) is None


def test_a_buffer_that_was_cut_off_tells_what_is_left() -> None:
    data, began, ended = traced()
    whole = read(data, began, ended)
    seen = []
    for end in range(len(data), tracer.RECORDS, -tracer.PLACE):
        trace = journal.read(data[:end], began, ended)
        if trace is not None:
            seen.append(len(trace.steps))
            assert len(trace.tasks) <= len(whole.tasks)
    assert seen[0] == len(whole.steps)
    assert len(set(seen)) > 3


def test_a_hole_in_a_buffer_is_passed_over() -> None:
    data, began, ended = traced()
    whole = read(data, began, ended)
    for first in range(tracer.STEPS, tracer.STEPS + len(whole.steps) * tracer.PLACE, tracer.PLACE):
        holed = read(data[:first] + bytes(tracer.PLACE) + data[first + tracer.PLACE :], began, ended)
        assert holed.tasks == whole.tasks
        assert len(holed.steps) == len(whole.steps) - 1
        assert set(holed.steps) < set(whole.steps)


def test_a_damaged_trace_is_a_note(tmp_path: Path) -> None:
    data, began, ended = traced()
    damaged = data + tracer.END.pack(b"E", 9, 0, began, 0, -1)
    file = tmp_path / "0.trace"
    run, how = cast(Any, SimpleNamespace(trace=file)), cast(Any, SimpleNamespace(began_ns=began, ended_ns=ended))
    file.write_bytes(damaged)
    with pytest.raises(IndexError):
        journal.read(damaged, began, ended)
    used = tracer.HEADER.pack(tracer.MAGIC, len(damaged), 0)
    file.write_bytes(used + damaged[len(used) :])
    assert process._traced(run, how) == Trace(notes=("The trace cannot be read: tuple index out of range.",))
    assert process._traced(run, how) is None
    file.with_name("0.trace.failed").write_text("OSError: full", "utf-8")
    assert process._traced(run, how) == Trace(notes=("The program was not traced: OSError: full.",))


TASK = Task("a", "a", None, 0, 0.0)
TRACE = Trace(tasks=(TASK, TASK, replace(TASK, loop=1)), steps=(Step(0, 1.0, 5.0), Step(1, 2.0, 3.0)))


@pytest.mark.parametrize(
    ("second", "task"),
    [(0.5, None), (1.5, 0), (2.5, 1), (3.5, 0), (5.0, 0), (5.0000004, 0), (5.1, None)],
)
def test_the_innermost_step_wrote_it(second: float, task: int | None) -> None:
    (said,) = journal.said([(second, "out")], TRACE).said
    assert (said.second, said.stream, said.task) == (second, "out", task)


def test_nobody_is_named_where_two_may_have_written_it() -> None:
    other_loop = replace(TRACE, steps=(*TRACE.steps, Step(2, 2.0, 6.0)))
    assert [said.task for said in journal.said([(2.5, "err"), (5.5, "err")], other_loop).said] == [None, 2]
    job = replace(
        TRACE, jobs=(Job("f", "thread", "thread", 0, 2.0, 2.2, 2.4), Job("g", "", "thread", 0, 4.0, 4.2, None))
    )
    assert [said.task for said in journal.said([(2.1, "out"), (2.3, "out"), (4.5, "out")], job).said] == [1, None, None]
