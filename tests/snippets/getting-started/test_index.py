def test_the_second_line_appears_a_second_after_the_first(virtual):
    run = virtual("one_wait")
    assert [(line.second, line.text) for line in run.lines] == [(0.0, "water is on"), (1.0, "tea is ready")]
    assert run.seconds == 1.0


def test_run_returns_what_main_returns_and_the_second_cup_is_begun_after_the_first(virtual):
    run = virtual("give_a_result")
    assert run.out == ["['tea, 4 minutes', 'tea, 2 minutes']"]
    assert run.second("tea") == 1.2
