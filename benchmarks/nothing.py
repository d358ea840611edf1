"""Programs that do nothing: what recording itself costs."""

from __future__ import annotations

import os
from statistics import median

from benchmarks.bench import Bench, Benchmark, NotMeasuredError
from benchmarks.claim import Claim, Measurement, Target
from benchmarks.command import RECORD, Cost, run, run_plain
from benchmarks.trial import NOTHING, Trial
from runnable.machine import cores

COUNT = 200
ROUNDS = 5

CLAIMS = (
    Claim(
        name="nothing",
        what=f"{COUNT} programs that do nothing: CPU to record them all",
        against="CPU of the same as plain processes",
        unit="s",
        target=Target("ratio", "at most", 1.3),
        why=(
            "Profiled on 2026-11-24: of the 12 ms of CPU that a forked program takes, 10 are the interpreter's own "
            "end. Destroying what was imported before the fork writes to, and so copies, some 2,000 pages that were "
            "shared, at 3 µs each. The recorder takes about 3 ms a program, most of them for files. On 2026-11-26 the "
            "code that had met this two hours before took as much CPU as today's, side by side on this machine."
        ),
    ),
)


def measure(bench: Bench) -> list[Measurement]:
    if os.name != "posix":
        raise NotMeasuredError("This platform does not tell what CPU time ended processes have used.")
    trial = Trial.make(bench.folder / "nothing", NOTHING, COUNT)

    def record() -> Cost:
        trial.forget()
        return run(RECORD, trial.root)

    def check() -> Cost:
        return run(RECORD, trial.root)

    run(RECORD, trial.root)
    # The check comes last and, in rounds of reverse order, first: after a recording either way.
    recorded, plain, checked = bench.interleaved(
        "nothing", ROUNDS, record, lambda: run_plain(trial.programs, at_once=cores()), check
    )
    ours, theirs = (tuple(cost.cpu for cost in side) for side in (recorded, plain))
    fixed = median(cost.cpu for cost in checked)
    return [
        Measurement(
            CLAIMS[0],
            ours,
            theirs,
            (
                "User and system time of all processes: recorder, fork server and programs; Python's start included.",
                f"The same command takes {fixed:.2f} s of CPU when all is fresh, so a program costs "
                f"{(median(ours) - fixed) / COUNT * 1000:.1f} ms beyond that; as a plain process "
                f"{median(theirs) / COUNT * 1000:.1f} ms.",
                f"Plain processes run {cores()} at a time.",
            ),
        )
    ]


BENCHMARK = Benchmark("nothing", CLAIMS, measure)
