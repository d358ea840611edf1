def test_the_file_is_closed_before_the_number_is_used(attempt):
    run = attempt()
    assert "main: found 2" in run.out, "main should still find 2. Does first_even return the number?"
    lines = run.out
    assert "file: closed" in lines and lines.index("file: closed") < lines.index("main: found 2"), (
        "The file should be closed before main has the number. `return` leaves the loop, "
        "but tells the generator nothing. Who closes it, and when?"
    )


def test_nothing_is_read_that_is_not_needed(attempt):
    run = attempt()
    assert run.second("main: found 2") == 0.5, (
        "Two numbers take 0.4 s, and closing takes 0.1 s. Your program needed "
        f"{run.second('main: found 2'):.1f} s: close the generator, do not read it to its end."
    )


def test_the_file_is_opened_and_closed_once(attempt):
    run = attempt()
    assert (run.out.count("file: opened"), run.out.count("file: closed")) == (1, 1), (
        f"The file should be opened once and closed once, by the generator itself. Your program printed: {run.out}"
    )
    assert run.out[-1] == "main: returns", "main should still end with “main: returns”."
