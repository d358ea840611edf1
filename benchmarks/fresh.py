"""Many programs with nothing stale: how long it takes to know that."""

from __future__ import annotations

import sys
from statistics import median

from benchmarks.bench import MANY, Bench, Benchmark
from benchmarks.claim import Claim, Measurement, Target
from benchmarks.command import RECORD, run
from benchmarks.trial import TRIVIAL

ROUNDS = 9

CLAIMS = (
    Claim(
        name="fresh",
        what=f"{MANY:,} programs, all fresh: check that they are",
        against="record them all",
        unit="s",
        target=Target("ours", "at most", 1.0),
        faster=True,
        why=(
            "Profiled on 2026-11-26, at 0.48 s of CPU: a third is Python's start and the imports; the rest is reading "
            "each program, its transcript and its recording, hashing them, and checking the blocks of all pages. What "
            "follows from the contents is remembered. Anything more is waiting for cores that other programs use."
        ),
    ),
)


def measure(bench: Bench) -> list[Measurement]:
    many = bench.many
    root = many.trial.root
    checked, imported = bench.interleaved(
        "fresh",
        ROUNDS,
        lambda: run(RECORD, root),
        lambda: run((sys.executable, "-c", "import runnable.__main__"), root),
    )
    return [
        Measurement(
            CLAIMS[0],
            tuple(cost.seconds for cost in checked),
            (many.cost.seconds,),
            (
                "The whole command: every program, page, transcript and recording is read. What an earlier run found "
                "out about the same contents is not found out again.",
                f"CPU: {median(cost.cpu for cost in checked):.2f} s.",
                f"Of this, {median(cost.seconds for cost in imported):.2f} s is Python starting and importing the "
                f"recorder; in the last round the command said “{checked[-1].output.strip().splitlines()[-1]}”.",
                f"Each program has {len(TRIVIAL.source.splitlines())} lines, as the guide's do. They were recorded "
                "once, while being watched for their peak of memory, which slows that.",
            ),
        )
    ]


BENCHMARK = Benchmark("fresh", CLAIMS, measure)
