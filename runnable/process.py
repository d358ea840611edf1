"""A program while it runs: started in a process of its own, on a clock, and ended with all that it started."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Protocol

import psutil

from runnable import group, journal, tracer
from runnable.capture import Capture, PipeCapture, SocketCapture
from runnable.interpreter import TRACER_VARIABLE, Environment, can_be_traced, own
from runnable.semaphore import PrioritySemaphore
from runnable.server import ForkServer
from runnable.snippet import Snippet
from runnable.stamps import sockets_work
from runnable.trace import Trace

# By which a program that hangs is asked for its tasks. No program of ours has a use for it.
_DUMP_SIGNAL = int(signal.SIGRTMAX) if sys.platform == "linux" else 0
_TRACED = Path(__file__).with_name("traced.py")
# Seconds that a process of the program's own making may take to notice that the program has ended.
_GRACE = 2.0
# Seconds of a processor that a program takes to start up, at most: the largest framework imports in half of that. Until
# then it keeps the next one from starting, or all that import at the same time would come near their time limits.
_START_UP = 1.0
# Seconds that it may take for it where the system does not tell whether a program computes or waits.
_START_UP_UNSEEN = 0.25
_AT_WORK = frozenset({psutil.STATUS_RUNNING, psutil.STATUS_IDLE, psutil.STATUS_DISK_SLEEP})


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
    trace: Trace | None = None
    """How its tasks took turns; None where it ran no event loop, or was not traced."""

    @property
    def seconds(self) -> float:
        """From the start to the end."""
        return round(max(0, self.ended_ns - self.began_ns) / 1e9, 6)

    @property
    def killed(self) -> bool:
        """Whether the recorder stopped it."""
        return self.timed_out or self.capture.overflowed


class _Process(Protocol):
    @property
    def pid(self) -> int: ...

    @property
    def began_ns(self) -> int: ...

    async def wait(self) -> tuple[int, int]:
        """Waits for its end: the status, and the time in nanoseconds."""

    def members(self) -> list[psutil.Process]:
        """What it started and still runs, when it has ended."""

    def end(self) -> None:
        """Kills it and what it started, as far as it has not ended."""

    def close(self) -> None:
        """Gives back what belonged to it, when it has ended and its output is read."""


@dataclass(frozen=True)
class _Run:
    snippet: Snippet
    environment: Environment
    directory: Path
    variables: Mapping[str, str]
    """What it finds in its environment besides what all find there."""
    traced: bool
    rank: float
    """When its turn to start is: a lower one goes first."""

    @property
    def dump(self) -> Path:
        """Where a forked program writes its tasks when asked."""
        return self.directory.with_name(self.directory.name + ".tasks")

    @property
    def trace(self) -> Path:
        """Where what is traced of it is when it has ended."""
        return self.directory.with_name(self.directory.name + ".trace")


class Launcher:
    """Starts programs. As an asynchronous context manager it ends, with itself, all that still run.

    Where the platform has one, a fork server starts them: those for the project's own Python by forking, others as
    plain processes; `fork=False` says that all are to be plain ones, and `trace=False` that none is to be traced.
    """

    def __init__(self, *, fork: bool = True, trace: bool = True) -> None:
        self.root = Path()
        """A folder for the programs' working directories; deleted at the end, even if the recorder is killed."""
        self._fork = fork
        self._trace = trace
        self._has_server = sockets_work()
        self._server: ForkServer | None = None
        self._starting = PrioritySemaphore(os.cpu_count() or 1)

    async def __aenter__(self) -> Launcher:
        self.root = Path(tempfile.mkdtemp(prefix="runnable-")).resolve()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if self._server is not None:
                await self._server.close()
        finally:
            if kind is not None:  # Nobody has looked yet for what left its program's group.
                group.end_each([process for process, _ in group.standing_in(self.root)])
            shutil.rmtree(self.root, ignore_errors=True)

    async def run(
        self,
        snippet: Snippet,
        environment: Environment,
        directory: Path,
        variables: Mapping[str, str] | None = None,
        *,
        rank: float = 0.0,
    ) -> Ended:
        """Runs the program to its end or its time limit, in the empty folder `directory` below `root`.

        It finds `variables` in its environment, besides what all programs find there. Of several that are to start,
        the one with the lowest `rank` is the first.
        """
        run = _Run(snippet, environment, directory, variables or {}, self._trace and not snippet.header.alone, rank)
        ended = await self._run(run, sockets=self._has_server)
        if isinstance(ended.capture, SocketCapture) and ended.capture.refused:
            shutil.rmtree(directory)
            directory.mkdir()
            ended = await self._run(run, sockets=False)
        return ended

    async def _run(self, run: _Run, *, sockets: bool) -> Ended:
        overflow = asyncio.Event()
        capture = SocketCapture(overflow.set) if sockets else PipeCapture(overflow.set)
        process: _Process | None = None
        end: asyncio.Future[tuple[int, int]] | None = None
        full = asyncio.ensure_future(overflow.wait())
        timed_out, tasks = False, ""
        left: tuple[str, ...] = ()
        loop = asyncio.get_running_loop()
        try:
            # Programs that all started at once would find each other's start-up in their own times.
            async with self._starting.held(run.rank):
                process = await self._started(run, capture)
                limit = loop.time() + run.snippet.header.timeout
                end = asyncio.ensure_future(process.wait())
                await _settled(process.pid, end)
            await asyncio.wait([end, full], timeout=limit - loop.time(), return_when=asyncio.FIRST_COMPLETED)
            if not end.done():
                if not full.done():
                    timed_out = True
                    tasks = await _tasks(run, process.pid)
                process.end()
            status, ended_ns = await end
            if not timed_out and not capture.overflowed:
                left = await _end_left_running(process, capture)
        finally:
            full.cancel()
            if process is not None and end is not None:
                await _stopped(process, end)
            await capture.finish()
            if process is not None:
                process.close()
        ended = Ended(capture, status, process.began_ns, ended_ns, timed_out, tasks, left)
        return replace(ended, trace=_traced(run, ended))

    async def _started(self, run: _Run, capture: SocketCapture | PipeCapture) -> _Process:
        if isinstance(capture, PipeCapture):
            variables = {**_variables(os.environ), **run.variables, **_tracing(run)}
            return await _PlainProcess.start(run, variables, capture)
        if self._server is None:
            self._server = ForkServer(own().executable, _variables(os.environ), self.root)
        with capture.lent() as fds:
            return await self._server.start(
                run.snippet.path,
                run.directory,
                fds,
                python=None if self._forks(run) else run.environment.python,
                dump=run.dump,
                dump_signal=_DUMP_SIGNAL,
                trace=run.trace if run.traced else None,
                variables={**run.variables, **({} if self._forks(run) else _tracing(run))},
            )

    def _forks(self, run: _Run) -> bool:
        return self._fork and run.environment.is_own


class _PlainProcess:
    """A process that asyncio starts."""

    def __init__(self, transport: asyncio.SubprocessTransport, capture: PipeCapture, began_ns: int) -> None:
        self._transport, self._capture, self.began_ns = transport, capture, began_ns
        self.pid = transport.get_pid()

    @classmethod
    async def start(cls, run: _Run, variables: Mapping[str, str], capture: PipeCapture) -> _PlainProcess:
        began_ns = time.time_ns()
        transport, _ = await asyncio.get_running_loop().subprocess_exec(
            lambda: capture,
            str(run.environment.python),
            str(run.snippet.path),
            stdin=subprocess.DEVNULL,
            env=variables,
            cwd=run.directory,
            start_new_session=os.name == "posix",
        )
        return cls(transport, capture, began_ns)

    async def wait(self) -> tuple[int, int]:
        ended_ns = await asyncio.shield(self._capture.exited_ns)
        status = self._transport.get_returncode()
        assert status is not None
        return status, ended_ns

    def members(self) -> list[psutil.Process]:
        return list(group.members(self.pid))

    def end(self) -> None:
        group.end(self.pid)

    def close(self) -> None:
        self._transport.close()


def _tracing(run: _Run) -> dict[str, str]:
    """The variable that makes a plain process traced."""
    if not run.traced or not can_be_traced(run.environment):
        return {}
    names = {
        "__name__": "traced",
        "__file__": str(_TRACED),
        "TRACE": str(run.trace),
        "PROGRAM": str(run.snippet.path),
        "CODES": str(_codes_file(run)),
        "SIGNAL": _DUMP_SIGNAL,
        "DUMP": str(run.dump),
    }
    text = f"exec(compile(open({str(_TRACED)!r}, encoding='utf-8').read(), {str(_TRACED)!r}, 'exec'), {names!r})"
    return {TRACER_VARIABLE: text}


def _codes_file(run: _Run) -> Path:
    """Where processes of this Python keep the tracer, compiled."""
    interpreter = run.environment.interpreter
    text = _tracer_text() + str(interpreter.executable).encode()
    return run.directory.with_name(f"tracer-{interpreter.version}-{hashlib.sha256(text).hexdigest()[:12]}")


@cache
def _tracer_text() -> bytes:
    return Path(tracer.__file__).read_bytes()


def _traced(run: _Run, ended: Ended) -> Trace | None:
    """What is known of how its tasks took turns. Whatever is wrong with that is a note in it, and no problem."""
    failed = run.trace.with_name(run.trace.name + ".failed")
    if failed.exists():
        return Trace(notes=(f"The program was not traced: {failed.read_text('utf-8')}.",))
    try:
        data = run.trace.read_bytes()
    except OSError:
        return None
    run.trace.unlink()
    try:
        return journal.read(data[: tracer.used(data)], ended.began_ns, ended.ended_ns)
    except (struct.error, LookupError, ValueError) as error:  # The program may have overwritten it.
        return Trace(notes=(f"The trace cannot be read: {error}.",))


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


async def _settled(pid: int, end: asyncio.Future[tuple[int, int]]) -> None:
    """Waits until a program has begun to wait for something, or has ended, or has had what it takes to start up."""
    if sys.platform != "linux":
        await asyncio.wait([end], timeout=_START_UP_UNSEEN)
        return
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        soonest = time.monotonic() + _START_UP
        while not end.done() and process.status() in _AT_WORK:
            if time.monotonic() > soonest:
                used = process.cpu_times()
                if used.user + used.system > _START_UP:
                    return
            await asyncio.sleep(0.003)


async def _tasks(run: _Run, pid: int) -> str:
    """The tasks of a program that hangs: by its own answer, or else as seen from outside, as far as Python can."""
    if not _listens(pid):
        return await _asked(pid, run.environment)
    if answer := await _dumped(pid, run.dump):
        return answer
    return await _asked(pid, run.environment) or "unknown: the program does not return to Python"


def _listens(pid: int) -> bool:
    """Whether a program catches the signal by which it is asked for its tasks, or ignores it. Another ends by it."""
    if not _DUMP_SIGNAL:
        return False
    with contextlib.suppress(OSError):
        text = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
        sets = re.findall(r"(?m)^Sig(?:Cgt|Ign):\s*([0-9a-f]+)$", text)
        return any(int(each, 16) >> (_DUMP_SIGNAL - 1) & 1 for each in sets)
    return False


async def _dumped(pid: int, dump: Path) -> str:
    """Asks a program for its tasks. One that does not return to Python in three seconds cannot answer."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, _DUMP_SIGNAL)
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        await asyncio.sleep(0.01)
        if dump.exists():
            return dump.read_text("utf-8")
    return ""


async def _asked(pid: int, environment: Environment) -> str:
    """Asks a program's Python for its tasks from outside, which 3.14 made possible. "" where that tells nothing."""
    if environment.interpreter.version.release < (3, 14):
        return ""
    asking = await asyncio.create_subprocess_exec(
        environment.python,
        *("-m", "asyncio", "pstree", str(pid)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_variables(os.environ),
    )
    try:
        answer, _ = await asyncio.wait_for(asking.communicate(), 5)
    except TimeoutError:
        answer = b""
    finally:
        if asking.returncode is None:
            asking.kill()
            await asking.wait()
    return answer.decode("utf-8", "replace").strip() if asking.returncode == 0 else ""


async def _stopped(process: _Process, end: asyncio.Future[tuple[int, int]]) -> None:
    """Kills what a run that is not to go on has left. Killed processes end at once, as a rule."""
    if not end.done():
        process.end()
        await asyncio.wait([end], timeout=5)
    elif end.cancelled() or end.exception() is not None:
        process.end()
    end.cancel()
    await _all_ended(process)


async def _all_ended(process: _Process) -> None:
    """Kills what an ended program has started, also what that starts meanwhile, and waits a second for its end."""
    for _ in range(100):
        left = process.members()
        if not left:
            return
        group.end_each(left)
        await asyncio.sleep(0.01)


async def _end_left_running(process: _Process, capture: SocketCapture | PipeCapture) -> tuple[str, ...]:
    """Kills and describes what a program left running, after those have had time to notice its end."""
    deadline = time.monotonic() + _GRACE
    while True:
        left = process.members()
        released = capture.released()
        if not left and not released:
            left = list(group.holders(capture.links))
        if released and not left:
            return ()
        if time.monotonic() > deadline:
            break
        await asyncio.sleep(0.05)
    described = sorted(set(map(group.describe, left))) or ["a process that holds its output"]
    group.end_each(left)
    for _ in range(100):
        if all(map(group.has_ended, left)):
            break
        await asyncio.sleep(0.01)
    return tuple(described)
