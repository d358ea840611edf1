def test_a_station_that_does_not_answer_disturbs_nobody(attempt):
    run = attempt()
    assert not any(line.text.startswith("Cairo: cancelled") for line in run.lines), (
        "Oslo does not answer, and Cairo is cancelled for it. Where must the ConnectionError be caught, so that the "
        "group never sees it?"
    )
    assert run.second("Cairo: has been read") == 0.6


def test_it_is_reported_when_it_happens(attempt):
    run = attempt()
    lines = [line for line in run.lines if "Oslo does not answer" in line.text]
    assert [line.second for line in lines] == [0.2], (
        "One line should report, after 0.2 s, that Oslo does not answer. "
        f"Lines that do: {[(line.second, line.text) for line in lines]}"
    )


def test_nonsense_still_calls_everything_off(attempt):
    run = attempt()
    assert any(line.text == "Rome: cancelled" and line.second == 1.0 for line in run.lines), (
        "Lima sends nonsense after a second. That is a ValueError, and it should cancel Rome at once, as it did before."
    )
    assert any("Lima sends nonsense" in line for line in run.out), "main should still report what Lima sent."
    assert run.exit == 0, f"The program should end well, but its exit status was {run.exit}: {run.err}"
