"""From a trace to lanes: their order, their spans, who woke whom, what is folded, and what is said to be missing."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from runnable.lanes import Lanes
from runnable.layout import MOST_SPANS, Layout
from runnable.sound import teaches
from runnable.ties import MOST_TIES
from runnable.trace import Said, Step, Task, Trace
from tests.traces import kitchen, many, threads


def lanes_of(trace: Trace, seconds: float = 0.25, **settings: Any) -> Lanes:
    return Layout(trace, seconds, **settings).lanes()


def kinds(lanes: Lanes, place: int) -> list[str]:
    return [span.kind for span in lanes.lanes[place].spans]


def task(name: str, coroutine: str = "cook", parent: int | None = 0, created: float = 0.0, **more: Any) -> Task:
    return Task(name, coroutine, parent, 0, created, **{"ended": 1.0, "outcome": "result"} | more)


# Lanes


def test_each_task_has_a_lane_with_its_turns_and_what_it_waits_for() -> None:
    lanes = lanes_of(kitchen())
    assert [(lane.name, lane.aside, lane.depth) for lane in lanes.lanes] == [
        ("main", "Task-1", 0),
        ("soup", "cook", 1),
        ("bread", "cook", 1),
    ]
    soup = lanes.lanes[1]
    assert [(span.kind, span.what, span.line) for span in soup.spans] == [
        ("short", "", 5),
        ("wait", "sleep(0.2)", 5),
        ("short", "", None),
    ]
    assert soup.waited == pytest.approx(0.1996)
    assert (soup.outcome, soup.detail) == ("exception", "ValueError: no eggs")
    assert lanes.lanes[2].cancelled_by == "soup"


def test_tasks_stand_behind_their_parent_in_order_of_creation() -> None:
    trace = Trace((task("a", parent=None), task("b"), task("c"), task("b1", parent=1), task("z", parent=None)))
    lanes = lanes_of(trace, 1.0)
    assert [(lane.name, lane.depth) for lane in lanes.lanes] == [("a", 0), ("b", 1), ("b1", 2), ("c", 1), ("z", 0)]


def test_a_chain_of_tasks_is_no_deeper_than_python_is() -> None:
    chain = tuple(task(f"t{n}", f"c{n}", n - 1 if n else None) for n in range(5_000))
    lanes = lanes_of(Trace(chain), 1.0)
    assert sum(len(lane.tasks) for lane in lanes.lanes) == 5_000


def test_tasks_of_one_name_are_told_apart_where_others_speak_of_them() -> None:
    trace = Trace((task("Task-1", "main", None), task("Task-2"), task("Task-3", cancelled_by=1, outcome="cancelled")))
    lanes = lanes_of(trace, 1.0)
    assert [lane.called for lane in lanes.lanes] == ["main", "cook (Task-2)", "cook (Task-3)"]
    assert lanes.lanes[2].cancelled_by == "cook (Task-2)"


def test_where_there_were_several_loops_each_task_says_which() -> None:
    two = (task("Task-1", "main", None), replace(task("Task-2", "main", None), loop=1))
    assert [lane.aside for lane in lanes_of(Trace(two), 1.0).lanes] == ["Task-1, loop 1", "Task-2, loop 2"]
    assert [lane.aside for lane in lanes_of(Trace(two[:1]), 1.0).lanes] == ["Task-1"]


def test_turns_are_drawn_to_scale_blocking_or_by_a_mark() -> None:
    steps = (Step(0, 0, 0.0039, "a"), Step(0, 0.1, 0.149, "b"), Step(0, 0.3, 0.351, "c"), Step(0, 0.9, 1.0))
    lanes = lanes_of(Trace((task("a", parent=None),), steps), 1.0)
    assert kinds(lanes, 0) == ["short", "wait", "run", "wait", "block", "wait", "block"]


def test_short_turns_close_to_each_other_are_one_mark_and_count() -> None:
    close = tuple(Step(0, n / 1e4, n / 1e4 + 1e-5, "sleep(0)") for n in range(10))
    (lane,) = lanes_of(Trace((task("a", parent=None),), close), 1.0).lanes
    assert [(span.kind, span.turns) for span in lane.spans] == [("short", 10), ("wait", 1)]
    assert lane.spans[0].ran == pytest.approx(1e-4)
    long = tuple(Step(0, n / 1e3, n / 1e3 + 1e-5, "sleep(0)") for n in range(100))
    (lane,) = lanes_of(Trace((task("a", parent=None),), long), 1.0).lanes
    assert [(span.kind, span.turns) for span in lane.spans] == [("many", 100), ("wait", 1)]
    assert (lane.spans[0].start, lane.spans[0].end) == (0, pytest.approx(0.09901))


def test_a_task_that_waits_to_begin_or_never_begins_says_so() -> None:
    trace = Trace(
        (task("a", parent=None), task("b", ended=0.5, outcome="cancelled"), task("c")),
        (Step(0, 0, 0.4, ""), Step(2, 0.4, 0.5, "")),
    )
    lanes = lanes_of(trace, 1.0)
    assert kinds(lanes, 1) == ["ready"]
    assert kinds(lanes, 2) == ["ready", "block"]


def test_a_task_that_has_not_ended_waits_to_the_end_of_the_run() -> None:
    (lane,) = lanes_of(Trace((task("a", parent=None, ended=None),), (Step(0, 0, 0.1, "sleep(9)"),)), 2.0).lanes
    assert (lane.ended, lane.end, lane.spans[-1].kind, lane.spans[-1].end) == (False, 2.0, "wait", 2.0)


def test_turns_that_were_only_counted_are_a_span_of_their_own() -> None:
    lost = task("a", parent=None, steps_dropped=123, seconds_dropped=0.2)
    (lane,) = lanes_of(Trace((lost,), (Step(0, 0, 0.1, "sleep(0)"),)), 1.0).lanes
    assert [(span.kind, span.turns, span.ran) for span in lane.spans] == [("block", 1, 0.1), ("lost", 123, 0.2)]
    assert lane.turns == 124


def test_threads_processes_and_callbacks_have_lanes_of_their_own_kinds() -> None:
    lanes = lanes_of(threads(), 1.0)
    assert [(lane.kind, lane.name) for lane in lanes.lanes] == [
        ("task", "main"),
        ("loop", "event loop"),
        ("thread", "asyncio_0"),
        ("thread", "thread"),
        ("process", "process 1"),
    ]
    assert [kinds(lanes, place) for place in range(1, 5)] == [["block"], ["job", "job"], ["queued"], ["queued", "job"]]
    assert [lane.ended for lane in lanes.lanes[2:]] == [True, False, False]
    ties = {(tie.kind, tie.source, tie.target, tie.left, tie.arrives) for tie in lanes.ties}
    assert ("asked", 0, 2, 0.001, 0.002) in ties
    assert ("answered", 2, 0, 0.49, 0.5) in ties
    assert not any(tie.kind == "answered" and tie.left == 0.9 for tie in lanes.ties), "0.09 s later is no answer"


# Ties


def test_who_created_woke_and_cancelled_whom() -> None:
    lanes = lanes_of(kitchen())
    assert [(tie.kind, tie.source, tie.target, tie.left, tie.arrives) for tie in lanes.ties] == [
        ("woke", 2, 0, 0.2102, 0.2103),
        ("created", 0, 1, 0.0101, 0.0101),
        ("created", 0, 2, 0.0102, 0.0102),
        ("cancelled", 1, 2, 0.2101, 0.2101),
    ]


def test_no_lane_is_tied_to_itself_or_to_one_that_is_not_there() -> None:
    trace = kitchen()
    steps = (
        *trace.steps,
        Step(1, 0.3, 0.31, woken_by=1),
        Step(2, 0.4, 0.41, woken_by=99),
        Step(2, 0.5, 0.51, "", 1, 3),
    )
    shutdown = Task("Task-9", "BaseEventLoop.shutdown_asyncgens", None, 0, 0.2, 0.21, "result")
    lanes = lanes_of(replace(trace, tasks=(*trace.tasks, shutdown), steps=steps))
    assert [lane.name for lane in lanes.lanes] == ["main", "soup", "bread"]
    assert all(tie.source != tie.target and max(tie.source, tie.target) < 3 for tie in lanes.ties)


# What is left out, folded, thinned out


@pytest.mark.parametrize("name", ["BaseEventLoop.shutdown_asyncgens", "Loop.shutdown_default_executor"])
def test_tasks_that_asyncio_made_for_itself_are_left_out_unless_they_matter(name: str) -> None:
    own = task("Task-1", "main", None, ended=0.5)

    def shown(**more: Any) -> int:
        return len(lanes_of(Trace((own, task("Task-2", name, None, 0.5, **more))), 1.0).lanes)

    assert shown(ended=0.5001) == 1
    assert shown(ended=0.9) == 2, "the program waited for it"
    assert shown(ended=0.5001, outcome="exception", detail="OSError") == 2


def test_many_alike_are_folded_but_the_first_and_the_odd_ones_are_shown() -> None:
    made = [task("Task-1", "main", None)] + [task(f"Task-{n + 2}") for n in range(300)]
    made[100] = replace(made[100], outcome="exception", detail="OSError: full")
    made.append(task("helper", "help", 50))
    steps = (Step(0, 0, 0.001, "gather"), Step(200, 0.2, 0.3, "sleep(0)"), Step(250, 0.5, 0.501, ""))
    lanes = lanes_of(Trace(tuple(made), steps), 1.0)
    assert [(lane.kind, lane.called or lane.name) for lane in lanes.lanes] == [
        ("task", "main"),
        ("task", "cook (Task-2)"),
        ("task", "cook (Task-3)"),
        ("fold", "297 more tasks"),
        ("task", "cook (Task-101)"),
        ("task", "cook (Task-201)"),
    ]
    fold, inside = lanes.folded[0]
    assert fold is lanes.lanes[3]
    assert len(inside) == len(fold.tasks) == 297
    assert 301 in fold.tasks, "what a folded task created is folded with it"
    assert fold.turns == 1


def test_many_that_are_not_alike_are_folded_too() -> None:
    made = tuple(task(f"t{n}", f"c{n}", None) for n in range(100))
    lanes = lanes_of(Trace(made), 1.0)
    assert [lane.kind for lane in lanes.lanes] == ["task"] * 12 + ["fold"]
    assert lanes.lanes[-1].name == "88 more tasks"


def test_tasks_of_libraries_share_a_lane_and_those_of_asyncio_and_the_program_do_not() -> None:
    names = [
        "main",
        "Kitchen.cook",
        "main.<locals>.inner",
        "sleep",
        "Queue.get",
        "Handler.start",
        "_accept",
        "Pool._run",
    ]
    made = tuple(task(f"t{n}", name, None) for n, name in enumerate(names))
    source = "class Kitchen:\n    async def cook(self): ...\nasync def main(): ..."
    lanes = lanes_of(Trace(made), 1.0, source=source)
    assert [lane.name for lane in lanes.lanes] == ["t0", "t1", "t2", "t3", "t4", "3 tasks of libraries"]
    assert len(lanes_of(Trace(made[:-1]), 1.0, source=source).lanes) == 7, "two are not worth a fold"
    assert len(lanes_of(Trace(made), 1.0).lanes) == 8, "without the program nobody can tell"


@pytest.mark.parametrize("count", [2, 12, 40, 2_000])
def test_however_much_happens_what_is_drawn_is_bounded(count: int) -> None:
    lanes = lanes_of(many(count), 10.0)
    assert sum(len(lane.spans) for lane in lanes.lanes) <= MOST_SPANS
    assert len(lanes.ties) <= MOST_TIES
    assert len(lanes.lanes) <= 17
    assert sum(lane.turns for lane in lanes.lanes) == 2_000, "drawn coarsely, none is lost"
    assert sum(len(lane.tasks) for lane in lanes.lanes) == count


def test_what_is_drawn_coarsely_says_so() -> None:
    assert lanes_of(many(8), 10.0).coarse
    assert not lanes_of(kitchen()).coarse


def test_the_axis_shows_what_is_worth_looking_at() -> None:
    steps = (Step(0, 0.5, 0.501, "sleep(0)"), Step(0, 0.502, 0.504))
    trace = Trace((task("a", parent=None, created=0.3, ended=0.504),), steps)
    window = lanes_of(trace, 1.0).window
    assert window is not None
    assert window == pytest.approx((0.49984, 0.50416))
    assert kinds(lanes_of(trace, 1.0), 0) == ["ready", "run", "wait", "run"], "to this scale"
    assert lanes_of(trace, 1.0, axis=2.0).window is None, "a shared axis is the whole of both runs"
    assert kinds(lanes_of(trace, 1.0, axis=2.0), 0) == ["ready", "short"]


# Output


def test_each_line_is_that_of_the_task_in_whose_turn_it_was_begun() -> None:
    lines = [(0.0103, "out"), (0.0103, "out"), (0.0104, "out"), (0.2104, "err"), (None, "out")]
    writes = [(0.0103, "out"), (0.0104, "out"), (0.2104, "err")]
    lanes = lanes_of(kitchen(), lines=lines, writes=writes)
    assert lanes.lanes[1].said == ((0.0103, "out", 0), (0.0103, "out", 1))
    assert lanes.lanes[2].said == ((0.0104, "out", 2),)
    assert lanes.said == ((0.2104, "err", 3),)


def test_where_the_writes_do_not_match_the_nearest_in_time_is_taken() -> None:
    trace = replace(kitchen(), said=(Said(0.10, "out", 1), Said(0.20, "out", 2)))
    lanes = lanes_of(trace, lines=[(0.101, "out"), (0.2001, "out"), (0.22, "out")])
    assert [number for _, _, number in lanes.lanes[1].said] == [0]
    assert [number for _, _, number in lanes.lanes[2].said] == [1, 2]


# Bad input


def test_an_empty_trace_is_an_empty_picture() -> None:
    lanes = lanes_of(Trace(), 1.0)
    assert (lanes.lanes, lanes.tasks, lanes.seconds) == ((), 0, 1.0)


def test_what_makes_no_sense_is_left_out_and_counted() -> None:
    trace = kitchen()
    wrong = (Step(9, 0.1, 0.2), Step(-1, 0.1, 0.2), Step(0, math.nan, 0.1), Step(0, 0.1, math.inf))
    tasks = (
        replace(trace.tasks[0], parent=2, created=math.nan),  # a task cannot be made by one that came later
        replace(trace.tasks[1], parent=1, ended=math.inf),  # nor by itself
        replace(trace.tasks[2], cancelled_by=77),
    )
    lanes = lanes_of(replace(trace, tasks=tasks, steps=(*trace.steps, *wrong), said=(Said(math.nan, "out", 0),)))
    assert [(lane.name, lane.depth) for lane in lanes.lanes] == [("main", 0), ("bread", 1), ("soup", 0)]
    assert lanes.lanes[1].cancelled_by == ""
    assert lanes.notes == ("5 entries of the trace made no sense, and are left out.",)


def test_a_trace_that_goes_on_after_the_end_makes_the_run_longer() -> None:
    assert lanes_of(kitchen(), 0.1).seconds == 0.2104
    assert lanes_of(kitchen(), math.nan).seconds == 0.2104


def test_steps_in_disorder_are_put_in_order() -> None:
    trace = kitchen()
    lanes = lanes_of(replace(trace, steps=trace.steps[::-1]))
    assert lanes.lanes == lanes_of(trace).lanes


# What teaches


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        (None, False),
        (Trace(), False),
        (Trace((task("a", parent=None),), (Step(0, 0, 0.01),)), False),
        (Trace((task("a", parent=None),), (Step(0, 0, 0.01, "sleep(0)"), Step(0, 0.011, 0.02))), False),
        (Trace((task("a", parent=None),), (Step(0, 0, 0.01, "sleep(1)"), Step(0, 1.0, 1.1))), True),
        (Trace((task("a", parent=None),), (Step(0, 0, 0.06),)), True),
        (Trace((task("a", parent=None), task("b")), (Step(0, 0, 0.01), Step(1, 0.01, 0.02))), True),
        (threads(), True),
    ],
)
def test_a_timeline_is_drawn_where_it_teaches_something(trace: Trace | None, expected: bool) -> None:
    assert teaches(trace) is expected
