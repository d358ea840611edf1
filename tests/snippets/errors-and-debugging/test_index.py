def test_an_error_reaches_whoever_awaits_and_a_task_of_its_own_is_heard_only_at_the_end(virtual):
    run = virtual("four_ways")
    assert run.out == [
        "caught awaited: out of paper",
        "caught gathered: out of paper",
        "caught a group: in a group: out of paper",
        "main: nothing to be caught, the task is done: True",
    ]
    assert run.second("caught awaited") == 0.3
    assert run.second("caught gathered") == 0.6
    assert run.second("caught a group") == 0.9
    # The task failed at 1.2. Nobody heard of it before main, and with it the task, was gone.
    assert run.second("never retrieved") == run.second("main: nothing") == 1.6
    assert run.err[-1] == "OSError: a task of its own: out of paper"
    assert run.exit == 0
