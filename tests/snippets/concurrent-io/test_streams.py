import re


def history(run):
    return [(line.second, line.text) for line in run.lines]


def test_each_line_is_answered_in_turn(virtual):
    run = virtual("echo")
    assert history(run) == [
        (0.0, "server: got b'hello\\n'"),
        (0.0, "client: hello -> HELLO"),
        (0.2, "server: got b'is it you?\\n'"),
        (0.2, "client: is it you? -> IS IT YOU?"),
    ]


def test_everyone_who_is_there_reads_what_anyone_says(virtual):
    run = virtual("chat")
    reads = {"Ada": [], "Ben": []}
    for line in run.lines:
        name, _, text = line.text.partition(" reads   ")
        reads[name].append((line.second, text))
    assert reads["Ada"] == [
        (0.0, "* Ada is here"),
        (0.3, "* Ben is here"),
        (0.6, "Ada: good morning"),
        (0.9, "Ben: hello Ada"),
        (1.2, "Ada: bye"),
        (1.5, "Ben: nice day"),
    ]
    assert reads["Ben"] == [*reads["Ada"][1:], (1.8, "* Ada is gone"), (2.1, "Ben: anyone?")]


def test_without_drain_most_of_it_waits_in_memory(recording):
    run = recording("without_drain")
    written, *read = run.out
    match = re.fullmatch(r"server: 32 MB written, at most (\d+) MB waited in memory", written)
    assert match, written
    assert int(match[1]) > 8  # what is not in memory is in the buffers of the kernel
    assert read == ["client: 8 MB", "client: 32 MB"]


def test_drain_makes_the_server_wait_for_its_client(recording):
    run = recording("with_drain")
    assert run.out == [
        "client: 8 MB",
        "server: 32 MB written, at most 1 MB waited in memory",
        "client: 32 MB",
    ]


def test_two_writes_may_come_as_one_and_one_message_as_two(virtual):
    run = virtual("no_messages")
    assert history(run) == [
        (0.0, "server: read b'first messagesecond message'"),
        (0.3, "server: read b'third'"),
    ]


def test_a_length_tells_where_a_message_ends_and_whether_it_is_whole(virtual):
    run = virtual("length_first")
    assert history(run) == [
        (0.0, "server: message b'first'"),
        (0.0, "server: message b'second,\\nof two lines'"),
        (0.0, "server: end, cut off: b'\\x00\\x00'"),
    ]


def test_a_line_beyond_the_limit_is_an_error_and_the_next_one_is_read(virtual):
    run = virtual("line_too_long")
    assert history(run) == [
        (0.0, "server: got b'short\\n'"),
        (0.0, "server: ValueError: Separator is found, but chunk is longer than limit"),
        (0.0, "server: got b'short again\\n'"),
    ]


def test_after_write_eof_the_answer_can_still_be_read(virtual):
    run = virtual("half_closed")
    assert history(run) == [
        (0.0, "client: 3"),
        (0.1, "client: 4"),
        (0.2, "client: 5"),
        (0.3, "client: that was all"),
        (0.3, "server: that was all"),
        (0.6, "client: the sum is 12"),
    ]


def test_the_end_of_the_stream_cuts_a_line_short(virtual):
    run = virtual("client_leaves")
    assert history(run) == [
        (0.0, "server: got b'a whole line\\n'"),
        (0.0, "server: got b'half a li'"),
        (0.0, "server: the client has left"),
    ]


def test_the_first_write_after_the_client_has_left_seems_to_succeed(virtual):
    run = virtual("writes_to_nobody")
    assert history(run) == [
        (0.0, "server: tick 1 is sent"),
        (0.0, "client: got b'tick 1\\n'"),
        (0.3, "client: leaves"),
        (0.6, "server: tick 2 is sent"),
        (1.2, "server: ConnectionResetError"),
    ]


def test_an_error_in_a_handler_closes_its_own_connection_only(virtual):
    run = virtual("handler_raises")
    assert run.out == [
        "client: 5 guests -> b'12 g each\\n'",
        "client: 0 guests -> b''",
        "client: 4 guests -> b'15 g each\\n'",
    ]
    assert run.err[0] == "Unhandled exception in client_connected_cb"
    assert run.err[-1].startswith("ZeroDivisionError")


def test_who_says_nothing_is_sent_away_and_others_are_served(virtual):
    run = virtual("silent_client")
    assert history(run) == [
        (0.2, "Ada client: got b'hello, Ada\\n'"),
        (0.5, "server: says nothing, is sent away"),
        (0.5, "silent client: got b''"),
    ]


def test_wait_closed_waits_for_the_clients_and_close_clients_ends_them(virtual):
    run = virtual("close_clients")
    assert history(run) == [
        (0.0, "server: a client is there"),
        (0.2, "main: no new clients"),
        (0.7, "main: one is still there"),
        (0.7, "server: its connection is closed"),
        (0.7, "main: all are gone"),
        (0.7, "client: the server has closed, and sent b''"),
    ]
