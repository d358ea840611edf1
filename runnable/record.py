"""Run programs, many at once, each alone and on a clock, and keep what they did."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import platform
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import psutil

from runnable import changes, claim, group, interpreter, journal, machine, verdict
from runnable.capture import SocketCapture, sockets_work
from runnable.interpreter import DependencyMissingError, Environment, EnvironmentMissingError, MissingError
from runnable.places import shortener
from runnable.problem import Problem, ProblemsError, listed, nearest
from runnable.process import Ended, Launcher
from runnable.project import Project, in_ci
from runnable.recording import RECORDER_VERSION, Absence, Cache, Recording, Write, assemble, digest
from runnable.services import ServiceFailedError, Services, whereabouts
from runnable.snippet import Snippet, local_files
from runnable.trace import Trace

AT_ONCE = 100
"""Programs that run at the same time; most of them wait most of the time."""

# What one running program takes of the recorder's file handles.
_HANDLES = 4


@dataclass(frozen=True)
class Outcome:
    """What is known of a program after recording: its recording, or why there is none."""

    snippet: Snippet
    entry: Recording | Absence | None
    problems: tuple[Problem, ...] = ()
    ran: bool = False
    seconds: float = 0.0
    """How long this run took; 0 where the recording was fresh."""


def key(snippet: Snippet, environment: Environment) -> str:
    """Stands for all that could change what the program does."""
    parts = hashlib.sha256()
    for part in (
        RECORDER_VERSION,
        platform.system(),
        str(environment.interpreter),
        *environment.versions,
        snippet.place,
        snippet.source,
    ):
        parts.update(part.encode() + b"\0")
    for file in local_files(snippet):
        parts.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return parts.hexdigest()


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
    interpreter.forget()
    cache = Cache(project)
    outcomes: dict[int, Outcome] = {}
    stale: list[_Job] = []
    for number, snippet in enumerate(snippets):
        found = _known(project, cache, snippet, force=force)
        if isinstance(found, Outcome):
            if keep and isinstance(found.entry, Absence) and cache.load(snippet.slug) != found.entry:
                found = _kept(project, cache, found)
            outcomes[number] = found
            report(found)
        else:
            stale.append(_Job(number, snippet, *found))
    problem = _unwritable(project) if stale and keep else None
    if problem is not None:
        for job in stale:
            outcomes[job.number] = Outcome(job.snippet, None, (problem,))
            report(outcomes[job.number])
    elif stale:
        batch = _Batch(project, cache, fork=fork, trace=trace, at_once=at_once, keep=keep, report=report)
        try:
            outcomes |= asyncio.run(batch.run(stale))
        except BaseExceptionGroup as errors:
            raise _first(errors) from None
    return [outcomes[number] for number in range(len(snippets))]


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


@dataclass(frozen=True)
class _Job:
    """A program that is to run: what with, and the key of its recording."""

    number: int
    snippet: Snippet
    environment: Environment
    key: str


def _known(project: Project, cache: Cache, snippet: Snippet, *, force: bool) -> Outcome | tuple[Environment, str]:
    """What is known of a program without running it, or what it is to be run with and the key of that."""
    header = snippet.header
    try:
        environment = interpreter.environment(header.requires_python, header.dependencies, project)
        missing = _missing_service(project, snippet)
    except DependencyMissingError as error:
        return Outcome(snippet, None, (_missing(snippet, error),))
    except EnvironmentMissingError as error:
        missing = _missing(snippet, error)
    if missing is None:
        fresh = key(snippet, environment)
        entry = None if force else cache.load(snippet.slug)
        if isinstance(entry, Recording) and entry.key == fresh:
            return Outcome(snippet, entry)
        return environment, fresh
    if missing.what.startswith("unknown service") or in_ci() or not snippet.transcript_path.exists():
        return Outcome(snippet, None, (missing,))
    return Outcome(snippet, Absence(snippet.slug, digest(snippet), missing.what))


def _kept(project: Project, cache: Cache, outcome: Outcome) -> Outcome:
    """The outcome with its entry in the cache, or with the problem that it cannot be kept."""
    assert outcome.entry is not None
    try:
        cache.save(outcome.entry)
    except OSError as error:
        return replace(outcome, entry=None, problems=(_cannot_keep(project, error),))
    return outcome


def _missing(snippet: Snippet, error: MissingError) -> Problem:
    return Problem(snippet.place, snippet.header_line(error.key), str(error), error.details)


def _missing_service(project: Project, snippet: Snippet) -> Problem | None:
    line = snippet.header_line("services")
    for name in snippet.header.services:
        service = project.services.get(name)
        if service is None:
            meant = nearest(name, list(project.services), most=1)
            hint = f"Did you mean “{meant[0]}”?" if meant else f"Known: {listed(sorted(project.services)) or 'none'}."
            what = (
                f"unknown service “{name}”. {hint} Services are declared in pyproject.toml, [tool.runnable.services]."
            )
            return Problem(snippet.place, line, what)
        if missing := whereabouts(service).missing:
            return Problem(snippet.place, line, missing)
    return None


def _unwritable(project: Project) -> Problem | None:
    """Says why the cache cannot be written, before any program is run for it."""
    folder = project.cache / "recordings"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return _cannot_keep(project, error)


def _cannot_keep(project: Project, error: OSError) -> Problem:
    reason = f"recordings cannot be kept here: {error.strerror}"
    what = f"{reason}. Make the folder writable, or name another in RUNNABLE_CACHE."
    return Problem(project.relative(project.cache / "recordings"), None, what)


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

    async def run(self, jobs: Sequence[_Job]) -> dict[int, Outcome]:
        """Runs them all; the outcomes by the jobs' numbers."""
        before = changes.state(self.project)
        needed = {name for job in jobs for name in job.snippet.header.services}
        async with (
            Services(self.project.services[name] for name in sorted(needed)) as self.services,
            Launcher(fork=self.fork, trace=self.trace) as launcher,
        ):

            async def one(job: _Job) -> None:
                outcome = await self._outcome(launcher, job, launcher.root / str(job.number))
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

    async def _all(self, jobs: Sequence[_Job], one: Callable[[_Job], Coroutine[None, None, None]]) -> None:
        """Does `one` for each, so many at once as may be; those that claim the same one after another."""
        claims = claim.Claims()
        places = asyncio.Semaphore(_most_at_once(self.at_once))

        async def claimed(job: _Job) -> None:
            names = _claims(job.snippet)
            async with claims.queued(names), places, claim.held(names):
                await one(job)

        async with asyncio.TaskGroup() as tasks:
            for job in jobs:
                tasks.create_task(claimed(job))

    async def _outcome(self, launcher: Launcher, job: _Job, directory: Path) -> Outcome:
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
        ended = await launcher.run(snippet, environment, directory, variables)
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
        return _kept(self.project, self.cache, outcome) if self.keep else outcome

    def _blame_escaped(self, root: Path) -> None:
        """Ends processes that left their program's group and its streams but still stand in its working directory."""
        for process, directory in list(group.standing_in(root)):
            if directory.parts and directory.parts[0].isdecimal():
                what = f"it ended and left running: {group.describe(process)}. End what it starts before it ends."
                self._reject(int(directory.parts[0]), what)
            group.end_each([process])

    async def _blame_writers(self, launcher: Launcher, jobs: Sequence[_Job], before: changes.State) -> None:
        """Finds the programs that changed files of the project, if any did: an editor may have been at work as well.

        While many run, nobody can tell. So they are run once more, in a copy of the project as it was, where only they
        can change anything; and if something changes there, each half of them is tried in the same way.
        """
        folder = Path(tempfile.mkdtemp(dir=launcher.root))
        copy = changes.copied(self.project, before, folder / "project")
        original = changes.state(copy)

        async def again(job: _Job) -> None:
            path = copy.root / job.snippet.path.relative_to(self.project.root)
            directory = folder / str(job.number)
            directory.mkdir()
            variables = await self.services.variables(job.snippet.header.services)
            await launcher.run(replace(job.snippet, path=path), job.environment, directory, variables)

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
        self.outcomes[number] = replace(outcome, entry=None, problems=(*outcome.problems, problem))
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


def in_order() -> bool:
    """Whether recordings made here keep the order of writes to both streams."""
    return sockets_work()
