def test_the_letter_is_saved(attempt):
    run = attempt()
    assert "editor: letter saved" in run.out, (
        "The letter is not saved. When main is done, someone has to cancel the editor and wait until it has cleaned up."
    )


def test_main_does_not_wait_for_the_editor_to_end_by_itself(attempt):
    run = attempt()
    assert run.seconds < 2, (
        f"The program took {run.seconds:.0f} s. The editor writes for an hour: stop it, do not wait."
    )
    assert run.second("main: time to go") < run.second("editor: letter saved"), (
        "The letter should be saved when main has ended, not before."
    )


def test_nothing_is_left_behind(attempt):
    run = attempt()
    assert run.err == [], f"Python complains on stderr: {run.err[0]}"
