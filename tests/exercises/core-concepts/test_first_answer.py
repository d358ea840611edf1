def test_the_first_complete_copy_is_used_at_once(attempt):
    run = attempt()
    assert run.last == "using the copy from Lima", (
        f"Lima is complete first, so its copy should be used. The last line is: {run.last}"
    )
    assert run.second("using the copy") < 0.5, (
        f"Lima is complete after 0.3 s, but its copy is used after {run.second('using the copy'):.1f} s. "
        "Wait for the first, not for all: asyncio.wait has return_when."
    )


def test_the_others_are_called_off(attempt):
    run = attempt()
    for mirror in ("Oslo", "Perth"):
        assert f"{mirror}: called off" in run.out, (
            f"{mirror} was not cancelled. Leaving tasks alone does not stop them, so call cancel() on each."
        )


def test_they_are_called_off_by_you_and_not_by_the_end_of_the_program(attempt):
    run = attempt()
    assert run.last.startswith("using the copy"), (
        "The line “using the copy from …” should be the last: cancel the others, and wait until they have ended, first."
    )
