def test_three_timers_together_take_as_long_as_the_longest(virtual):
    run = virtual("kitchen")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "three timers run"),
        (0.4, "tea: ready"),
        (0.7, "eggs: ready"),
        (1.0, "rice: ready"),
        (1.0, "dinner is served"),
    ]


def test_a_stopped_timer_ends_at_once_and_the_others_run_on(virtual):
    run = virtual("stop_one")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "three timers run"),
        (0.4, "tea: ready"),
        (0.7, "rice: stopped"),
        (1.0, "eggs: ready"),
        (1.0, "dinner without rice"),
    ]


def test_a_sleep_of_the_period_after_the_work_makes_the_period_longer_than_the_sleep(virtual):
    run = virtual("drifts")
    assert [line.second for line in run.lines if line.text == "measured"] == [0.1, 0.5, 0.9, 1.3]


def test_a_sleep_until_the_next_beat_keeps_the_period(virtual):
    run = virtual("keeps_step")
    assert [line.second for line in run.lines if line.text == "measured"] == [0.1, 0.4, 0.7, 1.0]


def test_each_key_starts_the_timer_anew(virtual):
    run = virtual("save_when_quiet")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "typed h"),
        (0.2, "typed e"),
        (0.4, "typed y"),
        (0.4 + 0.5, "saved"),
        (1.2, "typed !"),
        (1.2 + 0.5, "saved"),
    ]


def test_timers_ring_late_when_something_blocks_the_loop(virtual):
    run = virtual("late")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "chopping, with no await"),
        (1.0, "chopped"),
        (1.0, "tea: ready"),
        (1.0, "eggs: ready"),
    ]
