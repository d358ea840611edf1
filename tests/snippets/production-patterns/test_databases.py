SLEEPING, IDLE = "<Record state='active' query='SELECT pg_sleep({})'>", "<Record state='idle' query='SELECT 42'>"


def test_three_kinds_of_fetch_give_rows_one_row_and_one_value(recording):
    assert recording("connect_and_query").out == [
        "Cairo has 31 degrees",
        "Lima has 19 degrees",
        "coldest: <Record name='Oslo' degrees=4>",
        "nobody: None",
        "how many: 3",
        "status: UPDATE 3",
    ]


def test_a_parameter_is_a_value_whatever_is_in_it_and_text_pasted_into_a_query_is_run(recording):
    parameter, wrong_type, a_list, pasted = recording("parameters").out
    assert parameter == "as a parameter: Bobby'); DROP TABLE guest; --"
    assert wrong_type.startswith("wrong type: invalid input for query argument $2: '8'")
    assert a_list == "a list: 1"
    assert pasted == 'as a part of the text: relation "guest" does not exist'


def test_a_second_query_on_a_busy_connection_is_refused_and_the_first_goes_on(recording):
    assert recording("one_connection").out == [
        "stock: cannot perform operation: another operation is in progress",
        "sales is done",
    ]


def test_two_connections_serve_two_tasks_at_once_and_the_third_when_one_is_given_back(recording):
    run = recording("pool")
    assert run.out == [
        "connections: 2 idle: 2",
        "sales begins",
        "stock begins",
        "connections: 2 idle: 0",
        "sales is done",
        "staff begins",
        "stock is done",
        "staff is done",
        "connections: 2 idle: 2",
    ]


def test_acquire_gives_up_while_the_pool_is_empty_and_succeeds_afterwards(recording):
    assert recording("pool_empty").out == ["no connection within 0.2 s: 1 open, 0 idle", "later: 42"]


def test_tasks_that_hold_one_connection_and_want_a_second_wait_for_each_other(recording):
    assert recording("pool_deadlock").out == [
        "bill for the customer of order 1",
        "each has a connection, and waits for another",
    ]


def test_an_exception_rolls_back_all_of_a_transaction(recording):
    assert recording("transaction").out == [
        "{'Ada': 30, 'Ben': 70}",
        'not done: new row for relation "account" violates check constraint "account_money_check"',
        "DETAIL:  Failing row contains (Ada, -40).",
        "{'Ada': 30, 'Ben': 70}",
    ]


def test_a_cancellation_rolls_back_as_well(recording):
    assert recording("transaction_cancelled").out == [
        "inside: 1 item",
        "cancelled; in a transaction: False",
        "afterwards: 0 items",
    ]


def test_a_cursor_fetches_as_many_rows_as_are_wanted_and_needs_a_transaction(recording):
    assert recording("cursor").out == ["found 1001", "cursor cannot be created outside of a transaction"]


def test_a_timeout_and_a_cancellation_both_end_the_query_on_the_server(recording):
    after = ["TimeoutError; the connection still works: 42", f"afterwards: {IDLE}"]
    assert recording("timeout_on_the_server").out == [
        f"while it runs: {SLEEPING.format(30)}",
        *after,
        f"while it runs: {SLEEPING.format(40)}",
        *after,
    ]


def test_a_query_outlives_its_program_unless_the_server_looks_for_it(recording):
    closed = "in the program: connection was closed in the middle of operation"
    assert recording("left_running").out == [
        closed,
        "running on the server: 1",
        closed,
        "running on the server: 0",
    ]


def test_the_server_has_a_limit_of_its_own_that_a_transaction_may_change(recording):
    assert recording("statement_timeout").out == [
        "QueryCanceledError: canceling statement due to statement timeout",
        "this one may take longer: 42",
    ]


def test_a_notification_is_delivered_when_its_transaction_is_committed(recording):
    assert recording("notifications").out == ["seller: commits", "listener: sold: lamp"]


def test_an_engine_queries_streams_and_has_a_pool_that_can_be_empty(recording):
    assert recording("sqlalchemy_engine").out == [
        "Lima 19",
        "Oslo 4",
        "found 1001",
        "TimeoutError: QueuePool limit of size 1 overflow 0 reached, connection timed out, timeout 0.20",
    ]


def test_a_session_for_each_task_keeps_what_both_have_added(recording):
    assert recording("sqlalchemy_session").out == ["Ada ['Notes']", "Ben ['Salt', 'Snow']"]


def test_a_session_cannot_serve_two_tasks(recording):
    assert recording("sqlalchemy_one_session").out == [
        "one session for two tasks",
        "stock: InvalidRequestError: This session is provisioning a new connection; "
        "concurrent operations are not permitted",
        "sales is done",
        "a session for each",
        "sales is done",
        "stock is done",
    ]


def test_lazy_loading_fails_and_both_ways_around_it_load_the_books(recording):
    assert recording("sqlalchemy_lazy").out == [
        "MissingGreenlet: greenlet_spawn has not been called",
        "asked for it by name: ['Salt', 'Snow']",
        "['Salt', 'Snow']",
    ]


def test_mysql_queries_and_leaves_rows_on_the_server(recording):
    assert recording("mysql_query").out == [
        "[{'name': 'Cairo', 'degrees': 31}, {'name': 'Lima', 'degrees': 19}]",
        "(1,) [(2,), (3,), (4,)]",
    ]


def test_mysql_keeps_what_was_committed_and_nothing_else(recording):
    assert recording("mysql_autocommit").out == ["['committed', 'autocommitted']"]


def test_the_pool_for_mysql_makes_a_third_task_wait(recording):
    assert recording("mysql_pool").out == [
        "connections: 2 free: 0",
        "no connection within 0.05 s",
        "sales is done",
        "stock is done",
        "staff is done",
    ]


def test_a_cancelled_query_runs_on_in_mysql_until_it_is_killed(recording):
    assert recording("mysql_cancelled").out == [
        "TimeoutError; connection closed: True",
        "running on the server: 1",
        "running on the server: 0",
        "another connection: (42,)",
    ]
