import subprocess
import sys


def results(run):
    """What unittest said of each test, by its name."""
    lines = [line.split(" ") for line in run.err if line.startswith("test_")]
    return {words[0]: words[-1] for words in lines}


def run_changed(snippet, folder, old, new):
    """Runs the program with `old` replaced by `new`: what it wrote to stderr."""
    assert old in snippet.source
    changed = folder / "changed.py"
    changed.write_text(snippet.source.replace(old, new), "utf-8")
    return subprocess.run(
        [sys.executable, "-X", "utf8", changed],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    ).stderr


def test_an_isolated_test_case_awaits_its_tests(recording):
    run = recording("isolated")
    assert results(run) == {
        "test_a_balance_never_becomes_negative": "ok",
        "test_two_withdrawals_at_once_take_both_amounts": "ok",
    }
    assert run.err[-1] == "OK"
    assert run.exit == 0


def test_without_the_lock_one_of_its_tests_fails(snippet, tmp_path):
    told = run_changed(snippet("isolated"), tmp_path, "async with self.lock:", "if True:")
    assert "FAIL: test_a_balance_never_becomes_negative" in told
    assert "FAILED (failures=1)" in told


def test_a_plain_test_case_passes_an_async_test_that_it_never_ran(virtual):
    run = virtual("passes_without_running")
    assert run.out == [
        "PlainTest: run: 1, failed: 0",
        "   with a DeprecationWarning",
        "   with a RuntimeWarning",
        "AsyncTest: run: 1, failed: 1",
    ]


def test_pytest_asyncio_runs_marked_coroutine_functions(recording):
    run = recording("with_pytest")
    assert run.out[0].startswith("... ")
    assert run.out[1].startswith("3 passed in ")
    assert run.exit == 0


def test_an_async_fixture_opens_before_the_test_and_closes_after_it(recording):
    run = recording("async_fixture")
    assert [line for line in run.out if line.startswith(("connection", "---"))] == [
        "---------------------------- Captured stdout setup -----------------------------",
        "connection: open",
        "----------------------------- Captured stdout call -----------------------------",
        "connection: asked",
        "--------------------------- Captured stdout teardown ---------------------------",
        "connection: closed",
    ]
    assert run.out[-1].startswith("2 passed in ")


def test_without_its_mark_an_async_test_fails(recording):
    run = recording("no_mark")
    assert "async def functions are not natively supported." in run.out
    assert run.out[-1].startswith("1 failed in ")
    assert run.exit == 1


def test_the_test_client_speaks_http_with_the_app(recording):
    run = recording("aiohttp_client")
    assert results(run) == {
        "test_another_method_is_refused": "ok",
        "test_the_last_one_can_be_bought_once": "ok",
    }
    assert run.err[-1] == "OK"


def test_a_sleep_that_is_passed_in_makes_the_test_take_no_time(virtual):
    run = virtual("injected_sleep")
    assert run.out == ["passed; it would have waited for 180 seconds"]
    assert run.seconds == 0


def test_on_a_virtual_clock_a_week_takes_no_time(recording):
    run = recording("virtual_clock")
    assert run.out == ["168 backups, after [1.0, 2.0, 3.0] and so on, up to 168.0 hours"]
    assert run.exit == 0


def test_a_virtual_clock_finds_a_deadlock(recording):
    run = recording("deadlock_found")
    assert run.out == ["the test failed: all tasks wait, and no timer will wake them"]
    assert run.err == []


def test_cancellation_and_timeouts_are_tested_once_the_task_has_begun(recording):
    run = recording("cancellation")
    assert results(run) == {
        "test_it_prints": "ok",
        "test_it_waits_for_paper": "ok",
        "test_the_lamp_goes_out_when_printing_is_cancelled": "ok",
    }
    assert run.err[-1] == "OK"


def test_an_async_mock_tells_called_from_awaited(virtual):
    run = virtual("mocks")
    assert run.out == [
        "passed: two letters sent, one connection made anew",
        "called: 4 awaited: 3",
    ]
    assert run.err == []


def test_a_mock_that_never_suspends_hides_a_race(virtual):
    run = virtual("mock_never_waits")
    assert run.out == [
        "a mock that returns at once: 2",
        "a mock that gives its turn away: 1",
    ]


def test_a_task_left_running_fails_the_test_that_left_it(recording):
    run = recording("leaks")
    assert results(run) == {"test_closed": "ok", "test_not_closed": "FAIL"}
    assert "AssertionError: the task “refresh the cache” is left running" in run.err
    assert run.err[-1] == "FAILED (failures=1)"
    assert run.exit == 1


def test_a_fixture_of_module_scope_is_set_up_once_on_the_loop_of_the_tests_that_ask_for_it(recording):
    run = recording("shared_fixture")
    assert run.out[-1].startswith("3 passed in ")
    assert run.exit == 0


def test_an_error_that_nobody_saw_fails_the_strict_test_only(virtual):
    run = virtual("unseen_errors")
    assert run.out == [
        "LenientTest: run: 1, failed: 0",
        "StrictTest: run: 1, failed: 1",
        "   AssertionError: nobody saw ConnectionError('the bank does not answer')",
    ]


def test_without_the_check_nobody_notices_the_task_left_running(snippet, tmp_path):
    told = run_changed(snippet("leaks"), tmp_path, "asyncio.all_tasks() - {asyncio.current_task()}", "()")
    assert told.endswith("OK\n")
