def test_a_server_with_three_places_refuses_six_of_nine_requests_at_once(virtual):
    run = virtual("too_many")
    assert run.out == ["asking for 9 photos at once", "status 200: 3 times", "status 429: 6 times"]
    assert run.seconds == 0.6


def test_with_a_semaphore_of_three_the_fourth_request_begins_when_the_first_is_done_and_none_is_refused(virtual):
    run = virtual("at_most_three")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "photo 1: asking"),
        (0.0, "photo 2: asking"),
        (0.0, "photo 3: asking"),
        (0.2, "photo 1: 200"),
        (0.2, "photo 4: asking"),
        (0.4, "photo 2: 200"),
        (0.4, "photo 5: asking"),
        (0.6, "photo 3: 200"),
        (0.6, "photo 6: asking"),
        (0.8, "photo 4: 200"),
        (1.0, "photo 5: 200"),
        (1.2, "photo 6: 200"),
        (1.2, "at work at the same time, at most: 3"),
    ]


def test_a_connector_with_three_connections_limits_as_well_but_every_task_has_begun(virtual):
    run = virtual("connector_limit")
    assert [run.second(f"photo {number}: asking") for number in range(1, 7)] == [0] * 6
    assert [run.second(f"photo {number}: 200") for number in range(1, 7)] == [0.2, 0.4, 0.6, 0.8, 1.0, 1.2]
    assert run.out[-1] == "at work at the same time, at most: 3"


def test_waiting_for_a_connection_counts_towards_the_timeout_and_waiting_at_a_semaphore_does_not(virtual):
    run = virtual("waiting_counts")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "waiting in the connector:"),
        (0.6, "photo 1: 200"),
        (1.2, "photo 2: 200"),
        (1.5, "photo 3: timed out"),
        (1.5, "waiting at the semaphore:"),
        (2.1, "photo 1: 200"),
        (2.7, "photo 2: 200"),
        (3.3, "photo 3: 200"),
    ]


def test_three_workers_share_six_photos(virtual):
    run = virtual("three_workers")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "three workers, six photos"),
        (0.2, "worker A has photo 1"),
        (0.4, "worker B has photo 2"),
        (0.6, "worker C has photo 3"),
        (0.8, "worker A has photo 4"),
        (1.0, "worker B has photo 5"),
        (1.2, "worker C has photo 6"),
        (1.2, "at work at the same time, at most: 3"),
    ]
