"""What a server opens and closes, what it does after an answer, and what is lost when it stops."""


def served(begin, end):
    answer = "200 {'price': 4.5}"
    return [begin, answer, answer, "the server is told to stop", end]


def test_a_lifespan_opens_one_session_for_all_requests_and_closes_it_after_the_last(recording):
    assert recording("lifespan_fastapi").out == served(
        "lifespan: the session is open", "lifespan: no request is under way, closing the session"
    )


def test_a_cleanup_context_does_the_same_in_aiohttp(recording):
    run = recording("cleanup_context_aiohttp")
    assert run.out == served(
        "cleanup context: the session is open", "cleanup context: no request is under way, closing the session"
    )
    assert run.err == []


def test_a_server_whose_startup_fails_ends_with_status_3(recording):
    run = recording("startup_fails")
    assert run.exit == 3
    assert run.out == [f"attempt {number}: ClientConnectorError" for number in (1, 2, 3)]
    assert "RuntimeError: the prices are not there" in run.err
    assert run.err[-1] == "ERROR:    Application startup failed. Exiting."


def test_a_background_task_runs_after_the_answer_and_before_the_end(recording):
    assert recording("background_tasks").out == [
        "order 1: 200",
        "order 2: 200",
        "the server is told to stop",
        "mail 1: sent",
        "mail 2: not sent, no mail server",
    ]


ORDERED = ["order 1: 200", "order 2: 200", "order 3: 200", "the server is told to stop", "mails under way: 3"]


def test_tasks_of_your_own_are_lost_when_the_server_stops(recording):
    run = recording("lost_at_shutdown")
    assert (run.out, run.err, run.exit) == (ORDERED, [], 0)


def test_tasks_that_are_waited_for_are_not_lost(recording):
    run = recording("drained")
    assert run.out == [*ORDERED, "mail 1: sent", "mail 2: sent", "mail 3: sent", "all mails are sent"]


def test_aiohttp_drains_in_a_cleanup_context_also_when_one_fails(recording):
    run = recording("drained_aiohttp")
    assert run.out == [
        *ORDERED,
        "mail 1: sent",
        "mail 2: not sent, no mail server",
        "mail 3: sent",
        "no mail is under way",
    ]


def test_sigterm_finishes_the_request_in_hand_and_refuses_the_next(recording):
    run = recording("sigterm")
    assert run.out == [
        "Ann: asks",
        "Ann: 200 here is your tea",
        "Ben: asks",
        "SIGTERM",
        "Cleo: asks",
        "Cleo: ClientConnectorError",
        "Ben: 200 here is your tea",
        "server: closes what it opened",
        "exit status of the server: -15",
    ]
    assert run.err == []


def test_uvicorn_calls_off_what_exceeds_the_limit_and_still_closes(recording):
    assert recording("limited").out == [
        "the server is told to stop",
        'Ann: 200 "here is your tea"',
        "tea: called off",
        "Ben: 500 Internal Server Error",
        "lifespan: closes what it opened",
    ]


def test_aiohttp_calls_off_what_exceeds_the_limit(recording):
    assert recording("limited_aiohttp").out == [
        "the server is told to stop",
        "Ann: 200 here is your tea",
        "tea: called off",
        "Ben: ServerDisconnectedError",
    ]
