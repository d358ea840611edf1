def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_the_failure_is_heard_of_at_the_end_at_first(virtual):
    run = virtual("heard_at_once")
    assert run.out == ["main: 2 tasks in the background", "mail: copied", "main: ends"]
    assert run.second("never retrieved") == 1.3


def test_the_failure_is_heard_of_when_it_happens(virtual):
    run = virtual("heard_at_once_solution")
    assert history(run) == [
        (0.0, "main: 2 tasks in the background"),
        (0.3, "copy photos failed: disk full"),
        (0.8, "mail: copied"),
        (1.3, "main: ends"),
    ]


def test_the_first_failure_cancels_all_others_at_first(virtual):
    run = virtual("keep_the_others")
    assert sorted(run.out[:-1]) == ["Cairo: cancelled", "Lima: cancelled", "Rome: cancelled"]
    assert run.out[-1] == "main: Oslo does not answer"
    assert run.seconds == 0.2


def test_only_the_worse_failure_cancels_the_others(virtual):
    run = virtual("keep_the_others_solution")
    assert history(run) == [
        (0.2, "left out: Oslo does not answer"),
        (0.6, "Cairo: has been read"),
        (1.0, "Rome: cancelled"),
        (1.0, "main: Lima sends nonsense"),
    ]


def test_the_test_waits_at_first(virtual):
    run = virtual("tested_in_no_time")
    assert [second for second, _ in history(run)] == [0.6, 1.2]


def test_the_test_does_not_wait_and_the_program_does(virtual):
    run = virtual("tested_in_no_time_solution")
    assert history(run) == [(0.0, "the test has passed"), (0.6, "for real: no answer")]
