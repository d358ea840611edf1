def test_each_offer_appears_when_it_is_there(attempt):
    run = attempt()
    for offer, second in (("The Attic: 14", 0.3), ("Mill & Daughters: 11", 0.6), ("Harbour Books: 12", 0.9)):
        assert run.second(offer) == second, (
            f"“{offer} euros” is there after {second} s, but was printed after {run.second(offer):.1f} s. "
            "gather gives you all results at the end. What gives you one after another?"
        )


def test_the_end_is_told_when_all_are_there(attempt):
    run = attempt()
    assert run.last == "that is all", f"The last line should be “that is all”. It is: {run.last}"
    assert run.seconds < 1, f"The shops should be asked together. The program took {run.seconds:.1f} s."
