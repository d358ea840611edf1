"""What the checks of the exercises stand on: `attempt`, which runs the program that is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from runnable.header import read_header
from runnable.problem import ProblemsError
from runnable.record import record
from runnable.snippet import Snippet

from ..running import PROJECT, NotEndedError, Run, as_recorded, on_virtual_clock

CHECKS = Path(__file__).parent
# Programs that did not end, so that the reader waits for that once, and not at every check.
_hung: dict[Path, NotEndedError] = {}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("exercises")
    group.addoption("--attempt", metavar="FILE", help="the program to check, in place of the exercise's own file")
    group.addoption("--solution", action="store_true", help="check the solutions")


class Attempt:
    """The program that is checked: called, it runs on a clock that jumps. Each run is one of its own.

    Where the program cannot be read or does not end, the check fails and says so.
    """

    def __init__(self, file: Path, folder: Path, runs: list[tuple[str, object]]) -> None:
        self._file, self._folder, self._runs = file, folder, runs

    def __call__(self) -> Run:
        """Runs it where a wait takes no time and lasts as long as it says."""
        try:
            if self._file in _hung:
                raise _hung[self._file]
            return self._keep(on_virtual_clock(self._program(), self._folder))
        except NotEndedError as error:
            _hung[self._file] = error
            self._keep(Run(error.lines, -1, 0.0))
            pytest.fail(str(error), pytrace=False)

    def real(self) -> Run:
        """Runs it on the real clock: for programs with threads or processes."""
        (outcome,) = record(PROJECT, [self._program()], force=True, keep=False)
        if outcome.problems:
            pytest.fail("\n".join(map(str, outcome.problems)), pytrace=False)
        return self._keep(as_recorded(outcome))

    def _program(self) -> Snippet:
        try:
            return read(self._file)
        except ProblemsError as error:
            pytest.fail(str(error), pytrace=False)

    def _keep(self, run: Run) -> Run:
        self._runs.append(("run", run))
        return run


def read(file: Path) -> Snippet:
    """The program in `file`, which may lie outside of the project. Raises ProblemsError."""
    if file.is_relative_to(PROJECT.snippets):
        return Snippet.read(file, PROJECT)
    source = file.read_text("utf-8-sig")
    header, lines = read_header(source, str(file))
    return Snippet(file.stem, file, str(file), source, header, lines, sections={}, marker_lines=frozenset())


@pytest.fixture
def attempt(request: pytest.FixtureRequest, tmp_path: Path) -> Attempt:
    """Runs the program under test: `--attempt FILE`, with `--solution` the solution, or else the file to edit."""
    section = request.path.parent.relative_to(CHECKS)
    task = request.path.stem.removeprefix("test_")
    folder = PROJECT.snippets / section / "exercises"
    file = folder / f"{task}{'_solution' if request.config.getoption('--solution') else ''}.py"
    if given := request.config.getoption("--attempt"):
        file = Path(given).resolve()
    return Attempt(file, tmp_path, request.node.user_properties)
