"""All that must be true before pages are rendered: every program recorded, every block resolvable, nothing drifted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from runnable import page
from runnable.difference import drift
from runnable.memory import Memory
from runnable.outcome import Outcome, look
from runnable.problem import Problem, ProblemsError, listed
from runnable.project import Project
from runnable.recording import Absence, Recording, Unread
from runnable.snippet import Snippet, find_snippets
from runnable.stamps import in_order
from runnable.text import read
from runnable.transcript import transcript_place


@dataclass(frozen=True)
class Survey:
    """What a recording of the project found. `seconds` is how long it took."""

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    by_slug: dict[str, tuple[Problem, ...]]
    """The problems of each program that has any, for the page that shows it."""
    seconds: float

    def __str__(self) -> str:
        ran = [outcome for outcome in self.outcomes if outcome.ran]
        absent = [outcome for outcome in self.outcomes if isinstance(outcome.found, Absence)]
        fresh = [outcome for outcome in self.outcomes if not outcome.ran and outcome.is_recorded]
        parts = [f"{len(ran)} ran", f"{len(fresh)} fresh"]
        if absent:
            parts.append(f"{len(absent)} cannot run here")
        alone = sum(outcome.seconds for outcome in ran)
        return f"{listed(parts)}: {self.seconds:.1f} s; one after another: {alone:.1f} s"

    def check(self) -> None:
        """Raises ProblemsError where anything is wrong."""
        if self.problems:
            raise ProblemsError(self.problems)


def survey(
    project: Project,
    *,
    only: Sequence[str] = (),
    force: bool = False,
    report: Callable[[Outcome, int], None] = lambda outcome, of: None,
) -> Survey:
    """Records what is stale and checks everything. `report` is given each outcome and how many there will be.

    `only` names programs, by path or slug, or folders of them: the others are left as they are.
    """
    began = time.monotonic()
    snippets, problems = find_snippets(project)
    chosen = select(project, snippets, only) if only else snippets
    if not only:
        problems += page.check_pages(project, snippets)
    memory = Memory.of(project)
    outcomes = _recorded(project, chosen, force=force, report=lambda outcome: report(outcome, len(chosen)))
    drifted = {outcome.snippet.slug: _drifted(outcome, memory) for outcome in outcomes}
    # Those that drift but were fresh are run again: the machine may have been busy when they were recorded.
    doubtful = [outcome.snippet for outcome in outcomes if not outcome.ran and drifted[outcome.snippet.slug]]
    if doubtful:
        of = len(outcomes) + len(doubtful)
        again = _recorded(project, doubtful, force=True, report=lambda outcome: report(outcome, of))
        anew = {outcome.snippet.slug: outcome for outcome in again}
        outcomes = [anew.get(outcome.snippet.slug, outcome) for outcome in outcomes]
        drifted |= {slug: _drifted(outcome, memory) for slug, outcome in anew.items()}
    wrong = {outcome.snippet.slug: [*outcome.problems, *drifted[outcome.snippet.slug]] for outcome in outcomes}
    memory.keep()
    shown_on = page.used_by(project) if any(wrong.values()) else {}
    by_slug = {
        slug: tuple(_with_pages(problem, shown_on.get(slug, [])) for problem in found)
        for slug, found in wrong.items()
        if found
    }
    problems.extend(problem for found in by_slug.values() for problem in found)
    return Survey(tuple(outcomes), tuple(sorted(set(problems), key=_place)), by_slug, time.monotonic() - began)


def _recorded(
    project: Project, snippets: Sequence[Snippet], *, force: bool, report: Callable[[Outcome], None]
) -> list[Outcome]:
    """What `record` returns. Where nothing is stale, what runs programs is not even imported."""
    outcomes, stale = look(project, snippets, force=force, report=report)
    if stale:
        from runnable.record import run  # noqa: PLC0415 - see above

        outcomes |= run(project, stale, report=report)
    return [outcomes[number] for number in range(len(snippets))]


def select(project: Project, snippets: Sequence[Snippet], names: Sequence[str]) -> list[Snippet]:
    """The programs that `names` stand for: paths, slugs, or folders. Raises ProblemsError for a name of none."""
    chosen: dict[str, Snippet] = {}
    problems = []
    for name in names:
        slug = (
            name.replace("\\", "/")
            .removeprefix("./")
            .removeprefix("snippets/")
            .removesuffix(".py")
            .removesuffix(".out")
        )
        slug = slug.strip("/")
        found = [
            snippet for snippet in snippets if slug in {snippet.slug, "snippets"} or snippet.slug.startswith(f"{slug}/")
        ]
        if not found:
            problems.append(Problem(name, None, "no snippet has this name. Name a file or a folder in snippets/."))
        chosen |= {snippet.slug: snippet for snippet in found}
    if problems:
        raise ProblemsError(problems)
    return list(chosen.values())


def transcript_text(snippet: Snippet) -> str | None:
    """The text of the program's transcript as it is in its file, line ends and all; None where there is none.

    Raises ProblemsError where it cannot be read.
    """
    path = snippet.transcript_path
    return read(path, transcript_place(snippet)) if path.exists() else None


def _drifted(outcome: Outcome, memory: Memory) -> list[Problem]:
    if not isinstance(outcome.found, (Recording, Unread)):
        return []
    snippet, ordered = outcome.snippet, in_order()
    try:
        text = transcript_text(snippet)
    except ProblemsError as error:
        return list(error.problems)
    fits = "\0".join(
        ("it fits its transcript", outcome.found.checksum, snippet.place, snippet.command, str(ordered), text or "")
    )
    if outcome.found.checksum and memory.knows(fits):
        return []
    entry = outcome.entry
    assert isinstance(entry, Recording)
    problem = drift(snippet, text, entry, ordered=ordered)
    if problem is None and entry.checksum:
        memory.note(fits)
    return [problem] if problem else []


def _with_pages(problem: Problem, pages: Sequence[tuple[str, int]]) -> Problem:
    # What is wrong elsewhere, with the cache for one, is told once, not once for each program.
    if not pages or not problem.place.startswith("snippets/"):
        return problem
    where = listed(f"{place}:{line}" for place, line in pages)
    return replace(problem, details=f"{problem.details}\nShown on {where}.".lstrip("\n"))


def _place(problem: Problem) -> tuple[str, int, str]:
    return problem.place, problem.line or 0, problem.what
