def test_every_other_letter_is_read(attempt):
    run = attempt()
    for letter in "ABCD":
        assert run.out.count(f"letter {letter}: read") == 1, (
            f"Letter {letter} should be read once. A worker that meets the torn letter must go on to the next one."
        )


def test_the_torn_letter_is_reported(attempt):
    run = attempt()
    assert "letter torn: it is torn" in run.out, (
        "Nobody learns of the torn letter. Where is its error caught, and what is printed there?"
    )


def test_the_pool_comes_to_an_end(attempt):
    run = attempt()
    assert run.out[-1:] == ["main: all letters are done"] and run.exit == 0, (
        f"main should end with “main: all letters are done”, and did with: {run.out[-1:]}. "
        "join waits until task_done was called for every letter, for the torn one as well."
    )


def test_two_letters_are_still_read_at_a_time(attempt):
    run = attempt()
    assert run.seconds == 0.75, (
        "Each worker reads two letters of 0.3 s, and one of them sees after 0.15 s that a letter is torn: "
        "0.75 s in all. "
        f"Your program took {run.seconds:.2f} s."
    )
