"""A folder in the cache that is made once from what goes into it, whole or not at all, whoever else makes it too."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from filelock import FileLock


def digest(parts: Iterable[bytes | str]) -> str:
    """Ten characters that change when a part does, or their order."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()[:10]


def stage(cache: Path, name: str, parts: Iterable[bytes | str], make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills from `parts`; called only where it is not there yet.

    Nothing is left behind where `make` raises. Of two processes that want the same one, one makes it, the other waits.
    """
    folder = cache / f"{name}-{digest(parts)}"
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with FileLock(cache / f"{name}.lock"):
        if not folder.is_dir():
            with tempfile.TemporaryDirectory(dir=cache, prefix=f"{name}-", suffix=".new") as new:
                made = Path(new) / "made"
                made.mkdir()
                make(made)
                made.rename(folder)
    return folder
