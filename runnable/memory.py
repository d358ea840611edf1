"""What earlier runs found out about contents, so that it need not be found out again.

A fact is known by all that it follows from: the digest of a program's text, say, and never its name or its time. So
what has changed is never taken for what it was. All facts lie in one file below the project's cache, which may be
deleted at any time; it counts for this Python and this text of ours alone, and begins with the checksum of the rest: a
damaged one counts as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from runnable import sealed
from runnable.project import Project

T = TypeVar("T", bool, int, str)

_DAY = 86_400
_DAYS = 30
"""How long a fact is kept that nobody asks for."""


class Memory:
    """The facts that are known of a project, in memory; `keep` writes what is new among them."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._today = int(time.time() // _DAY)
        self._facts: dict[str, list[Any]] = _read(file)
        self._changed = False

    @staticmethod
    def of(project: Project) -> Memory:
        """That of a project, one in each process."""
        return _memory(project, os.environ.get("RUNNABLE_CACHE"))

    def fact(self, made_from: str, find: Callable[[], T]) -> T:
        """What `find` returns, or returned when it was last asked with the same `made_from`, which tells all.

        An exception is passed on, and nothing is remembered.
        """
        name = _name(made_from)
        if not self._knows(name):
            self._note(name, find())
        found: T = self._facts[name][1]
        return found

    def knows(self, made_from: str) -> bool:
        """Whether it was noted that this is so."""
        return self._knows(_name(made_from))

    def note(self, made_from: str) -> None:
        """Notes that this is so."""
        self._note(_name(made_from), True)

    def _knows(self, name: str) -> bool:
        known = self._facts.get(name)
        if known is not None and known[0] != self._today:
            known[0] = self._today
            self._changed = True
        return known is not None

    def _note(self, name: str, value: object) -> None:
        self._facts[name] = [self._today, value]
        self._changed = True

    def keep(self) -> None:
        """Writes them where any is new, without those that nobody has asked for in a month."""
        if not self._changed:
            return
        self._changed = False
        facts = {name: known for name, known in self._facts.items() if known[0] > self._today - _DAYS}
        body = json.dumps({"by": _ourselves(), "facts": facts}, separators=(",", ":")).encode()
        with contextlib.suppress(OSError):  # Where nothing can be kept, it is found out again.
            sealed.write(self._file, body)


def _name(made_from: str) -> str:
    return hashlib.sha256(made_from.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@cache
def _memory(project: Project, moved: str | None) -> Memory:
    del moved
    return Memory(project.cache / "facts")


@cache
def _ourselves() -> str:
    """Stands for this Python and for the text of all our modules."""
    told = hashlib.sha256(sys.version.encode())
    for folder, folders, names in os.walk(Path(__file__).parent):
        folders[:] = sorted(set(folders) - {"__pycache__", "node_modules"})
        for name in sorted(names):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), "rb") as file:  # noqa: PTH118, PTH123 - a hundred of them
                    told.update(file.read() + b"\0")
    return told.hexdigest()


def _read(file: Path) -> dict[str, list[Any]]:
    try:
        _, body = sealed.read(file)
        kept = json.loads(body)
        found: dict[str, list[Any]] = kept["facts"] if kept["by"] == _ourselves() else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}
    return found
