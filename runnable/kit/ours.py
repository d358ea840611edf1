"""Our own part of what runs in the page: `runnable.browser.host` with all of ours that it imports, wherever it does,
and the scripts that start it.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from runnable.kit.problem import KitError

ROOT = Path(__file__).resolve().parents[2]
BEGIN = "runnable.browser.host"
PAGE = ROOT / "docs" / "assets" / "run"


def page_files() -> dict[str, Path]:
    """The scripts of the page, and the document in which its worker is made, by their names."""
    return {path.name: path for path in sorted(PAGE.iterdir()) if path.suffix in {".js", ".htm"}}


def sources() -> dict[str, str]:
    """The text of each module by its path in the archive: `runnable/browser/host.py`."""
    return dict(sorted(_found().items()))


def imports() -> list[str]:
    """The modules of the standard library that they import."""
    names = {name for text in sources().values() for name in _imported(text)}
    return sorted(name for name in names if name.partition(".")[0] in sys.stdlib_module_names | {"annotationlib"})


def _found() -> dict[str, str]:
    found: dict[str, str] = {}
    waiting = [BEGIN]
    while waiting:
        name = waiting.pop()
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            file = _file(".".join(parts[:length]))
            if file is None or (place := file.relative_to(ROOT).as_posix()) in found:
                continue
            found[place] = file.read_text("utf-8")
            for other in _imported(found[place]):
                top = other.partition(".")[0]
                if top == "runnable":
                    waiting.append(other)
                elif top not in sys.stdlib_module_names and top not in {"pyodide", "js"}:
                    raise KitError(f"{place} imports {other}, which there is not in the page")
    return found


def _file(name: str) -> Path | None:
    path = ROOT.joinpath(*name.split("."))
    return next((file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()), None)


def _imported(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            # What is imported from a package may be a module.
            if node.module.partition(".")[0] == "runnable":
                yield from (f"{node.module}.{each.name}" for each in node.names)
