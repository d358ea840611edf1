def test_good_habits_limit_what_is_under_way_end_every_wait_and_let_one_failure_be_one(virtual):
    run = virtual("good_habits")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "baker: asking"),
        (0.0, "market: asking"),
        (0.3, "baker: 4 euros"),
        (0.3, "corner shop: asking"),
        (0.5, "market: no answer"),
        (0.5, "mill: asking"),
        (0.7, "corner shop: closed today"),
        (0.9, "mill: 4 euros"),
        (0.9, "main: has asked everyone"),
    ]
