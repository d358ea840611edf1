"""What readers download: every program and the files beside it that it needs, at the paths they have in the project."""

from __future__ import annotations

import shutil
from pathlib import Path

from runnable.problem import ProblemsError
from runnable.project import Project
from runnable.snippet import Snippet, local_files, program_files


def downloads(project: Project) -> dict[str, Path]:
    """Each file to publish, by its path on the site: `snippets/core-concepts/event-loop/tiny_loop.py`."""
    found: dict[str, Path] = {}
    for path in program_files(project):
        found[project.relative(path)] = path
        try:
            parts = local_files(Snippet.read(path, project))
        except ProblemsError:
            continue  # Whoever records says so.
        found |= {project.relative(part): part for part in parts if part.is_relative_to(project.snippets)}
    return found


def lay_out(project: Project) -> None:
    """Copies them below `docs/`, for a site generator that publishes what is there and runs no hooks (Zensical).

    Git ignores `docs/snippets/`. Only what has changed is written; what is no longer there is deleted.
    """
    wanted = {project.docs / uri: path for uri, path in downloads(project).items()}
    folder = project.docs / "snippets"
    for copy in sorted(folder.rglob("*"), reverse=True):
        if copy.is_file() and copy not in wanted:
            copy.unlink()
        elif copy.is_dir() and not any(copy.iterdir()):
            copy.rmdir()
    for copy, path in wanted.items():
        if not copy.is_file() or copy.read_bytes() != path.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
