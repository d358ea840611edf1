def timed(run):
    return [(line.second, line.text) for line in run.lines]


def test_every_callback_sees_the_last_room(virtual):
    run = virtual("whose_result")
    assert timed(run) == [(0.2, "attic: 21 °C"), (0.4, "attic: 12 °C"), (0.6, "attic: 17 °C")]


def test_each_measurement_tells_its_own_room(virtual):
    run = virtual("whose_result_solution")
    assert timed(run) == [(0.2, "kitchen: 21 °C"), (0.4, "cellar: 12 °C"), (0.6, "attic: 17 °C")]


def test_the_result_of_a_task_that_is_not_done_is_an_error(virtual):
    run = virtual("no_answer_yet")
    assert run.out == ["baker: 4 euros", "mill: hangs up"]
    assert run.err[-1] == "asyncio.exceptions.InvalidStateError: Result is not set."
    assert run.exit == 1


def test_what_is_done_is_printed_and_what_is_not_is_cancelled_and_waited_for(virtual):
    run = virtual("no_answer_yet_solution")
    assert timed(run) == [
        (0.6, "baker: 4 euros"),
        (0.6, "market: 4 euros"),
        (0.6, "mill: hangs up"),
        (0.6, "main: ends"),
    ]
    assert run.exit == 0


def test_a_lock_taken_twice_by_one_task_lets_nobody_through(virtual):
    run = virtual("waits_for_itself")
    assert timed(run) == [(1.5, "main: nothing moves"), (1.5, "balance: 100")]


def test_one_lock_for_the_whole_rent_and_none_inside(virtual):
    run = virtual("waits_for_itself_solution")
    assert timed(run) == [
        (0.2, "rent: paid"),
        (0.4, "heating: paid"),
        (0.4, "bicycle: refused"),
        (0.4, "balance: 30"),
    ]
