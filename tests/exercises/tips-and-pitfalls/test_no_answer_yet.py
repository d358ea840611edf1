def test_the_prices_that_are_there_are_printed_and_nothing_fails(attempt):
    run = attempt()
    assert run.exit == 0, f"The program still fails: {run.err[-1:]}. Whose result is not there?"
    assert run.err == [], f"There is something on stderr: {run.err[-1]}"
    for shop in ("baker", "market"):
        lines = [line for line in run.lines if line.text == f"{shop}: 4 euros"]
        assert len(lines) == 1, f"{shop} has answered in time; its price should be printed once: {run.out}"
        assert lines[0].second <= 0.6, f"The price of {shop} comes at {lines[0].second} s, later than the 0.6 s"


def test_the_slow_shop_is_told_to_hang_up_before_main_ends(attempt):
    run = attempt()
    assert "mill: hangs up" in run.out, f"The mill is still asked. Who cancels its task? {run.out}"
    assert "mill: 4 euros" not in run.out, "The mill should not be waited for"
    assert run.out[-1:] == ["main: ends"], (
        f"“main: ends” should be the last line, when the mill has hung up, and the last one is {run.out[-1:]}. "
        "cancel() only asks: wait until the task has ended."
    )


def test_all_of_it_takes_as_long_as_main_has_patience(attempt):
    run = attempt()
    assert run.seconds == 0.6, f"main has 0.6 s of patience, and the program takes {run.seconds} s"
