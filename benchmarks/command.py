"""Commands, and what they cost: seconds on the wall, and of the CPU in all processes that they started."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

RECORD = (sys.executable, "-m", "runnable", "record")


class CommandFailedError(Exception):
    """A command did not end with 0; the message is the end of its output."""


@dataclass(frozen=True)
class Cost:
    """What commands used, and what they printed."""

    seconds: float
    cpu: float
    """User and system time of all their processes that have been waited for; 0 on Windows, which does not tell."""
    output: str = ""


def run(command: Sequence[str], cwd: Path, *, meanwhile: Callable[[int], None] | None = None) -> Cost:
    """Runs one command to its end, calling `meanwhile` with its process id again and again.

    Raises CommandFailedError. Nothing else may be started meanwhile: CPU is counted over all processes below this one.
    """
    with tempfile.TemporaryFile() as output:
        cpu, began = _cpu(), time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=_variables(), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            while meanwhile is not None and process.poll() is None:
                meanwhile(process.pid)
            status = process.wait()
        finally:
            _end(process)
        seconds, cpu = time.perf_counter() - began, _cpu() - cpu
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    if status:
        raise CommandFailedError(f"“{' '.join(command[1:])}” ended with {status}: {text.strip()[-1500:]}")
    return Cost(seconds, cpu, text)


def run_plain(programs: Sequence[Path], *, at_once: int | None = None) -> Cost:
    """Runs `python file.py` for each, all at once or so many, throwing the output away. Raises CommandFailedError."""
    running: list[subprocess.Popen[bytes]] = []
    cpu, began = _cpu(), time.perf_counter()
    try:
        if at_once is None:
            running += map(_start, programs)
            statuses = [process.wait() for process in running]
        else:
            with ThreadPoolExecutor(at_once) as threads:
                statuses = list(threads.map(lambda program: _start(program).wait(), programs))
    finally:
        for process in running:
            _end(process)
    cost = Cost(time.perf_counter() - began, _cpu() - cpu)
    if any(statuses):
        raise CommandFailedError(f"{sum(map(bool, statuses))} of {len(programs)} programs failed as plain processes")
    return cost


def _start(program: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, program],
        env=_variables(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
        process.wait()


def _variables() -> dict[str, str]:
    """Our environment as most people have it: nothing moves a recording, and Python keeps the bytecode it compiles."""
    ours = ("RUNNABLE_", "MARKDOWN_EXEC", "PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _cpu() -> float:
    used = os.times()
    return used.children_user + used.children_system
