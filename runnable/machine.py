"""The machine that programs run on, as far as it can change what they measure."""

from __future__ import annotations

import contextlib
import os
import platform
from functools import cache
from pathlib import Path


@cache
def described() -> str:
    """This machine in a few words: `AMD EPYC, 2 cores, Linux x86_64`."""
    count = cores()
    return f"{cpu()}, {count} core{'' if count == 1 else 's'}, {platform.system()} {platform.machine()}"


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cpu() -> str:
    """The name of the processor, as far as the system knows it."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
