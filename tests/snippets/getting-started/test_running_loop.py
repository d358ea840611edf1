def test_run_refuses_inside_a_running_loop_and_the_coroutine_it_was_given_is_never_awaited(virtual):
    run = virtual("run_in_run")
    assert run.out == ["asking for a price"]
    assert "RuntimeError: asyncio.run() cannot be called from a running event loop" in run.err
    assert any("coroutine 'fetch_price' was never awaited" in line for line in run.err)
    assert run.exit == 1


def test_awaiting_all_the_way_down_works(virtual):
    run = virtual("await_it")
    assert run.out == ["asking for a price", "tea costs 4"]
    assert run.seconds == 0.5
    assert run.exit == 0


def test_in_a_notebook_run_fails_and_await_at_the_top_gives_the_price(virtual):
    run = virtual("notebook")
    assert run.out == [
        "cell 1",
        "cell 2",
        "asyncio.run() cannot be called from a running event loop",
        "cell 3",
        "tea costs 4",
    ]
    assert run.second("tea costs 4") == 0.5


def test_in_another_thread_run_works_and_the_loop_goes_on_ticking(recording):
    run = recording("in_a_thread")
    assert run.out == ["tick 1", "tea costs 4", "tick 2", "tick 3"]
    assert run.err == []


def test_waiting_for_the_thread_without_await_keeps_the_ticking_from_beginning(recording):
    run = recording("stalled")
    assert run.out == ["tea costs 4", "tick 1", "tick 2", "tick 3"]
    assert run.err == []


def test_get_running_loop_tells_whether_a_loop_runs(virtual):
    run = virtual("is_a_loop_running")
    assert run.out == ["no loop: call asyncio.run", "a loop runs: await", "no loop: call asyncio.run"]


def test_each_run_has_a_loop_of_its_own_and_closes_it_while_a_runner_keeps_its_loop(virtual):
    run = virtual("one_loop_each")
    assert run.out == ["two runs, one loop: False", "the first is closed: True", "one runner, one loop: True"]
