"""The machine that was measured on, as far as it can change a figure."""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

import psutil

from runnable.machine import cores, cpu

_VERSIONS = ("markdown", "markdown-exec", "mkdocs", "mkdocs-material", "psutil", "pymdown-extensions", "greenlet")


@dataclass(frozen=True)
class Machine:
    """What a reader needs to compare figures with their own."""

    date: str
    """UTC, ISO 8601."""
    cpu: str
    cores: int
    """Those this process may use."""
    memory_gb: float
    kernel: str
    python: str
    versions: dict[str, str]
    load: float
    """Processes that ran or wanted to, on average over the minute before the first measurement."""
    commit: str
    """The project's own version; ends in “+” where files had been changed since."""

    @classmethod
    def here(cls, root: Path) -> Machine:
        """This machine, now."""
        return cls(
            date=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
            cpu=cpu(),
            cores=cores(),
            memory_gb=round(psutil.virtual_memory().total / 1e9, 1),
            kernel=f"{platform.system()} {platform.release()} {platform.machine()}",
            python=f"{platform.python_implementation()} {platform.python_version()}",
            versions={name: metadata.version(name) for name in _VERSIONS},
            load=round(psutil.getloadavg()[0], 2),
            commit=_commit(root),
        )

    def __str__(self) -> str:
        return (
            f"{self.cpu}, {self.cores} cores, {self.memory_gb:g} GB, {self.kernel}, {self.python}, load {self.load:g}"
        )


class Bystanders:
    """What other programs used of the machine while ours ran. `share` is known when the block has ended."""

    def __init__(self) -> None:
        self.share = 0.0

    @contextlib.contextmanager
    def watched(self, uncounted: Callable[[], float] = lambda: 0.0) -> Iterator[None]:
        """Compares what all cores did during the block with what our processes account for.

        `uncounted` gives the seconds of processes of ours that account for themselves nowhere.
        """
        busy, ours, began = _busy(), _ours() + uncounted(), time.perf_counter()
        yield
        available = (time.perf_counter() - began) * (psutil.cpu_count() or 1)
        self.share = max(0.0, (_busy() - busy) - (_ours() + uncounted() - ours)) / available


def _busy() -> float:
    """Seconds that all cores have worked; time that a hypervisor gave to other machines counts too."""
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    # Linux counts what virtual guests use as part of user time as well.
    return float(sum(times) - idle - getattr(times, "guest", 0.0) - getattr(times, "guest_nice", 0.0))


def _ours() -> float:
    *used, _ = os.times()
    return sum(used)


def _commit(root: Path) -> str:
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        ask = ["git", "--no-optional-locks", "-C", str(root), "describe", "--always", "--dirty=+"]
        return subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    return "unknown"
