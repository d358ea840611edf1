"""CPython's own tests of asyncio end as they do without the tracer.

RUNNABLE_WHOLE_SUITE=1 in the environment runs the whole of `test.test_asyncio`, on each Python of this machine that has
it; else the modules run that have most to do with tasks, on our own Python and the newest. Tests that end differently,
and why, are listed in `asyncio_suite_differences.txt`.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from runnable import interpreter
from runnable.project import Project, in_ci

SUITE = Path(__file__).with_name("asyncio_suite.py")
DIFFERENCES = Path(__file__).with_name("asyncio_suite_differences.txt")
WHOLE = bool(os.environ.get("RUNNABLE_WHOLE_SUITE"))
MODULES = (
    *("test_tasks", "test_futures", "test_futures2", "test_taskgroups", "test_timeouts", "test_waitfor", "test_locks"),
    *("test_queues", "test_base_events", "test_runners", "test_eager_task_factory", "test_streams", "test_threads"),
)


@cache
def pythons() -> list[Path]:
    """Those that ship the suite: our own first, then the others, newest first."""
    found = [interpreter.own(), *interpreter.installed(Project.at(Path(__file__).resolve().parents[1]))]
    having = []
    for each in found:
        asked = subprocess.run([each.executable, "-c", "import test.test_asyncio"], capture_output=True, check=False)
        if each.version.release >= (3, 11) and asked.returncode == 0:
            having.append(each.executable)
    return list(dict.fromkeys(having)) if WHOLE else having[:2]


@dataclass(frozen=True)
class Answer:
    """What `asyncio_suite.py` tells."""

    outcomes: dict[str, list[str]]
    tracer: dict[str, list[str]]
    steps: int


def run(python: Path, folder: Path, names: tuple[str, ...]) -> tuple[Answer, Answer]:
    """Both ways, at the same time: untraced and traced."""
    running = []
    for how in ("untraced", "traced"):
        folder.joinpath(how).mkdir(parents=True)
        command = [python, SUITE, folder / f"{how}.json", how, *names]
        # A test that hangs is to be seen as a failure of this one.
        running.append(
            subprocess.Popen(command, cwd=folder / how, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        )
    answers = []
    for process, how in zip(running, ("untraced", "traced"), strict=True):
        try:
            _, errors = process.communicate(timeout=1200)
        finally:
            process.kill()
        assert process.returncode == 0, errors
        answers.append(Answer(**json.loads((folder / f"{how}.json").read_text("utf-8"))))
    return answers[0], answers[1]


def different(untraced: Answer, traced: Answer) -> dict[str, tuple[str, str]]:
    """The tests that ended differently, and how."""
    everything = untraced.outcomes.keys() | traced.outcomes.keys()
    missing = ["missing", ""]
    pairs = {each: (untraced.outcomes.get(each, missing), traced.outcomes.get(each, missing)) for each in everything}
    return {each: (" ".join(one), " ".join(other)) for each, (one, other) in pairs.items() if one[0] != other[0]}


def explained() -> set[str]:
    """The tests that are known to end differently."""
    lines = DIFFERENCES.read_text("utf-8").splitlines()
    return {line.split(":")[0] for line in lines if line and not line.startswith("#")}


@pytest.mark.timeout(2400)
def test_asyncio_passes_its_own_tests_as_without_the_tracer(tmp_path: Path) -> None:
    if not pythons():
        assert not in_ci(), "no Python here ships test.test_asyncio. On Debian: apt-get install libpython3-testsuite."
        pytest.skip("no Python here ships test.test_asyncio")
    for number, python in enumerate(pythons()):
        folder = tmp_path / str(number)
        untraced, traced = run(python, folder / "all", () if WHOLE else MODULES)
        assert len(untraced.outcomes) > 1_000
        assert traced.steps > 10_000
        assert traced.tracer == {}
        differing = different(untraced, traced)
        if differing and len(differing) < 50:
            # On a busy machine a test may fail either way: those that differ run once more, alone.
            names = tuple(each.removeprefix("test.test_asyncio.") for each in differing)
            differing = different(*run(python, folder / "again", names))
        ended = [outcome for outcome, _ in traced.outcomes.values()]
        print(f"{python}: {ended.count('ok')} ok, {ended.count('skipped')} skipped, {len(ended)} in all")
        assert {each: how for each, how in differing.items() if each not in explained()} == {}
