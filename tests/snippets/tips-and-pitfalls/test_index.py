def test_good_habits_limit_what_is_under_way_end_every_wait_and_let_one_failure_be_one(virtual):
    run = virtual("good_habits")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "baker: asking"),
        (0.0, "market: asking"),
        (0.4, "baker: 4 euros"),
        (0.4, "corner shop: asking"),
        (0.8, "corner shop: closed today"),
        (0.8, "mill: asking"),
        (1.2, "market: no answer"),
        (1.6, "mill: 4 euros"),
        (1.6, "main: has asked everyone"),
    ]
