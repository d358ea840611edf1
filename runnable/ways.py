"""The same jobs done as asyncio tasks, threads, processes and interpreters: what each took, and what that says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from runnable.measurement import Measurement, measured
from runnable.quantity import seconds, size, times

IN_TURN = "one after another"
TASKS, THREADS, PROCESSES, INTERPRETERS = "asyncio tasks", "threads", "processes", "interpreters"

REQUESTS = "choosing/measured/same_requests"
COMPUTATION = "choosing/measured/same_computation"
NEWER = "choosing/measured/in_interpreters"
SWITCHES = "choosing/cost/switches"
WAITING = {
    TASKS: "choosing/cost/waiting_tasks",
    THREADS: "choosing/cost/waiting_threads",
    PROCESSES: "choosing/cost/waiting_processes",
    INTERPRETERS: "choosing/cost/waiting_interpreters",
}
PROGRAMS = (REQUESTS, COMPUTATION, NEWER, *WAITING.values(), SWITCHES)
"""The programs that measure, by their slugs."""

OWN_CORE = 0.9
"""How much of a core a computation must have had until we take the machine for idle: the rest went to others."""
PAYS = 1.25
"""How many times as fast a way must be until we say that it is faster: less may be chance."""


@dataclass(frozen=True)
class Figures:
    """What was measured, by way. Seconds and bytes; of several runs the smallest."""

    requests: Mapping[str, float]
    """Seconds for all requests, `IN_TURN` among the ways."""
    computation: Mapping[str, float]
    """Seconds for all computations, `IN_TURN` among the ways."""
    cores: Mapping[str, float]
    """How many cores the computation kept busy, on average."""
    start: Mapping[str, float]
    """Seconds to start one that waits, on average over as many as were started."""
    memory: Mapping[str, float]
    """Bytes that one takes while it waits."""
    switch: Mapping[str, float]
    """Seconds for a switch from one to another."""
    newer: Mapping[str, Mapping[str, float]]
    """Seconds by job, `waiting` and `computing`, and way, all on one newer Python; empty where there is none."""
    gil: bool
    """Whether the Python that did the computation has the lock."""
    source: str
    """The Python, the machine and the date of all but the newer."""
    newer_source: str

    def gains(self, job: str) -> dict[str, float]:
        """How many times as fast as in turn each way did `requests` or `computation`."""
        found: Mapping[str, float] = getattr(self, job)
        return {way: found[IN_TURN] / value for way, value in found.items() if way != IN_TURN}

    def newer_gains(self, job: str) -> dict[str, float]:
        """The same on the newer Python, for `waiting` or `computing`."""
        found = self.newer.get(job, {})
        return {way: found[IN_TURN] / value for way, value in found.items() if way != IN_TURN}


def figures(find: Callable[[str], Measurement | None] = measured) -> Figures:
    """Puts together what the programs measured; `find` gives that for a slug, None where it cannot run here.

    Raises LookupError where one of those that run on every Python has measured nothing.
    """
    requests, computation, switches = _needed(find, REQUESTS), _needed(find, COMPUTATION), _needed(find, SWITCHES)
    waiting = {way: found for way, slug in WAITING.items() if (found := find(slug)) is not None}
    newer = find(NEWER)
    return Figures(
        requests=_least(requests, "seconds"),
        computation=_least(computation, "seconds"),
        cores={way: _busiest(computation, way) for way in computation.distinct("way")},
        start={way: _one_more(found, "seconds") for way, found in waiting.items()},
        memory={way: _one_more(found, "bytes") for way, found in waiting.items()},
        switch={
            way: switches.least("seconds", way=way) / max(1, switches.least("switches", way=way))
            for way in switches.distinct("way")
        },
        newer={job: _least(newer, "seconds", job=job) for job in newer.distinct("job")} if newer else {},
        gil=all(computation.distinct("gil")),
        source=str(requests),
        newer_source=str(newer) if newer else "",
    )


def _needed(find: Callable[[str], Measurement | None], slug: str) -> Measurement:
    found = find(slug)
    if found is None:
        raise LookupError(f"“{slug}” must run on every Python, but has measured nothing")
    return found


def _least(measurement: Measurement, field: str, **which: object) -> dict[str, float]:
    ways = [way for way in measurement.distinct("way") if measurement.all(field, way=way, **which)]
    return {way: measurement.least(field, way=way, **which) for way in ways}


def _busiest(measurement: Measurement, way: str) -> float:
    """Cores kept busy in the run that was disturbed least."""
    rows = [row for row in measurement.rows if row.get("way") == way]
    row = min(rows, key=lambda row: float(row["seconds"]))
    return float(row["cpu"]) / float(row["seconds"])


def _one_more(measurement: Measurement, field: str) -> float:
    """What one costs, on average over the largest number that waited at once."""
    units = max(int(row["waiting"]) for row in measurement.rows if "bytes" in row)
    rows = [row for row in measurement.rows if row.get("waiting") == units and "bytes" in row]
    return min(float(row[field]) for row in rows) / units


def verdict(found: Figures) -> Iterator[str]:
    """What the figures say, as sentences. Each begins with what it is about."""
    if found.cores[IN_TURN] < OWN_CORE:
        had = f"other programs kept this machine busy, and left a computation {found.cores[IN_TURN]:.1f} of a core"
        yield f"Beware: {had}. Close them, and measure again."
    yield f"Waiting: {_gains(found.gains('requests'))}"
    yield f"Computing: {_gains(found.gains('computation'))} {_lock(found)}"
    if found.newer:
        yield f"On the newer Python, waiting: {_gains(found.newer_gains('waiting'))}"
        yield f"On the newer Python, computing: {_gains(found.newer_gains('computing'))}"
    costs = [f"{way} {size(value)}" for way, value in sorted(found.memory.items(), key=lambda item: item[1])]
    yield f"Memory of one more that waits: {', '.join(costs)}."
    ratio = found.switch[THREADS] / found.switch[TASKS]
    if max(ratio, 1 / ratio) < PAYS:
        words = "about the same"
    elif ratio > 1:
        words = f"a switch between threads takes {times(ratio)} as long"
    else:
        words = f"a switch between tasks takes {times(1 / ratio)} as long"
    tasks, threads = seconds(found.switch[TASKS]), seconds(found.switch[THREADS])
    yield f"Taking turns: {tasks} for tasks, {threads} for threads: {words}."
    yield f"So: {_advice(found)}"


def _gains(gains: Mapping[str, float]) -> str:
    """`asyncio tasks and threads gain (16 ×, 12 ×), processes gain nothing (1.1 ×).`, the fastest first."""
    order = sorted(gains.items(), key=lambda item: -item[1])
    groups = {
        "as fast as one after another": [(way, gain) for way, gain in order if gain >= PAYS],
        "no faster": [(way, gain) for way, gain in order if 1 / PAYS < gain < PAYS],
        "slower": [(way, gain) for way, gain in order if gain <= 1 / PAYS],
    }
    parts = []
    for words, members in groups.items():
        if members and words.startswith("as fast"):
            parts.append(f"{', '.join(f'{way} {times(gain)}' for way, gain in members)} {words}")
        elif members:
            parts.append(f"{', '.join(way for way, _ in members)} {words}")
    return "; ".join(parts) + "."


def _lock(found: Figures) -> str:
    """What the GIL, or its absence, has to do with it."""
    gains = found.gains("computation")
    if not found.gil:
        told = "This Python has no GIL: threads may run Python code side by side"
        return f"{told}." if gains[THREADS] >= PAYS else f"{told}, but here that gained nothing."
    told = "This Python has the GIL: one thread at a time runs Python code"
    lucky = [way for way in (TASKS, THREADS) if gains[way] >= PAYS]
    return f"{told}, so that what {' and '.join(lucky)} seem to gain is chance: measure again." if lucky else f"{told}."


def _advice(found: Figures) -> str:
    waiting, computing = found.gains("requests"), found.gains("computation")
    one_core = (TASKS, THREADS) if found.gil else (TASKS,)
    pays = [way for way, gain in computing.items() if gain >= PAYS and way not in one_core]
    best = max(waiting.values())
    good = [way for way, gain in waiting.items() if gain * PAYS >= best and gain >= PAYS]
    # Of those that wait equally well, the one that takes the least memory.
    good.sort(key=lambda way: found.memory[way])
    first = f"to wait, take {good[0]}" if good else "nothing made waiting faster here: measure again"
    if len(good) > 1:
        also = " and ".join(good[1:])
        first += f" ({also} waited equally well, at {times(found.memory[good[1]] / found.memory[good[0]])} the memory)"
    if pays:
        most = max(pays, key=lambda way: computing[way])
        return f"{first}; to compute, take {most}."
    return f"{first}; to compute, go on one after another: nothing gained here."
