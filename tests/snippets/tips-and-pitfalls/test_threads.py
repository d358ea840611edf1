import subprocess
import sys


def seconds(run):
    return {line.text: line.second for line in run.lines}


def test_a_loop_that_sleeps_does_not_see_what_another_thread_put_into_a_queue(recording):
    run = recording("from_a_thread")
    assert run.out == ["thread: somebody is at the door", "main: has a parcel", "timer: rings"]
    at = seconds(run)
    # Nothing but the timer, 0.9 s later, wakes the loop.
    assert at["main: has a parcel"] - at["thread: somebody is at the door"] > 0.5
    assert at["main: has a parcel"] >= 1.2


def test_call_soon_threadsafe_wakes_the_loop(recording):
    run = recording("from_a_thread_fixed")
    assert run.out == ["thread: somebody is at the door", "main: has a parcel"]  # the timer never rings


def test_debug_mode_refuses_a_call_from_another_thread(snippet):
    """As the page says."""
    program = snippet("from_a_thread").path
    command = [sys.executable, "-X", "dev", str(program)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            wanted = "Non-thread-safe operation invoked on an event loop other than the current one"
            assert any(line == f"RuntimeError: {wanted}\n" for line in process.stderr)
        finally:
            process.kill()


def test_a_blocking_call_keeps_every_other_task_from_its_turn(virtual):
    run = virtual("blocking_call")
    assert [(line.second, line.text) for line in run.lines][:3] == [
        (0.0, "news: loading"),
        (0.7, "news: loaded"),
        (0.7, "tick 1"),
    ]


def test_debug_mode_names_the_task_that_blocked(snippet):
    """As the page says."""
    command = [sys.executable, "-X", "dev", str(snippet("blocking_call").path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    slow = [line for line in done.stderr.splitlines() if line.startswith("Executing <Task finished ")]
    assert any("coro=<load() done" in line and " took 0.7" in line for line in slow)


def test_the_ticks_go_on_while_a_thread_blocks(recording):
    run = recording("blocking_call_fixed")
    assert run.out.index("tick 1") < run.out.index("tick 2") < run.out.index("news: loaded")
    assert run.out[0] == "news: loading"


def test_a_thread_copies_on_after_its_await_was_cancelled_and_the_program_waits_for_it(recording):
    run = recording("thread_runs_on")
    stopped = run.out.index("main: has stopped the copying")
    assert run.out[:stopped] == ["a: copying", "b: copying"]
    assert run.out[stopped + 1 :] == ["c: copying", "d: copying", "thread: ends"]


def test_a_thread_that_looks_at_an_event_ends_after_the_file_in_hand(recording):
    run = recording("thread_runs_on_fixed")
    assert run.out == ["a: copying", "b: copying", "main: has asked to stop the copying", "thread: ends"]


def test_a_semaphore_that_tasks_have_waited_at_belongs_to_that_loop(virtual):
    run = virtual("another_loop")
    assert run.out == ["title: printed", "contents: printed"]
    assert run.err[-1].startswith("RuntimeError: <asyncio.locks.Semaphore object at 0x")
    assert run.err[-1].endswith(" [locked]> is bound to a different event loop")
    assert run.exit == 1


def test_a_semaphore_made_in_main_is_new_for_each_loop_and_lets_one_through_at_a_time(virtual):
    run = virtual("another_loop_fixed")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.2, "title: printed"),
        (0.4, "contents: printed"),
        (0.6, "preface: printed"),
        (0.8, "index: printed"),
    ]


def test_two_tasks_on_one_connection_get_an_error_and_the_next_one_an_answer_that_is_not_its_own(virtual):
    run = virtual("one_connection")
    busy = "readuntil() called while another coroutine is already waiting for incoming data"
    assert run.out == [f"Spain: {busy}", "Peru: Lima", "Kenya: Madrid", "unread: b'Nairobi\\n'"]


def test_a_pool_lends_each_task_a_connection_of_its_own(virtual):
    run = virtual("one_connection_fixed")
    assert run.out == ["Peru: Lima", "Spain: Madrid", "Kenya: Nairobi", "unread: b''", "unread: b''"]
