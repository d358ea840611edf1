"""The command line: python -m runnable record | accept | stability | compare | services | browser | finish."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from runnable import contest, ways
from runnable.acceptance import accepted
from runnable.downloads import lay_out
from runnable.finish import finish
from runnable.inventory import inventory
from runnable.kit.offer import offered
from runnable.problem import Problem, ProblemsError
from runnable.project import Project
from runnable.record import Outcome, in_order, record
from runnable.recording import Recording
from runnable.snippet import Snippet, find_snippets
from runnable.stability import summary, watch
from runnable.survey import Survey, select, survey, transcript_text
from runnable.visible import visible


class Reporter:
    """Shows how a recording goes: a bar on a terminal, a plain line a program elsewhere."""

    def __init__(self, console: Console, doing: str = "recording") -> None:
        self._console = console
        self._progress = Progress(
            TextColumn(doing),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[latest]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task(doing, total=None, latest="")

    def __enter__(self) -> Reporter:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, outcome: Outcome, of: int) -> None:
        """Takes one outcome; `of` is how many there will be."""
        latest = outcome.snippet.slug if outcome.ran else ""
        self._progress.update(self._task, total=of, advance=1, latest=latest)
        if outcome.ran and not self._console.is_terminal:
            print(f"ran {outcome.snippet.place} in {outcome.seconds:.2f} s", flush=True)


def surveyed(project: Project, only: list[str], *, force: bool = False) -> Survey:
    """Records with a report on the terminal."""
    with Reporter(Console(file=sys.stdout)) as reporter:
        return survey(project, only=only, force=force, report=reporter)


def command_record(project: Project, options: argparse.Namespace) -> int:
    """Runs what is stale and compares it with the transcripts."""
    found = surveyed(project, options.snippets, force=options.force)
    print(found)
    found.check()
    lay_out(project, offered(project, print))
    return 0


def command_browser(project: Project, options: argparse.Namespace) -> int:
    """Gets and makes what runs programs in the reader's browser, and tells what it weighs."""
    del options
    found = offered(project, print, required=True)
    if found is None:
        print("This project offers no programs in the browser: its pyproject.toml does not say “browser = true”.")
        return 0
    for part in (found.runtime, found.ours):
        for name, path in part.files.items():
            print(f"{path.stat().st_size:>12,}  {name}")
        print(f"{sum(path.stat().st_size for path in part.files.values()):>12,}  {part.folder}")
    return 0


def command_finish(project: Project, options: argparse.Namespace) -> int:
    """Does what MkDocs' hook does after a build."""
    found = offered(project, print)
    places = found.places if found else {}
    there = all((options.site / place).is_dir() for place in places.values())
    count = finish(options.site, places if there else {})
    print(f"{count} pages")
    return 0


def command_accept(project: Project, options: argparse.Namespace) -> int:
    """Rewrites the transcripts that no longer fit."""
    snippets, problems = find_snippets(project)
    if options.snippets:
        snippets = select(project, snippets, options.snippets)
    with Reporter(Console(file=sys.stdout)) as reporter:
        outcomes = record(project, snippets, report=lambda outcome: reporter(outcome, len(snippets)))
    changed = 0
    for outcome in outcomes:
        problems.extend(outcome.problems)
        if not isinstance(outcome.entry, Recording):
            continue
        path = outcome.snippet.transcript_path
        old = transcript_text(outcome.snippet)
        new = accepted(outcome.snippet, old, outcome.entry, ordered=in_order())
        if old != new:
            changed += 1
            path.write_bytes(new.encode())
            print(project.relative(path))
            rows = difflib.unified_diff((old or "").splitlines(), new.splitlines(), "was", "is", n=1, lineterm="")
            print(*map(visible, rows), sep="\n")  # The old one may hold escapes that somebody pasted.
    same = len(outcomes) - changed
    plural = "" if changed == 1 else "s"
    print(f"{changed} transcript{plural} changed, {same} as {'it was' if same == 1 else 'they were'}.")
    if problems:
        raise ProblemsError(problems)
    return 0


def command_stability(project: Project, options: argparse.Namespace) -> int:
    """Runs programs repeatedly, half of the runs with all cores busy, and tells what varies."""
    snippets, problems = find_snippets(project)
    if problems:
        raise ProblemsError(problems)
    if options.snippets:
        snippets = select(project, snippets, options.snippets)
    transcripts = {snippet.slug: transcript_text(snippet) for snippet in snippets}

    def run(chosen: Sequence[Snippet]) -> Iterator[Recording | Problem]:
        for outcome in record(project, chosen, force=True, keep=False):
            yield from outcome.problems
            if isinstance(outcome.entry, Recording):
                yield outcome.entry

    def progress(done: int) -> None:
        print(f"run {done} of {options.runs}", flush=True)

    variations = watch(snippets, transcripts, run, runs=options.runs, ordered=in_order(), progress=progress)
    print(summary(variations))
    return int(any(variation.flaky for variation in variations))


def command_compare(project: Project, options: argparse.Namespace) -> int:
    """Measures tasks, threads, processes and interpreters on this machine, and tells what came of it."""
    console = Console(file=sys.stdout, highlight=False)
    with Reporter(console, "measuring") as reporter:
        held = contest.hold(
            project,
            rounds=options.rounds,
            report=lambda outcome: reporter(outcome, len(ways.PROGRAMS) * options.rounds),
        )
    for table in contest.tables(held.figures):
        console.print(table)
    for sentence in (*ways.verdict(held.figures), *held.remarks, str(held)):
        console.print(sentence, soft_wrap=not console.is_terminal)
    return 0


def command_services(project: Project, options: argparse.Namespace) -> int:
    """Shows which services the programs need, where they are, and how to start those that are missing."""
    del options
    snippets, _ = find_snippets(project)
    text, complete = inventory(project, snippets)
    print(text)
    return int(not complete)


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; the exit status is 1 where something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m runnable", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    record_parser = commands.add_parser("record", help="run what is stale, compare it with the transcripts")
    record_parser.add_argument("--force", action="store_true", help="run all, stale or not")
    record_parser.set_defaults(run=command_record)
    accept_parser = commands.add_parser("accept", help="rewrite the transcripts that no longer fit")
    accept_parser.set_defaults(run=command_accept)
    stability_parser = commands.add_parser("stability", help="run repeatedly, tell which output varies and how")
    stability_parser.add_argument("--runs", type=_count, default=20, help="how often each is run (20)")
    stability_parser.set_defaults(run=command_stability)
    compare_parser = commands.add_parser("compare", help="measure tasks, threads and processes on this machine")
    compare_parser.add_argument("--rounds", type=_count, default=contest.ROUNDS, help="how often, if time allows (3)")
    compare_parser.set_defaults(run=command_compare)
    services_parser = commands.add_parser("services", help="show which servers programs need, found and missing")
    services_parser.set_defaults(run=command_services)
    browser_parser = commands.add_parser("browser", help="get and make what runs programs in the reader's browser")
    browser_parser.set_defaults(run=command_browser)
    finish_parser = commands.add_parser(
        "finish", help="write into built pages where Python is, and what may run in them"
    )
    finish_parser.add_argument("site", type=Path, help="the folder of the built site")
    finish_parser.set_defaults(run=command_finish)
    for each in (record_parser, accept_parser, stability_parser):
        each.add_argument("snippets", nargs="*", help="files or folders in snippets/; all when left out")
    options = parser.parse_args(arguments)
    try:
        project = Project.at()
        if not project.snippets.is_dir():
            what = f"there is no such folder in {project.root}. Run this in the folder of the project."
            raise ProblemsError([Problem("snippets", None, what)])
        status: int = options.run(project, options)
    except ProblemsError as error:
        print(error, file=sys.stderr)
        count = len(error.problems)
        print(f"\n{count} problem{'s' if count > 1 else ''}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return status


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number above 0")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
