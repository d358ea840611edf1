"""What a build does about the kit: without a network it goes on without, and says so."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from runnable.kit.problem import KitError
from runnable.problem import Problem, ProblemsError
from runnable.project import Project, in_ci

if TYPE_CHECKING:
    from runnable.kit.kit import Kit
    from runnable.kit.node import Report

_missed: set[str] = set()


def offered(project: Project, report: Report, *, required: bool | None = None) -> Kit | None:
    """What to publish; None where the project does not want it, or where it could not be made and is not `required`.

    It is required in CI, where not said. Then ProblemsError is raised; else stderr gets a warning, once, and the blocks
    have no buttons to run them. MkDocs must not count it: whoever has no network should still get the site.
    """
    if not project.in_browser:
        return None
    from runnable.kit.kit import kit  # noqa: PLC0415 - what makes it takes a while to import

    try:
        return kit(project, report)
    except KitError as error:
        problem = Problem(
            "runnable/kit",
            None,
            f"programs cannot be offered to run in the browser: {error.what}. Is there a network? Once it is made, "
            "none is needed. “python -m runnable browser” tries it again; without it, pages show recordings alone.",
            error.details,
        )
    if in_ci() if required is None else required:
        raise ProblemsError([problem])
    if str(problem) not in _missed:
        _missed.add(str(problem))
        print(f"WARNING: {problem}", file=sys.stderr)
    return None
