def test_the_waits_overlap(attempt):
    run = attempt()
    assert run.second("Cairo: answered") < run.second("Bergen: answered"), (
        "Cairo needs 0.3 s and Bergen 0.8 s, so Cairo should answer first. "
        "Is Cairo asked before main waits for Bergen's answer?"
    )
    assert run.seconds < 1, (
        f"The two waits take {run.seconds:.1f} s together. When they overlap, they take as long as the longer one."
    )


def test_both_answers_are_used_in_the_old_order(attempt):
    run = attempt()
    assert run.last == "Bergen is 80% cloudy, Cairo is 30% cloudy", (
        f"The last line should still give both answers, Bergen's first. It is: {run.last}"
    )
