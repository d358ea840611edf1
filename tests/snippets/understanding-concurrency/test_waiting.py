import json


def test_ten_waits_add_up_one_after_another_and_overlap_together(virtual):
    run = virtual("ten_waits")
    assert [(line.second, line.text) for line in run.lines] == [
        (1.0, "one after another: 10 answers"),
        (1.1, "together: 10 answers"),
    ]


def test_ten_computations_run_one_after_another_even_as_tasks(virtual):
    run = virtual("ten_computations")
    assert run.out == ["one after another: 10 answers", "together: 10 answers", "in another order: False"]


def test_two_clocks_tell_waiting_from_work(recording):
    request, computation = map(json.loads, recording("where_time_goes").out)
    assert (request["part"], computation["part"]) == ("a request", "a computation")
    # The server alone makes the client wait for 0.3 s, and a waiting program has no core at work.
    assert request["seconds"] >= 0.3
    assert request["cpu"] < request["seconds"] / 2
    # One thread has at most one core at work, give or take the ticks of the clocks.
    assert 0 < computation["cpu"] < computation["seconds"] + 0.05
