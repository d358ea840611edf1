"""`python -m runnable compare`: the programs themselves, with smaller numbers, and what comes of it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from runnable import ways
from runnable.contest import Contest, hold, tables
from runnable.machine import cores
from runnable.problem import ProblemsError
from runnable.project import Project

ROOT = Path(__file__).resolve().parents[1]
SMALLER = {
    "20": "4",
    "0.03": "0.02",
    "30_000": "3_000",
    "40_000": "3_000",
    "1_000, 10_000": "10, 50",
    "10_000": "500",
}


def smaller(slug: str) -> str:
    """The program of the guide, which has less to do."""
    source = (ROOT / "snippets" / f"{slug}.py").read_text("utf-8")
    for large, small in SMALLER.items():
        source = re.sub(rf"(?<![\w.]){re.escape(large)}(?![\w.])", small, source)
    return source


@pytest.fixture
def project(make_project) -> Project:
    files = {f"snippets/{slug}.py": smaller(slug) for slug in ways.PROGRAMS}
    return make_project(
        files | {"pyproject.toml": (ROOT / "pyproject.toml").read_text("utf-8"), "docs/index.md": "# Guide\n"}
    )


def test_the_programs_are_smaller() -> None:
    changed = [slug for slug in ways.PROGRAMS if smaller(slug) != (ROOT / "snippets" / f"{slug}.py").read_text("utf-8")]
    assert changed == list(ways.PROGRAMS)


def test_the_command_prints_tables_and_a_verdict_and_keeps_nothing(project: Project) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "runnable", "compare", "--rounds", "1"],
        cwd=project.root,
        capture_output=True,
        encoding="utf-8",
        timeout=110,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = {line[2:21].strip(): line[21:].split("  ") for line in done.stdout.splitlines() if line.startswith("  ")}
    for way in ("one after another", *ways.WAITING):
        assert way in rows, done.stdout
    for about in ("Waiting", "Computing", "Memory of one more that waits", "Taking turns", "So"):
        assert re.search(rf"^{about}: .+\.$", done.stdout, re.MULTILINE), done.stdout
    last = done.stdout.splitlines()[-1]
    assert re.fullmatch(r"Measured with CPython 3\.\S+ on .+, on \d+ \w+ \d{4}, in 1 round \(\d+ s\)\.", last)
    assert not list(project.cache.glob("recordings/**/*.json"))
    assert not list(project.root.glob("snippets/**/*.out"))


def test_no_other_round_begins_when_there_was_time_enough(project: Project) -> None:
    held = hold(project, rounds=5, enough=0)
    assert held.rounds == 1
    assert held.figures.requests.keys() == {"one after another", "asyncio tasks", "threads", "processes"}
    assert held.figures.switch.keys() == {"asyncio tasks", "threads"}
    first, *_ = tables(held.figures)
    assert [column.header for column in first.columns][:3] == ["Way", "Requests", "Compute"]


@pytest.mark.parametrize(("load", "told"), [(0.1, []), (50.0, ["Other programs kept this machine busy (load 50.0 on"])])
def test_a_busy_machine_is_told(load: float, told: list[str]) -> None:
    found = Contest(None, rounds=1, seconds=20.0, absent=("Not measured: x.",), load=load)
    first, *remarks = found.remarks
    assert first == "Not measured: x."
    assert [remark.partition(f" {cores()} cores)")[0] for remark in remarks] == told
    assert all(remark.endswith(" cores): close them, and measure again.") for remark in remarks)


def test_a_program_that_is_not_there_is_told(make_project) -> None:
    with pytest.raises(ProblemsError) as caught:
        hold(make_project({"snippets/other.py": "print(1)\n"}))
    assert [str(problem) for problem in caught.value.problems] == [
        "snippets/choosing/measured/same_requests.py: there is no such program: it is one of the programs that are "
        "compared. Run this in the folder of the guide."
    ]


def test_a_program_that_fails_is_told(project: Project) -> None:
    (project.snippets / f"{ways.SWITCHES}.py").write_text("raise SystemExit(3)\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        hold(project, rounds=1)
    assert [problem.place for problem in caught.value.problems] == ["snippets/choosing/cost/switches.py"]
