"""Programs that wait: many at once, against plain processes and against markdown-exec."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from benchmarks.bench import Bench, Benchmark
from benchmarks.claim import Claim, Measurement, Target
from benchmarks.command import RECORD, Cost, run, run_plain
from benchmarks.trial import WAITS, Trial

COUNT = 100
ROUNDS = 5
_FEW, _MORE = 10, 20
"""Blocks of markdown-exec from which the time of COUNT is extrapolated."""

_WHY = (
    "Profiled on 2026-11-24: beside the second that they wait, Python's start and the imports take 0.2 s, and each "
    "forked program 12 ms of a core, of which 10 are the interpreter's own end (see the programs that do nothing)."
)

CLAIMS = (
    Claim(
        name="waiting-processes",
        what=f"{COUNT} one-second programs: record them all",
        against="the same as plain processes, all at once",
        unit="s",
        target=Target("ours", "at most", 2.0),
        faster=True,
        why=_WHY,
    ),
    Claim(
        name="waiting-blocks",
        what=f"{COUNT} one-second programs: record them all",
        against="the same as blocks of markdown-exec",
        unit="s",
        target=Target("ratio", "at least", 40),
        faster=True,
        why=_WHY,
    ),
)


def measure(bench: Bench) -> list[Measurement]:
    trial = Trial.make(bench.folder / "waiting", WAITS, COUNT)

    def record() -> Cost:
        trial.forget()
        return run(RECORD, trial.root)

    record()  # The first time, Python compiles the recorder.
    recorded, plain = bench.interleaved("waiting", ROUNDS, record, lambda: run_plain(trial.programs))
    ours = tuple(cost.seconds for cost in recorded)
    own_count = recorded[-1].output.strip().splitlines()[-1]
    command = f"Ours is the whole command, Python's start included; in the last round it said “{own_count}”."
    blocks, how = _blocks(bench)
    return [
        Measurement(
            CLAIMS[0],
            ours,
            tuple(cost.seconds for cost in plain),
            (
                command,
                "The plain processes write to /dev/null and nobody reads them.",
                f"CPU: {median(cost.cpu for cost in recorded):.1f} s, as plain processes "
                f"{median(cost.cpu for cost in plain):.1f} s.",
            ),
        ),
        Measurement(CLAIMS[1], ours, (blocks,), (command, *how)),
    ]


def _blocks(bench: Bench) -> tuple[float, tuple[str, ...]]:
    """The seconds that COUNT blocks take, and how that is known."""
    only = "Only the conversion of the page is counted for markdown-exec, not the start of Python or MkDocs."
    if bench.full:
        return _converted(bench, COUNT), (only, f"All {COUNT} blocks were run, once.")
    few, more = _converted(bench, _FEW), _converted(bench, _MORE)
    each = (more - few) / (_MORE - _FEW)
    return more + (COUNT - _MORE) * each, (
        only,
        f"The time of {COUNT} blocks is extrapolated: {_FEW} took {few:.2f} s ({few / _FEW:.3f} s each) and {_MORE} "
        f"took {more:.2f} s ({more / _MORE:.3f} s each), since they run one after another. “--full” runs all {COUNT}.",
    )


def _converted(bench: Bench, count: int) -> float:
    bench.say(f"waiting: {count} blocks of markdown-exec")
    root = Path(__file__).resolve().parents[1]
    return float(run((sys.executable, "-m", "benchmarks.blocks", str(count)), root).output)


BENCHMARK = Benchmark("waiting", CLAIMS, measure)
