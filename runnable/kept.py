"""HTML that was made by an earlier build from the same things, so that it need not be made again.

What it was made from is all that can change it: this package's own text, the program, its recording, the options. A
file begins with the checksum of the rest: a damaged one counts as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from runnable import sealed
from runnable.project import Project

Pieces = dict[str, str]
"""HTML by what it is in a block: `code`, `timeline`, `output`."""


class Kept:
    """What is kept for a project: one file a block, below its cache; it may be deleted at any time."""

    def __init__(self, project: Project) -> None:
        self._folder = project.cache / "html"

    def pieces(self, made_from: tuple[object, ...], make: Callable[[], Pieces]) -> Pieces:
        """What `make` returns, or returned when it was called with the same `made_from`, whose `repr` tells all."""
        name = hashlib.sha256(f"{_ourselves()}{made_from!r}".encode("utf-8", "backslashreplace")).hexdigest()
        file = self._folder / name[:2] / name[2:]
        found = _read(file)
        if found is None:
            found = make()
            _write(file, found)
        return found

    def sweep(self, most: int) -> None:
        """Deletes those that were not asked for longest, down to so many."""
        with contextlib.suppress(OSError):
            files = sorted(self._folder.glob("*/*"), key=lambda file: file.stat().st_mtime, reverse=True)
            for file in files[most:]:
                file.unlink()


@cache
def _ourselves() -> str:
    """Stands for the text of all modules that have a part in it."""
    told = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        told.update(file.read_bytes())
    return told.hexdigest()


def _read(file: Path) -> Pieces | None:
    try:
        _, body = sealed.read(file)
        os.utime(file)
        found: Pieces = json.loads(body)
        return found
    except (OSError, ValueError):
        return None


def _write(file: Path, pieces: Pieces) -> None:
    body = json.dumps(pieces).encode()
    with contextlib.suppress(OSError):  # Where nothing can be kept, it is made again.
        sealed.write(file, body)
