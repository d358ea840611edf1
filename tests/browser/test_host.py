"""Programs in the page's Python, on the desktop: what a reader's program may do, and that the next one runs."""

from __future__ import annotations

import re
import sys
from textwrap import dedent

import pytest

from tests.browser import runs
from tests.browser.runs import Run, on_the_desktop, source

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the page's Python is a Unix")

FINE = "print('fine')"
PLACE = "snippets/kitchen/tea.py"


def run(text: str, **more: object) -> Run:
    """Runs a program, and another after it, which must find nothing of it."""
    first, second = on_the_desktop([source(dedent(text), **more), source(FINE)])
    assert (second.out, second.err, second.exit, second.note) == (["fine"], [], 0, "")
    return first


def test_output_is_told_with_its_seconds_on_the_fast_clock() -> None:
    done = run("""
        import asyncio, sys, time
        async def main():
            print("water on")
            await asyncio.sleep(60)
            print("ready", file=sys.stderr)
            time.sleep(30)
            print(time.monotonic() - began >= 90, time.time() - wall >= 90, end="")
        began, wall = time.monotonic(), time.time()
        asyncio.run(main())
    """)
    assert [(line.stream, line.text) for line in done.lines] == [
        ("out", "water on"), ("err", "ready"), ("out", "True True"),
    ]  # fmt: skip
    assert [round(line.second) for line in done.lines] == [0, 60, 90]
    assert round(done.end["seconds"]) == 90
    assert done.exit == 0
    assert re.fullmatch(r"CPython 3\.\d+\.\d+\S*", done.end["interpreter"])


def test_computing_takes_what_it_takes_but_on_the_steady_clock_of_these_tests_always_the_same() -> None:
    text = dedent("""
        import time
        began = time.monotonic()
        sum(range(1_000_000))
        print(round(time.monotonic() - began, 9))
    """)
    free, _, *steady = on_the_desktop([source(text), runs.steady(), source(text), source(text)])
    assert free.out != ["0.0005"]
    assert [run.out for run in steady] == [["0.0005"]] * 2


def test_in_real_time_a_wait_lasts_as_long_as_it_says() -> None:
    done = run("import asyncio\nasyncio.run(asyncio.sleep(0.3))\nprint('ready')", fast=False)
    assert done.lines[0].second >= 0.3


def test_an_error_is_printed_as_python_does_it_without_frames_of_ours() -> None:
    done = run("""\
        import asyncio
        async def main():
            raise ValueError("no eggs")
        asyncio.run(main())
    """)
    assert done.exit == 1
    assert done.err[:2] == ["Traceback (most recent call last):", f'  File "{PLACE}", line 4, in <module>']
    assert done.err[-3:] == [
        f'  File "{PLACE}", line 3, in main', '    raise ValueError("no eggs")', "ValueError: no eggs",
    ]  # fmt: skip
    assert not any("runnable" in line for line in done.err)


def test_a_wrong_program_is_a_syntax_error_at_its_place() -> None:
    done = run("print('one'\n")
    assert done.exit == 1
    assert done.err[0] == f'  File "{PLACE}", line 1'
    assert done.err[-1] == "SyntaxError: '(' was never closed"


@pytest.mark.parametrize(
    ("call", "status", "printed"),
    [
        ("sys.exit()", 0, []),
        ("sys.exit(3)", 3, []),
        ("sys.exit('no eggs')", 1, ["no eggs"]),
        ("raise SystemExit(256 + 7)", 7, []),
    ],
)
def test_the_exit_status_is_that_of_a_process(call: str, status: int, printed: list[str]) -> None:
    done = run(f"import sys\n{call}\nprint('never')")
    assert (done.exit, done.err, done.out) == (status, printed, [])


def test_leaving_at_once_says_so_and_shows_nothing_more() -> None:
    done = run("""
        import os
        try:
            os._exit(4)
        finally:
            print("never seen")
    """)
    assert (done.exit, done.out) == (4, [])
    assert done.note == "os._exit ended it at once: nothing was cleaned up."


def test_what_was_never_awaited_or_never_retrieved_is_told_at_the_end() -> None:
    done = run("""\
        import asyncio
        async def brew():
            raise ValueError("no water")
        async def main():
            brew()
            global task
            task = asyncio.create_task(brew())
            await asyncio.sleep(0)
        asyncio.run(main())
    """)
    text = "\n".join(done.err)
    assert f"{PLACE}:5: RuntimeWarning: coroutine 'brew' was never awaited" in text
    assert "Task exception was never retrieved" in text
    assert "ValueError: no water" in text
    assert "name='Task-2'" in text


def test_exit_handlers_run_and_forgotten_coroutines_are_told_in_the_interpreters_words() -> None:
    done = run("""\
        import asyncio, atexit
        atexit.register(print, "handler")
        async def brew(): pass
        forgotten = brew()
        print("end")
    """)
    assert done.out == ["end", "handler"]
    assert done.err == ["sys:1: RuntimeWarning: coroutine 'brew' was never awaited"]


def test_a_program_that_would_wait_for_ever_is_told_so_with_its_tasks_and_ended() -> None:
    done = run("""\
        import asyncio
        async def cook():
            try:
                await asyncio.Event().wait()
            finally:
                print("cook: tidies up")
        async def main():
            async with asyncio.TaskGroup() as group:
                group.create_task(cook(), name="cook")
        asyncio.run(main())
    """)
    assert done.out == ["cook: tidies up"]
    assert done.err == []
    assert done.exit == -9
    first, *tasks = done.note.splitlines()
    assert (
        first == "This program would wait for ever: nothing is scheduled, and nothing is left that could wake a task."
    )
    assert len(tasks) == 2
    assert re.fullmatch(
        rf"cook waits in cook \({re.escape(PLACE)}:4\) > Event\.wait \(lib/python3\.\d+/asyncio/locks\.py:\d+\)\.",
        tasks[0],
    )
    assert tasks[1].startswith(f"Task-1 waits in main ({PLACE}:8) > TaskGroup.__aexit__ (lib/python3.")


def test_stop_is_ctrl_c_and_finally_blocks_run() -> None:
    done = run(
        """\
        import asyncio
        async def main():
            try:
                print("begins")
                await asyncio.sleep(3600)
            finally:
                print("tidies up")
        asyncio.run(main())
        """,
        fast=False,
        stop_after=0.3,
    )
    assert done.out == ["begins", "tidies up"]
    assert done.exit == -2
    assert done.err[-1] == "KeyboardInterrupt"
    assert done.note == "You stopped it."


def test_stop_reaches_a_program_that_sleeps_without_asyncio() -> None:
    done = run("import time\ntime.sleep(3600)", fast=False, stop_after=0.2)
    assert (done.exit, done.note) == (-2, "You stopped it.")


def test_endless_output_is_stopped_and_said() -> None:
    done = run("while True: print('x' * 1000)")
    assert sum(len(write.text) for write in done.writes) == 1_000_000
    assert done.note == "It wrote more than 1 MB and was stopped."
    assert done.exit == -9
    assert len(done.writes) < 1000


SPOILING = {
    "redefined builtins": "import builtins\nbuiltins.print = builtins.open = builtins.len = None\ndel builtins.dict",
    "replaced modules": (
        "import sys, json, asyncio, time\n"
        "sys.modules.clear()\n"
        "time.monotonic = json.dumps = None\n"
        "asyncio.run = print\n"
    ),
    "closed loop": (
        "import asyncio\n"
        "async def main(): asyncio.get_running_loop().close()\n"
        "try: asyncio.run(main())\n"
        "except RuntimeError as error: print(error)\n"
    ),
    "deep recursion": (
        "import sys\nsys.setrecursionlimit(500)\ndef f(): f()\ntry: f()\nexcept RecursionError: print('deep')\n"
    ),
    "no memory": "try: bytearray(1 << 62)\nexcept MemoryError: print('none')",
    "streams": "import sys\nsys.stdout.close()\nsys.stderr = None\nsys.stdout = None",
    "hooks": "import sys\nsys.excepthook = lambda *a: 1 / 0\nsys.settrace(lambda *a: None)\nraise ValueError",
    "logging": (
        "import logging\n"
        "logging.basicConfig(level=1)\n"
        "logging.disable()\n"
        "logging.getLogger('asyncio').handlers.append(1)\n"
    ),
    "warnings": "import warnings\nwarnings.simplefilter('error')\nwarnings.showwarning = None",
    "environment": "import os, tempfile\nos.environ.clear()\nos.chdir('/')",
    "policy": (
        "import asyncio, warnings\nwarnings.simplefilter('ignore')\nasyncio.set_event_loop(asyncio.new_event_loop())\n"
    ),
    "signals": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)",
    "left connections": "import socket\nserver = socket.create_server(('127.0.0.1', 8080))\nsocket.socketpair()",
    "exit handlers": "import atexit\natexit.register(lambda: 1 / 0)",
    "input": "try: input()\nexcept EOFError: print('no input')",
    "main": "import sys\ndel sys.modules['__main__']",
    "garbage": "import gc\ngc.disable()\ngc.set_threshold(1)",
}

NEXT = """\
import asyncio, atexit, logging, os, socket, sys, time, warnings

async def main():
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 8080)
    reader, writer = await asyncio.open_connection("127.0.0.1", 8080)
    print(await reader.read(), asyncio.current_task().get_name(), len(os.environ) > 1)
    writer.close()
    server.close()
    warnings.warn("a warning", stacklevel=2)
    logging.warning("logged")
    await asyncio.sleep(0.1)

asyncio.run(main())
raise ValueError("an error")
"""


@pytest.fixture(scope="module")
def undisturbed() -> Run:
    (done,) = on_the_desktop([source(NEXT)])
    assert done.out == ["b'' Task-1 True"]
    return done


@pytest.mark.parametrize("what", SPOILING)
def test_the_next_program_finds_nothing_of_what_one_did(what: str, undisturbed: Run) -> None:
    _, after = on_the_desktop([source(SPOILING[what]), source(NEXT)])
    assert [(line.stream, line.text) for line in after.lines] == [
        (line.stream, line.text) for line in undisturbed.lines
    ]
    assert after.exit == 1


def test_ten_thousand_tasks_are_no_problem() -> None:
    done = run("""\
        import asyncio
        async def main():
            async with asyncio.TaskGroup() as group:
                for _ in range(10_000):
                    group.create_task(asyncio.sleep(1))
            print("all done")
        asyncio.run(main())
    """)
    assert done.out == ["all done"]
    assert done.end["trace"]["tasks"]


def test_what_a_page_lacks_says_so() -> None:
    done = run("""\
        import asyncio, concurrent.futures, threading
        async def attempt(make):
            try:
                await make()
            except Exception as error:
                print(f"{type(error).__name__}: {error}")
        async def main():
            loop = asyncio.get_running_loop()
            await attempt(lambda: asyncio.create_subprocess_exec("ls"))
            await attempt(lambda: loop.add_signal_handler(2, print))
            await attempt(lambda: loop.create_unix_server(None, "x"))
            await attempt(lambda: threading.Thread(target=print).start())
            await attempt(concurrent.futures.ProcessPoolExecutor)
        asyncio.run(main())
    """)
    assert done.out == [
        "NotImplementedError: a program in a page cannot start another: there are no processes there",
        "NotImplementedError: a page sends no signals to a program",
        "NotImplementedError: a page has no Unix sockets: use a TCP port on 127.0.0.1",
        "RuntimeError: can't start new thread: a page has none. asyncio.to_thread works, but runs its function at once",
        "NotImplementedError: a program in a page cannot start another: there are no processes there. "
        "Use a ThreadPoolExecutor",
    ]


def test_functions_for_threads_run_at_once_in_turns_of_their_own() -> None:
    done = run("""\
        import asyncio, concurrent.futures
        def work(name):
            print(name, "works")
            if name == "bad":
                raise ValueError(name)
            return asyncio.run(asyncio.sleep(0.1, name))
        async def main():
            loop = asyncio.get_running_loop()
            print(await asyncio.gather(asyncio.to_thread(work, "one"), loop.run_in_executor(None, work, "two")))
            with concurrent.futures.ThreadPoolExecutor(initializer=print, initargs=("begins",)) as pool:
                print(await loop.run_in_executor(pool, work, "three"), pool.submit(work, "four").result())
                print(list(pool.map(str.upper, "ab")))
                try:
                    await loop.run_in_executor(pool, work, "bad")
                except ValueError as error:
                    print("failed:", error)
        asyncio.run(main())
    """)
    assert done.out == [
        "two works", "one works", "['one', 'two']", "begins", "three works", "four works", "three four", "['A', 'B']",
        "bad works", "failed: bad",
    ]  # fmt: skip


def test_files_beside_it_can_be_imported_and_read_and_the_working_directory_is_empty() -> None:
    files = {"_stock.py": "EGGS = 12", "menu.txt": "soup"}
    text = """
        import os, pathlib, sys
        from _stock import EGGS
        print(EGGS, pathlib.Path(__file__).with_name("menu.txt").read_text(), os.listdir("."), __name__, sys.argv)
        pathlib.Path("left.txt").write_text("x")
    """
    first, second = on_the_desktop([source(dedent(text), files=files)] * 2)
    assert first.out == second.out == [f"12 soup [] __main__ ['{PLACE}']"]


def test_an_editor_s_debug_mode_tells_where_a_task_was_made_as_on_a_desktop() -> None:
    done = run("""\
        import asyncio
        async def brew():
            raise ValueError("no water")
        async def main():
            asyncio.create_task(brew())
            await asyncio.sleep(0)
        asyncio.run(main(), debug=True)
    """)
    text = "\n".join(done.err)
    assert "source_traceback: Object created at (most recent call last):" in text
    assert f'  File "{PLACE}", line 5, in main' in text
    assert "runnable" not in text


def test_a_timeline_comes_with_the_end() -> None:
    (done,) = on_the_desktop([source("import asyncio\nasyncio.run(asyncio.sleep(1))", ident="here")])
    assert 'aria-labelledby="here-title"' in done.end["timeline"]
    assert [task["name"] for task in done.end["trace"]["tasks"]][:1] == ["Task-1"]
    (without,) = on_the_desktop([source("print('no loop')")])
    assert (without.end["trace"], without.end["timeline"]) == (None, "")


def test_requests_of_the_tests_are_those_of_the_page() -> None:
    assert set(source("")) == {"name", "place", "source", "files", "fast"}
    assert runs.DRIVER.exists()
