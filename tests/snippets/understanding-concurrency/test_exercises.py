def test_the_parts_load_one_after_another_and_then_together(virtual):
    start, solution = virtual("start_all_three"), virtual("start_all_three_solution")
    assert (start.seconds, solution.seconds) == (1.0, 0.5)
    assert start.out[-1] == solution.out[-1] == "the page has text, photo, comments"


def test_the_scanner_stops_the_clock_until_it_has_a_thread(recording):
    ticks = [f"tick {number}" for number in range(1, 6)]
    assert recording("keep_the_clock_going").out == [ticks[0], "letter: scanned", *ticks[1:]]
    assert recording("keep_the_clock_going_solution").out == [*ticks, "letter: scanned"]


def test_the_sums_take_turns_once_they_give_way(virtual):
    start, solution = virtual("give_way"), virtual("give_way_solution")
    first, second = ["first: 1", "first: 3", "first: 6"], ["second: 10", "second: 30", "second: 60"]
    assert start.out == [*first, *second, "together: 66"]
    assert solution.out == [line for pair in zip(first, second, strict=True) for line in pair] + ["together: 66"]
    assert solution.seconds == 0.0
