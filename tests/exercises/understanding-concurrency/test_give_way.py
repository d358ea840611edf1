def test_the_sums_take_turns(attempt):
    run = attempt()
    steps = [line for line in run.out if not line.startswith("together")]
    assert steps == ["first: 1", "second: 10", "first: 3", "second: 30", "first: 6", "second: 60"], (
        f"The two tasks should take turns after each number, the first one first. The program printed: {steps}"
    )


def test_the_sum_is_right_and_nobody_waits(attempt):
    run = attempt()
    assert "together: 66" in run.out, f"Together it should be 66. The program printed: {run.out}"
    assert run.seconds < 0.01, (
        f"The program waited for {run.seconds:g} s in all. A task can give its turn away without a wait."
    )
