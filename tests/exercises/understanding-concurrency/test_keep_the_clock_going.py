def test_the_clock_ticks_while_the_letter_is_scanned(attempt):
    run = attempt.real()
    assert "letter: scanned" in run.out, f"The letter should be scanned. The program printed: {run.out}"
    before = run.out[: run.out.index("letter: scanned")]
    assert [line for line in before if line.startswith("tick")] == [f"tick {number}" for number in range(1, 6)], (
        f"All five ticks should come before the letter is scanned. Before it came: {before}. While scan blocks the "
        "thread of the event loop, the clock gets no turn."
    )


def test_the_scanner_still_takes_its_time(attempt):
    run = attempt.real()
    assert run.seconds >= 1.2, "Scanning takes 1.2 s. Leave the scanner as it is, and let it work somewhere else."
