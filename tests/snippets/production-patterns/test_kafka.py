import ast


def test_the_messages_of_one_key_are_in_one_partition_and_in_order(recording):
    run = recording("order_by_key")
    accounts, partitions = zip(*(line.split(": ")[0].split(", partition ") for line in run.out), strict=True)
    assert accounts == ("Ada", "Ben", "Cleo"), "a key that went to two partitions has two lines"
    assert len(set(partitions)) > 1
    assert {line.split(": ")[1] for line in run.out} == {"opened, paid in, paid out, closed"}


def test_the_members_of_a_group_share_the_partitions_and_each_message_is_for_one_of_them(recording):
    run = recording("group")
    held = {}
    for line in run.out[:4]:
        cook, what, partitions = line.replace(": ", " ").split(" ", 2)
        if what == "has":
            held.setdefault(cook, []).append(set(ast.literal_eval(partitions)))
    everything, first = held["first"]
    (second,) = held["second"]
    assert first | second == everything
    assert first & second == set()
    assert len(first) == len(second) == 2
    assert run.out[1] == f"first: gives back {sorted(everything)}"
    assert run.out[4:] == [
        f"first: made 10, from {sorted(first)}",
        f"second: made 10, from {sorted(second)}",
        "made: 20 of 20, at most 1 time each",
    ]


def test_the_partitions_of_a_member_that_died_go_to_another_one_and_its_order_is_begun_again(recording):
    run = recording("member_dies")
    assert run.out[0] == "first: has 4 partitions"
    assert sorted(run.out[1:3]) == ["first: has 2 partitions", "second: has 2 partitions"]
    assert run.out[3:] == [
        "second: dies, with an order in hand",
        "first: has 4 partitions",
        "made: 12 of 12, begun twice: 1",
    ]


def test_what_was_not_committed_comes_again_and_what_was_committed_too_early_is_lost(recording):
    run = recording("commit")
    early = run.out.index("commit first")
    assert run.out[:early] == [
        "commit after",
        "made: order 1",
        "made: order 2",
        "the stove is out at order 3",
        "made: order 3",
        "made: order 4",
    ]
    assert "made: order 3" not in run.out[early:]
    assert run.out[-1] == "made: order 4"


def test_messages_come_in_batches_no_larger_than_asked_for_and_complete(recording):
    run = recording("batches")
    assert run.out[:3] == ["one by one", "together", "acknowledged, the last one at offset 999"]
    sizes = ast.literal_eval(run.out[3].removeprefix("received 1000 in batches of "))
    assert sum(sizes) == 1000
    assert 1 < max(sizes) <= 300


def test_nothing_that_was_acknowledged_is_lost_or_doubled_when_the_broker_restarts(recording):
    run = recording("restart")
    assert run.out == [
        *["the broker is gone", "acknowledged meanwhile: 0", "the broker is back"] * 2,
        "acknowledged: 100 received: 100",
        "acknowledged, but lost: 0",
        "received twice: 0",
    ]
    assert run.exit == 0


def test_a_producer_gives_up_after_a_while_and_an_idempotent_one_does_not(recording):
    run = recording("gone")
    assert run.out == [
        "plain: NodeNotReadyError, to be tried again: True",
        "idempotent: our own timeout",
        "in the topic: ['idempotent']",
    ]


def test_a_broker_that_is_not_there_raises_a_connection_error(recording):
    run = recording("not_there")
    assert [line.split(": ")[:2] for line in run.out] == [
        [f"attempt {attempt}", "KafkaConnectionError"] for attempt in (1, 2, 3)
    ]
    assert (run.err, run.exit) == ([], 0)
