import subprocess
import sys

SHOPS = ["call 1: the bakery is engaged", "call 2: the bakery is engaged", "call 3: the bakery is engaged"]


def test_a_sleep_that_nobody_awaits_takes_no_time_and_a_warning_names_its_line(virtual):
    run = virtual("forgotten_await")
    assert run.out == SHOPS
    assert run.seconds == 0.0
    assert run.err[0].endswith("forgotten_await.py:7: RuntimeWarning: coroutine 'sleep' was never awaited")
    assert run.exit == 0


def test_a_sleep_that_is_awaited_keeps_the_calls_apart(virtual):
    run = virtual("forgotten_await_fixed")
    assert run.out == SHOPS
    assert [line.second for line in run.lines] == [0.0, 0.4, 0.8]
    assert run.err == []


def test_a_comprehension_that_awaits_waits_for_one_after_the_other(virtual):
    run = virtual("in_sequence")
    assert [run.second(f"{city}: measured") for city in ("Oslo", "Lima", "Cairo")] == [0.4, 0.8, 1.2]
    assert run.seconds == 1.2


def test_gather_waits_for_all_of_them_together_and_gives_the_same(virtual):
    run = virtual("in_sequence_fixed")
    assert [run.second(f"{city}: measured") for city in ("Oslo", "Lima", "Cairo")] == [0.4, 0.4, 0.4]
    assert run.seconds == 0.4
    assert run.out[-1] == virtual("in_sequence").out[-1] == "main: has [4, 4, 5]"


def test_asyncio_run_inside_a_constructor_raises_where_a_loop_runs(virtual):
    run = virtual("nested_run")
    assert run.out == ["main: connects"]
    assert "RuntimeError: asyncio.run() cannot be called from a running event loop" in run.err
    assert any("coroutine 'log_in' was never awaited" in line for line in run.err)
    assert run.exit == 1


def test_a_coroutine_method_makes_the_object_and_may_await(virtual):
    run = virtual("nested_run_fixed")
    assert run.second("main: Ada is logged in") == 0.3
    assert run.err == []
    assert run.exit == 0


def test_filter_takes_each_coroutine_for_true(virtual):
    run = virtual("sync_calls_async")
    assert run.out == ["up: web mail files"]
    assert run.seconds == 0.0
    assert "coroutine 'is_up' was never awaited" in run.err[0]


def test_answers_that_were_awaited_may_be_filtered_by(virtual):
    run = virtual("sync_calls_async_fixed")
    assert run.out == ["up: web files"]
    assert run.seconds == 0.3
    assert run.err == []


def test_mypy_finds_a_coroutine_that_is_dropped(snippet, tmp_path):
    """As the page says."""

    def found(name):
        path = str(snippet(name).path)
        command = [
            sys.executable,
            "-m",
            "mypy",
            "--config-file=",
            f"--cache-dir={tmp_path}",
            "--check-untyped-defs",
            path,
        ]
        return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False).stdout

    assert "forgotten_await.py:7: error: Value of type" in found("forgotten_await")
    assert "[unused-coroutine]" in found("forgotten_await")
    assert "Success: no issues found" in found("forgotten_await_fixed")
