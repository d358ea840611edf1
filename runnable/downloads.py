"""What is published beside the pages: every program with the files that it needs, and what runs programs there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from runnable.problem import ProblemsError
from runnable.project import Project
from runnable.snippet import Snippet, files_by_slug, local_files

if TYPE_CHECKING:
    from runnable.kit.kit import Kit

GENERATED = ("snippets/", "assets/python/")
"""The folders of the site where all that is."""


def downloads(project: Project, kit: Kit | None) -> dict[str, Path]:
    """Each file to publish, by its path on the site: `snippets/core-concepts/event-loop/tiny_loop.py`."""
    found: dict[str, Path] = dict(kit.published) if kit else {}
    for path in files_by_slug(project).values():
        found[project.relative(path)] = path
        try:
            parts = local_files(Snippet.read(path, project))
        except ProblemsError:
            continue  # Whoever records says so.
        found |= {project.relative(part): part for part in parts if part.is_relative_to(project.snippets)}
    return found


def lay_out(project: Project, kit: Kit | None = None) -> None:
    """Copies them below `docs/`, for a site generator that publishes what is there and runs no hooks (Zensical).

    Git ignores these folders. Only what has changed is written; what is no longer there is deleted.
    """
    wanted = {project.docs / uri: path for uri, path in downloads(project, kit).items()}
    for folder in GENERATED:
        for copy in sorted((project.docs / folder).rglob("*"), reverse=True):
            if copy.is_file() and copy not in wanted:
                copy.unlink()
            elif copy.is_dir() and not any(copy.iterdir()):
                copy.rmdir()
    for copy, path in wanted.items():
        if not copy.is_file() or copy.read_bytes() != path.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
