def test_two_awaits_take_as_long_as_both_waits_added_up(virtual):
    run = virtual("in_sequence")
    assert run.second("rice: done") == run.second("beans: on the stove") == 0.6
    assert run.seconds == 1.0


def test_gather_starts_both_at_once_and_takes_as_long_as_the_longer_wait(virtual):
    run = virtual("together")
    assert run.second("rice: on the stove") == run.second("beans: on the stove") == 0.0
    assert run.second("beans: done") == 0.4
    assert run.seconds == 0.6


def test_coroutines_created_early_still_run_one_after_another(virtual):
    run = virtual("created_first")
    assert run.out[0] == "both are created"
    assert run.second("rice: done") == run.second("beans: on the stove") == 0.6
    assert run.seconds == 1.0


def test_tasks_created_early_overlap(virtual):
    run = virtual("tasks_first")
    assert run.out[0] == "both are created"
    assert run.second("rice: on the stove") == run.second("beans: on the stove") == 0.0
    assert run.seconds == 0.6


def test_an_await_in_a_comprehension_asks_one_by_one_and_gather_keeps_the_order_in_which_it_asked(virtual):
    run = virtual("in_a_loop")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "one after another"),
        (0.4, "Lima: here"),
        (0.6, "Oslo: here"),
        (1.2, "Cairo: here"),
        (1.2, "['LIMA', 'OSLO', 'CAIRO']"),
        (1.2, "together"),
        (1.4, "Oslo: here"),
        (1.6, "Lima: here"),
        (1.8, "Cairo: here"),
        (1.8, "['LIMA', 'OSLO', 'CAIRO']"),
    ]


def test_each_chain_awaits_in_sequence_and_the_chains_overlap(virtual):
    run = virtual("needs_the_first")
    assert run.second("Ada: found") == 0.6
    assert run.second("Grace: found") == 0.9
    assert run.second("customer 3: two orders") == 1.2
    assert run.second("customer 5: two orders") == run.seconds == 1.8
