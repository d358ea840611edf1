def number_after(text, lines):
    """The number in the only line that begins with `text`."""
    (line,) = [line for line in lines if line.startswith(text)]
    return int(line.removeprefix(text).split()[0])


def test_attempts_are_repeated_until_the_server_is_there(recording):
    assert recording("server_not_there").out == [
        "attempt 1: ConnectionRefusedError",
        "attempt 2: ConnectionRefusedError",
        "attempt 3: ConnectionRefusedError",
        "connected: 42",
    ]


def test_a_wrong_password_and_a_missing_database_are_told_apart(recording):
    password, database = recording("wrong_password").out
    assert password.startswith("InvalidPasswordError (28P01): password authentication failed for user ")
    assert database == 'InvalidCatalogNameError (3D000): database "nowhere" does not exist'


def test_a_killed_connection_is_of_no_more_use_and_the_pool_makes_another(recording):
    assert recording("killed_in_a_query").out == [
        "ConnectionDoesNotExistError: connection was closed in the middle of operation: "
        "terminating connection due to administrator command",
        "InterfaceError: cannot call Connection.fetchval(): connection has been released back to the pool",
        "the same connection: False",
        "answer: 42",
    ]


def test_a_pool_replaces_connections_that_died_while_idle_and_no_query_fails(recording):
    assert recording("killed_while_idle").out == [
        "connections: 3",
        "answers: [0, 1, 2, 3, 4, 5]",
        "connections: 3 of them old: 0",
    ]


def test_a_cut_connection_fails_its_query_and_not_the_next(recording):
    assert recording("connection_cut").out == [
        "ConnectionDoesNotExistError: connection was closed in the middle of operation",
        "again: 42",
    ]


def test_a_connection_that_falls_silent_is_dropped_after_the_command_timeout(recording):
    assert recording("silence").out == ["before: 42", "TimeoutError; connections left: 0", "again: 42"]


def test_one_of_two_deadlocked_transactions_is_rolled_back_whole(recording):
    run = recording("deadlock")
    assert run.out[:2] == ["Ben to Ada: done", "DeadlockDetectedError: deadlock detected"]
    assert run.out[-1] == "{'Ada': 110, 'Ben': 90}"


def test_read_committed_loses_an_update_that_repeatable_read_refuses(recording):
    assert recording("lost_update").out == [
        "read_committed: sold 2, left 9 of 10",
        "repeatable_read: sold 1, left 9 of 10",
        "  SerializationError: could not serialize access due to concurrent update",
    ]


def test_repeating_the_whole_transaction_sells_each_lamp_once(recording):
    assert recording("retry_transaction").out == ["sold: [10, 9, 8, 7, 6, 5, 4, 3]", "left: 2"]


def test_a_commit_whose_answer_is_lost_is_done_twice_without_a_key_and_once_with_one(recording):
    attempts = ["attempt 1: ConnectionDoesNotExistError", "attempt 2: done"]
    assert recording("commit_in_doubt").out == [
        *attempts,
        "with no key: paid 20 for something that costs 10",
        *attempts,
        "with order 7: paid 10 for something that costs 10",
    ]


def test_nothing_acknowledged_is_lost_while_connections_are_killed(recording):
    run = recording("nothing_lost")
    assert number_after("attempts that failed:", run.out) > 0
    assert run.out[1:] == ["acknowledged: 200 in the table: 200", "acknowledged, but lost: 0"]


def test_mysql_refuses_a_password_and_kills_a_query_and_its_pool_goes_on(recording):
    refused, unreachable, killed, again = recording("mysql_failures").out
    assert refused.startswith("connect: 1045 ")
    assert "Access denied for user" in refused
    assert unreachable.startswith("connect: 2003 ")
    assert killed == "query: (2013, 'Lost connection to MySQL server during query')"
    assert again == "another connection: (42,)"


def test_sqlalchemy_lends_a_dead_connection_unless_it_looks_first(recording):
    failed, *others = recording("sqlalchemy_pre_ping").out
    assert failed.startswith("ping False, attempt 1: invalidated: True, ")
    assert others == [
        "ping False, attempt 2: another connection: True",
        "ping True, attempt 1: another connection: True",
        "ping True, attempt 2: another connection: True",
    ]
