"""What changed in a project's files, and a copy of them in which to try who changes them."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from runnable.project import Project

State = Mapping[str, tuple[int, int]]
"""A project's own files, by their names from its folder: the time of the last change in nanoseconds, and the size."""

# What tools make.
_SKIPPED = frozenset({"__pycache__", "site", "node_modules", "build", "dist"})


def state(project: Project) -> State:
    """How the project's own files are now; hidden ones and what tools make are left out."""
    found: dict[str, tuple[int, int]] = {}
    folders = [str(project.root)]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name in _SKIPPED:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                    continue
                with contextlib.suppress(OSError):
                    status = entry.stat(follow_symlinks=False)
                    found[project.relative(Path(entry.path))] = status.st_mtime_ns, status.st_size
    return found


def changed(before: State, after: State) -> list[str]:
    """The names of the files that were changed, made or deleted, sorted."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def copied(project: Project, files: State, folder: Path) -> Project:
    """A copy of these files of the project in the new folder `folder`; an empty file stands for one that is gone."""
    folder.mkdir(parents=True)
    for name in files:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copy2(project.root / name, target, follow_symlinks=False)
        except OSError:
            target.touch()
    return Project(folder)
