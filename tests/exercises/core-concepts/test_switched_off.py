def test_main_gives_up_after_half_a_second(attempt):
    run = attempt()
    assert "main: too slow" in run.out, (
        "main never says “main: too slow”. The try is there already. What raises TimeoutError when the time is up?"
    )
    assert run.second("main: too slow") == 0.5, (
        f"main should give up after 0.5 s, but did so after {run.second('main: too slow'):.1f} s."
    )


def test_the_probe_is_switched_off_before_main_goes_on(attempt):
    run = attempt()
    assert "probe 1: switched off" in run.out, (
        "The probe stays on. A timeout raises CancelledError at the await in measure. What runs all the same?"
    )
    assert run.last == "main: too slow", (
        f"The probe should be off before main says that it was too slow. The last line is: {run.last}"
    )


def test_the_cancellation_is_not_swallowed(attempt):
    run = attempt()
    assert "main: 21 degrees" not in run.out, (
        "main got 21 degrees although the time was up: measure must not swallow CancelledError."
    )
