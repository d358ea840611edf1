def test_a_loop_of_ones_own_still_runs_a_coroutine_without_a_warning(virtual):
    run = virtual("new_loop")
    assert [(line.second, line.text) for line in run.lines] == [(0.0, "water is on"), (1.0, "tea is ready")]
    assert run.err == []
    assert run.exit == 0


def test_from_3_14_on_get_event_loop_raises_where_there_is_no_loop(virtual):
    run = virtual("no_current_loop")
    assert run.err[-1] == "RuntimeError: There is no current event loop in thread 'MainThread'."
    assert run.out == []
    assert run.exit == 1


def test_before_3_14_get_event_loop_makes_a_loop_and_warns(virtual):
    run = virtual("warned")
    assert run.out == ["water is on", "tea is ready"]
    assert run.err[0].endswith("warned.py:13: DeprecationWarning: There is no current event loop")
    assert run.exit == 0


def test_get_event_loop_works_inside_main_and_raises_after_run(virtual):
    run = virtual("after_run")
    assert run.out == ["in main there is a loop", "There is no current event loop in thread 'MainThread'."]
    assert run.err == []


def test_closing_a_loop_by_hand_throws_a_waiting_task_away(virtual):
    run = virtual("left_behind")
    assert run.out == ["main is done, the editor is not: True"]
    assert "Task was destroyed but it is pending!" in run.err
    assert run.seconds == 0.5


def test_run_cancels_the_task_that_is_left_and_waits_until_it_has_saved(virtual):
    run = virtual("tidied_up")
    assert run.second("main is done") == 0.5
    assert run.second("letter: saved") == run.seconds == 0.7
    assert run.err == []


def test_at_the_prompt_await_works_at_the_top_and_a_task_goes_on_between_the_lines(recording):
    run = recording("repl")
    assert run.out == [
        '>>> tea = asyncio.create_task(asyncio.sleep(0.6, "tea is ready"))',
        ">>> tea.done()",
        "False",
        '>>> await asyncio.sleep(0.3, "toast is ready")',
        "'toast is ready'",
        ">>> await tea",
        "'tea is ready'",
    ]
