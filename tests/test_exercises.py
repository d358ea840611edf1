"""Every exercise: its check fails on the starting program and passes on the solution, both in helpful words."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .running import PROJECT, ROOT

CHECKS = ROOT / "tests" / "exercises"
SECTIONS = sorted(path.parent.name for path in PROJECT.docs.glob("*/exercises.md"))
SOLUTION = "_solution"


def exercise(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What `make exercise` runs."""
    command = [sys.executable, str(CHECKS), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=110, check=False)


def tasks(section: str) -> list[str]:
    """The tasks of a section: the programs in its folder that have a solution beside them."""
    folder = PROJECT.snippets / section / "exercises"
    return sorted(path.stem.removesuffix(SOLUTION) for path in folder.glob(f"*{SOLUTION}.py"))


def test_there_are_exercises() -> None:
    assert len(SECTIONS) >= 3


# What each section must have


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_has_three_tasks_each_with_start_solution_and_check(section: str) -> None:
    folder = PROJECT.snippets / section / "exercises"
    expected = {f"{task}{ending}.py" for task in tasks(section) for ending in ("", SOLUTION)}
    assert {path.name for path in folder.glob("[!_]*.py")} == expected
    assert {path.name for path in (CHECKS / section).glob("test_*.py")} == {
        f"test_{task}.py" for task in tasks(section)
    }
    assert len(tasks(section)) == 3


@pytest.mark.parametrize("section", SECTIONS)
def test_the_page_shows_the_command_and_the_programs_of_each_task(section: str) -> None:
    text = (PROJECT.docs / section / "exercises.md").read_text("utf-8")
    commands = re.findall(r"```sh\n\s*(.*)\n\s*```", text)
    assert sorted(commands) == [f"make exercise TASK={section}/{task}" for task in tasks(section)]
    shown = re.findall(rf"\(\.\./\.\./snippets/{section}/exercises/(\w+)\.py\)(\{{[^}}]*\}})?", text)
    order = [re.search(r"\w+$", command)[0] for command in commands]
    assert [name for name, _ in shown] == [f"{task}{ending}" for task in order for ending in ("", SOLUTION)]
    for name, options in shown:
        if name.endswith(SOLUTION):
            assert "collapsed" in options, f"{name} shows the answer: add {{ collapsed }} to its block"
    for fold in ('??? tip "A hint"', '??? success "A solution"'):
        assert text.count(fold) == 3, f"each task of {section}/exercises.md has a fold that begins with: {fold}"


@pytest.mark.parametrize("path", sorted(CHECKS.glob("*/test_*.py")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_check_belongs_to_a_task_of_a_page(path: Path) -> None:
    assert path.parent.name in SECTIONS, f"there is no docs/{path.parent.name}/exercises.md"


# What the checks say


@pytest.mark.parametrize("section", SECTIONS)
def test_the_checks_fail_on_the_starting_programs_in_plain_words(section: str) -> None:
    done = exercise(section)
    assert done.stderr == ""
    assert done.returncode == 1
    parts = re.split(rf"^(?=snippets/{section}/exercises/)", done.stdout, flags=re.MULTILINE)[1:]
    assert len(parts) == 3
    for part, task in zip(parts, tasks(section), strict=True):
        assert part.startswith(f"snippets/{section}/exercises/{task}.py does not pass yet.\n\n✗ "), part
        said = part.partition("What it printed, and when")[0]
        for words in ("Traceback", "could make nothing of", "The program never ends", "The program had not ended"):
            assert words not in said, part
        for words in re.findall(r"^  (?!\s)(.*)$", said, re.MULTILINE):
            assert len(words) >= 40 or "line contains" in words, f"{task}: “{words}” tells the reader too little"


@pytest.mark.parametrize("section", SECTIONS)
def test_the_checks_pass_on_the_solutions(section: str) -> None:
    done = exercise(section, "--solution")
    assert done.returncode == 0, done.stdout
    page = f"Compare it with the solution on the page: docs/{section}/exercises.md"
    lines = done.stdout.split("\n\n")
    assert len(lines) == 3
    for line, task in zip(lines, tasks(section), strict=True):
        start = re.escape(f"snippets/{section}/exercises/{task}_solution.py passes")
        assert re.fullmatch(rf"{start} (the check|\d+ checks)\. {re.escape(page)}\n?", line)


# The command


def test_an_attempt_elsewhere_is_checked_and_its_output_shown(tmp_path: Path) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text('import asyncio\n\n\nasync def main():\n    print("Cairo: answered")\n\n\nasyncio.run(main())\n')
    done = exercise("getting-started/both_at_once", "--file", str(mine))
    assert done.stderr == ""
    assert done.stdout == (
        f"{mine} does not pass yet.\n\n"
        "✗ the waits overlap\n"
        "  no line contains “Bergen: answered”\n\n"
        "✗ both answers are used in the old order\n"
        "  The last line should still give both answers, Bergen's first. It is: Cairo: answered\n\n"
        "What it printed, and when:\n"
        "     0.00 s  Cairo: answered\n\n"
        "0 of 2 checks passed.\n"
    )
    assert done.returncode == 1


def test_another_right_solution_passes(tmp_path: Path) -> None:
    mine = tmp_path / "mine.py"
    start = (PROJECT.snippets / "getting-started" / "exercises" / "both_at_once.py").read_text()
    mine.write_text(
        start.replace('bergen = await ask("Bergen", 0.8)', 'task = asyncio.create_task(ask("Bergen", 0.8))').replace(
            'cairo = await ask("Cairo", 0.3)',
            'other = asyncio.create_task(ask("Cairo", 0.3))\n    bergen, cairo = await task, await other',
        )
    )
    done = exercise("getting-started/both_at_once", "--file", str(mine))
    assert done.stdout == (
        f"{mine} passes 2 checks. Compare it with the solution on the page: docs/getting-started/exercises.md\n"
    )
    assert done.returncode == 0


LOOPS = """\
import asyncio


async def main():
    while True:
        await asyncio.sleep(1)


print("on my way", flush=True)
asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (
            LOOPS.replace("asyncio.run(main())", "asyncio.run(asyncio.Event().wait())"),
            "The program never ends: all its tasks wait, and nothing is left that could wake one of them.",
        ),
        (
            LOOPS,
            "The program had not ended after ten seconds of computing, though its waits take no time here. "
            "A loop in it has no end.",
        ),
    ],
    ids=["waits", "loops"],
)
def test_an_attempt_that_does_not_end_is_told_why(tmp_path: Path, source: str, why: str) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text(source)
    done = exercise("getting-started/both_at_once", "--file", str(mine))
    assert done.stdout == (
        f"{mine} does not pass yet.\n\n"
        "✗ the waits overlap\n"
        "✗ both answers are used in the old order\n"
        f"  {why}\n\n"
        "What it printed, and when:\n"
        "     0.00 s  on my way\n\n"
        "0 of 2 checks passed.\n"
    )


def test_an_attempt_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    mine = tmp_path / "mine.py"
    mine.write_text("# /// script\n# requires = 1\n# ///\n")
    done = exercise("getting-started/both_at_once", "--file", str(mine))
    assert f"{mine}:2: unknown key “requires” in the header." in done.stdout
    mine.write_text("def main(:\n    pass\n")
    done = exercise("getting-started/both_at_once", "--file", str(mine))
    assert "SyntaxError" in done.stdout.partition("What it printed, and when")[2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["getting-started/both_at_onse"],
            "there is no task “getting-started/both_at_onse”. Did you mean getting-started/both_at_once?",
        ),
        (
            ["snippets/getting-started/exercises/letter_saved.py"],
            "there is no task “snippets/getting-started/exercises/letter_saved.py”. "
            "Did you mean getting-started/letter_saved?",
        ),
        (["geting-started"], "there is no task “geting-started”. Did you mean getting-started?"),
        (["zzz"], "there is no task “zzz”. “make exercise” alone lists them."),
        (["getting-started/both_at_once", "--file", "no.py"], "there is no file no.py. Check its path."),
        (
            ["getting-started", "--file", "no.py"],
            "FILE is for one task, but “getting-started” has 3. Name one of them.",
        ),
    ],
)
def test_what_cannot_be_checked_is_told(arguments: list[str], message: str) -> None:
    done = exercise(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"exercise: {message}\n")


def test_without_a_task_all_are_listed() -> None:
    done = exercise()
    every = [f"{section}/{task}" for section in SECTIONS for task in tasks(section)]
    listing = "".join(f"  make exercise TASK={task}\n" for task in every)
    assert (done.returncode, done.stderr) == (2, f"exercise: no task is named. Choose one:\n{listing}")


def test_make_runs_it() -> None:
    done = subprocess.run(
        ["make", "--no-print-directory", "-n", "exercise", "TASK=a/b"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.search(r'/python tests/exercises "a/b" --file ""$', done.stdout.strip())
