"""A program while it runs: started in a process of its own, on a clock, and ended with all that it started."""

from __future__ import annotations

import asyncio
import contextlib
import marshal
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

from runnable.capture import Capture, PipeCapture, SocketCapture, sockets_work
from runnable.interpreter import Environment
from runnable.snippet import Snippet

_FORKSERVER = Path(__file__).with_name("forkserver.py")
# Runs the fork server's text outside of `__main__`, which must stay as the interpreter made it for the programs.
_BOOT = (
    "import sys; file = {file!r}; names = {{'__name__': 'forkserver', '__file__': file}}; "
    "exec(compile(open(file, encoding='utf-8').read(), file, 'exec'), names); names['run']({fd})"
)
# By which a program that hangs is asked for its tasks. No program of ours has a use for it.
_DUMP_SIGNAL = signal.SIGRTMAX if sys.platform == "linux" else 0
# How long a process of the program's own making may take to notice that the program has ended.
_GRACE = 2.0


@dataclass(frozen=True)
class Ended:
    """How a run ended. Times are in nanoseconds, as `time.time_ns` gives them."""

    capture: Capture
    status: int
    """The exit status; -n where signal n ended the program."""
    began_ns: int
    ended_ns: int
    timed_out: bool
    tasks: str
    """After a time-out: the tasks that had not ended and where each stood, a line each; "" where that is not known."""
    left_running: tuple[str, ...]
    """The processes that the program started and left, as `name (command)`. They have been killed."""

    @property
    def seconds(self) -> float:
        """From the start to the end."""
        return round(max(0, self.ended_ns - self.began_ns) / 1e9, 6)


class _Process(Protocol):
    pid: int
    began_ns: int

    async def wait(self) -> tuple[int, int]:
        """Waits for its end: the status, and the time in nanoseconds."""


class Launcher:
    """Starts programs. As an asynchronous context manager it ends, with itself, the fork server.

    Programs for the project's own Python come from a fork server where the platform has one; `fork=False` says that all
    are to be started as plain processes.
    """

    def __init__(self, *, fork: bool = True) -> None:
        self._fork = fork and sockets_work() and hasattr(os, "pidfd_open")
        self._server: _ForkServer | None = None
        self._starting = asyncio.Semaphore(os.cpu_count() or 1)

    async def __aenter__(self) -> Launcher:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            await self._server.close()

    def _fork_server(self, python: Path) -> _ForkServer:
        if self._server is None:
            self._server = _ForkServer(python)
        return self._server

    async def run(self, snippet: Snippet, environment: Environment, directory: Path) -> Ended:
        """Runs the program to its end or its time limit, in the empty folder `directory`."""
        run = _Run(snippet, environment, directory)
        ended = await self._run(run, sockets=sockets_work())
        if isinstance(ended.capture, SocketCapture) and ended.capture.too_long:
            ended = await self._run(run, sockets=False)
        return ended

    async def _run(self, run: _Run, *, sockets: bool) -> Ended:
        overflow = asyncio.Event()
        forked = self._fork and sockets and run.environment.is_own
        # Programs that all started at once would find each other's start-up in their own times.
        async with self._starting:
            process: _Process
            capture: SocketCapture | PipeCapture
            if sockets:
                capture = SocketCapture(overflow.set)
                with capture.lent() as fds:
                    process = await (self._forked(run, fds) if forked else _PlainProcess.start(run, *fds))
            else:
                capture = PipeCapture(overflow.set)
                process = await _PlainProcess.start(run, subprocess.PIPE, subprocess.PIPE)
                capture.attach(*process.streams)
            end = asyncio.ensure_future(process.wait())
            limit = asyncio.get_running_loop().time() + run.snippet.header.timeout
            await _settled(process.pid, end)
        full = asyncio.ensure_future(overflow.wait())
        timed_out, tasks = False, ""
        left: tuple[str, ...] = ()
        try:
            left_seconds = limit - asyncio.get_running_loop().time()
            done, _ = await asyncio.wait([end, full], timeout=left_seconds, return_when=asyncio.FIRST_COMPLETED)
            if not done:
                timed_out = True
                tasks = await (_dumped(process.pid, run.dump) if forked else _asked(process.pid, run.environment))
            if end not in done:
                _kill_group(process.pid)
            status, ended_ns = await end
            if not timed_out and not capture.overflowed:
                left = await _end_left_running(process.pid)
        finally:
            full.cancel()
            if not end.done():
                _kill_group(process.pid)
                end.cancel()
            await capture.finish()
        return Ended(capture, status, process.began_ns, ended_ns, timed_out, tasks, left)

    async def _forked(self, run: _Run, fds: tuple[int, int]) -> _ForkedProcess:
        if self._server is None:
            self._server = _ForkServer(run.environment.python)
        return await self._server.start(run, fds)


@dataclass(frozen=True)
class _Run:
    snippet: Snippet
    environment: Environment
    directory: Path

    @property
    def dump(self) -> Path:
        """Where a forked program writes its tasks when asked."""
        return self.directory.with_name(self.directory.name + ".tasks")


class _ForkServer:
    """The process of `forkserver.py`, and the socket to it."""

    def __init__(self, python: Path) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            [python, "-c", _BOOT.format(file=str(_FORKSERVER), fd=theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=None,
            pass_fds=[theirs.fileno()],
            env=_variables(os.environ),
            cwd="/",
            start_new_session=True,
        )
        theirs.close()
        self._socket.setblocking(False)
        self._waiting: dict[int, tuple[asyncio.Future[tuple[int, int]], asyncio.Future[tuple[int, int]]]] = {}
        self._next = 0
        asyncio.get_running_loop().add_reader(self._socket, self._read)

    async def start(self, run: _Run, fds: tuple[int, int]) -> _ForkedProcess:
        loop = asyncio.get_running_loop()
        self._next += 1
        began: asyncio.Future[tuple[int, int]] = loop.create_future()
        ended: asyncio.Future[tuple[int, int]] = loop.create_future()
        self._waiting[self._next] = began, ended
        request = {
            "id": self._next,
            "path": str(run.snippet.path),
            "directory": str(run.directory),
            "dump": str(run.dump),
            "signal": int(_DUMP_SIGNAL),
        }
        message = marshal.dumps(request)
        while True:
            try:
                socket.send_fds(self._socket, [message], list(fds))
                break
            except BlockingIOError:  # hundreds of requests wait already
                await asyncio.sleep(0.01)
        pid, began_ns = await began
        return _ForkedProcess(pid, began_ns, ended)

    def _read(self) -> None:
        while True:
            try:
                message = self._socket.recv(1 << 16)
            except BlockingIOError:
                return
            except ConnectionError:
                message = b""
            if not message:
                asyncio.get_running_loop().remove_reader(self._socket)
                for futures in self._waiting.values():
                    for future in futures:
                        if not future.done():
                            future.set_exception(RuntimeError("the fork server ended; its message is above"))
                return
            kind, run_id, *values = marshal.loads(message)
            began, ended = self._waiting[run_id]
            if kind == "began":
                began.set_result((values[0], values[1]))
            else:
                del self._waiting[run_id]
                if not ended.done():
                    ended.set_result((values[0], values[1]))

    async def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()
        await asyncio.to_thread(self._process.wait)


@dataclass
class _ForkedProcess:
    pid: int
    began_ns: int
    _ended: asyncio.Future[tuple[int, int]]

    async def wait(self) -> tuple[int, int]:
        return await self._ended


@dataclass
class _PlainProcess:
    pid: int
    began_ns: int
    _process: asyncio.subprocess.Process

    @classmethod
    async def start(cls, run: _Run, out: int, err: int) -> _PlainProcess:
        began_ns = time.time_ns()
        process = await asyncio.create_subprocess_exec(
            run.environment.python,
            run.snippet.path,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=_variables(os.environ),
            cwd=run.directory,
            start_new_session=os.name == "posix",
        )
        return cls(process.pid, began_ns, process)

    @property
    def streams(self) -> tuple[asyncio.StreamReader, asyncio.StreamReader]:
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        return self._process.stdout, self._process.stderr

    async def wait(self) -> tuple[int, int]:
        status = await self._process.wait()
        return status, time.time_ns()


def _variables(own: Mapping[str, str]) -> dict[str, str]:
    """The environment of every program: ours, without what would make its output differ from machine to machine."""
    kept = {
        name: value
        for name, value in own.items()
        if not name.startswith(("PYTHON", "LC_", "COV_"))
        and name not in {"CI", "FORCE_COLOR", "LANGUAGE", "VIRTUAL_ENV"}
    }
    return kept | {
        "COLUMNS": "80",
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
        "PYTHONDONTWRITEBYTECODE": "1",  # a program must not leave files beside itself
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",  # output comes when it is written
        "PYTHONUTF8": "1",
        "TERM": "dumb",
        "TZ": "UTC",
    }


async def _dumped(pid: int, dump: Path) -> str:
    """Asks a forked program for its tasks. One that does not return to Python within a second cannot answer."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, _DUMP_SIGNAL)
    for _ in range(100):
        await asyncio.sleep(0.01)
        if dump.exists():
            return dump.read_text("utf-8")
    return "unknown: the program does not return to Python"


async def _asked(pid: int, environment: Environment) -> str:
    """Asks a program's Python for its tasks from outside, which 3.14 made possible."""
    if environment.interpreter.version.release < (3, 14):
        return ""
    asking = await asyncio.create_subprocess_exec(
        environment.python, "-m", "asyncio", "pstree", str(pid), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        answer, _ = await asyncio.wait_for(asking.communicate(), 5)
    except TimeoutError:
        asking.kill()
        await asking.wait()
        return ""
    return answer.decode("utf-8", "replace").strip() if asking.returncode == 0 else ""


def _group(pid: int) -> Iterable[psutil.Process]:
    """The processes that a program started and that still run, itself included."""
    if os.name != "posix":
        with contextlib.suppress(psutil.NoSuchProcess):
            yield from psutil.Process(pid).children(recursive=True)
        return
    try:
        os.killpg(pid, 0)
    except (ProcessLookupError, PermissionError):
        return
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ProcessLookupError):
            if os.getpgid(process.pid) == pid and process.status() != psutil.STATUS_ZOMBIE:
                yield process


async def _end_left_running(pid: int) -> tuple[str, ...]:
    """Kills and describes what a program left running, after those have had time to notice its end."""
    deadline = time.monotonic() + _GRACE
    while left := list(_group(pid)):
        if time.monotonic() > deadline:
            described = tuple(sorted(map(describe, left)))
            for process in left:
                with contextlib.suppress(psutil.Error):
                    process.kill()
            return described
        await asyncio.sleep(0.05)
    return ()


async def _settled(pid: int, end: asyncio.Future[tuple[int, int]]) -> None:
    """Waits until a program has begun to wait for something, or has ended, or has computed for 0.25 s."""
    for _ in range(80):
        with contextlib.suppress(psutil.Error):
            if end.done() or psutil.Process(pid).status() not in {psutil.STATUS_RUNNING, psutil.STATUS_IDLE}:
                return
        await asyncio.sleep(0.003)


def describe(process: psutil.Process) -> str:
    """`name (command)`, for a person."""
    try:
        return f"{process.name()} ({' '.join(process.cmdline())[:120]})"
    except psutil.Error:
        return f"process {process.pid}"


def _kill_group(pid: int) -> None:
    """Kills a program that has not been waited for, and all that it started."""
    if sys.platform != "win32":
        try:
            os.killpg(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            # Between its fork and its setsid there is no such group yet.
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        return
    with contextlib.suppress(psutil.Error):
        program = psutil.Process(pid)
        for process in [*program.children(recursive=True), program]:
            with contextlib.suppress(psutil.Error):
                process.kill()
