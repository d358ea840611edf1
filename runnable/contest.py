"""The comparison of tasks, threads, processes and interpreters, held anew on this machine and told on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psutil
from rich import box
from rich.table import Table

from runnable import machine, ways
from runnable.measurement import Measurement
from runnable.outcome import Outcome
from runnable.problem import Problem, ProblemsError
from runnable.project import Project
from runnable.quantity import seconds, size, times
from runnable.record import record
from runnable.recording import Recording
from runnable.snippet import Snippet

ROUNDS = 3
"""How often each program runs."""
ENOUGH = 40.0
"""Seconds after which no other round begins."""


@dataclass(frozen=True)
class Contest:
    """What came of it."""

    figures: ways.Figures
    rounds: int
    seconds: float
    absent: tuple[str, ...]
    """Why a program could not run here, a sentence each."""
    load: float
    """Processes that ran or wanted to, on average over the minute before the first round."""

    @property
    def remarks(self) -> Iterator[str]:
        """What a reader must know to judge the figures, as sentences."""
        yield from self.absent
        if self.load > machine.cores() / 2:
            busy = f"Other programs kept this machine busy (load {self.load:.1f} on {machine.cores()} cores)"
            yield f"{busy}: close them, and measure again."

    def __str__(self) -> str:
        plural = "" if self.rounds == 1 else "s"
        return f"Measured with {self.figures.source}, in {self.rounds} round{plural} ({self.seconds:.0f} s)."


def hold(
    project: Project,
    *,
    rounds: int = ROUNDS,
    enough: float = ENOUGH,
    report: Callable[[Outcome], None] = lambda outcome: None,
) -> Contest:
    """Runs the programs that measure, up to `rounds` times. Nothing is kept.

    Raises ProblemsError where one is not there or fails.
    """
    snippets = list(_programs(project))
    found: dict[str, list[Recording]] = {}
    absent: dict[str, str] = {}
    load = psutil.getloadavg()[0]
    began = time.monotonic()
    held = 0
    while held < rounds and (held == 0 or time.monotonic() - began < enough):
        outcomes = record(project, snippets, force=True, keep=False, report=report)
        problems = [problem for outcome in outcomes for problem in outcome.problems]
        if problems:
            raise ProblemsError(problems)
        for outcome in outcomes:
            if isinstance(outcome.entry, Recording):
                found.setdefault(outcome.snippet.slug, []).append(outcome.entry)
            elif outcome.entry is not None:
                absent[outcome.snippet.slug] = outcome.entry.reason
        held += 1
    measured = {slug: Measurement.of(runs) for slug, runs in found.items()}
    reasons = tuple(f"Not measured: {slug.rpartition('/')[2]}: {reason}" for slug, reason in absent.items())
    return Contest(ways.figures(measured.get), held, time.monotonic() - began, reasons, load)


def _programs(project: Project) -> Iterator[Snippet]:
    for slug in ways.PROGRAMS:
        path = project.snippets / f"{slug}.py"
        if not path.exists():
            what = "it is one of the programs that are compared. Run this in the folder of the guide."
            raise ProblemsError([Problem(project.relative(path), None, f"there is no such program: {what}")])
        yield Snippet.read(path, project)


def tables(figures: ways.Figures) -> Iterator[Table]:
    """What was measured: one table for the project's own Python, and one for a newer where there is one."""
    table = Table(box=box.SIMPLE_HEAD, title="The same jobs, and one more that waits", title_justify="left")
    table.add_column("Way", no_wrap=True)
    for name in ("Requests", "Compute", "Cores", "Memory", "Start", "Switch"):
        table.add_column(name, justify="right")
    for way in dict.fromkeys((*figures.requests, *figures.computation, *figures.memory)):
        table.add_row(
            way,
            _shown(seconds, figures.requests.get(way)),
            _shown(seconds, figures.computation.get(way)),
            _shown("{:.1f}".format, figures.cores.get(way)),
            _shown(size, figures.memory.get(way)),
            _shown(seconds, figures.start.get(way)),
            _shown(seconds, figures.switch.get(way)),
        )
    yield table
    if figures.newer:
        table = Table(box=box.SIMPLE_HEAD, title=f"With {figures.newer_source}", title_justify="left")
        table.add_column("Way", no_wrap=True)
        for job in figures.newer:
            table.add_column(job.capitalize(), justify="right")
            table.add_column("Gain", justify="right")
        for way in dict.fromkeys(way for found in figures.newer.values() for way in found):
            cells = []
            for job, found in figures.newer.items():
                cells += [_shown(seconds, found.get(way)), _shown(times, figures.newer_gains(job).get(way))]
            table.add_row(way, *cells)
        yield table


def _shown(show: Callable[[float], str], value: float | None) -> str:
    return "–" if value is None else show(value)
