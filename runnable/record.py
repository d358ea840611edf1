"""Run programs, many at once, each alone and on a clock, and keep what they did."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import psutil

from runnable import changes, claim, group, journal, machine, verdict
from runnable.capture import SocketCapture
from runnable.outcome import Job, Outcome, cannot_keep, kept, look
from runnable.places import shortener
from runnable.problem import Problem, ProblemsError, listed
from runnable.process import Ended, Launcher
from runnable.project import Project
from runnable.recording import Cache, Recording, Write, assemble, digest
from runnable.semaphore import PrioritySemaphore
from runnable.services import ServiceFailedError, Services
from runnable.snippet import Snippet
from runnable.trace import Trace

AT_ONCE = 100
"""Programs that run at the same time; most of them wait most of the time."""

# What one running program takes of the recorder's file handles.
_HANDLES = 4


def record(
    project: Project,
    snippets: Sequence[Snippet],
    *,
    force: bool = False,
    fork: bool = True,
    trace: bool = True,
    at_once: int = AT_ONCE,
    keep: bool = True,
    report: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Runs the programs whose recording is stale (`force`: all) and returns an outcome for each, in the same order.

    `report` is called as each becomes known. `keep=False` leaves the cache as it is.
    `fork=False` starts plain processes; `trace=False` records no trace.
    """
    outcomes, stale = look(project, snippets, force=force, keep=keep, report=report)
    outcomes |= run(project, stale, fork=fork, trace=trace, at_once=at_once, keep=keep, report=report)
    return [outcomes[number] for number in range(len(snippets))]


def run(
    project: Project,
    stale: Sequence[Job],
    *,
    fork: bool = True,
    trace: bool = True,
    at_once: int = AT_ONCE,
    keep: bool = True,
    report: Callable[[Outcome], None] = lambda outcome: None,
) -> dict[int, Outcome]:
    """Runs these programs, as `record` does; their outcomes by their numbers."""
    if not stale:
        return {}
    problem = _unwritable(project) if keep else None
    if problem is not None:
        outcomes = {job.number: Outcome(job.snippet, None, (problem,)) for job in stale}
        for outcome in outcomes.values():
            report(outcome)
        return outcomes
    batch = _Batch(project, Cache(project), fork=fork, trace=trace, at_once=at_once, keep=keep, report=report)
    try:
        return asyncio.run(batch.run(stale))
    except BaseExceptionGroup as errors:
        raise _first(errors) from None


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """What to tell of several failures: the problems where there are any, and else one of them."""
    leaves = list(_leaves(errors))
    problems = [problem for error in leaves if isinstance(error, ProblemsError) for problem in error.problems]
    return ProblemsError(problems) if problems else leaves[0]


def _leaves(errors: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    for error in errors.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


def _unwritable(project: Project) -> Problem | None:
    """Says why the cache cannot be written, before any program is run for it."""
    folder = project.cache / "recordings"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return cannot_keep(project, error)


def _most_at_once(wanted: int) -> int:
    """How many programs may run at once without running out of file handles."""
    if sys.platform == "win32":
        return wanted
    import resource  # noqa: PLC0415 - not on Windows

    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit == resource.RLIM_INFINITY:
        return wanted
    free = limit - psutil.Process().num_fds() - 32
    return max(1, min(wanted, free // _HANDLES))


@dataclass
class _Batch:
    """The runs of one recording."""

    project: Project
    cache: Cache
    fork: bool
    trace: bool
    at_once: int
    keep: bool
    report: Callable[[Outcome], None]
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    services: Services = field(default_factory=lambda: Services(()))

    async def run(self, jobs: Sequence[Job]) -> dict[int, Outcome]:
        """Runs them all; the outcomes by the jobs' numbers."""
        before = changes.state(self.project)
        needed = {name for job in jobs for name in job.snippet.header.services}
        async with (
            Services(self.project.services[name] for name in sorted(needed)) as self.services,
            Launcher(fork=self.fork, trace=self.trace) as launcher,
        ):

            async def one(job: Job, rank: float) -> None:
                outcome = await self._outcome(launcher, job, launcher.root / str(job.number), rank)
                self.outcomes[job.number] = outcome
                self.report(outcome)

            # What measures runs by itself, when the others have ended.
            await self._all([job for job in jobs if not job.snippet.header.alone], one)
            await self._all([job for job in jobs if job.snippet.header.alone], one)
            self._blame_escaped(launcher.root)
            if changes.changed(before, changes.state(self.project)):
                ran = [job for job in jobs if self.outcomes[job.number].ran]
                await self._blame_writers(launcher, ran, before)
                self._blame_escaped(launcher.root)
        return self.outcomes

    async def _all(self, jobs: Sequence[Job], one: Callable[[Job, float], Coroutine[None, None, None]]) -> None:
        """Does `one` for each, with its rank, so many at once as may be; those that claim the same one after another.

        What takes longest begins first. Those that claim the same take as long as all of them together, so the first
        of them begins at once, and each of the others as soon as it may.
        """
        claims = claim.Claims()
        places = PrioritySemaphore(_most_at_once(self.at_once))
        together: defaultdict[str, float] = defaultdict(float)
        for job in jobs:
            for name in _claims(job.snippet):
                together[name] += job.expected

        async def claimed(job: Job, rank: float) -> None:
            names = _claims(job.snippet)
            async with claims.queued(names), places.held(rank), claim.held(names):
                await one(job, rank)

        def rank(job: Job) -> float:
            return -max([job.expected, *(together[name] for name in _claims(job.snippet))])

        async with asyncio.TaskGroup() as tasks:
            for job in sorted(jobs, key=lambda job: (rank(job), -job.expected)):
                tasks.create_task(claimed(job, rank(job)))

    async def _outcome(self, launcher: Launcher, job: Job, directory: Path, rank: float) -> Outcome:
        snippet, environment = job.snippet, job.environment
        for port in snippet.header.ports:
            if holder := claim.port_holder(port):
                what = f"its port {port} is taken by {holder}. End that, or give the program another port."
                return Outcome(snippet, None, (Problem(snippet.place, snippet.header_line("ports"), what),))
        try:
            variables = await self.services.variables(snippet.header.services)
        except ServiceFailedError as error:
            line = snippet.header_line("services")
            return Outcome(snippet, None, (Problem(snippet.place, line, str(error), error.details),))
        directory.mkdir()
        ended = await launcher.run(snippet, environment, directory, variables, rank=rank)
        version = environment.interpreter.version
        shorten = shortener(self.project.root, directory, f"{version.major}.{version.minor}")
        writes = tuple(
            replace(write, text=shorten(write.text)) if "/" in write.text or "\\" in write.text else write
            for write in ended.capture.writes(ended.began_ns, whole=not ended.killed)
        )
        problems = verdict.problems_of(snippet, ended, assemble(writes), shorten)
        if problems:
            return Outcome(snippet, None, tuple(problems), ran=True, seconds=ended.seconds)
        recording = Recording(
            slug=snippet.slug,
            digest=digest(snippet),
            key=job.key,
            interpreter=str(environment.interpreter),
            exit=ended.status,
            seconds=ended.seconds,
            writes=writes,
            date=datetime.fromtimestamp(ended.began_ns / 1e9, UTC).isoformat(timespec="seconds"),
            machine=machine.described(),
            trace=_with_writers(ended, writes),
        )
        outcome = Outcome(snippet, recording, ran=True, seconds=ended.seconds)
        return kept(self.project, self.cache, outcome) if self.keep else outcome

    def _blame_escaped(self, root: Path) -> None:
        """Ends processes that left their program's group and its streams but still stand in its working directory."""
        for process, directory in list(group.standing_in(root)):
            if directory.parts and directory.parts[0].isdecimal():
                what = f"it ended and left running: {group.describe(process)}. End what it starts before it ends."
                self._reject(int(directory.parts[0]), what)
            group.end_each([process])

    async def _blame_writers(self, launcher: Launcher, jobs: Sequence[Job], before: changes.State) -> None:
        """Finds the programs that changed files of the project, if any did: an editor may have been at work as well.

        While many run, nobody can tell. So they are run once more, in a copy of the project as it was, where only they
        can change anything; and if something changes there, each half of them is tried in the same way.
        """
        folder = Path(tempfile.mkdtemp(dir=launcher.root))
        copy = changes.copied(self.project, before, folder / "project")
        original = changes.state(copy)

        async def again(job: Job, rank: float) -> None:
            path = copy.root / job.snippet.path.relative_to(self.project.root)
            directory = folder / str(job.number)
            directory.mkdir()
            variables = await self.services.variables(job.snippet.header.services)
            snippet = replace(job.snippet, path=path)
            await launcher.run(snippet, job.environment, directory, variables, rank=rank)

        await self._all(jobs, again)
        changed = changes.changed(original, changes.state(copy))
        if not changed:
            return
        if len(jobs) == 1:
            shown = [*changed[:3], f"{len(changed) - 3} more"] if len(changed) > 3 else changed
            what = f"it changed {listed(shown)}. Let it write in its working directory, and restore what it changed."
            self._reject(jobs[0].number, what)
            return
        half = len(jobs) // 2
        for part in (jobs[:half], jobs[half:]):
            await self._blame_writers(launcher, part, before)

    def _reject(self, number: int, what: str) -> None:
        outcome = self.outcomes[number]
        problem = Problem(outcome.snippet.place, None, what)
        self.outcomes[number] = replace(outcome, found=None, problems=(*outcome.problems, problem))
        if self.keep:
            with contextlib.suppress(OSError):
                self.cache.forget(outcome.snippet.slug)


def _with_writers(ended: Ended, writes: Sequence[Write]) -> Trace | None:
    """The trace, with who wrote each piece of output where the time of writing is known."""
    if ended.trace is None:
        return None
    if isinstance(ended.capture, SocketCapture):
        return journal.said([(write.second, write.stream) for write in writes], ended.trace)
    why = "Who wrote the output is not known: this platform does not tell when it was written."
    return replace(ended.trace, notes=(*ended.trace.notes, why))


def _claims(snippet: Snippet) -> list[str]:
    header = snippet.header
    ports, services = [f"port-{port}" for port in header.ports], [f"service-{name}" for name in header.services]
    return [*ports, *services, *(["alone"] if header.alone else [])]
