"""The standard library, the wheels and our own modules, compiled for the page.

Compiling is what takes longest when Python starts there, but a compiled module is larger than its source. So of the
standard library only what programs load is compiled; the rest is compiled when somebody imports it. Where the errors of
lessons pass through, sources are kept, for tracebacks show their lines; of other compiled modules a traceback shows
file, line and function. The tracer too needs the sources of asyncio.

With the sources of wheels, a program that imports aiohttp would have to wait for 8.6 MB, compressed, instead of 8.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from runnable.kit import node, ours
from runnable.kit.stage import stage
from runnable.kit.wheels import Wheel, index

HERE = Path(__file__).parent

PROGRAMS = (
    "argparse", "array", "ast", "asyncio", "base64", "bisect", "calendar", "collections.abc", "concurrent.futures",
    "contextlib", "contextvars", "copy", "csv", "dataclasses", "datetime", "enum", "fractions", "functools", "gc",
    "glob", "hashlib", "heapq", "html", "http", "inspect", "io", "itertools", "json", "logging", "math", "operator",
    "os", "pathlib", "pprint", "queue", "random", "re", "secrets", "selectors", "shutil", "socket", "sqlite3",
    "statistics", "string", "struct", "sys", "tempfile", "textwrap", "threading", "time", "traceback", "types",
    "typing", "unittest", "unittest.mock", "urllib.parse", "uuid", "warnings", "weakref", "zoneinfo",
)  # fmt: skip
"""What programs of the guide, and of readers, import. All that this loads is compiled."""

PARTS = ("aiohttp.web", "aiohttp.test_utils")
"""What programs import of wheels beyond what these import themselves."""

SOURCES = ("asyncio/", "concurrent/", "contextlib.py")
"""What is compiled and keeps its source, by the beginning of its path."""

LIBRARY = "/lib/python314.zip"
PACKAGES = "/lib/python3.14/site-packages"
OURS = "/lib/ours.zip"
"""Folders that code objects name. Those of wheels are where an installer would put them."""


def runtime(cache: Path, packages: Path, wheels: Sequence[Wheel], report: node.Report) -> Path:
    """The folder with `python_stdlib.zip`, `wheels.json` and `wheels/`."""

    def make(folder: Path) -> None:
        report("compiling the standard library for the page")
        (folder / "wheels").mkdir()
        archives = {each.path.name: each.path for each in wheels} | {whole: pyodide / whole}
        with tempfile.TemporaryDirectory(dir=cache, prefix="compile-") as name:
            work = Path(name)
            for archive, source in archives.items():
                (work / archive).write_bytes(source.read_bytes())
            imports = [*PROGRAMS, *ours.imports(), *(top for wheel in wheels for top in wheel.imports), *PARTS]
            paths = [f"/work/{each.path.name}" for each in wheels]
            files = set(_compile(pyodide, work, [_job("loaded", imports=imports, path=paths)]))
            kept = {file for file in files if file.startswith(SOURCES)}
            _compile(pyodide, work, [
                _job("compile_archive", columns=False, source=whole, target=half, root=LIBRARY,
                     files=sorted(files - kept), keep=False),
                _job("compile_archive", source=half, target=f"new-{whole}", root=LIBRARY, files=sorted(kept)),
                *(_job("compile_archive", columns=False, source=each.path.name, target=f"new-{each.path.name}",
                       root=PACKAGES, keep=False) for each in wheels),
            ])  # fmt: skip
            (work / f"new-{whole}").rename(folder / whole)
            for each in wheels:
                (work / f"new-{each.path.name}").rename(folder / "wheels" / each.path.name)
        (folder / "wheels.json").write_text(index(wheels), "utf-8")

    pyodide = packages / "pyodide"
    whole, half = "python_stdlib.zip", "half.zip"
    parts: list[bytes | str] = [
        *_tools(),
        Path(__file__).read_bytes(),
        *ours.imports(),
        *(each.path.read_bytes() for each in wheels),
    ]
    return stage(cache, "library", parts, make)


def our_modules(cache: Path, packages: Path, report: node.Report) -> Path:
    """The folder with `ours.zip`."""
    sources = ours.sources()

    def make(folder: Path) -> None:
        report("compiling our own modules for the page")
        job = _job("compile_files", columns=False, sources=sources, target="ours.zip", root=OURS)
        _compile(packages / "pyodide", folder, [job])

    parts: list[bytes | str] = [*_tools(), *(text for item in sources.items() for text in item)]
    return stage(cache, "ours", parts, make)


def _job(call: str, *, columns: bool = True, **keywords: Any) -> dict[str, Any]:
    return {"columns": columns, "call": call, "keywords": keywords}


def _compile(pyodide: Path, folder: Path, jobs: list[dict[str, Any]]) -> Any:
    file = folder / "jobs.json"
    file.write_text(json.dumps(jobs), "utf-8")
    said = node.run(HERE / "compile.mjs", pyodide, folder, cwd=folder)
    file.unlink()
    return json.loads(said)


def _tools() -> list[bytes]:
    return [(HERE / name).read_bytes() for name in ("package-lock.json", "compile.mjs", "compiler.py")]
