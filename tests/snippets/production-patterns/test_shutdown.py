def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_after_a_signal_no_order_is_taken_and_every_order_taken_is_done(virtual):
    run = virtual("finish_in_hand")
    taken = [line.text for line in run.lines if line.text.endswith("taken")]
    done = [line.text.partition("order")[2] for line in run.lines if line.text.endswith("done")]
    assert taken == ["order 1 taken", "order 2 taken", "order 3 taken"]
    assert sorted(done) == [" 1 done", " 2 done", " 3 done"]
    closing = run.second("closing")
    assert closing == 0.6
    assert run.out[: run.out.index("closing: no more orders")] == taken
    assert all(line.second > closing for line in run.lines if line.text.endswith("done"))
    assert (run.out[-1], run.exit) == ("closed", 0)


def test_without_a_handler_sigterm_ends_the_process_and_nothing_is_cleaned_up(recording):
    run = recording("without_handler")
    assert run.out == ["main: works"]
    assert run.exit == -15


def test_ctrl_c_cancels_main_and_lets_it_clean_up(virtual, recording):
    run = virtual("ctrl_c")
    assert history(run) == [
        (0.0, "main: works"),
        (0.3, "main: was cancelled"),
        (0.5, "main: has cleaned up"),
        (0.5, "interrupted"),
    ]
    assert run.exit == recording("ctrl_c").exit == 130


def test_a_second_ctrl_c_does_not_wait_for_the_cleaning_up(virtual):
    run = virtual("ctrl_c_twice")
    assert history(run) == [(0.0, "main: works"), (0.3, "main: cleans up"), (0.6, "interrupted")]
    assert run.exit == 130


def test_a_second_signal_calls_the_work_off(virtual):
    assert history(virtual("second_signal")) == [
        (0.0, "work: begins"),
        (0.3, "closing; once more to leave at once"),
        (0.6, "work: called off"),
        (0.6, "closed"),
    ]


def test_closing_takes_no_longer_than_its_limit(virtual):
    assert history(virtual("limited")) == [
        (0.2, "closing: half a second"),
        (0.4, "Ana: answered"),
        (0.5, "Ben: answered"),
        (0.7, "Cleo: told to come back later"),
        (0.7, "closed, unfinished: 1"),
    ]


def test_a_handler_of_the_signal_module_can_wake_the_loop(virtual):
    assert history(virtual("portable")) == [(0.0, "works"), (0.3, "closes")]


def test_while_the_loop_is_blocked_no_handler_of_it_runs(recording):
    run = recording("loop_is_blocked")
    assert run.out == ["the call has ended; told to stop? False", "told to stop"]


def test_background_tasks_outlive_their_request_and_are_drained(virtual):
    assert history(virtual("outlives_request")) == [
        (0.0, "answered: Ana"),
        (0.3, "answered: Ben"),
        (0.65, "closing, mails under way: 2"),
        (1.0, "  mail sent to Ana"),
        (1.3, "  mail sent to Ben"),
        (1.3, "closed"),
    ]


def test_background_tasks_that_nobody_awaits_are_lost_at_the_end(virtual):
    run = virtual("lost_at_exit")
    assert run.out == ["answered: Ana", "answered: Ben", "closing, mails under way: 2", "closed"]
    assert run.seconds == 0.65


def test_the_exit_status_says_how_a_program_ended(recording):
    run = recording("exit_codes")
    assert run.out == [
        "listens, SIGTERM: exit status 0",
        "ignorant, SIGTERM: exit status -15",
        "ignorant, SIGINT: exit status -2",
        "listens, SIGKILL: exit status -9",
    ]
