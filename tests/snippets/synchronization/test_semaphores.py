def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_two_swim_and_the_next_begins_when_one_is_out(virtual):
    run = virtual("at_most_two")
    assert history(run) == [
        (0.0, "Ada: swims"),
        (0.0, "Ben: swims"),
        (0.2, "Ada: is out"),
        (0.2, "Cleo: swims"),
        (0.6, "Ben: is out"),
        (0.6, "Dan: swims"),
        (1.0, "Dan: is out"),
        (1.4, "Cleo: is out"),
    ]


def test_a_release_too_many_makes_a_third_lane(virtual):
    run = virtual("released_too_often")
    assert history(run) == [
        (0.0, "Ada: swims"),
        (0.2, "Ben: swims"),
        (0.2, "Cleo: swims"),
        (0.2, "Dan: swims"),
    ]


def test_a_bounded_semaphore_reports_a_release_too_many(virtual):
    run = virtual("bounded")
    assert history(run) == [
        (0.0, "Ada: swims"),
        (0.2, "ValueError: BoundedSemaphore released too many times"),
    ]


def test_under_load_a_release_too_many_is_noticed_late(virtual):
    run = virtual("noticed_late")
    assert history(run) == [
        (0.6, "ValueError('BoundedSemaphore released too many times')"),
        (0.6, "two lanes, and 8 swimmers at the same time"),
    ]


def test_a_place_that_is_not_given_back_never_returns(virtual):
    run = virtual("place_lost")
    assert history(run) == [
        (0.0, "Ada: swims"),
        (0.0, "Ben: swims"),
        (0.2, "Cleo: swims"),
        (0.4, "Dan: swims"),
        (0.6, "one lane is free"),
        (1.6, "the other lane never comes back"),
    ]


def test_a_request_is_refused_at_once_while_both_places_are_taken_and_only_then(virtual):
    run = virtual("turned_away")
    assert history(run) == [
        (0.0, "request 1: accepted"),
        (0.1, "request 2: accepted"),
        (0.2, "request 3: busy, come back later"),
        (0.5, "request 1: answered"),
        (0.6, "request 2: answered"),
        (0.8, "request 4: accepted"),
        (1.3, "request 4: answered"),
    ]


def test_two_tasks_that_each_need_two_places_wait_for_each_other(virtual):
    run = virtual("two_places_each")
    assert history(run) == [
        (0.0, "red truck: has one place"),
        (0.0, "blue truck: has one place"),
        (1.0, "each truck has one place, and waits for the other's"),
    ]
