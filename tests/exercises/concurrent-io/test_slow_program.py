"""A program that takes too long is ended."""


def test_the_program_does_not_outlive_the_patience_of_main(attempt):
    run = attempt.real()
    assert run.exit == 0, f"the program fails: {run.err}"
    assert "main: gives up" in run.out, "main must give up after half a second, and say so"
    assert not any(line.startswith("program: done") for line in run.out), (
        "main has given up, and the program ran on to its end. Who tells it to stop?"
    )


def test_main_waits_until_it_has_ended(attempt):
    assert attempt.real().out[-1] == "main: the program has ended", "the last line must say that the program has ended"
