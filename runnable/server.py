"""The fork server, from the recorder's side: `forkserver.py` in a process of its own, and the socket to it."""

from __future__ import annotations

import asyncio
import marshal
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from runnable import group
from runnable.problem import Problem, ProblemsError

_FORKSERVER = Path(__file__).with_name("forkserver.py")
# Runs the fork server's text outside of `__main__`, which must stay as the interpreter made it for the programs.
_BOOT = (
    "import sys; file = {file!r}; names = {{'__name__': 'forkserver', '__file__': file}}; "
    "exec(compile(open(file, encoding='utf-8').read(), file, 'exec'), names); names['run']({fd}, {root!r})"
)


_Beginning = tuple[int, int, int]
_End = tuple[int, int, bool]


@dataclass(frozen=True)
class Started:
    """A program that the fork server has started. Times are in nanoseconds, as `time.time_ns` gives them."""

    pid: int
    began_ns: int
    guard: int
    """The process above it, and above all that it starts, as long as any of that runs; see `forkserver.py`."""
    ended: asyncio.Future[_End]
    """Its exit status, -n where signal n ended it, the time of its end, and whether what it started still ran then."""

    async def wait(self) -> tuple[int, int]:
        """Waits for its end: the status, and the time."""
        status, ended_ns, _ = await asyncio.shield(self.ended)
        return status, ended_ns

    def members(self) -> list[psutil.Process]:
        """What it started and still runs, when it has ended."""
        return list(group.descendants(self.guard)) if self.ended.done() and self.ended.result()[2] else []

    def end(self) -> None:
        """Kills it and its group, if it has not ended. What left the group is among its members then."""
        if not self.ended.done():
            group.end(self.pid)

    def close(self) -> None:
        """Nothing of it is ours."""


class ForkServer:
    """The process, started with `python` and the environment that all programs are to have.

    When it is closed, or the recorder is gone, it deletes the folder `root`.
    """

    def __init__(self, python: Path, variables: Mapping[str, str], root: Path) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            [python, "-c", _BOOT.format(file=str(_FORKSERVER), fd=theirs.fileno(), root=str(root))],
            stdin=subprocess.DEVNULL,
            # Its streams must be what a program's will be, and not files: Python remembers whether it can seek in them.
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=[theirs.fileno()],
            env=dict(variables),
            cwd="/",
            start_new_session=True,
        )
        theirs.close()
        self._socket.setblocking(False)
        self._waiting: dict[int, tuple[asyncio.Future[_Beginning], asyncio.Future[_End]]] = {}
        self._last_number = 0
        self._ending: asyncio.Future[tuple[bytes, bytes]] | None = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._socket, self._read)

    async def start(
        self,
        path: Path,
        directory: Path,
        fds: tuple[int, int],
        *,
        python: Path | None,
        dump: Path,
        dump_signal: int,
        trace: Path | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> Started:
        """Starts the program `path` in the folder `directory`, with `fds` as its standard output and error.

        It finds `variables` in its environment, besides what all programs find there.

        It becomes the program by forking, or executes `python` where that is given. A forked one, when it is sent the
        signal `dump_signal`, writes its tasks to the file `dump`; what is traced of it is in the file `trace` at its
        end. Raises ProblemsError where the fork server has ended.
        """
        self._last_number += 1
        number = self._last_number
        began: asyncio.Future[_Beginning] = self._loop.create_future()
        ended: asyncio.Future[_End] = self._loop.create_future()
        request = {
            "id": number,
            "path": str(path),
            "directory": str(directory),
            "python": str(python or ""),
            "dump": str(dump),
            "signal": dump_signal,
            "trace": str(trace or ""),
            "variables": dict(variables or {}),
        }
        self._waiting[number] = began, ended
        message = marshal.dumps(request)
        try:
            while True:
                try:
                    socket.send_fds(self._socket, [message], list(fds))
                    break
                except BlockingIOError:  # Hundreds of requests wait already.
                    await asyncio.sleep(0.01)
        except OSError:
            raise await self._gone() from None
        return Started(*await began, ended)

    def _read(self) -> None:
        while True:
            try:
                message = self._socket.recv(1 << 16)
            except BlockingIOError:
                return
            except ConnectionError:
                message = b""
            if not message:
                self._loop.remove_reader(self._socket)
                self._telling = asyncio.ensure_future(self._tell())
                return
            kind, number, *values = marshal.loads(message)
            began, ended = self._waiting[number]
            if kind == "ended":
                del self._waiting[number]
            future = began if kind == "began" else ended
            if not future.done():  # Who waited for it may have been cancelled.
                future.set_result(tuple(values))

    async def _tell(self) -> None:
        """Tells all who wait that the fork server has ended."""
        error = await self._gone()
        for futures in self._waiting.values():
            for future in futures:
                if not future.done():
                    future.set_exception(error)
                    future.exception()  # Not everyone waits for both.

    async def _gone(self) -> ProblemsError:
        output = await self._output()
        what = (
            f"the process that starts programs ended with status {self._process.returncode}. Record again; "
            "if that is of no use, set RUNNABLE_PIPES=1 in the environment to do without it."
        )
        return ProblemsError([Problem("snippets", None, what, output)])

    async def _output(self) -> str:
        """Waits for the end of the process; what it had to say, which is nothing unless it failed."""
        if self._ending is None:
            self._ending = asyncio.ensure_future(asyncio.to_thread(self._process.communicate))
        output, _ = await asyncio.shield(self._ending)
        return bytes(output).decode("utf-8", "replace").strip()

    async def close(self) -> None:
        """Ends it, and with it all programs that still run."""
        self._loop.remove_reader(self._socket)
        self._socket.close()
        await self._output()
