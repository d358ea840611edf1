"""What the programs measure depends on the machine; that they measure all of it, and did the work, does not."""

import json

WAYS = ["one after another", "asyncio tasks", "threads", "processes"]


def rows(run):
    return [json.loads(line) for line in run.out]


def test_every_way_makes_the_same_requests_in_both_rounds(recording):
    found = rows(recording("same_requests"))
    assert [(row["round"], row["way"]) for row in found] == [(number, way) for number in (1, 2) for way in WAYS]
    assert {row["answers"] for row in found} == {20}
    assert all(list(row) == ["way", "round", "answers", "at once", "seconds"] for row in found)
    # Each request waits for 0.03 s: one after another these add up on any machine.
    assert all(row["seconds"] >= 20 * 0.03 for row in found if row["way"] == "one after another")
    assert all(row["seconds"] >= 0.03 for row in found)


def test_the_server_had_several_requests_in_hand_except_one_after_another(recording):
    most = {way: [row["at once"] for row in rows(recording("same_requests")) if row["way"] == way] for way in WAYS}
    assert most["one after another"] == [1, 1]
    assert all(1 < count <= 20 for way in ("asyncio tasks", "threads") for count in most[way]), most
    assert all(1 <= count <= 20 for count in most["processes"])


def test_every_way_computes_the_same_in_both_rounds(recording):
    lock, *found = rows(recording("same_computation"))
    assert list(lock) == ["gil"]
    assert [(row["round"], row["way"]) for row in found] == [(number, way) for number in (1, 2) for way in WAYS]
    assert len({row["found"] for row in found}) == 1
    assert all(list(row) == ["way", "round", "found", "seconds", "cpu"] for row in found)
    assert all(row["seconds"] > 0 for row in found)


def test_in_one_process_with_the_lock_no_more_than_one_core_is_at_work(recording):
    lock, *found = rows(recording("same_computation"))
    one_core = [row for row in found if row["way"] != "processes" and (lock["gil"] or row["way"] != "threads")]
    assert len(one_core) >= 6
    for row in one_core:
        # What is added is what the clock of `os.times` counts in one tick too many, and the start of four threads.
        assert row["cpu"] <= row["seconds"] * 1.1 + 0.05, row


def test_pools_do_the_same_jobs_on_a_newer_python(recording):
    found = rows(recording("in_interpreters"))
    ways = ["one after another", "threads", "processes", "interpreters"]
    assert [(row["round"], row["job"], row["way"]) for row in found] == [
        (number, job, way) for number in (1, 2) for job in ("waiting", "computing") for way in ways
    ]
    assert {row["done"] for row in found} == {4}
    assert all(row["seconds"] > 0 for row in found)
    in_turn = [row for row in found if row["job"] == "waiting" and row["way"] == "one after another"]
    assert all(row["seconds"] >= 4 * 0.05 for row in in_turn)
