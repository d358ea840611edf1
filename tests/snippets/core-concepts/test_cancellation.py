def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_cancel_is_a_request_that_the_await_raises_later(virtual):
    run = virtual("cancel")
    assert history(run) == [
        (0.0, "photos: begins"),
        (0.3, "main: has called cancel, cancelled: False"),
        (0.3, "photos: CancelledError, raised by the await"),
        (0.3, "main: has awaited it, cancelled: True"),
    ]


def test_a_cancelled_task_cleans_up_from_the_inside_out_and_may_wait_while_it_does(virtual):
    run = virtual("clean_up")
    assert history(run) == [
        (0.0, "photos/1.png: opened"),
        (0.5, "main: cancels"),
        (0.5, "photos/1.png: closed"),
        (0.5, "photos: deleting the half copy"),
        (0.8, "photos: deleted"),
        (0.8, "main: goes on, cancelled: True"),
    ]


def test_a_second_cancel_interrupts_the_cleaning_up(virtual):
    run = virtual("cancelled_twice")
    assert history(run) == [
        (0.3, "main: cancels"),
        (0.3, "photos: deleting the half copy"),
        (0.4, "main: cancels"),
        (0.4, "main: goes on, cancelled: True"),
    ]


def test_a_job_that_raises_the_cancellation_again_is_stopped_by_its_timeout(virtual):
    run = virtual("honest")
    assert history(run) == [
        (0.8, "check 1: the printer is busy"),
        (1.2, "check 2: cancelled"),
        (1.2, "main: the time is up"),
    ]


def test_a_job_that_swallows_the_cancellation_outlives_its_timeout_and_nobody_is_told(virtual):
    run = virtual("swallowed")
    assert history(run) == [
        (0.8, "check 1: the printer is busy"),
        (1.2, "check 2: cancelled"),
        (2.0, "check 3: the printer is busy"),
        (2.0, "main: no timeout"),
    ]


def test_honest_and_swallowed_differ_in_one_line(snippet):
    honest, swallowed = (snippet(name).path.read_text("utf-8") for name in ("honest", "swallowed"))
    assert honest.replace("            raise\n", "") == swallowed


def test_a_shield_keeps_the_task_running_but_not_the_one_who_waits(virtual):
    run = virtual("shielded")
    assert history(run) == [
        (0.0, "order 7: saving"),
        (0.3, "main: waits no longer"),
        (0.6, "order 7: saved"),
        (0.9, "main: ends"),
    ]


def test_a_shielded_task_is_cancelled_when_asyncio_run_ends(virtual):
    run = virtual("shield_at_the_end")
    assert history(run) == [
        (0.0, "order 7: saving"),
        (0.3, "main: waits no longer"),
        (0.3, "main: ends"),
        (0.3, "order 7: half saved"),
    ]


def test_the_two_programs_with_a_shield_differ_in_one_wait(snippet):
    waits, ends = (snippet(name).path.read_text("utf-8") for name in ("shielded", "shield_at_the_end"))
    assert waits.replace("    await asyncio.sleep(0.6)\n    print", "    print") == ends


def test_a_coroutine_can_wait_for_what_it_shields_and_then_pass_the_cancellation_on(virtual):
    run = virtual("finish_first")
    assert history(run) == [
        (0.0, "order 7: saving"),
        (0.3, "handle: cancelled, but lets the saving finish"),
        (0.6, "order 7: saved"),
        (0.6, "main: waits no longer"),
        (0.6, "main: ends"),
    ]


def test_a_task_cancelled_before_its_first_step_runs_not_even_its_finally(virtual):
    run = virtual("before_it_began")
    assert history(run) == [
        (0.0, "letter B: sending by line 2"),
        (0.2, "letter B: gives back line 2"),
        (0.2, "cancelled: True True"),
    ]
    assert run.err == []


def test_a_cancelled_group_cancels_tasks_and_body_and_raises_nothing(virtual):
    run = virtual("group_cancel")
    assert history(run) == [
        (0.2, "hall: nothing"),
        (0.4, "kitchen: the keys are here"),
        (0.4, "cellar: search called off"),
        (0.4, "main: goes on"),
    ]
    assert run.exit == 0


def test_the_task_that_cancels_its_group_is_cancelled_too_and_its_result_is_lost(virtual):
    run = virtual("caller_loses_result")
    assert history(run) == [
        (0.4, "kitchen: the keys are here"),
        (0.4, "hall cancelled: True"),
        (0.4, "kitchen cancelled: True"),
        (0.4, "found: ['kitchen']"),
    ]


def test_before_3_15_an_exception_of_ones_own_calls_off_a_group_with_the_same_outcome(virtual):
    assert history(virtual("group_stop")) == history(virtual("group_cancel"))
