def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_both_kinds_of_context_manager_clean_up_whether_or_not_the_block_fails(virtual):
    assert history(virtual("own_class")) == [
        (0.2, "printer: warm"),
        (0.4, "printed: a letter to Ana"),
        (0.6, "printer: off, after None"),
        (0.8, "printer: warm"),
        (1.0, "printer: off, after ValueError"),
        (1.0, "main: no paper"),
    ]
    assert history(virtual("one_generator")) == [
        (0.2, "printer: warm"),
        (0.4, "printed: a letter to Ana"),
        (0.6, "printer: off"),
        (0.8, "printer: warm"),
        (1.0, "printer: off"),
        (1.0, "main: no paper"),
    ]


def test_without_finally_a_failing_block_skips_the_rest_of_the_generator(virtual):
    run = virtual("no_finally")
    assert run.out == ["printer: warm", "main: no paper"]


def test_aexit_runs_and_may_wait_when_the_block_is_cancelled(virtual):
    assert history(virtual("cancelled_inside")) == [
        (0.0, "call: connected"),
        (0.4, "call: ended by CancelledError"),
        (0.7, "call: said goodbye"),
        (0.7, "main: the time is up"),
    ]


def test_a_timeout_of_its_own_ends_an_aexit_that_hangs_and_the_outer_one_still_counts(virtual):
    assert history(virtual("goodbye_hangs")) == [
        (0.0, "call: connected"),
        (0.4, "call: says goodbye"),
        (0.7, "call: no answer, so hang up"),
        (0.7, "main: the time is up"),
    ]


def test_aexit_is_not_called_when_entering_fails(virtual):
    run = virtual("half_entered")
    assert run.out == ["lamp on", "main: the camera has no battery"]


def test_a_stack_undoes_what_was_entered_when_entering_fails(virtual):
    run = virtual("half_undone")
    assert run.out == ["lamp on", "lamp off", "main: the camera has no battery"]


def test_a_stack_closes_in_reverse_order(virtual):
    assert history(virtual("exit_stack")) == [
        (0.1, "Ana: on"),
        (0.2, "Ben: on"),
        (0.3, "Cleo: on"),
        (0.5, "3 people discuss"),
        (0.6, "Cleo: off"),
        (0.7, "Ben: off"),
        (0.8, "Ana: off"),
        (0.8, "lights out"),
    ]


def test_a_stack_closes_the_rest_when_closing_one_fails_and_keeps_both_errors(virtual):
    run = virtual("close_fails")
    assert run.out == [
        "microphone off",
        "lamp off",
        "main: the camera is stuck",
        "and before it: nobody came",
    ]
    assert run.seconds == 0.3, "all three were switched off, one after the other"
