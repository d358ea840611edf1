"""What every benchmark is given, and the order of its rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from benchmarks.claim import Claim, Measurement
from benchmarks.command import RECORD, Cost, run
from benchmarks.memory import SUPPORTED, Peak
from benchmarks.trial import TRIVIAL, Trial

T = TypeVar("T")
MANY = 1000


class NotMeasuredError(Exception):
    """A claim cannot be measured here; the message says why, as a sentence."""


@dataclass(frozen=True)
class Recorded:
    """A project and what recording all of it cost, watched for its peak."""

    trial: Trial
    cost: Cost
    peak: Peak


@dataclass
class Bench:
    """A run of the benchmarks. `folder` is empty and thrown away afterwards; `say` tells what is being done."""

    folder: Path
    full: bool
    say: Callable[[str], None]
    uncounted: float = 0.0
    """Seconds of CPU of processes that were started here and that nobody waited for."""

    @cached_property
    def many(self) -> Recorded:
        """MANY programs, recorded. Several benchmarks need them, and they take a while."""
        self.say(f"recording {MANY:,} programs")
        return self.recorded(Trial.make(self.folder / "many", TRIVIAL, MANY))

    def recorded(self, trial: Trial) -> Recorded:
        """Records all of a project while watching it. Being watched slows it."""
        peak = Peak()
        return Recorded(trial, run(RECORD, trial.root, meanwhile=peak.look if SUPPORTED else None), peak)

    def interleaved(self, what: str, rounds: int, *sides: Callable[[], T]) -> list[list[T]]:
        """The results of each side, a round each. Every other round is in reverse, so that none is always first."""
        results: list[list[T]] = [[] for _ in sides]
        for number in range(rounds):
            self.say(f"{what}: round {number + 1} of {rounds}")
            order = range(len(sides))
            for side in reversed(order) if number % 2 else order:
                results[side].append(sides[side]())
        return results


@dataclass(frozen=True)
class Benchmark:
    """One noun's worth of claims and the function that measures them, in the same order."""

    name: str
    """For `--only`."""
    claims: tuple[Claim, ...]
    measure: Callable[[Bench], list[Measurement]]
