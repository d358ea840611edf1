import re


def test_three_requests_in_one_session_take_as_long_as_the_slowest(virtual):
    run = virtual("one_session")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "Oslo: asking"),
        (0.0, "Cairo: asking"),
        (0.0, "Lima: asking"),
        (0.2, "Cairo: 24 degrees"),
        (0.6, "Lima: 19 degrees"),
        (1.0, "Oslo: -2 degrees"),
        (1.0, "in the order asked: [-2, 24, 19]"),
    ]
    assert run.seconds == 1.0


def test_one_by_one_the_waits_add_up(virtual):
    run = virtual("one_by_one")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "Oslo: asking"),
        (1.0, "Oslo: -2 degrees"),
        (1.0, "Cairo: asking"),
        (1.2, "Cairo: 24 degrees"),
        (1.2, "Lima: asking"),
        (1.8, "Lima: 19 degrees"),
        (1.8, "in the order asked: [-2, 24, 19]"),
    ]
    assert run.seconds == 1.8


def test_a_session_keeps_its_connection_and_a_new_session_opens_a_new_one(virtual):
    run = virtual("connections")
    assert run.out == ["4 requests in one session: 1 connection", "4 requests in a session each: 4 connections"]
    assert run.err == []


def test_plain_gather_raises_the_first_error_while_the_other_requests_run_on(virtual):
    run = virtual("first_error")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "asking for three forecasts"),
        (0.1, "Lima: answered"),
        (0.4, "gather raised: 503 Service Unavailable"),
        (0.8, "Oslo: answered"),
        (1.2, "done with something else"),
    ]


def test_with_return_exceptions_the_error_stands_among_the_answers(virtual):
    run = virtual("keep_the_rest")
    assert run.out[-3:] == ["Oslo: -2 degrees", "Cairo: no forecast, ClientResponseError", "Lima: 19 degrees"]
    assert run.second("Cairo: no forecast") == run.seconds == 0.8


def test_a_request_that_handles_its_own_error_reports_it_at_once(virtual):
    run = virtual("handle_each")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "asking for three forecasts"),
        (0.1, "Lima: answered"),
        (0.4, "Cairo: no forecast, ClientResponseError"),
        (0.8, "Oslo: answered"),
        (0.8, "[-2, None, 19]"),
    ]


def test_a_task_group_calls_off_the_requests_that_are_still_under_way(virtual):
    run = virtual("all_or_nothing")
    assert run.out == [
        "asking for three forecasts",
        "Lima: answered",
        "the group raised: [503]",
        "server: nobody waits for Oslo any more",
    ]
    assert run.second("the group raised") == run.second("nobody waits for Oslo") == run.seconds == 0.4


def test_a_request_is_given_up_when_its_time_is_over_and_the_others_are_not(virtual):
    run = virtual("in_time")
    assert [(line.second, line.text) for line in run.lines] == [
        (0.0, "asking for three forecasts"),
        (0.2, "Cairo: 24 degrees"),
        (0.6, "Lima: 19 degrees"),
        (1.0, "Oslo: no answer in time"),
    ]


def test_a_session_that_nobody_closes_is_reported_with_its_connection(virtual):
    run = virtual("never_closed")
    assert run.exit == 0
    assert run.out == ["Lima: 19 degrees"]
    assert [re.sub(r"[:<[].*", "", line) for line in run.err] == [
        "Unclosed client session",
        "client_session",
        "Unclosed connector",
        "connections",
        "connector",
    ]
