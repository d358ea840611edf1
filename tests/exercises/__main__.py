"""Check what a reader has written for an exercise, and say what came of it: python tests/exercises SECTION/TASK.

    make exercise TASK=getting-started/two_pots
    make exercise TASK=getting-started/two_pots FILE=mine.py
    make exercise TASK=getting-started

Exit status: 0 where all checks pass, 1 where one fails, 2 where there is no such task or file.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from runnable.problem import listed, nearest

CHECKS = Path(__file__).resolve().parent
ROOT = CHECKS.parents[1]
SHOWN = 30
"""Lines of output shown of a program that does not pass."""


@dataclass(frozen=True)
class Task:
    """One exercise: `section` and `name` as in snippets/<section>/exercises/<name>.py."""

    section: str
    name: str

    def __str__(self) -> str:
        return f"{self.section}/{self.name}"

    @property
    def check(self) -> Path:
        """The tests that a right program passes."""
        return CHECKS / self.section / f"test_{self.name}.py"

    def file(self, ending: str = "") -> Path:
        """The starting program, which the reader edits; with `_solution` the solution."""
        return ROOT / "snippets" / self.section / "exercises" / f"{self.name}{ending}.py"


def every_task() -> list[Task]:
    """All exercises, in the order of their names."""
    found = sorted(CHECKS.glob("*/test_*.py"))
    return [Task(path.parent.name, path.stem.removeprefix("test_")) for path in found]


@dataclass
class Watcher:
    """A pytest plugin: what each check said, and what the program had printed."""

    passed: int = 0
    skipped: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """The name of a check, in words → what it said."""
    printed: list[object] = field(default_factory=list)
    """The lines of the first run that did not satisfy a check, as recordings have them."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Takes in one phase of one check."""
        report = yield
        if call.excinfo is not None and report.skipped:
            self.skipped.append(str(call.excinfo.value))
        elif call.excinfo is not None:
            self.failed[item.name.removeprefix("test_").replace("_", " ")] = said(call.excinfo.value, item.path)
            runs = [run for kind, run in item.user_properties if kind == "run"]
            if runs and not self.printed:
                self.printed = runs[-1].lines
        elif call.when == "call":
            self.passed += 1
        return report


def said(error: BaseException, check: Path) -> str:
    """What a check says to the reader."""
    if isinstance(error, (AssertionError, pytest.fail.Exception)) and str(error):
        return str(error)
    line = 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(check):
            line = trace.tb_lineno
        trace = trace.tb_next
    where = f"{check.relative_to(ROOT).as_posix()}:{line}"
    return f"The check in {where} could make nothing of this output: {type(error).__name__}: {error}"


def checked(task: Task, options: list[str]) -> Watcher:
    """Runs the checks of one task. Raises RuntimeError, with what pytest said, where they cannot be run."""
    watcher = Watcher()
    kept = io.StringIO()
    # Plain: a check's own words, without pytest's account of how they came about.
    settings = ["--assert=plain", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    with contextlib.redirect_stdout(kept), contextlib.redirect_stderr(kept):
        status = pytest.main([str(task.check), *settings, *options], plugins=[watcher])
    if status not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        raise RuntimeError(kept.getvalue())
    return watcher


def verdict(task: Task, file: str, found: Watcher) -> str:
    """What the reader is told about one program."""
    if found.failed:
        parts = [f"{file} does not pass yet."]
        parts += [f"✗ {name}\n{textwrap.indent(words, '  ')}" for name, words in once(found.failed).items()]
        parts += [printed(found.printed)] if found.printed else []
        total = found.passed + len(found.failed)
        parts.append(f"{found.passed} of {total} check{'s' if total > 1 else ''} passed.")
        return "\n\n".join(parts)
    if found.skipped:
        return f"{file} could not be checked: {found.skipped[0]}"
    count = f"{found.passed} checks" if found.passed > 1 else "the check"
    return f"{file} passes {count}. Compare it with the solution on the page: docs/{task.section}/exercises.md"


def once(failed: dict[str, str]) -> dict[str, str]:
    """The same, where checks that say the same share one entry."""
    names: dict[str, list[str]] = {}
    for name, words in failed.items():
        names.setdefault(words, []).append(name)
    return {"\n✗ ".join(those): words for words, those in names.items()}


def printed(lines: list) -> str:
    """What a program printed, each line with its second; of a long output the end."""
    rows = [f"  {line.second:7.2f} s  {'2> ' if line.stream == 'err' else ''}{line.text}".rstrip() for line in lines]
    rows = [row.replace(f"{ROOT}/", "") for row in rows]
    head = "What it printed, and when:"
    if len(rows) > SHOWN:
        head = f"What it printed, and when (the last {SHOWN} of {len(rows)} lines):"
    return "\n".join([head, *rows[-SHOWN:]])


def chosen(name: str, tasks: list[Task]) -> list[Task]:
    """The tasks that `name` means: one, or those of a section. Raises LookupError with what to do."""
    found = [task for task in tasks if name in {str(task), task.section}]
    if found:
        return found
    if not name:
        every = "\n".join(f"  make exercise TASK={task}" for task in tasks)
        raise LookupError(f"no task is named. Choose one:\n{every}")
    *_, section, bare = ["", *name.strip("/").split("/")]
    bare = bare.removesuffix(".py").removeprefix("test_")
    same = [str(task) for task in tasks if bare in {task.name, f"{task.name}_solution"}]
    inside = [task for task in tasks if task.section == section] or tasks
    alike = [
        str(task) for near in nearest(bare, [task.name for task in inside]) for task in inside if task.name == near
    ]
    sections = nearest(name, sorted({task.section for task in tasks}))
    near = list(dict.fromkeys(same or alike or sections))[:3]
    advice = f"Did you mean {listed(near, last='or')}?" if near else "“make exercise” alone lists them."
    raise LookupError(f"there is no task “{name}”. {advice}")


def main(arguments: list[str] | None = None) -> int:
    """Checks what the command line names."""
    parser = argparse.ArgumentParser(prog="make exercise", description=__doc__.partition(":")[0])
    parser.add_argument("task", nargs="?", default="", help="section/task, or a section for its three tasks")
    parser.add_argument("--file", default="", help="the program to check, where it is not the exercise's own file")
    parser.add_argument("--solution", action="store_true", help="check the solution")
    given = parser.parse_args(arguments)
    try:
        tasks = chosen(given.task, every_task())
        if given.file and len(tasks) > 1:
            raise LookupError(f"FILE is for one task, but “{given.task}” has {len(tasks)}. Name one of them.")
        file = Path(given.file).resolve() if given.file else None
        if file is not None and not file.is_file():
            raise LookupError(f"there is no file {given.file}. Check its path.")
    except LookupError as error:
        print(f"exercise: {error.args[0]}", file=sys.stderr)
        return 2
    options = [f"--attempt={file}"] if file is not None else ["--solution"] if given.solution else []
    failed = False
    for number, task in enumerate(tasks):
        found = checked(task, options)
        shown = given.file or task.file("_solution" if given.solution else "").relative_to(ROOT).as_posix()
        print(("\n" if number else "") + verdict(task, shown, found), flush=True)
        failed |= bool(found.failed)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
