"""The ticks go on while a file is read."""


def test_it_ticks_while_main_reads(attempt):
    out = attempt.real().out
    assert "main: reads" in out and "main: has the words of letter.txt" in out, "main must read as before, and say so"
    during = out[out.index("main: reads") : out.index("main: has the words of letter.txt")]
    assert "tick" in during, "nothing ticks while main reads: the read holds up the loop. Where else could it run?"


def test_the_read_is_still_slow(attempt):
    run = attempt.real()
    reading = run.second("main: has the words") - run.second("main: reads")
    assert reading > 0.6, "the disk is as slow as before: leave read_from_slow_disk as it is"
