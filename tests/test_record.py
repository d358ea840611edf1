"""Recording: what bad programs get, what runs again and what does not, and that nothing is left behind or broken."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import psutil
import pytest

from runnable import interpreter
from runnable import outcome as outcome_module
from runnable import record as record_module
from runnable.group import has_ended
from runnable.interpreter import Environment, Interpreter, own
from runnable.outcome import Outcome
from runnable.problem import ProblemsError
from runnable.process import Launcher
from runnable.project import Project
from runnable.record import record
from runnable.recording import Absence, Cache, Recording
from runnable.snippet import Snippet, find_snippets
from runnable.stamps import sockets_work

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

LIMIT = "timeout = 3"
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
    "endless": runnable("timeout = 60", "while True:\n    print('again and again ' * 5)\n"),
    "endless_line": runnable("timeout = 60", "while True:\n    print('again and again ' * 5, end='')\n"),
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
    "sleeps": runnable(LIMIT, "import time\n\ntime.sleep(3600)\n"),
    "waits_for_input": "print(repr(input('name? ')))\n",
}
BAD["silent"] = "x = 1\n"


def told_apart(text: str) -> str:
    """`text` with lengths of sleep that no other run of these tests has, so that each finds its own processes only."""
    return re.sub(r"\b360(?=\d\b)", f"{os.getpid()}0", text)


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
BAD_ON_UNIX = {name: told_apart(source) for name, source in BAD_ON_UNIX.items()}


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
    text = re.sub(r"lib/python3\.\d+/([a-z/]+\.py):\d+", r"lib/\1:N", message(bad["hangs"]))
    # Newer Pythons have one function more there.
    assert text.replace(" > TaskGroup._aexit (lib/asyncio/taskgroups.py:N)", "") == (
        "snippets/hangs.py:8: it still ran after 3 s and was killed. "
        "Make it end sooner, or give it more time with “timeout” in its header.\n"
        "    Where it stood:\n"
        "    task 'Task-1' waits in main (snippets/hangs.py:10) > TaskGroup.__aexit__ (lib/asyncio/taskgroups.py:N)\n"
        "    task 'brewer' waits in inner (snippets/hangs.py:8) > sleep (lib/asyncio/tasks.py:N)"
    )


@linux
def test_a_program_that_hangs_outside_of_asyncio_is_told_with_its_line(bad: dict[str, Outcome]) -> None:
    assert re.sub(r":[67]\b", ":N", message(bad["spins"])) == (
        "snippets/spins.py:N: it still ran after 3 s and was killed. "
        "Make it end sooner, or give it more time with “timeout” in its header.\n"
        "    Where it stood:\n"
        "    no task; Python stands in spin (snippets/spins.py:N)"
    )
    assert message(bad["sleeps"]) == (
        "snippets/sleeps.py:7: it still ran after 3 s and was killed. "
        "Make it end sooner, or give it more time with “timeout” in its header.\n"
        "    Where it stood:\n"
        "    no task; Python stands in <module> (snippets/sleeps.py:7)"
    )


@linux
@pytest.mark.parametrize("name", ["deaf", "stuck"])
def test_a_program_that_cannot_be_asked_is_killed_all_the_same(bad: dict[str, Outcome], name: str) -> None:
    assert message(bad[name]) == (
        f"snippets/{name}.py: it still ran after 3 s and was killed. "
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
LEFT = {name: told_apart(described) for name, described in LEFT.items()}


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
    text = message(bad["leaves_server"])
    assert text.startswith("snippets/leaves_server.py: it ended and left running: ")
    assert f"{own().executable} -c import socket; s = socket.create_server(" in text
    assert text.endswith("). End what it starts before it ends.")
    assert re.sub(r"running: \S+ ", "running: python ", message(bad["leaves_fork"])) == (
        "snippets/leaves_fork.py: it ended and left running: python (a fork of the program). "
        "End what it starts before it ends."
    )


@unix
def test_a_child_that_ends_soon_after_its_program_is_nothing_bad(bad: dict[str, Outcome]) -> None:
    assert lines(bad["quick_child"]) == ["no hurry"]


@pytest.fixture(scope="module", params=["plain", "pipes"])
def bad_otherwise(make_project: Make, request: pytest.FixtureRequest) -> dict[str, Outcome]:
    """The same programs, those that hang left out, as plain processes, with and without sockets."""
    slow = {"hangs", "spins", "sleeps", "deaf", "stuck"}
    programs = BAD | (BAD_ON_UNIX if sys.platform != "win32" else {})
    project = make_project({f"snippets/{name}.py": source for name, source in programs.items() if name not in slow})
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUNNABLE_PIPES", "1" if request.param == "pipes" else "")
        return recorded(project, fork=False)


@linux
def test_plain_processes_get_the_same(bad: dict[str, Outcome], bad_otherwise: dict[str, Outcome]) -> None:
    # These say more, or the streams are mixed otherwise where only pipes are.
    unlike = {"leaves_fork", "exception", "escapes"}
    for slug, outcome in bad_otherwise.items():
        if slug not in unlike:
            assert list(map(str, outcome.problems)) == list(map(str, bad[slug].problems))
            assert outcome.entry is None or lines(outcome) == lines(bad[slug])
    assert not [number for number in range(3600, 3610) if running(told_apart(f"sleep {number}"))]


def may_look_into_processes() -> bool:
    scope = Path("/proc/sys/kernel/yama/ptrace_scope")
    return sys.platform == "linux" and (os.geteuid() == 0 or not scope.exists() or scope.read_text().strip() == "0")


@linux
def test_a_plain_program_that_hangs_tells_its_tasks_on_every_python(make_project: Make) -> None:
    source = BAD["hangs"]
    pythons = {"own": ">=3.11", "in_3_12": "==3.12.*", "in_3_13": "==3.13.*", "newer": ">=3.14"}
    files = {
        f"snippets/{name}.py": source.replace("# [tool.runnable]", f'# requires-python = "{which}"\n# [tool.runnable]')
        for name, which in pythons.items()
    }
    told = 0
    for slug, outcome in recorded(make_project(files), fork=False).items():
        (problem,) = outcome.problems
        if not problem.what.startswith("it needs Python"):
            text = re.sub(r"lib/python3\.\d+/([a-z/]+\.py):\d+", r"lib/\1:N", str(problem))
            # Newer Pythons have one function more there.
            assert text.replace(" > TaskGroup._aexit (lib/asyncio/taskgroups.py:N)", "") == (
                f"snippets/{slug}.py:9: it still ran after 3 s and was killed. "
                "Make it end sooner, or give it more time with “timeout” in its header.\n"
                "    Where it stood:\n"
                f"    task 'Task-1' waits in main (snippets/{slug}.py:11) > "
                "TaskGroup.__aexit__ (lib/asyncio/taskgroups.py:N)\n"
                f"    task 'brewer' waits in inner (snippets/{slug}.py:9) > sleep (lib/asyncio/tasks.py:N)"
            )
            told += 1
    assert told


@linux
def test_a_plain_program_that_is_not_traced_tells_its_tasks_from_python_3_14_on(make_project: Make) -> None:
    source = BAD["hangs"].replace("# [tool.runnable]", "# [tool.runnable]\n# alone = true")
    newer = source.replace("# [tool.runnable]", '# requires-python = ">=3.14"\n# [tool.runnable]')
    found = recorded(make_project({"snippets/hangs.py": source, "snippets/newer.py": newer}), fork=False)
    killed = (
        "it still ran after 3 s and was killed. Make it end sooner, or give it more time with “timeout” in its header."
    )
    if sys.version_info < (3, 14):
        assert message(found["hangs"]) == f"snippets/hangs.py: {killed}"
    (problem,) = found["newer"].problems
    if problem.what.startswith("it needs Python"):
        pytest.skip("this machine has no Python 3.14")
    assert problem.what == killed
    if not may_look_into_processes():
        pytest.skip("this user may not look into other processes")
    assert problem.line == 10
    assert problem.details.startswith("Where it stood:\n")
    for text in ("(T) brewer", "inner snippets/newer.py:10", "main snippets/newer.py:12"):
        assert text in problem.details


# What forks twice, leaves its session and its folder, and closes all that it has

DAEMON = """
import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.chdir("/")
        os.closerange(0, 64)
        os.execvp("sleep", ["sleep", "{}"])
    os._exit(0)
os.wait()
"""


@pytest.mark.skipif(not sockets_work(), reason="without the fork server nobody knows whose such a process is")
@pytest.mark.parametrize("fork", [True, False], ids=["forked", "plain"])
def test_what_left_all_that_could_tell_whose_it_is_is_told_of_its_program_and_ended(
    make_project: Make, fork: bool
) -> None:
    first, second, third = (told_apart(f"sleep {number}") for number in (3621, 3622, 3623))
    programs = {
        "first": DAEMON.format(first.removeprefix("sleep ")),
        "second": DAEMON.format(second.removeprefix("sleep ")),
        "innocent": "import time\ntime.sleep(0.5)\nprint('done')\n",
        "hangs": "# /// script\n# [tool.runnable]\n# timeout = 1\n# ///\n"
        f"{DAEMON.format(third.removeprefix('sleep '))}import time\ntime.sleep(60)\n",
    }
    found = recorded(make_project({f"snippets/{name}.py": source for name, source in programs.items()}), fork=fork)
    for name, command in (("first", first), ("second", second)):
        assert message(found[name]) == (
            f"snippets/{name}.py: it ended and left running: sleep ({command}). End what it starts before it ends."
        )
    assert lines(found["innocent"]) == ["done"]
    assert "it still ran after 1 s and was killed." in message(found["hangs"])
    assert [running(command) for command in (first, second, third)] == [[], [], []]


@pytest.mark.skipif(not sockets_work(), reason="there is no fork server here")
def test_nothing_outlives_a_fork_server_that_is_killed(make_project: Make) -> None:
    command = told_apart("sleep 3624")
    source = DAEMON.format(command.removeprefix("sleep ")) + "import time\ntime.sleep(60)\n"
    project = make_project({"snippets/daemon.py": source})
    snippet = Snippet.read(project.snippets / "daemon.py", project)

    async def main() -> None:
        async with Launcher() as launcher:
            folder = launcher.root / "0"
            folder.mkdir()
            run = asyncio.ensure_future(launcher.run(snippet, Environment(own(), own().executable, ()), folder))
            while not running(command):
                await asyncio.sleep(0.02)
            assert launcher._server is not None
            launcher._server._process.kill()
            with pytest.raises(ProblemsError) as told:
                await run
            assert str(told.value).startswith("snippets: the process that starts programs ended with status -9. ")
            while running(command):
                await asyncio.sleep(0.02)

    asyncio.run(asyncio.wait_for(main(), 60))


# Files of the project


WRITES = "it changed {}. Let it write in its working directory, and restore what it changed."
OWN_FOLDER = "from pathlib import Path\nhere = Path(__file__).parent\n"


def test_the_programs_that_change_files_of_the_project_are_told_among_all_others(make_project: Make) -> None:
    files: dict[str, str | bytes] = {f"snippets/sound_{number}.py": f"print({number})\n" for number in range(9)}
    files |= {
        "snippets/data.txt": "one\n",
        "snippets/old.txt": "old\n",
        "docs/page.md": "# Page\n",
        "snippets/appends.py": OWN_FOLDER + "(here / 'data.txt').open('a').write('two')\n",
        "snippets/makes_once.py": OWN_FOLDER + "(here / 'made.txt').exists() or (here / 'made.txt').write_text('x')\n",
        "snippets/deletes.py": OWN_FOLDER + "(here / 'old.txt').unlink()\n",
        "snippets/many.py": OWN_FOLDER + "for n in 'abcde':\n    (here.parent / 'docs' / n).write_text(n)\n",
        "snippets/own_folder.py": "open('mine.txt', 'w').write('fine')\n",
    }
    found = recorded(make_project(files))
    wrong = {slug: messages(outcome) for slug, outcome in found.items() if outcome.problems}
    assert wrong == {
        "appends": ["snippets/appends.py: " + WRITES.format("snippets/data.txt")],
        "deletes": ["snippets/deletes.py: " + WRITES.format("snippets/old.txt")],
        "makes_once": ["snippets/makes_once.py: " + WRITES.format("snippets/made.txt")],
        "many": ["snippets/many.py: " + WRITES.format("docs/a, docs/b, docs/c and 2 more")],
    }


def test_an_editor_at_work_is_nobodys_fault(make_project: Make) -> None:
    files: dict[str, str | bytes] = {f"snippets/sound_{number}.py": f"print({number})\n" for number in range(3)}
    project = make_project(files)

    def edit(outcome: Outcome) -> None:
        (project.root / "notes.md").write_text("saved while programs ran")

    found = recorded(project, report=edit)
    assert [lines(outcome) for outcome in found.values()] == [["0"], ["1"], ["2"]]
    assert (project.root / "notes.md").read_text() == "saved while programs ran"


# What a program needs and is not there


SERVICES = """
[tool.runnable.services]
postgres = {{ url = "127.0.0.1:{port}", start = "Start it with “make postgres”." }}
"""
ASKS = runnable('services = ["postgres"]', "print('asked')\n")


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_on_another_system_a_program_has_an_absence_where_there_is_a_transcript(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = runnable('platforms = ["macos", "windows"]', "print('asked')\n")
    project = make_project(
        {
            "snippets/with_transcript.py": source,
            "snippets/with_transcript.out": "$ python snippets/with_transcript.py\nasked\n",
            "snippets/without.py": source,
        }
    )
    monkeypatch.setattr(record_module.sys, "platform", "linux")
    found = recorded(project)
    reason = "it runs on macOS and Windows only, and this is Linux. Record it there."
    entry = found["with_transcript"].entry
    assert isinstance(entry, Absence)
    assert entry.reason == reason
    assert message(found["without"]) == f"snippets/without.py:3: {reason}"
    monkeypatch.setenv("CI", "true")
    (problem,) = recorded(project)["with_transcript"].problems
    assert str(problem) == f"snippets/with_transcript.py:3: {reason}"


@linux
def test_on_its_own_system_a_program_runs(make_project: Make) -> None:
    source = runnable('platforms = ["macos", "linux"]', "print('asked')\n")
    assert lines(recorded(make_project({"snippets/asks.py": source}))["asks"]) == ["asked"]


def test_without_its_service_a_program_has_an_absence_where_there_is_a_transcript(
    make_project: Make, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    reason = f"it needs postgres, but nothing answers at 127.0.0.1:{free_port}. Start it with “make postgres”."
    project = make_project(
        {
            "pyproject.toml": SERVICES.format(port=free_port),
            "snippets/with_transcript.py": ASKS,
            "snippets/with_transcript.out": "$ python snippets/with_transcript.py\nasked\n",
            "snippets/without.py": ASKS,
        }
    )
    found = recorded(project)
    entry = found["with_transcript"].entry
    assert isinstance(entry, Absence)
    assert (entry.slug, entry.reason) == ("with_transcript", reason)
    assert Cache(project).load("with_transcript") == entry
    assert (found["with_transcript"].problems, found["with_transcript"].ran) == ((), False)
    assert message(found["without"]) == f"snippets/without.py:3: {reason}"

    monkeypatch.setenv("CI", "true")
    Cache(project).forget("with_transcript")
    (problem,) = recorded(project)["with_transcript"].problems
    assert str(problem) == f"snippets/with_transcript.py:3: {reason}"

    monkeypatch.delenv("CI")
    with socket.create_server(("127.0.0.1", free_port)):
        assert lines(recorded(project)["with_transcript"]) == ["asked"]


def test_an_unknown_service_is_told_with_the_nearest_or_the_known_ones(make_project: Make) -> None:
    project = make_project(
        {
            "pyproject.toml": SERVICES.format(port=1),
            "snippets/near.py": ASKS.replace("postgres", "postgre"),
            "snippets/near.out": "",
            "snippets/far.py": ASKS.replace("postgres", "zebra"),
        }
    )
    found = recorded(project)
    where = "Services are declared in pyproject.toml, [tool.runnable.services]."
    assert message(found["near"]) == (
        f"snippets/near.py:3: unknown service “postgre”. Did you mean “postgres”? {where}"
    )
    assert message(found["far"]) == f"snippets/far.py:3: unknown service “zebra”. Known: postgres. {where}"
    alone = recorded(make_project({"snippets/far.py": ASKS}))
    assert message(alone["far"]) == f"snippets/far.py:3: unknown service “postgres”. Known: none. {where}"


@pytest.fixture
def only_own_python(monkeypatch: pytest.MonkeyPatch) -> str:
    """Says that this machine has no other Python; returns the version of the one."""
    monkeypatch.setattr(interpreter, "_asked", lambda path: [(str(own().version), str(own().executable))])
    return str(own().version)


def test_without_a_python_new_enough_there_is_an_absence_or_a_problem(
    make_project: Make, only_own_python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = with_header('\nrequires-python = ">=3.99"', "print('new')\n")
    project = make_project({"snippets/a.py": source, "snippets/a.out": "", "snippets/b.py": source})
    reason = f"it needs Python >=3.99, but this machine has {only_own_python}. Install one: “uv python install 3.99”."
    found = recorded(project)
    assert isinstance(found["a"].entry, Absence)
    assert found["a"].entry.reason == reason
    assert message(found["b"]) == f"snippets/b.py:2: {reason}"
    monkeypatch.setenv("CI", "true")
    Cache(project).forget("a")
    assert message(recorded(project)["a"]) == f"snippets/a.py:2: {reason}"


def test_a_range_that_no_python_can_be_in_is_to_be_corrected(make_project: Make, only_own_python: str) -> None:
    project = make_project({"snippets/a.py": with_header('requires-python = "<3.10"', "print()\n")})
    assert message(recorded(project)["a"]) == (
        f"snippets/a.py:2: it needs Python <3.10, but this machine has {only_own_python}. Correct requires-python."
    )


def test_a_dependency_that_the_project_lacks_is_a_problem_even_where_there_is_a_transcript(
    make_project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = with_header('dependencies = ["no-such-thing>=2"]', "import no_such_thing\n")
    project = make_project({"snippets/a.py": source, "snippets/a.out": ""})
    needed = "Add no-such-thing to the group “snippets” in pyproject.toml and run “make lock”."
    assert message(recorded(project)["a"]) == (
        f"snippets/a.py:2: it needs no-such-thing>=2, but none is installed beside {own()}. {needed}"
    )
    monkeypatch.setattr(metadata, "version", lambda name: "1.5")
    changed = needed.replace("Add no-such-thing to", "Change the version of no-such-thing in")
    assert message(recorded(project)["a"]) == (
        f"snippets/a.py:2: it needs no-such-thing>=2, but 1.5 is installed beside {own()}. {changed}"
    )


# The cache


def test_a_cache_that_cannot_be_written_is_told_before_anything_runs(make_project: Make, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    project = make_project(
        {
            "pyproject.toml": SERVICES.format(port=1),
            ".cache/runnable": "a file where a folder should be",
            "snippets/a.py": f"open({str(ran)!r}, 'w')\n",
            "snippets/b.py": ASKS,
            "snippets/b.out": "",
        }
    )
    reported: list[str] = []
    found = recorded(project, report=lambda outcome: reported.append(outcome.snippet.slug))
    reasons = {str(problem) for outcome in found.values() for problem in outcome.problems}
    assert len(reasons) == 1
    assert re.fullmatch(
        r".cache/runnable/recordings: recordings cannot be kept here: [^.]+\. "
        r"Make the folder writable, or name another in RUNNABLE_CACHE\.",
        reasons.pop(),
    )
    assert [outcome.entry for outcome in found.values()] == [None, None]
    assert sorted(reported) == ["a", "b"]
    assert not ran.exists()


def test_a_damaged_entry_is_run_again_and_mended(make_project: Make) -> None:
    project = make_project({f"snippets/{name}.py": f"print('{name}')\n" for name in "abc"})
    recorded(project)
    folder = project.cache / "recordings"
    (folder / "a.json").write_bytes((folder / "a.json").read_bytes()[:-7])
    sound = (folder / "b.json").read_bytes()
    (folder / "b.json").write_bytes(sound[:100] + bytes([sound[100] ^ 4]) + sound[101:])
    again = recorded(project)
    assert {slug: outcome.ran for slug, outcome in again.items()} == {"a": True, "b": True, "c": False}
    assert [lines(outcome) for outcome in again.values()] == [["a"], ["b"], ["c"]]
    assert not any(outcome.ran for outcome in recorded(project).values())


def test_what_is_not_to_be_kept_is_not(make_project: Make) -> None:
    project = make_project({"snippets/a.py": "print('a')\n"})
    assert lines(recorded(project, keep=False)["a"]) == ["a"]
    assert not (project.cache / "recordings").exists()


# Stale or fresh


def test_only_what_a_change_concerns_runs_again(make_project: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    files: dict[str, str | bytes] = {
        "snippets/page/alone.py": "print('alone')\n",
        "snippets/page/imports.py": "import _helper\nprint(_helper.word)\n",
        "snippets/page/_helper.py": "word = 'help'\n",
        "snippets/page/reads.py": OWN_FOLDER + "print((here / 'menu' / 'lunch.txt').read_text())\n",
        "snippets/page/menu/lunch.txt": "soup",
        "snippets/page/secret.py": OWN_FOLDER + "print((here / '.env').read_text())\n",
        "snippets/page/.env": "TEA=green",
        "snippets/page/needs.py": with_header('dependencies = ["psutil"]', "import psutil\nprint('psutil')\n"),
        "snippets/page/alone.out": "$ python snippets/page/alone.py\nalone\n",
        "docs/page.md": "# Page\n",
    }
    project = make_project(files)
    everything = {"alone", "imports", "reads", "secret", "needs"}

    def ran() -> set[str]:
        return {slug.removeprefix("page/") for slug, outcome in recorded(project).items() if outcome.ran}

    def edit(name: str, text: str) -> None:
        (project.root / name).write_text(text, "utf-8")

    assert ran() == everything
    assert ran() == set()

    edit("snippets/page/alone.py", "print('alone')  # still\n")
    assert ran() == {"alone"}
    edit("snippets/page/_helper.py", "word = 'other'\n")
    assert ran() == {"imports"}
    assert lines(recorded(project)["page/imports"]) == ["other"]
    edit("snippets/page/menu/lunch.txt", "salad")
    assert ran() == {"reads"}
    assert lines(recorded(project)["page/reads"]) == ["salad"]
    edit("snippets/page/.env", "TEA=black")
    assert ran() == {"secret"}

    # What no program stands on.
    edit("snippets/page/alone.out", "another transcript")
    edit("docs/page.md", "# Other\n")
    edit("snippets/page/_unused.py", "")
    edit("snippets/page/menu/dinner.txt", "fish")
    (project.root / "snippets/page/alone.py").touch()
    assert ran() == set()

    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: version(name) + "+new")
    assert ran() == {"needs"}
    assert ran() == set()

    newer = Interpreter(own().executable, own().implementation, type(own().version)("3.11.99"))
    monkeypatch.setattr(interpreter, "own", lambda: newer)
    assert ran() == everything
    assert ran() == set()

    monkeypatch.setattr(outcome_module, "RECORDER_VERSION", outcome_module.RECORDER_VERSION + "+new")
    assert ran() == everything


def test_a_program_that_failed_is_not_fresh(make_project: Make) -> None:
    project = make_project({"snippets/a.py": "raise SystemExit(1)\n"})
    assert [recorded(project)["a"].ran for _ in range(2)] == [True, True]


def test_force_runs_the_fresh_ones_too(make_project: Make) -> None:
    project = make_project({"snippets/a.py": "print()\n", "snippets/b.py": "print()\n"})
    recorded(project)
    assert [outcome.ran for outcome in recorded(project, force=True).values()] == [True, True]


def test_outcomes_come_in_the_order_of_programs_and_are_reported_as_they_become_known(
    make_project: Make, tmp_path: Path
) -> None:
    sign = tmp_path / "sign"
    waits = f"import os, time\nwhile not os.path.exists({str(sign)!r}):\n    time.sleep(0.01)\n"
    project = make_project({"snippets/a_waits.py": waits, "snippets/b_quick.py": "print()\n"})
    reported: list[str] = []

    def report(outcome: Outcome) -> None:
        reported.append(outcome.snippet.slug)
        sign.touch()

    assert list(recorded(project, report=report)) == ["a_waits", "b_quick"]
    assert reported == ["b_quick", "a_waits"]


# Where programs run


WHERE = """
import os, sys
from pathlib import Path
print(Path.cwd())
print(os.listdir())
print(Path(__file__))
print(Path(__file__).parents[1] / "docs")
print(Path(__file__).parents[1])
print(f"{Path(__file__).parents[1]}-old")
print(os.environ["TZ"], os.environ["PYTHONHASHSEED"], os.environ["LANG"], os.environ.get("CI"), sys.stdin.read() == "")
"""


@unix
def test_every_program_has_an_empty_folder_and_the_same_surroundings(make_project: Make, monkeypatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    project = make_project({"snippets/where.py": WHERE})
    expected = [
        ".",
        "[]",
        "snippets/where.py",
        "docs",
        ".",
        f"{project.root}-old",
        "UTC 0 C.UTF-8 None True",
    ]
    for options in ({}, {"fork": False}):
        assert lines(recorded(project, force=True, **options)["where"]) == expected


# Ports


HOLDS = """
import time
begin = time.time_ns()
time.sleep(0.2)
print(begin, time.time_ns())
"""


def spans(outcomes: list[Outcome]) -> list[tuple[int, int]]:
    found = []
    for outcome in outcomes:
        begin, end = map(int, lines(outcome)[0].split())
        found.append((begin, end))
    return sorted(found)


def one_after_another(intervals: list[tuple[int, int]]) -> bool:
    return all(end <= begin for (_, end), (begin, _) in itertools.pairwise(intervals))


def test_programs_that_claim_the_same_never_run_at_the_same_time(make_project: Make, free_port: int) -> None:
    project = make_project(
        {
            "pyproject.toml": SERVICES.format(port=free_port),
            **{f"snippets/port_{number}.py": runnable(f"ports = [1, {free_port}]", HOLDS) for number in range(3)},
            **{f"snippets/service_{number}.py": runnable('services = ["postgres"]', HOLDS) for number in range(3)},
        }
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record_module.claim, "port_holder", lambda port: None)
        patch.setattr(record_module.claim, "answers", lambda service: True)
        found = recorded(project)
    groups = {
        kind: spans([outcome for slug, outcome in found.items() if slug.startswith(kind)])
        for kind in ("port", "service")
    }
    assert one_after_another(groups["port"])
    assert one_after_another(groups["service"])


def test_what_takes_longest_begins_first_and_those_that_claim_the_same_count_together(make_project: Make) -> None:
    says = "import time\nprint(time.time_ns())\n"
    project = make_project(
        {
            "snippets/a_quick.py": says,
            "snippets/b_slow.py": runnable("timeout = 25", says),
            "snippets/c_claims.py": runnable("ports = [1]", says),
            "snippets/d_claims.py": runnable("ports = [1]\ntimeout = 12", says),
            "snippets/e_claims.py": runnable("ports = [1]", says),
            "snippets/f_slowest.py": runnable("timeout = 60", says),
        }
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record_module.claim, "port_holder", lambda port: None)
        first = recorded(project, at_once=1)
        # Nothing is known of them yet but what their headers say: 10 s is the limit where they say nothing. The
        # place of one that claims goes to another, since what it claims is free only a moment later.
        assert begun(first) == ["f_slowest", "d_claims", "b_slow", "c_claims", "a_quick", "e_claims"]
        # Now it is known how long they took.
        for seconds, slug in [(0.9, "a_quick"), (0.3, "c_claims"), (0.3, "d_claims"), (0.4, "e_claims")]:
            entry = first[slug].entry
            assert isinstance(entry, Recording)
            Cache(project).save(replace(entry, seconds=seconds))
        again = recorded(project, at_once=1, force=True)
    assert begun(again)[:3] == ["e_claims", "a_quick", "c_claims"]


def begun(found: dict[str, Outcome]) -> list[str]:
    """The programs in the order in which they began, by the clock that each has printed."""
    return sorted(found, key=lambda slug: int(lines(found[slug])[0]))


def test_programs_of_two_builds_that_claim_the_same_never_run_at_the_same_time(
    make_project: Make, free_port: int
) -> None:
    projects = [
        make_project({f"snippets/p{number}.py": runnable(f"ports = [{free_port}]", HOLDS) for number in range(3)})
        for _ in range(2)
    ]
    found: list[Outcome] = []

    def build(project: Project) -> None:
        found.extend(recorded(project).values())

    builds = [threading.Thread(target=build, args=[project]) for project in projects]
    for thread in builds:
        thread.start()
    for thread in builds:
        thread.join()
    assert len(found) == 6
    assert one_after_another(spans(found))


def test_what_measures_runs_by_itself_when_the_others_have_ended(make_project: Make) -> None:
    project = make_project(
        {
            **{f"snippets/alone_{number}.py": runnable("alone = true", HOLDS) for number in range(2)},
            **{f"snippets/other_{number}.py": HOLDS for number in range(3)},
        }
    )
    found = recorded(project)
    alone, others = (
        spans([outcome for slug, outcome in found.items() if slug.startswith(kind)]) for kind in ("alone", "other")
    )
    assert (len(alone), len(others)) == (2, 3)
    assert one_after_another(alone)
    assert max(end for _, end in others) <= alone[0][0]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_a_port_that_a_foreign_process_has_is_told_with_the_process(make_project: Make, taken_port: int) -> None:
    project = make_project(
        {
            "snippets/serves.py": runnable(f"ports = [{taken_port}]", "print('never')\n"),
            "snippets/other.py": "print('other')\n",
        }
    )
    found = recorded(project)
    assert re.fullmatch(
        rf"snippets/serves\.py:3: its port {taken_port} is taken by (\S+ \(.*\)|a process that this user cannot see)\. "
        r"End that, or give the program another port\.",
        message(found["serves"]),
    )
    if sys.platform == "linux":
        assert f"taken by {psutil.Process().name()} (" in message(found["serves"])
    assert not found["serves"].ran
    assert lines(found["other"]) == ["other"]


# Builds that are stopped, or many


BUILD = """
import sys
from runnable.project import Project
from runnable.record import record
from runnable.snippet import find_snippets
project = Project.at(sys.argv[1])
outcomes = record(
    project,
    find_snippets(project)[0],
    force="force" in sys.argv,
    fork="plain" not in sys.argv,
    report=lambda outcome: print(outcome.snippet.slug, flush=True),
)
for outcome in outcomes:
    for problem in outcome.problems:
        print(problem)
"""


class Build:
    """A build in a process of its own, with a folder of its own for what is temporary."""

    def __init__(self, project: Project, temporary: Path, *options: str) -> None:
        temporary.mkdir(exist_ok=True)
        self.temporary = temporary
        self.process = subprocess.Popen(
            [sys.executable, "-c", BUILD, str(project.root), *options],
            env={**os.environ, "TMPDIR": str(temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started: set[psutil.Process] = set()

    def wait_for_programs(self, count: int) -> None:
        """Waits until so many of its programs stand in their working directories."""
        deadline = time.monotonic() + 30
        while len(self.programs()) < count:
            assert time.monotonic() < deadline, "the build did not start its programs"
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.02)

    def programs(self) -> list[psutil.Process]:
        """Whatever runs in its temporary folder; remembers all that ever did."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if Path(process.cwd()).is_relative_to(self.temporary):
                    found.append(process)
        with contextlib.suppress(psutil.Error):
            self.started.update(psutil.Process(self.process.pid).children(recursive=True))
        self.started.update(found)
        return found

    def assert_all_ends(self) -> None:
        """Nothing that it started runs on."""
        deadline = time.monotonic() + 20
        while alive := [process for process in self.started if not has_ended(process)] + self.programs():
            assert time.monotonic() < deadline, f"still running: {alive}"
            time.sleep(0.02)


HANGS = {
    **{f"snippets/hangs_{number}.py": "import asyncio\nasyncio.run(asyncio.sleep(9))\n" for number in range(4)},
    "snippets/has_child.py": "import subprocess\nsubprocess.run(['sleep', '9'])\n",
    "snippets/has_daemon.py": "import subprocess\nsubprocess.run(['sleep', '9'], start_new_session=True)\n",
    **{f"snippets/quick_{number}.py": f"print({number})\n" for number in range(4)},
}


@linux
@pytest.mark.parametrize("options", [(), ("plain",)], ids=["forked", "plain"])
def test_a_build_that_is_killed_leaves_no_process_and_no_folder(
    make_project: Make, tmp_path: Path, options: tuple[str, ...]
) -> None:
    build = Build(make_project(dict(HANGS)), tmp_path / "temporary", *options)
    build.wait_for_programs(8)
    build.process.kill()
    build.process.communicate()
    build.assert_all_ends()
    deadline = time.monotonic() + 20
    while left := [path for path in build.temporary.iterdir() if not path.name.startswith("runnable-claims")]:
        assert time.monotonic() < deadline, left
        time.sleep(0.02)


@linux
@pytest.mark.parametrize("pipes", ["", "1"], ids=["sockets", "pipes"])
def test_a_build_that_is_interrupted_ends_its_programs(
    make_project: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pipes: str
) -> None:
    monkeypatch.setenv("RUNNABLE_PIPES", pipes)
    build = Build(make_project(dict(HANGS)), tmp_path / "temporary")
    build.wait_for_programs(8)
    build.process.send_signal(signal.SIGINT)
    out, err = build.process.communicate(timeout=30)
    assert build.process.returncode == -signal.SIGINT
    assert err.rstrip().endswith("KeyboardInterrupt")
    assert not [text for text in err.splitlines() if "Exception ignored" in text or "never" in text]
    build.assert_all_ends()
    assert set(out.split()) <= {f"quick_{number}" for number in range(4)}
    assert [path for path in build.temporary.iterdir() if not path.name.startswith("runnable-claims")] == []


@linux
def test_a_build_killed_at_any_moment_leaves_a_cache_of_whole_entries(make_project: Make, tmp_path: Path) -> None:
    project = make_project({f"snippets/p{number}.py": f"print({number})\n" for number in range(30)})
    chance = random.Random(3)
    for attempt in range(6):
        build = Build(project, tmp_path / "temporary", "force")
        assert build.process.stdout is not None
        for _ in range(chance.randrange(25)):
            build.process.stdout.readline()
        build.programs()
        build.process.kill()
        build.process.communicate()
        build.assert_all_ends()
        for number in range(30):
            entry = Cache(project).load(f"p{number}")
            assert entry is None or [line.text for line in recording_of(entry).lines] == [str(number)], attempt
    found = recorded(project)
    assert [lines(outcome) for outcome in found.values()] == [[slug.removeprefix("p")] for slug in found]


def recording_of(entry: Recording | Absence) -> Recording:
    assert isinstance(entry, Recording)
    return entry


def test_two_builds_at_once_both_succeed(make_project: Make, tmp_path: Path) -> None:
    project = make_project({f"snippets/p{number}.py": f"print({number})\n" for number in range(20)})
    builds = [Build(project, tmp_path / f"temporary{number}", "force") for number in range(2)]
    for build in builds:
        out, err = build.process.communicate(timeout=60)
        assert (build.process.returncode, err) == (0, "")
        assert sorted(out.split()) == sorted(f"p{number}" for number in range(20))
    found = recorded(project)
    assert not any(outcome.ran for outcome in found.values())
    assert [lines(outcome) for outcome in found.values()] == [[slug.removeprefix("p")] for slug in found]


@linux
def test_a_fork_server_that_is_killed_is_a_problem_and_no_crash(make_project: Make, tmp_path: Path) -> None:
    build = Build(make_project(dict(HANGS)), tmp_path / "temporary")
    build.wait_for_programs(8)
    (server,) = psutil.Process(build.process.pid).children()
    server.kill()
    _, err = build.process.communicate(timeout=30)
    assert err.splitlines()[-1].removeprefix("runnable.problem.ProblemsError: ") == (
        "snippets: the process that starts programs ended with status -9. Record again; "
        "if that is of no use, set RUNNABLE_PIPES=1 in the environment to do without it."
    )
    build.assert_all_ends()


FEW_FILES = """
import resource, sys
soft = int(sys.argv.pop(2))
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
"""


@linux
@pytest.mark.parametrize("pipes", ["", "1"], ids=["sockets", "pipes"])
def test_many_programs_need_few_file_handles(
    make_project: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pipes: str
) -> None:
    monkeypatch.setenv("RUNNABLE_PIPES", pipes)
    project = make_project({f"snippets/p{number}.py": "import time\ntime.sleep(0.1)\n" for number in range(120)})
    command = [sys.executable, "-c", FEW_FILES + BUILD, str(project.root), "96"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.split()) == sorted(f"p{number}" for number in range(120))


@linux
def test_a_hundred_programs_at_once_take_at_most_four_file_handles_each(make_project: Make) -> None:
    waits = "import time\ntime.sleep(0.5)\n"
    project = make_project({f"snippets/p{number}.py": waits for number in range(150)})
    before = psutil.Process().num_fds()
    peak = 0

    def count(outcome: Outcome) -> None:
        nonlocal peak
        peak = max(peak, psutil.Process().num_fds())

    found = recorded(project, report=count)
    assert [outcome.entry for outcome in found.values() if outcome.entry is None] == []
    assert peak - before <= 4 * 100
    assert psutil.Process().num_fds() == before
