def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_a_handler_answers_with_the_name_from_the_path(virtual):
    run = virtual("hello")
    assert history(run) == [
        (0.0, "server: Ada says hello"),
        (0.0, "client: 200 hello, Ada"),
        (0.0, "server: Ben says hello"),
        (0.0, "client: 200 hello, Ben"),
    ]


def test_a_client_in_the_same_program_gets_three_answers_that_overlap(virtual):
    run = virtual("one_program")
    assert history(run) == [
        (0.0, "server: Reykjavik?"),
        (0.0, "server: Oslo?"),
        (0.0, "server: Lisbon?"),
        (0.4, "client: {'city': 'Oslo', 'degrees': 4}"),
        (0.6, "client: {'city': 'Lisbon', 'degrees': 6}"),
        (0.9, "client: {'city': 'Reykjavik', 'degrees': 9}"),
        (0.9, "main: the server is stopped"),
    ]
    assert run.seconds == 0.9  # as long as the slowest, not 0.4 + 0.6 + 0.9


def test_routes_tell_a_note_from_none_and_from_nonsense(virtual):
    run = virtual("routes")
    assert history(run) == [
        (0.0, 'POST /notes -> 201 {"number": 1}'),
        (0.0, 'GET /notes/1 -> 200 {"number": 1, "text": "buy tea"}'),
        (0.0, "GET /notes/2 -> 404 there is no note 2"),
        (0.0, 'POST /notes -> 400 send {"text": "..."}'),
        (0.0, "DELETE /notes -> 405 405: Method Not Allowed"),
    ]


def test_an_error_in_a_handler_is_a_500_and_the_server_goes_on(virtual):
    run = virtual("handler_fails")
    assert run.out == ["client: 200 12 g each", "client: 500 500 Internal Server Error", "client: 200 15 g each"]
    assert run.err[0] == "Error handling request from 127.0.0.1"
    assert run.err[-1].startswith("ZeroDivisionError")


def test_the_background_task_runs_between_the_start_and_the_stop_of_the_server(virtual):
    run = virtual("background")
    assert history(run) == [
        (0.0, "server: thermometer on"),
        (0.0, "client: []"),
        (1.5, "client: [15]"),
        (2.5, "client: [16]"),
        (2.5, "server: thermometer off, cancelled: True"),
    ]


def test_each_message_is_answered_and_the_server_learns_of_the_end(virtual):
    run = virtual("websocket")
    assert history(run) == [
        (0.0, "server: a client is there"),
        (0.0, "client: hello -> HELLO"),
        (0.2, "client: is it you? -> IS IT YOU?"),
        (0.4, "client: goodbye -> GOODBYE"),
        (0.6, "server: the client is gone, code 1000"),
    ]


def test_an_order_under_way_is_saved_while_new_ones_are_refused(virtual):
    run = virtual("shutdown")
    assert history(run) == [
        (0.0, "server: takes the order"),
        (0.4, "main: stops the server"),
        (0.5, "client: ClientConnectorError"),
        (1.2, "server: has saved the order"),
        (1.2, "client: 200 saved"),
        (1.2, "main: the server is stopped"),
    ]
    assert run.second("main: stops") < run.second("ClientConnectorError") < run.second("client: 200 saved")


def test_an_order_that_takes_longer_than_the_timeout_is_lost(virtual):
    run = virtual("shutdown_too_short")
    assert history(run) == [
        (0.0, "server: takes the order"),
        (0.4, "main: stops the server"),
        (0.5, "client: ClientConnectorError"),
        (0.8, "server: cancelled in the middle of it"),
        (0.8, "client: ServerDisconnectedError"),
        (0.8, "main: the server is stopped"),
    ]


def test_a_port_can_be_used_once(virtual):
    run = virtual("port_in_use")
    assert history(run) == [
        (0.0, "the first server has a port"),
        (0.0, "the second server: OSError"),
        (0.0, "because the port is in use: True"),
    ]


def test_a_handler_runs_on_for_a_client_that_is_gone_unless_told_otherwise(virtual):
    run = virtual("client_gone")
    assert history(run) == [
        (0.0, "with the default"),
        (0.4, "client: goes away"),
        (0.8, "server: the report is done, for nobody"),
        (1.2, "with {'handler_cancellation': True}"),
        (1.6, "client: goes away"),
        (1.6, "server: cancelled"),
    ]
