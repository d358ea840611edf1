"""What the programs measure depends on the machine; how many waited and ended does not."""

import json
import multiprocessing

import pytest


def rows(run):
    return [json.loads(line) for line in run.out]


def test_ten_thousand_tasks_wait_and_end(recording):
    first, second, last = rows(recording("waiting_tasks"))
    assert (first["waiting"], second["waiting"]) == (1_000, 10_000)
    assert 0 < first["seconds"] < second["seconds"]
    assert 0 < first["bytes"] < second["bytes"]
    assert (last["ended"], last["waiting"]) == (10_000, 0)


def test_threads_wait_and_end_as_many_as_the_system_allows(recording):
    first, second, last = rows(recording("waiting_threads"))
    assert first["waiting"] == 1_000
    assert 1_000 <= second["waiting"] <= 10_000
    assert 0 < first["seconds"] <= second["seconds"]
    assert 0 < first["bytes"] <= second["bytes"]
    assert (last["ended"], last["waiting"]) == (second["waiting"], 0)


def test_a_waiting_thread_takes_more_memory_than_a_waiting_task(recording):
    _, tasks, _ = rows(recording("waiting_tasks"))
    _, threads, _ = rows(recording("waiting_threads"))
    assert threads["bytes"] / threads["waiting"] > tasks["bytes"] / tasks["waiting"]


@pytest.mark.parametrize("name", ["waiting_processes", "waiting_interpreters"])
def test_twenty_wait_and_end(recording, name):
    first, *_, last = rows(recording(name))
    assert (first["waiting"], last["ended"], last["waiting"]) == (20, 20, 0)
    assert first["seconds"] > 0
    assert first["bytes"] > 0


def test_it_is_told_how_processes_were_started(recording):
    _, how, _ = rows(recording("waiting_processes"))
    assert how["started by"] in multiprocessing.get_all_start_methods()


def test_each_turn_goes_to_the_other(recording):
    tasks, threads = rows(recording("switches"))
    assert (tasks["way"], threads["way"]) == ("asyncio tasks", "threads")
    assert tasks["switches"] == threads["switches"] == 2 * 10_000 - 1
    assert tasks["seconds"] > 0
    assert threads["seconds"] > 0
