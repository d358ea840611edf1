def timed(run):
    return [(line.second, line.text) for line in run.lines]


def test_forty_lines_run_two_coroutines_together(virtual):
    run = virtual("tiny_loop")
    assert timed(run) == [
        (0.0, "tea: water on"),
        (0.0, "coffee: water on"),
        (0.5, "coffee: ready"),
        (1.0, "tea: ready"),
    ]
    assert run.seconds == 1.0


def test_the_tiny_loop_has_forty_lines_and_nothing_of_asyncio(snippet):
    source = snippet("tiny_loop").source
    assert sum(1 for line in source.splitlines() if line.strip()) == 40
    assert "asyncio" not in source


def test_one_wait_serves_timers_and_sockets(virtual):
    assert timed(virtual("waits_for_a_socket")) == [
        (0.0, "listener: waits for the socket"),
        (0.65, "clock: tick"),
        (1.0, "speaker: sends"),
        (1.0, "listener: hears good morning"),
        (1.3, "clock: tick"),
        (1.95, "clock: tick"),
    ]


def test_ready_callbacks_run_in_the_order_asked_for_and_timers_when_due(virtual):
    assert timed(virtual("ready_order")) == [
        (0.0, "main: nothing has been called yet"),
        (0.0, "first"),
        (0.0, "second"),
        (0.0, "asked for by first"),
        (0.3, "timer: 0.3"),
        (0.6, "timer: 0.6"),
        (0.9, "main: goes on"),
    ]


def test_late_timers_run_behind_ready_callbacks_in_the_order_of_their_times(virtual):
    assert timed(virtual("all_due_at_once")) == [
        (0.0, "main: keeps the loop for itself"),
        (0.5, "main: lets go"),
        (0.5, "soon"),
        (0.5, "timer: 0.1"),
        (0.5, "timer: 0.3"),
        (0.7, "main: goes on"),
    ]


def test_sleep_of_zero_between_slices_lets_a_timer_through(virtual):
    assert timed(virtual("in_slices")) == [
        (0.2, "calculated part 1 of 5"),
        (0.4, "calculated part 2 of 5"),
        (0.6, "calculated part 3 of 5"),
        (0.6, "timer: 0.3"),
        (0.8, "calculated part 4 of 5"),
        (1.0, "calculated part 5 of 5"),
    ]


def test_a_cancelled_timer_is_not_called(virtual):
    assert timed(virtual("reminders")) == [
        (0.0, "three reminders set"),
        (0.3, "reminder: water the fern"),
        (0.6, "Ana called, reminder cancelled"),
        (0.9, "reminder: feed the cat"),
        (1.5, "main: ends"),
    ]


def test_an_exception_in_a_callback_goes_to_the_loops_handler_and_to_nobody_else(virtual):
    run = virtual("callback_fails")
    assert timed(run) == [
        (0.2, "handler: invalid literal for int() with base 10: 'twelve'"),
        (0.4, "main: goes on"),
    ]
    assert run.exit == 0


def test_gather_and_timeout_of_asyncio_run_on_the_tiny_loop(virtual):
    run = virtual("runs_asyncio")
    assert timed(run) == [(0.2, "coffee: ready"), (0.4, "tea: ready"), (0.7, "cocoa: too slow")]
    assert run.err == []
