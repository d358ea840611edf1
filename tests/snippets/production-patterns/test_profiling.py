"""What a tool shows of waiting and blocking has a lower bound: both wait at least as long as they were told to."""

import json

import pytest

LINES = [f"{city}: 6878 prices have a 7" for city in ("Oslo", "Rome", "Lima")]
# Three times 0.1 s and 0.05 s; a clock may be a little coarse.
WAITED, BLOCKED = 0.29, 0.14


def seconds(run):
    """What each tool in a run said of each function: `found["cProfile"]["fetch"]`."""
    found = {}
    for line in run.out:
        if line.startswith("{"):
            row = json.loads(line)
            found.setdefault(row["tool"], {})[row["function"]] = row["seconds"]
    assert all(list(functions) == ["fetch", "count", "save"] for functions in found.values())
    return found


def calls(run, tool):
    rows = [json.loads(line) for line in run.out if line.startswith("{")]
    return {row["function"]: int(row["calls"]) for row in rows if row["tool"] == tool}


def test_the_report_is_slow_since_all_waits_come_one_after_another(virtual):
    run = virtual("slow_report")
    assert run.out == LINES
    assert run.seconds == pytest.approx(3 * (0.1 + 0.05))


def test_a_stopwatch_sees_waiting_and_blocking(recording):
    run = recording("timed")
    assert run.out[:3] == LINES
    found = seconds(run)["perf_counter"]
    assert found["fetch"] >= WAITED
    assert found["save"] >= BLOCKED
    assert found["count"] > 0


def test_cprofile_hides_waiting_and_counts_each_resumption(recording):
    run = recording("under_cprofile")
    found = seconds(run)["cProfile"]
    assert found["fetch"] < WAITED
    assert found["save"] >= BLOCKED
    assert found["count"] > 0
    assert calls(run, "cProfile") == {"fetch": 6, "count": 3, "save": 3}


def test_cprofile_shows_where_the_loop_waited(recording):
    (line,) = [line for line in recording("under_cprofile").out if "{method" in line]
    assert float(line.split()[1]) >= WAITED


def test_yappi_shows_waiting_in_wall_time_and_counts_coroutines_once(recording):
    run = recording("under_yappi")
    assert run.out.count(LINES[0]) == 2
    found = seconds(run)
    wall, cpu = found["yappi, wall time"], found["yappi, cpu time"]
    assert wall["fetch"] >= WAITED
    assert wall["save"] >= BLOCKED
    assert cpu["fetch"] < WAITED
    assert cpu["save"] < BLOCKED
    assert cpu["count"] > 0
    assert calls(run, "yappi, wall time") == {"fetch": 3, "count": 3, "save": 3}


def test_pyinstrument_shows_the_await_below_the_coroutine(recording):
    run = recording("under_pyinstrument")
    found = seconds(run)["pyinstrument"]
    assert found["fetch"] > 0.2
    assert found["save"] > 0.1
    tree = [line.strip(". │├└─") for line in run.out if line.startswith(".")]
    names = [line.split()[1] for line in tree if line[:1].isdigit()]
    assert names[:3] == ["main", "main", "report"]
    assert {"fetch", "save"} < set(names)
    assert names[names.index("fetch") + 1 :][:2] == ["sleep", "[await]"]


def test_sampling_finds_what_runs_or_what_waits(recording):
    found = seconds(recording("under_sampling"))
    stacks, running, every = found["sampling"], found["sampling, running tasks"], found["sampling, all tasks"]
    assert stacks["save"] > 0
    assert running["save"] > 0
    assert every["fetch"] > 0
    # The loop itself waits: only a sample of the very moment in which a task starts its wait would show it there.
    assert stacks["fetch"] < every["fetch"]
    assert running["fetch"] < every["fetch"]
    assert every["save"] < running["save"]
