"""One run of a program, for tests: on a clock that jumps, or on the real one."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from runnable import interpreter
from runnable.outcome import Outcome
from runnable.project import Project, in_ci
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

    @property
    def last(self) -> str:
        """The last line on stdout; "" where there is none."""
        return self.out[-1] if self.out else ""

    def second(self, text: str) -> float:
        """The second at which the only line that contains `text` appeared."""
        found = [line.second for line in self.lines if text in line.text]
        if len(found) != 1:
            error = AssertionError(
                f"{len(found) or 'no'} line{'s' if found else ''} contain{'' if found else 's'} “{text}”"
            )
            error.add_note("\n".join(f"{line.second:.2f} {line.stream} {line.text}" for line in self.lines))
            raise error
        return found[0]


class NotEndedError(Exception):
    """A program would not end. `lines` is what it had printed; the message is a sentence that says why."""

    def __init__(self, lines: list[Line], why: str) -> None:
        super().__init__(_WHY[why])
        self.lines = lines


_WHY = {
    "waits": "The program never ends: all its tasks wait, and nothing is left that could wake one of them.",
    "loops": "The program had not ended after ten seconds of computing, though its waits take no time here. "
    "A loop in it has no end.",
    "runs": "The program had not ended after a minute, though its waits take no time here. "
    "A loop in it has no end, or it waits for something that never comes.",
}


def on_virtual_clock(program: Snippet, folder: Path) -> Run:
    """Runs the program where a wait takes no time; `folder` is its working directory. Raises NotEndedError."""
    result = folder / "result.jsonl"
    command = [_python(program), VIRTUAL_CLOCK, result, program.path]
    try:
        subprocess.run(command, check=True, timeout=60, cwd=folder)
    except subprocess.TimeoutExpired:
        text = result.read_text("utf-8") if result.exists() else ""
        whole = [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]
        raise NotEndedError(assemble(Write(*write) for write in whole), "runs") from None
    *writes, (seconds, ending, status) = map(json.loads, result.read_text("utf-8").splitlines())
    lines = assemble(Write(*write) for write in writes)
    if ending != "exit":
        raise NotEndedError(lines, ending)
    return Run(lines, status, seconds)


def as_recorded(outcome: Outcome) -> Run:
    """What the recorder saw the program do. Skips the test where this machine lacks what the program needs."""
    if isinstance(outcome.entry, Absence):
        pytest.skip(outcome.entry.reason)
    assert outcome.entry is not None
    return Run(outcome.entry.lines, outcome.entry.exit, outcome.entry.seconds)


def _python(program: Snippet) -> Path:
    header = program.header
    try:
        return interpreter.environment(header.requires_python, header.dependencies, PROJECT).python
    except interpreter.EnvironmentMissingError as missing:
        if in_ci():
            raise
        pytest.skip(str(missing))
