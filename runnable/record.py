"""Run programs, many at once, each alone and on a clock, and keep what they did."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from runnable import claim, interpreter, verdict
from runnable.capture import sockets_work
from runnable.interpreter import DependencyMissingError, Environment, EnvironmentMissingError
from runnable.problem import Problem, listed, nearest
from runnable.process import Launcher, describe
from runnable.project import Project, in_ci
from runnable.recording import RECORDER_VERSION, Absence, Cache, Recording, assemble, digest
from runnable.snippet import Snippet, local_files

AT_ONCE = 100
"""Programs that run at the same time; most of them wait most of the time."""

# The folder of an interpreter's library, whichever it is, wherever it lies.
_LIBRARY = re.compile(r"(?:(?<=\W)|^)/(?:[^\s\"'/:<>]+/)*(?=lib/python3\.\d+/)")


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
        str(RECORDER_VERSION),
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
    at_once: int = AT_ONCE,
    keep: bool = True,
    report: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Runs the programs whose recording is stale (`force`: all) and returns an outcome for each, in the same order.

    `report` is called as each becomes known. `keep=False` leaves the cache as it is.
    `fork=False` starts plain processes.
    """
    cache = Cache(project)
    outcomes: dict[int, Outcome] = {}
    stale: list[tuple[int, Snippet, Environment, str]] = []
    for number, snippet in enumerate(snippets):
        outcome = _known(project, cache, snippet, force=force, keep=keep)
        if isinstance(outcome, Outcome):
            outcomes[number] = outcome
            report(outcome)
        else:
            stale.append((number, snippet, *outcome))
    if stale:
        problem = _unwritable(project) if keep else None
        if problem is not None:
            return [
                outcomes.get(number) or Outcome(snippet, None, (problem,)) for number, snippet in enumerate(snippets)
            ]
        batch = _Batch(project, cache, fork=fork, at_once=at_once, keep=keep, report=report)
        outcomes |= asyncio.run(batch.run(stale))
    return [outcomes[number] for number in range(len(snippets))]


def _known(
    project: Project, cache: Cache, snippet: Snippet, *, force: bool, keep: bool
) -> Outcome | tuple[Environment, str]:
    """What is known of a program without running it, or what it is to be run with."""
    header = snippet.header
    try:
        environment = interpreter.environment(header.requires_python, header.dependencies, project)
        missing = _missing_service(project, snippet)
    except DependencyMissingError as error:
        line = snippet.header_line("dependencies")
        return Outcome(snippet, None, (Problem(snippet.place, line, str(error)),))
    except EnvironmentMissingError as error:
        missing = Problem(snippet.place, snippet.header_line("requires-python"), str(error))
    if missing is None:
        fresh = key(snippet, environment)
        entry = None if force else cache.load(snippet.slug)
        if isinstance(entry, Recording) and entry.key == fresh:
            return Outcome(snippet, entry)
        return environment, fresh
    if missing.what.startswith("unknown service") or in_ci() or not snippet.transcript_path.exists():
        return Outcome(snippet, None, (missing,))
    absence = Absence(snippet.slug, digest(snippet), missing.what)
    if keep and cache.load(snippet.slug) != absence:
        cache.save(absence)
    return Outcome(snippet, absence)


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
        if not claim.answers(service):
            host, port = service.address
            return Problem(
                snippet.place, line, f"it needs {name}, but nothing answers at {host}:{port}. {service.start}"
            )
    return None


def _unwritable(project: Project) -> Problem | None:
    """Says why the cache cannot be written, before any program is run for it."""
    folder = project.cache / "recordings"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        what = (
            f"recordings cannot be kept here: {error.strerror}. "
            "Make the folder writable, or name another in RUNNABLE_CACHE."
        )
        return Problem(project.relative(folder), None, what)


class _Batch:
    """The runs of one recording."""

    def __init__(
        self,
        project: Project,
        cache: Cache,
        *,
        fork: bool,
        at_once: int,
        keep: bool,
        report: Callable[[Outcome], None],
    ) -> None:
        self._project, self._cache, self._keep, self._report = project, cache, keep, report
        self._fork, self._at_once = fork, at_once

    async def run(self, stale: Iterable[tuple[int, Snippet, Environment, str]]) -> dict[int, Outcome]:
        stale = list(stale)
        places = asyncio.Semaphore(self._at_once)
        root = Path(tempfile.mkdtemp(prefix="runnable-")).resolve()
        outcomes: dict[int, Outcome] = {}
        before = _signature(self._project)
        try:
            async with Launcher(fork=self._fork) as launcher:

                async def one(number: int, snippet: Snippet, environment: Environment, fresh: str) -> None:
                    async with claim.held(_claims(snippet)), places:
                        outcome = await self._one(launcher, snippet, environment, fresh, root / str(number))
                    outcomes[number] = outcome
                    self._report(outcome)

                async with asyncio.TaskGroup() as group:
                    for item in stale:
                        group.create_task(one(*item))
                self._blame_escaped(outcomes, root)
                if _signature(self._project) != before:
                    await self._blame_writers(launcher, stale, outcomes, before, root)
        finally:
            shutil.rmtree(root, ignore_errors=True)
        return outcomes

    async def _one(
        self, launcher: Launcher, snippet: Snippet, environment: Environment, fresh: str, directory: Path
    ) -> Outcome:
        for port in snippet.header.ports:
            if holder := claim.port_holder(port):
                what = f"its port {port} is taken by {holder}. End that, or give the program another port."
                return Outcome(snippet, None, (Problem(snippet.place, snippet.header_line("ports"), what),))
        directory.mkdir()
        ended = await launcher.run(snippet, environment, directory)

        def shorten(text: str) -> str:
            return shortened(text, self._project, directory)

        writes = tuple(
            replace(write, text=shorten(write.text)) if "/" in write.text or "\\" in write.text else write
            for write in ended.capture.writes(ended.began_ns)
        )
        problems = verdict.problems_of(snippet, ended, assemble(writes), shorten)
        if problems:
            return Outcome(snippet, None, tuple(problems), ran=True, seconds=ended.seconds)
        recording = Recording(
            slug=snippet.slug,
            digest=digest(snippet),
            key=fresh,
            interpreter=str(environment.interpreter),
            exit=ended.status,
            seconds=ended.seconds,
            writes=writes,
        )
        if self._keep:
            self._cache.save(recording)
        return Outcome(snippet, recording, ran=True, seconds=ended.seconds)

    def _blame_escaped(self, outcomes: dict[int, Outcome], root: Path) -> None:
        """Ends processes that left their program's group but still stand in its working directory."""
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, ValueError, OSError):
                directory = Path(process.cwd()).relative_to(root)
                if not directory.parts or process.pid == os.getpid():
                    continue
                number = int(directory.parts[0])
                what = f"it ended and left running: {describe(process)}. End what it starts before it ends."
                process.kill()
                self._reject(outcomes, number, what)

    async def _blame_writers(
        self,
        launcher: Launcher,
        stale: list[tuple[int, Snippet, Environment, str]],
        outcomes: dict[int, Outcome],
        before: dict[str, tuple[int, int]],
        root: Path,
    ) -> None:
        """Finds the program that changed files of the project, if one did: an editor may have been at work as well.

        While many run, nobody can tell. So all are run once more; if the same files change again, the half that does it
        is halved until one program is left.
        """
        suspects = [item for item in stale if outcomes[item[0]].ran]
        changed = _changed(before, _signature(self._project))
        again = await self._changed_by(launcher, suspects, root) & changed
        if not again:
            return
        while len(suspects) > 1:
            half = suspects[: len(suspects) // 2]
            suspects = half if await self._changed_by(launcher, half, root) & again else suspects[len(half) :]
        names = listed(sorted(again)[:3])
        what = f"it changed {names}. Let it write in its working directory, which is its own, and restore the file."
        self._reject(outcomes, suspects[0][0], what)

    async def _changed_by(
        self, launcher: Launcher, suspects: list[tuple[int, Snippet, Environment, str]], root: Path
    ) -> set[str]:
        """The files of the project that change while these programs run."""
        before = _signature(self._project)

        async def one(snippet: Snippet, environment: Environment) -> None:
            async with claim.held(_claims(snippet)):
                await launcher.run(snippet, environment, Path(tempfile.mkdtemp(dir=root)))

        async with asyncio.TaskGroup() as group:
            for _, snippet, environment, _ in suspects:
                group.create_task(one(snippet, environment))
        return _changed(before, _signature(self._project))

    def _reject(self, outcomes: dict[int, Outcome], number: int, what: str) -> None:
        outcome = outcomes[number]
        problem = Problem(outcome.snippet.place, None, what)
        outcomes[number] = replace(outcome, entry=None, problems=(*outcome.problems, problem))
        if self._keep:
            self._cache.forget(outcome.snippet.slug)


def _claims(snippet: Snippet) -> list[str]:
    return [f"port-{port}" for port in snippet.header.ports] + [f"service-{name}" for name in snippet.header.services]


def shortened(text: str, project: Project, directory: Path) -> str:
    """`text` without the folders that differ between machines: the project's, the program's own, the library's."""
    text = _LIBRARY.sub("", text)
    for folder in (str(directory), str(project.root)):
        text = text.replace(folder + os.sep, "").replace(folder, ".")
    return text


def _changed(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> set[str]:
    """The names of the files that were changed, made or deleted."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _signature(project: Project) -> dict[str, tuple[int, int]]:
    """The project's own files with time and size; what tools make is left out."""
    found: dict[str, tuple[int, int]] = {}
    folders = [str(project.root)]
    skipped = {"__pycache__", "site", "node_modules", "build", "dist"}
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name in skipped:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    found[project.relative(Path(entry.path))] = status.st_mtime_ns, status.st_size
    return found


def in_order() -> bool:
    """Whether recordings made here keep the order of writes to both streams."""
    return sockets_work()
