import re


def number_after(text, run):
    (found,) = re.findall(re.escape(text) + r":? (\d+)", "\n".join(run.out))
    return int(found)


def test_what_a_killed_worker_had_not_acknowledged_is_delivered_again(recording):
    run = recording("crash")
    assert run.out == [
        "first worker: order 1",
        "first worker: order 2",
        "the first worker ended with 1",
        # Order 3 was on its way to the first worker, which never began it; order 4 was in the queue.
        "second worker: order 2, delivered again",
        "second worker: order 3, delivered again",
        "second worker: order 4",
    ]
    assert run.exit == 0


def test_a_consumer_holds_no_more_messages_than_its_prefetch_count(recording):
    run = recording("prefetch")
    assert run.out == [
        "prefetch unlimited: 6 held, 0 in the queue",
        "never more than 6 at once",
        "prefetch 2: 2 held, 4 in the queue",
        "never more than 2 at once",
    ]


def test_a_message_that_reaches_no_queue_comes_back_to_its_publisher(recording):
    run = recording("returned")
    assert run.out == [
        "to a queue: Basic.Ack",
        "to no queue: NO_ROUTE, so nobody has it",
        "without confirms, to no queue: None",
    ]


def test_a_rejected_message_is_in_the_dead_letter_queue_and_the_others_go_on(recording):
    run = recording("dead_letters")
    assert run.out == [
        "paid 10",
        "rejected: invalid literal for int() with base 10: b'ten'",
        "paid 30",
        "dead letter: ten",
        "why: rejected, from our queue: True, times: 1",
    ]


def test_a_full_queue_refuses_until_there_is_a_place(recording):
    run = recording("queue_full")
    accepted = [line for line in run.out if line.endswith("accepted")]
    assert accepted == [f"order {number}: accepted" for number in range(1, 6)]
    assert run.out[3:6] == [
        "order 4: refused (Basic.Nack)",
        "order 1 is made, which leaves a place",
        "order 4: accepted",
    ]


def test_a_broker_that_is_not_there_is_tried_again_and_a_wrong_password_is_not(recording):
    run = recording("not_let_in")
    assert run.out[:3] == [f"attempt {attempt}: AMQPConnectionError" for attempt in (1, 2, 3)]
    assert re.fullmatch(r"AMQPConnectionError: \[Errno \d+] Connect call failed \('127.0.0.1', 1\)", run.out[3])
    assert run.out[4:] == [
        "ProbableAuthenticationError: ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. "
        "For details see the broker logfile."
    ]


def test_the_consumer_is_restored_and_the_publisher_tries_again_after_an_outage(recording):
    run = recording("reconnect")
    gone, back = run.out.index("the broker is gone"), run.out.index("the broker is back")
    assert sorted(run.out[:gone]) == ["order 1: confirmed", "received: order 1"]
    assert run.out[gone + 1 : back] == ["order 2: ChannelInvalidStateError"]
    assert sorted(run.out[back + 1 :]) == ["connected again", "order 2: confirmed", "received: order 2"]


def test_nothing_that_was_confirmed_is_lost_when_connections_are_cut(recording):
    run = recording("nothing_lost")
    assert number_after("attempts that failed", run) > 0, "no publish was hit by a cut: the program shows nothing"
    assert number_after("confirmed", run) == number_after("received", run) == 200
    assert number_after("confirmed, but lost", run) == 0
    assert "that is all" not in run.out
