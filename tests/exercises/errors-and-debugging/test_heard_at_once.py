def test_the_failure_is_reported_when_it_happens(attempt):
    run = attempt()
    early = [line for line in run.lines if line.second == 0.3]
    assert any("photos" in line.text and "disk full" in line.text for line in early), (
        "The photos fail after 0.3 s. At that moment one line should say which task failed (its name has “photos” in "
        f"it) and why (“disk full”). At 0.3 s, the program printed: {[line.text for line in early]}"
    )


def test_nothing_is_reported_a_second_time_at_the_end(attempt):
    run = attempt()
    assert not any("never retrieved" in line for line in run.err), (
        "asyncio still says that nobody asked for the error. Ask the task for it: with exception() or result()."
    )


def test_the_others_go_on_as_before(attempt):
    run = attempt()
    assert [run.second("mail: copied"), run.second("main: ends")] == [0.8, 1.3], (
        "The mail should be copied after 0.8 s, and main should end after 1.3 s: a failure in the background must not "
        f"end or delay anything else. The program printed: {[(line.second, line.text) for line in run.lines]}"
    )
    assert run.exit == 0, f"The program should end well, but its exit status was {run.exit}: {run.err}"
