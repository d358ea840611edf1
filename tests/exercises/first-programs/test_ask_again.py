def test_every_city_has_a_forecast(attempt):
    run = attempt()
    for city in ("Oslo", "Lima", "Cairo"):
        assert f"{city}: sunny" in run.out, (
            f"{city} has no forecast. Its server answers in the end: Oslo at the second request, Cairo at the third."
        )


def test_nobody_is_asked_more_often_than_needed(attempt):
    run = attempt()
    assert run.last == "asked: {'Oslo': 2, 'Lima': 1, 'Cairo': 3}", (
        "Lima answers at once and should be asked once, Oslo twice, Cairo three times. "
        f"The server counted, in the last line: {run.last}"
    )


def test_the_cities_do_not_wait_for_each_other(attempt):
    run = attempt()
    assert 1.1 <= run.seconds < 1.5, (
        f"Three requests of 0.3 s for Cairo and two pauses of 0.1 s make 1.1 s. Your program took {run.seconds:.1f} s. "
        "Shorter: the pause is missing. Longer: the cities wait for each other."
    )
