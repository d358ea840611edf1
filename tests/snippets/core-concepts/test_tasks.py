def timed(run):
    return [(line.second, line.text) for line in run.lines]


def test_two_tasks_begin_when_their_creator_waits_and_take_as_long_as_the_longer(virtual):
    run = virtual("two_tasks")
    assert timed(run) == [
        (0.0, "two tasks, and neither has begun"),
        (0.0, "kitchen: measuring"),
        (0.0, "cellar: measuring"),
        (0.5, "cellar: measured"),
        (1.0, "kitchen: measured"),
        (1.0, "kitchen 20 °C"),
        (1.0, "cellar 20 °C"),
    ]
    assert run.seconds == 1.0


def test_a_handmade_task_does_what_a_task_does(virtual):
    assert virtual("task_by_hand").lines == virtual("two_tasks").lines


def test_a_task_has_the_methods_of_a_future(virtual):
    assert timed(virtual("task_is_future")) == [
        (0.0, "a Task is a Future: True"),
        (0.0, "done: False"),
        (0.0, "result: Result is not set."),
        (0.5, "callback: rye, baked"),
        (0.5, "done: True"),
        (0.5, "result: rye, baked"),
        (0.5, "exception: None"),
    ]


def test_all_who_await_a_future_go_on_after_the_one_who_completes_it_waits(virtual):
    assert timed(virtual("someone_else_completes")) == [
        (0.0, "Ana: waits"),
        (0.0, "Ben: waits"),
        (0.5, "courier: delivers"),
        (0.5, "courier: drives on"),
        (0.5, "Ana: sees a parcel"),
        (0.5, "Ben: sees a parcel"),
        (0.5, "later: a parcel"),
    ]


def test_a_future_turns_a_callback_into_something_to_await(virtual):
    run = virtual("from_a_callback")
    assert timed(run) == [(0.2, "2 pages printed"), (0.5, "5 pages printed")]


def test_a_future_is_completed_once_and_a_task_only_by_its_coroutine(virtual):
    assert timed(virtual("only_once")) == [
        (0.0, "second result: invalid state"),
        (0.0, "await raised: no such address"),
        (0.0, "task: Task does not support set_result operation"),
        (0.2, "slept"),
    ]


def test_a_task_nobody_refers_to_is_collected_and_asyncio_says_so(virtual):
    run = virtual("vanished")
    assert [(second, text) for second, text in timed(run) if not text.startswith("task: ")] == [
        (0.0, "Ana: listens"),
        (0.0, "Ben: listens"),
        (0.3, "main: the garbage collector runs"),
        (0.3, "Ana: stops listening"),
        (0.3, "Task was destroyed but it is pending!"),
        (0.6, "radio: has news"),
        (0.6, "Ben: hears that it rains"),
        (0.6, "Ben: stops listening"),
    ]
    message, details = run.err
    assert message == "Task was destroyed but it is pending!"
    assert details.startswith("task: <Task pending name='Ana' coro=<listen() ")


def test_a_task_that_reads_a_stream_is_collected_though_its_line_is_on_the_way(virtual):
    run = virtual("reader_vanished")
    assert run.out == [
        "listener: waits for a line",
        "main: the garbage collector runs",
        "radio: sends",
        "main: ends",
    ]
    message, details = run.err
    assert message == "Task was destroyed but it is pending!"
    assert details.startswith("task: <Task pending name='listener' coro=<listen() ")


def test_a_task_in_a_set_survives_the_collector_and_leaves_the_set_when_done(virtual):
    run = virtual("kept")
    assert timed(run) == [
        (0.3, "main: the garbage collector runs"),
        (0.3, "kept: 1"),
        (0.6, "radio: has news"),
        (0.6, "Ana: hears that it rains"),
        (0.9, "kept: 0"),
    ]
    assert run.err == []


def test_all_tasks_names_those_that_are_not_done_and_current_task_the_one_that_asks(virtual):
    assert timed(virtual("who_is_running")) == [
        (0.0, "not done: main, north, south"),
        (0.3, "Oslo: fetched by north"),
        (0.6, "not done: main, south"),
        (0.9, "Lima: fetched by south"),
        (0.9, "not done: main"),
    ]


def test_a_task_that_still_runs_when_main_returns_is_cancelled(virtual):
    run = virtual("left_behind")
    assert timed(run) == [
        (0.0, "photos: copying"),
        (0.5, "main: returns, photos done: False"),
        (0.5, "photos: tidying up"),
    ]
    assert run.seconds == 0.5
    assert run.exit == 0
