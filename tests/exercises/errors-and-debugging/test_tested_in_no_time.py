def test_the_test_takes_no_time(attempt):
    run = attempt()
    assert run.second("the test has passed") == 0.0, (
        f"The test took {run.second('the test has passed'):.1f} s. It should pass without waiting: what else than "
        "asyncio.sleep could with_retries call when it is tested?"
    )


def test_the_program_still_waits(attempt):
    run = attempt()
    waited = run.second("for real") - run.second("the test has passed")
    assert round(waited, 6) == 0.6, (
        "Outside of the test, with_retries should wait 0.2 s after the first attempt and 0.4 s after the second, "
        f"0.6 s in all. It waited {waited:.1f} s."
    )
    assert run.exit == 0, f"The program should end well, but its exit status was {run.exit}: {run.err}"
