def test_four_questions_are_asked_at_once_and_answered_in_the_time_of_the_slowest(virtual):
    run = virtual("plan_a_trip")
    assert [line.text for line in run.lines if line.second == 0] == [
        "trains: asked",
        "hotels: asked",
        "museums: asked",
        "weather: asked",
    ]
    assert run.second("weather: answered") == 0.2
    assert run.second("trains: answered") == 0.4
    assert run.second("museums: answered") == 0.8
    assert run.second("hotels: answered") == run.second("the trip is planned") == run.seconds == 1.0


def test_ten_thousand_waits_of_a_second_take_a_second(virtual):
    run = virtual("ten_thousand")
    assert run.second("10000 visitors, each waiting a second") == 0.0
    assert run.second("all have waited") == run.seconds == 1.0


def test_when_one_of_a_group_fails_the_others_are_cancelled(virtual):
    run = virtual("one_fails")
    assert run.out == ["notes: copied", "stopped: the disk is full"]
    assert run.second("stopped: the disk is full") == run.seconds == 0.4


def test_after_the_time_limit_the_wait_is_ended(virtual):
    run = virtual("in_time")
    assert run.second("no answer in time") == run.seconds == 0.5
