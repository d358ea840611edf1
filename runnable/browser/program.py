"""One run of a program in the reader's page: in `__main__`, in a folder of its own, to its end and its clean-up."""

from __future__ import annotations

import atexit
import gc
import itertools
import linecache
import os
import shutil
import sys
import tempfile
import types
from collections.abc import Callable
from typing import Any

from runnable.browser import frames, output
from runnable.browser.clock import Clock, Forever, real_time
from runnable.browser.loop import Loop
from runnable.browser.network import Socket
from runnable.browser.output import Output, TooMuchError
from runnable.browser.stage import forget_policy
from runnable.browser.state import State
from runnable.browser.tracing import Tracing
from runnable.browser.waiting import waiting

STOPPED = "You stopped it."
FOREVER = "This program would wait for ever: nothing is scheduled, and nothing is left that could wake a task."
TOO_MUCH = f"It wrote more than {output.MOST_BYTES // 1_000_000} MB and was stopped."
EXITED = "os._exit ended it at once: nothing was cleaned up."

SIGINT = 2
KILLED = -9


class Exited(BaseException):
    """The program has called `os._exit`. What it still does cannot be seen."""


class Program:
    """One run. `request` is that of `runnable.browser.host`; `post` takes the output."""

    def __init__(self, request: dict[str, Any], clock: Clock, state: State, post: output.Post) -> None:
        self._request = request
        self._source: str = request["source"]
        self._files: dict[str, str] = request.get("files") or {}
        self._place: str = request["place"]
        self._clock = clock
        self._state = state
        clock.begin(fast=bool(request.get("fast")))
        self._root = tempfile.mkdtemp(prefix="run-")
        self._path = os.path.join(self._root, *self._place.split("/"))
        self._began_ns = clock.read_ns("perf_counter")
        self._shorten = output.shortener(self._root, output.library(), _version())
        self._output = Output(post, self._second, real_time, self._shorten)
        self._stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - it is closed when the run ends
        self._notes: list[str] = []
        self._forever = False
        self._exit: int | None = None

    def _now_ns(self) -> int:
        return self._clock.read_ns("perf_counter") - self._began_ns

    def _second(self) -> float:
        return self._now_ns() / 1e9

    def run(self) -> dict[str, Any]:
        """Runs it to its end; what a message of the end says."""
        clock = self._clock
        try:
            self._write_files()
            self._take_stage()
            self._began_ns = clock.read_ns("perf_counter")
            tracing = Tracing(self._path, self._output, self._now_ns)
            self._began_ns = clock.read_ns("perf_counter")
            try:
                status = self._run_and_clean_up()
                seconds = self._second()
            finally:
                tracing.stop()
        finally:
            clock.before_wait = lambda: None
            clock.before_forever = lambda: None
            self._output.silent = True
            sys.stdin = None
            self._stdin.close()
            forget_policy()
            gc.collect()
            Socket.network.clear()
            self._state.restore()
            self._delete_files()
        ended = {"exit": status, "seconds": round(seconds, 6), "note": "\n".join(self._notes)}
        return {**ended, **tracing.message(self._request, seconds)}

    def _write_files(self) -> None:
        folder = os.path.dirname(self._path)
        os.makedirs(folder)
        for name, text in {os.path.basename(self._path): self._source, **self._files}.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        own = os.path.join(self._root, "work")
        os.mkdir(own)
        os.chdir(own)

    def _delete_files(self) -> None:
        shutil.rmtree(self._root, ignore_errors=True)
        linecache.checkcache()

    def _take_stage(self) -> None:
        """What the program finds in the place of what was there."""
        Loop.names = itertools.count(1)
        clock, streams = self._clock, {name: self._output.stream(name) for name in ("out", "err")}
        clock.before_wait = self._output.flush
        clock.before_forever = self._note_forever
        sys.stdout = sys.__stdout__ = streams["out"]  # type: ignore[misc]
        sys.stderr = sys.__stderr__ = streams["err"]  # type: ignore[misc]
        sys.stdin = sys.__stdin__ = self._stdin  # type: ignore[misc]
        sys.argv[:] = [self._path]
        sys.path.insert(0, os.path.dirname(self._path))
        os._exit = self._exit_at_once  # type: ignore[assignment]
        write = os.write

        def write_to(fd: int, data: Any, /) -> int:
            if fd in (1, 2):
                return self._output.write("out" if fd == 1 else "err", bytes(data))
            return write(fd, data)

        os.write = write_to
        frames.hide(lowest=Program.run.__code__.co_filename)

    def _note_forever(self) -> None:
        if not self._forever:
            self._forever = True
            self._notes += [FOREVER, *map(self._shorten, waiting())]

    def _exit_at_once(self, status: int) -> None:
        self._output.flush()
        self._output.silent = True
        self._exit = status
        raise Exited

    def _run_and_clean_up(self) -> int:
        main = types.ModuleType("__main__")
        sys.modules["__main__"] = main
        vars(main).update(__file__=self._path, __builtins__=sys.modules["builtins"])
        status = self._guarded(lambda: self._execute(main))
        steps = (
            atexit._run_exitfuncs,
            gc.collect,
            lambda: _clear(main),
            self._state.drop_modules,
            forget_policy,
            gc.collect,
        )
        for step in steps:
            self._guarded(step)
        self._output.end()
        return self._status(status)

    def _status(self, status: int) -> int:
        if self._exit is not None:
            self._notes.append(EXITED)
            return self._exit & 0xFF
        if self._output.full:
            self._notes.append(TOO_MUCH)
            return KILLED
        return KILLED if self._forever else status

    def _execute(self, main: types.ModuleType) -> None:
        code = compile(self._source, self._path, "exec", dont_inherit=True)
        try:
            exec(code, vars(main))
        finally:
            self._state.restore_builtins()

    def _guarded(self, step: Callable[[], object]) -> int:
        """Takes a step of the run. The status with which a process would end after it."""
        try:
            step()
        except SystemExit as end:
            return _exit_status(end)
        except (Forever, TooMuchError, Exited):
            return KILLED
        except BaseException as error:
            interrupted = isinstance(error, KeyboardInterrupt)
            if interrupted:
                self._notes.append(STOPPED)
            _show(error)
            return -SIGINT if interrupted else 1
        return 0


def _version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _exit_status(end: SystemExit) -> int:
    if end.code is None:
        return 0
    if isinstance(end.code, int):
        return end.code & 0xFF
    print(end.code, file=sys.stderr)
    return 1


def _show(error: BaseException) -> None:
    """Prints an error that nobody caught, as the interpreter does."""
    error.__traceback__ = sys.last_traceback = frames.without_ours(error.__traceback__)
    try:
        hook = sys.excepthook
    except AttributeError:
        print("sys.excepthook is missing", file=sys.stderr)
        hook = sys.__excepthook__
    try:
        hook(type(error), error, error.__traceback__)
    except SystemExit:
        raise
    except Exception as second:
        second.__traceback__ = frames.without_ours(second.__traceback__)
        for title, each in (("Error in sys.excepthook:", second), ("\nOriginal exception was:", error)):
            print(title, file=sys.stderr)
            sys.__excepthook__(type(each), each, each.__traceback__)


def _clear(main: types.ModuleType) -> None:
    """Clears the names of a module as the interpreter does at its end: first those with one underscore."""
    names = vars(main)
    for name in list(names):
        if name.startswith("_") and not name.startswith("__"):
            names[name] = None
    for name in list(names):
        if name != "__builtins__":
            names[name] = None
    del names
    sys.modules.pop("__main__", None)
    vars(main).clear()
