"""A small site with markdown-exec's pyodide fences in place of our blocks, served as ours is.

Its pages load Pyodide, an editor and a highlighter from other servers. Here the same files come from the site itself.
`REWRITTEN` says what was changed for that.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

from benchmarks import pages
from benchmarks.bench import NotMeasuredError
from benchmarks.pages import HERE
from runnable.kit import node
from runnable.kit.problem import KitError
from runnable.kit.stage import stage
from runnable.kit.wheels import Wheel, download, pinned, wheels

WANTED = Path(__file__).parent / "theirs"
"""What its pages load, with the versions that it names: npm's lock, and pip's with hashes."""

FOLDER = "assets/theirs/"
"""Where that is on the site."""

OWN = f"assets/_markdown_exec_|{FOLDER}"
"""A pattern: how the paths begin of what a page loads for the fence."""

REWRITTEN = (
    "Theirs is a page with markdown-exec's own HTML and scripts. Rewritten are the addresses of what it loads from "
    "other servers: here it comes from the page's own, as npm's packages have it. The fence asks for the version of "
    "Pyodide that ours has; in Pyodide's list of packages, the registry's wheels of micropip, which its page always "
    "loads, and of aiohttp with all that this needs take the place of Pyodide's own builds."
)

_FILES = {
    "ace.js": "ace-builds/src-min-noconflict/ace.js",
    "mode-python.js": "ace-builds/src-min-noconflict/mode-python.js",
    "theme-tomorrow.js": "ace-builds/src-min-noconflict/theme-tomorrow.js",
    "theme-tomorrow_night.js": "ace-builds/src-min-noconflict/theme-tomorrow_night.js",
    "highlight.min.js": "@highlightjs/cdn-assets/highlight.min.js",
    "tomorrow.min.css": "highlightjs-themes/tomorrow.css",
    "tomorrow-night-blue.min.css": "highlightjs-themes/tomorrow-night-blue.css",
}
_PYODIDE = ("pyodide.js", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
_ELSEWHERE = re.compile(r'(?P<attribute>src|href)="https?://[^"]*/(?P<name>[^"/]+)"')
_INSTALLED = {"tea": "", "imports": "aiohttp"}
"""By the name of the program: what its fence installs."""


def make(root: Path) -> Path:
    """Builds it in the folder `root`; the site's folder, where a program has the page `trial/<name>/`.

    Raises NotMeasuredError.
    """
    for name, install in _INSTALLED.items():
        pages.written(root / "docs" / "trial" / f"{name}.md", f"# {name}\n\n{_fence(pages.PROGRAMS[name][0], install)}")
    for name in ("docs/assets", "overrides"):
        shutil.copytree(pages.ROOT / name, root / name)
    site = pages.built(root, _settings())
    for page in site.rglob("*.html"):
        page.write_text(from_here(page.read_text("utf-8")), "utf-8")
    try:
        _lay_out(site / FOLDER)
    except KitError as error:
        raise NotMeasuredError(f"What markdown-exec's page loads cannot be got: {error}") from error
    return site


def _fence(source: str, install: str) -> str:
    options = f'version="{node.pyodide_version()}"' + (f' install="{install}"' if install else "")
    return f"```pyodide {options}\n{source}```\n"


def _settings() -> dict[str, Any]:
    """The guide's theme, without what is ours."""
    found = pages.settings()
    for name in ("hooks", "watch", "extra_css", "extra_javascript"):
        found.pop(name, None)
    found["markdown_extensions"] = [each for each in found["markdown_extensions"] if "runnable" not in str(each)]
    found["plugins"] = ["search", {"markdown-exec": {"languages": ["pyodide"], "ansi": "off"}}]
    return found


def from_here(html: str) -> str:
    """A page that loads what it loaded from other servers from the site itself, by the names of the files."""
    return _ELSEWHERE.sub(rf'\g<attribute>="/{FOLDER}\g<name>"', html)


def _lay_out(folder: Path) -> None:
    folder.mkdir()
    own, kits = HERE.cache / "benchmarks", HERE.cache / "browser"
    packages, pyodide = node.packages(own, wanted=WANTED), node.packages(kits) / "pyodide"
    for name, place in _FILES.items():
        shutil.copyfile(packages / place, folder / name)
    for name in _PYODIDE:
        shutil.copyfile(pyodide / name, folder / name)
    found = [*wheels(HERE, kits), _micropip(own)]
    for wheel in found:
        shutil.copyfile(wheel.path, folder / wheel.path.name)
    lock = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))
    (folder / "pyodide-lock.json").write_text(json.dumps(offering(found, lock)), "utf-8")


def _micropip(cache: Path) -> Wheel:
    lock = (WANTED / "requirements.txt").read_text("utf-8")
    folder = stage(cache, "micropip", [lock], lambda folder: download(["micropip"], pinned(lock), folder))
    (path,) = folder.glob("*.whl")
    return Wheel(path)


def offering(found: list[Wheel], lock: dict[str, Any]) -> dict[str, Any]:
    """Pyodide's list of packages with these wheels in the place of its own builds of them."""
    entries = {
        wheel.name: {
            "name": wheel.name,
            "version": wheel.path.name.split("-")[1],
            "file_name": wheel.path.name,
            "sha256": hashlib.sha256(wheel.path.read_bytes()).hexdigest(),
            "depends": sorted(wheel.requires),
            "imports": wheel.imports,
            "install_dir": "site",
            "package_type": "package",
            "tool": {},
            "unvendored_tests": False,
        }
        for wheel in found
    }
    return lock | {"packages": lock["packages"] | entries}
