def timed(run):
    return [(line.second, line.text) for line in run.lines]


def test_send_runs_a_coroutine_to_its_next_suspension_and_its_value_is_what_await_gives(virtual):
    run = virtual("driven_by_hand")
    assert run.out == [
        "created: no line of it has run",
        "suspended with Which drink?",
        "suspended with Which size?",
        "returned one large coffee",
    ]
    assert run.seconds == 0


def test_one_send_reaches_through_all_coroutines_that_await_one_another(virtual):
    run = virtual("straight_through")
    assert run.out == [
        "breakfast: begins",
        "bake: dough",
        "* send gave: pause",
        "* waits in: bake",
        "bake: done",
        "breakfast: bread is on the table",
        "* finished",
    ]


def test_a_coroutine_goes_through_four_states_and_never_runs_again(virtual):
    run = virtual("states")
    assert run.out == [
        "new: CORO_CREATED",
        "running: CORO_RUNNING",
        "waiting: CORO_SUSPENDED",
        "the fern is watered",
        "finished: CORO_CLOSED",
        "once more: cannot reuse already awaited coroutine",
    ]


def test_an_exception_thrown_in_is_raised_at_the_await_and_close_runs_finally(virtual):
    run = virtual("thrown_in")
    assert run.out == [
        "photo.png: open",
        "photo.png: caught disk full",
        "photo.png: closed",
        "photo.png: coroutine finished",
        "song.mp3: open",
        "song.mp3: closed",
        "song.mp3: coroutine closed",
    ]
    assert run.err == []


def test_awaiting_a_coroutine_that_never_suspends_gives_no_other_task_a_turn(virtual):
    run = virtual("never_suspends")
    assert run.out == ["first: TEA", "first: MILK", "first: SUGAR", "second: CUP", "second: POT", "second: SPOON"]


def test_sleep_of_zero_gives_every_other_task_a_turn(virtual):
    run = virtual("gives_way")
    assert run.out == ["first: TEA", "second: CUP", "first: MILK", "second: POT", "first: SUGAR", "second: SPOON"]
    assert run.seconds == 0


def test_coroutine_task_future_and_own_object_can_all_be_awaited(virtual):
    assert timed(virtual("four_awaitables")) == [
        (0.3, "a coroutine: Oslo: sunny"),
        (0.6, "a task: Lima: sunny"),
        (0.9, "a future: Cairo: sunny"),
        (1.2, "an object of ours: Kyoto: sunny"),
    ]


def test_only_a_coroutine_cannot_be_awaited_twice(virtual):
    assert timed(virtual("awaited_again")) == [
        (0.3, "coroutine: 21 °C"),
        (0.3, "coroutine, again: cannot reuse already awaited coroutine"),
        (0.6, "task: 21 °C"),
        (0.6, "task, again: 21 °C"),
        (0.9, "our own: 21 °C"),
        (1.2, "our own, again: 21 °C"),
    ]


def test_a_plain_call_is_made_before_await_finds_that_its_result_is_no_awaitable(virtual):
    assert timed(virtual("not_awaitable")) == [
        (0.0, "main: waits"),
        (0.5, "main: sleep returned None, and None is no awaitable"),
    ]
