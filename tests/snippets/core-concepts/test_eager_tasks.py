def timed(run):
    return [(line.second, line.text) for line in run.lines]


def test_an_eager_task_runs_to_its_first_suspension_before_create_task_returns(virtual):
    assert timed(virtual("before_create_task_returns")) == [
        (0.0, "main: creates a task"),
        (0.0, "main: creates an eager task"),
        (0.0, "Lima: request sent"),
        (0.0, "main: awaits both"),
        (0.0, "Oslo: request sent"),
        (0.3, "Lima: answer here"),
        (0.3, "Oslo: answer here"),
    ]


def test_the_eager_factory_makes_every_new_task_eager(virtual):
    run = virtual("eager_factory")
    assert timed(run) == [
        (0.0, "Oslo: request sent"),
        (0.0, "main: first task created"),
        (0.0, "Lima: request sent"),
        (0.0, "main: second task created"),
        (0.3, "Oslo: answer here"),
        (0.3, "Lima: answer here"),
    ]


def test_an_eager_task_that_never_suspends_takes_no_turn_of_the_loop(virtual):
    assert timed(virtual("no_turn")) == [
        (0.0, "Oslo: done at once is True"),
        (0.0, "Oslo: snow"),
        (0.0, "Lima: done at once is True"),
        (0.0, "Lima: fog"),
        (0.0, "Cairo: done at once is False"),
        (0.0, "loop: takes a turn"),
        (0.4, "Cairo: sun"),
    ]


def test_eager_tasks_begin_between_the_lines_of_their_creator(virtual):
    assert virtual("order_changes").out == [
        "lazy",
        "  tent: task created",
        "  map: task created",
        "  tent: begins",
        "  map: begins",
        "  tent: goes on",
        "  map: goes on",
        "eager",
        "  tent: begins",
        "  tent: task created",
        "  map: begins",
        "  map: task created",
        "  tent: goes on",
        "  map: goes on",
    ]


def test_an_eager_task_runs_before_its_creator_has_stored_it(virtual):
    run = virtual("before_assignment")
    assert run.out == ["lazy", "runs as download", "eager", "'Download' object has no attribute 'task'"]
    assert run.err == []


def test_work_before_the_first_suspension_is_done_in_the_creators_time(virtual):
    assert timed(virtual("creator_waits")) == [
        (0.3, "beach: resized"),
        (0.3, "main: task for beach created"),
        (0.6, "forest: resized"),
        (0.6, "main: task for forest created"),
        (0.6, "beach: uploaded"),
        (0.8, "forest: uploaded"),
    ]


def test_an_exception_in_the_eager_part_is_kept_in_the_task(virtual):
    run = virtual("fails_early")
    assert timed(run) == [
        (0.0, "both created, Atlantis done is True"),
        (0.3, "Oslo: snow"),
        (0.3, "await raised: no station in Atlantis"),
    ]
    assert run.err == []


def test_cancelled_at_once_a_lazy_task_never_begins_and_an_eager_one_cleans_up(virtual):
    run = virtual("cancelled_at_once")
    assert timed(run) == [
        (0.0, "eager: opens the file"),
        (0.0, "eager: closes the file"),
        (0.0, "lazy cancelled: True"),
        (0.0, "eager cancelled: True"),
    ]
    assert run.seconds == 0
