"""Timelines: how large those of the guide are, how long one of 2,000 turns takes to draw, how large the replay is."""

from __future__ import annotations

import gzip
import random
import time
from pathlib import Path
from statistics import median

from benchmarks import twin
from benchmarks.bench import Bench, Benchmark, NotMeasuredError
from benchmarks.claim import Claim, Measurement
from benchmarks.command import RECORD, CommandFailedError, run
from runnable.output import Output
from runnable.project import Project
from runnable.recording import Cache, Recording
from runnable.snippet import find_snippets
from runnable.sound import teaches
from runnable.timeline import Timeline
from runnable.trace import MOST_STEPS, Step, Task, Trace

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15
TASKS = (1, 10, 500)

CLAIMS = (
    Claim.at_most("timeline-size", "A timeline of the guide with its table, gzipped, in bytes: the median", 12_000),
    Claim.at_most("timeline-largest", "The same: the largest", 40_000),
    Claim.at_most("timeline-drawn", f"A recording of {MOST_STEPS:,} steps: draw its timeline", 0.1, "s"),
    Claim.at_most("replay-size", "The script of the replay, gzipped, in bytes", 8_000),
)


def turns(tasks: int) -> Trace:
    """A trace of as many steps as there may be: tasks that take turns at random, each of 20 µs to 4 ms."""
    dice = random.Random(tasks)
    made = [Task("Task-1", "main", None, 0, 0.0, 12.0, "result")]
    made += [Task(f"Task-{n}", "work", 0, 0, 0.0, 12.0, "result") for n in range(2, tasks + 1)]
    steps, now = [], 0.1
    for _ in range(MOST_STEPS):
        length = dice.choice([2e-5, 1e-4, 1e-3, 4e-3])
        waits = dice.choice(["sleep(0.1)", "Queue.get", "Lock.acquire"])
        by = dice.randrange(tasks) if dice.random() < 0.3 else None
        steps.append(Step(dice.randrange(tasks), now, now + length, waits, dice.randrange(1, 40), by))
        now += length + dice.random() * 0.004
    return Trace(tuple(made), tuple(steps))


def seconds_to_draw(trace: Trace) -> tuple[float, float]:
    """How long it takes to draw a trace: by the clock, and of CPU."""
    began, used = time.perf_counter(), time.process_time()
    Timeline(trace, 12.0, "work.py").html("x")
    return time.perf_counter() - began, time.process_time() - used


def sizes(project: Project) -> dict[str, int]:
    """The timeline of each program that is worth one: its size, gzipped, in bytes."""
    cache = Cache(project)
    found = {}
    for snippet in find_snippets(project)[0]:
        recording = cache.load(snippet.slug)
        if not isinstance(recording, Recording) or recording.trace is None or not teaches(recording.trace):
            continue
        timeline = Timeline(
            recording.trace,
            recording.seconds,
            snippet.path.name,
            [(line.second, line.stream) for line in Output.recorded(recording).lines],
            [(write.second, write.stream) for write in recording.writes],
            snippet.source,
        )
        found[snippet.place] = _gzipped(timeline.html(f"{snippet.path.name}-timeline").encode())
    return found


def measure(bench: Bench) -> list[Measurement]:
    project = twin.copy(Project.at(ROOT), bench.folder / "timeline")
    bench.say("timeline: recording the guide")
    try:
        run(RECORD, project.root)
    except CommandFailedError as error:
        raise NotMeasuredError(f"The guide cannot be recorded: {error}") from error
    found = sizes(project)
    if not found:
        raise NotMeasuredError("No program of the guide has a trace.")
    largest = max(found, key=lambda place: found[place])
    large = {tasks: _gzipped(Timeline(turns(tasks), 12.0, "x.py").html("x").encode()) for tasks in TASKS}
    many = "; ".join(f"{size:,} of {tasks:,} task{'' if tasks == 1 else 's'}" for tasks, size in large.items())
    drawn = bench.interleaved(
        "timeline", ROUNDS, *(lambda tasks=tasks: seconds_to_draw(turns(tasks)) for tasks in TASKS)
    )
    slowest = max(drawn, key=median)
    script = (ROOT / "docs" / "assets" / "replay.js").read_bytes()
    return [
        Measurement(CLAIMS[0], (median(found.values()),), (), (f"{len(found)} programs have a timeline.",)),
        Measurement(
            CLAIMS[1],
            (found[largest],),
            (),
            (f"It is that of {largest}.", f"Of {MOST_STEPS:,} steps at random: {many}."),
        ),
        Measurement(
            CLAIMS[2],
            tuple(clock for clock, _ in slowest),
            (),
            (
                f"The slowest of traces of {', '.join(map(str, TASKS))} tasks; in this process, after its imports.",
                f"By CPU, which other programs disturb less: {median(cpu for _, cpu in slowest) * 1000:.0f} ms.",
            ),
        ),
        Measurement(CLAIMS[3], (_gzipped(script),), (), (f"As it is served: {len(script):,} bytes, not minified.",)),
    ]


def _gzipped(data: bytes) -> int:
    return len(gzip.compress(data, mtime=0))


BENCHMARK = Benchmark("timeline", CLAIMS, measure)
