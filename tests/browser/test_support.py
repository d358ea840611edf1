"""Which programs the page can run: what is noticed, what is said, and that the guide's own are told apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from runnable.browser.support import files, reason
from runnable.project import Project
from runnable.snippet import Snippet, find_snippets

ROOT = Path(__file__).resolve().parents[2]
Make = Callable[[dict[str, str | bytes]], Project]


@pytest.fixture
def told(make_project: Make) -> Callable[..., str]:
    """The reason of a program with this text, and these files beside it."""

    def tell(text: str, **beside: str) -> str:
        project = make_project({"snippets/a/b/c.py": text, **{f"snippets/a/b/{k}.py": v for k, v in beside.items()}})
        return reason(Snippet.read(project.snippets / "a/b/c.py", project))

    return tell


def header(*lines: str) -> str:
    return "# /// script\n" + "".join(f"# {line}\n" for line in lines) + "# ///\nprint('x')\n"


PROCESSES = "It starts processes, and a page has none."
THREADS = "It runs functions on threads, and a page has none."
SIGNALS = "It handles signals of the operating system, and a page sends none."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import asyncio\nasyncio.run(asyncio.sleep(1))", ""),
        ("import threading\nprint(threading.current_thread())", ""),
        ("class Thread: ...\nThread()", ""),
        ("process.kill()", ""),
        ("import subprocess", PROCESSES),
        ("from multiprocessing import Process", PROCESSES),
        ("import asyncio\nasyncio.create_subprocess_exec", PROCESSES),
        ("from concurrent.futures import ProcessPoolExecutor", PROCESSES),
        ("import threading\nthreading.Thread()", THREADS),
        ("from threading import Thread", THREADS),
        ("import asyncio\nasyncio.to_thread(print)", THREADS),
        ("loop.run_in_executor(None, print)", THREADS),
        ("loop.add_signal_handler(2, print)", SIGNALS),
        ("import os\nos.kill(1, 2)", SIGNALS),
        ("import asyncio, os\nos.kill(1, 2)\nasyncio.to_thread(print)", THREADS),
        ("import asyncio\nasyncio.start_unix_server", "It uses Unix sockets, which a page does not have."),
        ("import ssl", "It encrypts connections, for which the page's Python lacks the library."),
        (header('requires-python = ">=3.15"'), "It needs Python 3.15 or newer; the page's is 3.14."),
        (header('requires-python = ">=3.12,<3.14"'), "It needs Python before 3.14; the page's is 3.14."),
        (header('dependencies = ["aiohttp", "aiofiles"]'), ""),
        (header('dependencies = ["asyncpg", "aiohttp"]'), "It needs asyncpg, which the page's Python does not have."),
        (
            header("[tool.runnable]", 'services = ["postgresql"]'),
            "It talks to postgresql, and a page has no such server.",
        ),
        (header("[tool.runnable]", "alone = true"), "It measures, and in a page it would measure the page."),
        (header("[tool.runnable]", 'browser = "It measures this machine."'), "It measures this machine."),
    ],
)
def test_what_a_page_lacks_is_noticed_and_said(told: Callable[..., str], text: str, said: str) -> None:
    assert told(text) == said


def test_what_is_beside_a_program_counts_where_it_names_it(told: Callable[..., str]) -> None:
    assert told("import _kitchen", _kitchen="import subprocess") == PROCESSES
    assert told("print('alone')", _kitchen="import subprocess") == ""


def test_files_beside_it_come_along_where_it_names_them(make_project: Make) -> None:
    project = make_project(
        {
            "snippets/a/b/c.py": "import _kitchen\nopen('menu.txt')\n",
            "snippets/a/b/c.out": "$ python snippets/a/b/c.py\n",
            "snippets/a/b/other.py": "print()",
            "snippets/a/b/_kitchen.py": "EGGS = 12\n",
            "snippets/a/b/menu.txt": "soup\n",
            "snippets/a/b/unnamed.txt": "",
        }
    )
    snippet = Snippet.read(project.snippets / "a/b/c.py", project)
    assert files(snippet) == {"_kitchen.py": "EGGS = 12\n", "menu.txt": "soup\n"}


def test_most_of_the_guides_programs_can_run_in_the_page() -> None:
    snippets, problems = find_snippets(Project.at(ROOT))
    assert not problems
    reasons = [reason(snippet) for snippet in snippets]
    # The chapters on databases, brokers and frameworks are about what no page has.
    rest = [each for each in reasons if not each.startswith("It talks to") and "which the page's Python" not in each]
    assert rest.count("") / len(rest) > 0.7
