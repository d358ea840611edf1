def test_a_coroutine_begins_when_it_is_awaited_and_not_when_it_is_called(virtual):
    run = virtual("call_and_await")
    assert run.second("called, and got a coroutine") == 0.0
    assert run.second("Bergen: asking") == 0.5
    assert run.second("awaited, and got 'Bergen: rain'") == 1.0
    assert run.err == []


def test_work_without_await_is_not_done_and_a_warning_names_its_line_while_the_program_ends_well(virtual):
    run = virtual("forgotten")
    assert run.out == ["mail to Grace is sent", "all mail is sent"]
    assert run.err[0].endswith("forgotten.py:10: RuntimeWarning: coroutine 'send_mail' was never awaited")
    assert run.seconds == 0.5
    assert run.exit == 0


def test_a_coroutine_counts_as_true_whatever_it_would_return(virtual):
    run = virtual("always_true")
    assert run.out == ["welcome, Mallory"]
    assert run.second("welcome, Mallory") == 0.0
    assert "coroutine 'may_enter' was never awaited" in run.err[0]


def test_the_error_after_a_forgotten_await_is_about_a_coroutine_object(virtual):
    run = virtual("no_such_result")
    assert run.err[-1] == "TypeError: 'coroutine' object is not subscriptable"
    assert run.out == []
    assert run.exit == 1


def test_a_second_await_of_one_coroutine_raises_and_a_new_coroutine_runs_again(virtual):
    run = virtual("await_twice")
    assert run.out == ["first: 4", "cannot reuse already awaited coroutine", "a new one: 4"]
    assert run.second("first") == run.second("cannot reuse") == 0.5
    assert run.second("a new one") == 1.0
