def test_gather_waits_for_every_copy(virtual):
    run = virtual("first_answer")
    assert run.out == ["Lima: complete", "Oslo: complete", "Perth: complete", "using the copy from Oslo"]
    assert run.seconds == 1.5


def test_wait_takes_the_first_and_the_others_are_called_off(virtual):
    run = virtual("first_answer_solution")
    assert run.out == ["Lima: complete", "Oslo: called off", "Perth: called off", "using the copy from Lima"]
    assert run.seconds == 0.3


def test_a_callback_does_not_make_the_coroutine_wait(virtual):
    run = virtual("ring_to_await")
    assert run.second("the bell said None") == 0.0
    assert run.second("ding") == 0.5


def test_a_future_does(virtual):
    run = virtual("ring_to_await_solution")
    assert [(line.second, line.text) for line in run.lines] == [(0.5, "the bell said ding")]


def test_the_probe_is_on_until_it_has_measured(virtual):
    run = virtual("switched_off")
    assert run.out == ["probe 1: switched on", "probe 1: switched off", "main: 21 degrees"]
    assert run.seconds == 1.5


def test_the_probe_is_off_when_the_time_is_up(virtual):
    run = virtual("switched_off_solution")
    assert run.out == ["probe 1: switched on", "probe 1: switched off", "main: too slow"]
    assert run.seconds == 0.5
