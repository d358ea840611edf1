"""What tests of the guide's programs stand on: one run on a virtual clock, and the recording of the real run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from runnable.project import Project, in_ci
from runnable.record import record
from runnable.snippet import Snippet

from .running import PROJECT, ROOT, Run, as_recorded, on_virtual_clock

# The checks of the exercises are for what a reader has written; tests/test_exercises.py runs them on what is ours.
collect_ignore = ["exercises"]


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
        return on_virtual_clock(snippet(name), tmp_path)

    return run


@pytest.fixture
def recording(snippet: Callable[[str], Snippet]) -> Callable[[str], Run]:
    """The real run of the program `name`, from the cache where it is fresh. Its seconds are those of a busy machine."""

    def recorded(name: str) -> Run:
        (outcome,) = record(PROJECT, [snippet(name)])
        assert not outcome.problems, "\n".join(map(str, outcome.problems))
        return as_recorded(outcome)

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


@pytest.fixture(scope="module")  # while Playwright is there, a loop of its own runs, and no other test could start one
def browser() -> Iterator[Browser]:
    names = (os.environ.get("RUNNABLE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, filter(None, names))), None)
    if path is None:
        if in_ci():
            pytest.fail("there is no Chromium: install it")
        pytest.skip("there is no Chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


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
