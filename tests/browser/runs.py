"""Runs in the page's Python, without a page: on the desktop, and in Pyodide under Node."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runnable.browser import support
from runnable.comparison import fits
from runnable.recording import Line, Write, assemble
from runnable.snippet import Snippet
from runnable.transcript import Printed, Transcript, ending, transcript_place

ROOT = Path(__file__).resolve().parents[2]
DRIVER = Path(__file__).with_name("run_programs.py")


@dataclass(frozen=True)
class Run:
    """What the page is told of one run."""

    writes: tuple[Write, ...]
    end: dict[str, Any]

    @property
    def lines(self) -> list[Line]:
        """The output as lines."""
        return assemble(self.writes)

    @property
    def out(self) -> list[str]:
        """The lines on stdout."""
        return [line.text for line in self.lines if line.stream == "out"]

    @property
    def err(self) -> list[str]:
        """The lines on stderr."""
        return [line.text for line in self.lines if line.stream == "err"]

    @property
    def exit(self) -> int:
        """The exit status."""
        return int(self.end["exit"])

    @property
    def note(self) -> str:
        """What else there is to say."""
        return str(self.end["note"])


def request(snippet: Snippet, *, fast: bool = True) -> dict[str, Any]:
    """What the page asks for to run a program of the guide."""
    files = support.files(snippet)
    return {
        "name": snippet.slug, "place": snippet.place, "source": snippet.source, "files": files, "fast": fast,
    }  # fmt: skip


def source(text: str, *, fast: bool = True, **more: Any) -> dict[str, Any]:
    """What the page asks for to run a program that a reader has written."""
    return {"name": "tea", "place": "snippets/kitchen/tea.py", "source": text, "files": {}, "fast": fast, **more}


# A program that puts something in the place of the machine's clock, below the one that programs are shown: it stands
# still, and goes on by half a millisecond whenever it is read, as if the machine were slow, but always equally slow.
_STEADY = """
from runnable.browser import clock

def steady(clocks, step_ns):
    begins, passed_ns = {name: read() for name, read in clocks.items()}, 0

    def reader(name):
        def read():
            nonlocal passed_ns
            passed_ns += step_ns
            return begins[name] + (passed_ns if name.endswith("_ns") else passed_ns / 1e9)
        return read

    clocks.update({name: reader(name) for name in begins})

steady(clock._CLOCKS, 500_000)
"""


def steady() -> dict[str, Any]:
    """What is run before programs whose output is compared, so that a moment in which the machine is busy changes none.

    On the fast clock, computing takes the time that it takes. From this request on, it takes that of a steady machine.
    """
    return source(_STEADY)


def read(messages: Iterable[str]) -> list[Run]:
    """The runs that messages for the page tell of."""
    runs: list[Run] = []
    writes: list[Write] = []
    for text in messages:
        message = json.loads(text)
        kind = message.pop("kind")
        if kind == "began":
            writes = []
        elif kind == "wrote":
            writes.append(Write(**message))
        else:
            assert kind == "ended"
            runs.append(Run(tuple(writes), message))
    return runs


def on_the_desktop(requests: Sequence[dict[str, Any]], python: str | Path = sys.executable) -> list[Run]:
    """Runs programs one after another in one Python of this machine, which has no threads and a network in memory."""
    done = subprocess.run(
        [python, DRIVER],
        input="".join(json.dumps(each) + "\n" for each in requests),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "TZ": "UTC", "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return read(done.stdout.splitlines())


def differs(snippet: Snippet, run: Run) -> str:
    """How a run differs from the transcript of its program; "" where it does not."""
    text = snippet.transcript_path.read_text("utf-8")
    transcript = Transcript.parse(text, transcript_place(snippet))
    lines = [Printed.of(line.stream, line.text) for line in run.lines]
    if fits(transcript.items, lines) and ending(run.exit) == transcript.ending:
        return ""
    return "\n".join([snippet.place, *(f"{line.stream} {line.text}" for line in lines), ending(run.exit), run.note])
