"""What tests of the guide's programs stand on: one run on a virtual clock, and the recording of the real run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from runnable import interpreter
from runnable.project import Project, in_ci
from runnable.record import record
from runnable.recording import Absence, Line, Write, assemble
from runnable.snippet import Snippet

ROOT = Path(__file__).resolve().parents[1]
PROJECT = Project.at(ROOT)
VIRTUAL_CLOCK = Path(__file__).with_name("virtual_clock.py")


@dataclass(frozen=True)
class Run:
    """What a program did: its lines with the second of each, how it ended, and how long it took."""

    lines: list[Line]
    exit: int
    seconds: float

    @property
    def out(self) -> list[str]:
        """The text of the lines on stdout, in order."""
        return [line.text for line in self.lines if line.stream == "out"]

    @property
    def err(self) -> list[str]:
        """The text of the lines on stderr, in order."""
        return [line.text for line in self.lines if line.stream == "err"]

    def second(self, text: str) -> float:
        """The second at which the only line that contains `text` appeared."""
        found = [line.second for line in self.lines if text in line.text]
        assert len(found) == 1, f"{len(found)} lines contain {text!r}: {self.lines}"
        return found[0]


@pytest.fixture
def snippet(request: pytest.FixtureRequest) -> Callable[[str], Snippet]:
    """The program `name` in the folder of snippets that the test's module mirrors."""
    module = request.path
    folder = PROJECT.snippets / module.parent.relative_to(ROOT / "tests" / "snippets")
    page = module.stem.removeprefix("test_").replace("_", "-")

    def read(name: str) -> Snippet:
        return Snippet.read(folder / page / f"{name}.py", PROJECT)

    return read


@pytest.fixture
def virtual(snippet: Callable[[str], Snippet], tmp_path: Path) -> Callable[[str], Run]:
    """Runs the program `name` on a virtual clock: `virtual("gather").seconds == 2.0` holds on any machine."""

    def run(name: str) -> Run:
        program = snippet(name)
        result = tmp_path / "result.jsonl"
        python = _python(program)
        subprocess.run([python, VIRTUAL_CLOCK, result, program.path], check=True, timeout=60, cwd=tmp_path)
        *writes, (seconds, _, status) = map(json.loads, result.read_text("utf-8").splitlines())
        return Run(assemble(Write(*write) for write in writes), status, seconds)

    return run


@pytest.fixture
def recording(snippet: Callable[[str], Snippet]) -> Callable[[str], Run]:
    """The real run of the program `name`, from the cache where it is fresh. Its seconds are those of a busy machine."""

    def recorded(name: str) -> Run:
        (outcome,) = record(PROJECT, [snippet(name)])
        assert not outcome.problems, "\n".join(map(str, outcome.problems))
        if isinstance(outcome.entry, Absence):
            pytest.skip(outcome.entry.reason)
        assert outcome.entry is not None
        return Run(outcome.entry.lines, outcome.entry.exit, outcome.entry.seconds)

    return recorded


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built as `make site` does."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    assert "WARNING -" not in done.stderr
    return folder


def _python(program: Snippet) -> Path:
    header = program.header
    try:
        return interpreter.environment(header.requires_python, header.dependencies, PROJECT).python
    except interpreter.EnvironmentMissingError as missing:
        if in_ci():
            raise
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def make_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str | bytes]], Project]:
    """Makes a project of its own from files: their paths below its folder, and what is in them."""

    def make(files: dict[str, str | bytes]) -> Project:
        project = Project.at(tmp_path_factory.mktemp("project"))
        for name, content in files.items():
            path = project.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return project

    return make
