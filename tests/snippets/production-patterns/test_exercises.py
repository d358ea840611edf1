def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_the_file_stays_open_at_first_and_is_closed_in_the_solution(virtual):
    assert history(virtual("close_the_file")) == [
        (0.0, "file: opened"),
        (0.4, "main: found 2"),
        (0.5, "file: closed"),
        (0.9, "main: returns"),
    ]
    assert history(virtual("close_the_file_solution")) == [
        (0.0, "file: opened"),
        (0.5, "file: closed"),
        (0.5, "main: found 2"),
        (1.0, "main: returns"),
    ]


def test_the_torn_letter_ends_the_pool_at_first_and_is_reported_in_the_solution(virtual):
    assert virtual("torn_letter").out == ["letter A: read", "letter B: read", "main: gave up, it is torn"]
    run = virtual("torn_letter_solution")
    assert sorted(run.out[:-1]) == [*(f"letter {letter}: read" for letter in "ABCD"), "letter torn: it is torn"]
    assert (run.out[-1], run.seconds) == ("main: all letters are done", 0.75)


def test_everything_is_thrown_away_at_first_and_the_solution_waits_a_second(virtual):
    assert virtual("last_orders").out == [
        "closing",
        "soup: thrown away",
        "roast: thrown away",
        "cake: thrown away",
        "closed",
    ]
    assert history(virtual("last_orders_solution")) == [
        (0.3, "closing"),
        (0.5, "soup: served"),
        (0.9, "roast: served"),
        (1.3, "cake: thrown away"),
        (1.3, "closed"),
    ]
