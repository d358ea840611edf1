"""Each change: the same program, run by the Python before it and by one after it."""

import re
import sys

import pytest

from runnable.snippet import find_snippets

from ...running import PROJECT

FOLDER = PROJECT.snippets / "reference" / "what-changed"
NAMES = sorted(path.stem.removesuffix("_before") for path in FOLDER.glob("*_before.py"))


@pytest.mark.parametrize("name", NAMES)
def test_both_programs_of_a_pair_are_the_same_but_for_the_python_they_ask_for(name):
    before, after = ((FOLDER / f"{name}_{when}.py").read_text("utf-8").split("\n", 2) for when in ("before", "after"))
    assert before[2] == after[2], f"{name}: whoever changes one of the two changes the other in the same way"
    assert before[1] == '# requires-python = "==3.11.*"'
    assert re.fullmatch(r'# requires-python = ">=3\.1[2-5](\.1)?"', after[1])


def test_every_program_here_is_one_of_a_pair():
    programs = {
        program.slug.rpartition("/")[2] for program in find_snippets(PROJECT)[0] if program.path.parent == FOLDER
    }
    assert programs == {f"{name}_{when}" for name in NAMES for when in ("before", "after")}


def test_an_eager_task_factory_runs_the_body_before_create_task_returns(virtual):
    assert virtual("body_runs_at_once_before").out == [
        "AttributeError: module 'asyncio' has no attribute 'eager_task_factory'"
    ]
    assert virtual("body_runs_at_once_after").out == ["the task has begun", "create_task has returned"]


def test_run_takes_a_loop_factory(virtual):
    assert virtual("loop_factory_before").out == ["TypeError: run() got an unexpected keyword argument 'loop_factory'"]
    assert virtual("loop_factory_after").out == ["a loop, made my way", "main runs in it"]


def test_wait_for_stays_in_the_task_that_calls_it(virtual):
    (before,) = virtual("whose_task_before").out
    assert re.fullmatch(r"measure runs in: Task-\d+", before)
    assert virtual("whose_task_after").out == ["measure runs in: the task of main"]


def test_wait_closed_waits_for_the_connections(virtual):
    before, after = virtual("wait_closed_before"), virtual("wait_closed_after")
    assert before.second("main: the server is closed") == 0.3
    assert before.last == "server: the client has gone"
    assert after.second("main: the server is closed") == 0.6
    assert after.last == "main: the server is closed"


def test_child_watchers_are_gone(virtual):
    assert virtual("child_watcher_before").out == ["there are child watchers: True"]
    assert virtual("child_watcher_after").out == ["there are child watchers: False"]


def test_a_queue_can_be_shut_down(virtual):
    assert virtual("queue_shutdown_before").out == ["AttributeError: 'Queue' object has no attribute 'shutdown'"]
    assert virtual("queue_shutdown_after").out == ["working on an order", "no more work"]


def test_as_completed_gives_your_own_tasks(virtual):
    (before,) = virtual("tasks_as_they_end_before").out
    assert before.startswith("TypeError: 'async for' requires an object with __aiter__ method")
    assert virtual("tasks_as_they_end_after").out == ["bread is ready", "soup is ready"]


def test_a_server_can_close_its_clients(virtual):
    before, after = virtual("close_clients_before"), virtual("close_clients_after")
    assert before.last == "AttributeError: 'Server' object has no attribute 'close_clients'"
    assert after.out == ["server: this connection has ended", "client got: b''"]


def test_without_a_loop_get_event_loop_raises(virtual):
    assert virtual("current_loop_before").out == ["a loop was made"]
    (after,) = virtual("current_loop_after").out
    assert after.startswith("RuntimeError: There is no current event loop")


def test_policies_are_deprecated(virtual):
    before, after = virtual("policies_before"), virtual("policies_after")
    assert before.out == after.out == ["there is a policy"]
    assert before.err == []
    assert "DeprecationWarning: 'asyncio.get_event_loop_policy' is deprecated" in after.err[0]


def test_asyncio_iscoroutinefunction_is_deprecated(virtual):
    before, after = virtual("is_it_async_before"), virtual("is_it_async_after")
    assert before.out == after.out == ["inspect says: True", "asyncio says: True"]
    assert before.err == []
    assert "use inspect.iscoroutinefunction() instead" in after.err[0]


def test_the_call_graph_of_a_task_can_be_printed(virtual):
    assert virtual("call_graph_before").out == ["AttributeError: module 'asyncio' has no attribute 'print_call_graph'"]
    after = virtual("call_graph_after").out
    assert after[0].startswith("* Task(name='Task-1'")
    assert [line.rpartition(" ")[2] for line in after[2:]] == ["fetch()", "main()"]


def test_create_task_takes_eager_start(virtual):
    before = virtual("eager_start_before")
    assert before.out == ["TypeError: create_task() got an unexpected keyword argument 'eager_start'"]
    assert virtual("eager_start_after").out == ["the task has begun", "create_task has returned"]


def test_run_takes_any_awaitable(virtual):
    assert virtual("run_awaitable_before").out == ["ValueError: a coroutine was expected"]
    after = virtual("run_awaitable_after")
    assert after.out == ["the promise was kept"]
    assert after.seconds == 0.2


def test_there_is_a_pool_of_interpreters(recording):
    assert recording("interpreters_before").out == [
        "AttributeError: module 'concurrent.futures' has no attribute 'InterpreterPoolExecutor'"
    ]
    assert recording("interpreters_after").out == ["computed elsewhere: 6"]


def test_processes_start_by_forkserver_where_they_started_by_fork(recording):
    before, after = recording("start_method_before"), recording("start_method_after")
    method = {"linux": ("fork", "forkserver")}.get(sys.platform, ("spawn", "spawn"))
    assert [before.out, after.out] == [[f"new processes come by {one}"] for one in method]


def test_a_group_can_be_cancelled(virtual):
    before, after = virtual("group_cancel_before"), virtual("group_cancel_after")
    assert before.out == ["AttributeError: 'TaskGroup' object has no attribute 'cancel'"]
    assert after.out == ["the group is over, without an error"]
    assert after.seconds == 0.0


def test_a_generator_with_a_group_is_closed_without_an_error(virtual):
    before, after = virtual("closed_early_before"), virtual("closed_early_after")
    assert before.out == ["first: 1", "BaseExceptionGroup('unhandled errors in a TaskGroup', [GeneratorExit()])"]
    assert after.out == ["first: 1", "closed early"]


def test_python_comes_with_a_sampling_profiler(virtual):
    assert virtual("profiler_before").out == ["ModuleNotFoundError: No module named 'profiling'"]
    assert virtual("profiler_after").out == ["Python has a sampling profiler: profiling.sampling"]
