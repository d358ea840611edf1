def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_two_cooks_knead_together_and_bake_one_after_the_other(virtual):
    run = virtual("kitchen")
    assert history(run) == [
        (0.3, "main: the bakery is open"),
        (0.3, "Ada: kneads bread"),
        (0.3, "Ben: kneads pizza"),
        (0.5, "Ada: bread goes into the oven"),
        (0.9, "Ada: bread is done"),
        (0.9, "Ada: kneads cake"),
        (0.9, "Ben: pizza goes into the oven"),
        (1.3, "Ben: pizza is done"),
        (1.3, "Ada: cake goes into the oven"),
        (1.7, "Ada: cake is done"),
    ]
    assert run.second("Ada: bread goes into") < run.second("Ada: bread is done") == run.second("Ben: pizza goes into")
