def timed(run):
    return [(line.second, line.text) for line in run.lines]


def test_a_task_without_a_reference_vanishes_before_the_alarm(virtual):
    run = virtual("vanished_task")
    assert [entry for entry in timed(run) if not entry[1].startswith("task: ")] == [
        (0.0, "Ana: on guard"),
        (0.3, "Task was destroyed but it is pending!"),
        (0.6, "main: alarm"),
    ]
    assert run.exit == 0


def test_a_task_in_a_set_survives_the_collector(virtual):
    assert timed(virtual("vanished_task_fixed")) == [
        (0.0, "Ana: on guard"),
        (0.6, "main: alarm"),
        (0.6, "Ana: hears the alarm"),
    ]


def test_an_exception_nobody_asks_for_is_told_of_when_the_task_is_thrown_away(virtual):
    run = virtual("unseen_exception")
    assert run.out == ["Grace: has mail", "main: all mail is sent"]
    assert run.second("main: all mail is sent") == run.second("Task exception was never retrieved") == 0.8
    assert run.lines.index(next(line for line in run.lines if line.stream == "err")) == 2
    assert run.err[-1] == "ValueError: no such address"
    assert run.exit == 0


def test_a_done_callback_tells_of_the_failure_when_it_happens(virtual):
    assert timed(virtual("unseen_exception_fixed")) == [
        (0.2, "Grace: has mail"),
        (0.2, "failed: no such address"),
        (0.8, "main: has looked at all mail"),
    ]


def test_a_sibling_runs_on_after_gather_has_raised(virtual):
    assert timed(virtual("siblings_run_on")) == [
        (0.2, "main: no trip, no seat left"),
        (0.6, "hotel: booked, and paid"),
        (0.9, "main: stays at home"),
    ]


def test_a_group_books_no_hotel_when_the_flight_has_failed(virtual):
    assert timed(virtual("siblings_run_on_fixed")) == [
        (0.2, "main: no trip, no seat left"),
        (0.9, "main: stays at home"),
    ]


def test_a_group_cancels_the_film_because_the_map_is_missing(virtual):
    assert timed(virtual("cancels_the_rest")) == [
        (0.1, "song: downloaded"),
        (0.4, "main: map: not found"),
    ]


def test_a_job_that_handles_its_own_error_leaves_the_others_alone(virtual):
    assert timed(virtual("cancels_the_rest_fixed")) == [
        (0.1, "song: downloaded"),
        (0.4, "main: map: not found"),
        (0.8, "film: downloaded"),
    ]


def test_except_does_not_match_the_error_inside_a_group(virtual):
    run = virtual("misses_a_group")
    assert run.out == []
    assert any("ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)" in line for line in run.err)
    assert any("ValueError: invalid literal for int() with base 10: 'twelve'" in line for line in run.err)
    assert run.exit == 1


def test_except_star_matches_it_and_the_program_goes_on(virtual):
    run = virtual("misses_a_group_fixed")
    assert timed(run) == [(0.2, "main: that is no number"), (0.2, "main: goes on")]
    assert run.exit == 0


def test_twelve_at_once_are_more_than_the_server_takes(virtual):
    run = virtual("unbounded")
    assert run.out == ["served: 4", "turned away: 8"]


def test_four_at_a_time_are_all_served_in_three_rounds(virtual):
    run = virtual("unbounded_fixed")
    assert run.out == ["served: 12", "turned away: 0"]
    assert run.second("served") >= 1.2  # three rounds of 0.4 s
