def test_all_six_songs_are_fetched_at_once(virtual):
    run = virtual("two_at_a_time")
    assert run.last == "at work at the same time, at most: 6"
    assert run.seconds == 0.6


def test_two_songs_at_a_time(virtual):
    run = virtual("two_at_a_time_solution")
    assert run.last == "at work at the same time, at most: 2"
    assert len(run.out) == 7
    assert run.seconds == 1.2


def test_gather_shows_all_offers_at_the_end(virtual):
    run = virtual("as_they_come")
    assert {line.second for line in run.lines} == {0.9}


def test_as_completed_shows_each_when_it_is_there(virtual):
    run = virtual("as_they_come_solution")
    assert [line.second for line in run.lines] == [0.3, 0.6, 0.9, 0.9]
    assert run.out[0] == "The Attic: 14 euros"


def test_one_request_each_leaves_two_cities_without_a_forecast(virtual):
    run = virtual("ask_again")
    assert run.out[:3] == ["Oslo: no forecast", "Lima: sunny", "Cairo: no forecast"]


def test_asked_again_all_answer(virtual):
    run = virtual("ask_again_solution")
    assert run.out == [
        "Oslo: sunny",
        "Lima: sunny",
        "Cairo: sunny",
        "asked: {'Oslo': 2, 'Lima': 1, 'Cairo': 3}",
    ]
    assert run.seconds == 1.1
