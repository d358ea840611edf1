"""What is known of programs without running any: the recordings that are fresh, and what the other programs need.

Nothing here imports what runs programs: most builds run none, and are to know it soon.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from runnable import interpreter
from runnable.header import DEFAULT_TIMEOUT, PLATFORMS
from runnable.interpreter import DependencyMissingError, Environment, EnvironmentMissingError, MissingError
from runnable.problem import Problem, listed, nearest
from runnable.project import Project, in_ci
from runnable.recording import RECORDER_VERSION, Absence, Cache, Recording, Unread, digest
from runnable.snippet import Snippet, local_files


@dataclass(frozen=True)
class Outcome:
    """What is known of a program after recording: its recording, or why there is none."""

    snippet: Snippet
    found: Recording | Unread | Absence | None
    problems: tuple[Problem, ...] = ()
    ran: bool = False
    seconds: float = 0.0
    """How long this run took; 0 where the recording was fresh."""

    @property
    def is_recorded(self) -> bool:
        """Whether there is a recording."""
        return isinstance(self.found, (Recording, Unread))

    @property
    def entry(self) -> Recording | Absence | None:
        """What was found, read."""
        return self.found.read() if isinstance(self.found, Unread) else self.found


@dataclass(frozen=True)
class Job:
    """A program that is to run: what with, and the key of its recording. `number` is its place among all."""

    number: int
    snippet: Snippet
    environment: Environment
    key: str
    expected: float
    """The seconds that it may take, as far as one can tell before."""


def look(
    project: Project,
    snippets: Sequence[Snippet],
    *,
    force: bool = False,
    keep: bool = True,
    report: Callable[[Outcome], None] = lambda outcome: None,
) -> tuple[dict[int, Outcome], list[Job]]:
    """The outcomes that are known, by the numbers of the programs, and the jobs of those that are stale (`force`: all).

    `report` is given each outcome. `keep=False` leaves the cache as it is.
    """
    interpreter.forget()
    cache = Cache(project)
    environments = _Environments(project)
    outcomes: dict[int, Outcome] = {}
    stale: list[Job] = []
    for number, snippet in enumerate(snippets):
        found = _known(project, cache, environments, snippet, force=force)
        if isinstance(found, Outcome):
            if keep and isinstance(found.found, Absence) and cache.load(snippet.slug) != found.found:
                found = kept(project, cache, found)
            outcomes[number] = found
            report(found)
        else:
            stale.append(Job(number, snippet, *found, _expected(snippet, cache.load(snippet.slug))))
    return outcomes, stale


def _expected(snippet: Snippet, entry: Recording | Absence | None) -> float:
    """As long as the last time; where there was none, who asks for more time than others is taken to need more."""
    return entry.seconds if isinstance(entry, Recording) else snippet.header.timeout / DEFAULT_TIMEOUT


class _Environments:
    """The environments that headers ask for: programs ask for few different ones."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[object, Environment] = {}

    def of(self, snippet: Snippet) -> Environment:
        """That of a program. Raises MissingError."""
        needed = snippet.header.requires_python, snippet.header.dependencies
        found = self._known.get(needed)
        if found is None:
            found = self._known[needed] = interpreter.environment(*needed, self._project)
        return found


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


def _known(
    project: Project, cache: Cache, environments: _Environments, snippet: Snippet, *, force: bool
) -> Outcome | tuple[Environment, str]:
    """What is known of a program without running it, or what it is to be run with and the key of that."""
    try:
        environment = environments.of(snippet)
        missing = _other_platform(snippet) or _missing_service(project, snippet)
    except DependencyMissingError as error:
        return Outcome(snippet, None, (_missing(snippet, error),))
    except EnvironmentMissingError as error:
        missing = _missing(snippet, error)
    if missing is None:
        fresh = key(snippet, environment)
        unread = None if force else cache.unread(snippet.slug)
        if unread is not None and unread.key == fresh:
            return Outcome(snippet, unread)
        return environment, fresh
    if missing.what.startswith("unknown service") or in_ci() or not snippet.transcript_path.exists():
        return Outcome(snippet, None, (missing,))
    return Outcome(snippet, Absence(snippet.slug, digest(snippet), missing.what))


def _missing(snippet: Snippet, error: MissingError) -> Problem:
    return Problem(snippet.place, snippet.header_line(error.key), str(error), error.details)


def _other_platform(snippet: Snippet) -> Problem | None:
    platforms = snippet.header.platforms
    here = {"win32": "windows", "darwin": "macos"}.get(sys.platform, sys.platform)
    if not platforms or here in platforms:
        return None
    what = f"it runs on {listed(PLATFORMS[each] for each in platforms)} only, and this is {PLATFORMS.get(here, here)}."
    return Problem(snippet.place, snippet.header_line("platforms"), f"{what} Record it there.")


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
        from runnable.services import whereabouts  # noqa: PLC0415 - most programs need no service

        if missing := whereabouts(service).missing:
            return Problem(snippet.place, line, missing)
    return None


def kept(project: Project, cache: Cache, outcome: Outcome) -> Outcome:
    """The outcome with its entry in the cache, or with the problem that it cannot be kept."""
    assert isinstance(outcome.found, (Recording, Absence))
    try:
        return replace(outcome, found=cache.save(outcome.found))
    except OSError as error:
        return replace(outcome, found=None, problems=(cannot_keep(project, error),))


def cannot_keep(project: Project, error: OSError) -> Problem:
    """That the cache cannot be written."""
    reason = f"recordings cannot be kept here: {error.strerror}"
    what = f"{reason}. Make the folder writable, or name another in RUNNABLE_CACHE."
    return Problem(project.relative(project.cache / "recordings"), None, what)
