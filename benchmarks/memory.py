"""What a tree of processes holds while it runs: memory and open files. Linux only."""

from __future__ import annotations

import contextlib
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

SUPPORTED = sys.platform == "linux"
_INTERVAL = 0.02
"""Seconds between samples."""


@dataclass
class Peak:
    """The most that was seen in any sample; `look` takes one.

    Memory is the sum of each process's proportional share (PSS): a page that n processes share counts 1/n in each, so
    the sum is what the tree really takes. It is sampled, so a shorter peak can be missed.
    """

    bytes: int = 0
    files: int = 0
    """Open in all processes together."""
    files_of_one: int = 0
    """Open in the process that had most: this is what a limit of open files is about."""
    processes: int = 0
    samples: int = 0

    def look(self, pid: int) -> None:
        """Samples the process and all below it, then waits a little."""
        pids = [pid]
        with contextlib.suppress(psutil.Error):
            pids += [child.pid for child in psutil.Process(pid).children(recursive=True)]
        shares = list(map(_share, pids))
        files = list(map(_open_files, pids))
        self.bytes = max(self.bytes, sum(shares))
        self.files = max(self.files, sum(files))
        self.files_of_one = max(self.files_of_one, *files)
        self.processes = max(self.processes, sum(map(bool, shares)))
        self.samples += 1
        time.sleep(_INTERVAL)


def _share(pid: int) -> int:
    """Bytes; 0 for a process that has ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _open_files(pid: int) -> int:
    with contextlib.suppress(OSError):
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    return 0
