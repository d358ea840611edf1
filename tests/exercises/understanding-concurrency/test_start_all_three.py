def test_the_parts_load_at_the_same_time(attempt):
    run = attempt()
    assert run.second("text: loaded") < run.second("comments: loaded") < run.second("photo: loaded"), (
        "The text needs 0.2 s, the comments 0.3 s, the photo 0.5 s. When all three are loaded at the same time, they "
        "are there in this order."
    )
    assert run.seconds < 0.75, (
        f"The page was there after {run.seconds:.1f} s. When the waits overlap, it takes as long as the photo alone."
    )


def test_the_parts_stand_in_the_old_order(attempt):
    run = attempt()
    assert run.out and run.out[-1] == "the page has text, photo, comments", (
        f"The last line should still be “the page has text, photo, comments”. The program printed: {run.out}"
    )
