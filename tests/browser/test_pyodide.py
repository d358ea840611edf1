"""Programs in Pyodide, the page's Python, under Node: where it can wait for promises (JSPI), and where it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from runnable.browser.support import reason
from runnable.kit import wheels as kit_wheels
from runnable.project import Project
from runnable.snippet import find_snippets
from tests.browser.runs import Run, differs, read, request, source
from tests.test_tracer_pyodide import NODE, pyodide

ROOT = Path(__file__).resolve().parents[2]
DRIVER = Path(__file__).with_name("run_programs.mjs")
__all__ = ["pyodide"]  # a fixture

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Node lies elsewhere there"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="session")
def wheels() -> Path:
    """The folder of the wheels that programs in the page may import, as pip brings them."""
    project = Project.at(ROOT)
    return kit_wheels.wheels(project, project.cache / "browser")[0].path.parent


@pytest.fixture(params=["jspi", "plain"])
def mode(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def run_all(mode: str, pyodide: Path, wheels: Path, requests: Sequence[dict[str, Any]]) -> list[Run]:
    flags = ["--experimental-wasm-jspi"] if mode == "jspi" else []
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder, "requests"), Path(folder, "messages")
        asked.write_text("".join(json.dumps(each) + "\n" for each in requests), "utf-8")
        command = [NODE / "bin" / "node", *flags, DRIVER, mode, pyodide, wheels, ROOT, asked, told]
        done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
        messages = told.read_text("utf-8").splitlines() if told.exists() else []
    problem = "\n".join(line[:300] for line in done.stderr.splitlines()[-20:])
    assert done.returncode == 0, problem
    return read(messages)


def test_every_program_that_can_run_in_the_page_prints_its_transcript(mode: str, pyodide: Path, wheels: Path) -> None:
    snippets = [each for each in find_snippets(Project.at(ROOT))[0] if not reason(each)]
    runs = run_all(mode, pyodide, wheels, [request(each) for each in snippets])
    assert len(runs) == len(snippets) > 200
    wrong = [text for each, run in zip(snippets, runs, strict=True) if (text := differs(each, run))]
    assert not wrong, "\n\n".join(wrong)


def test_waits_are_as_long_in_either_way(mode: str, pyodide: Path, wheels: Path) -> None:
    text = "import asyncio, time\nasyncio.run(asyncio.sleep(0.2))\nprint('a')\ntime.sleep(0.2)\nprint('b')"
    (run,) = run_all(mode, pyodide, wheels, [source(text, fast=False)])
    a, b = run.lines
    assert a.second >= 0.2
    assert b.second - a.second >= 0.199
    assert run.end["interpreter"].startswith("CPython 3.14.")


STOPPED = """
    import asyncio
    async def main():
        try:
            print("begins")
            {waits}
        finally:
            print("tidies up")
    asyncio.run(main())
"""


def test_stop_is_heard_in_a_wait_and_by_who_never_waits_where_promises_are_waited_for(
    pyodide: Path, wheels: Path
) -> None:
    waits = ("await asyncio.sleep(3600)", "while True: await asyncio.sleep(0)")
    requests = [source(dedent(STOPPED.format(waits=each)), fast=False, stop_after=0.5) for each in waits]
    *stopped, last = run_all("jspi", pyodide, wheels, [*requests, source("print('fine')")])
    for run in stopped:
        assert run.out == ["begins", "tidies up"]
        assert (run.exit, run.note) == (-2, "You stopped it.")
    assert last.out == ["fine"]


def test_errors_of_the_network_read_as_on_linux(mode: str, pyodide: Path, wheels: Path) -> None:
    text = """
        import asyncio, errno, socket
        async def attempt(coroutine):
            try:
                await coroutine
            except OSError as error:
                print(f"{type(error).__name__}: {error}")
        async def main():
            server = await asyncio.start_server(print, "127.0.0.1", 8080)
            await attempt(asyncio.open_connection("127.0.0.1", 1))
            await attempt(asyncio.start_server(print, "127.0.0.1", 8080))
            await attempt(asyncio.open_connection("10.1.2.3", 80))
            server.close()
        asyncio.run(main())
    """
    (run,) = run_all(mode, pyodide, wheels, [source(dedent(text))])
    assert run.err == []
    assert run.out == [
        "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 1)",
        "OSError: [Errno 98] error while attempting to bind on address ('127.0.0.1', 8080): "
        "[errno 98] address already in use",
        "OSError: [Errno 101] Network is unreachable: 10.1.2.3; this program runs on a network of its own, in which "
        "there is nothing but the servers that it starts itself",
    ]


def test_a_program_that_would_wait_for_ever_is_ended(mode: str, pyodide: Path, wheels: Path) -> None:
    requests = [source("import asyncio\nasyncio.run(asyncio.Event().wait())"), source("print('fine')")]
    stuck, last = run_all(mode, pyodide, wheels, requests)
    assert stuck.note.startswith("This program would wait for ever")
    assert "Event.wait (lib/python3.14/asyncio/locks.py:" in stuck.note
    assert last.out == ["fine"]
