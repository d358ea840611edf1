"""A program and all that it started: found, described, ended."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import psutil

_FORKSERVER = "forkserver.py"


def members(pid: int) -> Iterator[psutil.Process]:
    """The processes of the program `pid` that still run: those of its group, on Windows its descendants."""
    if os.name != "posix":
        yield from _descendants(pid)
        return
    try:
        os.killpg(pid, 0)
    except (ProcessLookupError, PermissionError):
        return
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ProcessLookupError):
            if os.getpgid(process.pid) == pid and process.status() != psutil.STATUS_ZOMBIE:
                yield process


def descendants(pid: int) -> Iterator[psutil.Process]:
    """The processes below `pid` that still run; none where that has ended."""
    with contextlib.suppress(psutil.Error):
        for process in psutil.Process(pid).children(recursive=True):
            if not has_ended(process):
                yield process


def _descendants(pid: int) -> Iterator[psutil.Process]:
    """Windows leaves a process the number of its parent when that has ended."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.ppid() == pid:
                yield from process.children(recursive=True)
                yield process


def holders(links: Collection[str]) -> Iterator[psutil.Process]:
    """The other processes that have one of these files open, by what it is called in /proc/…/fd. Linux only."""
    for process in psutil.process_iter() if links else ():
        folder = f"/proc/{process.pid}/fd"
        with contextlib.suppress(OSError):
            if process.pid != os.getpid() and any(_link(f"{folder}/{fd}") in links for fd in os.listdir(folder)):  # noqa: PTH208 - pathlib is slow here
                yield process


def _link(path: str) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115
    except OSError:
        return ""


def standing_in(root: Path) -> Iterator[tuple[psutil.Process, Path]]:
    """The other processes whose working directory is below `root`, and where it is from there."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ValueError, OSError):
            directory = Path(process.cwd()).relative_to(root)
            if process.pid != os.getpid():
                yield process, directory


def describe(process: psutil.Process) -> str:
    """`name (command)`, for a person."""
    try:
        command = " ".join(" ".join(process.cmdline()).split())
        if f"{_FORKSERVER}'" in command:  # Its command is that of the process it was forked from.
            command = "a fork of the program"
        return f"{process.name()} ({command[:120]})"
    except psutil.Error:
        return f"process {process.pid}"


def end(pid: int) -> None:
    """Kills a program that has not been waited for, and all that it started."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
        # Between its fork and its setsid there is no such group yet.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
        return
    with contextlib.suppress(psutil.Error):
        program = psutil.Process(pid)
        end_each([*program.children(recursive=True), program])


def end_each(processes: Iterable[psutil.Process]) -> None:
    """Kills these processes."""
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.kill()


def has_ended(process: psutil.Process) -> bool:
    """Whether it runs no more; its parent may not have noticed."""
    try:
        return not process.is_running() or bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return True
