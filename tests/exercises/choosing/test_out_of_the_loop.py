def test_another_process_computes(attempt):
    run = attempt.real()
    assert "parcel 4: 11999994 g" in run.out, f"The parcel should still be weighed. The program printed: {run.out}"
    assert "in another process: True" in run.out, (
        "The parcel is weighed in this process. In a thread it would share the GIL with the loop: take a process."
    )


def test_the_loop_goes_on(attempt):
    run = attempt.real()
    assert "the loop went on: True" in run.out, (
        "There was no tick while the parcel was weighed. Is the result awaited, so that the loop is free meanwhile?"
    )


def test_nothing_is_wrong_on_stderr(attempt):
    run = attempt.real()
    assert run.err == [], f"Python complains on stderr: {run.err[0]}"
