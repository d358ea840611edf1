"""Recording: what bad programs get, what runs again and what does not, and that nothing is left behind or broken."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from runnable.capture import sockets_work
from runnable.interpreter import own
from runnable.problem import Problem
from runnable.project import Project
from runnable.record import Outcome, in_order, record
from runnable.recording import Absence, Cache, Recording
from runnable.snippet import find_snippets

Make = Callable[[dict[str, str | bytes]], Project]
linux = pytest.mark.skipif(sys.platform != "linux", reason="stands on /proc or the fork server, which only Linux has")
unix = pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups are not those of Windows")


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A contributor's machine, wherever the tests run."""
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("RUNNABLE_CACHE", raising=False)


def recorded(project: Project, **options: object) -> dict[str, Outcome]:
    snippets, problems = find_snippets(project)
    assert list(map(str, problems)) == []
    return {outcome.snippet.slug: outcome for outcome in record(project, snippets, **options)}  # type: ignore[arg-type]


def messages(outcome: Outcome) -> list[str]:
    """The problems of a program that has some: it must have no recording then, neither here nor in the cache."""
    assert outcome.entry is None
    project = Project(outcome.snippet.path.parents[outcome.snippet.slug.count("/") + 1])
    assert Cache(project).load(outcome.snippet.slug) is None
    return list(map(str, outcome.problems))


def message(outcome: Outcome) -> str:
    (only,) = messages(outcome)
    return only


def recording(outcome: Outcome) -> Recording:
    assert list(map(str, outcome.problems)) == []
    assert isinstance(outcome.entry, Recording)
    return outcome.entry


def lines(outcome: Outcome) -> list[str]:
    return [line.text for line in recording(outcome).lines]


def with_header(settings: str, source: str) -> str:
    header = "".join(f"# {line}\n" for line in settings.strip().split("\n"))
    return f"# /// script\n{header}# ///\n{source}"


def runnable(settings: str, source: str) -> str:
    return with_header(f"[tool.runnable]\n{settings}", source)


# Programs that do wrong, all recorded at once. None of them may disturb another.

LIMIT = "timeout = 4"
BAD = {
    "sound": "print('sound')\n",
    # How they end
    "exception": "import sys\nprint('out')\nprint('err', file=sys.stderr)\nraise ValueError('boom')\n",
    "deep": "def brew():\n    raise LookupError('no tea')\nbrew()\n",
    "groups": "raise ExceptionGroup('two', [ValueError('one'), ExceptionGroup('inner', [KeyError('k')])])\n",
    "caused": "try:\n    raise KeyError('k')\nexcept KeyError as e:\n    raise RuntimeError('why') from e\n",
    "unreadable": "print(1)\nreturn 5\n",
    "exits": "import sys\nsys.exit(3)\n",
    "words": "import sys\nsys.exit('out of tea')\n",
    "passes": runnable("exit = 1", "print('all is well')\n"),
    "other_exit": runnable("exit = 1", "import sys\nsys.exit(2)\n"),
    "meant": runnable("exit = 3", "import sys\nsys.exit(3)\n"),
    "meant_error": runnable("exit = 1", "raise ValueError('meant')\n"),
    # What they write
    "not_utf8": "import sys\nsys.stdout.buffer.write(b'caf\\xe9 au lait')\n",
    "cut_utf8": "import os\nfor byte in 'naïve 東京 👩\u200d💻'.encode():\n    os.write(1, bytes([byte]))\n",
    "escapes": "import sys\nprint('\\x1b[31mred\\x1b[0m\\x07\\0')\nprint('<b>&amp;</b> *x* `y`', file=sys.stderr)\n",
    "endless": "while True:\n    print('again and again')\n",
    "endless_line": "while True:\n    print('again', end=' ')\n",
    "long_line": "print('x' * 5_000_000)\n",
    "large": "print('x' * 900_000)\n",
    "silent": "",
    # When they end
    "hangs": runnable(
        LIMIT,
        """
import asyncio
async def inner():
    await asyncio.sleep(3600)
async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(inner(), name="brewer")
        group.create_task(asyncio.sleep(0))
print("begins")
asyncio.run(main())
""",
    ),
    "spins": runnable(LIMIT, "def spin():\n    while True:\n        pass\nspin()\n"),
    "sleeps": runnable(LIMIT, "import time\ntime.sleep(3600)\n"),
    "waits_for_input": "print(repr(input('name? ')))\n",
}
BAD["silent"] = "x = 1\n"
BAD_ON_UNIX = {
    "deaf": runnable(
        LIMIT,
        """
import signal, time
for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
while True:
    time.sleep(3600)
""",
    ),
    "stuck": runnable(LIMIT, "sum(range(10**15))\n"),
    "segfault": "import ctypes\nprint('here')\nctypes.string_at(0)\n",
    "killed": "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n",
    "meant_signal": runnable("exit = -15", "import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n"),
    "leaves_child": "import subprocess\nsubprocess.Popen(['sleep', '3600'])\n",
    "leaves_silent_child": (
        "import subprocess\nnull = subprocess.DEVNULL\nsubprocess.Popen(['sleep', '3601'], stdout=null, stderr=null)\n"
    ),
    "leaves_two": "import subprocess\nfor number in 3602, 3603:\n    subprocess.Popen(['sleep', str(number)])\n",
    "leaves_fork": "import os, time\nif os.fork() == 0:\n    time.sleep(3600)\n",
    "leaves_server": """
import socket, subprocess, sys
SERVER = "import socket; s = socket.create_server(('127.0.0.1', 0)); print('up', flush=True); s.accept()"
process = subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True)
print(process.stdout.readline())
""",
    "escapes_group": "import subprocess\nsubprocess.Popen(['sleep', '3604'], start_new_session=True)\n",
    "escapes_streams": """
import subprocess
null = subprocess.DEVNULL
subprocess.Popen(["sleep", "3605"], start_new_session=True, stdout=null, stderr=null)
""",
    "escapes_folder": "import subprocess\nsubprocess.Popen(['sleep', '3606'], start_new_session=True, cwd='/')\n",
    "quick_child": "import subprocess\nsubprocess.Popen(['sleep', '0.2'])\nprint('no hurry')\n",
}


@pytest.fixture(scope="module")
def bad(make_project: Make) -> dict[str, Outcome]:
    programs = dict(BAD)
    if sys.platform != "win32":
        programs |= BAD_ON_UNIX
    return recorded(make_project({f"snippets/{name}.py": source for name, source in programs.items()}))


def test_a_sound_program_is_recorded_whatever_goes_on_around_it(bad: dict[str, Outcome]) -> None:
    assert lines(bad["sound"]) == ["sound"]
    assert recording(bad["sound"]).interpreter == str(own())


def test_an_exception_is_told_with_its_line_and_the_end_of_stderr(bad: dict[str, Outcome]) -> None:
    assert message(bad["exception"]) == (
        "snippets/exception.py:4: it ended with exit status 1 after “ValueError: boom”, but it should end with 0. "
        "Mend it, or say “exit = 1” in its header where that is the lesson.\n"
        "    err\n"
        "    Traceback (most recent call last):\n"
        '      File "snippets/exception.py", line 4, in <module>\n'
        "        raise ValueError('boom')\n"
        "    ValueError: boom"
    )


def test_the_line_of_an_exception_is_that_where_it_was_raised(bad: dict[str, Outcome]) -> None:
    (problem,) = bad["deep"].problems
    assert (problem.place, problem.line) == ("snippets/deep.py", 2)
    assert "after “LookupError: no tea”" in problem.what
    (problem,) = bad["caused"].problems
    assert (problem.line, "after “RuntimeError: why”" in problem.what) == (4, True)


def test_of_a_group_the_group_is_told(bad: dict[str, Outcome]) -> None:
    assert message(bad["groups"]).split("\n")[0] == (
        "snippets/groups.py:1: it ended with exit status 1 after “ExceptionGroup: two (2 sub-exceptions)”, "
        "but it should end with 0. Mend it, or say “exit = 1” in its header where that is the lesson."
    )


def test_what_python_finds_wrong_only_when_it_compiles_is_told_like_an_exception(bad: dict[str, Outcome]) -> None:
    assert message(bad["unreadable"]).split("\n")[0] == (
        "snippets/unreadable.py:2: it ended with exit status 1 after “SyntaxError: 'return' outside function”, "
        "but it should end with 0. Mend it, or say “exit = 1” in its header where that is the lesson."
    )


def test_a_wrong_exit_status_is_told(bad: dict[str, Outcome]) -> None:
    assert message(bad["exits"]) == (
        "snippets/exits.py: it ended with exit status 3, but it should end with 0. "
        "Mend it, or say “exit = 3” in its header where that is the lesson."
    )
    assert message(bad["words"]) == (
        "snippets/words.py: it ended with exit status 1, but it should end with 0. "
        "Mend it, or say “exit = 1” in its header where that is the lesson.\n    out of tea"
    )
    assert message(bad["other_exit"]) == (
        "snippets/other_exit.py: it ended with exit status 2, but its header says “exit = 1”. "
        "Mend it, or say “exit = 2” in its header where that is the lesson."
    )


def test_a_program_that_should_fail_and_does_not_is_told_with_the_line_that_says_so(bad: dict[str, Outcome]) -> None:
    assert message(bad["passes"]) == (
        "snippets/passes.py:3: it ended with exit status 0, but its header says “exit = 1”. "
        "Mend it, or correct the header."
    )


def test_a_program_that_fails_as_its_header_says_is_recorded(bad: dict[str, Outcome]) -> None:
    assert recording(bad["meant"]).exit == 3
    assert recording(bad["meant_error"]).exit == 1
    assert lines(bad["meant_error"])[-1] == "ValueError: meant"


# Output


def test_output_that_is_not_utf8_is_told(bad: dict[str, Outcome]) -> None:
    assert message(bad["not_utf8"]) == (
        r"snippets/not_utf8.py: it wrote bytes that are not UTF-8: b'\xe9 au lai'. Encode its output as UTF-8."
    )


def test_characters_cut_in_pieces_are_put_together(bad: dict[str, Outcome]) -> None:
    assert lines(bad["cut_utf8"]) == ["naïve 東京 👩\u200d💻"]


def test_escapes_and_markup_reach_the_recording_untouched(bad: dict[str, Outcome]) -> None:
    found = [(line.stream, line.text) for line in recording(bad["escapes"]).lines]
    assert sorted(found) == [("err", "<b>&amp;</b> *x* `y`"), ("out", "\x1b[31mred\x1b[0m\x07\0")]


@pytest.mark.parametrize("name", ["endless", "endless_line", "long_line"])
def test_endless_output_is_cut_off_and_told(bad: dict[str, Outcome], name: str) -> None:
    assert message(bad[name]) == f"snippets/{name}.py: it wrote more than 1 MB and was killed. Make it print less."


def test_up_to_a_megabyte_is_recorded(bad: dict[str, Outcome]) -> None:
    assert lines(bad["large"]) == ["x" * 900_000]
    assert recording(bad["silent"]).writes == ()


# Time


@linux
def test_a_program_that_hangs_is_told_with_its_tasks_and_where_they_stand(bad: dict[str, Outcome]) -> None:
    text = message(bad["hangs"])
    assert (
        re.sub(r"lib/python3\.\d+/([a-z/]+\.py):\d+", r"lib/\1:N", text)
        == (
            "snippets/hangs.py:7: it still ran after 4 s and was killed. "
            "Make it end sooner, or give it more time with “timeout” in its header.\n"
            "    Where it stood:\n"
            "    task 'brewer' waits in inner (snippets/hangs.py:7) > sleep (lib/asyncio/tasks.py:N)\n"
            "    task 'Task-1' waits in main (snippets/hangs.py:9) > TaskGroup.__aexit__ (lib/asyncio/taskgroups.py:N)"
        )
        or text
    )


@linux
def test_a_program_that_hangs_outside_of_asyncio_is_told_with_its_line(bad: dict[str, Outcome]) -> None:
    assert re.sub(r":[56]\b", ":N", message(bad["spins"])) == (
        "snippets/spins.py:N: it still ran after 4 s and was killed. "
        "Make it end sooner, or give it more time with “timeout” in its header.\n"
        "    Where it stood:\n"
        "    no task; Python stands in spin (snippets/spins.py:N)"
    )
    assert message(bad["sleeps"]) == (
        "snippets/sleeps.py:5: it still ran after 4 s and was killed. "
        "Make it end sooner, or give it more time with “timeout” in its header.\n"
        "    Where it stood:\n"
        "    no task; Python stands in <module> (snippets/sleeps.py:5)"
    )


@linux
@pytest.mark.parametrize("name", ["deaf", "stuck"])
def test_a_program_that_cannot_be_asked_is_killed_all_the_same(bad: dict[str, Outcome], name: str) -> None:
    assert message(bad[name]) == (
        f"snippets/{name}.py: it still ran after 4 s and was killed. "
        "Make it end sooner, or give it more time with “timeout” in its header.\n"
        "    Where it stood:\n"
        "    unknown: the program does not return to Python"
    )


def test_a_program_has_no_standard_input(bad: dict[str, Outcome]) -> None:
    assert "after “EOFError: EOF when reading a line”" in message(bad["waits_for_input"])


# Signals, and what is left running


@unix
def test_a_signal_that_killed_a_program_is_told_by_its_name(bad: dict[str, Outcome]) -> None:
    assert message(bad["segfault"]) == (
        "snippets/segfault.py: SIGSEGV killed it. Mend it, or say “exit = -11” in its header."
    )
    assert message(bad["killed"]) == "snippets/killed.py: SIGKILL killed it. Mend it, or say “exit = -9” in its header."
    assert recording(bad["meant_signal"]).exit == -15


LEFT = {
    "leaves_child": "sleep (sleep 3600)",
    "leaves_silent_child": "sleep (sleep 3601)",
    "leaves_two": "sleep (sleep 3602) and sleep (sleep 3603)",
    "escapes_group": "sleep (sleep 3604)",
    "escapes_streams": "sleep (sleep 3605)",
    "escapes_folder": "sleep (sleep 3606)",
}


@linux
@pytest.mark.parametrize("name", LEFT)
def test_a_process_that_is_left_running_is_told_and_ended(bad: dict[str, Outcome], name: str) -> None:
    assert message(bad[name]) == (
        f"snippets/{name}.py: it ended and left running: {LEFT[name]}. End what it starts before it ends."
    )
    for command in LEFT[name].split(" and "):
        assert not running(command.partition("(")[2].removesuffix(")"))


def running(command: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        line = " ".join(process.info["cmdline"] or ())
        if line == command and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


@linux
def test_a_server_and_a_fork_that_are_left_running_are_told(bad: dict[str, Outcome]) -> None:
    name = psutil.Process().name()
    text = message(bad["leaves_server"])
    assert text.startswith("snippets/leaves_server.py: it ended and left running: ")
    assert f"{own().executable} -c import socket; s = socket.create_server(" in text
    assert text.endswith("). End what it starts before it ends.")
    assert re.sub(r"running: \S+ ", "running: python ", message(bad["leaves_fork"])) == (
        "snippets/leaves_fork.py: it ended and left running: python (a fork of the program). "
        "End what it starts before it ends."
    ), name


@unix
def test_a_child_that_ends_soon_after_its_program_is_nothing_bad(bad: dict[str, Outcome]) -> None:
    assert lines(bad["quick_child"]) == ["no hurry"]
