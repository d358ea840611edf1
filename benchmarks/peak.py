"""Many programs recorded: what all processes hold at most."""

from __future__ import annotations

from benchmarks.bench import MANY, Bench, Benchmark, NotMeasuredError, Recorded
from benchmarks.claim import Claim, Measurement
from benchmarks.memory import SUPPORTED
from benchmarks.trial import WAITS, Trial

WAITING = 100

CLAIMS = (
    Claim.at_most("memory", f"{MANY:,} trivial programs: peak of memory to record them", 1500, "MB"),
    Claim.at_most(
        "memory-waiting", f"{WAITING} one-second programs, alive at once: peak of memory to record them", 1500, "MB"
    ),
    # What a process may open where nobody has raised it, as on most systems.
    Claim.at_most("files", f"{MANY:,} trivial programs: most files open in one process", 1024),
    Claim.at_most(
        "files-waiting", f"{WAITING} one-second programs, alive at once: most files open in one process", 1024
    ),
)


def measure(bench: Bench) -> list[Measurement]:
    if not SUPPORTED:
        raise NotMeasuredError("Shares of memory are read from /proc, which is Linux's.")
    many = bench.many
    bench.say(f"peak: recording {WAITING} programs that wait")
    waiting = bench.recorded(Trial.make(bench.folder / "peak", WAITS, WAITING))
    memory = [
        Measurement(claim, (recorded.peak.bytes / 1e6,), (), (_sampled(recorded),))
        for claim, recorded in zip(CLAIMS[:2], (many, waiting), strict=True)
    ]
    files = [
        Measurement(
            claim,
            (recorded.peak.files_of_one,),
            (),
            (f"In all processes together {recorded.peak.files:,}, standard streams included.",),
        )
        for claim, recorded in zip(CLAIMS[2:], (many, waiting), strict=True)
    ]
    return [*memory, *files]


def _sampled(recorded: Recorded) -> str:
    return (
        f"The sum of each process's proportional share (PSS) over recorder, fork server and programs, at most "
        f"{recorded.peak.processes} processes in one sample; {recorded.peak.samples:,} samples in "
        f"{recorded.cost.seconds:.1f} s, so a shorter peak may have been missed."
    )


BENCHMARK = Benchmark("peak", CLAIMS, measure)
