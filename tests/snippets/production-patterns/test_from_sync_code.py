def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_a_thread_gets_a_result_from_the_loop_while_the_loop_runs_on(recording):
    run = recording("from_a_thread")
    assert run.out == ["tick 1", "thread: waits", "tick 2", "thread: a menu for 12", "tick 3"]


def test_giving_up_cancels_nothing_but_cancel_does(recording):
    run = recording("gives_up")
    assert run.out == ["thread: gives up", "  counted", "thread: gives up and cancels", "  called off"]


def test_waiting_in_the_thread_of_the_loop_waits_for_oneself(recording):
    run = recording("waits_for_itself")
    assert run.out == ["no result for half a second", "main goes on", "counting"]


def test_every_run_has_to_connect_again_and_a_runner_does_not(virtual):
    each, one = virtual("run_each_time"), virtual("one_runner")
    assert history(each) == [
        (0.3, "  connected"),
        (0.4, "tea costs 3"),
        (0.7, "  connected"),
        (0.8, "sugar costs 5"),
        (1.1, "  connected"),
        (1.2, "butter costs 6"),
    ]
    assert history(one) == [
        (0.3, "  connected"),
        (0.4, "tea costs 3"),
        (0.5, "sugar costs 5"),
        (0.6, "butter costs 6"),
    ]


def test_between_two_runs_nothing_happens(virtual):
    assert history(virtual("runs_on_between")) == [
        (0.0, "tick 1"),
        (0.6, "tick 2"),
        (0.9, "outside of run"),
        (1.9, "inside again"),
        (1.9, "tick 3"),
    ]


def test_a_loop_in_a_thread_works_while_its_caller_does_something_else(recording):
    run = recording("background_loop")
    assert run.out == ["something else meanwhile", "[3, 5, 6]"]
    assert run.exit == 0, "the thread of the loop has ended"


def test_a_loop_runs_neither_twice_nor_inside_another(virtual):
    run = virtual("two_loops")
    assert run.out == [
        "This event loop is already running",
        "Cannot run the event loop while another loop is running",
        "the price is 4",
    ]
    assert run.err == []
