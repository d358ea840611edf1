def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_an_event_wakes_all_who_wait_and_lets_latecomers_through(virtual):
    run = virtual("event")
    assert history(run) == [
        (0.0, "Ada: ready"),
        (0.0, "Ben: ready"),
        (0.3, "main: go!"),
        (0.3, "Ada: runs"),
        (0.3, "Ben: runs"),
        (0.6, "Cleo: ready"),
        (0.6, "Cleo: runs"),
        (0.9, "Ben: is there"),
        (1.2, "Ada: is there"),
        (1.5, "Cleo: is there"),
    ]


def test_who_does_not_wait_at_that_moment_misses_an_event(virtual):
    run = virtual("event_misses")
    assert history(run) == [
        (0.2, "market: the price is 10"),
        (0.2, "watcher: the price is 10"),
        (0.4, "market: the price is 11"),
        (0.9, "market closes"),
    ]


def test_a_condition_is_true_for_who_comes_later_too(virtual):
    run = virtual("condition_tells")
    assert history(run) == [
        (0.2, "market: the price is 10"),
        (0.2, "watcher: the price is 10"),
        (0.4, "market: the price is 11"),
        (0.5, "watcher: the price is 11"),
        (0.9, "market closes"),
    ]


def test_each_customer_waits_until_there_is_enough_for_them(virtual):
    run = virtual("condition")
    assert history(run) == [
        (0.0, "Ada: wants 3"),
        (0.0, "Ben: wants 1"),
        (0.2, "baker: two loaves"),
        (0.2, "Ben: has 1, 1 left"),
        (0.4, "baker: two loaves"),
        (0.4, "Ada: has 3, 0 left"),
        (0.6, "baker: two loaves"),
    ]


def test_without_another_look_the_second_takes_what_is_not_there(virtual):
    run = virtual("woken_for_nothing")
    assert history(run) == [
        (0.2, "baker: one loaf"),
        (0.2, "Ada: takes one, 0 left"),
        (0.2, "Ben: takes one, -1 left"),
    ]


def test_notify_may_wake_one_who_cannot_go_on(virtual):
    run = virtual("wrong_one_woken")
    assert history(run) == [
        (0.2, "baker: one loaf, and notifies one"),
        (0.7, "Ben: still waits for one loaf"),
        (0.7, "baker: notifies all"),
        (0.7, "Ben: has 1"),
    ]


def test_nobody_leaves_a_camp_before_all_are_there(virtual):
    run = virtual("barrier")
    assert history(run) == [
        (0.3, "Ada: at the first camp"),
        (0.6, "Cleo: at the first camp"),
        (0.9, "Ben: at the first camp"),
        (0.9, "all are at the first camp"),
        (1.2, "Ada: at the summit"),
        (1.5, "Cleo: at the summit"),
        (1.8, "Ben: at the summit"),
        (1.8, "all are at the summit"),
    ]
    assert run.second("Ben: at the first camp") == run.second("all are at the first camp") == 0.9


def test_a_barrier_waits_in_vain_for_one_who_left(virtual):
    run = virtual("one_never_comes")
    assert history(run) == [
        (0.2, "Ada: waits for the others"),
        (0.3, "Ben: turns back"),
        (0.4, "Cleo: waits for the others"),
        (1.0, "main: nobody went on"),
    ]


def test_an_aborted_barrier_lets_down_those_who_wait_and_those_who_come(virtual):
    run = virtual("barrier_broken")
    assert history(run) == [
        (0.2, "Ada: waits for the others"),
        (0.4, "Ben: turns back, and says so"),
        (0.4, "Ada: turns back too"),
        (0.6, "Cleo: waits for the others"),
        (0.6, "Cleo: turns back too"),
        (0.6, "broken: True"),
        (0.6, "broken: False"),
    ]
