"""How fast depends on the machine; that every request asked was answered, and by whom, does not."""

import json
import sys

import pytest


def rows(run):
    return [json.loads(line) for line in run.out if line.startswith("{")]


def test_the_server_answers_and_ends_on_sigterm(recording):
    assert recording("http_server").out == ["answered by the server's process: True", "exit status: 0"]


def orderly(row):
    """Whether nothing was lost and the percentiles are in order."""
    return row["lost"] == 0 and 0 < row["p50"] <= row["p95"] <= row["p99"]


def test_the_generator_counts_and_measures(recording):
    found = rows(recording("load_generator"))
    assert [row["users"] for row in found] == [1, 10, 50, 200]
    assert all(orderly(row) for row in found)
    # No answer comes in less time than the server waits.
    assert all(row["p50"] >= 0.019 for row in found)
    # One after another the waits of one user add up.
    assert found[0]["answered"] <= 0.4 / 0.019 + 1


def test_two_hundred_users_wait_at_the_same_time(recording):
    *_, most = rows(recording("load_generator"))
    # If the server answered one after another, half of them would wait for a hundred others.
    assert most["p50"] < 100 * 0.02


def test_both_event_loops_answer_both_kinds_of_requests(recording):
    found = rows(recording("event_loops"))
    kinds = [(row["loop"], row["work"]) for row in found]
    assert kinds == [(loop, work) for loop in ("asyncio", "uvloop") for work in ("answers at once", "waits 20 ms")]
    assert all(orderly(row) for row in found)
    assert all(row["p50"] >= 0.019 for row in found if row["work"] == "waits 20 ms")
    assert all(row["cpu"] > 0 for row in found if row["work"] == "answers at once")


@pytest.mark.parametrize(("name", "field"), [("gunicorn_workers", "workers"), ("shared_port", "processes")])
def test_as_many_processes_answer_as_there_are(recording, name, field):
    found = rows(recording(name))
    assert [row[field] for row in found] == [1, 2]
    # macOS gives all connections at a shared port to the same process.
    if not (name == "shared_port" and sys.platform == "darwin"):
        assert [len(row["answered_by"]) for row in found] == [1, 2]
    assert all(sum(row["answered_by"]) == row["answered"] for row in found)
    assert all(orderly(row) for row in found)


def test_locust_meets_no_failure(recording):
    run = recording("locust_headless")
    look, order = rows(run)
    assert (look["method"], look["name"]) == ("GET", "/menu")
    assert (order["method"], order["name"]) == ("POST", "/orders")
    assert look["failures"] == order["failures"] == 0
    # The customers end it after 200 answers.
    assert look["requests"] + order["requests"] >= 200
    assert order["requests"] > 0
    assert min(look["p50"], order["p50"]) >= 0.019
    assert run.out[-1] == "exit status: 0"


def test_only_the_server_that_is_killed_loses_requests(recording):
    killed, told = rows(recording("ended_under_load"))
    assert (killed["signal"], told["signal"]) == ("SIGKILL", "SIGTERM")
    # Never more than the 20 users had asked.
    assert 0 < killed["lost"] <= 20
    assert told["lost"] == 0
    for row in (killed, told):
        assert row["asked"] == row["answered"] + row["lost"]
        assert row["servers"] == 2


def test_gunicorn_replaces_its_worker_and_loses_nothing(recording):
    (row,) = rows(recording("gunicorn_reload"))
    assert row["lost"] == 0
    assert row["asked"] == row["answered"] > 20
    assert row["workers"] == 2
